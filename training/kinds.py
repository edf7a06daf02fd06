"""The words that tell what kind of conversation it is: a naive Bayes over words, as a small JSON beside its reader.

    python -m training.kinds            # trains, and prints how often it is right
    python -m training.kinds --write    # and puts the weights into the package

Trained on the corpus's training part. The confidence below which nothing is said is the least at which 14 in 15 are
right, on conversations of the training and development parts, each read by a model that had not seen it (one of FOLDS):
the development part alone holds too few, and one error there moved the cut from .62 to .89. The test part is only
reported on. Short items teach words; whole conversations (ten turns or more) are what is counted. Gold conversations
and twins are a check and choose nothing.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from corpus.check import items

from duologue.moments import kinds
from training.examples import DEV, TEST, place

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold" / "conversations"
WHOLE = 10  # turns from which an item counts as a conversation
LEAST_ITEMS, LEAST_WRITERS = 5, 3  # a word that fewer used tells of them, and not of a kind
DOUBT = 2  # items of each kind in which a word is taken to have been and not been as often as in any other
RIGHT = 14 / 15
FOLDS = 5

Said = tuple[str, str]  # (kind, text)


class Row(NamedTuple):
    """An item of the corpus: who wrote it, of how many turns, what it says."""

    id: str
    writer: str
    turns: int
    said: Said


def main() -> None:
    """Train, print, and with --write keep."""
    parser = argparse.ArgumentParser(description="The words of each kind of conversation.")
    parser.add_argument("--write", action="store_true", help="put the weights into the package")
    write = parser.parse_args().write
    parts: dict[str, list[Row]] = {"training": [], "development": [], "test": []}
    for _, item in items():
        at = place(item["id"])
        kind = "everyday" if item["domain"] == "home" else item["domain"]
        text = "\n".join(" ".join(s[0] for s in t["sentences"]) for t in item["turns"])
        part = "development" if at < DEV else "test" if at < DEV + TEST else "training"
        parts[part].append(Row(item["id"], item["writer"], len(item["turns"]), (kind, text)))

    cut = least(parts["training"] + parts["development"])
    made = train(parts["training"])._replace(least=cut)
    report("development", made, [row.said for row in parts["development"] if row.turns >= WHOLE])
    report("test", made, [row.said for row in parts["test"] if row.turns >= WHOLE])
    report("test, fewer turns", made, [row.said for row in parts["test"] if row.turns < WHOLE])
    report("twins", made, twins())
    if GOLD.is_dir():
        report("gold, development part", made, gold())
    if write:
        words = {w: "".join(kinds.LETTERS[x + kinds.ZERO] for x in made.words[w]) for w in sorted(made.words)}
        text = json.dumps({**made._asdict(), "words": words}, ensure_ascii=False, separators=(",", ":")) + "\n"
        kinds.WEIGHTS.write_text(text, encoding="utf-8")
        print(f"{kinds.WEIGHTS.name}: {len(text.encode()) / 1000:.0f} kB")


def train(rows: Sequence[Row]) -> kinds.Model:
    """Weights in tenths: the log of how much more often a kind's items hold a word than all items do, word by word."""
    names = sorted({row.said[0] for row in rows})
    seen: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(names)))
    writers: dict[str, set[str]] = defaultdict(set)
    many = np.zeros(len(names))
    for _, writer, _, (kind, text) in rows:
        many[names.index(kind)] += 1
        for word in kinds.words_of(text):
            seen[word][names.index(kind)] += 1
            writers[word].add(writer)
    size = sum(seen.values())
    shared = [w for w in sorted(seen) if seen[w].sum() >= LEAST_ITEMS and len(writers[w]) >= LEAST_WRITERS]
    found = np.array([seen[w] for w in shared])
    expected = found.sum(axis=1, keepdims=True) * size / np.sum(size)
    weights = np.log((found + DOUBT) / (expected + DOUBT))
    return kinds.Model(
        kinds=tuple(names),
        prior=tuple(round(10 * float(x)) for x in np.log(many / many.sum())),
        least=0.0,
        words={
            word: tuple(max(-kinds.ZERO, min(round(10 * float(x)), kinds.ZERO - 1)) for x in row)
            for word, row in zip(shared, weights, strict=True)
        },
    )


def least(rows: Sequence[Row]) -> float:
    """The lowest confidence from which RIGHT of what is said is right, each conversation read by a model without it."""
    said = []
    for fold in range(FOLDS):
        aside = [row for row in rows if int(FOLDS * place(row.id, "kinds")) == fold]
        model = train([row for row in rows if int(FOLDS * place(row.id, "kinds")) != fold])
        said += [(*kinds.told(model, row.said[1]), row.said[0]) for row in aside if row.turns >= WHOLE]
    said.sort(key=lambda x: -x[1])
    right, most, cut = 0, 0, 1.0
    for n, (first, sure, kind) in enumerate(said, 1):
        right += first == kind
        if right >= RIGHT * n:
            most, cut = n, sure
    print(f"training and development, out of fold: {len(said)}; said of {most} from {cut:.3f} on")
    return int(cut * 1e6) / 1e6


def report(name: str, model: kinds.Model, rows: Sequence[Said]) -> None:
    """One line: of how many something was said, and how often it was right; beside it the most likely kind of all."""
    told = [(kind, *kinds.told(model, text)) for kind, text in rows]
    said = [(kind, first) for kind, first, sure in told if sure >= model.least]
    right = sum(kind == first for kind, first in said)
    any_ = sum(kind == first for kind, first, _ in told)
    each = ", ".join(f"{k} {n}" for k, n in sorted(Counter(f for _, f in said).items()))
    print(f"{name}: {len(rows)}; said of {len(said)} ({each}), right {right}; most likely kind right {any_}")


def twins() -> list[Said]:
    """Conversations of the corpus that nothing is trained on."""
    lines = [row for file in sorted((ROOT / "corpus" / "twins").glob("*.jsonl")) for row in file.open(encoding="utf-8")]
    return [_said(json.loads(row)) for row in lines]


def gold() -> list[Said]:
    """The labelled conversations of others, for checking alone."""
    return [_said(json.loads(file.read_text(encoding="utf-8"))) for file in sorted(GOLD.glob("*.json"))]


def _said(found: dict[str, Any]) -> Said:
    return found["wire_kind"], "\n".join(t["text"] for t in found["turns"])


if __name__ == "__main__":
    main()
