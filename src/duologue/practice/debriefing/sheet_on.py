"""Looking on: what to keep, the one thing to try, other tries, and on request everything else."""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Dial, Moment
from duologue.model.codebook import DIALS, MOMENTS
from duologue.practice.debriefing.branches import Branch, Way
from duologue.practice.debriefing.debrief import Debrief
from duologue.practice.debriefing.focus import FOCUSES
from duologue.practice.debriefing.sheet_rows import Quote, Row, Section, first_name, moved, once, own, quote
from duologue.reports import trust, wording
from duologue.reports.excerpts import lines_of
from duologue.reports.safe import visible

MOST_TRIES = 4  # beside this one: more columns than that nobody takes in


def keep(d: Debrief) -> Iterator[Row]:
    for m in d.keep:
        yield Row(
            head=f"{wording.capital(MOMENTS[m.kind].label)}. ",
            said=visible(m.why),
            quotes=_moment(d, m),
            note=trust.agreement_said(m.kind),
        )


def _moment(d: Debrief, m: Moment) -> tuple[Quote, ...]:
    """The turns of a moment."""
    return once(quote(d, shown.turn) for shown in lines_of(d.review.conversation, m))


def to_try(d: Debrief) -> Iterator[Row]:
    t = d.to_try
    if t is None:
        yield Row(said="Nothing stood out. Which of your lines would you like to hear yourself say in another way?")
        return
    notes = []
    if t.turn and d.views[t.turn - 1].trust[1] < d.views[t.turn - 1].trust[0]:
        notes.append(f"{first_name(d)}’s trust went {moved(d.views[t.turn - 1].trust)} there")
    if t.kind:
        notes.append(f"{MOMENTS[t.kind].label}; {trust.agreement_said(t.kind)}")
    quotes = (own(d, t.turn),) if t.turn else ()
    yield Row(quotes=quotes, after=visible(t.question), note="; ".join(notes))
    if t.turn:
        yield Row(said=f"To hear how it goes, go back to before line {t.turn} and say it your way: /rewind {t.turn}.")
    if d.focus is None:
        yield Row(said=f"A focus that would fit next: {FOCUSES[t.focus].title} ({t.focus}).")


def table(d: Debrief) -> tuple[tuple[str, ...], ...]:
    if d.branches is None:
        return ()
    rows = d.branches.rows[-MOST_TRIES - 1 :]
    table = [
        ("", *(b.label for b in rows)),
        ("lines of yours", *(str(b.lines) for b in rows)),
        ("came to light", *(f"{len(b.told)} of {b.of}" for b in rows)),
    ]
    if d.focus:
        table.append((d.focus.title, *(_counted(b) for b in rows)))
    table += [
        ("their “tell me more” answered", *(f"{b.met} of {b.asked}" if b.asked else "none asked" for b in rows)),
        ("lines with advice, a pitch or an ask", *(str(b.offers) for b in rows)),
        ("trust, first to last", *(moved(b.trust) for b in rows)),
    ]
    return tuple(table)


def _counted(b: Branch) -> str:
    return f"{b.focus.count} of {b.focus.of}" if b.focus and b.focus.of else "no chance"


def partings(d: Debrief) -> Iterator[Row]:
    if d.branches is None:
        return
    for said in _only(d.branches.rows):
        yield Row(said=said)
    for p in d.branches.partings[-MOST_TRIES:]:
        quotes = tuple(q for way in (p.other, p.this) for q in _way(d, way))
        yield Row(head=f"{wording.capital(p.other.label)} and this one part at line {p.turn}:", quotes=quotes)


def _only(rows: tuple[Branch, ...]) -> Iterator[str]:
    """What came to light in some tries and not in this one, and the other way round."""
    this, others = rows[-1], {a: None for b in rows[:-1] for a in b.abouts}
    for where, abouts in (
        ("in this one", [a for a in this.abouts if a not in others]),
        ("in another try", [a for a in others if a not in this.abouts]),
    ):
        if abouts:
            yield f"Came to light only {where}: {'; '.join(abouts)}."


def _way(d: Debrief, way: Way) -> Iterator[Quote]:
    if way.said is None or way.reply is None:
        yield Quote(at=way.label, who="", text="(it ended before that)")
        return
    told = f" [told: {way.told}]" if way.told else ""
    yield Quote(at=way.label, who="You", text=visible(way.said))
    yield Quote(at="", who=first_name(d), text=f"{visible(way.reply)}{told}")


def more(d: Debrief) -> Iterator[Section]:
    rows = [
        Row(
            head=f"{m.sign} {MOMENTS[m.kind].label}. ",
            said=visible(m.why),
            quotes=_moment(d, m),
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
