"""What happens between two people: one moment a file, in the visible table below."""

from __future__ import annotations

from duologue.acts.base import Evidence
from duologue.model import Moment
from duologue.model.codebook import ACTS, MOMENTS
from duologue.moments.base import Detector, Limits

__all__ = ["DETECTORS", "Detector", "Limits", "check", "find"]

DETECTORS: tuple[Detector, ...] = ()


def check(detectors: tuple[Detector, ...] = DETECTORS) -> None:
    """Hold what detectors declare to the codebook. Raises ValueError that names the first that does not fit."""
    seen: set[str] = set()
    groups = {name.partition(".")[0] for name in ACTS}
    for d in detectors:
        if d.kind not in MOMENTS:
            raise ValueError(f"“{d.kind}” is no moment of the codebook")
        if d.kind in seen:
            raise ValueError(f"two detectors find “{d.kind}”")
        seen.add(d.kind)
        unknown = [n for n in d.needs if n not in ACTS and n not in groups]
        if unknown:
            raise ValueError(f"the detector of “{d.kind}” needs “{unknown[0]}”, which is no act of the codebook")


def find(evidence: Evidence, limits: Limits, detectors: tuple[Detector, ...] = DETECTORS) -> tuple[Moment, ...]:
    """Every moment, by first turn; of a kind at most one at the same turns (the more confident one)."""
    best: dict[tuple[str, tuple[int, ...]], Moment] = {}
    for detector in detectors:
        for m in detector.find(evidence, limits):
            key = (m.kind, m.turns)
            if key not in best or m.confidence > best[key].confidence:
                best[key] = m
    order = {kind: i for i, kind in enumerate(MOMENTS)}
    return tuple(sorted(best.values(), key=lambda m: (m.turns[0], m.turns, order[m.kind])))
