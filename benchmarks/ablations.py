"""What each method adds: reviews with one method replaced by its simple rule.

To add a switch, add a line to `SWITCHES`: its name, and what to put in the place of what. A target is a dotted name;
what stands in its place is made from what was there, so that a wrapper can call it. Patched here only, for one run, in
every module of ours that holds the same object. Of a detector patch what it calls, or
"duologue.moments.KIND.DETECTOR.find": the name `find` itself is not looked up any more when we come.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from training.examples import kept_aside

from benchmarks.moments_common import (
    Table,
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
    with_interval,
)
from benchmarks.moments_given import has_acts, on_given
from benchmarks.moments_labelled import MINUS, Scores
from benchmarks.moments_pairs import Item, agreed, holds, judged, second, shown, written
from duologue.agreement import UNMEASURED
from duologue.model import Review
from duologue.model.codebook import MOMENTS
from duologue.moments.openings import confirms

Instead = Callable[[Any], Any]  # what was there → what stands in its place
Reviewing = Callable[[Item], Review]

_M = "duologue.moments."


@dataclass(frozen=True)
class Switch:
    """`name`: what the simple rule is. `instead`: dotted name → what stands in its place."""

    name: str
    instead: dict[str, Instead]


def _yes(stage: Any, said: Any, reflection: Any, reaction: Any) -> float:
    return 0.9 if confirms(stage.scene.conversation.turns[reaction.first].text) else 0.0


def _no_withdrawal(stage: Any, stretch: Any) -> float:
    up = ("disclosure", "invitation", "follow_up", "question.open", "story.personal", "agreement")
    return 1.0 if stage.in_stretch(stretch, *up) else -0.5


def _length(stage: Any, stretch: Any) -> float:
    return 1.0 if sum(map(stage.scene.words, stretch.turns)) > 6 else -1.0


SWITCHES: tuple[Switch, ...] = (
    Switch("a reflection is confirmed by a yes alone", {_M + "exchanges._confirmation": lambda was: _yes}),
    Switch("no matter shared by stems", {_M + "stage.Stage.matter": lambda was: lambda self, turns: frozenset()}),
    Switch("whole words for stems", {_M + "threads.stem": lambda was: lambda word: word if was(word) else ""}),
    Switch("engagement without withdrawal", {_M + "engagement.score": lambda was: _no_withdrawal}),
    Switch("engagement by length alone", {_M + "engagement.score": lambda was: _length}),
    Switch("it went cold wherever the mean falls (no `chance`)", {_M + "engagement.chance": lambda was: lambda s: 0.0}),
    Switch("one reading alone", {"duologue.moments.SURER": lambda was: 0.0}),
    Switch("assumed, whatever was said before", {_M + "assumed._verdict": lambda was: lambda *a: was(*a[:3], set())}),
)


@contextmanager
def replaced(switch: Switch) -> Iterator[None]:
    """One method replaced while the block runs. Raises AttributeError where a target is no longer there."""
    undo: list[Callable[[], None]] = []
    try:
        for target, instead in switch.instead.items():
            owner, name = _owner(target)
            was = getattr(owner, name)
            new = instead(was)
            for holder in _holders(owner, name, was):
                undo.append(lambda holder=holder, name=name, was=was: _put(holder, name, was))  # type: ignore[misc]
                _put(holder, name, new)
        yield
    finally:
        for back in reversed(undo):
            back()


def _owner(target: str) -> tuple[Any, str]:
    """What holds the last part of a dotted name: a module, a class, or a value."""
    path = target.split(".")
    at = next(n for n in range(len(path) - 1, 0, -1) if _module(".".join(path[:n])) is not None)
    owner: Any = _module(".".join(path[:at]))
    for part in path[at:-1]:
        owner = getattr(owner, part)
    return owner, path[-1]


def _module(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return None


def _holders(owner: Any, name: str, was: Any) -> list[Any]:
    """The owner, and every module of ours that imported the same object under its name."""
    others = [m for key, m in list(sys.modules.items()) if key.startswith("duologue") and m is not owner]
    return [owner, *(m for m in others if isinstance(owner, ModuleType) and m.__dict__.get(name, owner) is was)]


def _put(holder: Any, name: str, value: Any) -> None:
    if isinstance(holder, (ModuleType, type)):
        setattr(holder, name, value)
    else:
        object.__setattr__(holder, name, value)  # a frozen value, such as a Detector


@dataclass(frozen=True, kw_only=True)
class Run:
    """What came out of one run: scores of each set, and of each pair whether both items were right."""

    sets: dict[str, Scores]
    pairs: dict[str, bool]


def ablations() -> Iterator[Table]:
    """What each switch costs, on our development conversations, the shared ones, and the pairs that are not aside."""
    sets = {"ours, dev": ours("dev"), "../shared/gold": gold()}
    sets = {name: labels for name, labels in sets.items() if labels}
    two = [*shown(), *(x for x in agreed(written(), second()) if not kept_aside(x))]
    if not sets and not two:
        yield Table(title="Ablations", words=("Absent: labelled conversations and pairs. Nothing was measured.",))
        return
    # Where an act was not found no method helps: on people's acts one sees the methods alone.
    yield _table("Ablations", sets, two, lambda x: reviewed(conversation_of(x)))
    yield _table("Ablations, on people's acts", sets, [x for x in two if has_acts(x)], on_given)


def _table(title: str, sets: dict[str, list[Item]], two: list[Item], of: Reviewing) -> Table:
    base = _run(sets, two, of)
    rows = []
    for switch in SWITCHES:
        try:
            with replaced(switch):
                rows.append(_row(switch.name, base, _run(sets, two, of)))
        except (AttributeError, TypeError) as error:
            rows.append((switch.name, f"does not fit the code any more: {error}", *[""] * (2 * len(sets))))
    head = [f"{what}, {name}" for name in sets for what in ("F1", "precision of `-`")]
    return Table(title=title, words=(_words(base),), head=("simple rule", *head, f"{len(base.pairs)} pairs"), rows=rows)


def _run(sets: dict[str, list[Item]], two: list[Item], of: Reviewing) -> Run:
    return Run(
        sets={name: {x["id"]: scored(x, found_in(of(x))) for x in labels} for name, labels in sets.items()},
        pairs={pair: right.both for pair, right in judged(two, lambda x: holds(x, of(x))).items()},
    )


def _words(base: Run) -> str:
    now = []
    for name, scores in base.sets.items():
        counts = of_kinds(scores, _KINDS)
        now.append(f"{name}: F1 {cell(micro_f1(counts, counts))}")
    return f"As it is: {', '.join(now)}; pairs {sum(base.pairs.values())} of {len(base.pairs)}."


_KINDS = tuple(k for k in MOMENTS if k not in UNMEASURED)


def _row(name: str, base: Run, less: Run) -> tuple[str, ...]:
    cells = []
    for which, scores in base.sets.items():
        for kinds, of in ((_KINDS, micro_f1), ([k for k in _KINDS if k in MINUS], precision)):
            a, b = of_kinds(scores, kinds), of_kinds(less.sets[which], kinds)
            figure = difference(lambda ids, c=a, of=of: of(c, ids), lambda ids, c=b, of=of: of(c, ids))  # type: ignore[misc]
            cells.append("0" if a == b else with_interval([*scores], figure, signed=True))
    won = sum(now and not less.pairs[p] for p, now in base.pairs.items())
    lost = sum(less.pairs[p] and not now for p, now in base.pairs.items())
    return (name, *cells, f"+{won} −{lost}" if won or lost else "0")
