"""uncovered (+): a disclosure that came out in reply to a question about the matter (S3.5).

Rule: codebook §2. A side exchange may lie between question and disclosure ("Dunno." "No rush."). What comes after
small talk or after a question about dates and lines was volunteered, and so was what comes after a leading
question, or beside the plain fact that was asked for ("In the cloud or on a drive?" "On a drive. I'm afraid that…").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from duologue.model import Act, Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.openings import is_logistics
from duologue.moments.stage import Stage, Stretch
from duologue.moments.wording import Voice, sure

KIND = "uncovered"
GOES_ON_WORDS = 12


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each disclosure that a question brought out: the question's turn and the disclosure's."""
    voice = Voice(evidence, KIND)
    for asked_in, reaction in evidence.reactions():
        told = evidence.first(reaction.turns, "disclosure")
        asked = _question(evidence, asked_in, told) if told else None
        if told and asked and not _beside_the_answer(evidence, asked, told):
            quotes = [evidence.cut(asked.span), evidence.cut(told.span)]
            why = voice.say(*quotes).why
            base = 0.9 if asked.span.turn in asked_in.turns else 0.75
            yield moment(KIND, (asked.span.turn, told.span.turn), quotes, why=why, confidence=sure(base, asked, told))


def _question(stage: Stage, asked_in: Stretch, told: Act | None) -> Act | None:
    """The question that was answered: just before, or one exchange further back where nothing was told in between."""
    asked = _about_the_matter(stage, asked_in)
    if (
        asked
        or told is None
        or stage.in_stretch(asked_in, "question", "follow_up", "pitch", "advice", "information", "story", "reflection")
    ):
        return asked
    between, earlier = stage.before(asked_in.first), stage.before(asked_in.first, 2)
    if (
        between is None
        or earlier is None
        or not earlier.coached
        or stage.in_stretch(between, "disclosure", "information")
    ):
        return None
    asked = _about_the_matter(stage, earlier)
    answered = asked and asked.kind == "question.closed" and not stage.in_stretch(between, "question", "withdrawal")
    return None if answered else asked


def _beside_the_answer(stage: Stage, asked: Act, told: Act) -> bool:
    """Whether a question for a fact, or about what the asker is to do, got its fact, and more than was asked for."""
    answered = any(a.span.start <= told.span.start for a in stage.find(told.span.turn, "information"))
    if not answered:
        return False
    text = stage.text(stage.cut(asked.span))
    fact = asked.kind == "question.closed" and not stage.has(asked.span.turn, "question.open", "follow_up")
    return fact or is_logistics(text) or bool(_what_i_do().search(text))


@cache
def _what_i_do() -> re.Pattern[str]:
    return re.compile(r"\b(?:shall|should|can|may) i\b|\bi (?:shall|should)\b", re.IGNORECASE)


def _about_the_matter(stage: Stage, stretch: Stretch) -> Act | None:
    for act in reversed(stage.acts_in(stretch, "question.open", "question.closed", "follow_up")):
        text = stage.text(stage.cut(act.span))
        turn = act.span.turn
        aside = stage.has(turn, "small_talk") and not stage.has(turn, "question.open", "follow_up")
        dates = act.kind == "question.closed" and is_logistics(text) and not stage.has(turn, "follow_up")
        passed = (
            act.kind == "question.closed"
            and not stage.has(turn, "question.open", "follow_up")
            and _goes_on(stage, turn)
        )
        if not aside and not dates and not passed and not stage.has(turn, "question.leading", "call_to_action"):
            return act
    return None


def _goes_on(stage: Stage, turn: int) -> bool:
    """Whether the turn went on after its last question mark, so that the reply answers something else."""
    text = stage.scene.conversation.turns[turn].text
    at = text.rfind("?")
    return at >= 0 and len(text[at + 1 :].split()) > GOES_ON_WORDS


DETECTOR = Detector(kind=KIND, needs=("question", "follow_up", "disclosure", "small_talk", "call_to_action"), find=find)
