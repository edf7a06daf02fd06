"""Phrases: the small language in which the lexicons are written, and the one pass that finds them all.

A lexicon (`lexicons/NAME.txt`) is lines of phrases under headers. A header is `name confidence` at the margin, a phrase
is indented, a line that ends in a backslash goes on:

    invitation.more .9
      tell me (a bit|) more
      ^ how so $

`(a|b c|)` alternatives, empty for optional; `~` nought to three words between; `_` exactly one word; `@name` a word
of a class (`lexicons/classes.txt`); `#` a number; `^` the sentence begins here, leading "so", "well" and the like
apart; `>` a clause begins here; `$` the sentence ends here. Phrases match tokens of `duologue.acts.lexicon`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from duologue.acts.lexicon import BREAK, stem, word_set

OPENERS = word_set(
    """so and well okay yeah yes oh but right now hey look listen see honestly actually no sure then because like hi mm
    hmm hello also or anyway ah ha wow absolutely totally exactly sorry good thanks great basically frankly"""
)
NUMBERS = word_set(
    """two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion dozen half percent"""
)
_GAP = 3
_HEADER = re.compile(r"(\S+)\s+(0?\.\d+|1)$")
_FOLDER = Path(__file__).parent / "lexicons"


def lexicon(name: str) -> str:
    """The text of a lexicon that comes with the package."""
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@cache
def _classes() -> dict[str, frozenset[str]]:
    """Class name → its words and their stems ("=" before a stem); its words alone where it is marked `exact`."""
    found: dict[str, set[str]] = {}
    name, how = "", ""
    for row in lexicon("classes").splitlines():
        if row and not row[0].isspace():
            name, _, how = row.strip().partition(" ")
        for word in row.split() if row[:1].isspace() else ():
            found.setdefault(name, set()).update((word,) if how == "exact" else (word, f"={stem(word)}"))
    return {k: frozenset(v) for k, v in found.items()}


@lru_cache(maxsize=65536)
def _readings(word: str) -> tuple[str, ...]:
    """What a word may match: itself, its classes, its ending, the sign of a number."""
    root = f"={stem(word)}"
    found = [word, *(f"@{name}" for name, forms in _classes().items() if word in forms or root in forms)]
    found += [f"@{ending}" for ending in ("ed", "ing") if word.endswith(ending) and len(word) > len(ending) + 2]
    if word[0].isdigit() or word in NUMBERS:
        found.append("#")
    return tuple(found)


class _State:
    """Where a phrase may stand: what each next word leads to. Built from its end, so that branches share their rest."""

    __slots__ = ("end", "gap", "one", "tags", "to")

    def __init__(self) -> None:
        self.to: dict[str, list[_State]] = {}
        self.one: list[_State] = []
        self.gap: list[_State] = []
        self.tags: tuple[tuple[str, float], ...] = ()
        self.end: tuple[tuple[str, float], ...] = ()

    def join(self, other: _State) -> None:
        for word, states in other.to.items():
            self.to.setdefault(word, []).extend(states)
        self.one.extend(other.one)
        self.gap.extend(other.gap)
        self.tags = tuple(dict.fromkeys(self.tags + other.tags))
        self.end = tuple(dict.fromkeys(self.end + other.end))

    def step(self, word: str) -> _State:
        """Where a word that is in `to` leads. Where several phrases go on with it, they are joined, once."""
        states = self.to[word]
        if len(states) > 1:
            self.to[word] = states = [_joined(states)]
        return states[0]


def _joined(states: list[_State]) -> _State:
    joined = _State()
    for state in states:
        joined.join(state)
    return joined


def _before(symbol: str, rest: _State) -> _State:
    state = _State()
    if symbol == "$":
        state.end = rest.tags
    elif symbol == "_":
        state.one = [rest]
    elif symbol == "~":
        state.gap = [rest]
    else:
        state.to = {symbol: [rest]}
    return state


Piece = str | list["list[Piece]"]


def _sequence(pieces: list[Piece], rest: _State) -> _State:
    for piece in reversed(pieces):
        if isinstance(piece, str):
            rest = _before(piece, rest)
        else:
            either = _State()
            for branch in piece:
                either.join(_sequence(branch, rest))
            rest = either
    return rest


def _read(symbols: list[str], at: int) -> tuple[list[list[Piece]], int]:
    """The alternatives from a place on, up to the bracket that closes them."""
    branches: list[list[Piece]] = [[]]
    while at < len(symbols) and symbols[at] != ")":
        if symbols[at] == "|":
            branches.append([])
        elif symbols[at] == "(":
            inner, at = _read(symbols, at + 1)
            if at >= len(symbols):
                raise ValueError("a bracket is not closed")
            branches[-1].append(inner)
        else:
            branches[-1].append(symbols[at])
        at += 1
    return branches, at


def parse(text: str) -> Iterator[tuple[str, float, str]]:
    """(name, confidence, phrase) of each phrase of a lexicon; what follows a `;` is a comment."""
    name, confidence = "", 0.0
    for row in text.replace("\\\n", "").splitlines():
        bare = row.partition(";")[0].rstrip()
        if not bare:
            continue
        header = _HEADER.match(bare)
        if header and not bare[0].isspace():
            name, confidence = header.group(1), float(header.group(2))
        elif not bare[0].isspace() or not name:
            raise ValueError(f"neither a header nor a phrase: “{bare}”")
        else:
            yield name, confidence, bare.strip()


class Phrases:
    """All phrases of some lexicons, ready to be found."""

    def __init__(self, lexicons: Iterable[str]) -> None:
        # By place: anywhere, where a clause begins, where the sentence begins; each holds what fits there.
        self._inside, self._clause, self._start = _State(), _State(), _State()
        self._alphabet: set[str] = set()
        for text in lexicons:
            for name, confidence, phrase in parse(text):
                self._add(name, confidence, phrase)

    def _add(self, name: str, confidence: float, phrase: str) -> None:
        anchor = phrase[0] if phrase[0] in "^>" else ""
        symbols = re.findall(r"[()|]|[^\s()|]+", phrase[len(anchor) :])
        self._alphabet.update(symbols)
        branches, end = _read(symbols, 0)
        if end != len(symbols) or len(branches) != 1:
            raise ValueError(f"brackets do not match in the phrase “{phrase}”")
        last = _State()
        last.tags = ((name, confidence),)
        first = _sequence(branches[0], last)
        self._start.join(first)
        if anchor != "^":
            self._clause.join(first)
        if not anchor:
            self._inside.join(first)

    def find(self, words: tuple[str, ...]) -> dict[str, float]:
        """Name → highest confidence, of all phrases in a sentence given as `lexicon.tokens`."""
        found: dict[str, float] = {}
        known = self._alphabet  # most words are in no phrase at all
        readings = [tuple(r for r in _readings(w) if r in known) for w in words if w != BREAK]
        starts, clauses = starts_of(words)
        for at in range(len(readings)):
            root = self._start if at in starts else self._clause if at in clauses else self._inside
            # Most words begin no phrase: a look here costs less than a walk that ends at once.
            if root.one or root.gap or not root.to.keys().isdisjoint(readings[at]):
                _walk(root, readings, at, found)
        return found


def _walk(root: _State, words: list[tuple[str, ...]], start: int, found: dict[str, float]) -> None:
    """Every phrase that begins at a word; what is left to try is at most what the lexicons hold, not the sentence."""
    n = len(words)
    stack = [(root, start)]
    while stack:
        state, at = stack.pop()
        if state.tags or (at == n and state.end):
            for name, confidence in state.tags + state.end if at == n else state.tags:
                if confidence > found.get(name, 0.0):
                    found[name] = confidence
        if state.gap:
            if len(state.gap) > 1:
                state.gap = [_joined(state.gap)]
            rest = state.gap[0]
            if rest.one or rest.gap or rest.tags or rest.end:
                stack.extend([(rest, k) for k in range(at, min(at + _GAP, n) + 1)])
            else:  # most gaps lead to a plain word: look for it at once
                to = rest.to
                stack.extend(
                    [(rest.step(r), k + 1) for k in range(at, min(at + _GAP + 1, n)) for r in words[k] if r in to]
                )
        if at == n:
            continue
        to = state.to
        for reading in words[at]:
            if reading in to:
                stack.append((state.step(reading), at + 1))
        if state.one:
            if len(state.one) > 1:
                state.one = [_joined(state.one)]
            stack.append((state.one[0], at + 1))


def starts_of(words: tuple[str, ...]) -> tuple[frozenset[int], frozenset[int]]:
    """Where the sentence begins (0, and after each leading opener), and where clauses begin; breaks are not counted."""
    starts, clauses = {0}, set()
    at, opening, after_break = 0, True, False
    for word in words:
        if word == BREAK:
            after_break = True
            continue
        if after_break:
            clauses.add(at)
            after_break = False
        if opening and word in OPENERS:
            starts.add(at + 1)
        else:
            opening = False
        at += 1
        if word in ("and", "but", "so", "because", "or", "then"):
            clauses.add(at)
    return frozenset(starts), frozenset(clauses)
