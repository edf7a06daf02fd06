"""wall (-): a disagreement or an either/or with no acknowledgement in the turn (S0.4).

Rule: codebook §2 and the ruling "Wall": an acknowledgement anywhere in the turn lifts it, even with a "but". What
the other said just before is the evidence of what was walled off, so a first turn is never a wall.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import wall_in
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import stems
from duologue.moments.wording import Voice, sure

KIND = "wall"


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each stretch of the coached side that is a wall."""
    voice = Voice(evidence, KIND)
    for said, reply in evidence.replies():
        against = wall_in(evidence, reply)
        if against is None or evidence.only_listens(said):
            continue
        theirs, ours = evidence.cut(_view(evidence, said)), evidence.cut(against.span)
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


DETECTOR = Detector(
    kind=KIND, needs=("disagreement", "either_or", "acknowledgement", "reflection", "repair"), find=find
)
