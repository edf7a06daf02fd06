"""One track cut into overlapping windows, as its samples come in: what a diarizer looks at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from duologue.audio.base import RATE, Samples

Window = tuple[int, Samples, float]  # index, samples, seconds of the first one


class Windows:
    """Windows of `length` seconds every `step` seconds. Holds two windows' samples at most.

    The last one ends where the track does, and is as long as the others wherever the track is: a window of a few
    tenths of a second says little about whose voice it is. One that would hold nothing new is left out.
    """

    def __init__(self, *, length: float, step: float) -> None:
        self.length, self.step = round(length * RATE), round(step * RATE)
        self._held = np.empty(0, dtype=np.float32)
        self._first = 0  # which sample of the track the held ones begin with
        self._index = 0

    def feed(self, samples: Samples) -> Iterator[Window]:
        self._held = np.concatenate((self._held, samples))
        while self._end >= self._index * self.step + self.length:
            yield self._cut(self._index * self.step)
            self._index += 1
            self._drop((self._index - 1) * self.step)  # the last window may reach back as far as the one before

    def close(self) -> Iterator[Window]:
        """The rest, which no window has looked at yet."""
        seen = (self._index - 1) * self.step + self.length if self._index else 0
        if self._end > seen:
            yield self._cut(max(0, self._end - self.length))
        self._held = np.empty(0, dtype=np.float32)

    @property
    def _end(self) -> int:
        return self._first + len(self._held)

    def _cut(self, start: int) -> Window:
        at = start - self._first
        return self._index, self._held[at : at + self.length], start / RATE

    def _drop(self, until: int) -> None:
        self._held, self._first = self._held[until - self._first :], until
