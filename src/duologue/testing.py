"""Public fakes, for tests of what is built on Duologue. They keep the contracts of what they stand for."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np

from duologue.audio.base import RATE, Heard, Samples
from duologue.errors import LlmFailed
from duologue.llm.base import Message, S, value_in
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An answer of a ScriptedChat that takes its time: `seconds` until the first word."""

    seconds: float
    answer: Answer


# What a model answers: text as it stands (JSON or not), the fields of the shape that it is asked for, an error that is
# raised, any of these late, or a function of the messages that gives one of them.
Answer = str | Mapping[str, Any] | Exception | Late | Callable[[Sequence[Message]], Any]


class ScriptedChat:
    """A Chat that answers from a script, in order, the last answer ever after. `asked`: what it was asked so far."""

    name = "scripted"

    def __init__(self, *answers: Answer, timeout: float = 5.0) -> None:
        """Raises ValueError where there is no answer. `timeout`: seconds for a whole answer, as a real one has."""
        if not answers:
            raise ValueError("a script has at least one answer")
        self.answers, self.timeout = answers, timeout
        self.asked: list[tuple[Message, ...]] = []
        self._called_off = threading.Event()

    def complete(self, messages: Sequence[Message], shape: type[S]) -> S:
        """The next answer as a value of `shape`. Raises LlmFailed as a real one does."""
        return value_in(self._next(messages), shape, where=self.name)

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The next answer, word by word."""
        yield from re.findall(r"\s*\S+\s*?|\s+", self._next(messages))

    def close(self) -> None:
        """Calls off what is under way."""
        self._called_off.set()
        self._called_off = threading.Event()

    def _next(self, messages: Sequence[Message]) -> str:
        answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append(tuple(messages))
        while not isinstance(answer, str):
            if isinstance(answer, Exception):
                raise answer
            if isinstance(answer, Late):
                self._wait(answer.seconds)
                answer = answer.answer
            elif isinstance(answer, Mapping):
                answer = msgspec.json.encode(dict(answer)).decode()
            else:
                answer = answer(messages)
        return answer

    def _wait(self, seconds: float) -> None:
        if self._called_off.wait(min(seconds, self.timeout)):
            raise LlmFailed("the request was called off", where=self.name)
        if seconds > self.timeout:
            raise LlmFailed(f"no whole answer within {self.timeout:g} s", where=self.name)
