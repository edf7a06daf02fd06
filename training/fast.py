"""The fast model: word vectors and two small convolutions, taught by the accurate one.

    python -m training.teach --model build/accurate --out build/soft.npz
    python -m training.fast  --soft build/soft.npz --out build/fast
    python -m training.finish --model build/fast --name fast/1 --no-rules

Its word vectors are MiniLM's, brought to fewer dimensions by their principal components, and go on learning. Besides
each word it is told whether the same word stands on the other side of the turn's start, because giving back what was
just said is what several acts are made of.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from training import public
from training.batches import Batch, batch, batches, key, load_soft, rows
from training.examples import CORPUS, KINDS, as_raw, corpus, parts
from training.export import write_onnx
from training.scores import macro, thresholds
from training.train import BASE, ROOT, checked, load_tokenizer, loss_of, predict, sha256

WIDTH, CHANNELS, HIDDEN = 64, 128, 128


class FastNetwork(nn.Module):
    """The same windows in, the same logits out as `ActNetwork`."""

    def __init__(self, vectors: Tensor) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(vectors, freeze=False)
        self.marks = nn.Embedding(4, WIDTH)  # before or in the turn × said on the other side of its start or not
        self.near = nn.Conv1d(WIDTH, CHANNELS, 3, padding=1)
        self.far = nn.Conv1d(CHANNELS, CHANNELS, 3, padding=1)
        self.drop = nn.Dropout(0.2)
        self.hidden = nn.Linear(3 * CHANNELS, HIDDEN)
        self.head = nn.Linear(HIDDEN, len(KINDS))

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor, pool: Tensor) -> Tensor:
        """ids, types, mask: (windows, tokens); pool: (sentences, windows × tokens), rows sum to 1. → (sentences, acts)

        A sentence is read as the mean and the maximum of its tokens, beside the mean of its window.
        """
        same = (ids.unsqueeze(2) == ids.unsqueeze(1)) & (types.unsqueeze(2) != types.unsqueeze(1))
        again = (same & (mask.unsqueeze(1) > 0)).any(2).long() * (ids > 1012).long()  # below: marks and single signs
        kept = mask.unsqueeze(-1).to(torch.float32)
        x = (self.words(ids) + self.marks(types * 2 + again)) * kept
        y = torch.relu(self.near(x.transpose(1, 2))).transpose(1, 2) * kept
        y = y + torch.relu(self.far(y.transpose(1, 2))).transpose(1, 2) * kept
        own = pool.reshape(pool.shape[0], ids.shape[0], ids.shape[1])
        member = (own.sum(-1) > 0).to(torch.float32)
        here = y[member.argmax(1)]  # (sentences, tokens, channels): the window that holds the sentence
        weight = own.sum(1).unsqueeze(-1)
        mean = (here * weight).sum(1)
        most = (here * (weight > 0).to(torch.float32)).max(1).values  # activations are not negative
        whole = member @ (y.sum(1) / kept.sum(1))
        return self.head(torch.relu(self.hidden(self.drop(torch.cat([mean, most, whole], dim=-1)))))


def principal(base: Path) -> Tensor:
    """MiniLM's word vectors on their first principal components, scaled to unit variance: (vocabulary, WIDTH)."""
    with safe_open(base / "model.safetensors", "pt") as held:
        table = held.get_tensor("embeddings.word_embeddings.weight").float()
    centred = table - table.mean(0)
    _, _, axes = torch.linalg.svd(centred[::3], full_matrices=False)
    small = centred @ axes[:WIDTH].T
    return small / small.std()


def train(network: FastNetwork, some: list, raw: list, *, epochs: int, seed: int, rate: float) -> None:
    """Fine-tune in place. Each epoch reads a third of those turns as raw recogniser output that were taught so."""
    rng = random.Random(seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02)
    size = 64
    steps = epochs * (sum(map(len, some)) // size + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )
    for epoch in range(epochs):
        network.train()
        start, total, n = time.time(), 0.0, 0
        seen = [r if rng.random() < 0.33 else c for c, r in zip(some, raw, strict=True)]
        for b in batches([row for made in seen for row in made], size, rng):
            loss = loss_of(network, b)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total, n = total + loss.item(), n + 1
            if n % 200 == 0:
                print(f"  {n} batches, {time.time() - start:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: loss {total / n:.4f}, {time.time() - start:.0f} s", flush=True)


def export(network: FastNetwork, example: Batch, file: Path) -> None:
    """Write ONNX with the word vectors in int8, a scale a word; everything else stays fp32."""
    write_onnx(network, example, file)
    model = onnx.load(str(file))
    graph = model.graph
    table = next(t for t in graph.initializer if t.name == "words.weight")
    full = numpy_helper.to_array(table)
    scale = np.maximum(np.abs(full).max(1, keepdims=True), 1e-6) / 127
    graph.initializer.remove(table)
    graph.initializer.extend([
        numpy_helper.from_array(np.round(full / scale).astype(np.int8), "words.int8"),
        numpy_helper.from_array(scale.astype(np.float32), "words.scale"),
    ])  # fmt: skip
    at = next(i for i, n in enumerate(graph.node) if "words.weight" in n.input)
    old = graph.node[at]
    ids, out = old.input[1], old.output[0]
    graph.node.remove(old)
    made = [
        onnx.helper.make_node("Gather", ["words.int8", ids], ["words.picked"]),
        onnx.helper.make_node("Cast", ["words.picked"], ["words.float"], to=onnx.TensorProto.FLOAT),
        onnx.helper.make_node("Gather", ["words.scale", ids], ["words.scales"]),
        onnx.helper.make_node("Mul", ["words.float", "words.scales"], [out]),
    ]
    for i, node in enumerate(made):
        graph.node.insert(at + i, node)
    onnx.checker.check_model(model)
    onnx.save(model, str(file))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, default=ROOT / "build" / "base")
    parser.add_argument("--soft", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_flush_denormal(True)
    tokenizer = load_tokenizer(checked(args.base) / "tokenizer.json")
    fit, dev, test = parts(corpus())
    fit += public.load(args.shared) + public.unlabelled(args.shared)
    soft = load_soft(args.soft)
    some = [rows([e], tokenizer, soft) for e in fit]
    flat = [as_raw(e) for e in fit]
    raw = [rows([f], tokenizer, soft) if key(f) in soft else made for f, made in zip(flat, some, strict=True)]
    network = FastNetwork(principal(args.base))
    train(network, some, raw, epochs=args.epochs, seed=args.seed, rate=args.rate)
    found, wanted, counted = predict(network, rows(dev, tokenizer))
    cut = thresholds(found, wanted, counted)
    print(f"macro-F1 on the part that chose the thresholds: {macro(found, wanted, counted, cut):.3f}")
    print(
        f"macro-F1 on the part that nothing was chosen on: {macro(*predict(network, rows(test, tokenizer)), cut):.3f}"
    )
    args.out.mkdir(parents=True, exist_ok=True)
    network.eval()
    save_file(network.state_dict(), args.out / "weights.safetensors")
    export(network, batch(some[0]), args.out / "encoder.onnx")
    facts = {
        "kinds": KINDS, "base": BASE, "epochs": args.epochs, "rate": args.rate, "seed": args.seed,
        "soft": sha256(args.soft),
        "data": {f.name: sha256(f) for f in sorted(CORPUS.glob("*.jsonl"))} | public.hashes(args.shared),
    }  # fmt: skip
    (args.out / "training.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    print(f"{(args.out / 'encoder.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
