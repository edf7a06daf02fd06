"""The model card: `python -m training.evaluate` prints it, `--write` writes docs/model-card.md. Needs no torch.

Agreement on our own corpus is measured on the part that nothing was trained or chosen on, through the labellers that
ship (`evaluate_figures`, `evaluate_answers`); agreement with experts comes from `agreement.json`
(`python -m benchmarks.agreement --write`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus import check

from duologue.acts import ACCURATE, FAST, RULES
from duologue.acts.trained.inputs import ASKED, LENGTH
from duologue.agreement import Agreement, all_agreements
from duologue.moments.exchanges import HARDLY, NOT, YES
from training import evaluate_answers as answering
from training.evaluate_figures import (
    LEAST,
    Said,
    calibration,
    confused,
    f1,
    interval,
    judged,
    macro,
    sentences_read,
    swapped,
    tested,
    varieties,
)
from training.examples import DEV, JUDGEMENTS, KINDS, TEST, answers, open_pairs, parts

ROOT = Path(__file__).parents[1]
CARD = ROOT / "docs" / "model-card.md"
RUNS = ROOT / "training" / "runs.json"
WEIGHTS = ROOT / "src" / "duologue" / "acts" / "trained"


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
    pairs, missed = confused(some)
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
    yield "| variety | conversations | macro-F1 | against the same in the original | acts that lead to `-` moments, a hundred sentences |"
    yield "|---|---|---|---|---|"
    worst = ("", 0.0)
    for v in varieties():
        less = v.reached - v.original
        if less < worst[1]:
            worst = (v.name, less)
        yield f"| {v.name} | {v.items} | {v.reached:.2f} | {less:+.2f} | {v.minus:.1f} ({v.minus - v.minus_original:+.1f}) |"
    yield ""
    yield f"{worst[0].capitalize()} fares worst ({worst[1]:+.2f})." if worst[0] else "None fares worse."


def _names() -> str:
    changed, claimed = swapped()
    return f"With every name swapped (people, places, firms), {changed} of {claimed:,} claims change ({changed / max(1, claimed):.1%})."


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


def _answers() -> Iterator[str]:
    """What the judge of answers is worth."""
    fit, chosen, some = parts(answers())
    clean, raw = answering.judged(some), answering.judged(some, raw=True)
    yield (
        f"The same encoder has {len(JUDGEMENTS)} further columns. They read a claim, what was asked about it and the answer, as one window, and say of the answer: responsive (takes up what was asked "
        "before anything else), specific (names what could be checked), evidence (says where the claim is known from), hands back (ends with an opening to the other). A review uses the "
        f"first alone, beside the rules: an answer that they found is not claimed under {HARDLY}, and is taken for none under {NOT}; from {YES} on a deflection is not claimed, and what they left open is an answer."
    )
    yield ""
    yield (
        f"Data: {len(fit) + len(chosen) + len(some):,} answers, five to an invitation, that we wrote and judged (`corpus/ladders`, Apache-2.0). By group: {len(fit)} trained on, {len(chosen)} to calibrate on, {len(some)} in "
        f"{len({e.group for e in some})} groups kept aside, on which these figures are. A judgement is made from .5 on; intervals by bootstrap over groups."
    )
    yield ""
    yield "| judgement | yes | of yes: precision | recall | F1 (95 %) | of no: precision | recall | F1 | always yes: F1 of yes | by a cue: F1 of yes | raw: F1 of yes | of no |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for name in JUDGEMENTS:
        own, plain = ([x for x in given if x.kind == name] for given in (clean, raw))
        labelled, _, p, r, f = f1(own)
        _, _, no_p, no_r, no_f = f1(answering.denied(own))
        low, high = interval(own, lambda x: f1(x)[4])
        cue = f"{f1(answering.by_cue(some, name))[4]:.2f}" if name in answering.CUES else "–"
        always = f1([replace(x, said=True) for x in own])[4]
        yield (
            f"| {name.replace('_', ' ')} | {labelled} of {len(own)} | {p:.2f} | {r:.2f} | {f:.2f} ({low:.2f} to {high:.2f}) | {no_p:.2f} | {no_r:.2f} | {no_f:.2f} | {always:.2f} | {cue} | "
            f"{f1(plain)[4]:.2f} | {f1(answering.denied(plain))[4]:.2f} |"
        )
    yield ""
    yield (
        "Always yes has an F1 of no of 0. Cues: a number, in digits or words, for specific; a question mark for hands back. Where a cue does as well, the judge has shown no more than that it found it. "
        "Raw: no capitals, no punctuation."
    )
    yield ""
    yes = [x for x in clean if x.kind == "responsive"]
    none, hardly = ([x for x in yes if x.probability < cut] for cut in (NOT, HARDLY))
    sure = [x for x in yes if x.probability >= YES]
    pairs = answering.on_pairs()
    yield (
        f"Where a review goes by it: of {len(none)} answers under {NOT}, {sum(not x.true for x in none)} were not responsive, and of {len(hardly)} under {HARDLY}, {sum(not x.true for x in hardly)}; of {len(sure)} from {YES} on, {sum(x.true for x in sure)} were. On the contrast pairs kept aside, by another "
        f"writer (an invitation answered, and one that is not), it judges {pairs.right} of {pairs.items} answers as people did ({pairs.right / pairs.items:.0%}; always yes: 50%), and both of a pair in {pairs.both} of {pairs.items // 2}."
    )
    yield ""
    yield (
        "Limits: all answers are by one writer, and nobody coded them a second time. In them specific goes with numbers: on other answers it may find those and little else. A circle of "
        "words that repeats the claim is sometimes taken for an answer, and a frank “It's a guess” for none. Claim and question are read from their last "
        f"{ASKED} word pieces, an answer as far as a window of {LENGTH} goes."
    )


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
    by: dict[str, list[Said]] = {
        name: judged(tested(), labeller)
        for name, labeller in (("accurate", ACCURATE), ("fast", FAST), ("rules", RULES))
    }
    clean = by["accurate"]
    raw = judged(tested(), ACCURATE, raw=True)
    paired = sum(len(e.sentences) for e in open_pairs())
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
        f"`{ACCURATE.name}` reads a turn with the floor before it and says of each sentence which of the {len(KINDS)} acts of the codebook it does, and of an answer to an invitation how it meets it: the first "
        f"{made['layers']} layers of MiniLM-L6, fine-tuned, int8, {size:.1f} MB. A rule that finds the same act is a second witness to it. `{FAST.name}` (word vectors and "
        f"two convolutions, {small:.1f} MB) learnt from `accurate/1`, and reads talk of more than 5,000 sentences. A message (`kind: message`) is read by rules. "
        "All run offline on a processor.",
        "",
        "## What it is for, and what not",
        "",
        "To point, in quotes, at what was done in a conversation, for the people who were in it. A label is a claim about words on the page, never about a person. Not for "
        "ranking people, not for decisions about them, not for watching them.",
        "",
        "## Data and licence",
        "",
        f"Trained on the [corpus](../corpus/README.md) that we wrote ({sentences_read(made['data']):,} of its {len(every):,} sentences were there when it was last trained; Apache-2.0; {DEV:.0%} of the items were kept aside to choose thresholds on, "
        f"{TEST:.0%} to report on), on {paired:,} sentences of our contrast pairs (the half that is not kept aside), on {len(parts(answers())[0])} of our answers to invitations (both Apache-2.0), on the personal stories of PersuasionForGood (Apache-2.0), and, for `{FAST.name}`, on the words without the labels of PersuasionForGood, CaSiNo "
        "(CC BY 4.0, Chawla et al. 2021), of the uptake and funneling sets (MIT; Demszky et al. 2021, Alic et al. 2022) and of the receptiveness set (MIT, Yeomans), two fifths of "
        "each kept aside by dialogue or lesson. The base is all-MiniLM-L6-v2 (Apache-2.0). The weights are Apache-2.0. AnnoMI and the labelled conversations below were never trained on. Hashes "
        "of all that was read lie beside the weights (`training.json`).",
        "",
        f"`{ACCURATE.name}` is a blend: `accurate/1` went on for {made['epochs']} epochs on all of this, its spelling evened out as at run time, and the weights in the package are {1 - made['blend']['share']:.0%} those it began "
        f"from and {made['blend']['share']:.0%} those it came to; the columns that judge answers are the new run's. The share was chosen on the part for thresholds. `accurate/1` had seen less of the corpus, spelt as it was typed. `{FAST.name}` has seen all of it, spelt as it was typed, and no pairs or answers.",
        "",
        "## Retrain",
        "",
        "See [training/README.md](../training/README.md); seeded, two cores.",
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
        "## Answers to invitations",
        "",
        *_answers(),
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
        _names(),
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
