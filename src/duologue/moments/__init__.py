"""What happens between two people: one moment a file, in the visible table below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from duologue.acts.base import Evidence
from duologue.model import Moment
from duologue.model.codebook import ACTS, MOMENTS
from duologue.moments import (
    acknowledged_first,
    answered_invitation,
    argument,
    asked_permission,
    assumed,
    bonded,
    broadcast_review,
    common_ground,
    deflected_invitation,
    dodged_question,
    drilled_down,
    dropped_thread,
    gimmick,
    own_reason,
    premature_solution,
    put_off,
    repaired,
    soliloquy,
    uncovered,
    understood,
    wall,
    way_forward,
    went_cold,
)
from duologue.moments.base import Detector, Limits
from duologue.moments.stage import Stage

__all__ = ["DETECTORS", "Detector", "Limits", "Stage", "check", "find"]

# In the order of the codebook.
DETECTORS: tuple[Detector, ...] = (
    drilled_down.DETECTOR,
    acknowledged_first.DETECTOR,
    understood.DETECTOR,
    answered_invitation.DETECTOR,
    bonded.DETECTOR,
    uncovered.DETECTOR,
    asked_permission.DETECTOR,
    own_reason.DETECTOR,
    way_forward.DETECTOR,
    common_ground.DETECTOR,
    repaired.DETECTOR,
    deflected_invitation.DETECTOR,
    dodged_question.DETECTOR,
    soliloquy.DETECTOR,
    premature_solution.DETECTOR,
    assumed.DETECTOR,
    wall.DETECTOR,
    argument.DETECTOR,
    dropped_thread.DETECTOR,
    put_off.DETECTOR,
    went_cold.DETECTOR,
    gimmick.DETECTOR,
    broadcast_review.DETECTOR,
)


# What the second reading leaves out: acts less sure than this. Of .3 to .5 it is where moments to work on were right
# most often on our labelled development conversations (.96); those kept aside were seen beside it
# (docs/moments-measured.md).
SURER = 0.4


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
    """Every moment, by first turn; of a kind at most one at the same turns (the more confident one).

    The conversation is read twice: with every act that was found, and with the surer ones alone. A moment to keep may
    stand in either reading; one to work on has to stand in both: a false accusation costs more than a miss.
    """
    stage = Stage(scene=evidence.scene, acts=evidence.acts, judge=evidence.judge)
    kept = _found(stage, limits, detectors)
    surer = tuple(a for a in evidence.acts if a.confidence >= SURER)
    if len(surer) < len(evidence.acts):
        again = _found(replace(stage, acts=surer), limits, detectors)
        joined = [m for m in again if m.sign == "+" and not any(_is_one(m, other) for other in kept)]
        kept = [m for m in kept if m.sign == "+" or any(_is_one(m, other) for other in again)] + joined
    order = {kind: i for i, kind in enumerate(MOMENTS)}
    return _said_once(sorted(kept, key=lambda m: (m.turns[0], m.turns, order[m.kind])))


def _is_one(a: Moment, b: Moment) -> bool:
    return a.kind == b.kind and not set(a.turns).isdisjoint(b.turns)


def _found(stage: Stage, limits: Limits, detectors: tuple[Detector, ...]) -> list[Moment]:
    best: dict[tuple[str, tuple[int, ...]], Moment] = {}
    for detector in detectors:
        for m in detector.find(stage, limits):
            key = (m.kind, m.turns)
            if key not in best or m.confidence > best[key].confidence:
                best[key] = m
    return list(best.values())


def _said_once(moments: Iterable[Moment]) -> tuple[Moment, ...]:
    """No invitation twice in one review: where the same words were said again, the later one names its turn."""
    said: set[str] = set()
    kept: list[Moment] = []
    for m in moments:
        text = m.invitation
        if text is not None and text in said:
            text = f"{text} (At turn {m.turns[0] + 1}.)"
        said.add(text or "")
        kept.append(m if text == m.invitation else replace(m, invitation=text))
    return tuple(kept)
