"""Seconds or milliseconds: decided by how long the call was, else by how fast people would have spoken."""

from __future__ import annotations

import math
from collections.abc import Iterable

# People say some 2.5 words a second. Beyond these bounds nobody speaks, not even for one short sentence.
_USUAL, _SLOWEST, _FASTEST = 2.5, 0.3, 10.0
_LONGEST = 48 * 3600.0  # a longer "duration" is itself in milliseconds


def per_second(
    spoken: Iterable[tuple[str, float | None, float | None]], duration: float | None, otherwise: float
) -> tuple[float, bool]:
    """How many of the file's units make a second (1 or 1000), and whether that is sure.

    `spoken`: text, start, end as the file has them. `duration` of the call in seconds, where the file gives it.
    `otherwise`: what the format's documentation says, for where nothing decides.
    """
    known = [(len(t.split()), s, e) for t, s, e in spoken if s is not None]
    last = max((e if e is not None else s for _, s, e in known), default=0.0)
    if not known or last <= 0:
        return otherwise, True
    if duration and duration > 0:
        length = duration / 1000 if duration > _LONGEST else duration
        if last > length * 1.2 + 30:
            return 1000.0, True
        if last > length * 0.1:
            return 1.0, True
    rate = _rate(known)
    if rate is None:
        return otherwise, False
    for units in (1.0, 1000.0):
        if _SLOWEST <= rate * units <= _FASTEST:
            return units, True
    off = {units: abs(math.log(rate * units / _USUAL)) for units in (1.0, 1000.0)}
    return min(off, key=lambda units: off[units]), False


def _rate(known: list[tuple[int, float, float | None]]) -> float | None:
    """Words a unit of time: over what was spoken where ends are known, else over the time between starts."""
    timed = [(n, e - s) for n, s, e in known if e is not None and e > s]
    words, length = sum(n for n, _ in timed), sum(d for _, d in timed)
    if not timed:
        starts = [s for _, s, _ in known]
        words, length = sum(n for n, _, _ in known[:-1]), max(starts) - min(starts)
    return words / length if words and length > 0 and math.isfinite(length) else None
