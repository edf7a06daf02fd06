"""Whether two pieces of talk are about one matter: shared stems, and the words with which people change the subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

# Words that carry no matter: function words, fillers, and the verbs and nouns that fit any subject.
_WORDS = """
    a about actually after again all also always am an and another any anybody anyone anything are aren't around as
    at back bad be because been before being best better bit both but by came can can't cannot come comes cos could
    couldn't course did didn't do does doesn't doing don't done each either else em er even ever every everybody
    everyone everything exactly far few fine first for from get gets getting give go goes going gone gonna good got
    gotta great had hadn't happen happened happens has hasn't have haven't having he he'd he'll he's hello her here
    hers herself hey hi him himself his honest honestly how i i'd i'll i'm i've if in into is isn't it it'd it'll
    it's its itself just keep kind kinda know last least let let's like little long look looking lot lots made make
    makes many may maybe me mean means might mine mm more most much must my myself need needs never new next nice no
    nobody none nor not nothing now of off oh ok okay on once one ones only or other others our ours out over own
    people perhaps please point possible pretty probably put quite rather real really right said same saw say saying
    says see seen sense she she'd she'll she's should shouldn't since so some somebody someone something sometimes
    somewhere soon sorry sort still stuff such sure take taken takes talk tell than thank thanks that that'd that'll
    that's the their theirs them themselves then there there'd there's these they they'd they'll they're they've
    thing things think this those though thought through time to today told too took totally tried true try two uh
    um under until up upon us use used very wanna want wants was wasn't way we we'd we'll we're we've well went were
    weren't what what's whatever when where where's whether which while who who'd who's whole whose why will with
    without won't word words would wouldn't yeah yep yes yet you you'd you'll you're you've your yours yourself
"""
_EMPTY = frozenset(_WORDS.split())
_SUFFIXES = ("ingly", "edly", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "ly", "s", "y", "e")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A rough stem, so that "checks", "checking" and "checked" meet. Empty for a word that carries no matter."""
    if word in _EMPTY:
        return ""
    base = word[:-2] if word.endswith("'s") else word
    if base in _EMPTY or (len(base) < 3 and not base.isdigit()):
        return ""
    for suffix in _SUFFIXES:
        if base.endswith(suffix) and len(base) - len(suffix) >= 3:
            base = base[: -len(suffix)]
            break
    return base[:-1] if len(base) > 4 and base[-1] == base[-2] else base


def stems(words: Iterable[str]) -> set[str]:
    """The stems of the words that carry a matter."""
    return {s for s in map(stem, words) if s}


@cache
def _shift() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:by the way|anyway|anyhow|moving on|next (?:on|up|item|one)|number two|on to the|onto the|"
        r"back to (?:the|my|our)|"
        r"before i forget|on another (?:note|matter)|speaking of|while i have you|let'?s (?:turn|move|get back|"
        r"jump|switch)|"
        r"as i was saying|where (?:was|were) (?:i|we)|the other thing)\b|^(?:okay|ok|right|good|great|fine|so|"
        r"and)?[,. ]*next\b",
        re.IGNORECASE,
    )


def changes_subject(text: str) -> bool:
    """Whether the words themselves announce another matter ("by the way", "next on my list")."""
    return bool(_shift().search(text))
