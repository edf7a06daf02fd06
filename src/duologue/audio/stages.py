"""Sound in, events out: the one way in which recordings and living talk are listened to.

    listening = Listening(tracks=2, transcriber=transcriber, pace=RECORDING)
    for blocks in decoded:
        for event in listening.feed(blocks): ...
    for event in listening.close(): ...

What comes out depends on the samples alone, never on how they were split into blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from duologue.audio.activity import Silero, Stretches
from duologue.audio.base import (
    RATE,
    Blocks,
    Event,
    Heard,
    Samples,
    SpeechEnded,
    SpeechStarted,
    Transcriber,
    VoiceActivity,
)
from duologue.audio.chunks import LEAST, Pack, Piece, Tape, quietest, seconds
from duologue.audio.level import Lift
from duologue.audio.reading import Chunk, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How patiently to listen. Times in seconds.

    `pause`: silence that ends a stretch of speech. `pad`: how much of the silence before and after goes with it to the
    transcriber; twice that is no more than `pause`, so that no sample goes twice. `fill`: lay stretches end to end up
    to what the transcriber takes. `together`: chunks that it gets at once. `look`: steps that voice activity is asked
    for at once. `guess`: silence after which a stretch is transcribed in the hope that it has ended.
    """

    pause: float
    pad: float
    fill: bool
    together: int
    look: int
    guess: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= 2 * self.pad <= self.pause:
            raise ValueError(f"twice a pad of {self.pad} s does not fit into a pause of {self.pause} s")
        if self.guess is not None and not self.pad <= self.guess <= self.pause:
            raise ValueError(f"a guess after {self.guess} s lies outside {self.pad} s to {self.pause} s")
        if self.together < 1 or self.look < 1:
            raise ValueError("together and look count from 1")


# Whisper was trained on half minutes of running speech with its ordinary pauses: .8 s of each stays. Of .5, .8 and 1 s
# that left the fewest wrong words with base on Debian's card clips and three spoken dialogues (17.3, 16.6 and 17.8 of
# 100; once, by hand). Four chunks at once are enough for the language to be settled before the first is handed on.
RECORDING = Pace(pause=0.8, pad=0.4, fill=True, together=4, look=32)
# Between two people the gap is some 200 ms, whatever the language (Stivers et al. 2009), and many pauses inside a turn
# are longer than that (Heldner & Edlund 2010): twice the gap is waited for, and the time is used to listen ahead.
LIVE = Pace(pause=0.4, pad=0.2, fill=False, together=1, look=1, guess=0.2)


class Listening:
    """Several tracks listened to at once. `feed` what comes in, `close` at the end.

    Every stretch of speech gives SpeechStarted, SpeechEnded and Heard, with the same times; one that is longer than
    the transcriber takes gives a Heard for each part. Each kind comes in order of time on each track; a Heard may come
    much later, when its chunk is full. A language of None is found out, as `Reading` says.
    """

    def __init__(
        self,
        *,
        tracks: int,
        transcriber: Transcriber,
        activity: Callable[[], VoiceActivity] = Silero,
        pace: Pace = RECORDING,
        language: str | None = None,
    ) -> None:
        """Raises MissingExtra where Silero's libraries are not installed, ValueError for less than one track."""
        if tracks < 1:
            raise ValueError("there is nothing to listen to without a track")
        self._reading = Reading(transcriber, language)
        self._together = pace.together
        self._tracks = [_Track(n, activity(), pace, round(transcriber.longest * RATE)) for n in range(tracks)]
        self._step = self._tracks[0].step
        self._portion = pace.look * self._step
        self._left: Blocks = np.zeros((tracks, 0), np.float32)
        self._waiting: list[Chunk] = []
        self._samples = 0
        self._closed = False

    @property
    def speech_seconds(self) -> tuple[float, ...]:
        """How long somebody has spoken on each track, in stretches that have ended by now."""
        return tuple(seconds(track.spoken) for track in self._tracks)

    @property
    def language(self) -> str | None:
        """The language that everything is read as from now on; None while it is not known."""
        return self._reading.language

    def feed(self, blocks: Blocks) -> Iterator[Event]:
        """The next samples of every track, (tracks, n) float32. ValueError for another shape or after `close`."""
        if blocks.ndim != 2 or blocks.shape[0] != len(self._tracks):
            raise ValueError(f"blocks of shape {blocks.shape} for {len(self._tracks)} tracks")
        if self._closed:
            raise ValueError("this listening is closed")
        self._samples += blocks.shape[1]
        self._left = np.concatenate((self._left, blocks), axis=1, dtype=np.float32)
        return self._listen(self._portion)

    def close(self) -> Iterator[Event]:
        """There is no more: everything that is still waiting is heard. ValueError the second time."""
        if self._closed:
            raise ValueError("this listening is closed")
        self._closed = True
        self._left = np.pad(self._left, ((0, 0), (0, -self._left.shape[1] % self._step)))
        return self._rest()

    def _rest(self) -> Iterator[Event]:
        yield from self._listen(self._portion)
        if self._left.shape[1]:
            yield from self._listen(self._left.shape[1])
        for track in self._tracks:
            for found in track.end(self._samples):
                yield from self._pass_on(found)
            self._waiting += track.pack.close()
        yield from self._read(last=True)

    def _listen(self, size: int) -> Iterator[Event]:
        """What came in, in portions of exactly `size` samples, so that nothing depends on how it came in."""
        while self._left.shape[1] >= size:
            portion, self._left = self._left[:, :size], self._left[:, size:]
            for track, samples in zip(self._tracks, portion, strict=True):
                for found in track.listen(samples):
                    yield from self._pass_on(found)
        self._left = self._left.copy()  # and not a view that holds on to what is done with

    def _pass_on(self, found: _Found) -> Iterator[Event]:
        if isinstance(found, _Guess):
            self._reading.guess(found.piece)
        elif isinstance(found, Piece):
            self._waiting += self._tracks[found.track].pack.add(found)
            if len(self._waiting) >= self._together:
                yield from self._read()
        else:
            yield found

    def _read(self, *, last: bool = False) -> Iterator[Heard]:
        chunks, self._waiting = self._waiting, []
        yield from self._reading.read(chunks, last=last)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    """A stretch that may have ended."""

    piece: Piece


_Found = SpeechStarted | SpeechEnded | Piece | _Guess


class _Track:
    """One track: stretches of speech cut out of what comes in. Positions are samples from the start."""

    def __init__(self, number: int, activity: VoiceActivity, pace: Pace, longest: int) -> None:
        self.number, self.step, self.spoken = number, activity.step, 0
        self.pack = Pack(longest, fill=pace.fill)
        self._activity, self._longest = activity, longest
        self._lift, self._tape = Lift(self.step), Tape()
        self._pad = round(pace.pad * RATE)
        self._guess = None if pace.guess is None else _steps(pace.guess, self.step)
        self._stretches = Stretches(_steps(pace.pause, self.step))
        self._begun: int | None = None  # where the part of the open stretch begins that was not handed on yet
        self._origin = 0  # and where its sound does

    def listen(self, samples: Samples) -> Iterator[_Found]:
        """Some more samples, a multiple of the step."""
        self._tape.add(samples.copy())
        for probability in self._activity.feed(self._lift(samples)):
            self._stretches.hear(float(probability))
            yield from self._after_step()
        self._tape.forget(self._still_wanted())

    def end(self, samples: int) -> Iterator[_Found]:
        """There is no more after so many samples in all."""
        if self._begun is not None:
            yield from self._ended(min(self._end, samples))

    @property
    def _end(self) -> int:
        return self._stretches.end * self.step

    def _after_step(self) -> Iterator[_Found]:
        stretches = self._stretches
        if self._begun is None and stretches.start is not None and stretches.sure:
            self._begun = stretches.start * self.step
            self._origin = max(0, self._begun - self._pad)
            yield SpeechStarted(track=self.number, at=seconds(self._begun))
        if stretches.over:
            if self._begun is not None:
                yield from self._ended(self._end)
            stretches.close()
        elif self._begun is not None:
            if stretches.now - stretches.end == self._guess and self._end > self._begun:
                yield _Guess(piece=self._piece(self._begun, self._end, self._end + self._pad))
            if stretches.now * self.step - self._origin >= self._longest:
                yield self._part(self._begun)

    def _ended(self, end: int) -> Iterator[_Found]:
        start, begun = self._stretches.start, self._begun
        assert start is not None and begun is not None
        yield SpeechEnded(track=self.number, start=seconds(start * self.step), end=seconds(end))
        self.spoken += end - start * self.step
        if end > begun:  # else the last cut lay in the silence after it
            yield self._piece(begun, end, end + self._pad)
        self._begun = None

    def _part(self, begun: int) -> Piece:
        """The first part of a stretch that is too long, cut where it is calmest."""
        low = self._origin + round(LEAST * self._longest)
        cut = low + quietest(self._tape.cut(low, self._origin + self._longest))
        piece = self._piece(begun, min(self._end, cut), cut)
        self._begun = self._origin = cut
        return piece

    def _piece(self, start: int, end: int, until: int) -> Piece:
        sound = self._tape.cut(self._origin, until)
        return Piece(track=self.number, start=start, end=end, origin=self._origin, sound=sound)

    def _still_wanted(self) -> int:
        if self._begun is not None:
            return self._origin
        start = self._stretches.start
        return (self._stretches.now if start is None else start) * self.step - self._pad


def _steps(duration: float, step: int) -> int:
    return -(-round(duration * RATE) // step)
