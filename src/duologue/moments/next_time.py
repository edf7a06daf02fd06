"""Next time: what they asked and was not answered, threads left open, assumptions to check; as open questions."""

from __future__ import annotations

from duologue.acts.base import Evidence
from duologue.model import Moment, Next


def next_time(evidence: Evidence, moments: tuple[Moment, ...]) -> tuple[Next, ...]:
    """Open questions for the next conversation, each with its quote, the most worth asking first."""
    return ()
