"""A number with what it rests on: ours, or one that a file brought."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number with what it rests on. `value` None needs a `reason`; never NaN, never 0 for unknown. A `reason`
    beside a value is a caveat ("rests on estimated times"), to be shown with it.

    `speaker`: a Speaker.id, "side:ours", "side:theirs", or None for the whole conversation. `n`: the opportunities
    it was counted over. `low`, `high`: a 95 % interval where one can be given, and wider, or the range it may lie in,
    where it is not sure what was said or by whom. `source`: a key into the definitions,
    or whose figure it is.
    """

    name: str
    value: float | None
    unit: str
    speaker: str | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None
    source: str = ""
