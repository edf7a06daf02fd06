"""Words that would give a layer away: those that only it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from duologue.moments.threads import stem
from duologue.practice.voices.guard import house_texts
from duologue.text import words

MOST = 4
_LONG = 5  # letters of a word that may stand alone


def keys_for(
    texts: Mapping[str, str], after: Mapping[str, Sequence[str]], others: Iterable[str]
) -> dict[str, list[str]]:
    """For each layer (id → all that it says) up to `MOST` words or phrases that stand nowhere else.

    `after`: the layers that come before each; those that come after a layer may hold its words. `others`: texts that
    may be said at any time; the house's lines are among them anyway.
    """
    common = [_flat(t) for t in (*others, *house_texts())]
    found: dict[str, list[str]] = {}
    for id, text in texts.items():
        rivals = [*common, *(_flat(t) for other, t in texts.items() if other != id and not _follows(other, id, after))]
        whole = " ".join(rivals)
        alone = [w for w in dict.fromkeys(words(text)) if len(w) >= _LONG and w.isalpha() and stem(w)]
        singles = [w for w in alone if not _stands(w, whole)]
        singles.sort(key=lambda w: -len(w))
        keys = singles[:MOST]
        for phrase in _phrases(text) if len(keys) < 2 else ():
            if len(keys) < 2 and not _stands(phrase, whole):
                keys.append(phrase)
        found[id] = keys
    return found


def _follows(other: str, id: str, after: Mapping[str, Sequence[str]]) -> bool:
    """Whether `other` surely comes after `id`."""
    todo, seen = list(after.get(other, ())), set[str]()
    while todo:
        one = todo.pop()
        if one == id:
            return True
        if one not in seen:
            seen.add(one)
            todo += after.get(one, ())
    return False


def _phrases(text: str) -> list[str]:
    """Two, then three, then four words in a row with a matter in them, as they stand within a sentence."""
    found: list[str] = []
    for length in (2, 3, 4, 6):
        for part in re.split(r"[^\w'’ -]+", text):
            row = part.split()
            some = (row[i : i + length] for i in range(len(row) - length + 1))
            found += [" ".join(r) for r in some if length > 3 or (stem(r[0].lower()) and stem(r[-1].lower()))]
    return found


def _flat(text: str) -> str:
    return re.sub(r"['’]", "", re.sub(r"[-\s]+", " ", text)).lower()


def _stands(key: str, whole: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_flat(key))}(?!\w)", whole) is not None
