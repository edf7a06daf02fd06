"""Where each word that a recogniser heard stands in the text of its turn."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from duologue.model import Turn, Word

Placed = tuple[Word, int, int]

# Scripts without spaces between words (Thai to Lao, Burmese, Khmer, kana, Han): there each letter is an atom.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_ATOM = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")


def words_in(turn: Turn) -> tuple[Placed, ...]:
    """Each word of a turn with its half-open code points: `(word, start, end)`, in order, never overlapping.

    Where the text is the words and spaces alone, every word is found and `turn.text[start:end]` is its text. Where
    somebody corrected the text, words that no longer stand there are left out, and case and marks may differ.
    """
    return _tiled(turn) or _aligned(turn)


def _tiled(turn: Turn) -> tuple[Placed, ...] | None:
    """The words one after the other, with spaces alone between them; None where the text is anything else."""
    found: list[Placed] = []
    at, text = 0, turn.text
    for word in turn.words:
        spoken = word.text.strip()
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(spoken, at):
            return None
        if spoken:
            found.append((word, at, at + len(spoken)))
        at += len(spoken)
    return None if text[at:].strip() else tuple(found)


def _aligned(turn: Turn) -> tuple[Placed, ...]:
    """The words whose letters stand in the text, one after the other, by the longest stretches that both share."""
    said = [(i, m.group().casefold()) for i, w in enumerate(turn.words) for m in _ATOM.finditer(w.text)]
    there = list(_ATOM.finditer(turn.text))
    at = _pairs([atom for _, atom in said], [m.group().casefold() for m in there])
    atoms: dict[int, list[int]] = {}
    for k, (i, _) in enumerate(said):
        atoms.setdefault(i, []).append(k)
    found: list[Placed] = []
    for i, own in atoms.items():
        places = [at[k] for k in own if k in at]
        if len(places) == len(own) and places[-1] - places[0] == len(own) - 1:
            start, end = there[places[0]].start(), there[places[-1]].end()
            found.append((turn.words[i], *_with_marks(turn, turn.words[i], start, end)))
    return tuple(found)


def _pairs(a: list[str], b: list[str]) -> dict[int, int]:
    """Which atom of `b` each atom of `a` is. What begins and ends alike is paired first: corrections are small."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    pairs = {k: k for k in range(head)} | {len(a) - 1 - k: len(b) - 1 - k for k in range(tail)}
    for block in SequenceMatcher(None, a[head : len(a) - tail], b[head : len(b) - tail]).get_matching_blocks():
        pairs |= {head + block.a + k: head + block.b + k for k in range(block.size)}
    return pairs


def _with_marks(turn: Turn, word: Word, start: int, end: int) -> tuple[int, int]:
    """The span with the word's own marks ("Well," rather than "Well"), where the text has them too."""
    spoken = word.text.strip()
    first = next(iter(_ATOM.finditer(spoken)))
    whole = start - first.start()
    if whole >= 0 and turn.text.startswith(spoken, whole):
        return whole, whole + len(spoken)
    return start, end
