"""What is shown by default: two moments to keep and the one most worth working on.

The order, the same for the same review:
  1. only kinds that are shown unasked (of the `-` kind, detectors that are right 19 times in 20);
  2. confidence, in three bands (from .8, from .6, below), because finer differences mean little; it is no greater
     than how often the detector was right on people's labels (its measured precision, a half where that is not known);
  3. the weight of the kind: what changes a conversation most comes first, in the order of the lists below;
  4. confidence itself, then the earlier turn.
The second moment to keep is of another kind and lies in other turns wherever there is one such.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from duologue.model import Moment, Review
from duologue.reports import trust

KEEP = (
    "own_reason", "repaired", "way_forward", "drilled_down", "understood", "common_ground", "bonded",
    "acknowledged_first", "answered_invitation", "uncovered", "asked_permission",
)  # fmt: skip
WORK = (
    "argument", "premature_solution", "deflected_invitation", "dropped_thread", "broadcast_review", "dodged_question",
    "put_off", "wall", "assumed", "gimmick", "went_cold", "soliloquy",
)  # fmt: skip
SURE_ENOUGH = 0.6  # below this confidence a finding says that it is not sure (P4)
_WEIGHT = {kind: i for order in (KEEP, WORK) for i, kind in enumerate(order)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """`keep` and `work` are shown at once, `more` on request; `held` on request too, and said to be less sure."""

    keep: tuple[Moment, ...]
    work: tuple[Moment, ...]
    more: tuple[Moment, ...]
    held: tuple[Moment, ...]


def select(review: Review) -> Selection:
    """Divide the moments of a review. Each lands in exactly one of the four; `more` and `held` keep their order."""
    sure = [m for m in review.moments if _is_sure(m)]
    keep = _two(sorted((m for m in sure if m.sign == "+"), key=rank))
    work = tuple(sorted((m for m in sure if m.sign == "-"), key=rank)[:1])
    chosen = {id(m) for m in (*keep, *work)}
    return Selection(
        keep=keep,
        work=work,
        more=tuple(m for m in sure if id(m) not in chosen),
        held=tuple(m for m in review.moments if not _is_sure(m)),
    )


def _is_sure(m: Moment) -> bool:
    """Whether it is shown unasked; what a person said always is (P1)."""
    return m.by is not None or trust.is_sure(m.kind)


def rank(moment: Moment) -> tuple[int, int, float, tuple[int, ...]]:
    """The lower, the sooner it is shown."""
    sure = min(moment.confidence, trust.precision_of(moment.kind) if moment.by is None else 1.0)
    band = 0 if sure >= 0.8 else 1 if sure >= SURE_ENOUGH else 2
    return (band, _WEIGHT[moment.kind], -moment.confidence, moment.turns)


def _two(ranked: list[Moment]) -> tuple[Moment, ...]:
    if len(ranked) < 2:
        return tuple(ranked)
    first, rest = ranked[0], ranked[1:]
    second = next((m for m in rest if m.kind != first.kind and _apart(m, first)), None)
    second = second or next((m for m in rest if m.kind != first.kind), None)
    second = second or next((m for m in rest if _apart(m, first)), rest[0])
    return tuple(sorted((first, second), key=lambda m: m.turns))


def _apart(a: Moment, b: Moment) -> bool:
    return not set(_span(a.turns)) & set(_span(b.turns))


def _span(turns: Iterable[int]) -> range:
    ordered = sorted(turns)
    return range(ordered[0], ordered[-1] + 1)
