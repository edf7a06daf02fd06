"""What a debrief in words is made of: sections of rows with the lines that they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from duologue.practice.debriefing.chances import line_at, turn_at
from duologue.practice.debriefing.debrief import Debrief
from duologue.reports.excerpts import line

SILENCE = "(nothing)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of one line. `at`: "line 3", or "" where it stands under one of the same line."""

    at: str
    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paragraph: `head` stands out, `said` goes on, the `quotes` follow, then `after` them; `note` is what to know of
    how it was found."""

    head: str = ""
    said: str = ""
    quotes: tuple[Quote, ...] = ()
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    id: str
    title: str
    rows: tuple[Row, ...]
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    headline: str
    intro: str
    sections: tuple[Section, ...]


def first_name(d: Debrief) -> str:
    return d.talk.setting.scenario.person.name.split()[0]


def number(value: float) -> str:
    """A share of 1 with two places: ".41", "1"."""
    return f"{value:.2f}".removeprefix("0").removesuffix(".00") or "0"


def moved(pair: tuple[float, float]) -> str:
    """ ".41 → .52"."""
    return f"{number(pair[0])} → {number(pair[1])}"


def quote(d: Debrief, at: int, *, label: bool = True) -> Quote:
    """A turn of the conversation, cut to what one can read, under the number of the user's line."""
    shown, n = line(d.review.conversation, at), line_at(d.talk, at)
    where = f"line {n}" if n else "before"
    return Quote(at=where if label else "", who=shown.who.split()[0], text=shown.text or SILENCE)


def own(d: Debrief, n: int) -> Quote:
    return quote(d, turn_at(d.talk, n))


def once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """The same quotes; the number of a line stands once for neighbours of one line."""
    found: list[Quote] = []
    last = ""
    for q in quotes:
        found.append(replace(q, at="" if q.at == last else q.at))
        last = q.at or last
    return tuple(found)


def theirs(d: Debrief, n: int, *, label: bool = False) -> Quote:
    return quote(d, turn_at(d.talk, n) + 1, label=label)
