"""What was measured over sessions: each skill beside itself, oldest first. Nobody is compared with anybody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from duologue.moments.dials import ENOUGH, wilson
from duologue.practice.debriefing.focus import FOCUSES
from duologue.practice.debriefing.sheet_rows import number
from duologue.reports.safe import on_one_line

NOTHING = "No session with a focus was measured yet.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """What one session or try came to. `when`: as it is to be shown, e.g. "2026-03-05 14:02"; it also sorts."""

    when: str
    focus: str
    count: int
    of: int
    scenario: str
    temperament: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """Chances of several sessions together. `value`, `low`, `high` (95 %) from ten chances on, else None."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One skill over its sessions, oldest first. `earlier` and `later`: the first and the second half of them.

    `said`: how the two compare, in words.
    """

    focus: str
    title: str
    rows: tuple[Practised, ...]
    whole: Pooled
    earlier: Pooled | None
    later: Pooled | None
    said: str


def progress(entries: Iterable[Practised]) -> tuple[Skill, ...]:
    """The skills that were practised, in the order of `FOCUSES`. A focus that there is no more is left out."""
    found = sorted(entries, key=lambda e: e.when)
    by_focus = {name: tuple(e for e in found if e.focus == name) for name in FOCUSES}
    return tuple(_skill(name, rows) for name, rows in by_focus.items() if rows)


def _skill(name: str, rows: tuple[Practised, ...]) -> Skill:
    half = len(rows) // 2
    earlier, later = (pooled(rows[:half]), pooled(rows[half:])) if half else (None, None)
    return Skill(
        focus=name,
        title=FOCUSES[name].title,
        rows=rows,
        whole=pooled(rows),
        earlier=earlier,
        later=later,
        said=_compared(earlier, later),
    )


def pooled(rows: Iterable[Practised]) -> Pooled:
    """The chances of these sessions taken together."""
    some = tuple(rows)
    count, of = sum(r.count for r in some), sum(r.of for r in some)
    if of < ENOUGH:
        return Pooled(count=count, of=of, value=None, low=None, high=None)
    low, high = wilson(count, of)
    return Pooled(count=count, of=of, value=round(count / of, 3), low=low, high=high)


def _compared(earlier: Pooled | None, later: Pooled | None) -> str:
    """The later half beside the earlier one. Where the intervals overlap, the difference may be chance."""
    if earlier is None or later is None:
        return "One session so far: there is nothing to compare it with yet."
    if earlier.low is None or earlier.high is None or later.low is None or later.high is None:
        return f"Too few to say how it moved: each half of the sessions needs {ENOUGH} chances."
    if later.low > earlier.high:
        return "You did it more often in the later half than in the earlier one."
    if later.high < earlier.low:
        return "You did it less often in the later half; other partners and temperaments ask for more, too."
    return "No clear difference between the earlier and the later half: it may be chance."


def progress_said(skills: Iterable[Skill]) -> str:
    """The table as text: a line a session, oldest first, then the whole and how its halves compare."""
    blocks = [_block(s) for s in skills]
    return "\n".join(blocks) if blocks else NOTHING


def _block(s: Skill) -> str:
    lines = [f"{s.title} ({s.focus}): {FOCUSES[s.focus].measured}"]
    wide = max(len(_who(r)) for r in s.rows)
    lines += [f"  {on_one_line(r.when)}  {_who(r).ljust(wide)}  {_share(pooled([r]))}" for r in s.rows]
    lines.append(f"  together: {_share(s.whole)}")
    if s.earlier and s.later:
        lines.append(f"  earlier half: {_share(s.earlier)}")
        lines.append(f"  later half: {_share(s.later)}")
    lines.append(f"  {s.said}")
    return "\n".join(lines) + "\n"


def _who(r: Practised) -> str:
    return on_one_line(f"{r.scenario}:{r.temperament}")


def _share(p: Pooled) -> str:
    if not p.of:
        return "no chance came up"
    said = f"{p.count} of {p.of}"
    if p.value is None or p.low is None or p.high is None:
        return f"{said}, too few to say"
    return f"{said}, {number(p.value)} ({number(p.low)} to {number(p.high)})"
