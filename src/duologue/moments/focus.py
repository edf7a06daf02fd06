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
from duologue.text import Sentence

# A share of the weighed words below which a side is a token: a sentence of five in a message of twenty.
TOKEN = 0.27
_GREETING = re.compile(
    r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|morning)\b[^.?!]{0,40}$", re.IGNORECASE
)

_SELF_ACTS = ("pitch", "persuasion", "call_to_action", "question.leading", "story.third_party")
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

_SELF = (
    # who we are and what we have
    r"\b(?:we|i) ?(?:are|'re|'ve|have|'m|am) (?:\w+ ){0,2}?(?:proud|excited|thrilled|delighted|pleased"
    r"|launch\w*|improved|redesigned|grown|expanded"
    r"|added|won|trusted|rated|changed|raised)\b",
    r"\b(?:our|my) (?:[\w-]+ ){0,3}?(?:platform|products?|solutions?|software|services?|systems?|tools?|apps?"
    r"|engine|team|company|firm|agency|office"
    r"|clients?|customers?|experts?|ratings?|awards?|offers?|range|store|studio|courses?|programmes?|programs?"
    r"|newsletter|webinar|technology"
    r"|approach|brand|package|plans?|features?|quota|targets?|boss|presentation|board|deadline|launch|story"
    r"|journey|mission)\b",
    r"\b(?:we|i) (?:help|offer|provide|deliver|speciali[sz]e|work with|serve|build|built|launched|redesigned"
    r"|raised|won|make|lead|guarantee|cover|combine)\b",
    r"\b(?:leading|award[- ]winning|number one|best[- ]in[- ]class|cutting[- ]edge|state[- ]of[- ]the[- ]art"
    r"|top[- ]rated|world[- ]class|game[- ]chang\w+"
    r"|revolutionary|unique|(?:the )?(?:largest|biggest|fastest|finest|best)|seamless\w*|powerful|proven"
    r"|innovative|proud)\b",
    r"\b(?:trusted by|used by|thousands of|hundreds of|companies like|clients like|businesses like)\b|#1\b"
    r"|\b(?:\d+ ?x|\w+ times) (?:faster|more|better|cheaper)\b",
    # an ask that serves the sender, and pressure
    r"\b(?:book (?:a|your|in)|grab|schedule|set up|jump on|hop on|sign up|sign me|register|subscribe|click"
    r"|order now|buy|upgrade|pencil|reply (?:with|to this|['\"“‘]?yes))\b",
    r"\b(?:demo|\d+[- ]min(?:ute)?s?|(?:quick|short|brief) (?:call|chat|question|word|intro\w*)|free trial"
    r"|calendar|slots?|are you free|worth a (?:chat|call|look))\b",
    r"\b(?:only|just) (?:this|until|till|a few|\d+)|\b(?:last chance|limited|expires?|before it'?s too late"
    r"|act now|hurry|asap|by (?:tonight|tomorrow|end of day|eod)"
    r"|while (?:places|stocks?)|today only|miss(?:ing)? out|final reminder|discount|\d+ ?% off|for free"
    r"|free of charge)\b",
    r"\bi(?:'d| would) (?:love|like) to (?:show|have|tell|get|connect|introduce|see you|share|offer)"
    r"|\bi (?:want|wanted) to (?:introduce|tell|show|share)"
    r"|\bjust (?:checking|following|circling) (?:in|up|back)\b|\bbump\w*\b|\breach(?:ing)? out\b",
    r"\bi(?:'ll| will)? need (?:you|your|this|it|the)\b|\b(?:get|send|give) me\b|\bhelp me\b|\bdo me a\b"
    r"|\bi(?:'m| am) (?:presenting|under pressure|counting)\b"
    r"|\bcount on you\b|\byou(?:'re| are) (?:the best|a star|amazing)\b|\bnobody (?:else )?\w+ (?:it|this|these"
    r"|that) like you\b",
)
_OTHER = (
    # what they asked, wrote or said, taken up
    r"\byou(?:'d| had| have|'ve)? (?:asked|wrote|said|mentioned|told|wanted to know|were (?:waiting|asking"
    r"|wondering|worried|right)|sent|raised"
    r"|described|explained|noticed|felt|pointed out)\b",
    r"\byour (?:note|letter|question|message|mail|email|e-mail|report|comment|point|concern|worry|words|draft"
    r"|reply|order|case|side|view)\b",
    r"\b(?:as you (?:say|said|put it|wrote)|(?:it|that) (?:sounds|must)|i (?:can )?(?:understand|see) (?:that"
    r"|why|how)|that (?:was|is|'s) (?:hard|fair|a lot)|(?:it )?makes sense)\b",
    # something they can use, given
    r"\b(?:attached|enclosed|here (?:is|are)|here's|i(?:'ve| have) (?:sent|cancelled|moved|checked|asked|found"
    r"|fixed|put|refunded|corrected)|the (?:short )?answer"
    r"|for you to (?:keep|use)|to use with|(?:two|three|four|five) things)\b",
    r"\b(?:cancelled|refunded|credited|no further|(?:taken?|taking) you off|nothing to (?:do|sign|buy|pay)"
    r"|at no cost to you|unsubscribed)\b",
    # theirs to decide, and nothing wanted back
    r"\b(?:no (?:need|reply|rush|pressure|hurry|obligation to)|your call|up to you|yours to|whichever"
    r"|whenever (?:suits|you)|in your own time"
    r"|if you(?:'d| would)? rather not|either way|i(?:'d| would) (?:just |only )?(?:like|want) to (?:hear"
    r"|listen|understand)|no agenda)\b",
    r"\bi(?:'m| am) (?:so |very |really )?(?:sorry|thinking of you)|\b(?:my|our) (?:mistake|fault)\b"
    r"|\bthank you for (?:telling|writing|your)|\b(?:i was|we were) wrong\b",
)
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
        for sentence in cut:
            us, them = _sentence(evidence, turn, sentence)
            length = min(len(sentence.words), 25)  # one long list is one thing said
            if us or them:
                ours += length * us / (us + them)
                theirs += length * them / (us + them)
    return Weight(ours=ours, theirs=theirs)


def _sentence(evidence: Evidence, turn: int, sentence: Sentence) -> tuple[float, float]:
    """Points of one sentence for us and for them."""
    if _GREETING.fullmatch(sentence.text) or len(sentence.words) < 3:
        return 0.0, 0.0
    text = sentence.text.replace("’", "'")
    us = float(sum(bool(p.search(text)) for p in _patterns()[0]))
    them = float(sum(bool(p.search(text)) for p in _patterns()[1]))
    if _ASKS_ABOUT_THEM.match(text) and not us:
        them += 1
    if _COMMAND.match(text) and not us:
        them += 0.5
    for act in evidence.find(turn):
        inside = act.span.start < sentence.span.end and sentence.span.start < act.span.end
        if inside and act.kind in _SELF_ACTS:
            us += 1
        elif inside and act.kind in _OTHER_ACTS:
            them += 0.5 if act.kind in ("information", "advice", "question.open") else 1
    return us, them


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    return (
        tuple(re.compile(p, re.IGNORECASE) for p in _SELF),
        tuple(re.compile(p, re.IGNORECASE) for p in _OTHER),
    )
