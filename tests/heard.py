"""Speech to listen to, and a small model for onnx-asr, for the tests of transcribers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import librivox
from duologue.audio.base import Samples, Transcriber


def clips() -> dict[str, Samples]:
    """Text → samples of the LibriVox clips. Skips where Debian's package is not here."""
    if not librivox.available():
        pytest.skip("Debian's package pocketsphinx-testdata is not here")
    return {clip.text: clip.samples for clip in librivox.clips()}


# --- a model for onnx-asr: it says "oh" wherever it is loud --------------------------------------------------------

_BANDS = 80
_FLOAT, _INT32, _INT64 = 1, 6, 7  # ONNX's element types


def parakeet_folder(folder: Path) -> Path:
    """A transducer with token durations (TDT), as Parakeet is one, in files laid out as onnx-asr reads them.

    Its encoder takes every eighth frame. Its joint says " oh" or "h" for a frame by its loudness, and nothing for one
    that is quiet. Nothing is learned: what it says can be told from the sound.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(
        json.dumps({"model_type": "nemo-conformer-tdt", "features_size": _BANDS, "subsampling_factor": 8})
    )
    (folder / "vocab.txt").write_text("▁oh 0\nh 1\n<blk> 2\n", encoding="utf-8")
    (folder / "encoder-model.onnx").write_bytes(_encoder())
    (folder / "decoder_joint-model.onnx").write_bytes(_joint())
    return folder


def parakeet() -> Transcriber:
    """The real backend on that model. Skips where onnx-asr is not here."""
    pytest.importorskip("onnx_asr")
    import tempfile

    from duologue.audio import models, transcribe

    with tempfile.TemporaryDirectory() as folder:
        return transcribe.load(models.find(parakeet_folder(Path(folder) / "model")))


def _encoder() -> bytes:
    constants = {"start": [0], "end": [2**31], "axis": [2], "step": [8], "one": [1], "eight": [8]}
    return _model(
        nodes=[
            ("Slice", ["audio_signal", "start", "end", "axis", "step"], ["outputs"], {}),
            ("Sub", ["length", "one"], ["less"], {}),
            ("Div", ["less", "eight"], ["eighths"], {}),
            ("Add", ["eighths", "one"], ["encoded_lengths"], {}),
        ],
        constants={name: np.array(value, np.int64) for name, value in constants.items()},
        inputs={"audio_signal": (_FLOAT, ("b", _BANDS, "t")), "length": (_INT64, ("b",))},
        outputs={"outputs": (_FLOAT, ("b", _BANDS, "s")), "encoded_lengths": (_INT64, ("b",))},
    )


def _joint() -> bytes:
    # Columns: " oh", "h", nothing, then how many frames to go on: 0 to 4, of which 1 always wins.
    slopes = np.array([10, 4, 0, 0, 0, 0, 0, 0], np.float32)
    weights = np.repeat(slopes[None, :] / _BANDS, _BANDS, axis=0)
    return _model(
        nodes=[
            ("Transpose", ["encoder_outputs"], ["frames"], {"perm": [0, 2, 1]}),
            ("MatMul", ["frames", "weights"], ["sums"], {}),
            ("Add", ["sums", "offsets"], ["outputs"], {}),
            ("Identity", ["input_states_1"], ["output_states_1"], {}),
            ("Identity", ["input_states_2"], ["output_states_2"], {}),
        ],
        constants={"weights": weights, "offsets": np.array([-8, -1.2, 0, 0, 5, 0, 0, 0], np.float32)},
        inputs={
            "encoder_outputs": (_FLOAT, (1, _BANDS, 1)),
            "targets": (_INT32, (1, 1)),
            "target_length": (_INT32, (1,)),
            "input_states_1": (_FLOAT, (1, 1, 2)),
            "input_states_2": (_FLOAT, (1, 1, 2)),
        },
        outputs={
            "outputs": (_FLOAT, (1, 1, 8)),
            "output_states_1": (_FLOAT, (1, 1, 2)),
            "output_states_2": (_FLOAT, (1, 1, 2)),
        },
    )


_Shape = tuple[int | str, ...]


def _model(
    *,
    nodes: list[tuple[str, list[str], list[str], dict[str, list[int]]]],
    constants: dict[str, Any],
    inputs: dict[str, tuple[int, _Shape]],
    outputs: dict[str, tuple[int, _Shape]],
) -> bytes:
    """An ONNX file, written in protobuf's wire format by field numbers: the library onnx is no dependency."""
    graph = b"".join(
        _field(
            1,
            b"".join(_field(1, name) for name in taken)
            + b"".join(_field(2, name) for name in given)
            + _field(4, kind)
            + b"".join(
                _field(5, _field(1, name) + b"".join(_field(8, n) for n in numbers) + _field(20, 7))
                for name, numbers in attributes.items()
            ),
        )
        for kind, taken, given, attributes in nodes
    )
    graph += _field(2, "made")
    for name, array in constants.items():
        element = _INT64 if array.dtype == np.int64 else _FLOAT
        dims = b"".join(_field(1, n) for n in array.shape)
        graph += _field(5, dims + _field(2, element) + _field(8, name) + _field(9, array.tobytes()))
    for number, values in ((11, inputs), (12, outputs)):
        for name, (element, shape) in values.items():
            dims = b"".join(_field(1, _field(1 if isinstance(d, int) else 2, d)) for d in shape)
            graph += _field(number, _field(1, name) + _field(2, _field(1, _field(1, element) + _field(2, dims))))
    return _field(1, 8) + _field(7, graph) + _field(8, _field(1, "") + _field(2, 13))


def _field(number: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    raw = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(raw)) + raw


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes((value & 127 | 128,))
        value >>= 7
    return out + bytes((value,))
