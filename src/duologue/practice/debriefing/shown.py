"""Debrief → a terminal, Markdown, JSON; and what is said after a single turn. The words are in `sheet.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from duologue.moments.dials import ENOUGH, wilson
from duologue.practice.debriefing.chances import state_before
from duologue.practice.debriefing.debrief import Debrief, lines_of_moment, reason
from duologue.practice.debriefing.focus import Count, Focus
from duologue.practice.debriefing.sheet import BEFORE, sheet
from duologue.practice.debriefing.sheet_rows import Quote, Row, Sheet, moved, number
from duologue.practice.debriefing.try_shown import moment_said, try_said
from duologue.practice.session import Step, Talk
from duologue.reports.safe import in_markdown as md
from duologue.reports.safe import visible
from duologue.reports.terminal import WIDTH, Page
from duologue.wire import review_to

__all__ = ["as_json", "markdown", "moment_said", "render", "try_said", "turn_said"]


def render(d: Debrief, *, all: bool = False, width: int = WIDTH, color: bool = False, tells: str = "") -> str:
    """The debrief as text, `width` columns wide. `all`: every line, moment and dial.

    `tells`: a sentence that says how to be told what stayed closed, shown where it is not named.
    """
    page, s = Page(width, color), sheet(d, all=all, tells=tells)
    page.put((s.headline, "bold"))
    page.put(s.intro)
    page.gap()
    page.put((BEFORE, "italic"))
    for section in s.sections:
        page.title(section.title)
        if section.table:
            _table(page, section.table)
        for row in section.rows:
            _row(page, row)
    return page.text()


def _row(page: Page, row: Row) -> None:
    if row.head or row.said:
        page.put((row.head, "bold"), row.said, hang=2 if row.head else 0)
    wide = max((len(q.at) + 2 for q in row.quotes), default=0)
    for q in row.quotes:
        at = q.at.ljust(wide)
        page.put(*(((at, "dim"),) if q.at else ()), *_spoken(q), indent=2 if q.at else 2 + wide, hang=wide * bool(q.at))
    if row.after:
        page.put(row.after, indent=2 if row.quotes else 0, hang=2)
    if row.note:
        page.put((f"({row.note})", "dim"), indent=2, hang=2)
    if row.quotes or row.note:
        page.gap()


def _spoken(q: Quote) -> tuple[tuple[str, str], ...]:
    return ((f"{q.who}: " if q.who else "", "bold"), (q.text, ""))


def _table(page: Page, table: tuple[tuple[str, ...], ...]) -> None:
    wide = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    for row in table:
        page.put("  ".join(cell.ljust(w) for cell, w in zip(row, wide, strict=True)), hang=4)
    page.gap()


def markdown(d: Debrief, *, all: bool = False, tells: str = "") -> str:
    """The debrief as Markdown, to paste into a note."""
    return "\n\n".join(_blocks(sheet(d, all=all, tells=tells))) + "\n"


def _blocks(s: Sheet) -> Iterable[str]:
    yield f"# {md(s.headline)}"
    yield md(s.intro)
    yield f"*{md(BEFORE)}*"
    for section in s.sections:
        yield f"## {md(section.title)}"
        if section.table:
            lines = [f"| {' | '.join(md(c) for c in cells)} |" for cells in section.table]
            yield "\n".join([lines[0], "|---" * len(section.table[0]) + "|", *lines[1:]])
        for row in section.rows:
            if row.head or row.said:
                head = f"**{md(row.head)}**" if row.head else ""
                yield " ".join(part for part in (head, md(row.said)) if part)
            if row.quotes:
                yield "\n>\n".join(f"> {_quoted(q)}" for q in row.quotes)
            if row.after:
                yield md(row.after)
            if row.note:
                yield f"*({md(row.note)})*"


def _quoted(q: Quote) -> str:
    at = f" ({md(q.at)})" if q.at else ""
    return f"**{md(q.who)}**{at}: {md(q.text)}" if q.who else f"{md(q.at)}: {md(q.text)}"


def as_json(d: Debrief) -> dict[str, Any]:
    """The debrief as plain values (docs/practice.md lists the keys). Lines of the user's are counted from 1; the
    `turns` of moments and quotes from 0, in the session's conversation, as in `duologue.review/1`."""
    wire = review_to(d.review)
    setting = d.talk.setting
    return {
        "scenario": setting.scenario.name,
        "temperament": setting.temperament,
        "seed": setting.seed,
        "turns": len(d.talk.steps),
        "ended": d.talk.state.ended,
        "uncovered": {
            "told": [t.id for t in d.uncovered.told],
            "of": d.uncovered.of,
            "cells": {c.cell: {"told": [t.id for t in c.told], "of": c.of} for c in d.uncovered.cells},
            "more": [about for c in d.uncovered.cells for about in c.closed] if d.uncovered.named else None,
        },
        "partner_view": [{**asdict(v), "near": v.near is not None} for v in d.views],
        "turned": asdict(d.turned) if d.turned else None,
        "asked": [asdict(a) for a in d.asked],
        "focus": _focus_to(d.focus, d.count) if d.focus and d.count else None,
        "try": asdict(d.to_try) if d.to_try else None,
        "letting_go": asdict(d.letting_go) if d.letting_go else None,
        "moments": [
            {**value, "lines": lines_of_moment(d.talk, m)}
            for value, m in zip(wire["moments"], d.review.moments, strict=True)
        ],
        "dials": wire["dials"],
        "notices": list(d.notices),
        "branches": asdict(d.branches) if d.branches else None,
    }


def _focus_to(focus: Focus, count: Count) -> dict[str, Any]:
    enough = count.of >= ENOUGH
    low, high = wilson(count.count, count.of) if enough else (None, None)
    return {
        "name": focus.name,
        "title": focus.title,
        "count": count.count,
        "of": count.of,
        "value": round(count.count / count.of, 3) if enough else None,
        "low": low,
        "high": high,
        "reason": None if enough else f"too few to say ({count.of} of {ENOUGH})",
        "beside": count.beside or None,
        "quotes": [asdict(q) for q in count.quotes],
    }


_LISTENED = {
    "asked": "a question",
    "followed_up": "a question on what I had said",
    "reflected": "what I had said, given back",
    "acknowledged": "my view, given its due",
    "present": "room for me",
    "answered": "an answer to what I asked",
    "repaired": "something taken back",
}
_CLOSED = {
    "pitch": "a pitch",
    "call_to_action": "a call for a step",
    "persuasion": "a device",
    "assumption": "a guess about me, put as a fact",
    "advice": "advice",
    "wall": "your view against mine",
    "own_matter": "your own matter",
    "dropped": "another subject",
    "deflected": "no answer to what I asked",
    "insult": "an insult",
    "order": "an order that is not for people",
    "flood": "more than I could take in",
    "repeated": "words that you had said before",
}
_SHOWN = 0.3  # what was heard with less than this moved hardly anything


def turn_said(step: Step, talk: Talk | None = None) -> str:
    """One or two lines after a turn: what was heard and how surely, what it did and why. With the `talk`, also how
    trust moved, and told matters stand beside the reason rather than in it. What was withheld is not named."""
    heard = _heard(step)
    why = reason(step, talk.setting.scenario) if talk else step.decision.why
    if talk and step.decision.trigger is not None:
        touches = talk.setting.scenario.triggers[step.decision.trigger].why
        why += f" What it touches: {touches[:1].lower()}{touches[1:]}"
    if talk and step.decision.layer:
        about = talk.setting.scenario.layer(step.decision.layer).about
        why += f" Told{' more of' if step.decision.does == 'add' else ''}: {about}."
    if step.decision.withheld:
        why += " There was something that I did not tell you yet."
    before = state_before(talk, step).trust if talk else None
    trust = f"Trust {moved((before, step.state.trust)) if before is not None else number(step.state.trust)}."
    return visible(f"heard: {heard}.\n{why} {trust}")


def _heard(step: Step) -> str:
    h = step.heard
    found = [(value, _LISTENED[kind]) for kind, value in h.listening.items()]
    found += [(value, _CLOSED[kind]) for kind, value in h.closing.items()]
    shown = [f"{words} ({number(value)})" for value, words in sorted(found, reverse=True) if value >= _SHOWN][:3]
    if shown:
        return ", ".join(shown)
    return "a greeting" if h.greeting else "a silence" if h.silent else "no English" if h.foreign else "little"
