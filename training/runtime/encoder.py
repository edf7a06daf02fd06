"""The encoder at run time: onnxruntime and tokenizers, nothing else. Loaded when it is first used.

The weights are int8 and activations are scaled as they come, over all that is in one call: so each window is a call
of its own, and gives the same numbers alone and in company. Two or more cores read windows side by side.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

from training.runtime.inputs import Window

_CORES = min(8, os.cpu_count() or 1)
_WORTH_THREADS = 8  # windows; fewer are read before a pool would be up


class Encoder:
    """The model in a folder: windows in, one row of logits a sentence out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # windows share the cores, not layers
        return onnxruntime.InferenceSession(
            (self._folder / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        made = Tokenizer.from_str((self._folder / "tokenizer.json").read_text(encoding="utf-8"))
        made.no_padding()
        made.no_truncation()
        return made

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text, without special tokens."""
        return [e.ids for e in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def logits(self, some: Sequence[Window]) -> list[Any]:
        """For each window, in order, an array (sentences, acts)."""
        if len(some) < _WORTH_THREADS:
            return [self._run(w) for w in some]
        with ThreadPoolExecutor(_CORES) as pool:
            return list(pool.map(self._run, some))

    def _run(self, w: Window) -> Any:
        import numpy as np

        n = len(w.ids)
        pool = np.zeros((len(w.spans), n), np.float32)
        for row, (_, start, end) in enumerate(w.spans):
            pool[row, start:end] = 1 / (end - start)
        ids, types = np.array([w.ids], np.int64), np.array([w.types], np.int64)
        inputs = {"ids": ids, "types": types, "mask": np.ones((1, n), np.int64), "pool": pool}
        return self._session.run(None, inputs)[0]
