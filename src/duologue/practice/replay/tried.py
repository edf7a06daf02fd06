"""A try beside the line that was said: what the words do, what came of them, and whether the moment is there again.

No score. The real conversation up to the line, the try and the reply are read as a review would read them; what the
partner's reply does is known and not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from duologue.acts import DEFAULT
from duologue.acts.base import Evidence, Judge, Labeller
from duologue.model import Act, Conversation, Moment, Span, Turn
from duologue.moments import Limits, find
from duologue.practice.known import known_acts
from duologue.practice.replay.lost import Lost
from duologue.practice.session import Step, Talk
from duologue.text import scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What some words do: a codebook name of an act, and the words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A try beside the line that was said. No score: what the words do, and what comes of them.

    `does`, `did`: acts of the try and of the real line. `again`: whether the moment is found there again; None where it
    cannot show within one line and its reply, or where no moment was chosen. `kept`: what to keep is found there
    instead, `work`: what else there is to work on. `took`: how the partner took it.
    """

    said: str
    reply: str
    does: tuple[Quoted, ...]
    did: tuple[Quoted, ...]
    again: bool | None
    kept: tuple[Moment, ...]
    work: tuple[Moment, ...]
    took: str
    lost: Lost


def judge_try(lost: Lost, talk: Talk, labeller: Labeller = DEFAULT) -> Judged:
    """The first line of a talk beside the real one. Raises ValueError where nothing was said yet."""
    if not talk.steps:
        raise ValueError("nothing was said yet, so there is nothing to judge")
    step = talk.steps[0]
    at = lost.turns[0]
    found = _found(lost, step, labeller)
    kind = lost.moment.kind if lost.moment else None
    return Judged(
        said=step.said,
        reply=step.reply.text,
        does=_quoted([(a.kind, a.span) for a in step.heard.acts], [step.said]),
        did=_did(lost),
        again=_again(lost, found, labeller),
        kept=tuple(m for m in found if m.sign == "+" and at in m.turns),
        work=tuple(m for m in found if m.sign == "-" and m.kind != kind),
        took=step.decision.why,
        lost=lost,
    )


def _quoted(found: Sequence[tuple[str, Span]], texts: Sequence[str]) -> tuple[Quoted, ...]:
    return tuple(Quoted(kind=kind, text=texts[span.turn][span.start : span.end]) for kind, span in found)


def _did(lost: Lost) -> tuple[Quoted, ...]:
    texts = [t.text for t in lost.review.conversation.turns]
    return _quoted([(a.kind, a.span) for a in lost.review.acts if a.span.turn in lost.turns], texts)


def _found(lost: Lost, step: Step, labeller: Labeller) -> tuple[Moment, ...]:
    """The moments that name the try, in the real conversation up to it, the try and its reply."""
    at = lost.turns[0]
    real = lost.review.conversation
    partner = next(t.speaker for t in reversed(real.turns[:at]) if real.speaker(t.speaker).side == "theirs")
    tried = (Turn(speaker=real.turns[at].speaker, text=step.said), Turn(speaker=partner, text=step.reply.text))
    acts = (
        *(a for a in lost.review.acts if a.span.turn < at),
        *_moved(step.heard.acts, at),
        *_moved(known_acts(step.decision, step.reply, lost.scenario), at + 1),
    )
    return _moments(lost, replace(real, turns=(*real.turns[:at], *tried)), acts, labeller, (at,))


def _again(lost: Lost, found: Sequence[Moment], labeller: Labeller) -> bool | None:
    """Whether the same is found at the try. None where even the real line and its reply alone would not show it."""
    if lost.moment is None:
        return None
    if any(m.kind == lost.moment.kind for m in found):
        return True
    real = lost.review.conversation
    end = lost.turns[-1] + 1
    while end < len(real.turns) and real.speaker(real.turns[end].speaker).side != "ours":
        end += 1
    acts = tuple(a for a in lost.review.acts if a.span.turn < end)
    cut = _moments(lost, replace(real, turns=real.turns[:end]), acts, labeller, lost.turns)
    return False if any(m.kind == lost.moment.kind for m in cut) else None


def _moments(
    lost: Lost, conversation: Conversation, acts: tuple[Act, ...], labeller: Labeller, at: tuple[int, ...]
) -> tuple[Moment, ...]:
    judge = labeller if isinstance(labeller, Judge) else None
    ordered = tuple(sorted(acts, key=lambda a: (a.span.turn, a.span.start, a.kind)))
    evidence = Evidence(scene=scene(conversation), acts=ordered, judge=judge)
    return tuple(m for m in find(evidence, Limits(kind=lost.review.kind)) if set(m.turns) & set(at))


def _moved(acts: Sequence[Act], turn: int) -> tuple[Act, ...]:
    return tuple(replace(a, span=Span(turn=turn, start=a.span.start, end=a.span.end)) for a in acts)
