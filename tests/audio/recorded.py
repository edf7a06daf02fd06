"""Recordings made on the spot: clicks at known times, in any container and coding that PyAV can write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from duologue.audio.base import RATE, Blocks

LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "4.0", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}
_LONG = 0.004  # seconds of a click


def clicks(seconds: float, rate: int, times: Iterable[float], channels: int = 1) -> Blocks:
    """(channels, n) samples: silence with 4 ms of 1500 Hz at each time."""
    sound = np.zeros((channels, round(seconds * rate)), np.float32)
    one = np.arange(int(_LONG * rate))
    for time in times:
        sound[:, round(time * rate) + one] = 0.7 * np.sin(2 * np.pi * 1500 * one / rate) * np.hanning(len(one))
    return sound


def heard_at(sound: npt.NDArray[np.float32], time: float, near: float = 0.15) -> float:
    """Where the click that should be at `time` is, by the centre of its energy; -1 where there is none nearby."""
    first = max(0, round((time - near) * RATE))
    power = sound[first : round((time + near) * RATE)].astype(np.float64) ** 2
    if power.max(initial=0) < 0.01:
        return -1.0
    return float((first + (np.arange(len(power)) * power).sum() / power.sum()) / RATE - _LONG / 2)


def record(
    path: Path,
    tracks: Sequence[tuple[Blocks, float]],
    rate: int,
    codec: str,
    *,
    film: bool = False,
    format: str | None = None,
    skip: Sequence[int] = (),
    default: int | None = None,
) -> Path:
    """Write a file with a sound track for each (samples, start in seconds). `film`: with a second of pictures.

    `skip`: numbers of packets that are left out of the file, as where a line was bad. `default`: the marked track.
    """
    with av.open(str(path), "w", format=format) as out:
        if film:
            picture = out.add_stream("mpeg4", rate=10)
            picture.width = picture.height = 64
            picture.pix_fmt = "yuv420p"
        streams = [out.add_stream(codec, rate=rate, layout=LAYOUTS[len(samples)]) for samples, _ in tracks]
        for stream in streams:
            if codec.startswith("wma"):
                stream.bit_rate = 96_000  # it knows no other default than none
        if default is not None:
            for number, stream in enumerate(streams):
                stream.disposition = av.stream.Disposition.default if number == default else av.stream.Disposition(0)
        if film:
            for number in range(10):
                frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 20 * number, np.uint8), format="rgb24")
                frame.pts = number
                out.mux(picture.encode(frame))
            out.mux(picture.encode(None))
        for stream, (samples, start) in zip(streams, tracks, strict=True):
            for number, packet in enumerate(_packets(stream, samples, rate, start)):
                if number not in skip:
                    out.mux(packet)
    return path


def _packets(stream: Any, samples: Blocks, rate: int, start: float) -> Iterable[Any]:
    whole = av.AudioFrame.from_ndarray(samples.T.reshape(1, -1), format="flt", layout=LAYOUTS[len(samples)])
    whole.sample_rate, whole.pts = rate, None
    context = stream.codec_context
    converted = av.AudioResampler(format=context.format, layout=context.layout, rate=rate)
    line = av.AudioFifo()
    for frame in [*converted.resample(whole), *(f for f in converted.resample(None) if f is not None)]:
        frame.pts = None
        line.write(frame)
    at = round(start * rate)
    while (frame := line.read(context.frame_size or 1024, partial=True)) is not None:
        frame.pts, frame.time_base, frame.sample_rate = at, Fraction(1, rate), rate
        at += frame.samples
        yield from stream.encode(frame)
    yield from stream.encode(None)
