"""Weights → an int8 ONNX file that the wheel can carry.

    python -m training.export --base FOLDER --model build/accurate

Weights are int8, a scale an output channel; activations are scaled as they come. That scale would depend on what else
is in a batch, so the runtime reads one window a call. Scales fixed beforehand were tried (static, min-max): single
outliers stretch them, and probabilities moved by .12 a turn against .04 this way.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from safetensors.torch import load_file

from training.batches import Batch, batch, rows
from training.examples import as_raw, corpus
from training.network import ActNetwork
from training.train import ROOT, load_tokenizer

INPUTS = ("ids", "types", "mask", "pool")


def feed(b: Batch) -> dict[str, np.ndarray]:
    return {name: getattr(b, name).numpy() for name in INPUTS}


def write_onnx(network: torch.nn.Module, example: Batch, file: Path) -> None:
    """The network as ONNX, for any number of windows, tokens and sentences."""
    torch.onnx.export(
        network,
        (example.ids, example.types, example.mask, example.pool),
        str(file),
        input_names=list(INPUTS),
        output_names=["logits"],
        dynamic_axes={"ids": {0: "w", 1: "t"}, "types": {0: "w", 1: "t"}, "mask": {0: "w", 1: "t"},
                      "pool": {0: "s", 1: "wt"}, "logits": {0: "s"}},
        opset_version=17,
        dynamo=False,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, default=ROOT / "build" / "base")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--turns", type=int, default=100, help="turns to compare with the unquantised weights")
    args = parser.parse_args()

    facts = json.loads((args.model / "training.json").read_text(encoding="utf-8"))
    network = ActNetwork(args.base, facts["layers"])
    network.load_state_dict(load_file(args.model / "weights.safetensors"))
    network.eval()
    tokenizer = load_tokenizer(args.base / "tokenizer.json")

    picked = random.Random(5).sample(corpus(), args.turns)
    ready = rows([as_raw(e) if i % 2 else e for i, e in enumerate(picked)], tokenizer)
    some = [batch([r]) for r in ready]
    plain, clean, small = (args.model / n for n in ("fp32.onnx", "clean.onnx", "encoder.onnx"))
    write_onnx(network, batch(ready[:3]), plain)
    quant_pre_process(str(plain), str(clean), skip_symbolic_shape=True)
    quantize_dynamic(
        str(clean),
        str(small),
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    differ = []
    one, two = (onnxruntime.InferenceSession(str(f), providers=["CPUExecutionProvider"]) for f in (plain, small))
    for b in some:
        a, c = (1 / (1 + np.exp(-s.run(None, feed(b))[0])) for s in (one, two))
        differ.append(np.abs(a - c).max())
    mean, most = np.mean(differ), max(differ)
    print(f"{small.stat().st_size / 1e6:.1f} MB; probabilities differ from fp32 by {mean:.3f}, at most {most:.3f}")


if __name__ == "__main__":
    main()
