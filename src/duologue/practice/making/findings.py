"""What `scenario check` says of a scenario; and every text of one with its place, which is what its rules read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from duologue.practice.scenario import Layer, Scenario, Temperament, Wording

Level = Literal["error", "advice"]
# error: the partner cannot be played as it is written. advice: it can, and somebody who talks with it would notice.


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing about a scenario. `what` is wrong, `where` in the file, and what to do `next`; a clause each."""

    level: Level
    what: str
    where: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that the partner may say. `place`: where it stands. `temperament`: whose it is; None for everybody's.

    `told`: the layers that are surely told when it is said. `line`: which line it is a wording of; the texts of one
    line never meet in a session, because a partner has one temperament.
    """

    place: str
    text: str
    temperament: Temperament | None
    told: frozenset[str]
    line: tuple[str, int]

    @property
    def where(self) -> str:
        return f"{self.place} ({self.temperament})" if self.temperament else self.place


def layer_at(layer: Layer) -> str:
    return f"layer “{layer.id}”"


def told_before(scenario: Scenario) -> dict[str, frozenset[str]]:
    """Of each layer the ones that are surely told before it. A circle ends where it comes back to itself."""
    after = {la.id: la.after for la in scenario.layers()}
    found: dict[str, frozenset[str]] = {}
    for id, first in after.items():
        seen: set[str] = set()
        todo = list(first)
        while todo:
            one = todo.pop()
            if one not in seen and one in after:
                seen.add(one)
                todo += after[one]
        found[id] = frozenset(seen)
    return found


def texts_of(scenario: Scenario) -> tuple[Text, ...]:
    """Every text of the file that the partner says, in its order."""
    return tuple(_texts(scenario))


def _texts(s: Scenario) -> Iterator[Text]:
    before = told_before(s)
    everything = frozenset(before)
    yield Text(place="opens", text=s.opens, temperament=None, told=frozenset(), line=("opens", 0))
    for la in s.layers():
        told = before[la.id] | {la.id}
        yield from _of(f"{layer_at(la)}, says", la.says, told)
        yield from _of(f"{layer_at(la)}, more", la.more, told)
    for fact in s.facts:
        yield from _of(f"fact “{fact.id}”, says", fact.says, frozenset())
    for i, trigger in enumerate(s.triggers, 1):
        yield from _of(f"trigger {i}, says", trigger.says, frozenset())
    for holder, name in ((s.lines, "lines"), (s.lines.pushes_back, "pushes_back"), (s.lines.asks, "asks")):
        for field in holder.__struct_fields__:
            value = getattr(holder, field)
            if isinstance(value, list):  # what they would do next is said when everything is told
                told = everything if field == "forward" else frozenset()
                yield from _of(f"{name}.{field}", value, told)


def _of(place: str, lines: list[Wording], told: frozenset[str]) -> Iterator[Text]:
    for i, line in enumerate(lines):
        if isinstance(line, str):
            yield Text(place=place, text=line, temperament=None, told=told, line=(place, i))
        else:
            for temperament, text in line.items():
                yield Text(place=place, text=text, temperament=temperament, told=told, line=(place, i))


def shortened(text: str, most: int = 70) -> str:
    """The beginning of a text, in quotation marks."""
    plain = " ".join(text.split())
    cut = plain if len(plain) <= most else plain[:most].rsplit(" ", 1)[0] + " …"
    return f"“{cut}”"
