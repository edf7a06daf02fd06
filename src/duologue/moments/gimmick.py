"""gimmick (-): persuasion, a leading question or instrumental small talk, used as a device (S4.1).

Rule: codebook §2. Every persuasion by the coached side is one. A leading question is one where it presses towards
agreement or the ask; everyday tags ("innit", "isn't it") are not. Small talk counts only inside a turn that also
persuades: whether it was sincere cannot be read off the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from duologue.model import Act, Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.stage import Stage, Stretch
from duologue.moments.wording import Voice, sure

KIND = "gimmick"


@cache
def _everyday_tag() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:innit|isn['’]?t it|is it|no|eh|right|yeah|you know|don['’]?t you think)\s*\?*\s*$", re.IGNORECASE
    )


def devices(stage: Stage, stretch: Stretch) -> tuple[Act, ...]:
    """The devices in a stretch, in order."""
    return tuple(
        a
        for a in stage.acts_in(stretch, "persuasion", "question.leading")
        if a.kind == "persuasion" or not _everyday_tag().search(stage.text(stage.cut(a.span)))
    )


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each turn of the coached side with a device; no reply is needed, so a message can hold one."""
    voice = Voice(evidence, KIND)
    for stretch in evidence.stretches:
        by_turn: dict[int, list[Act]] = {}
        for act in devices(evidence, stretch) if stretch.coached else ():
            by_turn.setdefault(act.span.turn, []).append(act)
        for turn, acts in by_turn.items():
            quotes = [evidence.cut(a.span) for a in acts[:3]]
            other = evidence.before(turn) or evidence.after(turn)
            words = voice.say(quotes[0], evidence.opening(other.last) if other else quotes[0])
            base = 0.85 if acts[0].kind == "persuasion" else 0.78
            yield moment(
                KIND, (turn,), quotes, why=words.why, invitation=words.invitation, confidence=sure(base, acts[0])
            )


DETECTOR = Detector(kind=KIND, needs=("persuasion", "question.leading"), find=find)
