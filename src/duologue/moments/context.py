"""Context: what came to light about the other (S3.5), in four cells with their depth and quotes."""

from __future__ import annotations

from duologue.acts.base import Evidence
from duologue.model import ContextCell, Moment
from duologue.model.codebook import CELLS


def context_cells(evidence: Evidence, moments: tuple[Moment, ...]) -> tuple[ContextCell, ...]:
    """The four cells, in the codebook's order."""
    return tuple(ContextCell(name=name, depth=0, quotes=(), brought_out_by=()) for name in CELLS)
