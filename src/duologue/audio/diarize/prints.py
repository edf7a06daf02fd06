"""Voice prints: 192 numbers at unit length, alike for one voice and unlike for two (CAM++ of 3D-Speaker)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from duologue.audio.base import RATE, Samples
from duologue.audio.diarize.nets import session
from duologue.errors import MissingExtra

SIZE = 192
FRAME = 0.01  # seconds from one row of features to the next
WIDTH = 0.025  # seconds that a row sees

Features = npt.NDArray[np.float32]  # (rows, 80)
Print = npt.NDArray[np.float32]  # (192,)


def features(samples: Samples) -> Features:
    """Log mel energies as the net was trained on: Kaldi's 80 bands, 25 ms every 10 ms, no dither."""
    try:
        import kaldi_native_fbank as knf
    except ImportError as missing:
        raise MissingExtra(
            "telling voices apart needs kaldi-native-fbank", hint='Install it with: pip install "duologue[audio]"'
        ) from missing
    options = knf.FbankOptions()
    options.frame_opts.samp_freq = RATE
    options.frame_opts.dither = 0.0
    options.mel_opts.num_bins = 80
    made = knf.OnlineFbank(options)
    made.accept_waveform(RATE, samples)
    made.input_finished()
    rows = [made.get_frame(i) for i in range(made.num_frames_ready)]
    return np.array(rows, np.float32).reshape(len(rows), 80)


def print_from(rows: Features) -> Print:
    """The print of one voice's rows, in which nobody else speaks. At least some thirty rows (.3 s)."""
    (made,) = session("prints.onnx").run(None, {"x": (rows - rows.mean(0))[None]})
    return np.asarray(made[0] / np.linalg.norm(made[0]), np.float32)
