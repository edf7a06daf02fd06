"""put_off (-): after a story, pitch, advice, assumption, wall or device the other pulls back in words (S2.3).

Rule: codebook §2. What counts is a withdrawal, or a shut answer to an open question that came with it; a shorter
turn alone is never enough. A correction alone is left to `assumed` and `argument`: raters do not call it a
pulling back.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.engagement import is_closing, is_shut_answer
from duologue.moments.exchanges import wall_in
from duologue.moments.stage import Stage
from duologue.moments.wording import Voice, sure

KIND = "put_off"
SET_OFF = ("story", "pitch", "advice", "assumption", "persuasion", "question.leading")


def pullbacks(stage: Stage) -> Iterator[tuple[Act, Span, float]]:
    """What set it off, the words that pulled back, and how sure the rule is."""
    for said, reaction in stage.reactions():
        cause = stage.first(said.turns, *SET_OFF) or wall_in(stage, said)
        if cause is None:
            continue
        pulled = stage.first(reaction.turns[:3], "withdrawal")
        if pulled and is_closing(stage.text(pulled.span)):
            continue
        if pulled:
            if not stage.in_stretch(reaction, "agreement", "disclosure", "acknowledgement"):
                yield cause, pulled.span, 0.8 * (0.5 + 0.5 * pulled.confidence)
        elif is_shut_answer(stage, said, reaction):
            yield cause, stage.opening(reaction.first), 0.65


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each pulling back: the turn that came before and the turn that pulled back."""
    voice = Voice(evidence, KIND)
    for cause, pulled, base in pullbacks(evidence):
        quotes = [evidence.cut(cause.span), evidence.cut(pulled)]
        words = voice.say(*quotes)
        yield moment(
            KIND, (cause.span.turn, pulled.turn), quotes,
            why=words.why, invitation=words.invitation, confidence=sure(base, cause),
        )  # fmt: skip


DETECTOR = Detector(kind=KIND, needs=("withdrawal", "disagreement", "either_or", "question.open", *SET_OFF), find=find)
