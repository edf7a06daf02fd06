"""The two nets at run time: onnxruntime alone, from files whose SHA-256 is checked before they are read."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from duologue.errors import UnreadableInput

# As training/voices.py printed them; where they come from and under which licences: weights/README.md.
SHA256 = {
    "segmentation.onnx": "393a54d650e4b9bab387778fae8494ec562b3e9ec80e16922daedb1b6938ede0",
    "prints.onnx": "0e8650bd15dfd87a5e3fa37f6c7bfac77daebf917999fc7e7cfa3b7310459193",
}
THREADS = 2  # beside a transcriber; more gained little on windows of ten seconds


def loaded(name: str) -> bytes:
    """The file as it was written; UnreadableInput where it is not what was measured."""
    data = files("duologue.audio.diarize").joinpath("weights", name).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise UnreadableInput(
            "the weights are not the ones that this version was measured with",
            where=name,
            hint="Install Duologue anew",
        )
    return data


@cache
def session(name: str) -> Any:
    """An onnxruntime session on the CPU, one for each net in a process."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # P3: its builds for Windows would send some
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # a waiting thread leaves its core alone
    return onnxruntime.InferenceSession(loaded(name), options, providers=["CPUExecutionProvider"])
