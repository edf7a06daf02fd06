"""What does not fit together: one thing with two numbers, the same sentence twice, two of one name.

A number and the noun behind it are compared by their stems ("forty pickers", "40 pickers"). Units of time, money and
share belong to whatever they measure, so they say nothing. What a rule on words cannot know (two hundred boxes here,
three hundred boxes there, and both are true) is put as a question.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from duologue.moments.threads import stem
from duologue.practice.making.findings import Finding, Text, shortened, texts_of
from duologue.practice.scenario import TEMPERAMENTS, Scenario
from duologue.practice.voices.invented import numbers
from duologue.text import sentences


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen"
_TEENS = "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TIMES = "hundred|thousand|million"
_WORD = rf"(?:{_ONES}|{_TEENS}|{_TENS}|{_TIMES})"
_AMOUNT = re.compile(
    rf"\b(?:\d[\d.,]*\d|\d|(?:a |{_WORD}[- ])?{_WORD}(?:(?:[- ]| and ){_WORD})*)\b(?=\s+([^\W\d_][\w'’-]*))",
    re.IGNORECASE,
)
# A measure of something else, or no noun at all.
_UNITS = _set(
    """second minute hour day night week weekend month year decade time o'clock am pm morning afternoon evening percent
    per cent dollar euro pound penny quid grand rand krona kronor krone kroner franc zloty lei yen rupee naira shilling
    peso dirham kilo kilogram gram ton tonne meter metre mile kilometer kilometre foot feet inch yard acre litre liter
    degree point half quarter third fifth tenth thing people person men women other else past till to of left more less
    fewer old new big small bigger smaller last first next thousand hundred million different good bad full long whole
    straight extra"""
)
_LEAST_WORDS = 4  # of a sentence that may not come twice; shorter ones ("That's it.") are few, and hardly noticed


def contradictions(scenario: Scenario) -> Iterator[Finding]:
    """Whatever the file says twice, or once so and once otherwise."""
    yield from _ids(scenario)
    texts = texts_of(scenario)
    yield from _twice(texts)
    yield from _numbers(texts)


def _ids(s: Scenario) -> Iterator[Finding]:
    kinds = (
        ("layer", [la.id for issue in s.issues for la in issue.layers]),
        ("issue", [issue.id for issue in s.issues]),
        ("fact", [fact.id for fact in s.facts]),
    )
    for kind, ids in kinds:
        for id, times in Counter(ids).items():
            if times > 1:
                yield Finding(
                    level="error",
                    what=f"there are {times} of this id, and only one of them would be found",
                    where=f"{kind} “{id}”",
                    next="Give each an id of its own",
                )


def _twice(texts: tuple[Text, ...]) -> Iterator[Finding]:
    """A sentence that two lines of one temperament share: the second of them cannot be said any more."""
    found: dict[str, list[Text]] = defaultdict(list)
    for t in texts:
        for sentence in {" ".join(s.words) for s in sentences(t.text) if len(s.words) >= _LEAST_WORDS}:
            found[sentence].append(t)
    for sentence, where in found.items():
        clash = _clash(where)
        if clash:
            yield Finding(
                level="error",
                what=f"the same sentence as at {clash[0].where}, and none is said twice: {shortened(sentence, 60)}",
                where=clash[1].where,
                next="Word one of them otherwise",
            )


def _clash(where: list[Text]) -> tuple[Text, Text] | None:
    """Two texts that one temperament may say both."""
    for i, a in enumerate(where):
        for b in where[i + 1 :]:
            if a.line != b.line and (a.temperament is None or b.temperament in (None, a.temperament)):
                return a, b
    return None


def _numbers(texts: tuple[Text, ...]) -> Iterator[Finding]:
    """Nouns that are counted in two ways, in two places; no text is asked about that names both numbers itself."""
    found: dict[str, list[tuple[float, str, Text]]] = defaultdict(list)
    for t in texts:
        for value, noun, said in _counted(t.text):
            found[noun].append((value, said, t))
    for counts in found.values():
        pairs = [(a, b) for a, b in itertools.combinations(counts, 2) if a[0] != b[0] and not _knows_both(a, b)]
        if pairs:
            (_, first, here), (_, second, there) = next((p for p in pairs if _one_matter(p[0][2], p[1][2])), pairs[0])
            same = _one_matter(here, there)
            asked = ": one matter, told in two ways" if same else ": is this one thing with two numbers?"
            yield Finding(
                level="error" if same else "advice",
                what=f"“{second}”, and “{first}” at {here.where}{asked}",
                where=there.where,
                next="Write one number for one thing" if same else "If so, write one; if not, leave it",
            )


def _knows_both(a: tuple[float, str, Text], b: tuple[float, str, Text]) -> bool:
    return b[0] in numbers(a[2].text) or a[0] in numbers(b[2].text)


def _one_matter(a: Text, b: Text) -> bool:
    """Two ways to say one thing: the wordings of one layer, or of one fact."""
    return a.place == b.place and a.place.endswith(", says")


def _counted(text: str) -> Iterator[tuple[float, str, str]]:
    """Each (number, stem of the noun behind it, both as said)."""
    for m in _AMOUNT.finditer(text):
        noun = m[1].lower().replace("’", "'")
        base = stem(noun)
        values = numbers(f"{m[0]} {noun}")
        plain = noun.removesuffix("s")
        if not base or len(values) != 1 or noun in _UNITS or plain in _UNITS or plain.partition("-")[0] in _UNITS:
            continue
        yield next(iter(values)), base, f"{m[0]} {m[1]}"


def every_temperament(scenario: Scenario) -> Iterator[Finding]:
    """The list of temperaments itself."""
    if not scenario.temperaments:
        yield Finding(
            level="error",
            what="there is none, so nobody can be played",
            where="temperaments",
            next=f"Name one or more of {', '.join(TEMPERAMENTS)}, or leave the line out for all",
        )
    elif len(set(scenario.temperaments)) < len(scenario.temperaments):
        yield Finding(level="advice", what="one is named twice", where="temperaments", next="Name each once")
