"""Whether a text tells something that has not been told yet: the one rule, for voices, benchmarks and `scenario check`.

A key of a layer that was not told stands in the text, as whole words, whatever the case, the apostrophes and the
hyphens. A key that a told layer has as well is free. Who said it first does not count: the user's guess is no leave.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from duologue.practice.scenario import Scenario

_APOSTROPHES = re.compile("['’‘ʼ＇`´]")
_HYPHENS = re.compile(r"(?<=\w)[-‐-―−](?=\w)")
_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")  # they print nothing, and would hide a word


def leaks(text: str, scenario: Scenario, told: Collection[str]) -> tuple[str, ...]:
    """The keys in a text that give away a layer not in `told` (layer ids), as the scenario spells them; () for none."""
    layers = scenario.layers()
    free = {_flat(key) for la in layers if la.id in told for key in la.keys}
    kept = tuple(key for la in layers if la.id not in told for key in la.keys if _flat(key) not in {*free, ""})
    if not kept:
        return ()
    flat, parted = _flat(text), _flat(_APOSTROPHES.sub(" ", text))  # "dont" is don't; "Louisville's" has Louisville
    found = {m[0] for seen in (flat, parted) for m in _any_of(kept).finditer(seen)}
    return tuple(dict.fromkeys(key for key in kept if _flat(key) in found)) if found else ()


@lru_cache(maxsize=1024)
def _flat(text: str) -> str:
    """Lower case, no apostrophes, hyphens and any white space as one space."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return _SPACES.sub(" ", _HYPHENS.sub(" ", _APOSTROPHES.sub("", plain))).casefold().strip()


@lru_cache(maxsize=4096)
def _any_of(keys: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the keys as whole words; of two that overlap, the longer."""
    longest_first = sorted({_flat(key) for key in keys}, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, longest_first))})(?![^\W_])")
