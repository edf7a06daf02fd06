"""Takes out of each speaker's track what leaks into it of the others.

A leak that is 30 dB down is still speech to whatever finds and transcribes speech, so that without this every sentence
would be heard twice. While a track carries no more than what its leak explains it is silence; where its own speaker
talks it is left as it is, the others' leak under it included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from duologue.audio.base import RATE, Blocks

FRAME = RATE // 25  # samples: 40 ms, short beside a back-channel (some 300 ms) and long beside a pitch period
_ECHO = 7  # frames, 280 ms: an echo that takes longer is a call by satellite
_MARGIN = 2.0  # times (3 dB) what the leak explains: one's own voice
_BEFORE, _AFTER = 2, 5  # frames around one's own voice that stay: the breath of a first sound, the end of a last one
_PAST = _ECHO + _AFTER  # frames that a decision looks back on
_FADE = 80  # samples, 5 ms: no click

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bleed:
    """`leaks[to][of]`: the share of the power of track `of` that comes through on track `to`. `floors`: the mean square
    of each track's own noise."""

    leaks: tuple[tuple[float, ...], ...]
    floors: tuple[float, ...]


def measured(squares: Floats, floors: Floats, scale: Floats, apart: float) -> Bleed:
    """The leaks between tracks, from the mean squares of their frames, (tracks, frames).

    `scale`: what makes the tracks comparable in loudness, (tracks,). `apart`: decibels by which a track stands above
    all others where it alone is spoken on.
    """
    lately = recent(squares)
    leaks = np.zeros((len(squares), len(squares)))
    scale = scale[:, None]
    for of in range(len(squares)):
        others = np.delete(squares * scale, of, axis=0).max(axis=0)
        # Beside what it was a moment ago: a late echo is loudest while its source draws breath.
        alone = (lately[of] * scale[of] > 10 ** (apart / 10) * others) & (lately[of] > 4 * floors[of])
        if not alone.any():
            continue
        # Its louder half: there a leak shows above the noise. The upper end, for what is above it is somebody's voice.
        alone &= lately[of] >= np.median(lately[of][alone])
        for to in range(len(squares)):
            if to != of:
                through = np.maximum(squares[to] - floors[to], 0)[alone] / lately[of][alone]
                leaks[to, of] = np.percentile(through, 95)
    return Bleed(leaks=tuple(tuple(row) for row in leaks.tolist()), floors=tuple(floors.tolist()))


def without(blocks: Iterable[Blocks], bleed: Bleed) -> Iterator[Blocks]:
    """The same tracks, as many samples, where each is silent while it carries only leaks. Some .2 seconds late."""
    leaks = np.array(bleed.leaks, np.float32)
    floors = np.array(bleed.floors, np.float32)[:, None]
    held: Blocks | None = None  # samples not given out
    past = np.zeros((len(floors), _PAST), np.float32)  # mean squares of the frames before
    gain = np.ones((len(floors), 1), np.float32)
    for block in blocks:
        held = block if held is None else np.concatenate((held, block), axis=1)
        count = held.shape[1] // FRAME - _BEFORE - 1
        if count <= 0:
            continue
        open_, past = _opened(held, count, leaks, floors, past)
        given = held[:, : count * FRAME]
        yield _faded(given, open_, gain)
        gain, held = open_[:, -1:].astype(np.float32), held[:, count * FRAME :]
    if held is not None and held.shape[1]:
        rest = -(-held.shape[1] // FRAME)
        padded = np.pad(held, ((0, 0), (0, (rest + _BEFORE + 1) * FRAME - held.shape[1])))
        open_, _ = _opened(padded, rest, leaks, floors, past)
        yield _faded(padded[:, : rest * FRAME], open_, gain)[:, : held.shape[1]]


def _opened(held: Blocks, count: int, leaks: Floats, floors: Floats, past: Floats) -> tuple[Flags, Floats]:
    """Which of the first `count` frames stay as they are, (tracks, count), and the `past` of the next call."""
    ahead = count + _BEFORE + 1
    frames = held[:, : ahead * FRAME].reshape(len(held), ahead, FRAME)
    squares = np.concatenate((past, np.mean(frames**2, axis=2, dtype=np.float32)), axis=1)
    explained = leaks @ recent(squares)[:, _ECHO - 1 :]
    talks = squares[:, _ECHO - 1 :] > _MARGIN * (explained + floors)
    talks = talks[:, 1:-1] & (talks[:, :-2] | talks[:, 2:])  # one frame by itself is a click
    # A frame stays where its own speaker talks within a few frames of it.
    near = np.logical_or.reduce([talks[:, shift : shift + count] for shift in range(_AFTER + _BEFORE + 1)])
    nothing = explained[:, _AFTER + 1 : _AFTER + 1 + count] <= floors
    return near | nothing, squares[:, count : count + _PAST]


def recent(squares: Floats) -> Floats:
    """The loudest of each frame and those before it from which an echo may still come."""
    padded = np.pad(squares, ((0, 0), (_ECHO - 1, 0)))
    loudest: Floats = np.lib.stride_tricks.sliding_window_view(padded, _ECHO, axis=1).max(axis=2)
    return loudest


def _faded(block: Blocks, open_: Flags, before: Floats) -> Blocks:
    """The samples with the closed frames silenced; each change takes the first samples of its frame."""
    gains = open_.astype(np.float32)
    last = np.concatenate((before, gains[:, :-1]), axis=1)
    ramp = np.minimum(np.arange(1, FRAME + 1, dtype=np.float32) / _FADE, 1)
    curve = last[..., None] + (gains - last)[..., None] * ramp
    out: Blocks = block * curve.reshape(len(block), -1)
    return out
