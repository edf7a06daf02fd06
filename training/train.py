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
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn

from training import public
from training.batches import Batch, Soft, batches, load_soft, rows
from training.examples import (
    CORPUS,
    KINDS,
    LADDERS,
    PAIRS,
    Example,
    answers,
    as_raw,
    corpus,
    open_pairs,
    parts,
    split,
)
from training.network import ActNetwork
from training.scores import macro, thresholds

BASE = "all-MiniLM-L6-v2"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
ROOT = Path(__file__).parents[1]
RUNS = ROOT / "training" / "runs.json"
ANSWERS = 2  # answers are few beside turns: each is read twice an epoch


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def hashes(*folders: Path) -> dict[str, str]:
    return {f.name: sha256(f) for folder in folders for f in sorted(folder.glob("*.jsonl"))}


def load_tokenizer(file: Path) -> Tokenizer:
    """MiniLM's word pieces as published, without padding or truncation."""
    if sha256(file) != TOKENIZER_SHA256:
        raise SystemExit(f"{file} is not the published file (its SHA-256 is another)")
    made = Tokenizer.from_file(str(file))
    made.no_padding()
    made.no_truncation()
    return made


def checked(base: Path) -> Path:
    """The folder, once its weights are the published ones."""
    if sha256(base / "model.safetensors") != BASE_SHA256:
        raise SystemExit(f"{base / 'model.safetensors'} is not the published file (its SHA-256 is another)")
    return base


def grown(weights: dict[str, torch.Tensor], network: ActNetwork) -> dict[str, torch.Tensor]:
    """Weights of a head with fewer columns, with the further ones as the network begins them."""
    own = network.state_dict()
    for name in ("head.weight", "head.bias"):
        weights[name] = torch.cat([weights[name], own[name][len(weights[name]) :]])
    return weights


def loss_of(network: ActNetwork, b: Batch) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(b.ids, b.types, b.mask, b.pool)
    columns = logits.shape[1]  # the fast model gives acts only
    targets, counts = b.targets[:, :columns], b.counts[:, :columns]
    each = nn.functional.binary_cross_entropy_with_logits(logits.float(), targets, reduction="none")
    return (each * counts).sum() / counts.sum().clamp(min=1)


@torch.no_grad()
def predict(network: ActNetwork, some: list, size: int = 32) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Probabilities, targets and counts of every sentence, in order."""
    network.eval()
    found, wanted, counted = [], [], []
    for b in batches(some, size, None):
        found.append(torch.sigmoid(network(b.ids, b.types, b.mask, b.pool))[:, : len(KINDS)])
        wanted.append(b.targets[:, : len(KINDS)])
        counted.append(b.counts[:, : len(KINDS)])
    return torch.cat(found), torch.cat(wanted), torch.cat(counted)


def train(
    network: ActNetwork,
    examples: list[Example],
    tokenizer: Tokenizer,
    *,
    epochs: int,
    seed: int,
    rate: float,
    soft: Soft | None = None,
    size: int = 48,
) -> Iterator[None]:
    """Fine-tune in place; yields after each epoch. A third of the clean turns are read as raw recogniser output, drawn
    anew each epoch."""
    rng = random.Random(seed)
    learned = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    head = [p for n, p in learned if n.startswith("head")]
    body = [p for n, p in learned if not n.startswith("head")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": head, "lr": 1.6e-3}], weight_decay=0.01)
    steps = epochs * (len(examples) // size + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
    )
    for epoch in range(epochs):
        network.train()
        start, total, n = time.time(), 0.0, 0
        seen = [as_raw(e) if e.style == "clean" and rng.random() < 0.33 else e for e in examples]
        for b in batches(rows(seen, tokenizer, soft), size, rng):
            loss = loss_of(network, b)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, n = total + loss.item(), n + 1
            if n % 50 == 0:
                print(f"  {n} batches, loss {total / n:.4f}, {time.time() - start:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: loss {total / n:.4f}, {time.time() - start:.0f} s", flush=True)
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, default=ROOT / "build" / "base")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--soft", type=Path, help="what a larger model says of each turn (training.teach)")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--test-writers", default="", help="letters of the writers who are only tested on")
    parser.add_argument("--share", type=float, default=1.0, help="share of the training groups, for a learning curve")
    parser.add_argument("--record", metavar="WHAT", help="write the figure to training/runs.json, for the card")
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    torch.set_flush_denormal(True)  # tiny gradients cost ten times the time otherwise
    tokenizer = load_tokenizer(checked(args.base) / "tokenizer.json")
    ours = corpus()
    fit, dev, test = parts(ours)
    if args.test_writers:  # these writers are only tested on
        test = [e for e in ours if e.source[-1] in args.test_writers]
        fit, dev = ([e for e in part if e.source[-1] not in args.test_writers] for part in (fit, dev))
    fit = split(fit, args.share, salt="curve")[0] + public.load(args.shared)
    fit += open_pairs() + ANSWERS * parts(answers())[0]
    soft = load_soft(args.soft) if args.soft else None
    if soft:
        fit += public.unlabelled(args.shared)
    print(f"{len(fit)} turns to train on, {len(dev)} to choose thresholds on, {len(test)} to test on", flush=True)

    network = ActNetwork(args.base, args.layers)
    if args.start:
        network.load_state_dict(grown(load_file(args.start), network))
    args.out.mkdir(parents=True, exist_ok=True)
    facts = {
        "kinds": KINDS, "base": BASE, "layers": args.layers, "epochs": args.epochs,
        "rate": args.rate, "seed": args.seed, "taught": soft is not None,
        "start": sha256(args.start) if args.start else None,
        "data": hashes(CORPUS, PAIRS, LADDERS) | public.hashes(args.shared),
    }  # fmt: skip
    (args.out / "training.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    learning = train(network, fit, tokenizer, epochs=args.epochs, seed=args.seed, rate=args.rate, soft=soft)
    for _ in learning:
        found, wanted, counted = predict(network, rows(dev, tokenizer))
        cut = thresholds(found, wanted, counted)
        own = macro(found, wanted, counted, cut)
        print(f"macro-F1 on the part that chose the thresholds: {own:.3f}", flush=True)
        save_file(network.state_dict(), args.out / "weights.safetensors")
    if test:
        where = f"files of writers {args.test_writers}" if args.test_writers else "the part that nothing was chosen on"
        reached = macro(*predict(network, rows(test, tokenizer)), cut)
        print(f"macro-F1 on {where}: {reached:.3f}")
        if args.record:
            held = json.loads(RUNS.read_text(encoding="utf-8")) if RUNS.exists() else []
            held = [run for run in held if run["what"] != args.record]
            held.append({"what": args.record, "turns": len(fit), "own": round(own, 3), "macro_f1": round(reached, 3)})
            RUNS.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
