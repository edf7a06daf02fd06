"""went_cold (-): the point from which the other's engagement stays low to the end, with what came just before
(S2.6).

Rule: codebook §2 and the ruling "Engagement": see `engagement.py`. Each person is held against themselves, so
that with several others it can be one of them. It starts at the turn that came just before, which is no claim
that this turn was the reason. Where the point is not sure to one exchange, its words say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.clock import clock
from duologue.model import Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.engagement import Fall, fall_of
from duologue.moments.stage import Stage
from duologue.moments.wording import Voice

KIND = "went_cold"


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """At most one moment for each of the others: from the turn just before it to the end."""
    voice = Voice(evidence, KIND)
    rows: dict[str, list[int]] = {}
    for i, stretch in enumerate(evidence.stretches):
        if evidence.scene.symmetric or not stretch.coached:
            for speaker in dict.fromkeys(evidence.scene.conversation.turns[t].speaker for t in stretch.turns):
                rows.setdefault(speaker, []).append(i)
    for own in rows.values():
        fall = fall_of(evidence, own)
        if fall and fall.first > 0:
            yield _told(evidence, voice, fall)


def _told(stage: Stage, voice: Voice, fall: Fall) -> Moment:
    before, low = stage.stretches[fall.first - 1], stage.stretches[fall.first]
    ours, theirs = stage.cut(_words(stage, before.last)), stage.cut(stage.opening(low.first))
    words = voice.say(ours, theirs, between=_between(stage, fall))
    turns = (before.last, stage.stretches[fall.last].last)
    return moment(
        KIND,
        turns,
        (ours, theirs),
        why=words.why,
        invitation=words.invitation,
        confidence=min(0.85, 0.5 + fall.size / 3),
    )


def _words(stage: Stage, turn: int) -> Span:
    act = stage.first((turn,), "disagreement", "pitch", "persuasion", "advice", "story", "call_to_action")
    return act.span if act else stage.opening(turn)


def _between(stage: Stage, fall: Fall) -> str:
    """Where it may have begun, for "somewhere between …"; "" where that is one exchange or less."""
    if fall.exchanges <= 1:
        return ""
    first, last = (stage.stretches[i].first for i in fall.between)
    start, end = (stage.scene.conversation.turns[t] for t in (first, last))
    if start.start is None or end.start is None or start.end is None or end.end is None:
        return f"turns {first + 1} and {last + 1}"
    return f"{clock(start.start)} and {clock(end.start)}"


DETECTOR = Detector(
    kind=KIND, needs=("disclosure", "invitation", "question", "agreement", "acknowledgement", "withdrawal"), find=find
)
