"""Train the act model: `python -m training.train --base FOLDER --out build/accurate`.

FOLDER holds MiniLM (config.json, model.safetensors, tokenizer.json) as published; its SHA-256 is checked before it is
loaded. Seeded; hashes of everything that was read are written beside the weights. Two cores are enough.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import nn

from training import public
from training.batches import Batch, batches, rows
from training.examples import CORPUS, DEV, KINDS, Example, as_raw, corpus, split
from training.network import ActNetwork
from training.scores import macro, thresholds

BASE_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def checked(base: Path) -> Path:
    """The folder, once its files are the published ones."""
    for name, wanted in BASE_SHA256.items():
        if sha256(base / name) != wanted:
            raise SystemExit(f"{base / name} is not the published file (its SHA-256 differs)")
    return base


def loss_of(network: ActNetwork, b: Batch) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(b.ids, b.types, b.mask, b.pool)
    each = nn.functional.binary_cross_entropy_with_logits(logits.float(), b.targets, reduction="none")
    return (each * b.counts).sum() / b.counts.sum().clamp(min=1)


@torch.no_grad()
def predict(network: ActNetwork, some: list, size: int = 32) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Probabilities, targets and counts of every sentence, in order."""
    network.eval()
    found, wanted, counted = [], [], []
    for b in batches(some, size, None):
        found.append(torch.sigmoid(network(b.ids, b.types, b.mask, b.pool)))
        wanted.append(b.targets)
        counted.append(b.counts)
    return torch.cat(found), torch.cat(wanted), torch.cat(counted)


def train(
    network: ActNetwork,
    examples: list[Example],
    tokenizer: Tokenizer,
    *,
    epochs: int,
    seed: int,
    size: int = 32,
    rate: float = 2e-4,
) -> None:
    """Fine-tune in place. A third of the clean turns are read as raw recogniser output, drawn anew each epoch."""
    rng = random.Random(seed)
    learned = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    head = [p for n, p in learned if n.startswith("head")]
    body = [p for n, p in learned if not n.startswith("head")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": head, "lr": rate * 8}], weight_decay=0.01)
    steps = epochs * (len(examples) // size + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
    )
    for epoch in range(epochs):
        network.train()
        start, total, n = time.time(), 0.0, 0
        seen = [as_raw(e) if e.style == "clean" and rng.random() < 0.33 else e for e in examples]
        for b in batches(rows(seen, tokenizer), size, rng):
            loss = loss_of(network, b)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, n = total + loss.item(), n + 1
        print(f"epoch {epoch + 1}: loss {total / n:.4f}, {time.time() - start:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--test-writers", default="", help="letters of the writers who are only tested on")
    parser.add_argument("--share", type=float, default=1.0, help="share of the training groups, for a learning curve")
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    torch.set_flush_denormal(True)  # tiny gradients cost ten times the time otherwise
    tokenizer = Tokenizer.from_file(str(checked(args.base) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    ours = corpus()
    test = [e for e in ours if e.source[-1] in args.test_writers]
    dev, fit = split([e for e in ours if e not in test], DEV)
    fit = split(fit, args.share, salt="curve")[0] + public.load(args.shared)
    print(f"{len(fit)} turns to train on, {len(dev)} to choose thresholds on, {len(test)} to test on", flush=True)

    network = ActNetwork(args.base, args.layers)
    train(network, fit, tokenizer, epochs=args.epochs, seed=args.seed)
    found, wanted, counted = predict(network, rows(dev, tokenizer))
    cut = thresholds(found, wanted, counted)
    print(f"macro-F1 on the part that chose the thresholds: {macro(found, wanted, counted, cut):.3f}")
    if test:
        print(f"macro-F1 on other writers' files: {macro(*predict(network, rows(test, tokenizer)), cut):.3f}")

    args.out.mkdir(parents=True, exist_ok=True)
    save_file(network.state_dict(), args.out / "weights.safetensors")
    facts = {
        "kinds": KINDS, "layers": args.layers, "epochs": args.epochs, "seed": args.seed, "base": BASE_SHA256,
        "data": {f.name: sha256(f) for f in sorted(CORPUS.glob("*.jsonl"))} | public.hashes(args.shared),
        "thresholds": {k: round(float(c), 3) for k, c in zip(KINDS, cut, strict=True)},
    }  # fmt: skip
    (args.out / "training.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
