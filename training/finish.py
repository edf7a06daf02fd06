"""Calibration, thresholds and the split of work with the rules.

    python -m training.finish --base FOLDER --model build/accurate

All of it is chosen on the development part of our own corpus (an eighth of its items, never trained on), through the
quantised file that would ship. Writes `model.json` beside the weights.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer

from duologue.acts.rules import RULES
from duologue.model import Conversation, Speaker, Turn
from duologue.text import scene
from training.batches import batch, rows
from training.examples import DEV, KINDS, Example, as_raw, corpus, split
from training.export import feed
from training.scores import by_act, f1, thresholds

BETTER = 0.05  # rules keep an act only where they beat the model by this much, on at least LEAST positives
LEAST = 15


def logits(file: Path, tokenizer: Tokenizer, examples: list[Example]) -> tuple[np.ndarray, torch.Tensor, torch.Tensor]:
    """Logits, targets and counts of every sentence, window by window as at run time."""
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    out, wanted, counted = [], [], []
    for row in rows(examples, tokenizer):
        b = batch([row])
        out.append(session.run(None, feed(b))[0])
        wanted.append(b.targets)
        counted.append(b.counts)
    return np.concatenate(out), torch.cat(wanted), torch.cat(counted)


def platt(logit: np.ndarray, wanted: torch.Tensor, counted: torch.Tensor) -> tuple[float, float]:
    """Scale and shift of one act's logit that fit its frequencies best, held near (1, 0) where positives are few."""
    x, y, w = torch.tensor(logit), wanted, counted
    scale, shift = torch.ones((), requires_grad=True), torch.zeros((), requires_grad=True)
    optimiser = torch.optim.LBFGS([scale, shift], max_iter=60)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        each = torch.nn.functional.binary_cross_entropy_with_logits(scale * x + shift, y, weight=w, reduction="sum")
        total = each + 2.0 * ((scale - 1) ** 2 + shift**2)
        total.backward()
        return total

    optimiser.step(loss)
    return max(0.2, scale.item()), shift.item()


def by_rules(examples: list[Example]) -> torch.Tensor:
    """What the rules say of the same sentences: (sentences, acts). A sentence they cut otherwise takes the overlap's
    acts.
    """
    said = []
    for e in examples:
        text = " ".join(s.text for s in e.sentences)
        other = "theirs" if e.side == "ours" else "ours"
        made = Conversation(
            id="x",
            language="en",
            speakers=(Speaker(id="o", name="o", side=other), Speaker(id="s", name="s", side=e.side)),
            turns=(Turn(speaker="o", text=e.before or "."), Turn(speaker="s", text=text)),
        )
        acts = [a for a in RULES.label(scene(made)) if a.span.turn == 1]
        at = 0
        for s in e.sentences:
            end = at + len(s.text)
            mine = {a.kind for a in acts if a.span.start < end and a.span.end > at}
            said.append([float(k in mine) for k in KINDS])
            at = end + 1
    return torch.tensor(said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--name", default="model/accurate-1")
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    dev, _ = split(corpus(), DEV)
    both = dev + [as_raw(e) for e in dev if e.style == "clean"]
    raw, wanted, counted = logits(args.model / "encoder.onnx", tokenizer, both)
    fits = {k: platt(raw[:, i], wanted[:, i], counted[:, i]) for i, k in enumerate(KINDS)}
    found = torch.sigmoid(torch.tensor(np.stack([raw[:, i] * a + b for i, (a, b) in enumerate(fits.values())], axis=1)))
    cut = thresholds(found, wanted, counted)
    rules = by_rules(both)
    ours, kept = by_act(found, wanted, counted, cut), []
    print(f"{'act':28} {'n':>5} {'model':>6} {'rules':>6}")
    for i, k in enumerate(KINDS):
        theirs = f1(rules[:, i], wanted[:, i], counted[:, i])
        n, own = ours[k]
        if theirs > own + BETTER and n >= LEAST:
            kept.append(k)
        print(f"{k:28} {n:5d} {own:6.2f} {theirs:6.2f}{'  rules' if k in kept else ''}")
    facts = {
        "name": args.name,
        "kinds": KINDS,
        "thresholds": {k: round(float(c), 3) for k, c in zip(KINDS, cut, strict=True)},
        "scale": {k: round(a, 3) for k, (a, _) in fits.items()},
        "shift": {k: round(b, 3) for k, (_, b) in fits.items()},
        "rules": kept,
    }
    (args.model / "model.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
