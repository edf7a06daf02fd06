"""What a person says against a review, or beside it (P1), and what came of it. A person's word is never overruled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duologue.model.conversation import Span

Verdict = Literal["not_so", "also_here", "other_speaker"]
Standing = Literal["applied", "as_found", "superseded", "repeated"]
PERSON = "person"  # what `Act.by` and `Moment.by` begin with where a person, and no instrument, said so


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One correction.

    not_so: the finding with the id `finding` is not there. also_here: there is a `kind` (of act or moment) at `turns`,
    in the words `quote` or in all of them; with a `finding` alone: that finding stands. other_speaker: the words of
    the one turn in `turns` are those of `speaker` (an id or a name of the conversation).

    `turns` count from 0, as everywhere in the library; several only for a moment. `at`: when it was said, ISO 8601 or
    empty. `line`: where it stands in its file, from 1; 0 where it comes from no file.
    """

    verdict: Verdict
    finding: str | None = None
    turns: tuple[int, ...] = ()
    kind: str | None = None
    speaker: str | None = None
    quote: str | None = None
    by: str = ""
    at: str = ""
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """A finding (an act or a moment) named by its id, with where it was and the words it rested on."""

    id: str
    kind: str
    turns: tuple[int, ...]
    quotes: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DialChange:
    """A dial before and after a correction, each as (count, of)."""

    name: str
    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A correction with what the tool had found there, and what changed when it was applied.

    `about`: the id of the finding it is about, also of one that joins; None for a speaker.
    `found`: None where the tool had found nothing of the kind; `found_speaker`: the id that the turn had before.
    `standing`: applied; as_found: nothing had to change; superseded: a later line says otherwise; repeated: a later
    line says the same. `instead`: the number of that later line. `gone`, `joined`, `dials`: what this correction
    changed after those that count before it, the disputed finding itself included. Speakers that are put right in a row
    are put right together, since each means reading all of it again: `told_at` is the line that tells what changed.
    """

    dispute: Dispute
    about: str | None
    found: Pointed | None
    found_speaker: str | None
    standing: Standing
    instead: int = 0
    told_at: int = 0
    gone: tuple[Pointed, ...] = ()
    joined: tuple[Pointed, ...] = ()
    dials: tuple[DialChange, ...] = ()


def by_person(name: str) -> str:
    """What a finding says in `by` where this person (or one without a name) said so."""
    return f"{PERSON}:{name}" if name else PERSON


def is_by_person(by: str | None) -> bool:
    """Whether a finding was said by a person."""
    return by is not None and (by == PERSON or by.startswith(f"{PERSON}:"))
