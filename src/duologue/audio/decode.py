"""A recording, whatever its format, as float32 samples at RATE, a second at a time and on its own timeline.

PyAV (FFmpeg's libraries) reads the file (`container.py`); `timeline.py` says where each frame belongs. Nothing is held
but the second at hand, so that memory is the same for ten hours as for ten seconds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from duologue.audio import container as held
from duologue.audio.base import RATE, Blocks
from duologue.audio.timeline import Timeline, odd
from duologue.clock import clock
from duologue.errors import UnreadableInput

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`seconds`: the longest recording that is heard. Where the header says more it is refused before it is decoded;
    where the header does not say, it is heard up to there, with a notice."""

    seconds: float = 12 * 3600


@dataclass(slots=True, kw_only=True)
class Recording:
    """An opened recording. `seconds`: the length that it claims, None where it claims none that can be true.

    `about`: its coding, rate and channels in words. `notices`: what was odd about it, complete once `blocks()` ran out.
    """

    path: Path
    channels: int
    seconds: float | None
    about: str
    notices: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    sound: held.Sound = field(repr=False)

    def blocks(self) -> Iterator[Blocks]:
        """(channels, n) float32 samples from -1 to 1 at RATE: a second a block, the last one shorter. From the start
        at each call. A sample's place is its time: where the recording has a gap there are zeros.

        Raises UnreadableInput where no sound can be decoded, or the file is gone.
        """
        self.notices = self.sound.notices
        lines = [Timeline(limit=self.limits.seconds, claim=self.seconds) for _ in self.sound.streams]
        tracks = [
            _seconds(_heard(self.path, index, channels, line), round(self.limits.seconds * RATE))
            for (index, channels), line in zip(self.sound.streams, lines, strict=True)
        ]
        try:
            yield from tracks[0] if len(tracks) == 1 else _together(tracks, [n for _, n in self.sound.streams])
        finally:
            for track in tracks:
                track.close()
        if not any(line.frames for line in lines):
            raise UnreadableInput(
                "there is no sound in it that can be decoded",
                where=str(self.path),
                hint="Check that it plays elsewhere",
            )
        self.notices += odd(lines, self.seconds if self.sound.firm else None)


@contextlib.contextmanager
def opened(path: str | Path, limits: Limits = Limits()) -> Iterator[Recording]:
    """The recording at `path`, known by its content and not by its name.

    Raises UnreadableInput where it is none, is empty, has no sound, or claims to be longer than `limits`;
    MissingExtra where PyAV is not installed.
    """
    sound = held.look(Path(path))
    if sound.seconds is not None and sound.seconds > limits.seconds * 1.01:  # some headers only estimate
        raise UnreadableInput(
            f"the recording is {clock(sound.seconds)} long, and {clock(limits.seconds)} is the longest that is heard",
            where=str(path),
            hint="Cut it into one file a conversation",
        )
    yield Recording(
        path=Path(path),
        channels=sum(channels for _, channels in sound.streams),
        seconds=sound.seconds,
        about=sound.about,
        notices=sound.notices,
        limits=limits,
        sound=sound,
    )


def _heard(path: Path, index: int, channels: int, line: Timeline) -> Iterator[Blocks]:
    """The samples of one stream in pieces of any length, silence in its gaps included."""
    from av.audio.resampler import AudioResampler

    resampler: AudioResampler | None = None
    shape: tuple[object, ...] = ()
    written = skip = 0
    with held.opened(path) as container:
        start = max(0.0, (container.start_time or 0) / 1e6)
        for frame in held.frames(container, index, line):
            if line.seconds >= line.limit:
                line.cut = True
                break
            length = frame.samples / frame.sample_rate
            at = line.place(frame.time, length, start)
            form = (frame.format.name, frame.layout.name, frame.sample_rate)
            if at is None and form != shape:
                at = round((line.seconds - length) * RATE)
            if at is not None:
                for piece in _flushed(resampler, channels):
                    written += piece.shape[1]
                    yield piece
                gap = min(at, round(line.limit * RATE)) - written
                for done in range(0, gap, RATE):
                    yield np.zeros((channels, min(RATE, gap - done)), np.float32)
                written += max(0, gap)
                skip = max(0, -gap)
                resampler, shape = AudioResampler(format="flt", rate=RATE), form
            for piece in _resampled(resampler, frame, channels):
                kept = piece[:, skip:]
                skip -= piece.shape[1] - kept.shape[1]
                written += kept.shape[1]
                yield kept
    yield from (piece[:, skip:] for piece in _flushed(resampler, channels))


def _resampled(resampler: AudioResampler | None, frame: AudioFrame | None, channels: int) -> Iterator[Blocks]:
    """A frame at RATE. A stream that changes its channels on the way keeps the number it began with."""
    assert resampler is not None
    if frame is not None:
        frame.pts = None  # the timeline places it
    for out in resampler.resample(frame):
        if out is None:  # what flushing gives where nothing had to be changed
            continue
        # Interleaved: PyAV reads past the end of a frame of eight planes.
        samples: Blocks = out.to_ndarray().reshape(-1, out.layout.nb_channels).T.astype(np.float32, copy=False)
        yield samples if len(samples) == channels else samples[np.arange(channels) % len(samples)]


def _flushed(resampler: AudioResampler | None, channels: int) -> Iterator[Blocks]:
    if resampler is not None:
        yield from _resampled(resampler, None, channels)


def _seconds(pieces: Iterator[Blocks], most: int) -> Generator[Blocks, None, None]:
    """The same samples a second at a time, at most `most`; in a file of floats, what is no number is silence."""
    kept: list[Blocks] = []
    count = given = 0
    for piece in pieces:
        kept.append(piece)
        count += piece.shape[1]
        if count < RATE:
            continue
        whole = _sane(kept)
        for begin in range(0, count - count % RATE, RATE):
            block = whole[:, begin : min(begin + RATE, begin + most - given)]
            given += block.shape[1]
            if block.shape[1]:
                yield block
        kept, count = [whole[:, count - count % RATE :]], count % RATE
    if count and most > given:
        yield _sane(kept)[:, : most - given]


def _sane(pieces: Sequence[Blocks]) -> Blocks:
    """One array of samples from -1 to 1."""
    joined = np.concatenate(pieces, axis=1)
    if not np.isfinite(joined).all():
        joined = np.nan_to_num(joined, posinf=0.0, neginf=0.0)
    return np.clip(joined, -1, 1, out=joined)


def _together(tracks: Sequence[Iterator[Blocks]], channels: list[int]) -> Iterator[Blocks]:
    """The blocks of several tracks as one, the shorter ones filled with silence at their end."""
    while True:
        blocks = [next(track, None) for track in tracks]
        long = max((b.shape[1] for b in blocks if b is not None), default=0)
        if not long:
            return
        filled = [np.zeros((n, 0), np.float32) if b is None else b for b, n in zip(blocks, channels, strict=True)]
        yield np.concatenate([np.pad(b, ((0, 0), (0, long - b.shape[1]))) for b in filled])
