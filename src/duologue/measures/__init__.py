"""Numbers with a written definition: one family a file, in the visible table below."""

from __future__ import annotations

from dataclasses import replace

from duologue.acts.base import Evidence
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


def measure(evidence: Evidence, *, with_acts: bool = True) -> tuple[Measure, ...]:
    """Every measure of every family. `with_acts=False`: those that rest on acts are None, with the reason."""
    material = Material(evidence)
    found = (m for family in FAMILIES for m in family.measure(material))
    return tuple(found) if with_acts else tuple(_withheld(m) for m in found)


def _withheld(m: Measure) -> Measure:
    """The measure as it is, or without its value where it rests on what is known of English alone."""
    if m.name not in DEFINITIONS or not DEFINITIONS[m.name].needs_acts:
        return m
    reason = "withheld: it rests on acts or words that are known for the English language only"
    return replace(m, value=None, n=None, low=None, high=None, reason=reason)
