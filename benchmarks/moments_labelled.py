"""Moments and context against labels, each figure beside what one gets for nothing.

A *set* is labelled conversations: the eight that this project may see (`../shared/gold`), and ours (`corpus/moments`):
`dev` was looked at while methods were changed, `test` was not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from benchmarks.moments_baselines import all_positive, keyword_only
from benchmarks.moments_common import (
    CORPUS,
    SHARED,
    Counts,
    Found,
    Table,
    absent,
    cell,
    conversation_of,
    difference,
    found_in,
    gold,
    micro_f1,
    of_kinds,
    ours,
    precision,
    reviewed,
    scored,
    share,
    total,
    with_interval,
)
from benchmarks.moments_given import on_given
from duologue.agreement import UNMEASURED, shown_by_default
from duologue.model import Review
from duologue.model.codebook import MOMENTS
from duologue.moments.stage import Stage
from duologue.text import scene

MINUS = tuple(k for k, m in MOMENTS.items() if m.sign == "-")
OVERALL = ("", "ours", "all-positive", "keyword-only", "ours less the better", "on people's acts")
BY_MOMENT = ("moment", "labelled", "found", "precision", "F1", "all-positive", "keyword-only", "on people's acts")
Scores = dict[str, dict[str, tuple[int, int, int]]]  # conversation → kind → right, wrong, missed
Figure = Callable[[list[str]], float | None]


def labelled() -> Iterator[Table]:
    """The tables of every set; one line where a set is absent."""
    yield from _set("Labelled conversations (../shared/gold)", gold(), rare=True) or absent(
        "Labelled conversations", SHARED / "gold"
    )
    for part in ("dev", "test"):
        title = f"Our labelled conversations, {part}"
        yield from _set(title, ours(part)) or absent(title, CORPUS / "moments" / f"{part}.jsonl")


def _set(title: str, labels: list[dict[str, Any]], *, rare: bool = False) -> list[Table]:
    if not labels:
        return []
    got = [(x, reviewed(conversation_of(x))) for x in labels]
    by = {
        "ours": score_all(got, found_in),
        "all-positive": score_all(got, lambda r: all_positive(Stage(scene=scene(r.conversation), acts=r.acts), r.kind)),
        "keyword-only": score_all(got, lambda r: keyword_only(r.conversation, r.kind)),
        "given": score_all([(x, on_given(x)) for x in labels], found_in),
    }
    # The rare kinds count only in a set in which somebody labelled them.
    seen = set() if rare else {x["kind"] for label in labels for x in label["moments"]}
    kinds = [k for k in MOMENTS if k not in UNMEASURED or k in seen]
    turns, n = sum(len(x["turns"]) for x in labels), sum(len(x["moments"]) for x in labels)
    words = (
        f"{len(labels)} conversations, {turns} turns, {n} moments. A moment is found where its kind is the same and "
        "its turns lie within one."
    )
    return [
        Table(title=title, words=(words,), head=OVERALL,
              rows=[*_overall(by, kinds), *_context(got, [on_given(x) for x in labels])]),
        Table(title=f"{title}, by moment", rows=[row for k in kinds if (row := _row(by, k))],
              head=BY_MOMENT),
    ]  # fmt: skip


def score_all(got: list[tuple[dict[str, Any], Review]], found: Callable[[Review], Found]) -> Scores:
    return {label["id"]: scored(label, found(r)) for label, r in got}


def _overall(by: dict[str, Scores], kinds: list[str]) -> Iterator[tuple[str, ...]]:
    minus = [k for k in kinds if k in MINUS]
    yield _compared("F1, all kinds", by, kinds, micro_f1)
    yield _compared("precision, `-` kinds", by, minus, precision)
    yield _compared("F1, `-` kinds", by, minus, micro_f1)
    shown = [k for k in minus if shown_by_default(k)]
    if shown:
        yield _compared(
            f"precision of what is shown unasked ({', '.join(f'`{k}`' for k in shown)})", by, shown, precision
        )
    else:
        yield ("precision of `-` kinds shown unasked", "none is shown", *[""] * 4)


def _compared(
    name: str, by: dict[str, Scores], kinds: list[str], of: Callable[[Counts, Iterable[str]], float | None]
) -> tuple[str, ...]:
    figures: dict[str, Figure] = {who: partial(of, of_kinds(scores, kinds)) for who, scores in by.items()}
    return (name, *_against([*by["ours"]], figures))


def _against(ids: list[str], figures: dict[str, Figure]) -> tuple[str, ...]:
    """Ours and two baselines with their intervals, ours less the better baseline, and ours on people's acts."""
    mine, *others, given = figures.values()
    best = max(others, key=lambda f: f(ids) or 0.0)
    cells = [with_interval(ids, f) for f in (mine, *others)]
    return (*cells, with_interval(ids, difference(mine, best), signed=True), with_interval(ids, given))


def _context(got: list[tuple[dict[str, Any], Review]], given: list[Review]) -> Iterator[tuple[str, ...]]:
    """Depth of the cells: ours, always 2, and always what is most frequent in this set (which is fitted to it)."""
    rows, on_acts = (
        {x["id"]: [(x["context"][c.name], c.depth) for c in r.context] for (x, _), r in each if x["context"]}
        for each in (zip(got, [r for _, r in got], strict=True), zip(got, given, strict=True))
    )
    if not rows:
        return
    usual = Counter(want for cells in rows.values() for want, _ in cells).most_common(1)[0][0]
    ids = list(rows)
    for name, near in ((f"context, exact depth (baselines: always 2, always {usual})", 0), ("context, within one", 1)):
        figures: dict[str, Figure] = {
            who: partial(_within, rows, near, at) for who, at in (("ours", None), ("two", 2), ("usual", usual))
        }
        figures["given"] = partial(_within, on_acts, near, None)
        yield (name, *_against(ids, figures))


def _within(rows: dict[str, list[tuple[int, int]]], near: int, always: int | None, ids: list[str]) -> float | None:
    every = [abs((have if always is None else always) - want) <= near for i in ids for want, have in rows[i]]
    return share(sum(every), len(every))


def _row(by: dict[str, Scores], kind: str) -> tuple[str, ...] | None:
    """One kind of moment; None where it was neither labelled nor found."""
    counts = {who: of_kinds(scores, [kind]) for who, scores in by.items()}
    ids = list(by["ours"])
    right, wrong, missed = total(counts["ours"], ids)
    if not right + wrong + missed:
        return None
    return (
        f"`{kind}` {MOMENTS[kind].sign}",
        str(right + missed),
        str(right + wrong),
        cell(precision(counts["ours"], ids)),
        with_interval(ids, lambda chosen: micro_f1(counts["ours"], chosen)),
        cell(micro_f1(counts["all-positive"], ids)),
        cell(micro_f1(counts["keyword-only"], ids)),
        cell(micro_f1(counts["given"], ids)),
    )
