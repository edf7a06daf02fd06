"""What a detector of a moment is.

To add a moment, in four steps:
  1. add its entry to `model/codebook.py`;
  2. write `moments/NAME.py` with a function `find(evidence, limits)` that yields `moment(...)`s, and at its end a
     `DETECTOR` that says what acts it needs;
  3. add it to the table in `moments/__init__.py` (a check holds needs and kinds to the codebook, before any data);
  4. write the conversation in which it happens, and its near miss, in `tests/moments/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from duologue.model import Kind, Moment, Span
from duologue.model.codebook import MOMENTS
from duologue.moments.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the rules may be told. The floor limits are the codebook's (a convention), or the user's own."""

    floor_words: int = 180
    floor_seconds: float = 75.0
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """One moment: its kind, the acts it needs, and the function that finds it."""

    kind: str
    needs: tuple[str, ...]
    find: Callable[[Stage, Limits], Iterator[Moment]]


def moment(
    kind: str,
    turns: tuple[int, ...] | list[int],
    quotes: tuple[Span, ...] | list[Span],
    *,
    why: str,
    invitation: str | None = None,
    confidence: float,
) -> Moment:
    """A Moment with its sign from the codebook and its turns sorted; quotes in order, without repeats."""
    unique = sorted(set(quotes), key=lambda q: (q.turn, q.start, q.end))
    return Moment(
        kind=kind,
        sign=MOMENTS[kind].sign,
        turns=tuple(sorted(set(turns))),
        quotes=tuple(unique),
        why=why,
        invitation=invitation,
        confidence=round(confidence, 3),
    )
