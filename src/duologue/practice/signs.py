"""What can be told from the words alone, where no trained model knows the case: a second witness beside the acts.

Orders to leave the part, insults, bare greetings, stock phrases that name nothing, other languages.
Each is a small closed rule; what they miss the acts may still find.
"""

from __future__ import annotations

import re

from duologue.language import ENGLISH_SHARE, english_share
from duologue.moments.threads import stem
from duologue.text import WORD, words

_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.?!]{0,30}\b(?:instruction|prompt|rule|guideline|programming)|"
    r"\b(?:system|hidden|secret|initial) prompt\b|"
    r"\b(?:you are|you're|are you) (?:now )?(?:an? )?(?:ai|bot|chatbot|language model|assistant|llm|simulation)\b|"
    r"\b(?:developer|debug|jailbreak|god) mode\b|"
    r"\b(?:show|tell|give|print|list|reveal|output|repeat|dump)\b[^.?!]{0,20}\b(?:your|all|the|every|me)\b[^.?!]{0,20}"
    r"\b(?:layers?|hidden goals|your goals|secrets?|instructions|yaml|json|prompt|scenario file)\b|</?\w+>|\{\{",
    re.IGNORECASE,
)
_PERSON = "idiots?|moron|liar|clown|loser|fool|imbecile|cretin|bitch|bastard|wanker|twat|arsehole|asshole"
_HARD = "stupid|pathetic|useless|dumb|disgusting|worthless"
_MORE = "(?:an? |all |just |such an? |so |bloody |fucking |complete |total )*"
_INSULT = re.compile(
    rf"\b(?:you(?:'re| are) {_MORE}(?:{_PERSON}|{_HARD})|you {_MORE}(?:{_PERSON})|what an? {_MORE}(?:{_PERSON}))\b|"
    rf"(?:^|[.?!,;:–-] *)you (?:{_HARD})\b|"
    r"\b(?:fuck|screw) (?:you|off)\b|\bshut (?:up|it)\b|\bgo to hell\b|\bpiss off\b",
    re.IGNORECASE,
)
# Beside one of these, hard words are what somebody else said or what was felt: "Did he say you are useless?"
_REPORTED = re.compile(r"\b(?:they|he|she|who|nobody|no one|somebody|someone|people|anyone|did|does|feel|felt)\b", re.I)
_STOCK = re.compile(
    r"\b(?:i hear (?:you|what you)|(?:that )?makes (?:(?:total|perfect|complete|a lot of|so much) )?sense|"
    r"i (?:totally|completely|fully|absolutely)? ?(?:understand|get (?:it|that|you)|appreciate that)|"
    r"(?:great|good) (?:question|point)|fair enough|i feel you|absolutely|totally|of course|i see|"
    r"interesting|thanks? (?:you )?for sharing)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|morning|afternoon|evening)\b[\w ,.!'’-]{0,40}$", re.IGNORECASE
)
# What a hello may hold besides names, and still be nothing else.
_COURTESY = frozenset(
    words(
        "hi hello hey there again everyone everybody all both good nice lovely great pleased glad to see meet you your "
        "the thanks thank for having me making time today and a very so how are is it going doing morning afternoon "
        "evening it's i'm mr mrs ms dr"
    )
)
# Two letters are English where it has them and others hardly do ("it", and neither "in" nor "me").
_TWO = frozenset(words("at be by go he it my of oh ok up"))
# Words of English that German, Dutch or Scandinavian sentences are full of.
_SHARED = frozenset(words("was war will man men hat die all also come under over per"))
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u2c00-\ud7ff]")


def is_order(text: str) -> bool:
    """A demand to leave the part, or to show what lies behind it."""
    return bool(_ORDER.search(_typed(text)))


def is_insult(text: str) -> bool:
    """Abuse of the person."""
    typed = _typed(text)
    return any(not _REPORTED.search(re.split("[.?!]", typed[: m.start()])[-1]) for m in _INSULT.finditer(typed))


def is_greeting(text: str) -> bool:
    """A bare hello: names and courtesies, and nothing that one would have to hear."""
    if not _GREETING.match(text.strip()):
        return False
    said = [m.group() for m in WORD.finditer(_typed(text))]
    return len(said) <= 2 or all(w[0].isupper() or w.lower() in _COURTESY for w in said[1:])


def _typed(text: str) -> str:
    """The text with apostrophes as a keyboard has them: telephones set others."""
    return text.replace("’", "'")


def without_stock(text: str) -> str:
    """The text without phrases that fit anything: what is left of an acknowledgement once its formula is gone."""
    return _STOCK.sub(" ", text)


def is_foreign(text: str) -> bool:
    """Not English, as far as so few words can say: hardly an English small word in six or more, or another script.

    Halting English is English: it keeps "you", "with", "this". ENGLISH_SHARE is that of `language.py`; the words that
    carry no matter (`threads.stem`) count as English too, because a single line has few.
    """
    if len(_OTHER_SCRIPT.findall(text)) * 3 >= max(1, len(text.strip())):
        return True
    spoken = words(text)
    if len(spoken) < 6:
        return False
    known = sum(w in _TWO if len(w) < 3 else stem(w) == "" and w not in _SHARED for w in spoken if not w.isdigit())
    return known < 0.15 * len(spoken) and english_share(text) < ENGLISH_SHARE
