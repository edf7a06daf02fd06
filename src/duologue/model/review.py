"""What a review says about a conversation. Every finding points at the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duologue.model.conversation import Conversation, Kind, Span
from duologue.model.dispute import Disputed
from duologue.model.measure import Measure

Sign = Literal["+", "-"]
Focus = Literal["self", "other", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a stretch of words does. `kind`: a codebook name. `by`: rule or model with its version, or a person."""

    kind: str
    span: Span
    confidence: float
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What happened between two people over `turns` (sorted). `quotes`: at least one span; no quote, no finding.

    `why`: why it matters, in words about this moment. `invitation`: a question to think about and one way that
    it could have gone, for a moment to work on; None otherwise. `by`: the person who said that it is there; None where
    a detector found it.
    """

    kind: str
    sign: Sign
    turns: tuple[int, ...]
    quotes: tuple[Span, ...]
    why: str
    invitation: str | None
    confidence: float
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """A moment that is set apart, and counts nowhere: what it rests on was not surely heard. `because`: a clause."""

    moment: Moment
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextCell:
    """How deeply one of the four matters of the other came to light: 0 not touched … 3 explored over follow-ups.

    `brought_out_by`: the ids of the speakers whose question or reflection brought it out; empty: volunteered.
    """

    name: str
    depth: int
    quotes: tuple[Span, ...]
    brought_out_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """A count of opportunities taken: `count` of `of`. `value`, `low`, `high` only from ten opportunities on.

    `moments`: the ids of the moments it opens onto. `reason`: why there is no value. Where some opportunities hung on
    words or speakers that are not sure, `count` and `of` leave them out, and `low` to `high` covers them either way.
    `beside`: what else was counted, in words; None where nothing was.
    """

    name: str
    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None
    moments: tuple[str, ...]
    reason: str | None
    beside: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """Something to ask next time, with the words that it comes from."""

    question: str
    quotes: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that is said about one conversation. `kind`: the conversation's own, or what was inferred.

    `focus`: whose matter a message serves; None where the conversation is no message.
    `version`: of the library that made it. `disputes`: what a person corrected, with what changed; the rest of the
    review is that of the corrected conversation. `unsure`: moments that rest on words or speakers that are not sure;
    with `moments` they are all that were found.
    """

    conversation: Conversation
    kind: Kind | None
    acts: tuple[Act, ...]
    moments: tuple[Moment, ...]
    measures: tuple[Measure, ...]
    context: tuple[ContextCell, ...]
    dials: tuple[Dial, ...]
    next: tuple[Next, ...]
    notices: tuple[str, ...]
    version: str
    focus: Focus | None = None
    disputes: tuple[Disputed, ...] = ()
    unsure: tuple[Unsure, ...] = ()
