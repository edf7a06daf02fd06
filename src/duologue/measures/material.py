"""What every measure is taken from: a conversation counted once. Each part is linear in the number of turns."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from duologue.acts.base import Evidence
from duologue.model import Conversation, Turn
from duologue.text import Sentence

Labels = frozenset[str]
NONE: Labels = frozenset()
ESTIMATED = "rests on estimated times"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a measure is about: one speaker, or a side. `key`: as `Measure.speaker` has it."""

    key: str
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One speaker's hold on the floor: their turns (indices), across any bare sign of listening in between."""

    speaker: str
    turns: tuple[int, ...]


@dataclass(frozen=True)
class Material:
    """A conversation with its acts, counted. `labels[i][k]`: what sentence k of turn i does, with the group of each
    kind ("question" beside "question.open"); `words[i]`: the words of turn i."""

    evidence: Evidence

    @property
    def conversation(self) -> Conversation:
        return self.evidence.scene.conversation

    @property
    def sentences(self) -> tuple[tuple[Sentence, ...], ...]:
        return self.evidence.scene.sentences

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Ids of everybody who speaks for themselves: all but relays."""
        return tuple(s.id for s in self.conversation.speakers if s.side != "relay")

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Every person, then the two sides where they are known."""
        single = [Subject(key=id, speakers=(id,)) for id in self.people]
        sides = []
        if not self.evidence.scene.symmetric:
            for side in ("ours", "theirs"):
                ids = tuple(s.id for s in self.conversation.speakers if s.side == side)
                if ids:
                    sides.append(Subject(key=f"side:{side}", speakers=ids))
        return (*single, *sides)

    @cached_property
    def words(self) -> tuple[int, ...]:
        return tuple(sum(len(s.words) for s in cut) for cut in self.sentences)

    @cached_property
    def words_by(self) -> dict[str, int]:
        return self.by_speaker(self.words)

    @cached_property
    def turns_by(self) -> dict[str, int]:
        return self.by_speaker([1] * len(self.conversation.turns))

    def by_speaker(self, numbers: Iterable[int]) -> dict[str, int]:
        """The sum of a number a turn, by speaker; 0 for those who never spoke."""
        sums = {s.id: 0 for s in self.conversation.speakers}
        for turn, n in zip(self.conversation.turns, numbers, strict=True):
            sums[turn.speaker] = sums.get(turn.speaker, 0) + n
        return sums

    @cached_property
    def labels(self) -> tuple[tuple[Labels, ...], ...]:
        return tuple(self._labels_of(i) for i in range(len(self.conversation.turns)))

    def _labels_of(self, turn: int) -> tuple[Labels, ...]:
        cut, acts = self.sentences[turn], self.evidence.by_turn[turn]
        if not acts:
            return (NONE,) * len(cut)
        if len(cut) == len(acts) == 1:  # the commonest turn, and most of a chat
            return (_labels(acts[0].kind),)
        found: list[set[str]] = [set() for _ in cut]
        starts = [s.span.start for s in cut]
        for act in acts:
            k = max(0, bisect_right(starts, act.span.start) - 1)
            while k < len(cut) and cut[k].span.start < act.span.end:
                if cut[k].span.end > act.span.start:
                    found[k] |= _labels(act.kind)
                k += 1
        return tuple(_same(frozenset(kinds)) for kinds in found)

    def asks(self, turn: int, k: int) -> bool:
        """Whether a sentence is a question: by its acts, or by its mark where no acts are known."""
        return "question" in self.labels[turn][k] if self.evidence.acts else self.sentences[turn][k].is_question

    @cached_property
    def turn_labels(self) -> tuple[Labels, ...]:
        """What each turn does: the labels of its sentences together."""
        return tuple(_joined(rows) for rows in self.labels)

    @cached_property
    def bare(self) -> tuple[bool, ...]:
        """The turns that do not take the floor: without words, or nothing but signs of listening.

        Where no acts are known (another language): one or two words that stand between two longer turns of one other
        speaker and answer no question.
        """
        if self.evidence.acts:
            rows = zip(self.words, self.labels, strict=True)
            return tuple(n == 0 or all("backchannel" in kinds for kinds in cut) for n, cut in rows)
        return tuple(n == 0 or (n <= 2 and self._stands_within(i)) for i, n in enumerate(self.words))

    def _stands_within(self, i: int) -> bool:
        turns = self.conversation.turns
        if not 0 < i < len(turns) - 1 or "?" in turns[i].text:
            return False
        before, after = turns[i - 1], turns[i + 1]
        if min(self.words[i - 1], self.words[i + 1]) <= self.words[i]:
            return False
        return before.speaker == after.speaker != turns[i].speaker and not before.text.rstrip().endswith("?")

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Who held the floor, in order; two neighbours are never of one speaker. A bare turn is in none."""
        found: list[tuple[str, list[int]]] = []
        for i, turn in enumerate(self.conversation.turns):
            if self.bare[i]:
                continue
            if found and found[-1][0] == turn.speaker:
                found[-1][1].append(i)
            else:
                found.append((turn.speaker, [i]))
        return tuple(Stretch(speaker=speaker, turns=tuple(turns)) for speaker, turns in found)

    @cached_property
    def heard(self) -> tuple[int | None, ...]:
        """For each stretch, the one that its speaker heard from the other last; None where there is none.

        For the coached side that is the last by somebody not on it: a colleague's question is not the other's.
        """
        coached, symmetric = frozenset(self.evidence.scene.coached), self.evidence.scene.symmetric
        found: list[int | None] = []
        theirs: int | None = None
        for i, stretch in enumerate(self.stretches):
            ours = not symmetric and stretch.speaker in coached
            found.append(theirs if ours else i - 1 if i else None)
            theirs = theirs if ours else i
        return tuple(found)

    @cached_property
    def stretch_labels(self) -> tuple[Labels, ...]:
        """What each stretch does: the labels of its turns together."""
        return tuple(_joined([self.turn_labels[t] for t in s.turns]) for s in self.stretches)

    @cached_property
    def stretch_words(self) -> tuple[int, ...]:
        return tuple(sum(self.words[t] for t in s.turns) for s in self.stretches)

    @cached_property
    def no_times(self) -> str | None:
        """Why times tell nothing about anybody here; None where they may."""
        turns, sides = self.conversation.turns, self.evidence.scene.sides
        if any(sides.get(t.speaker) == "relay" for t in turns):
            return "an interpreter carries part of the talk, so the time cannot be given to one person"
        if any(talk_time(t) is not None for t in turns):
            return None
        if any(t.start is not None for t in turns):
            return "the file has the times of sending only"
        return "the file has no times"

    def why_no_times(self, turns: Iterable[int] | None = None) -> str | None:
        """Why the talk time of these turns (all where None) is not known; None where it is known of each."""
        if self.no_times:
            return self.no_times
        chosen = range(len(self.times)) if turns is None else tuple(turns)
        lacking = sum(self.times[i] is None for i in chosen)
        return f"{lacking} of {len(chosen)} turns have no times" if lacking else None

    @cached_property
    def times(self) -> tuple[float | None, ...]:
        """The talk time of each turn in seconds."""
        return tuple(talk_time(t) for t in self.conversation.turns)

    @cached_property
    def turns_of(self) -> dict[str, list[int]]:
        """The turns of each speaker; an empty list for those who never spoke."""
        rows: dict[str, list[int]] = {s.id: [] for s in self.conversation.speakers}
        for i, turn in enumerate(self.conversation.turns):
            rows.setdefault(turn.speaker, []).append(i)
        return rows

    def estimated(self, turns: Iterable[int]) -> str | None:
        """The caveat of a figure that rests on times which a reader had to work out."""
        return ESTIMATED if any(self.conversation.turns[i].estimated for i in turns) else None

    @cached_property
    def duration(self) -> float | None:
        """Seconds from the first start to the last end; None where times tell nothing."""
        if self.no_times:
            return None
        turns = [t for t in self.conversation.turns if talk_time(t) is not None]
        starts = [t.start for t in turns if t.start is not None]
        ends = [t.end for t in turns if t.end is not None]
        return max(0.0, max(ends) - min(starts)) if starts and ends else None


@cache
def _labels(kind: str) -> Labels:
    """A kind with its group, as one shared set: 100,000 turns make few different ones."""
    return frozenset({kind, kind.partition(".")[0]})


@lru_cache(maxsize=4096)
def _same(kinds: Labels) -> Labels:
    return kinds


def _joined(rows: Sequence[Labels]) -> Labels:
    return rows[0] if len(rows) == 1 else _same(NONE.union(*rows))


def talk_time(turn: Turn) -> float | None:
    """Seconds of speech in a turn: the sum of its pieces, else from its start to its end; None where one is unknown."""
    if turn.start is None or turn.end is None or not math.isfinite(turn.start) or not math.isfinite(turn.end):
        return None
    spans = turn.pieces or ((turn.start, turn.end),)
    return sum(max(0.0, end - start) for start, end in spans)
