"""Whose matter a message serves (S1.3), not how often "you" appears.

Each sentence of the sender's own text is weighed by its words: for the sender's matter (what we are and have, an ask,
pressure, what I need from you) or for the other's (what they asked or wrote taken up, something they can use with no
string attached, a question about their matter, the decision left with them). A message is mixed where both sides are
real: one token question before a pitch leaves it `self`, one sentence of pride in a full answer leaves it `other`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from duologue.acts.base import Evidence
from duologue.model import Focus
from duologue.moments.focus_cues import FAINT_OTHER, FAINT_SELF, OTHER, SELF
from duologue.text import Sentence

# A share of the weighed words below which a side is a token: a sentence of five in a message of twenty.
TOKEN = 0.27
_GREETING = re.compile(
    r"(?:dear|hi|hello|hey|(?:good )?(?:morning|afternoon|evening))\b[^.?!]{0,40}[.!,]?", re.IGNORECASE
)

_SELF_ACTS = ("pitch", "persuasion", "call_to_action", "question.leading", "story.third_party", "assumption")
_OTHER_ACTS = (
    "reflection",
    "acknowledgement",
    "follow_up",
    "question.open",
    "permission",
    "presence",
    "repair",
    "advice",
    "information",
)
_FAINT_ACTS = ("information", "advice", "question.open")  # they serve whoever their sentence serves
FAINT = 0.35  # the weight of a sentence with faint signs, or with none: it then goes on with what was said before it

_ASKS_ABOUT_THEM = re.compile(
    r"^(?:(?:and|so|but|one thing[^:?]*:)\s*)?(?:how|what|which|who|where|when|why|is|are|was|were|did|do|does"
    r"|has|have)\b(?!.*\b(?:demo|call|chat|minutes|our|show you|you'd want|free (?:on|this|next))\b).*\?$",
    re.IGNORECASE | re.DOTALL,
)
_COMMAND = re.compile(
    r"^(?:(?:first|second|third|then|and|if [^,]{3,80}),?\s+)?(?:ask|check|ring|move|try|read|look|have|keep"
    r"|take|turn|measure|write|bring|leave|start|use|compare)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How many words of a message serve each side."""

    ours: float
    theirs: float


def focus_of(evidence: Evidence) -> Focus:
    """The focus of a message: self, other or mixed."""
    weight = weigh(evidence)
    total = weight.ours + weight.theirs
    if not total:
        return "mixed"
    share = weight.theirs / total
    return "self" if share < TOKEN else "other" if share > 1 - TOKEN else "mixed"


def weigh(evidence: Evidence) -> Weight:
    """The words that serve each side, over all sentences of the sender's own."""
    ours = theirs = 0.0
    for turn, cut in enumerate(evidence.scene.sentences):
        answers = any(_hits(OTHER[:2], s.text.replace("’", "'")) for s in cut)
        before = 0.5  # how much of what was said last served them
        known = False
        for sentence in cut:
            if _GREETING.fullmatch(sentence.text) or len(sentence.words) < 2:
                continue
            us, them = _sentence(evidence, turn, sentence, answers=answers)
            length = float(min(len(sentence.words), 25))  # one long list is one thing said
            if not (us or them):
                text = sentence.text.replace("’", "'")
                us, them = _hits(FAINT_SELF, text), _hits(FAINT_OTHER, text)
                length *= FAINT
            if us or them:
                before, known = them / (us + them), True
            elif not known:
                continue
            ours += length * (1 - before)
            theirs += length * before
    return Weight(ours=ours, theirs=theirs)


def _sentence(evidence: Evidence, turn: int, sentence: Sentence, *, answers: bool = True) -> tuple[float, float]:
    """Points of one sentence for us and for them. `answers`: the message takes something of theirs up; facts answer."""
    text = sentence.text.replace("’", "'")
    us, them = _hits(SELF, text), _hits(OTHER, text)
    if not us:
        them += (1.0 if _ASKS_ABOUT_THEM.match(text) else 0.0) + (0.5 if _COMMAND.match(text) else 0.0)
    for act in evidence.find(turn):
        inside = act.span.overlaps(sentence.span)
        if inside and act.kind in _SELF_ACTS:
            us += 1
        elif inside and act.kind in _OTHER_ACTS:
            them += _served(act.kind, faint=bool(us or _hits(FAINT_SELF, text)), answers=answers)
    return us, them


def _served(kind: str, *, faint: bool, answers: bool) -> float:
    """What an act adds for them. Facts and advice serve whoever their sentence serves."""
    if kind not in _FAINT_ACTS:
        return 1.0
    return 0.0 if faint or (kind == "information" and not answers) else 0.5


def _hits(cues: tuple[str, ...], text: str) -> float:
    return float(sum(bool(p.search(text)) for p in _compiled(cues)))


@cache
def _compiled(cues: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in cues)
