"""deflected_invitation (-): an invitation is met with a pitch, a call to action, a change of subject or nothing
(S3.1).

Rule: codebook §2. Pitched with the answer tucked in at the end is deflected. A question back, and whatever else
leaves it open whether the reply was on its way to an answer, is not claimed.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import how_met
from duologue.moments.stage import Stage
from duologue.moments.wording import Voice, sure

KIND = "deflected_invitation"


def deflections(stage: Stage) -> Iterator[tuple[Act, Span, float]]:
    """Every deflected invitation, with the words that met it and how sure the rule is."""
    for said, reply in stage.replies():
        asked = stage.acts_in(said, "invitation")
        if not asked:
            continue
        met, words = how_met(stage, asked[-1].span, reply)
        if met == "elsewhere":
            yield asked[-1], words, 0.88
        elif met == "nothing" and not stage.only_listens(reply) and stage.in_stretch(reply, *_ELSEWHERE):
            yield asked[-1], words, 0.7


_ELSEWHERE = ("pitch", "call_to_action", "persuasion", "small_talk", "question")


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each deflection: the invitation's turn and the reply's."""
    voice = Voice(evidence, KIND)
    for asked, words, base in evidence.once(deflections):
        quotes = [evidence.cut(asked.span), evidence.cut(words)]
        said = voice.say(quotes[1], quotes[0])
        yield moment(
            KIND, (asked.span.turn, words.turn), quotes,
            why=said.why, invitation=said.invitation, confidence=sure(base, asked),
        )  # fmt: skip


DETECTOR = Detector(kind=KIND, needs=("invitation", "information", *_ELSEWHERE), find=find)
