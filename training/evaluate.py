"""The model card: `python -m training.evaluate` prints it, `--write` writes docs/model-card.md. Needs no torch.

Agreement on our own corpus is measured on the part that nothing was trained or chosen on, through the labellers that
ship; agreement with experts comes from `agreement.json` (`python -m benchmarks.agreement --write`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from corpus import check

from duologue.acts import ACCURATE, FAST, RULES, Labeller
from duologue.acts.trained.labeller import Trained
from duologue.agreement import Agreement, all_agreements
from duologue.model import Conversation, Span, Speaker, Turn
from duologue.text import Scene, Sentence, scene, words
from training.examples import DEV, KINDS, TEST, flat, place

ROOT = Path(__file__).parents[1]
CARD = ROOT / "docs" / "model-card.md"
RUNS = ROOT / "training" / "runs.json"
WEIGHTS = ROOT / "src" / "duologue" / "acts" / "trained"
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


def diagram(rows: Sequence[tuple[float, float, int]]) -> str:
    """The reliability diagram, as SVG: what was said (across) against what was true (up); a dot's area is its share."""
    size, edge = 260, 30
    most = max(n for _, _, n in rows)
    x, y = (lambda v: edge + v * (size - 2 * edge)), (lambda v: size - edge - v * (size - 2 * edge))
    dots = "".join(
        f'<circle cx="{x(said):.1f}" cy="{y(true):.1f}" r="{2 + 8 * (n / most) ** 0.5:.1f}"><title>said {said:.2f}, true '
        f"{true:.2f}, {n} sentences</title></circle>"
        for said, true, n in rows
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" role="img" '
        'font-family="sans-serif" font-size="11"><title>Reliability of the probabilities of acts</title>'
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="M{x(0)} {y(1)}V{y(0)}H{x(1)}M{x(0)} {y(0)}L{x(1)} {y(1)}" fill="none" stroke="#888"/>'
        f'<g fill="#1f5f8b">{dots}</g><g fill="#333"><text x="{size / 2}" y="{size - 8}" text-anchor="middle">said</text>'
        f'<text x="12" y="{size / 2}" transform="rotate(-90 12 {size / 2})" text-anchor="middle">true</text></g></svg>\n'
    )


def _acts_table(by: dict[str, list[Said]], lines: list[check.Line]) -> Iterator[str]:
    yield "| act | labelled | precision | recall | F1 | `fast` | rules alone | second coder | from |"
    yield "|---|---|---|---|---|---|---|---|---|"
    rows = {name: {k: f1([x for x in some if x.kind == k]) for k in KINDS} for name, some in by.items()}
    for kind in KINDS:
        labelled, _, p, r, f = rows["accurate"][kind]
        human = check.kappa(lines, kind)[4]
        yield (
            f"| `{kind}` | {labelled} | {p:.2f} | {r:.2f} | {f:.2f} | {rows['fast'][kind][4]:.2f} | "
            f"{rows['rules'][kind][4]:.2f} | {human:.2f} | {ACCURATE.facts.thresholds[kind]:.2f} |"
        )


def _confusions(some: list[Said], most: int = 12) -> Iterator[str]:
    """Where an act is missed, what is claimed in its place, most often first."""
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
    yield "| people said | it said instead | times | of all misses of that act |"
    yield "|---|---|---|---|"
    for (kind, instead), n in pairs.most_common():
        if instead != "nothing" and most:
            most -= 1
            yield f"| `{kind}` | `{instead}` | {n} | {missed[kind]} |"
    nothing = sum(n for (_, instead), n in pairs.items() if instead == "nothing")
    yield ""
    yield f"Of {sum(missed.values()):,} misses, {nothing:,} are sentences in which nothing else was wrongly claimed."


def _failures(some: list[Said], most: int = 12) -> Iterator[str]:
    """The surest errors, one an act: sentences of our own."""
    wrong = sorted((x for x in some if x.said and not x.true), key=lambda x: -x.probability)
    missed = sorted((x for x in some if x.true and not x.said), key=lambda x: x.probability)
    for title, rows in (("Claimed, and people did not", wrong), ("Missed, and people saw it", missed)):
        yield f"\n{title}:\n"
        seen: set[str] = set()
        for x in rows:
            if x.kind not in seen and len(seen) < most:
                seen.add(x.kind)
                yield f"- `{x.kind}` ({x.probability:.2f}): “{x.text}”"


def _fair() -> Iterator[str]:
    """Rewrites against their sources: the same meaning and labels, other words."""
    yield "| variety | conversations | macro-F1 | against the same in the original | acts that lead to `-` moments, a hundred sentences |"
    yield "|---|---|---|---|---|"
    originals = {item["id"]: item for _, item in check.items()}
    worst = ("", 0.0)
    for file in sorted((ROOT / "corpus" / "rewrites").glob("*.jsonl")):
        items = [json.loads(row) for row in file.read_text(encoding="utf-8").splitlines() if row.strip()]
        sources = [originals[i["source"]] for i in items]
        (a, before), (b, after) = (
            (macro(x, 5)[0], _rate(x)) for x in (judged(sources, ACCURATE), judged(items, ACCURATE))
        )
        if b - a < worst[1]:
            worst = (file.stem, b - a)
        yield f"| {file.stem.replace('_', ' ')} | {len(items)} | {b:.2f} | {b - a:+.2f} | {after:.1f} ({after - before:+.1f}) |"
    yield ""
    yield (
        f"{worst[0].replace('_', ' ').capitalize()} fares worst ({worst[1]:+.2f})." if worst[0] else "None fares worse."
    )


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


def _swapped() -> str:
    """How many claims change when all names do."""
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
    return f"With every name swapped (people, places, firms), {changed} of {claimed:,} claims change ({changed / max(1, claimed):.1%})."


def _rate(some: list[Said]) -> float:
    """Claims of acts that lead to `-` moments, a hundred sentences."""
    sentences = len(some) / len(KINDS)
    return 100 * sum(x.said for x in some if x.kind in LEADS_TO_MINUS) / sentences


def _experts(some: tuple[Agreement, ...]) -> Iterator[str]:
    yield "| what | set | labelled | precision | recall | figure (95 %) | people |"
    yield "|---|---|---|---|---|---|---|"
    for a in some:
        if a.kind in ("moment", "context", "focus") or a.f1 is None:
            continue
        spread = f" ({a.low:.2f} to {a.high:.2f})" if a.low is not None and a.high is not None else ""
        people = (
            f"F1 {a.human_f1:.2f}" if a.human_f1 is not None else f"κ {a.human_kappa:.2f}" if a.human_kappa else "–"
        )
        p, r = (f"{x:.2f}" if x is not None else "–" for x in (a.precision, a.recall))
        yield f"| `{a.name}` | {a.set} | {a.n} | {p} | {r} | {a.measure} {a.f1:.2f}{spread} | {people} |"


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _sentences(file: Path) -> int:
    items = (json.loads(row) for row in file.read_text(encoding="utf-8").splitlines() if row.strip())
    return sum(len(t["sentences"]) for item in items for t in item["turns"])


def _runs() -> Iterator[str]:
    """The learning curve and the split by writers, as they were run."""
    if not RUNS.exists():
        return
    yield "The bare network, without calibration and rules; short runs, to be read against each other only."
    yield ""
    yield "| run | turns trained on | macro-F1, kept-aside items of the same writers | on what it is tested on |"
    yield "|---|---|---|---|"
    for run in json.loads(RUNS.read_text(encoding="utf-8")):
        yield f"| {run['what']} | {run['turns']:,} | {run['own']:.3f} | {run['macro_f1']:.3f} |"


def card() -> tuple[str, str]:
    """The page, and its reliability diagram."""
    made = json.loads((WEIGHTS / "accurate" / "training.json").read_text(encoding="utf-8"))
    learnt = sum(
        _sentences(f)
        for f in sorted((ROOT / "corpus" / "written").glob("*.jsonl"))
        if _hash(f) == made["data"].get(f.name)
    )
    by: dict[str, list[Said]] = {
        name: judged(tested(), labeller)
        for name, labeller in (("accurate", ACCURATE), ("fast", FAST), ("rules", RULES))
    }
    clean = by["accurate"]
    raw = judged(tested(), ACCURATE, raw=True)
    every = check.lines()
    lines = [x for x in every if not x.pair]
    whole = {x.item for x in lines}
    ece, bins = calibration(clean)
    size, small = ((WEIGHTS / n / "encoder.onnx").stat().st_size / 1e6 for n in ("accurate", "fast"))
    mean, n = macro(clean)
    low, high = interval(clean, lambda some: macro(some)[0])
    talks = [x for x in clean if x.item in whole]
    second = [check.kappa(lines, k)[4] for k in KINDS if f1([x for x in talks if x.kind == k])[0] >= LEAST]
    out = [
        "# Model card: acts",
        "",
        "Made by `python -m training.evaluate --write`.",
        "",
        f"`{ACCURATE.name}` reads a turn with the floor before it and says of each sentence which of the 33 acts of the codebook it does: the first "
        f"{made['layers']} layers of MiniLM-L6, fine-tuned, int8, {size:.1f} MB. A rule that finds the same act is a second witness to it. `{FAST.name}` (word vectors and "
        f"two convolutions, {small:.1f} MB) learnt from it, and reads talk of more than 5,000 sentences. A message (`kind: message`) is read by rules. "
        "All run offline on a processor.",
        "",
        "## What it is for, and what not",
        "",
        "To point, in quotes, at what was done in a conversation, for the people who were in it. A label is a claim about words on the page, never about a person. Not for "
        "ranking people, not for decisions about them, not for watching them.",
        "",
        "## Data and licence",
        "",
        f"Trained on the [corpus](../corpus/README.md) that we wrote ({learnt:,} of its {len(every):,} sentences were there when it was trained; Apache-2.0; {DEV:.0%} of the items were kept aside to choose thresholds on, "
        f"{TEST:.0%} to report on), on the personal stories of PersuasionForGood (Apache-2.0), and, for `fast`, on the words without the labels of PersuasionForGood, CaSiNo "
        "(CC BY 4.0, Chawla et al. 2021), of the uptake and funneling sets (MIT; Demszky et al. 2021, Alic et al. 2022) and of the receptiveness set (MIT, Yeomans), two fifths of "
        "each kept aside by dialogue or lesson. The base is all-MiniLM-L6-v2 (Apache-2.0). The weights are Apache-2.0. AnnoMI and the labelled conversations below were never trained on. Hashes "
        "of all that was read lie beside the weights (`training.json`).",
        "",
        "## Retrain",
        "",
        "See [training/README.md](../training/README.md); seeded, two cores, under two hours.",
        "",
        "## Agreement on conversations of ours that nothing was trained or chosen on",
        "",
        f"{len(tested())} items. Macro-F1 {mean:.3f} ({low:.3f} to {high:.3f}, bootstrap over items) over {n} acts with {LEAST} positives or more, by sentence. "
        f"`fast`: {macro(by['fast'])[0]:.3f}; rules alone: {macro(by['rules'])[0]:.3f}. As raw recogniser output (no capitals, no punctuation): {macro(raw)[0]:.3f}. "
        f"On whole conversations among them: {macro(talks)[0]:.3f}, where a second, blind coder agrees with the first at {sum(second) / max(1, len(second)):.3f} over the same acts.",
        "",
        *_acts_table(by, lines),
        "",
        "`from`: the probability from which an act is claimed. Second coder: over the whole conversations coded twice.",
        "",
        "By domain, macro-F1 over acts with eight or more: "
        + ", ".join(f"{d} {macro([x for x in clean if x.domain == d], 8)[0]:.2f}" for d in sorted(check.DOMAINS))
        + ".",
        "",
        "## Agreement with other people's labels",
        "",
        "Through `duologue.review`, as it is shown. Labels of the written conversations count where both of their coders agree, so these figures cannot be put beside theirs. "
        "Sets that may train say which part was kept aside.",
        "",
        *_experts(all_agreements()),
        "",
        "## More data, other writers",
        "",
        *_runs(),
        "",
        "## Other varieties of English",
        "",
        "Conversations of the part kept aside, rewritten by hand: the same meaning and labels, other words. By one writer, to the ear; people who speak each variety have not "
        "checked them yet. Macro-F1 over acts with five or more.",
        "",
        *_fair(),
        "",
        _swapped(),
        "",
        "## Not sure",
        "",
        f"Probabilities are calibrated act by act. Expected calibration error {ece:.3f} over all that was given .05 or more:",
        "",
        "![Reliability: what was said against what was true](model-reliability.svg)",
        "",
        "| said | true | sentences |",
        "|---|---|---|",
        *(f"| {said:.2f} | {true:.2f} | {k} |" for said, true, k in bins),
        "",
        "Below the threshold of an act nothing is claimed. An act does not hang on one word that a recogniser gave less than .5: it has to stand without it.",
        "",
        "## What is taken for what",
        "",
        *_confusions(clean),
        "",
        "## Known failures, in sentences of our own",
        *_failures(clean),
        "",
        "Also: it reads English only; sarcasm is mostly taken literally; the corpus is written, by few hands of one kind, and more fluent than much real talk.",
    ]
    return "\n".join(out) + "\n", diagram(bins)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write docs/model-card.md")
    write = parser.parse_args().write
    page, picture = card()
    if write:
        CARD.write_text(page, encoding="utf-8")
        CARD.with_name("model-reliability.svg").write_text(picture, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
