"""Self against other: whom the pronouns point at."""

from __future__ import annotations

from collections.abc import Iterator

from duologue.measures.base import Definition, Family, share
from duologue.measures.material import Material
from duologue.model import Measure

_LEAST = 10

SELF = Definition(
    name="self_focus",
    label="self against other",
    unit="share",
    definition="Of the speaker's first- and second-person pronouns, those of the first (I, we, my, our …) against "
    "the second (you, your …). It counts forms, not care: “we” may hold the listener, “you” may mean anybody, and "
    "one who tells of their own trouble says “I”.",
    source="Pronouns as a sign of where attention lies: Tausczik and Pennebaker 2010.",
    minimum=f"{_LEAST} such pronouns",
    needs_acts=True,  # rests on English pronouns
)

_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves", "ya", "y'all"})


def measure(m: Material) -> Iterator[Measure]:
    """The share of the first person, for each."""
    first, second = m.by_speaker(_count(m, _FIRST)), m.by_speaker(_count(m, _SECOND))
    for subject in m.subjects:
        own = sum(first[s] for s in subject.speakers)
        both = own + sum(second[s] for s in subject.speakers)
        yield share(SELF, own, both, subject.key, least=_LEAST, what="pronouns")


def _count(m: Material, forms: frozenset[str]) -> list[int]:
    """How many words of each turn are of these forms, with or without what an apostrophe joins to them."""
    return [
        sum(w in forms or ("'" in w and w.partition("'")[0] in forms) for s in cut for w in s.words)
        for cut in m.sentences
    ]


FAMILY = Family(name="focus", definitions=(SELF,), measure=measure)
