"""The discovery call as if heard from a recording: words with times and confidences, and a file of tones to play."""

from __future__ import annotations

import math
import wave
from dataclasses import replace
from pathlib import Path

from duologue.model import Review, Turn, Word
from reports import made

RATE = 8_000
HEARD_BY = "faster-whisper (base), voices told apart by a made-up model"


def words_of(turn: Turn, *, poor: tuple[str, ...] = ()) -> tuple[Word, ...]:
    """The words of a turn spread evenly over it; those in `poor` were hard to hear."""
    assert turn.start is not None and turn.end is not None
    parts = turn.text.split()
    each = (turn.end - turn.start) / len(parts)
    return tuple(
        Word(
            text=part,
            start=round(turn.start + i * each, 2),
            end=round(turn.start + (i + 0.9) * each, 2),
            confidence=0.2 if part in poor else 0.93,
        )
        for i, part in enumerate(parts)
    )


def recorded(review: Review | None = None, *, poor: tuple[str, ...] = ("sixty.", "night")) -> Review:
    """The review with words; one turn of which it is not sure whose it is."""
    review = review or made.discovery()
    c = review.conversation
    turns = tuple(
        replace(t, words=words_of(t, poor=poor), speaker_confidence=0.3 if i == 15 else 0.9)
        for i, t in enumerate(c.turns)
    )
    return replace(review, conversation=replace(c, turns=turns, heard_by=HEARD_BY))


def tones(path: Path, seconds: float) -> Path:
    """A WAV of tones, a higher one each second: something a browser plays."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        for second in range(math.ceil(seconds)):
            step = 2 * math.pi * (220 + 20 * (second % 20)) / RATE
            file.writeframes(bytes(128 + int(40 * math.sin(i * step)) for i in range(RATE)))
    return path
