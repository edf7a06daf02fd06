"""How loud speech is made before it is listened to. Nothing loud is made quieter, nothing ordinary is touched."""

from __future__ import annotations

from collections import deque
from statistics import median

import numpy as np

from duologue.audio.base import RATE, Samples

_NOTHING = -120.0  # dB of full scale


class Lift:
    """Makes a quiet track loud enough for voice activity, by what was heard of it so far. One for each track.

    Silero hears speech at -60 dB of full scale nearly as it does at -40, and hardly any at -80. The gain follows the
    loudest half second so far, so that a click does not count and a pause is not filled with noise. It is let go
    slowly: some minutes of listening are no reason to take a whisper from the next room for this one's speech.
    """

    wanted = -50.0  # dB: the level that the loudest half second is lifted to; ordinary recordings are above it
    most = 30.0  # dB: hiss at -80 becomes hiss at -50, which Silero takes for none
    ceiling = -15.0  # dB: a step is never lifted above it, so that the first loud word is not torn
    release = 3.0  # dB a minute

    def __init__(self, step: int) -> None:
        self.step = step
        self._loud = _NOTHING
        self._last: deque[float] = deque(maxlen=max(1, RATE // 2 // step))

    def __call__(self, samples: Samples) -> Samples:
        """(n,) samples, n a multiple of the step, lifted step by step. What is no number becomes silence."""
        steps = _clean(samples).reshape(-1, self.step)
        own = _decibels(np.mean(np.square(steps, dtype=np.float64), axis=1))
        gains = np.array([self._gain(float(db)) for db in own])
        lifted: Samples = np.clip(steps * 10 ** (gains[:, None] / 20), -1, 1).astype(np.float32).reshape(-1)
        return lifted

    def _gain(self, own: float) -> float:
        self._last.append(own)
        self._loud = max(self._loud - self.release / 60 * self.step / RATE, median(self._last))
        return max(0.0, min(self.wanted - self._loud, self.most, self.ceiling - own))


def evened(samples: Samples) -> Samples:
    """A piece for the transcriber: where it is very quiet, lifted to an ordinary level; else as it is.

    Depends on the piece alone.
    """
    clean = _clean(samples)
    if not len(clean):
        return clean
    loud = float(_decibels(np.mean(np.square(clean, dtype=np.float64))))
    peak = float(_decibels(np.max(np.square(clean))))
    # Recordings of speech lie between -35 and -15 dB; the peaks stay below full scale. What 60 dB
    # are too few for is below the last bit of 16.
    gain = min(-25.0 - loud, -1.0 - peak, 60.0) if loud < -40.0 else 0.0
    return clean if gain <= 0 else (clean * np.float32(10 ** (gain / 20))).astype(np.float32)


def _clean(samples: Samples) -> Samples:
    return np.clip(np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0), -1, 1).astype(np.float32, copy=False)


def _decibels(power: np.floating | np.ndarray) -> np.ndarray:
    return np.asarray(10 * np.log10(np.maximum(power, 10 ** (_NOTHING / 10))))
