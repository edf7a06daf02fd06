"""Voice prints: 192 numbers at unit length, alike for one voice and unlike for two (CAM++ of 3D-Speaker)."""

from __future__ import annotations

from collections.abc import Sequence

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


def prints_from(pieces: Sequence[Features]) -> npt.NDArray[np.float32]:
    """(pieces, SIZE): the print of each, at unit length. Nobody else may speak in them, and each is .3 s or more.

    They are read together, cut to the shortest: pieces of one voice are as long as each other but for a row.
    """
    shortest = min(len(piece) for piece in pieces)
    batch = np.stack([piece[:shortest] - piece[:shortest].mean(0) for piece in pieces])
    (made,) = session("prints.onnx").run(None, {"x": batch})
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)
