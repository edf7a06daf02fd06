"""Looking back: what came to light, where it turned, the focus, how the partner heard it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from duologue.model.codebook import CELLS
from duologue.moments.dials import ENOUGH, wilson
from duologue.practice.debriefing.debrief import Debrief, PartnerView
from duologue.practice.debriefing.focus import Count, Focus
from duologue.practice.debriefing.sheet_rows import Quote, Row, first_name, moved, number, once, own, theirs
from duologue.practice.debriefing.turned import LEAST
from duologue.reports import wording
from duologue.reports.safe import visible

MOVED = 0.05  # trust, of 1: a line that moves less and brings nothing out is left out, unless all are wanted
MOST_QUOTES = 4
BRIEF = 110  # characters
_CELL = {e.act.partition(".")[2]: name for name, e in CELLS.items()}


def light(d: Debrief, tells: str) -> Iterator[Row]:
    u, name = d.uncovered, first_name(d)
    if not u.of:
        yield Row(said=f"{name} had nothing to tell beside what was said before this line.")
        return
    some = f"{len(u.told)} of the {u.of} matters that {name} carries came to light."
    yield Row(said=some if u.told else f"None of the {u.of} matters that {name} carries came to light, this time.")
    for cell in (c for c in u.cells if c.told):
        quotes = tuple(Quote(at=f"line {x.turn}", who="", text=f"{x.about}: “{_brief(x.words)}”") for x in cell.told)
        label = wording.capital(wording.cell_label(_CELL[cell.cell], d.talk.setting.scenario.kind))
        yield Row(head=f"{label}, {len(cell.told)} of {cell.of}", quotes=quotes)
    closed = [about for c in u.cells for about in c.closed]
    if closed:
        yield Row(said=f"There was more: {'; '.join(closed)}.")
    elif u.left:
        noun = "matter" if u.left == 1 else "matters"
        stay = "is" if u.left == 1 else "are"
        yield Row(
            said=f"{u.left} {'more ' if u.told else ''}{noun} stayed closed, and {stay} not named here, so that you "
            f"can still find {'it' if u.left == 1 else 'them'}.{f' {tells}' if tells else ''}"
        )


def _brief(words: str) -> str:
    """The beginning of what was said, between words."""
    return shorten(visible(words), BRIEF, placeholder=" …")


def turned(d: Debrief) -> Iterator[Row]:
    t, name = d.turned, first_name(d)
    if t is None:
        yield Row(said=_unturned(d))
        return
    if t.steady:
        said = f"{name} {'opened up' if t.up else 'closed'} line by line, and this one moved it most."
    else:
        said = f"After it {name} " + ("opened up, and it lasted." if t.up else "closed, and it did not come back.")
    yield Row(
        head=f"Line {t.turn}. ",
        said=said,
        quotes=(own(d, t.turn), theirs(d, t.turn)),
        after=f"{name}’s view: “{t.why}”",
        note=f"trust {moved(t.trust)}, openness {moved(t.openness)}; {name}’s own, from 0 to 1",
    )


def _unturned(d: Debrief) -> str:
    last = d.views[-1]
    if abs(last.trust[1] - last.trust[0]) < LEAST:
        return "No line of yours turned it for good, for better or worse."
    return (
        f"No line before your last one turned it for good. Line {last.turn} moved {first_name(d)}’s trust "
        f"{moved(last.trust)}; it came last, so that nobody knows whether that would have lasted."
    )


def focus(d: Debrief) -> Iterator[Row]:
    if d.focus is None or d.count is None:
        return
    yield Row(said=f"{d.focus.what} {d.focus.why}")
    yield Row(said=count_said(d.focus, d.count))
    for taken, head in ((True, "Here you did: "), (False, "Here it was open: ")):
        lines = [q.turn for q in d.count.quotes if q.taken == taken]
        if lines:
            yield Row(head=head, quotes=tuple(own(d, n) for n in lines[:MOST_QUOTES]), after=_more(len(lines)))


def _more(n: int) -> str:
    return f"and {n - MOST_QUOTES} more" if n > MOST_QUOTES else ""


def _lower(said: str) -> str:
    return said[:1].lower() + said[1:]


def views(d: Debrief, *, all: bool) -> Iterator[Row]:
    left_out: list[str] = []
    kept: str | None = None
    yield Row(said=f"{first_name(d)}’s trust is a number from 0 to 1. It began at {number(d.views[0].trust[0])}.")
    for v in d.views:
        new = v.near is not None and v.near != kept
        kept = v.near or kept
        eventful = v.told or v.against or v.asks or v.touched or new or v.does in ("leave", "forward")
        if not (all or eventful or abs(v.trust[1] - v.trust[0]) >= MOVED):
            left_out.append(str(v.turn))
            continue
        yield Row(quotes=(own(d, v.turn),), after=_seen(d, v, new=new), note=f"trust {moved(v.trust)}")
    if left_out:
        yield Row(said=f"{'Line' if len(left_out) == 1 else 'Lines'} {wording.listed(left_out)} moved little.")


def _seen(d: Debrief, v: PartnerView, *, new: bool) -> str:
    said = f"{first_name(d)}’s view: “{v.why}”"
    if v.told:
        said += f" {'Told' if v.does == 'disclose' else 'Told more of'}: {v.told}."
    if v.touched:
        said += f" What it touches: {_lower(v.touched)}"
    if new:
        said += " “Here I decided not to tell you something.”"
        said += f" It was: {v.withheld}." if v.withheld else ""
    return said


def asked(d: Debrief) -> Iterator[Row]:
    name, of, met = first_name(d), len(d.asked), sum(a.met is True for a in d.asked)
    if not d.asked:
        return
    times = {1: "once", 2: "twice"}.get(of, f"{of} times")
    if of == 1:
        took = f"and your next line {'took' if met else 'did not take'} that up"
    elif met in (0, of):
        took = f"and {'each' if met else 'none'} of your next lines took that up"
    else:
        took = f"and {'one' if met == 1 else met} of your next lines took that up"
    yield Row(said=f"{name} asked you to say more {times}, {took}, as {name} heard it.")
    missed = [a.turn for a in d.asked if a.met is False]
    if missed:
        some = [q for n in missed[:MOST_QUOTES] for q in (theirs(d, n - 1, label=True), own(d, n))]
        yield Row(head="Not taken up: ", quotes=once(some), after=_more(len(missed)))


def letting_go(d: Debrief) -> Iterator[Row]:
    g = d.letting_go
    if g is None:
        return
    if g.let_go is None:
        said = "It ended there, so nothing shows yet what you would have done."
    elif g.let_go:
        said = "After that you asked for nothing and offered nothing: you let go."
    else:
        said = "After that you still asked for your own matter, and letting go was open to you."
    quotes = tuple(Quote(at=f"line {n}", who="You", text=visible(words)) for n, words in g.pressed)
    yield Row(
        head=f"Line {g.turn} brought out: {g.after}. ",
        said=said,
        quotes=quotes,
        after=f"Letting go is right here. {g.why}",
    )


def count_said(focus: Focus, count: Count) -> str:
    """ "2 of 5 invitations of theirs answered", with an interval from ten chances on."""
    one, many = focus.chance
    if not count.of:
        return f"No {one} came up, so there was nothing to count."
    said = f"{count.count} of {count.of} {one if count.of == 1 else many} {focus.taken}"
    if count.of >= ENOUGH:
        low, high = wilson(count.count, count.of)
        said += f": {number(count.count / count.of)} ({number(low)} to {number(high)})"
    said += f"; {count.beside}" if count.beside else ""
    return f"{said}." + ("" if count.of >= ENOUGH else f" Too few to say more: a share takes {ENOUGH}.")
