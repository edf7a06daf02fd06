"""Words as the rules see them, for acts, measures and moments alike.

`tokens(text)` spells contractions out and drops fillers; `stem(word)` cuts endings off; `content(words)` gives the
stems that carry matter; `overlap(a, b)` says which share of a is in b. All are pure and linear in their input.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[,;:—–…(]|\.\.\.")


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


FILLERS = word_set("um uh er erm uhm umm uhh ehm em")

# Spelt out, so that one phrase fits "don't", "dont" and "do not" alike, in every variety of English.
_SPELT = {
    "im": "i am", "ive": "i have", "youre": "you are", "youve": "you have", "theyre": "they are", "theyve": "they have",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "cant": "can not", "cannot": "can not",
    "can't": "can not", "couldnt": "could not", "wouldnt": "would not", "shouldnt": "should not", "isnt": "is not",
    "arent": "are not", "wasnt": "was not", "werent": "were not", "hasnt": "has not", "havent": "have not",
    "hadnt": "had not", "wont": "will not", "won't": "will not", "shan't": "shall not", "ain't": "is not",
    "aint": "is not", "thats": "that is", "whats": "what is", "hows": "how is", "wheres": "where is", "whos": "who is",
    "theres": "there is", "gonna": "going to", "wanna": "want to", "gotta": "got to", "kinda": "kind of",
    "sorta": "sort of", "lemme": "let me", "gimme": "give me", "dunno": "do not know", "y'all": "you", "yous": "you",
    "ya": "you", "u": "you", "ur": "your", "ye": "you", "'cause": "because", "cuz": "because", "cos": "because",
    "cause": "because", "cannae": "can not", "dinnae": "do not", "didnae": "did not", "wasnae": "was not",
    "isnae": "is not", "wouldnae": "would not", "couldnae": "could not", "willnae": "will not", "wee": "small",
    "aye": "yes", "naw": "no", "nah": "no", "nope": "no", "yep": "yes", "yup": "yes", "yah": "yes", "ok": "okay",
    "alright": "all right", "innit": "is it not", "let's": "let us", "c'mon": "come on", "ma'am": "madam",
    "would've": "would have", "should've": "should have", "could've": "could have", "shoulda": "should have",
    "coulda": "could have", "woulda": "would have", "tryna": "trying to", "finna": "going to", "oughta": "ought to",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
# After these, 's is "is"; after any other word it is a possessive, or close enough to one.
_BE = word_set("it that what how where who there here he she when why this everything nobody everybody")

BREAK = ","  # how a comma, a dash or a colon stands among the tokens


@lru_cache(maxsize=65536)
def _spell(word: str) -> tuple[str, ...]:
    word = word.replace("’", "'")
    if word in FILLERS:
        return ()
    if word in _SPELT:
        return tuple(_SPELT[word].split())
    if "'" in word:
        for ending, full in _ENDINGS.items():
            if word.endswith(ending) and len(word) > len(ending):
                return (*_spell(word[: -len(ending)]), full)
        if word.endswith("'s"):
            base = word[:-2]
            return (base, "is") if base in _BE else (base, "'s")
    return (word,)


def tokens(text: str) -> tuple[str, ...]:
    """Words in lower case, contractions spelt out, fillers and repeats dropped; "," for a break between."""
    found: list[str] = []
    for match in _TOKEN.finditer(text.lower()):
        raw = match.group()
        if raw[0].isalnum():
            for word in _spell(raw):
                # "the the", "I I": a false start, not a matter
                if not found or found[-1] != word or word in ("no", "very", "yes", "yeah", "okay", "mm", "right"):
                    found.append(word)
                if len(found) > 3 and found[-2:] == found[-4:-2]:  # "could you could you"
                    del found[-2:]
        elif found and found[-1] != BREAK:
            found.append(BREAK)
    if found and found[-1] == BREAK:
        found.pop()
    return tuple(found)


STOP = word_set(
    """
    a about above actually after again all almost already also although always am an and any anybody anyone
    anything anyway are around as ask asked at away back bad basically be because been before being best better
    between bit both but by bye came can come could day days did do does doing done down each either else end
    enough even ever every everybody everyone everything exactly far feel few fine first for from get gets
    getting give go goes going gone gonna good got great guess guys had happen happens has have having he hello
    help her here hey hi him his how i if in instead into is it its just keep kind know last let like little
    long look lot made make makes many may maybe me mean means might mine mm more most much must my need never
    new next no nobody none nor not nothing now of off oh okay on once one only or other our out over own part
    people please point pretty probably put quite rather really right said same say says see seem seems sense
    shall she should since so some somebody someone something sometimes soon sorry sort start still stuff such
    sure take tell than thank thanks that the their them then there these they thing things think this those
    though thought through time to today together told too try trying two under until up us use used very want
    wanted wants was way we week well went were what when where whether which while who whole why will with
    without work works would yeah year years yes yet you your yours able actual bring call called can't find
    four hear heard hold kept left lots matter maam mind minute moment question quick real remember run sir
    sound sounds talk talking thats three turn understand 's
    """
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its usual endings: "shipments", "shipped" and "shipping" meet at "ship" or near enough."""
    if len(word) < 4 or not word.isalpha():
        return word
    w = word
    if w.endswith("ies") and len(w) > 4:
        w = w[:-3] + "y"
    elif w.endswith(("sses", "shes", "ches", "xes")):
        w = w[:-2]
    elif w.endswith("s") and not w.endswith(("ss", "us", "is")):
        w = w[:-1]
    for ending in ("ingly", "edly", "ing", "ed", "ly", "ment", "ness"):
        if w.endswith(ending) and len(w) - len(ending) >= 3:
            w = w[: -len(ending)]
            if len(w) > 3 and w[-1] == w[-2] and w[-1] not in "sl":
                w = w[:-1]
            break
    if w.endswith("e") and len(w) > 3:
        w = w[:-1]
    return w[:-1] + "i" if w.endswith("y") and len(w) > 3 else w


def content(words: Iterable[str]) -> frozenset[str]:
    """The stems of the words that carry matter: no function words, no words of talk itself. Numbers count."""
    return frozenset(
        stem(w) for w in words if w not in STOP and w not in FILLERS and (len(w) > 2 or w.isdigit()) and w != BREAK
    )


def overlap(part: frozenset[str], whole: frozenset[str]) -> float:
    """Which share of `part` is also in `whole`, from 0 to 1; 0 where `part` is empty."""
    return len(part & whole) / len(part) if part else 0.0
