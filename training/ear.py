"""The weights of the partner's ear: `python -m training.ear [--write]`, a minute, no GPU.

Trained on `corpus/users/hears-*.jsonl` alone: lines that we wrote, each with what the partner said before. A fifth,
by what was said before, is kept aside; `dev.jsonl` chose the settings below; `kept.jsonl` is for reporting only
(`benchmarks/practice.py`). Needs torch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import torch

from duologue.acts.trained.labeller import ACCURATE
from duologue.model import Conversation, Speaker, Turn
from duologue.practice.ear import HEARS, features
from duologue.text import scene

HERE = Path(__file__).parent.parent
LINES = sorted((HERE / "corpus" / "users").glob("hears-*.jsonl"))
TARGET = HERE / "src" / "duologue" / "practice" / "ear" / "model.json"
LEAST = 2  # lines that a pair of words stands in before it counts
DECAY = 2e-5  # of 1e-5 to 5e-3, and with classes weighed alike or as they come, what heard `dev.jsonl` best
KINDS = ("selling", "managing", "everyday")
_KIND = {"sales": "selling", "managing": "managing", "home": "everyday"}


def lines() -> list[dict[str, str]]:
    """Every line with its class."""
    return [json.loads(text) for file in LINES for text in file.read_text("utf-8").splitlines() if text.strip()]


def acts_of(before: str, text: str, kind: str) -> dict[str, float]:
    """The probability of each act in a line, the highest of its sentences."""
    cut = scene(
        Conversation(
            id="ear",
            kind=kind,  # type: ignore[arg-type]
            language="en",
            speakers=(Speaker(id="p", name="p", side="theirs"), Speaker(id="u", name="u", side="ours")),
            turns=(Turn(speaker="p", text=before or "Hello."), Turn(speaker="u", text=text)),
        )
    )
    return ACCURATE.weigh(cut, 1)[1]


def is_asked(before: str, kind: str) -> bool:
    """Whether the partner had asked on, as the labeller reads it."""
    one = Conversation(
        id="ear", kind=kind, language="en",  # type: ignore[arg-type]
        speakers=(Speaker(id="p", name="p", side="theirs"), Speaker(id="u", name="u", side="ours")),
        turns=(Turn(speaker="p", text=before or "Hello."),),
    )  # fmt: skip
    return any(a.kind.startswith("invitation.") for a in ACCURATE.label(scene(one)))


def is_aside(line: dict[str, str]) -> bool:
    """One line in five, by what was said before it."""
    return hashlib.sha256(line["before"].encode()).digest()[0] % 5 == 0


def rows(some: list[dict[str, str]]) -> list[dict[str, float]]:
    """The features of each line."""
    kinds = ACCURATE.facts.kinds
    asked: dict[tuple[str, str], bool] = {}
    found = []
    for d in some:
        kind = _KIND.get(d["domain"], "selling")
        key = (d["before"], kind)
        if key not in asked:
            asked[key] = is_asked(*key)
        acts = acts_of(d["before"], d["text"], kind)
        found.append(dict(features(d["text"], d["before"], acts, asked=asked[key], kinds=kinds)))
    return found


def fitted(some: list[dict[str, float]], classes: list[str], *, decay: float = DECAY) -> dict[str, list[float]]:
    """Softmax regression with L2 decay."""
    torch.manual_seed(0)
    often = Counter(name for r in some for name in r)
    names = sorted(n for n, c in often.items() if c >= (LEAST if n.startswith("gram:") else 1))
    at = {n: i for i, n in enumerate(names)}
    x = torch.zeros(len(some), len(names))
    for i, r in enumerate(some):
        for n, v in r.items():
            if n in at:
                x[i, at[n]] = v
    y = torch.tensor([HEARS.index(c) for c in classes])  # type: ignore[arg-type]
    w = torch.zeros(len(names), len(HEARS), requires_grad=True)
    steps = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        steps.zero_grad()
        value = torch.nn.functional.cross_entropy(x @ w, y) + decay * (w**2).sum()
        value.backward()
        return value

    steps.step(loss)
    return {n: [round(float(v), 3) for v in w[i].detach()] for n, i in at.items()}


def judged(weights: dict[str, list[float]], some: list[dict[str, float]]) -> list[str]:
    """The class of each line."""
    found = []
    for r in some:
        z = [sum(weights[n][k] * v for n, v in r.items() if n in weights) for k in range(len(HEARS))]
        found.append(HEARS[z.index(max(z))])
    return found


def table(said: list[str], true: list[str]) -> str:
    """Right of each class, and which it was taken for."""
    out = [f"right: {sum(a == b for a, b in zip(said, true, strict=True))} of {len(true)}"]
    for h in HEARS:
        of = [a for a, b in zip(said, true, strict=True) if b == h]
        claimed = [b for a, b in zip(said, true, strict=True) if a == h]
        taken = ", ".join(f"{k} {n}" for k, n in Counter(a for a in of if a != h).most_common(3))
        if of:
            recall, precision = of.count(h) / len(of), claimed.count(h) / max(1, len(claimed))
            out.append(f"  {h:9} recall {recall:.2f} precision {precision:.2f} of {len(of)}; taken for: {taken or '-'}")
    return "\n".join(out)


def main() -> None:
    """Trains, says how well it does on the fifth kept aside, and writes the weights of all where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    some = lines()
    found = rows(some)
    classes = [d["hears"] for d in some]
    own = [i for i, d in enumerate(some) if not is_aside(d)]
    aside = [i for i, d in enumerate(some) if is_aside(d)]
    weights = fitted([found[i] for i in own], [classes[i] for i in own])
    print(f"{len(some)} lines, {len(aside)} of them kept aside")
    print(table(judged(weights, [found[i] for i in aside]), [classes[i] for i in aside]))
    if asked.write:
        data: dict[str, Any] = {
            "name": "ear-1",
            "acts": list(ACCURATE.facts.kinds),
            # Pairs of words that weigh next to nothing are left out: half the file, and no line is heard otherwise.
            "features": {n: w for n, w in weights.items() if not n.startswith("gram:") or max(map(abs, w)) >= 0.05},
        }
        TARGET.write_text(json.dumps(data, ensure_ascii=False) + "\n", "utf-8")
        print(f"written: {TARGET.name}, {len(data['features'])} features")


if __name__ == "__main__":
    main()
