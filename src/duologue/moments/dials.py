"""Dials: six counts of opportunities, each opening onto its moments. There is no total score."""

from __future__ import annotations

from duologue.acts.base import Evidence
from duologue.model import Dial, Moment
from duologue.model.codebook import DIALS
from duologue.moments.base import Limits


def dials(
    evidence: Evidence, moments: tuple[Moment, ...], limits: Limits, *, withheld: str | None = None
) -> tuple[Dial, ...]:
    """The six dials. `withheld`: a reason for which none is given."""
    return tuple(
        Dial(name=name, count=0, of=0, value=None, low=None, high=None, moments=(), reason=withheld or "no opportunity")
        for name in DIALS
    )
