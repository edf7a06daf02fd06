"""What an exam says around its answers: beside the ladder, at the end, and what is due when."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from duologue.preparation.asked import Asked, askable
from duologue.preparation.drilling import Exam, Outcome, Question
from duologue.preparation.judging import NAMES
from duologue.preparation.ladder import Ladder
from duologue.preparation.measured import said
from duologue.preparation.questions import NAMES as PLACES
from duologue.preparation.remembering import Memory
from duologue.preparation.shown import WIDTH, found_lines
from duologue.preparation.spacing import is_due, when
from duologue.reports.safe import on_one_line


def asked_lines(n: str, question: Question) -> str:
    """A question, as it is put; `n`: which of how many."""
    return _filled(f"{n}  ", question.wording.text)


def outcome_lines(outcome: Outcome) -> str:
    """What was found in an answer, and the ladder's own rung to compare with."""
    return "\n".join([*found_lines(outcome.judged), *_beside(outcome.question.asked)])


def _beside(asked: Asked) -> Iterator[str]:
    place = f"claim {asked.number}, {PLACES[asked.place]}"
    if asked.rung.stands:
        where = f", line {asked.rung.quote.line}" if asked.rung.quote else ""
        yield _filled("  = ", f"Your ladder ({place}{where}): “{on_one_line(asked.rung.text or '')}”")
    else:
        yield _filled("  = ", f"Your ladder has nothing here yet. What was good in this could stand there: {place}.")


def goes_well(outcome: Outcome) -> bool:
    """Whether there is nothing to try again for: all four are there, or it is one to find out."""
    return outcome.judged.frank or all(outcome.judged.has(name) for name in NAMES)


def summary(exam: Exam) -> str:
    """The end of a session: what was asked, what is to be found out, what comes when."""
    last = {o.question.asked.key: o for o in exam.outcomes}
    if not last:
        return "Nothing was answered this time; everything stays as it was.\n"
    met = sum(o.judged.has("responsive") for o in last.values())
    evidence = sum(o.judged.has("evidence") for o in last.values())
    back = sum(o.judged.has("hands_back") for o in last.values())
    n = len(last)
    lines = [
        f"You answered {_count(n, 'rung')}: {met} of {n} took up what was asked, {evidence} said where it is known "
        f"from, {back} handed the floor back."
    ]
    find_out = [o for o in last.values() if o.judged.frank]
    if find_out:
        lines.append("To find out:")
        lines += [f"– {on_one_line(o.question.wording.text)}" for o in find_out]
    coming = sorted((exam.memory.cards[key].due, key) for key in last if key in exam.memory.cards)
    if coming:
        lines.append(f"The first of them comes back {when(exam.memory.cards[coming[0][1]], exam.now())}.")
    lines.append(said())
    return "\n".join(_filled("  " if line.startswith("–") else "", line) for line in lines) + "\n"


def due_rows(ladder: Ladder, memory: Memory, now: datetime) -> list[dict[str, Any]]:
    """Every rung that can be asked about, the soonest first: when it comes, whether there is something to find out."""
    rows = []
    for asked in askable(ladder):
        card = memory.cards.get(asked.key)
        rows.append(
            {
                "rung": asked.key,
                "claim": asked.claim.claim,
                "place": asked.place,
                "due": None if card is None else card.due.isoformat(),
                "is_due": card is None or is_due(card, now),
                "find_out": memory.find_out.get(asked.key, False),
            }
        )
    return sorted(rows, key=lambda r: (r["due"] is None, r["due"] or ""))


def due_page(ladder: Ladder, memory: Memory, now: datetime) -> str:
    """What is due when, a line a rung that was asked; of the others only how many there are."""
    lines = []
    rows = due_rows(ladder, memory, now)
    for row in rows:
        if row["due"] is not None:
            more = ", to find out" if row["find_out"] else ""
            name = f"{when(memory.cards[row['rung']], now):<12}{PLACES[row['place']]}{more}: "
            lines.append(textwrap.shorten(name + on_one_line(row["claim"]), WIDTH, placeholder=" …"))
    new = sum(row["due"] is None for row in rows)
    lines.append(f"Not asked yet: {_count(new, 'rung')}.")
    return "\n".join(lines) + "\n"


def nothing_due(exam: Exam) -> str:
    """What is said where there is nothing to ask."""
    cards = [c for r in askable(exam.ladder) if (c := exam.memory.cards.get(r.key))]
    soonest = min(cards, key=lambda c: c.due)
    return f"Nothing is due; the next one comes {when(soonest, exam.now())}. With --all you are asked anyway.\n"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _filled(first: str, text: str) -> str:
    return textwrap.fill(on_one_line(text), WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
