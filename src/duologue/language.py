"""Which language a conversation is in.

English is recognised by its function words, with no library: they make up some half of spoken English, and the ones
listed here are rare in other languages (so no "in", "is", "was", "we", "so", "me", "on", "as", "do", "to"). Only where
they are scarce is py3langid asked, which takes about a second to load.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from duologue.model import Conversation
from duologue.text import words

MIN_WORDS = 20  # below this even people guess
SAMPLE = 5_000  # characters; more changes no answer
# English talk has 25 to 45 % of these words, raw recogniser output included; German, Dutch, French, Spanish, Italian,
# Portuguese, Danish and Polish texts of ours stay below 7 %.
ENGLISH_SHARE = 0.12
# Below this py3langid's answer is no better than a guess (slang, lists of names, two languages in one sentence).
SURE = 0.8

_FUNCTION_WORDS = """
    the and of you that it with this are have not they but what if or would about there your from which when how who why
    been were had has did does will could should than then them their these those because just know think yeah it's
    that's i'm you're we're they're don't didn't doesn't can't won't i've you've we've i'd i'll you'll we'll i my our us
    her his she he him into out up down over very really going got get some any more much only
"""
ENGLISH = frozenset(_FUNCTION_WORDS.split())
_UNSAID = frozenset(("", "und", "unknown", "auto", "multi", "mul", "none", "null", "mis", "zxx"))
_NAMES = {
    "english": "en",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "dutch": "nl",
    "portuguese": "pt",
    "polish": "pl",
    "danish": "da",
    "swedish": "sv",
    "japanese": "ja",
    "chinese": "zh",
}
# Scripts written without spaces: one word of the tokeniser may be a whole sentence.
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def language_of(conversation: Conversation) -> str | None:
    """A language code such as "en": the file's own, else detected; None where there are too few words to tell."""
    return _stated(conversation.language) or _detected(_sample(conversation))


def is_english(language: str | None) -> bool:
    """Whether a conversation is reviewed as English: it is, or there was too little to tell."""
    return language is None or language.split("-")[0] == "en"


def _stated(language: str | None) -> str | None:
    """The file's own word for it as a code ("en_US" → "en-us", "English" → "en"); None where it says nothing."""
    code = (language or "").strip().lower().replace("_", "-")
    code = _NAMES.get(code, code)
    return None if code.split("-")[0] in _UNSAID else code


def _sample(conversation: Conversation) -> str:
    """At most SAMPLE characters, from turns spread over the whole: an opening in another language decides nothing."""
    texts = [t.text for t in conversation.turns]
    if sum(map(len, texts)) > SAMPLE:
        step = max(1, len(texts) // 50)
        texts = texts[::step]
        share = max(1, SAMPLE // len(texts))
        texts = [t[:share] for t in texts]
    return "\n".join(texts)[:SAMPLE]


def english_share(text: str) -> float:
    """The share of English function words among all words; 0 where there are none."""
    tokens = words(text)
    return sum(w in ENGLISH for w in tokens) / len(tokens) if tokens else 0.0


def _detected(text: str) -> str | None:
    if len(words(text)) < MIN_WORDS and len(_UNSPACED.findall(text)) < 2 * MIN_WORDS:
        return None
    if english_share(text) >= ENGLISH_SHARE:
        return "en"
    code, probability = _identify(text)
    return code if probability >= SURE else None


def _identify(text: str) -> tuple[str, float]:
    """py3langid's best guess with its probability."""
    code, probability = _identifier().classify(text)
    return str(code), float(probability)


@cache
def _identifier() -> Any:
    """The model, loaded once. Imported here: it takes a second, and English never needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
