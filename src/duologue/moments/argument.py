"""argument (-): walls from both sides in adjacent turns, three or more (S0.4).

Rule: codebook §2. The one moment that is about both sides. It names the first and the last wall of the run.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Act, Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import wall_in
from duologue.moments.stage import Stage
from duologue.moments.wording import Voice, sure

KIND = "argument"
LEAST = 3


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each run of three or more walls that alternate between the sides."""
    voice = Voice(evidence, KIND)
    run: list[Act] = []
    for stretch in evidence.stretches:
        against = wall_in(evidence, stretch)
        if against:
            run.append(against)
            continue
        yield from _told(evidence, run, voice)
        run = []
    yield from _told(evidence, run, voice)


def _told(stage: Stage, run: list[Act], voice: Voice) -> Iterator[Moment]:
    if len(run) < LEAST:
        return
    ours = next((a for a in run if stage.scene.is_coached(a.span.turn)), run[0])
    theirs = next(
        (
            a
            for a in run
            if a.span.turn != ours.span.turn and (stage.scene.symmetric or not stage.scene.is_coached(a.span.turn))
        ),
        run[1],
    )
    quotes = [stage.cut(a.span) for a in run[:5]] + [stage.cut(run[-1].span)]
    words = voice.say(
        stage.cut(ours.span), stage.cut(theirs.span), walls=str(len(run)),
        first=voice.short(stage.cut(run[0].span)), last=voice.short(stage.cut(run[-1].span)),
    )  # fmt: skip
    turns = (run[0].span.turn, run[-1].span.turn)
    yield moment(KIND, turns, quotes, why=words.why, invitation=words.invitation, confidence=sure(0.9, *run))


DETECTOR = Detector(
    kind=KIND, needs=("disagreement", "either_or", "acknowledgement", "reflection", "repair"), find=find
)
