"""The figures of the model card: what the labellers that ship claim on the part that nothing was trained or chosen on.

`training.evaluate` writes the page from them. Needs no torch.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from corpus import check

from duologue.acts import ACCURATE, Labeller
from duologue.acts.trained.labeller import Trained
from duologue.model import Conversation, Span, Speaker, Turn
from duologue.text import Scene, Sentence, scene, words
from training.examples import CORPUS, DEV, KINDS, TEST, flat, place

REWRITES = CORPUS.parent / "rewrites"
BINS = 10
LEAST = 12  # positives from which on an act counts in a macro-F1
RESAMPLES = 500
# Acts that moments to work on are made of: what a reader of another variety of English would be shown more of.
LEADS_TO_MINUS = (
    "advice", "pitch", "disagreement", "either_or", "assumption", "persuasion", "question.leading", "call_to_action",
    "withdrawal",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One act of one sentence: what the labeller gave it, and whether people did."""

    item: str
    kind: str
    probability: float
    said: bool
    true: bool
    text: str
    domain: str


def as_scene(item: dict[str, Any], *, raw: bool = False) -> Scene:
    """An item of the corpus as the labellers read it, cut where its writer cut it. `raw`: no capitals, no marks."""
    turns, cut = [], []
    for t, turn in enumerate(item["turns"]):
        at, own, texts = 0, [], []
        for row in turn["sentences"]:
            text = flat(row[0]) if raw else " ".join(row[0].split())
            text = text or "…"
            own.append(Sentence(span=Span(turn=t, start=at, end=at + len(text)), text=text, words=words(text)))
            texts.append(text)
            at += len(text) + 1
        turns.append(Turn(speaker=turn["speaker"], text=" ".join(texts)))
        cut.append(tuple(own))
    people = tuple(Speaker(id=k, name=k, side=side) for k, side in item["speakers"].items())
    made = scene(Conversation(id=item["id"], language="en", speakers=people, turns=tuple(turns)))
    return replace(made, sentences=tuple(cut))


def judged(items: Iterable[dict[str, Any]], labeller: Labeller, *, raw: bool = False) -> list[Said]:
    """Every act of every sentence that people are sure about."""
    again, found = check.second(), []
    for item in items:
        made = as_scene(item, raw=raw)
        given = _given(labeller, made)
        for t, turn in enumerate(item["turns"]):
            for i, row in enumerate(turn["sentences"]):
                acts, unsure = set(row[1]), set(row[2] if len(row) > 2 else ())
                if (second := again.get(item["id"])) is not None:
                    unsure |= acts ^ set(second[t][i])
                for kind in KINDS:
                    if kind not in unsure:
                        p, claimed = given(t, i, kind)
                        found.append(
                            Said(item=item["id"], kind=kind, probability=p, said=claimed, true=kind in acts,
                                 text=row[0], domain=item["domain"])
                        )  # fmt: skip
    return found


def _given(labeller: Labeller, made: Scene) -> Callable[[int, int, str], tuple[float, bool]]:
    """(turn, sentence, act) → its probability, and whether it is claimed."""
    if isinstance(labeller, Trained):
        facts, found = labeller.facts, labeller.probabilities(made)
        at = {k: i for i, k in enumerate(facts.kinds)}

        def trained(t: int, i: int, kind: str) -> tuple[float, bool]:
            p = float(found[t, i][at[kind]])
            return p, p >= facts.thresholds[kind]

        return trained
    claimed = {(a.span, a.kind): a.confidence for a in labeller.label(made)}

    def ruled(t: int, i: int, kind: str) -> tuple[float, bool]:
        p = claimed.get((made.sentences[t][i].span, kind), 0.0)
        return p, p > 0

    return ruled


def f1(some: Sequence[Said]) -> tuple[int, int, float, float, float]:
    """(labelled, found, precision, recall, F1)."""
    hit = sum(x.said and x.true for x in some)
    found, labelled = sum(x.said for x in some), sum(x.true for x in some)
    p, r = hit / found if found else 0.0, hit / labelled if labelled else 0.0
    return labelled, found, p, r, 2 * p * r / (p + r) if p + r else 0.0


def macro(some: Sequence[Said], least: int = LEAST) -> tuple[float, int]:
    """Mean F1 over the acts with `least` positives, and how many these are."""
    by: dict[str, list[Said]] = defaultdict(list)
    for x in some:
        by[x.kind].append(x)
    kept = [row[4] for row in map(f1, by.values()) if row[0] >= least]
    return (sum(kept) / len(kept) if kept else 0.0), len(kept)


def interval(some: Sequence[Said], of: Callable[[Sequence[Said]], float]) -> tuple[float, float]:
    """95 % by bootstrap over items."""
    by: dict[str, list[Said]] = defaultdict(list)
    for x in some:
        by[x.item].append(x)
    names, rng = sorted(by), random.Random(11)
    drawn = sorted(of([x for n in rng.choices(names, k=len(names)) for x in by[n]]) for _ in range(RESAMPLES))
    return drawn[int(0.025 * RESAMPLES)], drawn[int(0.975 * RESAMPLES)]


def calibration(some: Sequence[Said]) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error over probabilities of .05 and more, and for each tenth (mean said, share true, n)."""
    kept = [x for x in some if x.probability >= 0.05]
    rows = []
    for b in range(BINS):
        own = [x for x in kept if b / BINS <= x.probability < (b + 1) / BINS or (b == BINS - 1 and x.probability == 1)]
        if own:
            rows.append((sum(x.probability for x in own) / len(own), sum(x.true for x in own) / len(own), len(own)))
    return sum(n * abs(said - true) for said, true, n in rows) / len(kept), rows


@cache
def tested() -> tuple[dict[str, Any], ...]:
    """The items that nothing was trained or chosen on."""
    return tuple(item for _, item in check.items() if DEV <= place(item["id"]) < DEV + TEST)


def confused(some: Sequence[Said]) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """((missed act, what was wrongly claimed of the same sentence, or "nothing") → times; act → its misses)."""
    by: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for x in some:
        by[x.item, x.text].append(x)
    pairs: Counter[tuple[str, str]] = Counter()
    missed: Counter[str] = Counter()
    for row in by.values():
        wrong = [x.kind for x in row if x.said and not x.true]
        for x in row:
            if x.true and not x.said:
                missed[x.kind] += 1
                pairs.update((x.kind, kind) for kind in wrong or ["nothing"])
    return pairs, missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Variety:
    """A variety of English: macro-F1 on rewrites and on their sources, and the claims that lead to `-` moments of a
    hundred sentences."""

    name: str
    items: int
    reached: float
    original: float
    minus: float
    minus_original: float


def varieties() -> Iterator[Variety]:
    """Rewrites against their sources: the same meaning and labels, other words."""
    originals = {item["id"]: item for _, item in check.items()}
    for file in sorted(REWRITES.glob("*.jsonl")):
        items = [json.loads(row) for row in file.read_text(encoding="utf-8").splitlines() if row.strip()]
        one, two = (judged(x, ACCURATE) for x in ([originals[i["source"]] for i in items], items))
        yield Variety(
            name=file.stem.replace("_", " "),
            items=len(items),
            reached=macro(two, 5)[0],
            original=macro(one, 5)[0],
            minus=_rate(two),
            minus_original=_rate(one),
        )


def _rate(some: list[Said]) -> float:
    """Claims of acts that lead to `-` moments, a hundred sentences."""
    sentences = len(some) / len(KINDS)
    return 100 * sum(x.said for x in some if x.kind in LEADS_TO_MINUS) / sentences


# Names as they are swapped for the check below: of other genders and from other parts of the world.
NAMES = ("Aoife", "Kwame", "Priya", "Dmitri", "Leilani", "Mohammed", "Grace", "Xiao", "Esperanza", "Björn")


def _renamed(item: dict[str, Any], named: frozenset[str]) -> dict[str, Any]:
    """The item with every name in it swapped: the same name for the same one, all over the item."""
    other: dict[str, str] = {}

    def swap(m: re.Match[str]) -> str:
        if m.group() not in named:
            return m.group()
        return other.setdefault(m.group(), NAMES[len(other) % len(NAMES)])

    return item | {
        "turns": [
            t | {"sentences": [[re.sub(r"[A-Z][a-z]{2,}", swap, s[0]), *s[1:]] for s in t["sentences"]]}
            for t in item["turns"]
        ]
    }


def swapped() -> tuple[int, int]:
    """(claims that change when all names do, claims)."""
    lower: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for line in check.lines():
        lower.update(re.findall(r"\b[a-z]{3,}\b", line.text))
        inside.update(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", line.text))
    named = frozenset(n for n in inside if lower[n.lower()] == 0)
    changed = claimed = 0
    for item in tested():
        if item["style"] == "clean" and (other := _renamed(item, named)) != item:
            for a, b in zip(judged([item], ACCURATE), judged([other], ACCURATE), strict=True):
                claimed += a.said
                changed += a.said != b.said
    return changed, claimed


def sentences_read(data: dict[str, str]) -> int:
    """Sentences of the corpus in files that training read as they are now. `data`: file → SHA-256, as it wrote them."""
    same = (f for f in sorted(CORPUS.glob("*.jsonl")) if data.get(f.name) == hashlib.sha256(f.read_bytes()).hexdigest())
    items = (json.loads(row) for f in same for row in f.read_text(encoding="utf-8").splitlines() if row.strip())
    return sum(len(t["sentences"]) for item in items for t in item["turns"])
