"""A microphone, a mouth and a speaker for tests of spoken practice, all on the clock of the sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from audio.made import Loudness
from duologue.audio.base import RATE, Samples
from duologue.audio.stages import LIVE, Listening
from duologue.practice.aloud.base import NoSound, Patience
from duologue.testing import ScriptedTranscriber

BLOCK = 512
HASTY = Patience(echo=0.0)  # so that no test sleeps


class Tape:
    """A Microphone that plays samples as fast as they are taken. `pass_by`: time that passes while nobody takes any."""

    def __init__(self, samples: Samples) -> None:
        self._samples = np.pad(samples, (0, -len(samples) % BLOCK))
        self.at = self._came = 0  # samples taken, and come in
        self.closed = self.forgotten = 0

    @property
    def now(self) -> float:
        return self.at / RATE

    @property
    def waiting(self) -> bool:
        return self.at < min(self._came, len(self._samples))

    def __iter__(self) -> Iterator[Samples]:
        while self.at < len(self._samples):
            self.at += BLOCK
            yield self._samples[self.at - BLOCK : self.at]

    def pass_by(self, seconds: float) -> None:
        self._came = self.at + round(seconds * RATE / BLOCK) * BLOCK

    def forget(self) -> None:
        self.forgotten += 1
        self.at = max(self.at, self._came)

    def close(self) -> None:
        self.closed += 1


@dataclass
class Saying:
    """A Speaking of so many seconds. With the microphone open they pass as its sound does."""

    text: str
    tape: Tape
    begun: float
    seconds: float
    stopped: float | None = None
    breaks: bool = False

    @property
    def done(self) -> bool:
        if self.breaks:
            raise NoSound("it broke")
        return self.stopped is not None or self.tape.now >= self.begun + self.seconds

    def wait(self) -> None:
        """Time goes by, and so does sound that nobody takes."""
        if self.breaks:
            raise NoSound("it broke")
        self.tape.pass_by(max(0.0, self.begun + self.seconds - self.tape.now))
        self.seconds = 0.0

    def stop(self) -> None:
        if self.stopped is None:
            self.stopped = self.tape.now


@dataclass
class Lips:
    """A Mouth that remembers what it said and when. `seconds`: for each text."""

    tape: Tape
    seconds: float = 1.0
    breaks: bool = False
    name: str = "lips"
    said: list[Saying] = field(default_factory=list)

    def speak(self, text: str) -> Saying:
        self.said.append(Saying(text, self.tape, self.tape.now, self.seconds, breaks=self.breaks))
        return self.said[-1]

    @property
    def texts(self) -> list[str]:
        return [s.text for s in self.said]


def listening(lines: tuple[str, ...], heard: ScriptedTranscriber | None = None) -> Listening:
    """Hears `lines` by the loudness of bursts, as a `ScriptedTranscriber` does."""
    return Listening(
        tracks=1, transcriber=heard or ScriptedTranscriber(lines), activity=Loudness, pace=LIVE, language="en"
    )


def loud(lines: tuple[str, ...], number: int) -> float:
    """The loudness at which line `number` is heard."""
    return (number + 0.5) / len(lines)


def replies(*texts: str, ends: bool = True) -> tuple[Callable[[str], tuple[str, bool]], list[str]]:
    """An `answer` that gives these in order and ends with the last one, and the list of what it is asked."""
    asked: list[str] = []

    def answer(text: str) -> tuple[str, bool]:
        asked.append(text)
        last = len(asked) >= len(texts)
        return texts[min(len(asked), len(texts)) - 1], last and ends

    return answer, asked
