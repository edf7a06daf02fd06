"""How surely words were heard, and whose they are: what findings may rest on.

Words carry the recogniser's probability, turns how sure it is who spoke. Where neither is given nothing is in doubt,
and nothing anywhere changes.

The bounds for words were chosen on one half of `python -m benchmarks.certainty` (Whisper tiny.en; lines read by people
and by espeak-ng, clean, by telephone, under noise) and checked on the other; figures are of the first half / the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from duologue.model import Act, Conversation, Moment, Span, Turn
from duologue.model.dispute import is_by_person
from duologue.spoken_words import words_in

# A word below this is marked: 67 % / 68 % of them were wrong, above it 25 % / 29 %.
WORD = 0.5
# The words of a quote below this on average bear no finding. Of stretches of eight words below it 84 % / 82 % had more
# than a third of their words wrong, and 75 % / 81 % of all such lie below it. At .75 it is no longer four in five.
QUOTE = 0.7
# A convention, not measured: below it the turn is as likely somebody else's.
SPEAKER = 0.5

LITTLE = "heard with little certainty"


def poorly_heard(turn: Turn) -> tuple[tuple[int, int], ...]:
    """The half-open code points of `turn.text` that were heard with little certainty, in order; neighbours joined."""
    ranges: list[tuple[int, int]] = []
    joins = False
    for word, start, end in _placed(turn):
        poor = word is not None and word < WORD
        if poor and joins:
            ranges[-1] = (ranges[-1][0], end)
        elif poor:
            ranges.append((start, end))
        joins = poor
    return tuple(ranges)


def _placed(turn: Turn) -> tuple[tuple[float | None, int, int], ...]:
    """Each word's confidence with its code points; nothing where no word has one, without looking for words."""
    if all(w.confidence is None for w in turn.words):
        return ()
    return tuple((word.confidence, start, end) for word, start, end in words_in(turn))


def speaker_is_sure(turn: Turn) -> bool:
    """Whether the turn is its speaker's, as far as whatever told the voices apart can say."""
    return turn.speaker_confidence is None or turn.speaker_confidence >= SPEAKER


@dataclass(frozen=True)
class Certainty:
    """What one conversation's findings may rest on.

    `confirmed`: (kind, turns) of the moments that a person says are there. `said`: spans of acts that a person says are
    there: whoever says so has listened, so these words are taken for sure.
    """

    conversation: Conversation
    confirmed: frozenset[tuple[str, tuple[int, ...]]] = frozenset()
    said: tuple[Span, ...] = ()
    _words: dict[int, tuple[tuple[float | None, int, int], ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def doubts(self) -> bool:
        """Whether anything here may be in doubt at all."""
        return any(
            t.speaker_confidence is not None or any(w.confidence is not None for w in t.words)
            for t in self.conversation.turns
        )

    @cached_property
    def unsure_turns(self) -> frozenset[int]:
        """The turns of which it is not sure who spoke."""
        return frozenset(i for i, t in enumerate(self.conversation.turns) if not speaker_is_sure(t))

    @cached_property
    def words(self) -> tuple[int, int]:
        """How many words were heard with little certainty, and how many words there are with a confidence."""
        known = [w.confidence for t in self.conversation.turns for w in t.words if w.confidence is not None]
        return sum(c < WORD for c in known), len(known)

    def heard(self, span: Span) -> float | None:
        """The mean confidence of the words that a span touches, from 0 to 1; None where none of them has one."""
        if span.turn not in self._words:
            self._words[span.turn] = _placed(self.conversation.turns[span.turn])
        own = [c for c, start, end in self._words[span.turn] if c is not None and start < span.end and span.start < end]
        return sum(own) / len(own) if own else None

    def is_heard(self, span: Span) -> bool:
        """Whether the words of a span were heard well enough to rest a finding on."""
        sure = self.heard(span) if self.doubts else None
        return sure is None or sure >= QUOTE or any(s.overlaps(span) for s in self.said)

    def holds(self, span: Span) -> bool:
        """Whether a span can be quoted: its words were heard, and it is sure who said them."""
        return span.turn not in self.unsure_turns and self.is_heard(span)

    def acts(self, found: tuple[Act, ...]) -> tuple[Act, ...]:
        """The acts that rest on words heard well and on a sure speaker; a person's own stay."""
        return tuple(a for a in found if is_by_person(a.by) or self.holds(a.span)) if self.doubts else found

    def because(self, m: Moment) -> str | None:
        """Why a moment is set apart, as a clause; None where it stands."""
        if not self.doubts or m.by is not None or (m.kind, m.turns) in self.confirmed:
            return None
        reasons = []
        if not all(map(self.is_heard, m.quotes)):
            reasons.append(LITTLE)
        unsure = sorted(self.unsure_turns.intersection((*m.turns, *(q.turn for q in m.quotes))))
        if unsure:
            reasons.append(self._not_sure_who(unsure))
        return "; ".join(reasons) or None

    def _not_sure_who(self, turns: Iterable[int]) -> str:
        ids = dict.fromkeys(self.conversation.turns[t].speaker for t in turns)
        names = [name if (name := self.conversation.speaker(i).name.strip()) else i for i in ids]
        listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        return f"it is not sure that {listed} said {'this' if len(names) == 1 else 'these words'}"


def certainty_of(conversation: Conversation, acts: tuple[Act, ...] = (), moments: Iterable[Moment] = ()) -> Certainty:
    """The certainty of a conversation, with what a person put there (`acts`, `moments`) taken for sure."""
    return Certainty(
        conversation,
        confirmed=frozenset((m.kind, m.turns) for m in moments),
        said=tuple(a.span for a in acts if is_by_person(a.by)),
    )
