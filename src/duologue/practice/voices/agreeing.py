"""Sudden agreeableness: a partner who was just pushed, and is all at once delighted. Small rules; no model.

Models of language are trained to please, so this is how they most often fall out of a part.
"""

from __future__ import annotations

import itertools
import re

from duologue.text import sentences

_GOOD = (
    r"(?:great|good|perfect|wonderful|fantastic|excellent|brilliant|amazing|lovely|fair|awesome|super|terrific|ideal|"
    r"impressive|interesting|promising|exciting|helpful|very useful|useful|right up (?:my|our) street)"
)
_VERY = r"(?:really |very |so |absolutely |actually |quite |pretty |truly |just |all )*"
_PATTERNS = (
    # what they offer pleases
    rf"\b(?:that|this|it|which) (?:all |really |actually |certainly |does |do )*(?:sounds?|looks?|seems?)(?: like)? "
    rf"(?:an? |exactly )?{_VERY}{_GOOD}\b",
    rf"\b(?:that|this|it)(?:['’]s| is| would be|['’]d be) (?:an? |exactly |just )?{_VERY}{_GOOD}"
    r"(?: (?:idea|plan|offer|point|suggestion|approach|question|solution|news|fit|value|price|product))?"
    r"\s*(?:[.!,;]|$)",
    rf"\b{_GOOD} (?:idea|point|suggestion|offer|news|question|plan)\b",
    r"\b(?:exactly|just) what (?:i|we)(?:['’]ve| have)? (?:need|want|(?:been )?look|ask|hop)",
    # a next step is taken
    r"\blet['’]?s (?:do (?:it|that|this)|set|book|schedule|go ahead|get started|start|talk (?:next|on)|meet|sign|"
    r"find a time|arrange|make it happen|move forward|go for it|try (?:it|that))",
    r"\bi(?:['’]d| would|['’]ll| will|['’]m| am)? (?:be )?(?:really |very |more than |so |absolutely )*"
    r"(?:thrilled|(?:love|happy|glad|delighted|keen|excited|eager|pleased) to)\b"
    r"(?! (?:know|hear|understand|believe|be))",
    r"\b(?:send|email|e-mail) (?:me|us|it|that|them)\b[^.?!]{0,30}\b(?:invite|invitation|contract|proposal|offer|"
    r"calendar|link|over|details|agreement|paperwork)\b",
    r"\b(?:sign (?:me|us) up|count (?:me|us) in|i['’]?m (?:in|sold|convinced|interested|on board|intrigued)|"
    r"you['’]?ve (?:sold|convinced) me|where do (?:i|we) sign|when can (?:you|we) (?:start|begin|meet)|"
    r"we(?:['’]ll| will) take it|book (?:me|us|it|the)|put (?:me|us) down for)\b",
    r"\b(?:look|looking) forward to\b",
    r"\b(?:monday|tuesday|wednesday|thursday|friday|next week|tomorrow)(?: \w+)? (?:works|would work|suits|is fine)\b",
    # you are told that you are right
    r"\byou(?:['’]re| are) (?:so |absolutely |completely |totally |quite |probably |of course )*(?:right|correct)\b",
    r"\bi (?:completely |totally |fully |couldn['’]t |wholeheartedly )?agree(?: more)?\b",
    r"^\W*(?:yes,? please|absolutely|definitely|of course|certainly|sure thing|with pleasure|gladly|wow|deal|sounds "
    r"(?:good|great)|perfect|great|wonderful|fantastic|amazing|excellent|awesome|brilliant)\s*(?:[!.,]|$)",
)
_AGREES = re.compile("|".join(f"(?:{p})" for p in _PATTERNS), re.IGNORECASE)
# You are thanked for what closed them; somebody who goes may say so and mean the time.
_THANKS = re.compile(
    r"\b(?:thank you|thanks)(?: so much| very much| a lot)? for\b|"
    r"\bi (?:really |truly |do |very much )*appreciate (?:your|you|the|that|this|it)\b",
    re.IGNORECASE,
)
# Turned into its opposite, or into a condition, by what stands just before or what follows in the sentence.
_DENIED = re.compile(
    r"(?:n['’]t|\b(?:not|no|never|hardly|nothing|nobody|cannot|cant|wont|dont|didnt|isnt|doesnt|wouldnt|without|before|"
    r"unless|until|if|why would|how (?:is|would)))\b[^.!?;]{0,24}$",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"^[^.!?]{0,30}\b(?:on paper|to (?:somebody|someone|a) |"
    r"(?:and|but) (?:i|we)(?:['’]ve| have)? (?:heard|seen|had|been|still))\b",
    re.IGNORECASE,
)


def agrees(text: str, *, going: bool = False) -> str | None:
    """The words that suddenly agree, or None. A question is none, nor what is denied or only conditional.

    `going`: they are leaving, and may be polite about it.
    """
    for sentence in sentences(text):
        if sentence.is_question:
            continue
        for found in itertools.chain(_AGREES.finditer(sentence.text), () if going else _THANKS.finditer(sentence.text)):
            before, after = sentence.text[: found.start()], sentence.text[found.end() :]
            if not (_DENIED.search(before) or _TURNED.match(after)):
                return found.group().strip()
    return None
