"""The local voices of one window: segmentation, then a print of each from where it speaks alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from duologue.audio.base import RATE, Samples, Voice
from duologue.audio.diarize import prints, segmentation
from duologue.audio.diarize.grouping import NEAR, grouped, unit
from duologue.audio.diarize.tracks import tracks

ENOUGH = 0.5  # seconds of clean speech that a print can rest on; below, prints of one voice scatter
MOST = 6.0  # seconds that a print is made from: more costs time and adds little


class PyannoteCam:
    """Local voices by pyannote segmentation-3.0, prints by CAM++. Both nets are read when the first window is."""

    name = "pyannote segmentation-3.0, CAM++ (3D-Speaker)"
    window = 10.0  # what segmentation was trained on
    step = 2.5

    def voices(self, index: int, samples: Samples, start: float) -> list[Voice]:
        """The voices in window `index`, in order of appearance; none in silence. `samples`: (n,), at most `window`."""
        if len(samples) < RATE // 10:
            return []
        speaks = segmentation.speaks(segmentation.activity(samples))
        alone = speaks & (speaks.sum(1, keepdims=True) == 1)
        if not speaks.any():
            return []
        rows = prints.features(samples) if alone.any() else np.zeros((0, 80), np.float32)
        found = []
        for who in range(speaks.shape[1]):
            if not speaks[:, who].any():
                continue
            mine = rows[_rows(alone[:, who], len(rows))]
            print_ = prints.print_from(_most(mine)) if len(mine) * prints.FRAME >= ENOUGH else None
            found.append(
                Voice(
                    window=index,
                    stretches=tuple((start + a, start + b) for a, b in segmentation.stretches(speaks[:, who])),
                    clean=len(mine) * prints.FRAME,
                    print=print_,
                    within=(start, start + len(samples) / RATE),
                )
            )
        return sorted(found, key=lambda v: v.stretches[0])

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


def _rows(alone: npt.NDArray[np.bool_], count: int) -> npt.NDArray[np.bool_]:
    """Which rows of features lie where this voice speaks alone."""
    centres = np.arange(count) * prints.FRAME + prints.WIDTH / 2
    at = np.rint((centres - segmentation.CENTRE) / segmentation.STEP).astype(int)
    mine: npt.NDArray[np.bool_] = alone[np.clip(at, 0, len(alone) - 1)]
    return mine


def _most(rows: prints.Features) -> prints.Features:
    """No more than MOST seconds of them, from the middle."""
    spare = len(rows) - round(MOST / prints.FRAME)
    return rows if spare <= 0 else rows[spare // 2 : len(rows) - (spare - spare // 2)]
