"""asked_permission (+): leave was asked before advice or a pitch, and the other agreed (S4.0).

Rule: codebook §2. Three steps: the question that asks leave ("Shall I…?", or a statement that leaves the choice: "Say
if you want it"), the yes, and the advice or pitch. Leave that is given away without a choice ("Take your time") asks
for none, and neither does leave for something else (to put a question, to sit down), or leave that is used in the same
breath. Where leave was asked in so many words to tell, what is then told may be plain information or a story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from duologue.model import Act, Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import LIKELY
from duologue.moments.openings import gives_leave
from duologue.moments.stage import Stage, Stretch
from duologue.moments.wording import Voice, sure

KIND = "asked_permission"
TOLD = ("advice", "pitch")
ALSO_TOLD = ("information", "story")


@cache
def _choice() -> re.Pattern[str]:
    """What leaves a choice in a statement."""
    return re.compile(r"\b(?:if|unless|whether)\b", re.IGNORECASE)


@cache
def _leave_to() -> re.Pattern[str]:
    """What leave is asked to do: the verb after "may I" and its like."""
    return re.compile(
        r"\b(?:can|may|could|might|shall|should|if) (?:i|we) (?:just |quickly |maybe |perhaps |please )*(\w+)",
        re.IGNORECASE,
    )


TELL = re.compile(
    r"(?:tell|told|sa(?:y|id)|shared?|gave|give|offer(?:ed)?|suggest(?:ed)?|recommend|advise|explain(?:ed)?|"
    r"describe|mention(?:ed)?|add|show)",
    re.IGNORECASE,
)


@cache
def _of_telling() -> re.Pattern[str]:
    """Words that name what would be told, or that it would be heard."""
    return re.compile(
        r"\b(?:hear|thoughts?|ideas?|suggestions?|advice|tips?|through (?:it|that|them|what|how)|go into|"
        r"what (?:i|we)(?:['’]?d)?)\b",
        re.IGNORECASE,
    )


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each leave that was asked, given and used."""
    voice = Voice(evidence, KIND)
    for said, reaction in evidence.reactions():
        asked = next((a for a in reversed(evidence.acts_in(said, "permission")) if _asks(evidence, a)), None)
        told = evidence.after(reaction.first)
        if asked is None or told is None or not told.coached or not _given(evidence, reaction):
            continue
        used = evidence.first(told.turns, *TOLD)
        if used is None and _to_tell(evidence.text(evidence.cut(asked.span))):
            used = evidence.first(told.turns, *ALSO_TOLD)
        if used:
            quotes = [evidence.cut(asked.span), evidence.opening(reaction.first), evidence.cut(used.span)]
            why = voice.say(*quotes[:2]).why
            turns = (asked.span.turn, reaction.first, used.span.turn)
            yield moment(KIND, turns, quotes, why=why, confidence=sure(0.88, asked, used))


def _asks(stage: Stage, leave: Act) -> bool:
    """Whether it asks leave, and for telling."""
    text, turn = stage.text(stage.cut(leave.span)), leave.span.turn
    if any(a.span == leave.span for a in stage.find(turn, "reflection")):  # "tell me if I'm off" is a check
        return False
    if any(a.span.start >= leave.span.end for a in stage.find(turn, *TOLD, *ALSO_TOLD)):  # told in the same breath
        return False
    if not (stage.has(turn, "question") or any(s.is_question for s in stage.scene.sentences[turn])):
        return bool(_choice().search(text))
    if _to_tell(text):
        return True
    puts = any(a.span == leave.span for a in stage.find(turn, "follow_up"))
    return not puts and _leave_to().search(text) is None


def _to_tell(text: str) -> bool:
    """Whether leave is asked in so many words to tell."""
    verb = _leave_to().search(text)
    return bool(verb and TELL.fullmatch(verb[1])) or bool(_of_telling().search(text))


def _given(stage: Stage, reaction: Stretch) -> bool:
    """Whether the other agreed, and neither refused nor pulled back."""
    if any(a.confidence >= LIKELY for a in stage.acts_in(reaction, "withdrawal", "disagreement")):
        return False
    text = stage.scene.conversation.turns[reaction.first].text
    return gives_leave(text) or stage.has(reaction.first, "agreement")


DETECTOR = Detector(
    kind=KIND,
    needs=(*TOLD, *ALSO_TOLD, "permission", "agreement", "question", "follow_up", "reflection", "withdrawal"),
    find=find,
)
