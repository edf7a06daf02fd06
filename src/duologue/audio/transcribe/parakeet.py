"""NVIDIA's Parakeet through onnx-asr: words from tokens, their times, and how sure each is.

The real weights could not be had where this was written. What was run is onnx-asr's own public interface; see
docs/listening-models.md.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from duologue.audio.base import RATE, Heard, Samples
from duologue.audio.models import Found
from duologue.audio.transcribe.wordtimes import Timed, sensible, whole
from duologue.errors import MissingExtra, UnreadableInput
from duologue.model import Word

_KINDS = ("nemo-conformer-tdt", "nemo-conformer-rnnt", "nemo-conformer-ctc")
_TOO_SHORT = 0.1  # seconds; no word is shorter
_TOKEN = 0.24  # seconds a token takes at most: three steps of the encoder (80 ms), as only its start is told


class Parakeet:
    """A Transcriber. Which language was spoken is not told; v2 knows English alone."""

    longest = 30.0

    def __init__(self, found: Found, *, fast: bool = False, threads: int | None = None) -> None:
        """`fast` changes nothing: it is greedy already. Raises MissingExtra, UnreadableInput."""
        self._model, version = _load(found, threads)
        self._language = "en" if found.english_only else None
        self.name = f"onnx-asr {version}, {found.name} ({found.sha256[:8]})"

    def transcribe(self, pieces: Sequence[Samples], *, language: str | None) -> list[Heard]:
        """One Heard a piece, in order. `language` is taken over as it stands. ValueError beyond `longest`."""
        return [self._piece(piece, self._language or language) for piece in pieces]

    def _piece(self, samples: Samples, language: str | None) -> Heard:
        length = len(samples) / RATE
        if length > self.longest:
            raise ValueError(f"a piece of {length:.1f} s; {self.longest:.0f} s go at once")
        if length < _TOO_SHORT or not np.any(samples):
            return Heard(track=0, start=0.0, end=length, words=(), language=None, doubt="there was no sound")
        result = self._model.recognize(np.ascontiguousarray(samples, np.float32), sample_rate=RATE)
        words = tuple(_words(result.tokens or [], result.timestamps, result.logprobs, length))
        doubt = None if words else "no words could be made out"
        return Heard(track=0, start=0.0, end=length, words=words, language=language, doubt=doubt)


def _words(
    tokens: Sequence[str], times: Sequence[float] | None, logprobs: Sequence[float] | None, length: float
) -> list[Word]:
    """Tokens to words: one that begins with a space begins a word. Only starts are told, so the next one ends it."""
    if times is None:
        times = [0.0] * len(tokens)
    timed = []
    for i, (token, start) in enumerate(zip(tokens, times, strict=True)):
        following = times[i + 1] if i + 1 < len(times) else length
        sure = math.exp(logprobs[i]) if logprobs is not None else 1.0
        timed.append(Timed(token, start, min(following, start + _TOKEN), sure))
    return [
        Word(
            text=word.text,
            start=round(word.start, 2),
            end=round(word.end, 2),
            confidence=round(word.sure, 3) if logprobs is not None else None,
        )
        for word in sensible(whole(timed), length)
    ]


def _load(found: Found, threads: int | None) -> tuple[Any, str]:
    try:
        import onnx_asr
        import onnxruntime
    except ImportError:
        raise MissingExtra(
            "this model needs onnx-asr, which is not installed",
            hint='Install it with: pip install "duologue[parakeet]"',
        ) from None
    from importlib.metadata import version

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0  # 0: as many as there are
    small = any(file.name.endswith(".int8.onnx") for file in found.files)
    try:
        model = onnx_asr.load_model(
            _kind(found),
            found.folder,  # a folder that is there: onnx-asr asks no hub then
            quantization="int8" if small else None,
            sess_options=options,
            providers=["CPUExecutionProvider"],
        )
    except Exception as error:  # onnxruntime and onnx-asr raise classes of their own for what is wrong with a file
        raise UnreadableInput(f"the model cannot be loaded ({error})", where=str(found.folder)) from None
    return model.with_timestamps(), version("onnx-asr")


def _kind(found: Found) -> str:
    """How onnx-asr calls this kind of model: what its configuration says, else what its files say."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        said = json.loads((found.folder / "config.json").read_bytes()).get("model_type")
        if said in _KINDS:
            return str(said)
    joint = any(file.name.startswith("decoder_joint-model") for file in found.files)
    return "nemo-conformer-tdt" if joint else "nemo-conformer-ctc"
