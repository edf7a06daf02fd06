"""understood (+): the other confirms a reflection, or carries its content on (S2.4).

Rule: codebook §2. Confirmed in words ("exactly"), or the reflected content itself is gone further with; a yes
that may answer a question beside the reflection is not enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import confirmed_reflections
from duologue.moments.stage import Stage
from duologue.moments.wording import Voice, sure

KIND = "understood"


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each confirmed reflection: the turn that gave back and the turn that confirmed."""
    voice = Voice(evidence, KIND)
    for hit in evidence.once(confirmed_reflections):
        quotes = [evidence.cut(hit.reflection.span), evidence.cut(hit.words)]
        turns = (hit.reflection.span.turn, hit.words.turn)
        why = voice.say(*quotes).why
        yield moment(KIND, turns, quotes, why=why, confidence=sure(hit.strength, hit.reflection))


DETECTOR = Detector(kind=KIND, needs=("reflection", "agreement", "disagreement", "withdrawal", "question"), find=find)
