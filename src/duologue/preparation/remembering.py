"""What is remembered of drills: one line a try, only ever added to, in the platform's state folder (P3).

Lines hold times, ratings and which wording was used. They hold no word of an answer: what was typed is not kept.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from duologue.errors import UnwritableOutput
from duologue.home import home

if TYPE_CHECKING:
    from fsrs import Card


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One try. `at`: ISO 8601 in UTC. `card`: the rung's card after it, as the scheduler writes it; only first tries
    move it. `find_out`: it was answered with an honest "I don't know"."""

    at: str
    rung: str
    wording: str
    rating: int | None = None
    card: dict[str, Any] | None = None
    find_out: bool = False


@dataclass(slots=True, kw_only=True)
class Memory:
    """What is known of one ladder. `cards`: by rung; `seen`: wording → the number of the line it was last used in."""

    path: Path
    cards: dict[str, Card] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    find_out: dict[str, bool] = field(default_factory=dict)
    count: int = 0

    def take(self, line: Line) -> None:
        """Take in one line."""
        from fsrs import Card

        self.count += 1
        self.seen[line.wording] = self.count
        if line.card is not None:
            self.cards[line.rung] = Card.from_dict(line.card)  # type: ignore[arg-type]
            self.find_out[line.rung] = line.find_out

    def add(self, line: Line) -> None:
        """Take in a line and put it on disk, at once: what was answered is remembered whatever happens next."""
        self.take(line)
        try:
            torn = self.path.exists() and not self.path.read_bytes().endswith(b"\n") and self.path.stat().st_size > 0
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "ab") as file:
                file.write((b"\n" if torn else b"") + msgspec.json.encode(line) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UnwritableOutput(f"the drill cannot be remembered: {reason}", where=str(self.path)) from None


def recall(ladder_id: str) -> Memory:
    """What is remembered of a ladder; empty where there is nothing. A line that cannot be read is passed over."""
    memory = Memory(path=_path(ladder_id))
    for line in _lines(memory.path):
        with contextlib.suppress(KeyError, ValueError, TypeError):  # a card of another release of the library
            memory.take(line)
    return memory


def forget(ladder_id: str) -> bool:
    """Remove what is remembered of a ladder; whether there was anything."""
    path = _path(ladder_id)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def _path(ladder_id: str) -> Path:
    safe = "".join(c for c in ladder_id if c.isascii() and (c.isalnum() or c in "-_"))[:80]
    return home("drills") / f"{safe or 'ladder'}.jsonl"


def _lines(path: Path) -> Iterator[Line]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    for raw in data.split(b"\n"):
        with contextlib.suppress(msgspec.MsgspecError):
            if raw.strip():
                yield msgspec.json.decode(raw, type=Line)


def now() -> datetime:
    """The time, in the zone of this machine: days end at its midnight."""
    return datetime.now(UTC).astimezone()
