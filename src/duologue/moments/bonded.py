"""bonded (+): after a personal story or presence the other opens up (S2.3, S4.2).

Rule: codebook §2. Opening up is a disclosure in the other's next stretch, or in the one after a side question
about the story ("That's what that is? The scar?"). A stretch that also pitches or asks for something is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.stage import Stage
from duologue.moments.wording import Voice, sure

KIND = "bonded"


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each story or presence after which the other disclosed something."""
    voice = Voice(evidence, KIND)
    for said, reaction in evidence.reactions():
        given = evidence.first(said.turns, "story.personal", "presence")
        if given is None or evidence.in_stretch(said, "pitch", "persuasion", "call_to_action"):
            continue
        opened = evidence.first(reaction.turns, "disclosure")
        if opened is None and evidence.in_stretch(reaction, "question", "follow_up"):
            later = evidence.after(reaction.first, 2)
            opened = evidence.first(later.turns, "disclosure") if later else None
        if opened:
            quotes = [evidence.cut(given.span), evidence.cut(opened.span)]
            why = voice.say(*quotes).why
            yield moment(
                KIND, (given.span.turn, opened.span.turn), quotes, why=why, confidence=sure(0.85, given, opened)
            )


DETECTOR = Detector(kind=KIND, needs=("story.personal", "presence", "disclosure", "question"), find=find)
