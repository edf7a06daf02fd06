"""Who speaks when within one window: up to three local speakers, two of them at once (pyannote segmentation-3.0)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from duologue.audio.base import RATE, Samples
from duologue.audio.diarize.nets import session

# The net's frames: a convolution of 251 samples at stride 10, three poolings by three, two convolutions of five.
STEP = 270 / RATE  # seconds from one frame to the next
CENTRE = 495.5 / RATE  # of the first frame: half of the 991 samples that it sees
LEAST = 16_000  # samples; below a second the net has seen nothing like it, so silence is put after
# The seven classes of the powerset, as the net was trained: nobody, each of three, each two of three.
MEMBERS = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], np.float32)
ON, OFF = 0.5, 0.4  # a voice begins above the one and ends below the other

Activity = npt.NDArray[np.float32]  # (frames, 3): how likely each local speaker speaks
Speaks = npt.NDArray[np.bool_]  # (frames, 3)


def activity(samples: Samples) -> Activity:
    """How likely each of three local speakers speaks, frame by frame."""
    given = np.pad(samples, (0, max(0, LEAST - len(samples))))
    (logs,) = session("segmentation.onnx").run(None, {"x": given[None, None].astype(np.float32, copy=False)})
    within = int(np.ceil((len(samples) / RATE - CENTRE) / STEP)) if len(samples) < LEAST else logs.shape[1]
    found: Activity = np.exp(logs[0, : max(within, 0)]) @ MEMBERS
    return found


def speaks(found: Activity) -> Speaks:
    """Activity made yes or no, with hysteresis: a voice that has begun goes on while it stays above OFF."""
    sure, gone = found > ON, found < OFF
    at = np.arange(len(found))[:, None]
    last_sure = np.maximum.accumulate(np.where(sure, at, -1), axis=0)
    last_gone = np.maximum.accumulate(np.where(gone, at, -1), axis=0)
    return np.asarray((last_sure >= 0) & (last_sure > last_gone))


def stretches(mask: npt.NDArray[np.bool_]) -> list[tuple[float, float]]:
    """(start, end) in seconds from the start of the window, one for each run of True. `mask`: (frames,)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [
        (max(0.0, CENTRE + (a - 0.5) * STEP), CENTRE + (b - 0.5) * STEP)
        for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    ]
