"""Twins: one situation played well and badly, alike in four counts. Do the dials concerned order the two?

A pair of twins counts where it is *matched*: talk share of the coached side within two points, as many questions by the
coached side, its longest turn and all words within a tenth. The dials order it where their mean, each as (count + 1) of
(of + 2), is higher for the one played well; a tie orders nothing. The baseline is those four counts, fitted nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean, pstdev
from typing import Any

from benchmarks.moments_common import CORPUS, Table, absent, conversation_of, every, part_of, reviewed, said
from duologue.model import Dial
from duologue.text import WORD

SHARE, NEARLY = 0.02, 0.10
Twin = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What twins are matched on. `share`: of all words, the coached side's, from 0 to 1; `longest`: the words of the
    coached side's longest turn; `questions`: question marks of the coached side's."""

    share: float
    questions: int
    longest: int
    words: int


# What a naive reader would take for better: less talk, more questions, shorter turns, fewer words in all.
NAIVE: dict[str, int] = {"share": -1, "questions": 1, "longest": -1, "words": -1}


def twins() -> Iterator[Table]:
    """How many twins are matched, and how many the dials order, beside the counts."""
    folder = CORPUS / "twins"
    rows = every(folder)
    if not rows:
        yield from absent("Twins", folder)
        return
    pairs = paired(rows)
    off = {name: why for name, (well, badly) in pairs.items() if (why := unmatched(counts(well), counts(badly)))}
    matched = {name: pair for name, pair in pairs.items() if name not in off}
    notes = [f"{len(pairs)} situations, {len(matched)} of them matched; the others are left out."]
    notes += [f"Not matched: `{name}` ({', '.join(why)})." for name, why in off.items()]
    diffs = {name: dials_of(well) - dials_of(badly) for name, (well, badly) in matched.items()}
    if missed := [f"`{name}` ({d:+.2f})" for name, d in diffs.items() if d <= 0]:
        notes.append(f"Not ordered by the dials (well less badly): {', '.join(missed)}.")
    parts = {"all": list(matched)}
    for when in ("before", "after"):
        parts[f"written {when} the freeze"] = [n for n in matched if matched[n][0]["written"] == when]
    yield Table(
        title="Twins",
        words=notes,
        head=("ordered by", *parts),
        rows=[
            ("the dials concerned", *(part_of(sum(diffs[n] > 0 for n in ids), len(ids)) for ids in parts.values())),
            *_baselines(matched, parts),
        ],
    )


def paired(rows: list[Twin]) -> dict[str, tuple[Twin, Twin]]:
    """Situation → (played well, played badly). Raises ValueError that names a situation without just the two."""
    by: dict[str, dict[str, Twin]] = defaultdict(dict)
    for row in rows:
        if row["played"] in by[row["situation"]]:
            raise ValueError(f"situation {row['situation']} is played {row['played']} twice")
        by[row["situation"]][row["played"]] = row
    if odd := [name for name, two in by.items() if set(two) != {"well", "badly"}]:
        raise ValueError(f"situation {odd[0]} is not played once well and once badly")
    return {name: (two["well"], two["badly"]) for name, two in by.items()}


def counts(twin: Twin) -> Counts:
    """The four counts of a conversation."""
    sides = {k: v["side"] if isinstance(v, dict) else v for k, v in twin["speakers"].items()}
    turns = [(sides[t["speaker"]] == "ours", said(t)) for t in twin["turns"]]
    words = [(ours, len(WORD.findall(text))) for ours, text in turns]
    total, own = sum(n for _, n in words), [n for ours, n in words if ours]
    return Counts(
        share=sum(own) / max(1, total),
        questions=sum(text.count("?") for ours, text in turns if ours),
        longest=max(own, default=0),
        words=total,
    )


def unmatched(a: Counts, b: Counts) -> list[str]:
    """What two twins differ in by more than they may; nothing where they are matched."""
    why = []
    if abs(a.share - b.share) > SHARE + 1e-9:
        why.append(f"talk share {a.share:.1%} and {b.share:.1%}")
    if a.questions != b.questions:
        why.append(f"questions {a.questions} and {b.questions}")
    for name in ("longest", "words"):
        one, other = getattr(a, name), getattr(b, name)
        if abs(one - other) > NEARLY * max(one, other):
            why.append(f"{'longest turn' if name == 'longest' else 'words'} {one} and {other}")
    return why


def dials_of(twin: Twin) -> float:
    """The mean of the dials that the pair concerns. Raises KeyError for a dial that there is not."""
    dials = {d.name: d for d in reviewed(conversation_of(twin)).dials}
    return mean(level(dials[name]) for name in twin["dials"])


def level(dial: Dial) -> float:
    """A dial as a share that a few opportunities move little: one taken and one not are added."""
    return (dial.count + 1) / (dial.of + 2)


def _baselines(matched: dict[str, tuple[Twin, Twin]], parts: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Each count as the orderer, and their sum of z-scores. A tie is half right: a coin would order it."""
    by = {name: (counts(well), counts(badly)) for name, (well, badly) in matched.items()}
    names = {"share": "talk share", "questions": "questions", "longest": "longest turn", "words": "words"}
    scores = {names[k]: {n: (_naive(a, k), _naive(b, k)) for n, (a, b) in by.items()} for k in NAIVE}
    scores["all four, as z-scores"] = summed(list(scores.values()))
    for name, own in scores.items():
        cells = []
        for ids in parts.values():
            right = sum((own[n][0] > own[n][1]) + 0.5 * (own[n][0] == own[n][1]) for n in ids)
            ties = sum(own[n][0] == own[n][1] for n in ids)
            cells.append(part_of(right, len(ids)) + (f", {ties} tied" if ties else ""))
        yield (f"{name} alone" if name in names.values() else name, *cells)


def _naive(c: Counts, count: str) -> float:
    return float(NAIVE[count] * getattr(c, count))


def summed(scores: list[dict[str, tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    """The sum of z-scores over all twins, for each of the two of a pair."""
    out: dict[str, tuple[float, float]] = {}
    for own in scores:
        values = [v for two in own.values() for v in two]
        middle, spread = (mean(values), pstdev(values) or 1.0) if values else (0.0, 1.0)
        for name, (a, b) in own.items():
            one, other = out.get(name, (0.0, 0.0))
            out[name] = (one + (a - middle) / spread, other + (b - middle) / spread)
    # Rounded: two that are alike in every count are a tie, whatever the last bit says.
    return {name: (round(a, 9), round(b, 9)) for name, (a, b) in out.items()}
