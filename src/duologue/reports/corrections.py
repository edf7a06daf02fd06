"""What a person corrected: their word, what had been found, and what changed; and the ids to correct by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from duologue.model import Conversation, Disputed, Moment, Pointed, Review
from duologue.model.codebook import ACTS, DIALS, MOMENTS
from duologue.reports import wording
from duologue.reports.excerpts import Line, at, line, name_of
from duologue.reports.safe import on_one_line, visible
from duologue.wire import act_id, moment_id

MOST = 6  # findings named one by one; beyond that, how many more


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction as it is shown: `said` by the person, their `note`, what was `found`, and what changed `then`."""

    said: str
    note: str
    lines: tuple[Line, ...]
    found: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnIds:
    """A turn with its number, from 1, and what was found in it (a moment: what begins in it), each with its id."""

    number: int
    at: str
    who: str
    found: tuple[tuple[str, str, str], ...]  # id, label, words


def corrections(review: Review) -> tuple[Correction, ...]:
    """The corrections of a review, in the order in which they were applied."""
    return tuple(_correction(review.conversation, d) for d in review.disputes)


def _correction(c: Conversation, d: Disputed) -> Correction:
    about = d.found or next((p for p in d.joined if p.id == d.about), None)
    turns = about.turns if about else d.dispute.turns
    quotes = about.quotes if about else ()
    shown = sorted({q.turn for q in quotes}) if about else turns[:MOST]
    return Correction(
        said=visible(_said(c, d, about)),
        note=on_one_line(d.dispute.note),
        lines=tuple(line(c, t, quotes, quote_only=bool(about)) for t in shown),
        found=_found(d),
        then=visible(_then(c, d)),
    )


def _said(c: Conversation, d: Disputed, about: Pointed | None) -> str:
    said = d.dispute
    who = f"{on_one_line(said.by) or 'You'} said"
    turns = about.turns if about else said.turns
    where = f" at {at(c, turns[0])}" if turns else ""
    if said.verdict == "other_speaker":
        # The name as the conversation has it now, where this line counts; else as the person wrote it.
        now = name_of(c, c.turns[turns[0]].speaker) if d.standing == "applied" else on_one_line(said.speaker or "")
        return f"{who}: these words{where} are {now}’s."
    kind = about.kind if about else said.kind
    what = f"“{_label(kind)}”{where}" if kind else "that finding"
    if said.verdict == "not_so":
        return f"{who}: {what} is not so."
    return f"{who}: {what} is there{' too' if said.kind else ', and stands'}."


def _label(kind: str) -> str:
    return ACTS[kind].label if kind in ACTS else MOMENTS[kind].label


def _found(d: Disputed) -> str:
    """What the tool had there."""
    if d.dispute.verdict == "other_speaker" or d.standing == "superseded":
        return ""
    if d.dispute.verdict == "also_here":
        return "It was found there before." if d.found else "It had not been found there."
    return "It had been found in these words." if d.found else ""


def _then(c: Conversation, d: Disputed) -> str:
    where = f"line {d.instead}" if d.instead else "a later one"
    if d.standing == "superseded":
        return f"Set aside: {where} says otherwise, and the later word counts."
    if d.standing == "repeated":
        return f"Said again in {where}, and counted once."
    parts = []
    if d.dispute.verdict == "other_speaker" and d.standing == "applied":
        parts.append(f"The file has them as {name_of(c, d.found_speaker or '')}’s")
    for word, points in (("gone", d.gone), ("joined", d.joined)):
        others = [p for p in points if p.id != d.about]
        if others:
            parts.append(f"{word}: {wording.listed(list(_named(c, others)))}")
    parts += [
        f"{DIALS[x.name].label}: {x.after[0]} of {x.after[1]}, before it {x.before[0]} of {x.before[1]}"
        for x in d.dials
    ]
    if d.told_at:
        parts.append(f"what changed is told at line {d.told_at}, with the other speakers put right")
    if not parts:
        applied = d.standing == "applied"
        return "No other finding came or went, and no dial changed." if applied else "Nothing had to change."
    return f"{wording.capital('; '.join(parts))}."


def _named(c: Conversation, points: Sequence[Pointed]) -> Iterator[str]:
    """Moments by name and place, then how many labels of sentences."""
    moments = [p for p in points if p.kind in MOMENTS]
    yield from (f"{_label(p.kind)} at {at(c, p.turns[0])}" for p in moments[: MOST - 2])
    if len(moments) > MOST - 2:
        yield wording.plural(len(moments) - MOST + 2, "more moment")
    if len(points) > len(moments):
        yield wording.plural(len(points) - len(moments), "label") + " of sentences"


def said_by(m: Moment) -> str:
    """What stands in place of a detector's agreement where a person said that a moment is there."""
    name = on_one_line((m.by or "").partition(":")[2])
    return f"Said by {name or 'you'}, and found by no detector"


def paste(id: str) -> str:
    """The line that says of a finding that it is not so, ready for a file."""
    return json.dumps({"finding": id, "verdict": "not_so", "by": "", "at": "", "note": ""})


def turn_ids(review: Review) -> tuple[TurnIds, ...]:
    """Every turn, with the ids of what was found in it."""
    c = review.conversation
    found: dict[int, list[tuple[str, str, str]]] = {}
    for m in review.moments:
        first = m.quotes[0]
        words = c.turns[first.turn].text[first.start : first.end]
        found.setdefault(m.turns[0], []).append((moment_id(c, m), MOMENTS[m.kind].label, _short(words)))
    for a in review.acts:
        words = c.turns[a.span.turn].text[a.span.start : a.span.end]
        found.setdefault(a.span.turn, []).append((act_id(c, a), ACTS[a.kind].label, _short(words)))
    return tuple(
        TurnIds(number=i + 1, at=at(c, i), who=name_of(c, t.speaker), found=tuple(found.get(i, ())))
        for i, t in enumerate(c.turns)
    )


def _short(words: str, most: int = 60) -> str:
    text = on_one_line(words)
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def headings(ids: Iterable[TurnIds]) -> Iterator[tuple[str, tuple[tuple[str, str, str], ...]]]:
    """Each turn as "turn 5, 0:41, Ana", with what was found in it."""
    for t in ids:
        parts = [f"turn {t.number}"] + ([t.at] if not t.at.startswith("turn") else []) + [t.who]
        yield ", ".join(parts), t.found
