"""Numbers with a written definition: one family a file, in the visible table below."""

from __future__ import annotations

from duologue.acts.base import Evidence
from duologue.measures.base import Definition, Family
from duologue.model import Measure

__all__ = ["DEFINITIONS", "FAMILIES", "Definition", "Family", "measure"]

FAMILIES: tuple[Family, ...] = ()
DEFINITIONS: dict[str, Definition] = {d.name: d for f in FAMILIES for d in f.definitions}


def measure(evidence: Evidence, *, with_acts: bool = True) -> tuple[Measure, ...]:
    """Every measure of every family. `with_acts=False`: those that rest on acts are None, with the reason."""
    return tuple(m for family in FAMILIES for m in family.measure(evidence))
