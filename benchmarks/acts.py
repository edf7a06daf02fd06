"""How fast acts are found, beside a named peer in the same run, on one core.

    python -m benchmarks.acts --peer build/minilm-int8.onnx

`accurate` against bare MiniLM-L6, int8, fed sentence by sentence (what a sentence encoder without a head costs);
`fast` in sentences a second. Without --peer only our own two are timed. `--make-peer` writes that file from build/base;
it needs the training extra.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime

from duologue import read
from duologue.acts.trained.encoder import Encoder
from duologue.acts.trained.inputs import CLS, SEP, Window, windows
from duologue.acts.trained.labeller import ACCURATE, FAST, Trained, before
from duologue.text import scene

ROOT = Path(__file__).resolve().parents[1]
TIMES = 5


def best(run: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    found = []
    for _ in range(TIMES):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def make_peer(base: Path, file: Path) -> None:
    """MiniLM-L6 as published, mean-pooled, quantised as ours is."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import BertModel

    class Bare(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
            return states.mean(1)

    plain = file.with_suffix(".fp32.onnx")
    some = (torch.ones(1, 9, dtype=torch.long), torch.ones(1, 9, dtype=torch.long))
    torch.onnx.export(
        Bare().eval(), some, str(plain), input_names=["ids", "mask"], output_names=["vector"],
        dynamic_axes={"ids": {0: "b", 1: "t"}, "mask": {0: "b", 1: "t"}}, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(str(plain), str(file), per_channel=True, weight_type=QuantType.QInt8)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--make-peer", type=Path, metavar="FILE")
    args = parser.parse_args()
    if args.make_peer:
        make_peer(ROOT / "build" / "base", args.make_peer)
        return
    talk = read(ROOT / "examples" / "discovery-call.vtt", us="Nora Feld")
    made = scene(talk)
    turns = range(len(talk.turns))
    n = sum(len(s) for s in made.sentences)

    def one_core(labeller: Trained) -> Callable[[], object]:
        encoder: Encoder = labeller.encoder

        def run() -> object:
            pieces = encoder.tokens(made, turns)
            some: list[Window] = [
                w
                for t in turns
                for w in windows(before=before(made, t, pieces), sentences=pieces[t], side=made.side(t))
            ]
            return [encoder.run(w) for w in some]

        run()
        return run

    ours, quick = best(one_core(ACCURATE)), best(one_core(FAST))
    print(f"{n} sentences, one core; best of {TIMES}")
    print(f"accurate  {n / ours:8,.0f} sentences a second")
    print(f"fast      {n / quick:8,.0f} sentences a second")
    if args.peer:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(str(args.peer), options, providers=["CPUExecutionProvider"])

        def peer() -> object:
            texts = [s.text for row in made.sentences for s in row]
            ids = [np.array([[CLS, *p, SEP]], np.int64) for p in ACCURATE.encoder.pieces(texts)]
            return [session.run(None, {"ids": i, "mask": np.ones_like(i)}) for i in ids]

        peer()
        theirs = best(peer)
        print(f"MiniLM-L6, int8, sentence by sentence {n / theirs:8,.0f} a second")
        print(f"accurate takes {ours / theirs:.2f} of its time, fast {quick / theirs:.3f}")


if __name__ == "__main__":
    main()
