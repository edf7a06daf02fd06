"""A debrief in words, section by section, before any format. It asks before it tells, and adds nothing up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duologue.model import Dial
from duologue.model.codebook import CELLS as CELL_ENTRIES
from duologue.model.codebook import DIALS, MOMENTS
from duologue.moments.dials import ENOUGH, wilson
from duologue.practice.branches import Branch, Way
from duologue.practice.chances import line_at, turn_at
from duologue.practice.debrief import Debrief, PartnerView
from duologue.practice.focus import FOCUSES, Count, Focus
from duologue.practice.scenario import Cell
from duologue.reports import trust, wording
from duologue.reports.excerpts import line, lines_of
from duologue.reports.safe import visible

BEFORE = "Before you read on: after which line of yours did it turn, and which way?"
MOVED = 0.05  # trust, of 1: a line that moves less and brings nothing out is left out, unless all are wanted
MOST_QUOTES = 4
_CELL = {e.act.partition(".")[2]: name for name, e in CELL_ENTRIES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of one line. `at`: "line 3", or "" where it stands under one of the same line."""

    at: str
    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paragraph: `head` stands out, `said` goes on, the `quotes` follow, then `after` them; `note` is what to know of
    how it was found."""

    head: str = ""
    said: str = ""
    quotes: tuple[Quote, ...] = ()
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    id: str
    title: str
    rows: tuple[Row, ...]
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    headline: str
    intro: str
    sections: tuple[Section, ...]


def sheet(d: Debrief, *, all: bool = False, tells: str = "") -> Sheet:
    """The words of a debrief. `all`: every line, moment and dial. `tells`: how to be told what stayed closed."""
    parts = (
        Section(id="light", title="What came to light", rows=tuple(_light(d, tells))),
        Section(id="turned", title="Where it turned", rows=tuple(_turned(d))),
        Section(id="focus", title=f"Your focus: {d.focus.title}" if d.focus else "", rows=tuple(_focus(d))),
        Section(id="partner", title=f"How {first_name(d)} heard it", rows=tuple(_views(d, all=all))),
        Section(id="asked", title=f"What {first_name(d)} asked", rows=tuple(_asked(d))),
        Section(id="letting_go", title="Letting go", rows=tuple(_letting_go(d))),
        Section(id="keep", title="To keep", rows=tuple(_keep(d))),
        Section(id="try", title="One thing to try", rows=tuple(_try(d))),
        Section(id="branches", title="Beside your other tries", rows=tuple(_partings(d)), table=_table(d)),
        *(_all(d) if all else ()),
        Section(id="unknown", title="What cannot be known", rows=tuple(Row(said=visible(n)) for n in d.notices)),
    )
    return Sheet(
        headline=f"You and {d.talk.setting.scenario.person.name}: {_lowered(d.talk.setting.scenario.title)}",
        intro=_intro(d),
        sections=tuple(s for s in parts if s.rows or s.table),
    )


def first_name(d: Debrief) -> str:
    return d.talk.setting.scenario.person.name.split()[0]


def number(value: float) -> str:
    """A share of 1 with two places: ".41", "1"."""
    return f"{value:.2f}".removeprefix("0").removesuffix(".00") or "0"


def moved(pair: tuple[float, float]) -> str:
    """ ".41 → .52"."""
    return f"{number(pair[0])} → {number(pair[1])}"


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
    return f"{said}." + ("" if count.of >= ENOUGH else f" Of fewer than {ENOUGH} no share is given.")


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:] if title[:2] in ("A ", "Th") or title[:3] == "An " else title


def _intro(d: Debrief) -> str:
    setting, lines = d.talk.setting, len(d.talk.steps)
    said = f"{wording.plural(lines, 'line')} of yours, and {first_name(d)} in the temperament “{setting.temperament}”."
    if d.talk.state.ended:
        left = any(s.decision.does == "leave" for s in d.talk.steps[-1:])
        return f"{said} {first_name(d)} {'left' if left else 'ended it when all was said'}."
    return f"{said} It can go on from where it is, or from any line before."


def _quote(d: Debrief, at: int, *, label: bool = True) -> Quote:
    """A turn of the conversation, cut to what one can read, under the number of the user's line."""
    shown = line(d.review.conversation, at)
    return Quote(at=f"line {line_at(d.talk, at)}" if label else "", who=shown.who.split()[0], text=shown.text)


def _own(d: Debrief, n: int) -> Quote:
    return _quote(d, turn_at(d.talk, n))


def _theirs(d: Debrief, n: int, *, label: bool = False) -> Quote:
    return _quote(d, turn_at(d.talk, n) + 1, label=label)


def _light(d: Debrief, tells: str) -> Iterator[Row]:
    u, name = d.uncovered, first_name(d)
    yield Row(said=f"{len(u.told)} of the {u.of} matters that {name} carries." if u.told else f"{name} kept it all.")
    for cell in u.cells:
        label = wording.capital(_cell_label(cell.cell, d))
        for i, told in enumerate(cell.told):
            head = f"{label}, {len(cell.told)} of {cell.of}: " if not i else ""
            yield Row(head=head, said=f"{told.about}", quotes=(_theirs(d, told.turn, label=True),))
    closed = [about for c in u.cells for about in c.closed]
    if closed:
        yield Row(said=f"There was more: {wording.listed(closed) if len(closed) < 7 else '; '.join(closed)}.")
    elif u.left:
        noun = "matter" if u.left == 1 else "matters"
        stay = "is" if u.left == 1 else "are"
        yield Row(
            said=f"{u.left} {'more ' if u.told else ''}{noun} stayed closed, and {stay} not named here, so that you "
            f"can still find {'it' if u.left == 1 else 'them'}.{f' {tells}' if tells else ''}"
        )


def _cell_label(cell: Cell, d: Debrief) -> str:
    return wording.cell_label(_CELL[cell], d.talk.setting.scenario.kind)


def _turned(d: Debrief) -> Iterator[Row]:
    t, name = d.turned, first_name(d)
    if t is None:
        yield Row(said="No line of yours turned it, for better or worse: it went on much as it had begun.")
        return
    how = f"{name} opened up, and it lasted" if t.up else f"{name} closed, and it did not come back"
    yield Row(
        head=f"Line {t.turn}. ",
        said=f"After it {how}.",
        quotes=(_own(d, t.turn), _theirs(d, t.turn)),
        after=f"{name}: “{t.why}”",
        note=f"trust {moved(t.trust)}, openness {moved(t.openness)}, each from 0 to 1",
    )


def _focus(d: Debrief) -> Iterator[Row]:
    if d.focus is None or d.count is None:
        return
    yield Row(said=f"{d.focus.what} ({d.focus.requirement})")
    yield Row(said=count_said(d.focus, d.count))
    for taken, head in ((True, "Here you did: "), (False, "Here it was open: ")):
        lines = [q.turn for q in d.count.quotes if q.taken == taken]
        if lines:
            more = f"and {len(lines) - MOST_QUOTES} more" if len(lines) > MOST_QUOTES else ""
            yield Row(head=head, quotes=tuple(_own(d, n) for n in lines[:MOST_QUOTES]), after=more)


def _views(d: Debrief, *, all: bool) -> Iterator[Row]:
    left_out: list[str] = []
    kept: str | None = None
    for v in d.views:
        new = v.near and (v.withheld or "") != kept
        kept = (v.withheld or "") if v.near else kept
        eventful = v.told or v.against or v.asks or new or abs(v.trust[1] - v.trust[0]) >= MOVED
        if not (all or eventful):
            left_out.append(str(v.turn))
            continue
        yield Row(quotes=(_own(d, v.turn),), after=_seen(d, v, new=new), note=f"trust {moved(v.trust)}")
    if left_out:
        yield Row(said=f"{'Line' if len(left_out) == 1 else 'Lines'} {wording.listed(left_out)} moved little.")


def _seen(d: Debrief, v: PartnerView, *, new: bool) -> str:
    said = f"{first_name(d)}: “{v.why}”"
    if v.told:
        said += f" {'Told' if v.does == 'disclose' else 'Told more of'}: {v.told}."
    if v.near and new:
        kept = f": {v.withheld}" if v.withheld else ""
        said += f" “There was something that I could have told you here, and I kept it back{kept}.”"
    return said


def _asked(d: Debrief) -> Iterator[Row]:
    name, met = first_name(d), sum(a.met is True for a in d.asked)
    if not d.asked:
        return
    times = "once" if len(d.asked) == 1 else f"{len(d.asked)} times"
    yield Row(said=f"{name} asked you to say more {times}, and took {met} of your answers for one.")
    for a in d.asked:
        if a.met is False:
            yield Row(head="Not taken up: ", quotes=(_theirs(d, a.turn - 1, label=True), _own(d, a.turn)))


def _letting_go(d: Debrief) -> Iterator[Row]:
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
        head=f"Line {g.turn} brought out: {g.after}. ", said=said, quotes=quotes, after=f"Letting go was right: {g.why}"
    )


def _keep(d: Debrief) -> Iterator[Row]:
    for m in d.keep:
        yield Row(
            head=f"{wording.capital(MOMENTS[m.kind].label)}. ",
            said=visible(m.why),
            quotes=tuple(_quote(d, shown.turn) for shown in lines_of(d.review.conversation, m)),
            note=trust.agreement_said(m.kind),
        )


def _try(d: Debrief) -> Iterator[Row]:
    t = d.to_try
    if t is None:
        yield Row(said="Nothing stood out. Which of your lines would you like to hear yourself say in another way?")
        return
    note = trust.agreement_said(t.kind) if t.kind else ""
    quotes = (_own(d, t.turn),) if t.turn else ()
    yield Row(quotes=quotes, after=visible(t.question), note=f"{MOMENTS[t.kind].label}; {note}" if t.kind else "")
    if t.turn and not d.talk.state.ended:
        yield Row(said=f"To try it: go back to before line {t.turn}.")
    if d.focus is None:
        yield Row(said=f"A focus that would fit next: {FOCUSES[t.focus].title} ({t.focus}).")


def _table(d: Debrief) -> tuple[tuple[str, ...], ...]:
    if d.branches is None:
        return ()
    rows = d.branches.rows
    table = [
        ("", *(b.label for b in rows)),
        ("lines of yours", *(str(b.lines) for b in rows)),
        ("came to light", *(f"{len(b.told)} of {b.of}" for b in rows)),
    ]
    if d.focus:
        table.append((d.focus.title.lower(), *(_counted(b) for b in rows)))
    table += [
        ("their “tell me more” answered", *(f"{b.met} of {b.asked}" if b.asked else "none asked" for b in rows)),
        ("lines with an offer of yours", *(str(b.offers) for b in rows)),
        ("trust, first to last", *(moved(b.trust) for b in rows)),
    ]
    return tuple(table)


def _counted(b: Branch) -> str:
    return f"{b.focus.count} of {b.focus.of}" if b.focus and b.focus.of else "no chance"


def _partings(d: Debrief) -> Iterator[Row]:
    if d.branches is None:
        return
    for p in d.branches.partings:
        quotes = tuple(q for way in (p.other, p.this) for q in _way(d, way))
        yield Row(head=f"{wording.capital(p.other.label)} and this one part at line {p.turn}:", quotes=quotes)


def _way(d: Debrief, way: Way) -> Iterator[Quote]:
    if way.said is None or way.reply is None:
        yield Quote(at=way.label, who="", text="(it ended before that)")
        return
    told = f" [told: {way.told}]" if way.told else ""
    yield Quote(at=way.label, who="You", text=visible(way.said))
    yield Quote(at="", who=first_name(d), text=f"{visible(way.reply)}{told}")


def _all(d: Debrief) -> Iterator[Section]:
    conversation = d.review.conversation
    rows = [
        Row(
            head=f"{m.sign} {MOMENTS[m.kind].label}. ",
            said=visible(m.why),
            quotes=tuple(_quote(d, shown.turn) for shown in lines_of(conversation, m)),
            note=trust.agreement_said(m.kind),
        )
        for m in d.review.moments
        if m not in d.keep
    ]
    yield Section(id="more", title="More moments", rows=tuple(rows))
    dials = [Row(head=f"{DIALS[x.name].label}: ", said=_dial_said(x)) for x in d.review.dials]
    yield Section(id="dials", title="Opportunities taken", rows=(Row(said=wording.DIALS_NOTE), *dials))


def _dial_said(dial: Dial) -> str:
    value = wording.dial_value(dial)
    return wording.dial_said(dial) + (f"; {value}" if value else "")
