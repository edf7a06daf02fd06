"""The encoder at run time: onnxruntime and tokenizers, nothing else. Loaded when it is first used.

The weights are int8 and activations are scaled as they come, over all that is in one call: so each window is a call
of its own, and gives the same numbers alone and in company. Two or more cores read windows side by side.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any

from duologue.acts.trained.inputs import Window
from duologue.acts.trained.spelling import alike
from duologue.text import Scene

_CORES = min(8, os.cpu_count() or 1)
_WORTH_THREADS = 8  # windows; fewer are read before a pool would be up


class Encoder:
    """The model in a folder, and the word pieces beside it: windows in, one row of logits a sentence out."""

    def __init__(self, folder: Traversable, tokenizer: Traversable) -> None:
        self._folder, self._pieces = folder, tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        onnxruntime.disable_telemetry_events()  # P3: its builds for Windows would send some
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # windows share the cores, not layers
        return onnxruntime.InferenceSession(
            self._folder.joinpath("encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        made = Tokenizer.from_str(self._pieces.read_text(encoding="utf-8"))
        made.no_padding()
        made.no_truncation()
        return made

    def tokens(self, scene: Scene, turns: Iterable[int]) -> dict[int, list[list[int]]]:
        """Word pieces of each sentence of these turns, and of the floors before them, without special tokens."""
        needed = set(turns)
        for turn in tuple(needed):
            floor = scene.before(turn)
            needed.update(floor.turns if floor else ())
        at = [(t, alike(s.text)) for t in sorted(needed) for s in scene.sentences[t]]
        found: dict[int, list[list[int]]] = {t: [] for t in needed}
        for (turn, _), ids in zip(at, self.pieces([text for _, text in at]), strict=True):
            found[turn].append(ids)
        return found

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """Word pieces of each text."""
        return [e.ids for e in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def logits(self, some: Sequence[Window]) -> list[Any]:
        """For each window, in order, an array (sentences, acts)."""
        if len(some) < _WORTH_THREADS:
            return [self.run(w) for w in some]
        self._session  # noqa: B018 (loaded once, before several threads would each load it)
        with ThreadPoolExecutor(_CORES) as pool:
            return list(pool.map(self.run, some))

    def run(self, w: Window) -> Any:
        import numpy as np

        n = len(w.ids)
        pool = np.zeros((len(w.spans), n), np.float32)
        for row, (_, start, end) in enumerate(w.spans):
            pool[row, start:end] = 1 / (end - start)
        ids, types = np.array([w.ids], np.int64), np.array([w.types], np.int64)
        inputs = {"ids": ids, "types": types, "mask": np.ones((1, n), np.int64), "pool": pool}
        return self._session.run(None, inputs)[0]
