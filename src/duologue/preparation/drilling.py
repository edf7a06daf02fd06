"""The exam: rung after rung is asked, each answer judged at once and set beside the ladder's own. Pure but for memory.

for question in exam.questions():   outcome = exam.answered(question, text)
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from duologue.acts.base import Exchange, Judge
from duologue.preparation.asked import Asked, Wording, askable, wording
from duologue.preparation.judging import Judged, judge
from duologue.preparation.ladder import Ladder
from duologue.preparation.remembering import Line, Memory
from duologue.preparation.spacing import in_order, rating, reviewed

TRIES = 3
ROUND = 8  # rungs in a session unless asked otherwise: some ten minutes, a convention


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A rung and the words in which it is asked now."""

    asked: Asked
    wording: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one try. `tries_left`: how many more there are for this rung."""

    question: Question
    judged: Judged
    tries_left: int


@dataclass(slots=True, kw_only=True)
class Exam:
    """One session over one ladder. `now`: the clock. `by`: who judges; the model in use where None."""

    ladder: Ladder
    memory: Memory
    chance: random.Random
    now: Callable[[], datetime]
    by: Judge | None = None
    rounds: int = ROUND
    everything: bool = False
    said: set[str] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)
    _tries: dict[str, int] = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """Due rungs first, then new ones, in random order; no two questions in the same words."""
        order = in_order(
            list(askable(self.ladder)), self.memory, self.now(), self.chance.shuffle, everything=self.everything
        )
        for asked in order[: self.rounds]:
            words = wording(asked, self.memory.seen, self.said, self.chance)
            self.said.add(words.text)
            yield Question(asked=asked, wording=words)

    def answered(self, question: Question, text: str) -> Outcome:
        """Judge a try and remember it. Only the first of a rung moves its card."""
        asked = question.asked
        claim = asked.claim.claim if asked.before is None else f"{asked.claim.claim} {asked.before.text}"
        judged = judge([Exchange(claim=claim, asked=question.wording.text, answer=text)], self.by)[0]
        tries = self._tries[asked.key] = self._tries.get(asked.key, 0) + 1
        at = self.now()
        given = card = None
        if tries == 1:
            given = rating(judged, asked.kind)
            card = reviewed(self.memory.cards.get(asked.key), asked.key, given, at)
        self.memory.add(
            Line(
                at=at.astimezone(UTC).isoformat(timespec="seconds"),
                rung=asked.key,
                wording=question.wording.id,
                rating=None if given is None else int(given),
                card=None if card is None else dict(card.to_dict()),
                find_out=judged.frank,
            )
        )
        outcome = Outcome(question=question, judged=judged, tries_left=TRIES - tries)
        self.outcomes.append(outcome)
        return outcome
