"""`duologue.review/1`: the whole review as JSON."""

from __future__ import annotations

from duologue import wire
from duologue.model import Review


def render(review: Review, *, compact: bool = False) -> str:
    """The review as JSON text with a final newline; `compact`: on a single line."""
    return wire.dumps(wire.review_to(review), indent=-1 if compact else 1)
