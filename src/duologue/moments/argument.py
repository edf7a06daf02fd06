"""argument (-): walls from both sides in adjacent turns, three or more (S0.4).

Rule: codebook §2. The one moment that is about both sides. It names the first and the last wall of the run. One turn
of the run may be a rejoinder that contradicts in no words of its own ("You know it will, don't you?"), as long as it
gives nothing up and nothing due.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Act, Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import LIKELY, wall_in
from duologue.moments.stage import Stage, Stretch
from duologue.moments.wording import Voice, sure

KIND = "argument"
LEAST = 3
# What gives way, gives the other's view its due or leaves the matter: no turn of an argument.
GIVES_WAY = (
    "agreement", "acknowledgement", "reflection", "repair", "permission", "presence", "withdrawal", "small_talk",
)  # fmt: skip


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each run of three or more walls that alternate between the sides."""
    voice = Voice(evidence, KIND)
    run: list[Act] = []
    between = 0
    for stretch in evidence.stretches:
        against = wall_in(evidence, stretch) or (_bare(evidence, stretch) if run else None)
        if against:
            run.append(against)
            continue
        if run and not between and not evidence.in_stretch(stretch, *GIVES_WAY) and not evidence.only_listens(stretch):
            between += 1
            continue
        yield from _told(evidence, run, voice)
        run, between = [], 0
    yield from _told(evidence, run, voice)


def _bare(stage: Stage, stretch: Stretch) -> Act | None:
    """A contradiction that leans on the wall before it ("I don't."): too little to be one alone."""
    if stage.in_stretch(stretch, *GIVES_WAY):
        return None
    return next((a for a in stage.acts_in(stretch, "disagreement") if a.confidence >= LIKELY), None)


def _told(stage: Stage, run: list[Act], voice: Voice) -> Iterator[Moment]:
    coached = {stage.scene.is_coached(a.span.turn) for a in run}
    if len(run) < LEAST or (len(coached) < 2 and not stage.scene.symmetric):
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
