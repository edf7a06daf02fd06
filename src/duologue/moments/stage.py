"""What the detectors of moments look at: the evidence, with the floor seen from the coached side.

A *stretch* is a run of neighbouring turns of one side: of one speaker where sides are unknown. "The next turn" of
the codebook is the next stretch. With several people "the other" is anyone who is not on the coached side; where
two coached people speak in a row their turns are one stretch, so that what one of them takes up was not dropped
by the other. A relay carries another's words: its turns belong to no stretch and count for nobody.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from duologue.acts.base import Evidence, Exchange, Judgement
from duologue.model import Act, Span
from duologue.moments.threads import stems
from duologue.text import Sentence

# A quotation is some words, not a speech: at most this many of a longer span are quoted.
QUOTE_WORDS = 45

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Neighbouring turns of one side, by index into `Conversation.turns`; never empty. `kinds`: of the acts in them."""

    turns: tuple[int, ...]
    coached: bool
    kinds: frozenset[str]

    @property
    def first(self) -> int:
        return self.turns[0]

    @property
    def last(self) -> int:
        return self.turns[-1]


@dataclass(frozen=True)
class Stage(Evidence):
    """Evidence with its stretches, read by every detector. `judged`: answers already judged, by question and reply."""

    judged: dict[tuple[Span, int], Judgement] = field(default_factory=dict, compare=False)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The stretches in order: neighbours are always of different sides (of different speakers, where unknown)."""
        turns, sides, coached = self.scene.conversation.turns, self.scene.sides, set(self.scene.coached)
        rows: list[tuple[object, list[int]]] = []
        for i, turn in enumerate(turns):
            if sides[turn.speaker] == "relay" or not self.scene.sentences[i]:
                continue
            key: object = turn.speaker if self.scene.symmetric else turn.speaker in coached
            if rows and rows[-1][0] == key:
                rows[-1][1].append(i)
            else:
                rows.append((key, [i]))
        return tuple(
            Stretch(
                turns=tuple(row),
                coached=turns[row[0]].speaker in coached,
                kinds=frozenset().union(*(self.kinds[t] for t in row)),
            )
            for _, row in rows
        )

    @cached_property
    def index(self) -> dict[int, int]:
        """Turn → its place in `stretches`; a relay's turn and one without words are in none."""
        return {turn: i for i, stretch in enumerate(self.stretches) for turn in stretch.turns}

    @cached_property
    def _heard(self) -> dict[int, frozenset[str]]:
        return {}

    def heard(self, turn: int) -> frozenset[str]:
        """The stems of the content words of a turn, kept once worked out."""
        if turn not in self._heard:
            self._heard[turn] = frozenset(w for s in self.scene.sentences[turn] for w in stems(s.words))
        return self._heard[turn]

    def matter(self, turns: tuple[int, ...]) -> frozenset[str]:
        """The stems of the content words of the first few of these turns."""
        return frozenset().union(*(self.heard(t) for t in turns[:6]))

    def before(self, turn: int, steps: int = 1) -> Stretch | None:
        """The stretch so many before the one that holds this turn; with sides known, odd steps are the other side's."""
        at = self.index.get(turn, -1) - steps
        return self.stretches[at] if at >= 0 else None

    def after(self, turn: int, steps: int = 1) -> Stretch | None:
        """The stretch so many after the one that holds this turn."""
        at = self.index.get(turn, len(self.stretches)) + steps
        return self.stretches[at] if at < len(self.stretches) else None

    def replies(self) -> Iterator[tuple[Stretch, Stretch]]:
        """Each stretch with the coached one that follows it: the other spoke, then the coached side did."""
        for said, reply in zip(self.stretches, self.stretches[1:], strict=False):
            if reply.coached:
                yield said, reply

    def reactions(self) -> Iterator[tuple[Stretch, Stretch]]:
        """Each coached stretch with the one that follows it: the coached side spoke, then the other did."""
        for said, reaction in zip(self.stretches, self.stretches[1:], strict=False):
            if said.coached:
                yield said, reaction

    def responsive(self, asked: Span, reply: Stretch) -> float | None:
        """How likely a reply takes up an invitation on its own terms, as the judge reads it; None where nobody reads.

        The claim is what was said just before the question: the end of that stretch, then the question's own turn.
        """
        if self.judge is None:
            return None
        key = (asked, reply.first)
        if key not in self.judged:
            turns, claimed = self.scene.conversation.turns, self.before(asked.turn)
            exchange = Exchange(
                claim=turns[claimed.last].text if claimed else "",
                asked=turns[asked.turn].text,
                answer=" ".join(turns[t].text for t in reply.turns[:3]),
            )
            self.judged[key] = self.judge.judge((exchange,))[0]
        return self.judged[key].responsive

    def acts_in(self, stretch: Stretch | None, *kinds: str) -> tuple[Act, ...]:
        """The acts of these kinds in a stretch, in order; none where there is no stretch."""
        if stretch is None or stretch.kinds.isdisjoint(kinds):
            return ()
        return tuple(a for t in stretch.turns for a in self.find(t, *kinds))

    def in_stretch(self, stretch: Stretch | None, *kinds: str) -> bool:
        """Whether a stretch holds an act of one of these kinds."""
        return stretch is not None and not stretch.kinds.isdisjoint(kinds)

    def once(self, pattern: Callable[[Stage], Iterable[T]]) -> tuple[T, ...]:
        """What a pattern finds on this stage, worked out once however many moments rest on it."""
        if pattern not in self._found:
            self._found[pattern] = tuple(pattern(self))
        return cast("tuple[T, ...]", self._found[pattern])

    @cached_property
    def _found(self) -> dict[object, tuple[object, ...]]:
        return {}

    def only_listens(self, stretch: Stretch) -> bool:
        """Whether a stretch takes no floor: backchannels and nothing else."""
        return all(
            self.has(t, "backchannel") and self.scene.words(t) <= 4 and not self.has(t, "question", "agreement")
            for t in stretch.turns[:3]
        )

    def opening(self, turn: int) -> Span:
        """The first sentence of a turn that holds a content word, else its first. The turn must be in a stretch."""
        cut = self.scene.sentences[turn]
        return next((s.span for s in cut[:4] if stems(s.words)), cut[0].span)

    def text(self, span: Span) -> str:
        return self.scene.conversation.turns[span.turn].text[span.start : span.end]

    def sentences_in(self, span: Span) -> tuple[Sentence, ...]:
        """The sentences that a span touches, found without a walk through the whole turn."""
        row = self.scene.sentences[span.turn]
        first = bisect_right(row, span.start, key=lambda s: s.span.end)
        return row[first : bisect_left(row, span.end, lo=first, key=lambda s: s.span.start)]

    def cut(self, span: Span) -> Span:
        """The same span, shortened to whole sentences of at most `QUOTE_WORDS` words (at least one sentence)."""
        inside = self.sentences_in(span)
        count, end = 0, span.end
        for n, sentence in enumerate(inside):
            count += len(sentence.words)
            if count > QUOTE_WORDS and n:
                end = inside[n - 1].span.end
                break
        return Span(turn=span.turn, start=span.start, end=min(end, span.end))
