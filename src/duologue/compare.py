"""A conversation beside the person's own other ones: first oneself, then any convention (S1.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from duologue.measures import DEFINITIONS
from duologue.measures.base import PLACES, Basis
from duologue.model import Review

_LEAST = 2
OURS = "side:ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One figure of the coached side beside the same figure in their other conversations.

    `median`, `low` and `high` (the range) are over the `n` others that have it; all None, with the `reason`, where
    there are fewer than two. `threshold`: what others hold it against, in words, after one's own.
    """

    name: str
    label: str
    unit: str
    value: float
    median: float | None
    low: float | None
    high: float | None
    n: int
    reason: str | None
    threshold: str | None
    threshold_is: Basis | None


def compare(review: Review, others: Sequence[Review]) -> tuple[Comparison, ...]:
    """Each figure of the coached side that has a value, in the order of the review. Empty where no side is known.

    Figures meet by name, side and unit (a share of time is not held against a share of words). `others` are to be of
    the same person; the conversation itself is left out. Pure.
    """
    earlier = [_figures(o) for o in others if o.conversation.id != review.conversation.id]
    found = []
    for (name, unit), value in _figures(review).items():
        own = [figures[name, unit] for figures in earlier if (name, unit) in figures]
        enough, definition = len(own) >= _LEAST, DEFINITIONS[name]
        found.append(
            Comparison(
                name=name,
                label=definition.label,
                unit=unit,
                value=value,
                median=round(median(own), PLACES) if enough else None,
                low=min(own) if enough else None,
                high=max(own) if enough else None,
                n=len(own),
                reason=None if enough else f"too few to compare ({len(own)} of {_LEAST} other conversations have it)",
                threshold=definition.threshold,
                threshold_is=definition.threshold_is,
            )
        )
    return tuple(found)


def _figures(review: Review) -> dict[tuple[str, str], float]:
    """The coached side's figures with a value, by name and unit, less what a file reports itself."""
    return {
        (m.name, m.unit): m.value
        for m in review.measures
        if m.speaker == OURS and m.value is not None and m.name in DEFINITIONS and not m.name.startswith("talk_time_")
    }
