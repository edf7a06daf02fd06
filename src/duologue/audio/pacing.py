"""How far listening is, told as it goes on."""

from __future__ import annotations

from collections.abc import Sequence

from duologue.audio.base import RATE, Event, Heard, Progress, Samples, SpeechEnded, SpeechStarted, Transcriber

LISTENING = "Listening"


class Pacing:
    """A transcriber that tells how far it is. Sound comes in ahead of the words, so both count for a part.

    `ahead`: the part of the work that is done when sound has come in (telling voices apart, mostly).
    """

    def __init__(self, transcriber: Transcriber, progress: Progress, ahead: float) -> None:
        self.name, self.longest = transcriber.name, transcriber.longest
        self.total: float | None = None
        self._transcriber, self._progress, self._ahead = transcriber, progress, ahead
        self._came = self._spoken = self._read = self._told = 0.0
        self._open: dict[int, float] = {}  # track → when the speech on it began that has not ended

    def transcribe(self, pieces: Sequence[Samples], *, language: str | None) -> list[Heard]:
        found = []
        for piece in pieces:
            found += self._transcriber.transcribe([piece], language=language)
            self._read += len(piece) / RATE
            self._tell()
        return found

    def follow(self, event: Event) -> None:
        """Something happened on a track."""
        if isinstance(event, SpeechStarted):
            self._open[event.track] = event.at
        elif isinstance(event, SpeechEnded):
            self._open.pop(event.track, None)
            self._spoken += event.end - event.start

    def came(self, seconds: float) -> None:
        """So much has come in."""
        self._came = seconds
        self._tell()

    def _tell(self) -> None:
        waiting = self._spoken + sum(self._came - at for at in self._open.values()) - self._read
        self._told = max(self._told, self._came - (1 - self._ahead) * max(0.0, waiting))
        self._progress(LISTENING, self._told, self.total)
