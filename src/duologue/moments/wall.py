"""wall (-): a disagreement or an either/or with no acknowledgement in the turn (S0.4).

Rule: codebook §2 and the ruling "Wall": an acknowledgement anywhere in the turn lifts it, even with a "but". What
the other said just before is the evidence of what was walled off, so a first turn is never a wall.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import wall_in
from duologue.moments.openings import is_negated
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import stems
from duologue.moments.wording import Voice, clause, sure

KIND = "wall"

WHY = (
    "{they} said “{theirs}”, and “{ours}” stood against it with nothing of {theirs_own} in it.",
    "“{theirs}” met “{ours}”, and there was room for one of the two only.",
    "After “{theirs}” came “{ours}”, and {their} view had no place in the reply.",
)
# The AND form: both views side by side. Where our own words are a bare "no", there is nothing to lay beside theirs yet.
BOTH = (
    "What did {they} see behind “{theirs}”? The AND form: “‘{theirs}’ is how it looks from your side, AND "
    "from mine it is ‘{ours}’. What would fit both?”",
    "How could “{theirs}” be true as well? The AND form: “You say ‘{theirs}’, AND I also see ‘{ours}’. Where do "
    "the two meet?”",
    "What is right in “{theirs}”? The AND form, with {their} part first: “There is something in ‘{theirs}’, AND "
    "next to it I would put ‘{ours}’.”",
    "What would {they} need to hear first, after “{theirs}”? The AND form: “I can see ‘{theirs}’ from where you "
    "stand, AND here is what I go by: ‘{ours}’.”",
)
BARE = (
    "What stands behind “{theirs}” for {them}? The AND form: “You see it as ‘{theirs}’, AND I see it "
    "differently. What do you see that I do not?”",
    "What would {they} have said next, if “{theirs}” had been taken in first? The AND form: “‘{theirs}’ counts, "
    "AND there is a second side to it. Shall we look at both?”",
    "How does “{theirs}” look from {their} chair? The AND form: “So for you it is ‘{theirs}’. AND I came with "
    "another picture; tell me more about yours first.”",
    "Which part of “{theirs}” could {you} have agreed with? The AND form: “That part of ‘{theirs}’ I share, AND "
    "on the rest I see it another way.”",
)


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each stretch of the coached side that is a wall."""
    both, bare = Voice(evidence, WHY, BOTH), Voice(evidence, WHY, BARE)
    for said, reply in evidence.replies():
        against = wall_in(evidence, reply)
        if against is None or evidence.only_listens(said):
            continue
        theirs, ours = evidence.cut(_view(evidence, said)), evidence.cut(against.span)
        voice = both if _stands_alone(evidence.text(ours)) else bare
        words = voice.say(ours, theirs, theirs_own="theirs")
        base = 0.85 if evidence.in_stretch(said, "disagreement", "concern", "disclosure", "withdrawal") else 0.75
        yield moment(
            KIND, (against.span.turn,), (theirs, ours),
            why=words.why, invitation=words.invitation, confidence=sure(base, against),
        )  # fmt: skip


def _view(stage: Stage, said: Stretch) -> Span:
    """What the other had put there: their last concern, disclosure or contradiction, else how they opened."""
    views = [a for t in said.turns[-4:] for a in stage.find(t, "concern", "disagreement", "disclosure", "agreement")]
    views = [a for a in views if stems(stage.text(a.span).lower().split())]
    if views:
        return views[-1].span
    earlier = stage.before(said.first, 2)
    bare = not stage.heard(said.last) and earlier is not None
    return stage.opening(earlier.last if bare and earlier else said.last)


def _stands_alone(text: str) -> bool:
    """Whether our clause says something that can stand beside theirs, more than a bare contradiction."""
    short = clause(text)
    return len(stems(short.lower().split())) >= 2 and not is_negated(short)


DETECTOR = Detector(
    kind=KIND, needs=("disagreement", "either_or", "acknowledgement", "reflection", "repair"), find=find
)
