"""Stretches of speech packed for a transcriber, and its words put back to where they were said.

A transcriber takes some 30 seconds at once and no less time for less, so stretches of one track are laid end to end
with a little of the silence around each. All positions are samples from the start of the recording.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from duologue.audio.base import RATE, Heard, Samples
from duologue.model import Word

LEAST = 2 / 3  # of what a transcriber takes: a chunk is not cut before it is that full
_CALM = 2560  # samples, 160 ms: shorter than a syllable, longer than the closure of a "p"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """A stretch of speech on `track`, or a part of one that is too long. `sound` begins at `origin`, before `start`."""

    track: int
    start: int
    end: int
    origin: int
    sound: Samples


class Tape:
    """The samples of one track that somebody may still ask for."""

    def __init__(self) -> None:
        self._blocks: list[Samples] = []
        self.first = self.end = 0

    def add(self, block: Samples) -> None:
        """Append samples."""
        self._blocks.append(block)
        self.end += len(block)

    def cut(self, start: int, end: int) -> Samples:
        """A copy of the samples from `start` to `end`, as far as they are held."""
        held = np.concatenate(self._blocks) if self._blocks else np.zeros(0, np.float32)
        return held[max(0, start - self.first) : max(0, end - self.first)].copy()

    def forget(self, before: int) -> None:
        """Drop the blocks that lie wholly before `before`."""
        while self._blocks and self.first + len(self._blocks[0]) <= before:
            self.first += len(self._blocks.pop(0))


def quietest(sound: Samples) -> int:
    """The middle of the calmest stretch of `sound`: where a cut hurts least."""
    if len(sound) <= _CALM:
        return len(sound) // 2
    power = np.concatenate(([0.0], np.cumsum(np.square(sound, dtype=np.float64))))
    return int(np.argmin(power[_CALM:] - power[:-_CALM])) + _CALM // 2


class Pack:
    """Pieces of one track collected until a chunk is full. With `fill` False every piece is a chunk of its own."""

    def __init__(self, longest: int, *, fill: bool = True) -> None:
        self._longest, self._fill = longest, fill
        self._held: list[Piece] = []

    def add(self, piece: Piece) -> list[tuple[Piece, ...]]:
        """One more piece; the chunks that are full by now."""
        if not self._fill:
            return [(piece,)]
        chunks = []
        if self._length(self._held) + len(piece.sound) > self._longest:
            count = self._first_chunk(piece)
            chunks = [tuple(self._held[:count])]
            self._held = self._held[count:]
        self._held.append(piece)
        return chunks

    def close(self) -> list[tuple[Piece, ...]]:
        """What is left."""
        rest, self._held = self._held, []
        return [tuple(rest)] if rest else []

    def _first_chunk(self, coming: Piece) -> int:
        """How many of the held pieces go now: up to the longest silence that leaves a chunk well filled."""
        pieces = [*self._held, coming]
        best, silence = len(self._held), -1
        for count in range(1, len(pieces)):
            filled = self._length(pieces[:count]) >= LEAST * self._longest or count == len(self._held)
            if filled and self._length(pieces[count:]) <= self._longest:
                gap = pieces[count].start - pieces[count - 1].end
                if gap >= silence:
                    best, silence = count, gap
        return best

    @staticmethod
    def _length(pieces: Sequence[Piece]) -> int:
        return sum(len(piece.sound) for piece in pieces)


def sound_of(chunk: Sequence[Piece]) -> Samples:
    """What the transcriber gets: the pieces end to end."""
    return np.concatenate([piece.sound for piece in chunk])


def put_back(chunk: Sequence[Piece], heard: Heard) -> list[Heard]:
    """What was heard in a chunk as one Heard for each of its pieces, at the times of the recording.

    A word belongs to the piece in whose sound its middle lies; its times are held within the piece's speech, in order
    and without overlap. Doubt about a chunk is doubt about each of its pieces.
    """
    begins = [0.0]
    for piece in chunk[:-1]:
        begins.append(begins[-1] + len(piece.sound) / RATE)
    said: list[list[Word]] = [[] for _ in chunk]
    last = 0.0
    for word in heard.words:
        start = last if word.start is None else word.start
        end = start if word.end is None else max(start, word.end)
        last = end
        where = max(0, bisect.bisect_right(begins, (start + end) / 2) - 1)
        shift = chunk[where].origin / RATE - begins[where]
        said[where].append(_within(chunk[where], said[where], word, start + shift, end + shift))
    return [
        Heard(
            track=piece.track,
            start=seconds(piece.start),
            end=seconds(piece.end),
            words=tuple(words),
            language=heard.language,
            doubt=heard.doubt,
        )
        for piece, words in zip(chunk, said, strict=True)
    ]


def seconds(sample: int) -> float:
    """Samples as seconds, to the millisecond."""
    return round(sample / RATE, 3)


def _within(piece: Piece, before: list[Word], word: Word, start: float, end: float) -> Word:
    low, high = seconds(piece.start), seconds(piece.end)
    if before and before[-1].end is not None:
        low = before[-1].end
    start = min(max(start, low), high)
    return Word(
        text=word.text,
        start=round(start, 3),
        end=round(min(max(end, start), high), 3),
        confidence=word.confidence,
    )
