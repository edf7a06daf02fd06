"""What the stages of listening hand to each other, and the small Protocols that a backend fills.

    a recording ── decode, channels ──► tracks ──┬─ activity ── transcribe ──► Heard ──┐
                                                 └─ diarize (one track only) ► Voices ─┴─ turns ──► Conversation

Samples are float32 from -1 to 1, mono, at RATE. All times are seconds from the start of the recording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from duologue.model import Word

RATE = 16_000  # what Whisper, Silero, pyannote and CAM++ were all trained on

Samples = npt.NDArray[np.float32]  # (n,): one track at RATE
Blocks = npt.NDArray[np.float32]  # (tracks, n): the same stretch of every track


# --- events: what a stage tells the next one -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStarted:
    """Somebody began to speak on `track`."""

    track: int
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEnded:
    """The speech on `track` was followed by the silence that ends a turn. `start`, `end`: of the speech itself."""

    track: int
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was said on `track` between `start` and `end`. `words` may be empty: there was sound, and no words.

    `language`: the code that it was read as. `doubt`: why the words may be none (a noise that a model put words to,
    say); None where nothing speaks for it.
    """

    track: int
    start: float
    end: float
    words: tuple[Word, ...]
    language: str | None = None
    doubt: str | None = None


Event = SpeechStarted | SpeechEnded | Heard


# --- what the heavy stages found out, kept so that a run that was killed goes on from there -------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody's speech within one window of a track: one local speaker, not yet told who.

    `stretches`: (start, end) in which this voice speaks, overlapped speech included. `clean`: seconds in which it
    speaks alone, on which `print` rests. `print`: the unit-length voice print, None where too little was clean.
    `within`: (start, end) of the window; None where it is not known.
    """

    window: int
    stretches: tuple[tuple[float, float], ...]
    clean: float
    print: npt.NDArray[np.float32] | None
    within: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke:
    """`who` (0, 1, …, in order of appearance) speaks from `start` to `end`. Stretches of several may overlap.

    `confidence`: 0 to 1, how sure it is that this is `who` and not another of those heard.
    """

    who: int
    start: float
    end: float
    confidence: float


# --- the Protocols: a backend a file --------------------------------------------------------------------------------


class VoiceActivity(Protocol):
    """How likely somebody speaks. Keeps its own state: one for each track."""

    step: int  # samples a probability stands for

    def feed(self, samples: Samples) -> Samples:
        """Probabilities, one for each full step that has come in by now."""
        ...


class Transcriber(Protocol):
    """Turns speech into words with times."""

    name: str  # library, model and version, as a review shows it
    longest: float  # seconds that it takes at once

    def transcribe(self, pieces: Sequence[Samples], *, language: str | None) -> list[Heard]:
        """One Heard a piece, in order, on track 0 with times from the start of the piece. None: find the language out.

        The result for a piece depends on that piece alone, so that a run can go on where another was killed.
        """
        ...


class Diarizer(Protocol):
    """Finds the voices of one track, window by window."""

    name: str
    window: float  # seconds that it looks at
    step: float  # seconds from one window to the next

    def voices(self, index: int, samples: Samples, start: float) -> list[Voice]:
        """The local voices in window `index`, whose first sample is at `start`. Depends on the window alone."""
        ...

    def print_of(self, samples: Samples) -> npt.NDArray[np.float32]:
        """The unit-length voice print of one person's speech (an enrolment). Raises ValueError where there is none."""
        ...


class Progress(Protocol):
    """Told how far a stage is, in seconds of the recording. `total` is None where the length is not known."""

    def __call__(self, stage: str, done: float, total: float | None) -> Any: ...
