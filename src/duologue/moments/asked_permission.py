"""asked_permission (+): leave was asked before advice or a pitch, and the other agreed (S4.0).

Rule: codebook §2. Three steps: the question that asks leave, the yes, and what was then said (advice, a pitch,
information or a story). Leave that is given away without a question ("Take your time") asks for none.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.openings import gives_leave
from duologue.moments.stage import Stage
from duologue.moments.wording import Voice, sure

KIND = "asked_permission"
TOLD = ("advice", "pitch")


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each leave that was asked, given and used."""
    voice = Voice(evidence, KIND)
    for said, reaction in evidence.reactions():
        asked = evidence.first(reversed(said.turns), "permission")
        told = evidence.after(reaction.first)
        if asked is None or told is None or not told.coached or not _is_asked(evidence, asked.span.turn):
            continue
        answer = evidence.opening(reaction.first)
        given = gives_leave(evidence.scene.conversation.turns[reaction.first].text) or evidence.has(
            reaction.first, "agreement"
        )
        used = evidence.first(told.turns, *TOLD)
        if given and used and not evidence.in_stretch(reaction, "withdrawal", "disagreement"):
            quotes = [evidence.cut(asked.span), answer, evidence.cut(used.span)]
            why = voice.say(quotes[0], answer).why
            turns = (asked.span.turn, answer.turn, used.span.turn)
            yield moment(KIND, turns, quotes, why=why, confidence=sure(0.88, asked, used))


def _is_asked(stage: Stage, turn: int) -> bool:
    return stage.has(turn, "question") or any(s.is_question for s in stage.scene.sentences[turn])


DETECTOR = Detector(kind=KIND, needs=("permission", "agreement", "question", *TOLD), find=find)
