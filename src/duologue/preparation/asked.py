"""What a ladder can be asked about, and in which words: rungs, and a bank of wordings (`wordings.yaml`)."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from duologue.preparation.ladder import KINDS, LEVELS, Claim, Ladder, Place, Rung

# Each way down: what is asked first, and what can be asked on once the rung before it stands.
_WAYS: dict[str, tuple[Place, ...]] = {
    **{k: tuple(f"follow_ups.{k}.{n}" for n in range(1, LEVELS + 1)) for k in KINDS},
    "evidence": ("stands_behind.evidence",),
    "source": ("stands_behind.source",),
    "limits": ("stands_behind.not_true_for",),
}
_WAYS["look_for"] = ("look_for", *_WAYS["look_for"])
MOST_SAID = 160  # characters of a claim or a rung that are said back in a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A rung that can be asked about. `key`: by what it is remembered; `before`: the rung that it goes on from."""

    key: str
    kind: str
    place: Place
    claim: Claim
    number: int
    rung: Rung
    before: Rung | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A question as it is asked. `id`: which wording of the bank it is."""

    id: str
    text: str


def askable(ladder: Ladder) -> Iterator[Asked]:
    """Every rung that somebody could ask about now, in the order of the ladder. Further down only where the rung above
    holds something: nobody asks on about what was not said."""
    marks: set[str] = set()
    for number, claim in enumerate(ladder.claims, 1):
        mark = hashlib.sha256(" ".join(claim.claim.split()).casefold().encode("utf-8", "replace")).hexdigest()[:8]
        if mark in marks:  # the same claim made twice is one claim
            continue
        marks.add(mark)
        for kind, way in _WAYS.items():
            before: Rung | None = None
            for place in way:
                rung = claim.at(place)
                yield Asked(
                    key=f"{mark}:{place}", kind=kind, place=place, claim=claim, number=number, rung=rung, before=before
                )
                if not rung.stands:
                    break
                before = rung


def wording(asked: Asked, seen: dict[str, int], said: Set[str], chance: random.Random) -> Wording:
    """The question for a rung: one that was never seen where there is one, else one of those seen longest ago.

    `seen`: wording → when it was last used, in any order that grows. `said`: questions of this session, none of which
    comes twice while there is another.
    """
    level = "deeper" if asked.before else "first"
    bank = bank_of(asked.kind)[level]
    made = [Wording(id=f"{asked.kind}.{level}.{n}", text=_composed(w, asked)) for n, w in enumerate(bank)]
    free = [w for w in made if w.text not in said] or made
    fewest = min(seen.get(w.id, -1) for w in free)
    return chance.choice([w for w in free if seen.get(w.id, -1) == fewest])


def _composed(pattern: str, asked: Asked) -> str:
    said = (asked.before.text if asked.before else None) or ""
    return pattern.replace("{claim}", _short(asked.claim.claim)).replace("{said}", _short(said))


def _short(text: str) -> str:
    """As it is said back: on one line, without the stop at its end, and no quotation within the quotation."""
    plain = " ".join(text.split()).strip(" .!,;").replace("“", "‘").replace("”", "’")
    return plain if len(plain) <= MOST_SAID else plain[:MOST_SAID].rsplit(" ", 1)[0] + " …"


@cache
def bank_of(kind: str) -> dict[str, list[str]]:
    """The wordings of one kind of asking, "first" and, where one can ask on, "deeper"."""
    found: dict[str, list[str]] = _bank()[kind]
    return found


@cache
def _bank() -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load(files("duologue.preparation").joinpath("wordings.yaml").read_bytes())
    return found
