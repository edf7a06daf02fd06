"""Numbers with a written definition: one family a file, in the visible table below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from duologue.acts.base import Evidence
from duologue.certainty import Certainty
from duologue.measures import (
    floor,
    focus,
    length,
    levels,
    participation,
    questions,
    reported,
    telling,
    timing,
    uptake,
)
from duologue.measures.base import Definition, Family
from duologue.measures.material import Material
from duologue.measures.unsure import widened
from duologue.model import Measure

__all__ = ["DEFINITIONS", "FAMILIES", "Definition", "Family", "Material", "measure"]

FAMILIES: tuple[Family, ...] = (
    length.FAMILY,
    floor.FAMILY,
    participation.FAMILY,
    questions.FAMILY,
    levels.FAMILY,
    telling.FAMILY,
    uptake.FAMILY,
    focus.FAMILY,
    timing.FAMILY,
    reported.FAMILY,
)
DEFINITIONS: dict[str, Definition] = {d.name: d for f in FAMILIES for d in f.definitions}


def measure(evidence: Evidence, sure: Certainty | None = None, *, with_acts: bool = True) -> tuple[Measure, ...]:
    """Every measure of every family. `with_acts=False`: those that rest on acts are None, with the reason.

    `sure`: what was surely heard; where not all was, figures that depend on it have a wider range.
    """
    found = tuple(_taken(evidence))
    if sure is not None and sure.doubts:
        found = widened(found, evidence, sure, _taken, frozenset(n for n, d in DEFINITIONS.items() if d.needs_acts))
    return found if with_acts else tuple(_withheld(m) for m in found)


def _taken(evidence: Evidence) -> Iterator[Measure]:
    material = Material(evidence)
    return (m for family in FAMILIES for m in family.measure(material))


def _withheld(m: Measure) -> Measure:
    """The measure as it is, or without its value where it rests on what is known of English alone."""
    if m.name not in DEFINITIONS or not DEFINITIONS[m.name].needs_acts:
        return m
    reason = "withheld: it rests on acts or words that are known for the English language only"
    return replace(m, value=None, n=None, low=None, high=None, reason=reason)
