"""answered_invitation (+): an invitation ("Tell me more", "Why?") is met on its own terms before anything else
(S3.1).

Rule: codebook §2. What comes first decides: answered and then pitched is answered. A frank "I don't know" or "I
guessed" answers; the claim said again does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import how_met
from duologue.moments.stage import Stage
from duologue.moments.wording import Voice, sure

KIND = "answered_invitation"


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each invitation that was answered: its turn and the reply's."""
    voice = Voice(evidence, KIND)
    for said, reply in evidence.replies():
        asked = evidence.acts_in(said, "invitation")
        if not asked or evidence.only_listens(reply):
            continue
        met, words = how_met(evidence, asked[-1].span, reply)
        if met == "answer":
            quotes = [evidence.cut(asked[-1].span), evidence.cut(words)]
            why = voice.say(quotes[1], quotes[0]).why
            yield moment(KIND, (asked[-1].span.turn, words.turn), quotes, why=why, confidence=sure(0.85, asked[-1]))


DETECTOR = Detector(kind=KIND, needs=("invitation", "information", "pitch", "call_to_action", "persuasion"), find=find)
