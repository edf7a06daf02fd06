"""Sound that is easy to reason about, and fakes that hear it exactly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from duologue.audio.base import RATE, Heard, Samples
from duologue.model import Word


def bursts(seconds: float, *spoken: tuple[float, float, float]) -> Samples:
    """Silence of so many seconds with a tone (start, end, loudness) for every word."""
    sound = np.zeros(round(seconds * RATE), np.float32)
    for start, end, loud in spoken:
        at, until = round(start * RATE), round(end * RATE)
        sound[at:until] = loud * np.where(np.arange(until - at) % 32 < 16, 1, -1)
    return sound


class Loudness:
    """Voice activity for bursts: a step in which there is sound is speech."""

    step = 512

    def __init__(self) -> None:
        self._left = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> Samples:
        held = np.concatenate((self._left, samples))
        steps = len(held) // self.step
        self._left = held[steps * self.step :]
        return (np.abs(held[: steps * self.step]).reshape(steps, self.step).max(axis=1) > 0.005).astype(np.float32)


class Hears:
    """A transcriber for bursts: a word for each, with its loudness in hundredths as text. Keeps what it was asked."""

    name = "bursts"

    def __init__(self, longest: float = 30.0, language: Sequence[str] = ("en",)) -> None:
        self.longest = longest
        self.asked: list[tuple[str | None, list[Samples]]] = []
        self._languages = list(language)  # what a piece sounds like, by the loudness of its first word

    def transcribe(self, pieces: Sequence[Samples], *, language: str | None) -> list[Heard]:
        self.asked.append((language, list(pieces)))
        return [self._one(piece, language) for piece in pieces]

    def _one(self, piece: Samples, language: str | None) -> Heard:
        loud = np.concatenate(([False], np.abs(piece) > 0.005, [False]))
        edges = np.flatnonzero(loud[1:] != loud[:-1])
        words = [
            Word(text=str(round(float(abs(piece[a])) * 100)), start=a / RATE, end=b / RATE, confidence=0.9)
            for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        ]
        own = self._languages[int(words[0].text) % len(self._languages)] if words else None
        return Heard(track=0, start=0.0, end=len(piece) / RATE, words=tuple(words), language=language or own)
