"""Where each piece of sound belongs on the clock of its recording, by its time stamp and by how much came before it.

Time stamps are rounded (Matroska's to a millisecond), jitter (a browser's recorder) and can be wrong (a bit turned
over); the count of samples is exact and knows no gaps. So the count leads, and a stamp that leaves it by more than
jitter moves the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from duologue.audio.base import RATE
from duologue.clock import clock

# A lost packet of the coders of calls is 20 ms (RFC 7587 for Opus, 3GPP TS 26.101 for AMR); stamps jitter by less.
_LATE = 0.015
# Sound that comes early is only cut where it is more than a recorder's jitter: three packets of 20 ms.
_EARLY = 0.060
_BACK = 1.0  # seconds back: the clock began anew (two recordings in one file), and nothing of it is to be lost
_FAR = 3600.0  # seconds ahead: a wrong stamp and no pause, where the header does not reach as far
_TOLD = 0.5  # seconds missing that are worth a word; a line loses a packet now and then
_SLACK = 60.0  # seconds by which a stamp may pass the length that the header claims


@dataclass(slots=True, kw_only=True)
class Timeline:
    """The clock of one track. `place` is told of every frame before it is heard. All times in seconds.

    `limit`: where hearing stops. `claim`: the length in the header, where there is one.
    """

    limit: float
    claim: float | None = None
    frames: int = 0
    damaged: list[float] = field(default_factory=list)  # where packets could not be decoded, one a stretch
    missing: list[tuple[float, float]] = field(default_factory=list)  # (where, seconds) of each gap
    failing: bool = False  # whether the last packet could not be decoded
    jumped: bool = False  # whether a stamp made no sense
    cut: bool = False  # whether the limit stopped it
    _zero: float | None = None  # the stamp that is second 0
    _base: float = 0.0  # where the samples that are counted since begin
    _count: float = 0.0  # seconds counted since `_base`

    @property
    def seconds(self) -> float:
        return self._base + self._count

    def place(self, stamp: float | None, length: float, start: float) -> int | None:
        """The sample at RATE at which this frame begins, below 0 where it begins too early; None: where the last ended.

        `stamp`: its time in the container, None where it has none. `length`: its own. `start`: the container's first.
        """
        if self._zero is None:
            # The first frame may be stamped just before what the header calls the start: what was primed is gone then.
            self._zero = max(0.0, start if stamp is None else min(start, stamp))
        at = None
        if stamp is not None:
            off = stamp - self._zero - self.seconds
            if off < -_BACK or (off > 0 and not self._believable(stamp - self._zero, off)):
                self._zero += off
                self.jumped = True
            elif off > _LATE or off < -_EARLY or (not self.frames and off):
                if self.frames and off > 0:
                    self.missing.append((self.seconds, off))
                self._base, self._count = self.seconds + off, 0.0
                at = round(self._base * RATE)
        self.frames += 1
        self.failing = False
        self._count += length
        return at

    def broken(self) -> None:
        """A packet could not be decoded. One stretch is counted once."""
        if not self.failing:
            self.damaged.append(self.seconds)
        self.failing = True

    def _believable(self, at: float, off: float) -> bool:
        if self.claim is not None:
            return at <= self.claim + _SLACK
        return off <= _FAR


def odd(lines: list[Timeline], claim: float | None) -> tuple[str, ...]:
    """What the tracks of a recording went through, as sentences. `claim`: the length that its header states firmly."""
    heard = max(line.seconds for line in lines)
    said: list[str] = []
    damaged = sorted({round(at, 1) for line in lines for at in line.damaged})
    short = claim is not None and heard < claim - 1.0  # coders pad the end by less
    broke = short or any(line.failing for line in lines)
    inside = [at for at in damaged if not broke or at < heard - 0.1]
    if inside:
        places = "one place" if len(inside) == 1 else f"{len(inside)} places"
        first = "at" if len(inside) == 1 else "the first at"
        said.append(f"The recording is damaged in {places} ({first} {clock(inside[0])}); nothing was heard there.")
    gone = max((line.missing for line in lines), key=lambda gaps: sum(long for _, long in gaps))
    if (long := sum(long for _, long in gone)) >= _TOLD:
        first = clock(gone[0][0])
        said.append(
            f"Parts of the recording are missing ({long:.1f} s in all, the first at {first}): silence, as heard."
        )
    if any(line.jumped for line in lines):
        said.append("The times inside the recording jump, so times in the review may differ from those of a player.")
    if any(line.cut for line in lines):
        said.append(f"The recording goes on after {clock(heard)}, the longest that is heard; the rest was left out.")
    elif broke:
        said.append(f"The recording breaks off at {clock(heard)}: what comes before that was heard.")
    return tuple(said)
