"""The local voices of one window: segmentation, then prints of each from where it speaks alone.

Segmentation at times hears two people who follow each other without a pause as one. So a voice is not given one print
but one for every second and a half, and where these fall apart it was two.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt

from duologue.audio.base import RATE, Samples, Voice
from duologue.audio.diarize import prints, segmentation
from duologue.audio.diarize.grouping import NEAR, grouped, unit
from duologue.audio.diarize.tracks import tracks

ENOUGH = 0.5  # seconds of clean speech that a print can rest on; below, prints of one voice scatter
PIECE = 1.5  # seconds behind one of a voice's prints
# Cosine of the two halves into which a voice's prints fall best, below which it is two people. On a half of the AMI
# clips (the one that benchmarks/diarization.py names) one person's halves were at .26 or more.
TWO = 0.25
LEAST = RATE // 10  # samples; in less there is nothing to tell

Mask = npt.NDArray[np.bool_]


class PyannoteCam:
    """Local voices by pyannote segmentation-3.0, prints by CAM++. Both nets are read when the first window is."""

    name = "pyannote segmentation-3.0, CAM++ (3D-Speaker)"
    window = 10.0  # what segmentation was trained on
    step = 2.5

    def voices(self, index: int, samples: Samples, start: float) -> list[Voice]:
        """The voices in window `index`, in order of appearance; none in silence. `samples`: (n,), at most `window`."""
        if len(samples) < LEAST:
            return []
        speaks = segmentation.speaks(segmentation.activity(samples))
        if not speaks.any():
            return []
        alone = speaks & (speaks.sum(1, keepdims=True) == 1)
        rows = prints.features(samples)
        found = []
        for who in range(speaks.shape[1]):
            clean = np.flatnonzero(_rows(alone[:, who], len(rows)))
            for mask, made in _told(speaks[:, who], clean, rows):
                mine = int(_rows(mask & alone[:, who], len(rows)).sum()) * prints.FRAME
                spans = tuple((start + a, start + b) for a, b in segmentation.stretches(mask))
                within = (start, start + len(samples) / RATE)
                found.append(Voice(window=index, stretches=spans, clean=mine, print=made, within=within))
        return sorted((v for v in found if v.stretches), key=lambda v: v.stretches[0])

    def print_of(self, samples: Samples) -> npt.NDArray[np.float32]:
        """The print of the one who speaks most in `samples`; ValueError where too little is clean speech."""
        size = round(self.window * RATE)
        heard = [
            voice
            for index, at in enumerate(range(0, len(samples), size))
            for voice in self.voices(index, samples[at : at + size], at / RATE)
        ]
        people = grouped(tracks(heard, prints.SIZE), NEAR)
        if not people:
            raise ValueError("nobody speaks alone for half a second")
        most = max(people, key=lambda g: g.clean)
        return unit(most.sum).astype(np.float32)


def _told(speaks: Mask, clean: npt.NDArray[np.int64], rows: prints.Features) -> list[tuple[Mask, prints.Print | None]]:
    """One voice with its print, or two. `speaks`: (frames,); `clean`: the rows in which it speaks alone."""
    if len(clean) * prints.FRAME < ENOUGH:
        return [(speaks, None)]
    pieces = np.array_split(clean, max(1, round(len(clean) * prints.FRAME / PIECE)))
    made = prints.prints_from([rows[piece] for piece in pieces])
    second = _second(made)
    if not second.any():
        return [(speaks, _mean(made))]
    middles = np.array([piece.mean() for piece in pieces]) * prints.FRAME + prints.WIDTH / 2
    times = np.arange(len(speaks)) * segmentation.STEP + segmentation.CENTRE
    owner = second[np.abs(times[:, None] - middles[None]).argmin(1)]
    return [(speaks & ~owner, _mean(made[~second])), (speaks & owner, _mean(made[second]))]


def _second(made: npt.NDArray[np.float32]) -> Mask:
    """Which of a voice's prints are somebody else's; none where all are one person's. `made`: (pieces, SIZE)."""
    best, found = -1.0, np.zeros(len(made), bool)
    for rest in product((False, True), repeat=len(made) - 1):  # seven pieces a window at most: 64 ways to part them
        other = np.array((False, *rest))
        sums = made[~other].sum(0), made[other].sum(0)
        lengths = [float(np.linalg.norm(s)) for s in sums]
        if other.any() and sum(lengths) > best:
            best = sum(lengths)
            apart = float(sums[0] @ sums[1]) / (lengths[0] * lengths[1])
            found = other if apart < TWO else np.zeros(len(made), bool)
    return found


def _mean(made: npt.NDArray[np.float32]) -> prints.Print:
    return unit(made.sum(0).astype(np.float64)).astype(np.float32)


def _rows(mask: Mask, count: int) -> Mask:
    """Which rows of features lie in the frames of the mask."""
    centres = np.arange(count) * prints.FRAME + prints.WIDTH / 2
    at = np.rint((centres - segmentation.CENTRE) / segmentation.STEP).astype(int)
    mine: Mask = mask[np.clip(at, 0, len(mask) - 1)]
    return mine
