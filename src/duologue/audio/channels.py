"""Does each channel of a recording carry its own speaker, or do all carry the same room?

Where a call is recorded with a side a channel, who speaks is known and nobody needs to guess it from voices. What
tells the two apart is level: on a side of its own a voice is far above what leaks of it into the others (echo on a
telephone line is some 20 dB down or more), while two microphones in a room differ by a few decibels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from duologue.audio import bleed
from duologue.audio.base import RATE, Blocks
from duologue.audio.bleed import FRAME, Bleed, Flags, Floats
from duologue.audio.decode import Limits, opened

_LOOK = 300.0  # seconds looked at first; twice as many each time that some channel stays unclear
_TALK = 60.0  # seconds of sound without which the look goes on
_DEAD = 1e-6  # mean square, -60 dB of full scale: nobody could hear it
_ABOVE = 4.0  # times its own floor (6 dB): steady noise in frames of 640 samples stays within 1 dB
# Decibels by which one channel stands above the other while it alone is spoken on. Between what two microphones in a
# room differ by (6 dB for a voice twice as far away) and what a telephone's other side leaks (some 20 dB down);
# tried on made files of both in tests/audio/test_channels.py.
_APART = 10.0
_MOSTLY = 0.6  # share of the talk in which that must hold
_ONCE, _RARE = 1.0, 0.001  # seconds, and share of the time, that make a speaker: a back-channel every few minutes
_ANY = Limits()
_NOTHING = "No channel has anything that could be speech."
_SAME = 0.98  # correlation of two waveforms that are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which channels are heard (`use`, counted from 0), and whether each is a speaker's own. `why`, in words.

    `bleed`: what leaks from one to another where they are separate, None where that is nothing.
    """

    use: tuple[int, ...]
    separate: bool
    why: str
    bleed: Bleed | None = None


def layout(path: str | Path, limits: Limits = _ANY) -> Layout:
    """What the channels of the recording at `path` carry, from its first five minutes, or more where they do not tell.

    A channel that stays silent is looked at to the end, since its speaker may come late. Raises as `decode.opened`.
    """
    with opened(path, limits) as recording:
        if recording.channels == 1:
            return Layout(use=(0,), separate=False, why="The recording has one channel.")
        return _looked(recording.blocks())


def arranged(blocks: Iterable[Blocks], layout: Layout) -> Iterator[Blocks]:
    """(tracks, n) blocks of the tracks to hear, in all as many samples as came in: each channel of `layout.use` by
    itself, without what leaks into it, where they are separate; else their mean as one track."""
    rows = list(layout.use)
    if not layout.separate:
        return (block[rows].mean(axis=0, keepdims=True, dtype=np.float32) for block in blocks)
    apart = (block[rows] for block in blocks)
    return bleed.without(apart, layout.bleed) if layout.bleed else apart


# --- deciding --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Levels:
    """Mean squares of each channel in each frame, (channels, frames), and the mean products of each pair."""

    squares: Floats
    products: dict[tuple[int, int], Floats]


def _looked(blocks: Iterator[Blocks]) -> Layout:
    parts: list[tuple[Floats, dict[tuple[int, int], Floats]]] = []
    seconds, until = 0.0, _LOOK
    for block in blocks:
        parts.append(_measured(block))
        seconds += block.shape[1] / RATE
        if seconds >= until:
            found, clear = _verdict(_joined(parts))
            if clear:
                return found
            until *= 2
    return _verdict(_joined(parts))[0]


def _measured(block: Blocks) -> tuple[Floats, dict[tuple[int, int], Floats]]:
    """The levels of one block. A block of a second is a whole number of frames; what the last one has over is left."""
    count = block.shape[1] // FRAME
    frames = block[:, : count * FRAME].reshape(len(block), count, FRAME)
    pairs = combinations(range(len(block)), 2)
    return (frames**2).mean(axis=2), {(i, j): (frames[i] * frames[j]).mean(axis=1) for i, j in pairs}


def _joined(parts: list[tuple[Floats, dict[tuple[int, int], Floats]]]) -> _Levels:
    if not parts:
        return _Levels(np.zeros((1, 0), np.float32), {})
    squares = np.concatenate([p[0] for p in parts], axis=1)
    return _Levels(squares, {pair: np.concatenate([p[1][pair] for p in parts]) for pair in parts[0][1]})


def _verdict(levels: _Levels) -> tuple[Layout, bool]:
    """The layout that these levels speak for, and whether looking further could not change it."""
    squares = levels.squares
    every = tuple(range(len(squares)))
    if not squares.size:
        return Layout(use=every, separate=False, why=_NOTHING), False
    floor: Floats = np.percentile(squares, 10, axis=1, keepdims=True).astype(np.float32)
    active = (squares > _ABOVE * floor) & (squares > _DEAD)
    least = max(_ONCE * RATE / FRAME, _RARE * squares.shape[1])
    live = [c for c in every if active[c].sum() >= least]
    if not live:
        return Layout(use=every, separate=False, why=_NOTHING), False
    enough = float(active.any(axis=0).sum()) * FRAME / RATE >= _TALK
    # Louder first, so that of two channels with one voice the better is kept.
    live.sort(key=lambda c: -float(np.median(squares[c][active[c]])))
    kept, also, echoes = _grouped(levels, live, active, floor, np.ones(len(squares), np.float32))
    scale = np.ones(len(squares), np.float32)
    if len(kept) == 1 and len(live) > 1:  # perhaps one side was only recorded fainter than the other
        scale[live] = [1 / np.percentile(squares[c][active[c]], 90) for c in live]
        evened = _grouped(levels, live, active, floor, scale)
        kept, also, echoes = evened if len(evened[0]) > 1 else (kept, also, echoes)
    kept = sorted(_without_mix(squares, kept, active)) if len(kept) > 2 else sorted(kept)
    quiet = [c for c in every if c not in live]
    left = _left_out(quiet, echoes)
    clear = enough and not quiet and not echoes
    if len(kept) > 1:
        why = f"Channels {_and(kept)} have a speaker each: while one is spoken on, it is far above the others."
        leaks = bleed.measured(squares[kept], floor[kept, 0], scale[kept], _APART)
        heard = leaks if max(map(max, leaks.leaks)) > _DEAD else None
        return Layout(use=tuple(kept), separate=True, why=why + left, bleed=heard), clear
    alike = _in_phase(levels, kept[0], also[kept[0]])
    if len(alike) == 1:
        why = f"Channel {kept[0] + 1} alone carries the talk." if left else "All channels carry the same sound."
    else:
        why = f"Channels {_and(sorted(alike))} carry the same talk, and are heard as one."
    return Layout(use=tuple(sorted(alike)), separate=False, why=why + left), clear


def _grouped(
    levels: _Levels, live: list[int], active: Flags, floor: Floats, scale: Floats
) -> tuple[list[int], dict[int, list[int]], list[int]]:
    """The channels that are apart from each other, with each those of the same sound, and those that are an echo."""
    kept: list[int] = []
    also: dict[int, list[int]] = {}
    echoes: list[int] = []
    for c in live:
        verdicts = {k: _pair(levels, k, c, active, floor, float(scale[k] / scale[c])) for k in kept}
        same = next((k for k, v in verdicts.items() if v == "same"), None)
        if same is not None:
            also[same].append(c)
        elif "echo" in verdicts.values():
            echoes.append(c)
        else:
            kept.append(c)
            also[c] = []
    return kept, also, echoes


def _pair(levels: _Levels, i: int, j: int, active: Flags, floor: Floats, gain: float) -> str:
    """Whether `j` is apart from `i`, the same sound as `i`, or a mere echo of it. `gain`: what evens `i` with `j`."""
    a, b = levels.squares[i], levels.squares[j]
    together = levels.products[min(i, j), max(i, j)]
    alike = np.abs(together) > _SAME * np.sqrt(a * b)  # an announcement on both sides says nothing about the rest
    near = np.maximum(a, b) < 2 * np.minimum(a, b)
    theirs = np.maximum(a, b) > levels.squares.max(axis=0) / 2  # and not somebody else's, heard faintly in both
    telling = (active[i] | active[j]) & ~(alike & near) & theirs
    least = max(_ONCE * RATE / FRAME, _RARE * len(a))
    if telling.sum() < least:
        return "same"
    own = np.maximum(np.stack([gain * (a - floor[i]), b - floor[j]]), _DEAD / 10)
    lately = bleed.recent(own)
    above = np.float32(10 ** (_APART / 10))
    if np.mean(np.maximum(*lately)[telling] >= above * np.minimum(*lately)[telling]) < _MOSTLY:
        return "same"
    # Above what the other was a moment ago: a late echo outlasts what it is the echo of.
    first, second = (((own >= above * lately[::-1]) & telling).sum(axis=1) >= least).tolist()
    return "apart" if first and second else "echo"


def _without_mix(squares: Floats, kept: list[int], active: Flags) -> list[int]:
    """Some meeting recorders add a channel with everybody: it is at any time about as loud as the loudest other."""
    for c in kept:
        others = [k for k in kept if k != c]
        loudest = squares[others].max(axis=0)
        talk = active[others].any(axis=0)
        near = np.abs(10 * np.log10((squares[c][talk] + 1e-12) / (loudest[talk] + 1e-12))) < _APART / 2
        if talk.any() and near.mean() > 0.9:
            return others
    return kept


def _in_phase(levels: _Levels, first: int, others: list[int]) -> list[int]:
    """Those of `others` that add to `first`: not a copy of it, which adds nothing, and none of turned polarity, which
    would cancel it."""
    added = [first]
    for c in others:
        pair = min(first, c), max(first, c)
        power = np.sqrt(levels.squares[first].sum() * levels.squares[c].sum())
        if -0.3 < levels.products[pair].sum() / power < _SAME:
            added.append(c)
    return added


def _left_out(quiet: list[int], echoes: list[int]) -> str:
    said = [f" Channel {c + 1} has no speech and was left out." for c in sorted(quiet)]
    return "".join([*said, *(f" Channel {c + 1} has only an echo and was left out." for c in sorted(echoes))])


def _and(channels: list[int]) -> str:
    names = [str(c + 1) for c in channels]
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
