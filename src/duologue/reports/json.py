"""`duologue.review/1`, the whole review as JSON; and `duologue.together/1`, several talks with the same people."""

from __future__ import annotations

from duologue import wire
from duologue.model import Review
from duologue.model.together import Together


def render(review: Review, *, compact: bool = False) -> str:
    """The review as JSON text with a final newline; `compact`: on a single line."""
    return wire.dumps(wire.review_to(review), indent=-1 if compact else 1)


def render_together(t: Together) -> str:
    """Several talks together as JSON text with a final newline."""
    return wire.dumps(wire.together_to(t))
