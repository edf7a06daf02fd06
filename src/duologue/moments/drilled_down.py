"""drilled_down (+): three or more follow-ups by one speaker on one matter, each of them answered (S3.2).

Rule: codebook §2. A turn of the same speaker that gives back or listens keeps the matter open; one other turn may
lie between; a pitch, advice, a call to action or an announced change of subject ends it. Depth is the number of
follow-ups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import changes_subject
from duologue.moments.wording import Voice, sure

KIND = "drilled_down"
LEAST = 3


@dataclass(slots=True)
class _Run:
    speaker: str = ""
    asked: list[Act] = field(default_factory=list)
    answers: list[Span] = field(default_factory=list)
    idle: int = 0


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each run of follow-ups, named by its first question and its last answer."""
    voice = Voice(evidence, KIND)
    # Where sides are unknown two people may each be asking: one run a speaker.
    runs: dict[str, _Run] = {}
    for said, reaction in evidence.reactions():
        speaker = evidence.scene.conversation.turns[said.first].speaker
        run = runs.setdefault(speaker if evidence.scene.symmetric else "", _Run(speaker=speaker))
        follow = _follow_up(evidence, said, run)
        if follow is None and not _ends(evidence, said) and run.idle < 2:
            run.idle += not evidence.in_stretch(said, "reflection", "acknowledgement", "backchannel", "presence")
            continue
        if follow is None or (run.asked and speaker != run.speaker):
            yield from _told(evidence, run, voice)
            run.asked, run.answers = [], []
        run.speaker, run.idle = speaker, 0
        if follow is not None and _answered(evidence, reaction):
            run.asked.append(follow)
            run.answers.append(evidence.opening(reaction.first))
    for run in runs.values():
        yield from _told(evidence, run, voice)


def _follow_up(stage: Stage, said: Stretch, run: _Run) -> Act | None:
    act = stage.first(said.turns, "follow_up")
    return None if act is None or (run.asked and changes_subject(stage.text(stage.cut(act.span)))) else act


def _ends(stage: Stage, said: Stretch) -> bool:
    return stage.in_stretch(said, "pitch", "advice", "call_to_action", "persuasion", "story", "small_talk")


def _answered(stage: Stage, reaction: Stretch) -> bool:
    return not stage.in_stretch(reaction, "withdrawal") and not stage.only_listens(reaction)


def _told(stage: Stage, run: _Run, voice: Voice) -> Iterator[Moment]:
    if len(run.asked) < LEAST:
        return
    last = run.answers[-1]
    said = voice.say(run.asked[0].span, last, depth=str(len(run.asked)))
    quotes = [stage.cut(a.span) for a in run.asked[:6]] + [last]
    turns = (run.asked[0].span.turn, last.turn)
    yield moment(KIND, turns, quotes, why=said.why, confidence=sure(0.9, *run.asked))


DETECTOR = Detector(kind=KIND, needs=("follow_up",), find=find)
