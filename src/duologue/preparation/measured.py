"""How far the judgements of answers agree with people (P4): read from `measured.json`, never typed in.

Made by `python -m benchmarks.answers --write`, on answers that nothing was trained or chosen on.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement. `yes`: how many answers have it. `mean`: of the F1 of yes and of no, `low` to `high` its 95 %
    interval; always saying yes earns half the F1 of yes. `model_alone`: the mean without cues and rules."""

    name: str
    yes: int
    f1_yes: float
    f1_no: float
    mean: float
    low: float
    high: float
    model_alone: float


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """One set of answers. `set`: what it is; `n` answers."""

    set: str
    n: int
    judgements: list[Agreed]


@cache
def measured() -> tuple[Measured, ...]:
    """The figures as they were measured last, set by set."""
    data = files("duologue.preparation").joinpath("measured.json").read_bytes()
    return msgspec.json.decode(data, type=tuple[Measured, ...])


def said() -> str:
    """The figures in sentences, with what they leave open."""
    sets = "; ".join(
        f"{m.set}: " + ", ".join(f"{_plain(a.name)} {a.mean:.2f}" for a in m.judgements) for m in measured()
    )
    return (
        f"Agreement with people's labels (mean F1 of yes and of no; 1 is full): {sets}. "
        "It can be wrong about yours; the words are there so that you can look."
    )


def _plain(name: str) -> str:
    return name.replace("_", " ")
