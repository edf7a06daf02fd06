"""What a measure is: a number with a written definition, a unit, a source and the least data that it needs.

To add a measure, in four steps:
  1. choose its family's file in `measures/` (or start one) and write its `Definition`;
  2. yield it from the family's `measure(material)`: `given(...)` a value, or `unknown(...)` with the reason;
  3. where the family is new, add it to the table in `measures/__init__.py`;
  4. write the conversation that gives a value known by hand, and the one that is too short, in `tests/measures/`.
Then `python -m duologue.measures > docs/measures.md` writes the page that a test holds to the definitions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from duologue.measures.material import Material
from duologue.model import Measure

Basis = Literal["evidence", "convention", "user"]
PLACES = 4  # of every value: shares to a hundredth of a per cent, seconds to a tenth of a millisecond


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a measure means. `unit`: empty for a pure number. `source`: where the definition comes from.
    `needs_acts`: withheld where acts are.

    `threshold`: what others hold it against, in words, and `threshold_is`: whether that is evidence, one vendor's
    convention, or the user's own. `checked`: what it was held against, with the figure; None where it is a plain count.
    """

    name: str
    label: str
    unit: str
    definition: str
    source: str
    minimum: str
    needs_acts: bool = False
    threshold: str | None = None
    threshold_is: Basis | None = None
    checked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Measures that are taken together."""

    name: str
    definitions: tuple[Definition, ...]
    measure: Callable[[Material], Iterator[Measure]]


def given(
    definition: Definition,
    value: float,
    subject: str | None,
    *,
    n: int | None = None,
    interval: tuple[float, float] | None = None,
    unit: str | None = None,
    caveat: str | None = None,
) -> Measure:
    """A measure with a value. A `caveat` goes into `reason`: the value stands, and is to be read with it."""
    if not math.isfinite(value):  # times of 1e308 seconds add up to infinity
        return unknown(definition, subject, "the times in the file are too large to add up", n=n, unit=unit)
    low, high = (round(interval[0], PLACES), round(interval[1], PLACES)) if interval else (None, None)
    return Measure(
        name=definition.name,
        value=round(value, PLACES) + 0.0,  # no negative zero
        unit=unit or definition.unit,
        speaker=subject,
        n=n,
        low=low,
        high=high,
        reason=caveat,
        source=definition.name,
    )


def unknown(
    definition: Definition, subject: str | None, reason: str, *, n: int | None = None, unit: str | None = None
) -> Measure:
    """A measure without a value, and why there is none."""
    return Measure(
        name=definition.name,
        value=None,
        unit=unit or definition.unit,
        speaker=subject,
        n=n,
        reason=reason,
        source=definition.name,
    )


def share(definition: Definition, count: int, of: int, subject: str | None, *, least: int, what: str) -> Measure:
    """`count` of `of` with an interval, None where there are fewer than `least` opportunities (`what`, in words)."""
    if of < least:
        return unknown(definition, subject, too_few(of, least, what), n=of)
    return given(definition, count / of, subject, n=of, interval=wilson(count, of))


def too_few(n: int, least: int, what: str) -> str:
    """The reason of every measure that lacks data, in one wording."""
    return f"too few to say ({n} of {least} {what})"


def wilson(count: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927): honest for small n, and never outside 0 to 1."""
    p = count / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
