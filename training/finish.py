"""Calibration, what a rule adds, and thresholds.

    python -m training.finish --model build/accurate --name accurate/1

All of it is chosen on the development part of our own corpus (an eighth of its items, never trained on), through the
quantised file that ships, on the turns as they are and as raw recogniser output. Writes `model.json` beside the
weights, and prints for each act the agreement of model and rules together, and of the rules alone.
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
from training.examples import JUDGEMENTS, KINDS, Example, answers, as_raw, corpus, parts
from training.export import feed
from training.scores import by_act, f1, macro, thresholds
from training.train import ROOT, load_tokenizer


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


def fit(
    logit: np.ndarray, rule: torch.Tensor, wanted: torch.Tensor, counted: torch.Tensor
) -> tuple[float, float, float]:
    """(scale, shift, what a rule adds) of one act that fit its frequencies best: Platt's scaling with the rule as a
    second witness. Held near (1, 0, 0) where positives are few; a rule never speaks against the act it found."""
    x = torch.tensor(logit)
    known = torch.tensor([1.0, 0.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([known], max_iter=60)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        z = known[0] * x + known[1] + known[2] * rule
        each = torch.nn.functional.binary_cross_entropy_with_logits(z, wanted, weight=counted, reduction="sum")
        total = each + 2.0 * ((known[0] - 1) ** 2 + known[1] ** 2 + known[2] ** 2)
        total.backward()
        return total

    optimiser.step(loss)
    scale, shift, added = known.tolist()
    return max(0.2, scale), shift, max(0.0, added)


def judgements(file: Path, tokenizer: Tokenizer) -> dict[str, dict[str, float]]:
    """Of each judgement of an answer: the scale and shift that make its logit a probability."""
    some = parts(answers())[1]
    raw, wanted, counted = logits(file, tokenizer, some + [as_raw(e) for e in some if e.style == "clean"])
    found = {}
    for i, name in enumerate(JUDGEMENTS, len(KINDS)):
        none = torch.zeros(len(raw))
        scale, shift, _ = fit(raw[:, i], none, wanted[:, i], counted[:, i])
        said = torch.tensor((raw[:, i] * scale + shift >= 0).astype(np.float32))
        print(f"{name:28} {int(wanted[:, i].sum()):5d} {f1(said, wanted[:, i], counted[:, i]):6.2f}")
        found[name] = {"scale": round(scale, 3), "shift": round(shift, 3)}
    return found


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
    parser.add_argument("--base", type=Path, default=ROOT / "build" / "base")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--name", required=True, help="what each act says in `by`, such as accurate/1")
    parser.add_argument("--no-rules", action="store_true", help="the model alone (it is to be fast)")
    args = parser.parse_args()
    tokenizer = load_tokenizer(args.base / "tokenizer.json")
    _, dev, _ = parts(corpus())
    both = dev + [as_raw(e) for e in dev if e.style == "clean"]
    raw, wanted, counted = logits(args.model / "encoder.onnx", tokenizer, both)
    rules = by_rules(both)
    witness = torch.zeros_like(rules) if args.no_rules else rules
    fits = [fit(raw[:, i], witness[:, i], wanted[:, i], counted[:, i]) for i in range(len(KINDS))]
    joint = [raw[:, i] * a + b + c * witness[:, i].numpy() for i, (a, b, c) in enumerate(fits)]
    found = torch.sigmoid(torch.tensor(np.stack(joint, axis=1)))
    cut = thresholds(found, wanted, counted)
    ours = by_act(found, wanted, counted, cut)
    print(f"{'act':28} {'n':>5} {'F1':>6} {'rules':>6} {'scale':>6} {'shift':>6} {'rule':>6} {'least':>6}")
    for i, (k, (a, b, c)) in enumerate(zip(KINDS, fits, strict=True)):
        n, own = ours[k]
        theirs = f1(rules[:, i], wanted[:, i], counted[:, i])
        print(f"{k:28} {n:5d} {own:6.2f} {theirs:6.2f} {a:6.2f} {b:6.2f} {c:6.2f} {cut[i].item():6.2f}")
    columns = dict(zip(("scale", "shift", "rule"), zip(*fits, strict=True), strict=True))
    facts = {"name": args.name, "kinds": KINDS}
    for name, values in (columns | {"thresholds": cut.tolist()}).items():
        facts[name] = {k: round(float(v), 3) for k, v in zip(KINDS, values, strict=True)}
    if raw.shape[1] > len(KINDS):
        facts["judgements"] = judgements(args.model / "encoder.onnx", tokenizer)
    (args.model / "model.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    print(f"macro-F1 on the part that chose them: {macro(found, wanted, counted, cut):.3f}")


if __name__ == "__main__":
    main()
