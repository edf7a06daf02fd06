"""How a turn opens: with a yes, a no, leave given, a shut door. What comes first decides many rulings of the
codebook.

These read words, beside the acts, where a rule asks for a reaction "in words": a yes to a reflection is one
thing, a yes to a question another, and no act tells the two apart.
"""

from __future__ import annotations

import re
from functools import cache

_FILLER = (
    r"(?:\s|[,.;:—–-]|…|\([^)]*\)|\[[^\]]*\]|"
    r"\b(?:um+|uh+|er+|em|oh|ah|well|so|mm+|hm+|ha|okay|ok|like|god|honestly|i mean)\b)*"
)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"^{_FILLER}(?:{_OPENERS[name]})", re.IGNORECASE)


_OPENERS = {
    "yes": r"(?:yes|yeah|yep|yup|aye|exactly|precisely|absolutely|definitely|totally|correct|indeed|spot on|bingo|true|"
    r"very much|pretty much|more or less|basically|of course|sadly|"
    r"that['’]?s (?:it|right|true|the|exactly|how|what|about right|a good|fair|correct|me)\b|"
    r"you(?:['’]re| are) (?:right|spot)|you(?:['’]ve)? (?:got|nailed|hit) it|no,? (?:exactly|that['’]?s (?:right|"
    r"it|true)|you['’]?re right|true)|"
    r"right,? (?:exactly|yes|yeah)|it (?:really |sure |certainly )?(?:is|does|did|was|has)"
    r"(?=\s*(?:[,.;!?…—-]|$|ye[ashp]))|"
    r"(?:i|we) (?:really |do |am |honestly )*(?:am|do|did|was|were|are|have)(?=\s*(?:[,.;!?…—-]|$|ye[ashp])))",
    "strong": r"(?:exactly|precisely|spot on|bingo|(?:yes|yeah|yep)?[,. ]*(?:yes|yeah|yep)?[,. ]*(?:exactly|precisely|"
    r"that['’]?s (?:exactly |pretty much |just )?(?:it|right|true|how|the (?:order|list|thing|point|problem)))|"
    r"you(?:['’]ve)? (?:got|nailed|hit) it|you(?:['’]re| are) (?:right|spot))",
    "no": r"(?:no\b(?!,? (?:exactly|that['’]?s (?:right|it|true)|you['’]?re right|go (?:on|ahead)|problem|worries))|"
    r"nope|nah|not (?:really|exactly|quite|at all)|"
    r"actually|that['’]?s not|it['’]?s not|it isn['’]?t|i['’]?m not|we['’]?re not|(?:i|we|they) (?:don['’]?t|"
    r"didn['’]?t|haven['’]?t|wouldn['’]?t))",
    "leave": r"(?:yes|yeah|yep|sure|go (?:on|ahead|for it)|please|of course|fine|by all means|why not|say it|"
    r"tell me|shoot|now\b(?=,? (?:please|then|yes))|"
    r"all ?right|let['’]?s hear|you (?:can|may)|no,? (?:go (?:on|ahead)|please)|i['’]?d (?:like|love) (?:that|to)|"
    r"that(?:['’]d| would)|"
    r"happy to|do\b|absolutely|definitely|certainly|i['’]?m (?:listening|all ears)|if you like|okay|ok)",
}


def confirms(text: str, *, negated: bool = False) -> bool:
    """Opens with a yes. `negated`: what it answers held a "not", so that a "no" agrees with it ("No, never.")."""
    return bool(_pattern("yes").match(text)) or (negated and bool(_pattern("no").match(text)))


def confirms_strongly(text: str) -> bool:
    """Opens with words that only say that one was understood ("exactly", "that's it"), and answer no question."""
    return bool(_pattern("strong").match(text))


def denies(text: str) -> bool:
    """Opens with a no or a correction."""
    return bool(_pattern("no").match(text))


def gives_leave(text: str) -> bool:
    """Opens by granting what was asked ("Go on then", "Sure")."""
    return (not denies(text) and bool(_pattern("leave").match(text))) or text.strip(" .").casefold() in ("okay", "ok")


@cache
def _negation() -> re.Pattern[str]:
    return re.compile(r"\b(?:not|never|nobody|nothing|no one|cannot|couldn|can['’]?t|\w+n['’]t|no)\b", re.IGNORECASE)


def is_negated(text: str) -> bool:
    """Whether a text holds a negation."""
    return bool(_negation().search(text))


@cache
def _request() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:explain|walk (?:me|us) through|take (?:me|us) through|talk (?:me|us) through|lay (?:it|this|that) out|"
        r"run (?:me|us) through|fill (?:me|us) in|tell (?:me|us)|describe|give (?:me|us) (?:the|an?) (?:whole|"
        r"full|overview|background|"
        r"story|picture|history|run-?down)|what(?:['’]s| is) the (?:story|history|background)|how (?:does|do|did|"
        r"would|will|is|are|was|came)\b|"
        r"why\b|from the (?:start|beginning|bottom|top)|show (?:me|us)|bring (?:me|us) up to)",
        re.IGNORECASE,
    )


def asks_to_explain(text: str) -> bool:
    """Whether a text directly asks for something that takes telling: an explanation, a history, a way of working."""
    return bool(_request().search(text))


@cache
def _advice_wanted() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:what (?:should|would|could|can|do) (?:i|we|you)\b|what['’]?s your (?:advice|suggestion|"
        r"recommendation|view|take)|"
        r"how (?:should|would|could|can|do) (?:i|we|you)\b|any (?:ideas?|advice|suggestions?|tips?)|what (?:do|"
        r"would) you "
        r"(?:suggest|recommend|think|do|advise)|can (?:you|your|it|that|this|they)\b|could (?:you|your|it)\b|"
        r"does (?:it|your|that|this)\b|"
        r"do you (?:have|do|offer|think)|have you got|help me|can you help|is there (?:a|any|something))",
        re.IGNORECASE,
    )


def asks_for_advice(text: str) -> bool:
    """Whether a text asks what to do, or what the speaker's side has to offer."""
    return bool(_advice_wanted().search(text))


@cache
def _logistics() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|next week|this week|o['’]?clock|"
        r"what time|calendar|"
        r"diary|zoom|screen|hear me|see me|e-?mail address|postcode|phone number|works? for you|suit(?:s)? you|coffee|"
        r"a good time|got (?:a|five|ten) (?:minutes?|mins?|sec)|invite)\b",
        re.IGNORECASE,
    )


def is_logistics(text: str) -> bool:
    """Whether a question is about dates, places or the line, and not about the matter."""
    return bool(_logistics().search(text))
