"""Uptake: how much of what the other has just said comes back in the reply."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

from duologue.measures.base import Definition, Family, given, too_few, unknown
from duologue.measures.material import Material, Stretch
from duologue.model import Measure

_LEAST = 5
_HEARD, _REPLY = (
    30,
    60,
)  # the last content words of what was heard, the first words of the reply: length alone takes up nothing

UPTAKE = Definition(
    name="uptake",
    label="uptake of the other's words",
    unit="share",
    definition="Of the content words that the other said last, the share that comes back, in any form, in the "
    f"opening of the speaker's next turn; the mean over those turns. The last {_HEARD} content words heard and "
    f"the first {_REPLY} words of the reply are looked at. Repeating is the plainest sign of building on what was "
    "said, and not the only one: a good paraphrase may hold none of the words.",
    source="Demszky et al. 2021, whose baseline of words in common this is, with word forms joined.",
    minimum=f"{_LEAST} replies to a turn with a content word",
    needs_acts=True,  # rests on English words that carry no matter
    checked="Spearman ρ .48 with what raters saw in 1,440 classroom exchanges (Demszky et al. 2021; where raters "
    "agree with each other at ρ .47 and the best published unsupervised measure reaches .54). It does not tell "
    "good AnnoMI sessions from poor ones (AUC .46)",
)

# Words that carry no matter of their own: particles, pronouns, auxiliaries, and what speech is filled with.
_EMPTY = """
    a about above after again all also am an and any are as at back be because been before being but by can cannot
    could did do does doing done down each even every few for from further get gets getting go goes going gonna
    got had has have having he her here hers him his how i if in into is it its just kind know let like look lot
    make many maybe me mean might more most much must my need no nor not now of off oh ok okay on once one only
    onto or other our ours out over own people please put quite really right said same say see she should so some
    something sort still such sure take tell than thank thanks that the their theirs them then there these they
    thing things think this those though through to too uh um under until up us use very want was way we well were
    what when where which while who whom whose why will with would yeah yep yes you your yours
"""


def measure(m: Material) -> Iterator[Measure]:
    """The mean uptake of each."""
    found: dict[str, list[float]] = {}
    for heard, after in zip(m.heard, m.stretches, strict=True):
        value = None if heard is None else taken_up(_words(m, m.stretches[heard]), _words(m, after))
        if value is not None:
            found.setdefault(after.speaker, []).append(value)
    for subject in m.subjects:
        own = list(chain.from_iterable(found.get(s, ()) for s in subject.speakers))
        if len(own) < _LEAST:
            yield unknown(UPTAKE, subject.key, too_few(len(own), _LEAST, "replies"), n=len(own))
        else:
            yield given(UPTAKE, sum(own) / len(own), subject.key, n=len(own))


def taken_up(heard: list[str], reply: list[str]) -> float | None:
    """The share of the content words heard that come back in the reply; None where none was heard."""
    matter = set(_content(heard)[-_HEARD:])
    if not matter:
        return None
    return len(matter & set(_content(reply[:_REPLY]))) / len(matter)


def _words(m: Material, stretch: Stretch) -> list[str]:
    return [w for t in stretch.turns for s in m.sentences[t] for w in s.words]


def _content(words: list[str]) -> list[str]:
    empty = _empty()
    return [_stem(bare) for w in words if (bare := w.partition("'")[0]) not in empty]


@cache
def _empty() -> frozenset[str]:
    return frozenset(_EMPTY.split())


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The word without its commonest English endings, so that “ship”, “ships” and “shipping” meet."""
    for ending, rest in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending) + rest
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word


FAMILY = Family(name="uptake", definitions=(UPTAKE,), measure=measure)
