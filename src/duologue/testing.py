"""Public fakes, for tests of what is built on Duologue. They keep the contracts of what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from duologue.audio.base import RATE, Heard, Samples
from duologue.model import Word

_LEAST = 0.1  # seconds; in less nobody says a word


class ScriptedTranscriber:
    """A Transcriber that hears one of `lines` in every piece with a sound in it, its words evenly spread.

    Which line depends on the piece alone, as the Protocol asks: `line_of` gives the number of the line for a piece; by
    default the level of its loudest sample chooses, from the first line (near 0) to the last (near 1).
    """

    name = "scripted"

    def __init__(self, lines: Sequence[str] = ("hello there",), *, language: str = "en", longest: float = 30.0) -> None:
        """Raises ValueError where there are no lines."""
        if not lines:
            raise ValueError("a script has at least one line")
        self.lines, self.language, self.longest = tuple(lines), language, longest
        self.asked: list[tuple[float, str | None]] = []  # seconds and language of every piece that came in

    def line_of(self, samples: Samples) -> int:
        """The number of the line that is heard in this piece."""
        loudest = float(np.max(np.abs(samples)))
        return min(int(loudest * len(self.lines)), len(self.lines) - 1)

    def transcribe(self, pieces: Sequence[Samples], *, language: str | None) -> list[Heard]:
        """One Heard a piece, in order. ValueError for a piece of more than `longest`."""
        return [self._piece(piece, language) for piece in pieces]

    def _piece(self, samples: Samples, language: str | None) -> Heard:
        length = len(samples) / RATE
        if length > self.longest:
            raise ValueError(f"a piece of {length:.1f} s; {self.longest:.0f} s go at once")
        self.asked.append((length, language))
        if length < _LEAST or not np.any(samples):
            return Heard(track=0, start=0.0, end=length, words=(), language=None, doubt="there was no sound")
        said = self.lines[self.line_of(samples)].split()
        bounds = [round(float(at), 3) for at in np.linspace(0.0, length, len(said) + 1)]
        words = tuple(
            Word(text=text, start=start, end=min(end, length), confidence=0.9)
            for text, (start, end) in zip(said, pairwise(bounds), strict=True)
        )
        return Heard(track=0, start=0.0, end=length, words=words, language=language or self.language)
