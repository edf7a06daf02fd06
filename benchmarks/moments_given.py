"""Reviews on acts as people gave them: what the rules of moments make of a conversation when no act is missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.moments_common import conversation_of
from duologue import review
from duologue.acts import ACCURATE
from duologue.model import Act, Review, Span
from duologue.reviewing import Options
from duologue.text import Scene


def has_acts(item: dict[str, Any]) -> bool:
    """Whether people gave an item acts, by sentence or by turn."""
    return "acts" in item or "sentences" in item["turns"][0]


def on_given(item: dict[str, Any]) -> Review:
    """`review()` on the acts that people gave; those they were unsure of are left out."""
    return review(conversation_of(item), Options(labeller=Given(item)))


_placed: dict[str, tuple[Act, ...]] = {}  # by id of item: placing them asks the model


@dataclass(frozen=True)
class Given:
    """Hands over the acts of an item. Where they were given by turn, each is put at the sentence at which the
    model finds it likeliest: the place matters to what comes first."""

    item: dict[str, Any]

    @property
    def name(self) -> str:
        return "people"

    def label(self, scene: Scene) -> tuple[Act, ...]:
        if (id := self.item["id"]) not in _placed:
            spans = self._by_turn(scene) if "acts" in self.item else self._by_sentence()
            acts = [Act(kind=kind, span=span, confidence=0.95, by=self.name) for kind, span in spans]
            _placed[id] = tuple(sorted(acts, key=lambda a: (a.span.turn, a.span.start, a.kind)))
        return _placed[id]

    def note(self, scene: Scene) -> None:
        """Nothing."""

    def _by_sentence(self) -> Iterator[tuple[str, Span]]:
        for t, turn in enumerate(self.item["turns"]):
            start = 0
            for row in turn["sentences"]:
                for kind in row[1]:
                    yield kind, Span(turn=t, start=start, end=start + len(row[0]))
                start += len(row[0]) + 1

    def _by_turn(self, scene: Scene) -> Iterator[tuple[str, Span]]:
        sure, kinds = ACCURATE.probabilities(scene), ACCURATE.facts.kinds
        for key, given in self.item["acts"].items():
            cut = scene.sentences[int(key)]
            for kind in given if cut else ():
                at = max(range(len(cut)), key=lambda i: float(sure[int(key), i][kinds.index(kind)]))
                yield kind, cut[at].span
