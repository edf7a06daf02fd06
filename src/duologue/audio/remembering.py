"""A transcriber and a diarizer that ask the journal first, so that nothing is heard twice.

Results are keyed by the samples that they are of. What comes back is always what the journal would give, also where it
was just found out: a run that goes on and a run in one go give the same conversation, byte for byte.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from duologue.audio.base import Diarizer, Heard, Samples, Transcriber, Voice
from duologue.audio.journal import Journal
from duologue.model import Word

_HEARD, _VOICES, _PRINT = "heard", "voices", "print"


class Remembering:
    """A Transcriber that hears only the pieces that the journal does not have."""

    def __init__(self, transcriber: Transcriber, journal: Journal) -> None:
        self.name, self.longest = transcriber.name, transcriber.longest
        self._transcriber, self._journal = transcriber, journal

    def transcribe(self, pieces: Sequence[Samples], *, language: str | None) -> list[Heard]:
        """One Heard a piece, as the transcriber itself would give them."""
        keys = [f"{_key(piece)} {language or ''}" for piece in pieces]
        found = [self._journal.get(_HEARD, key) for key in keys]
        new = [i for i, value in enumerate(found) if value is None]
        if new:
            heard = self._transcriber.transcribe([pieces[i] for i in new], language=language)
            for i, one in zip(new, heard, strict=True):
                found[i] = _heard_to(one)
                self._journal.put(_HEARD, keys[i], found[i])
        return [_heard_from(value) for value in found]


class RememberingVoices:
    """A Diarizer that looks only at the windows that the journal does not have."""

    def __init__(self, diarizer: Diarizer, journal: Journal) -> None:
        self.name, self.window, self.step = diarizer.name, diarizer.window, diarizer.step
        self._diarizer, self._journal = diarizer, journal

    def voices(self, index: int, samples: Samples, start: float) -> list[Voice]:
        """The local voices in a window. Its number and start are part of the key: silence is alike everywhere."""
        key = f"{_key(samples)} {index} {float(start)!r}"
        value = self._asked(_VOICES, key, lambda: [_voice_to(v) for v in self._diarizer.voices(index, samples, start)])
        return [_voice_from(v) for v in value]

    def print_of(self, samples: Samples) -> npt.NDArray[np.float32]:
        """The voice print of one person's speech. Raises ValueError where there is none, each time."""
        value = self._asked(_PRINT, _key(samples), lambda: _print_to(self._diarizer.print_of(samples)))
        return _print_from(value)

    def _asked(self, kind: str, key: str, find_out: Callable[[], Any]) -> Any:
        value = self._journal.get(kind, key)
        if value is None:
            value = find_out()
            self._journal.put(kind, key, value)
        return value


def _key(samples: Samples) -> str:
    return hashlib.sha256(np.ascontiguousarray(samples, "<f4").data).hexdigest()


def _number(value: float | None) -> float | None:
    """A plain float: what a library gives may be one of numpy's. What is not finite is no time."""
    return float(value) if value is not None and np.isfinite(value) else None


def _heard_to(heard: Heard) -> list[Any]:
    words = [[w.text, _number(w.start), _number(w.end), _number(w.confidence)] for w in heard.words]
    return [heard.track, float(heard.start), float(heard.end), words, heard.language, heard.doubt]


def _heard_from(value: list[Any]) -> Heard:
    track, start, end, words, language, doubt = value
    return Heard(
        track=track,
        start=start,
        end=end,
        words=tuple(Word(text=t, start=s, end=e, confidence=c) for t, s, e, c in words),
        language=language,
        doubt=doubt,
    )


def _voice_to(voice: Voice) -> list[Any]:
    stretches = [[float(a), float(b)] for a, b in voice.stretches]
    within = None if voice.within is None else [float(t) for t in voice.within]
    print = None if voice.print is None else _print_to(voice.print)
    return [voice.window, stretches, float(voice.clean), print, within]


def _voice_from(value: list[Any]) -> Voice:
    window, stretches, clean, print, within = value
    return Voice(
        window=window,
        stretches=tuple((a, b) for a, b in stretches),
        clean=clean,
        print=None if print is None else _print_from(print),
        within=None if within is None else (within[0], within[1]),
    )


def _print_to(print: npt.NDArray[np.float32]) -> str:
    """The very bytes: a print that went through decimal figures might fall to another cluster."""
    return base64.b64encode(np.ascontiguousarray(print, "<f4").tobytes()).decode("ascii")


def _print_from(text: str) -> npt.NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(text), "<f4").astype(np.float32)
