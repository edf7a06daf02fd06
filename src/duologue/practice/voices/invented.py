"""Numbers and names that stand nowhere in what a partner may say: how a made-up detail shows.

A detail that denies the scenario without a number or a name is not found.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from duologue.language import ENGLISH
from duologue.text import sentences, words


def _list(text: str) -> list[str]:
    return text.split()


_UNITS = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")
_VALUE: dict[str, int] = {w: i for i, w in enumerate(_UNITS)} | {w: 20 + 10 * i for i, w in enumerate(_TENS)}
_VALUE |= {"dozen": 12}
_TIMES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_DIGITS = re.compile(r"(?<![\w.])[^\W\d_]{0,3}?(\d+(?:[.,]\d+)*)\s?(k|m|bn|million|thousand)?\b", re.IGNORECASE)
_SCALE = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}
# Said of any amount, and no figure of anybody's.
_FIGURES = re.compile(
    r"\b(?:or (?:two|three)|(?:one|two) (?:things?|sides?|minds?|words?|cents)|(?:the )?two of (?:us|you|them)|"
    r"(?:a|one) (?:hundred|thousand|million) (?:times|things|miles|reasons)|(?:one|a) in a million|24/7|"
    r"twenty[- ]four seven|second|fifty[- ]fifty|(?:two|five|ten) minutes)\b",
    re.IGNORECASE,
)
_SMALL = frozenset({0, 1})  # "one" is mostly no number, and "zero" a way to say none


@lru_cache(maxsize=8192)
def numbers(text: str) -> frozenset[float]:
    """The amounts in a text, in digits or words, as values; not "one", nor what only sounds like a number."""
    plain = _FIGURES.sub(" ", text)
    found = {_digits(m) for m in _DIGITS.finditer(plain)}
    return frozenset(found | set(_spelled(plain))) - _SMALL


def _digits(match: re.Match[str]) -> float:
    amount, scale = match[1].rstrip(".,"), (match[2] or "").lower()
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+", amount)
    parts = (amount.replace(",", "") if grouped else amount.replace(",", ".")).split(".")
    value = float(parts[0] + ("." + "".join(parts[1:]) if parts[1:] else ""))
    return value * _SCALE.get(scale, 1)


def _spelled(text: str) -> Iterator[float]:
    """The values of runs such as "four hundred and ten thousand"."""
    total, part, running = 0, 0, False
    tokens = [t for w in words(text) for t in w.split("-")]
    for token, after in itertools.pairwise([*tokens, ""]):
        if token in _VALUE:
            value = _VALUE[token]
            joins = running and (part % 100 == 0 or (part % 10 == 0 and part % 100 >= 20 and value < 10))
            if running and not joins:
                yield float(total + part)
                total, part = 0, 0
            part, running = part + value, True
        elif token in _TIMES and running:
            if token == "hundred":
                part *= 100
            else:
                total, part = total + part * _TIMES[token], 0
        elif not (token == "and" and running and part % 100 == 0 and after in _VALUE):
            if running:
                yield float(total + part)
            total, part, running = 0, 0, False
    if running:
        yield float(total + part)


# Capitalised in the middle of a sentence, and nobody's name.
_COMMON = frozenset(
    _list(
        """i ok okay tv pc it hr pdf faq ceo cfo coo cto vp id usa us uk eu english god lord jesus christ heaven
        mr mrs ms dr sir madam mum mom dad excel email e-mail a b c d"""
    )
)
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’\-]*")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Aunt|Uncle)\.? ([A-Z][\w'’-]+)")
# At the beginning of a sentence every word has a capital: there a name shows by what it does, or by another after it.
_DOES = re.compile(
    r"([A-Z][a-zà-ÿ]+)(?:['’]s\b(?! (?:a|an|the|not|no|been|just|all|what|how|why|where|it|right|fair|true|one)\b)|"
    r" (?:said|says|told|asked|asks|thinks|thought|wants|wanted|called|calls|left|quit|knows|knew|retired|resigned|"
    r"and (?:I|me)|from)\b| [A-Z][a-z]+)"
)
_NOBODY = frozenset(
    _list(
        """he she it that this what who there here where when how why let everyone everybody someone somebody nobody
        anyone anybody no-one people management finance sales marketing purchasing operations legal head mine yours and
        but so if then yes no well look nothing something everything anything all most half some many one another
        neither either coming apart straight right back up down out fresh aside judging today tomorrow yesterday
        tonight"""
    )
)


def names(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """Capitalised words that look like names and are not among `known` (lower case), in order."""
    found: list[str] = []
    for sentence in sentences(text):
        found += [n for n in map(_bare, _in_sentence(sentence.text)) if not _is_known(n.lower(), known)]
    return tuple(dict.fromkeys(found))


def _in_sentence(text: str) -> Iterator[str]:
    first = True
    for match in _CAPITAL.finditer(text):
        before = text[: match.start()].rstrip(" \"'“”‘’(")
        opens = first and not re.search(r"\w", before)
        if not opens and not before.endswith((":", ".", "!", "?", "…", "—", "–")):
            yield match.group()
        first = False
    yield from (m[1] for m in _TITLE.finditer(text))
    acting = _DOES.match(text.lstrip("\"'“”‘’(… "))
    if acting and acting[1].lower() not in _NOBODY:
        yield acting[1]


def _bare(name: str) -> str:
    """Without a possessive or a shortened verb: Marcus of "Marcus's", I of "I'm"."""
    return re.sub(r"['’](?:s|m|ve|d|ll|re)?$", "", name).replace("’", "'")


def _is_known(bare: str, known: frozenset[str]) -> bool:
    return bare in known or bare in _COMMON or bare in ENGLISH or all(p in known for p in bare.split("-"))


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """Every word of some texts as `names` compares them: lower case, no possessive, and the parts of compounds."""
    return frozenset().union(*map(_words_of, texts))


@lru_cache(maxsize=8192)
def _words_of(text: str) -> frozenset[str]:
    found: set[str] = set()
    for word in words(text):
        bare = _bare(word)
        found.update((word, bare, *bare.split("-")))
    return frozenset(found)
