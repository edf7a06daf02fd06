"""What a measure is: a number with a written definition, a unit, a source and the least data that it needs.

To add a measure, in four steps:
  1. choose its family's file in `measures/` (or start one) and write its `Definition`;
  2. yield it from the family's `measure(evidence)`: a value, or None with the reason;
  3. where the family is new, add it to the table in `measures/__init__.py`;
  4. write the conversation that gives a value known by hand, and the one that is too short, in `tests/measures/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from duologue.acts.base import Evidence
from duologue.model import Measure

Basis = Literal["evidence", "convention", "user"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a measure means. `source`: where the definition comes from. `needs_acts`: withheld where acts are.

    `threshold`: what others hold it against, in words, and `threshold_is`: whether that is evidence, one vendor's
    convention, or the user's own.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Measures that are taken together."""

    name: str
    definitions: tuple[Definition, ...]
    measure: Callable[[Evidence], Iterator[Measure]]
