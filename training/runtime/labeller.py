"""Acts by the trained encoder, with rules where rules agree better with people.

`model.json` beside the weights says, for each act, the threshold and the calibration that were chosen on development
data, and which acts are left to the rules. Two vetoes come from the codebook's convention, not from the model: what
is labelled on one side only is not claimed for the other where sides are known.
"""

from __future__ import annotations

import math
from functools import cached_property
from pathlib import Path

import msgspec

from duologue.acts.base import Labeller
from duologue.model import Act, Side
from duologue.text import Scene
from training.runtime.encoder import Encoder
from training.runtime.inputs import Window, windows

# The codebook's convention: the other's matters and their pulling back, the coached side's telling (shared codebook,
# gold README).
THEIRS_ONLY = (
    "disclosure.issue",
    "disclosure.personal_impact",
    "disclosure.goal",
    "disclosure.personal_goal",
    "withdrawal",
)
OURS_ONLY = ("assumption", "pitch", "persuasion")
MOST_SENTENCES = 5_000  # an hour of talk has some 1,000; beyond this the rules alone label, and a notice says so


class _Facts(msgspec.Struct):
    """What training wrote: the acts in the order of the logits, and what was chosen for each."""

    name: str
    kinds: list[str]
    thresholds: dict[str, float]
    scale: dict[str, float]
    shift: dict[str, float]
    rules: list[str]


class Trained:
    """A labeller: the encoder read once a turn, pooled by sentence."""

    def __init__(self, rules: Labeller, folder: Path) -> None:
        self._rules, self._folder = rules, folder
        self._encoder = Encoder(folder)

    @cached_property
    def _facts(self) -> _Facts:
        data = (self._folder / "model.json").read_bytes()
        return msgspec.json.decode(data, type=_Facts)

    @property
    def name(self) -> str:
        return self._facts.name

    def label(self, scene: Scene) -> tuple[Act, ...]:
        """Every act in the scene, sorted by turn, start and kind."""
        by_rules = self._rules.label(scene)
        if leaves_to_rules(scene) is not None:
            return by_rules
        left = set(self._facts.rules)
        found = [a for a in by_rules if a.kind in left]
        found += self._by_model(scene, left)
        return tuple(sorted(found, key=lambda a: (a.span.turn, a.span.start, a.kind, a.span.end)))

    def _by_model(self, scene: Scene, left: set[str]) -> list[Act]:
        some = [(turn, side, w) for turn, side in _read_as(scene) for w in self._windows(scene, turn, side)]
        best: dict[tuple[int, int], dict[str, list[float]]] = {}
        for (turn, side, window), rows in zip(some, self._encoder.logits([w for _, _, w in some]), strict=True):
            barred = left.union(OURS_ONLY if side == "theirs" else THEIRS_ONLY)
            for (index, _, _), row in zip(window.spans, rows, strict=True):
                given = best.setdefault((turn, index), {})
                for kind, logit in zip(self._facts.kinds, row, strict=True):
                    if kind not in barred:
                        given.setdefault(kind, []).append(self._confidence(kind, float(logit)))
        return [
            Act(kind=kind, span=scene.sentences[turn][index].span, confidence=round(p, 3), by=self.name)
            for (turn, index), given in best.items()
            for kind, p in ((k, sum(ps) / len(ps)) for k, ps in given.items())
            if p >= self._facts.thresholds[kind]
        ]

    def _confidence(self, kind: str, logit: float) -> float:
        facts = self._facts
        return 1 / (1 + math.exp(-(facts.scale[kind] * logit + facts.shift[kind])))

    def _windows(self, scene: Scene, turn: int, side: str) -> list[Window]:
        floor = scene.before(turn)
        before = " ".join(s.text for t in floor.turns for s in scene.sentences[t]) if floor else ""
        return windows(
            self._encoder.tokens, before=before, sentences=[s.text for s in scene.sentences[turn]], side=side
        )


def leaves_to_rules(scene: Scene) -> str | None:
    """Why the model does not read a scene, or None where it does."""
    if scene.conversation.kind == "message":
        return "a message"  # the corpus holds talk; what people write to each other is not in it yet
    if sum(len(s) for s in scene.sentences) > MOST_SENTENCES:
        return "its length"
    return None


def _read_as(scene: Scene) -> list[tuple[int, Side]]:
    """Each turn that is read, with the side it is read as.

    The corpus knows both sides of every conversation. Where one is not known, a turn is read as either, and the two
    probabilities are averaged; what is labelled on one side only keeps that side's.
    """
    found: list[tuple[int, Side]] = []
    for turn, cut in enumerate(scene.sentences):
        side = scene.side(turn)
        if cut and side != "relay":
            found += [(turn, side)] if side != "unknown" else [(turn, "ours"), (turn, "theirs")]
    return found
