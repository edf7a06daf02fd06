"""The one interface behind which acts are found, and the index that measures and moments read them through.

Rules (`rules/`) and trained models (`trained/`) stand behind the same Protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

from duologue.model import Act, Side
from duologue.text import Floor, Scene


class Labeller(Protocol):
    """Finds acts. `name` is what each Act says in `by`, with its version."""

    @property
    def name(self) -> str: ...

    def label(self, scene: Scene) -> tuple[Act, ...]:
        """Every act in the scene, sorted by turn, start and kind; each span lies within one turn."""
        ...

    def note(self, scene: Scene) -> str | None:
        """What a reader has to know about how this scene was labelled; None where there is nothing to say."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A claim, what was asked about it, and the answer, as text. `side`: of whoever answers."""

    claim: str
    asked: str
    answer: str
    side: Side = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How likely an answer is each of four things, from 0 to 1 (codebook, ruling "Ladder answers")."""

    responsive: float
    specific: float
    evidence: float
    hands_back: float


@runtime_checkable
class Judge(Protocol):
    """Judges answers to invitations. A labeller that can do this too seconds the rules for them."""

    def judge(self, exchanges: Sequence[Exchange]) -> tuple[Judgement, ...]:
        """A judgement for each exchange, in order."""
        ...


@dataclass(frozen=True)
class Evidence:
    """A scene with its acts, indexed by turn. A kind "invitation" stands for every "invitation.…".

    `judge`: who reads answers to invitations; None where nobody does, and rules stand alone.
    """

    scene: Scene
    acts: tuple[Act, ...]
    judge: Judge | None = None

    @cached_property
    def by_turn(self) -> tuple[tuple[Act, ...], ...]:
        rows: list[list[Act]] = [[] for _ in self.scene.conversation.turns]
        for act in self.acts:
            rows[act.span.turn].append(act)
        return tuple(tuple(row) for row in rows)

    @cached_property
    def kinds(self) -> tuple[frozenset[str], ...]:
        """The kinds of act in each turn, with the groups they belong to ("invitation" beside "invitation.why")."""
        return tuple(frozenset(k for a in row for k in (a.kind, a.kind.partition(".")[0])) for row in self.by_turn)

    def find(self, turn: int, *kinds: str) -> tuple[Act, ...]:
        """The acts of these kinds in a turn, in order; all of them where no kind is given."""
        if kinds and not self.has(turn, *kinds):
            return ()
        return tuple(a for a in self.by_turn[turn] if not kinds or _is(a.kind, kinds))

    def has(self, turn: int, *kinds: str) -> bool:
        """Whether a turn holds an act of one of these kinds."""
        return not self.kinds[turn].isdisjoint(kinds)

    def find_in(self, floor: Floor | None, *kinds: str) -> tuple[Act, ...]:
        """The acts of these kinds in a floor, in order; none where there is no floor."""
        return tuple(a for t in floor.turns for a in self.find(t, *kinds)) if floor else ()

    def first(self, turns: Iterable[int], *kinds: str) -> Act | None:
        """The first act of these kinds in the turns given."""
        return next((a for t in turns for a in self.find(t, *kinds)), None)


def _is(kind: str, kinds: tuple[str, ...]) -> bool:
    return kind in kinds or kind.partition(".")[0] in kinds
