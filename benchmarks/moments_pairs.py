"""Contrast pairs: two items alike in length and words, one has the thing and the other has not.

A pair counts where both items come out right. Half of ours is kept aside: methods were changed with an eye on the other
half alone. A label counts only where the second coder, who did not see the first, gave the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from training.examples import kept_aside

from benchmarks.moments_baselines import keyword_only
from benchmarks.moments_common import (
    CORPUS,
    SHARED,
    Table,
    absent,
    cell,
    conversation_of,
    every,
    lines,
    part_of,
    reviewed,
)
from benchmarks.moments_given import has_acts, on_given
from duologue.model import Review

HEAD = ("kind", "both right", "the one with it", "the one without", "keyword-only", "on the writer's acts")
Item = dict[str, Any]
Answer = Callable[[Item], bool]


def pairs() -> Iterator[Table]:
    """The pairs of the shared set and of ours, kept aside and not, by kind; then the second coder."""
    if items := shown():
        yield _table("Contrast pairs (../shared/gold)", items)
    else:
        yield from absent("Contrast pairs", SHARED / "gold")
    own, answers = written(), second()
    if not own:
        yield from absent("Our contrast pairs", CORPUS / "pairs")
        return
    kept = agreed(own, answers)
    left_out = (len(own) - len(kept)) // 2
    note = f"{left_out} more are left out: the second coder saw one of the two otherwise." if left_out else ""
    yield _table("Our contrast pairs, kept aside", [x for x in kept if kept_aside(x)], note)
    yield _table("Our contrast pairs, the other half", [x for x in kept if not kept_aside(x)])
    yield _coders(own, answers)


def shown() -> list[Item]:
    """The pairs that come with the labelled conversations; none where they are absent."""
    path = SHARED / "gold" / "pairs.jsonl"
    return lines(path) if path.exists() else []


def written() -> list[Item]:
    """Our own pairs, all of them."""
    return every(CORPUS / "pairs")


def second() -> dict[str, bool | None]:
    """Item → what a second coder said of it; None where they could not decide."""
    return {row["id"]: None if row["label"] is None else bool(row["label"]) for row in every(CORPUS / "pairs-second")}


def agreed(items: list[Item], answers: dict[str, bool | None]) -> list[Item]:
    """The pairs of which no item was seen otherwise by the second coder; what was not coded twice stays."""
    other = {x["pair"] for x in items if x["id"] in answers and answers[x["id"]] is not bool(x["label"])}
    return [x for x in items if x["pair"] not in other]


def by_review(item: Item) -> bool:
    """What the review of an item says."""
    return holds(item, reviewed(conversation_of(item)))


def by_given(item: Item) -> bool:
    """The same on the acts that the item's writer gave."""
    return holds(item, on_given(item))


def holds(item: Item, got: Review) -> bool:
    """Whether a review holds the thing: the moment anywhere, an act at the turns that the item names."""
    kind, at = item["kind"], set(item.get("at") or ())
    return any(m.kind == kind for m in got.moments) or any(
        a.kind == kind and (not at or a.span.turn in at) for a in got.acts
    )


def by_words(item: Item) -> bool:
    c = conversation_of(item)
    return any(kind == item["kind"] for kind, _ in keyword_only(c, c.kind))


@dataclass(frozen=True, kw_only=True)
class Right:
    """Of one pair: whether the item that has the thing, and the one that has not, came out right."""

    kind: str
    has: bool
    has_not: bool

    @property
    def both(self) -> bool:
        return self.has and self.has_not


def judged(items: list[Item], answer: Answer) -> dict[str, Right]:
    """Pair → what came out right. Raises ValueError where a pair is not one item with the thing and one without."""
    found: dict[str, dict[bool, Item]] = defaultdict(dict)
    for x in items:
        found[x["pair"]][bool(x["label"])] = x
    if odd := [pair for pair, two in found.items() if len(two) != 2]:
        raise ValueError(f"pair {odd[0]} is not one item with the thing and one without it")
    return {
        pair: Right(kind=two[True]["kind"], has=answer(two[True]), has_not=not answer(two[False]))
        for pair, two in found.items()
    }


def _table(title: str, items: list[Item], note: str = "") -> Table:
    ours, words = judged(items, by_review), judged(items, by_words)
    given = judged([x for x in items if has_acts(x)], by_given)
    kinds = sorted({r.kind for r in ours.values()})
    lowest = [f"Lowest kind: `{k}`, {cell(_share(ours, k))}." for k in sorted(kinds, key=lambda k: _share(ours, k))[:1]]
    return Table(
        title=title,
        words=[*lowest, "To claim every item gets no pair right, a coin one in four.", *([note] if note else [])],
        head=HEAD,
        rows=[
            _row("all", ours, words, given),
            *(_row(f"`{k}`", _of(ours, k), _of(words, k), _of(given, k)) for k in kinds),
        ],
    )


def _row(name: str, ours: dict[str, Right], words: dict[str, Right], given: dict[str, Right]) -> tuple[str, ...]:
    n = len(ours)
    return (
        name,
        part_of(sum(r.both for r in ours.values()), n),
        str(sum(r.has for r in ours.values())),
        str(sum(r.has_not for r in ours.values())),
        part_of(sum(r.both for r in words.values()), n) if name == "all" else str(sum(r.both for r in words.values())),
        part_of(sum(r.both for r in given.values()), len(given)),
    )


def _of(right: dict[str, Right], kind: str) -> dict[str, Right]:
    return {pair: r for pair, r in right.items() if r.kind == kind}


def _share(right: dict[str, Right], kind: str) -> float:
    own = _of(right, kind).values()
    return sum(r.both for r in own) / len(own)


def _coders(items: list[Item], answers: dict[str, bool | None]) -> Table:
    """How far the second coder saw the same, all of our items."""
    coded = [(bool(x["label"]), answers[x["id"]], x["kind"]) for x in items if x["id"] in answers]
    title = "Our contrast pairs, a second coder"
    if not coded:
        return Table(title=title, words=("Absent: `corpus/pairs-second`. Nobody has coded them a second time yet.",))
    same: dict[str, list[bool]] = defaultdict(list)
    for first, other, kind in coded:
        same[kind].append(first is other)
    agree = sum(map(sum, same.values()))
    other_way = ", ".join(f"`{k}` {len(v) - sum(v)} of {len(v)}" for k, v in sorted(same.items()) if not all(v))
    kappa = kappa_of([(a, b) for a, b, _ in coded if b is not None])
    return Table(
        title=title,
        words=(
            f"{len(coded)} of {len(items)} items coded again, blind: the same in {part_of(agree, len(coded))}, "
            f"κ {cell(kappa)}; {sum(b is None for _, b, _ in coded)} undecided.",
            f"Seen otherwise or undecided: {other_way}." if other_way else "None was seen otherwise.",
        ),
    )


def kappa_of(pairs: list[tuple[bool, bool]]) -> float | None:
    """Cohen's κ of two codings; None where both always said the same one thing."""
    n = len(pairs)
    if not n:
        return None
    observed = sum(a is b for a, b in pairs) / n
    one, other = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    chance = one * other + (1 - one) * (1 - other)
    return None if chance == 1 else (observed - chance) / (1 - chance)
