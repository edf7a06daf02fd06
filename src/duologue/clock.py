"""Clocks: of messages, from what a file has to epoch seconds and back to ISO 8601; of talk, as people read them."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def epoch(value: object) -> float | None:
    """Seconds since 1970 of a number (seconds, or milliseconds where it is that large) or an ISO 8601 text, else None.

    A text without a zone is taken as UTC: only differences matter within one file.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        try:
            value = float(text)
        except ValueError:
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                return None
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if isinstance(value, int | float) and abs(value) < 1e15 and math.isfinite(value):
        return value / 1000 if abs(value) > 1e11 else float(value)
    return None


def iso(seconds: float | None) -> str | None:
    """Epoch seconds as ISO 8601 in UTC, to the second or, where there are any, milliseconds; None stays None."""
    if seconds is None or not -6e10 < seconds < 2.5e11:
        return None
    moment = _EPOCH + timedelta(seconds=round(seconds, 3))
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds").replace("+00:00", "Z")


def clock(seconds: float) -> str:
    """A point in time as m:ss, or h:mm:ss from an hour on."""
    whole = int(max(seconds, 0))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
