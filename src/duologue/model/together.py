"""What several conversations with the same people say together (S2.6). Every finding points at words, talk by talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duologue.model.conversation import Side, Span
from duologue.model.review import Review

Order = Literal["started_at", "given"]
How = Literal["raised", "picked_up", "spoken_of", "reused", "repaired", "said"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words in one of the talks. `talk`: its place in their order, from 0."""

    talk: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Talks with the same people, in order, and what came of one in a later one.

    `names`: what the talks are called, one for each of `reviews`. `order`: by `started_at`, or as they were given.
    `cold` and `mends` are of all talks but the last, which has no later one; `mends` holds what went wrong in a talk
    and was not put right there, come back to or not; `whole` the repairs that speak of an earlier talk and of nothing
    in particular in it.
    """

    reviews: tuple[Review, ...]
    names: tuple[str, ...]
    order: Order
    people: tuple[Person, ...]
    threads: tuple[Thread, ...]
    cold: tuple[Cold, ...]
    mends: tuple[Mend, ...]
    whole: tuple[Coming, ...]
    cells: tuple[CellOverTime, ...]
    next: tuple[Asked, ...]
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person over the talks. `ids`: their Speaker.id in each talk, None where they were not in it."""

    name: str
    side: Side
    ids: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """How something of an earlier talk came up in a later one.

    `how`: *raised* by the other, *picked_up* or *repaired* by the coached side, *spoken_of* by it without taking it up,
    *reused* for a matter of its own, *said* by the other of the earlier talk. `by`: a person, as an index into
    `Together.people`. `act`: the codebook's name of the act it rests on. `shared`: the words that it has in common with
    the earlier place, as they stand here. `refers`: it speaks of the earlier talk in words ("last time").
    """

    how: How
    place: Place
    by: int
    act: str | None
    shared: tuple[str, ...]
    refers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Something that `by` brought up and that was left. `kind`: the act in `place`; `left`: the words that left it.

    `findable`: it has words of its own to find it by again. `there_later`: `by` took part in a later talk.
    """

    place: Place
    by: int
    kind: str
    left: Place | None
    came: tuple[Coming, ...]
    findable: bool
    there_later: bool

    @property
    def open(self) -> bool:
        """Whether nobody on the coached side picked it up again."""
        return not any(c.how == "picked_up" for c in self.came)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cold:
    """Where `by` withdrew: `before` are the words just before, `low` theirs. `said`: what they said of
    it in later talks.

    `kind`, `moment`: the moment it rests on, and its id.
    """

    kind: str
    moment: str
    by: int
    before: Place
    low: Place
    said: tuple[Coming, ...]
    there_later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """Something that went wrong in a talk and was not put right in it. `came`: how it was later, or None."""

    kind: str
    moment: str
    places: tuple[Place, ...]
    came: Coming | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellStep:
    """One matter of the other in one talk: the depth reached there, and the deepest so far (0 to 3 each)."""

    talk: int
    reached: int
    depth: int
    quotes: tuple[Place, ...]
    brought_out_by: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellOverTime:
    """One of the four cells of context, a step for each talk."""

    name: str
    steps: tuple[CellStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An open question for next time, with the words that it comes from."""

    question: str
    places: tuple[Place, ...]
