"""A debrief in words, section by section, before any format. It asks before it tells, and adds nothing up."""

from __future__ import annotations

from collections.abc import Iterator

from duologue.practice.debriefing import sheet_back as back
from duologue.practice.debriefing import sheet_on as on
from duologue.practice.debriefing.debrief import Debrief
from duologue.practice.debriefing.sheet_rows import Row, Section, Sheet, first_name
from duologue.reports import wording
from duologue.reports.safe import visible

BEFORE = "Before you read on: after which line of yours did it turn, and which way?"


def sheet(d: Debrief, *, all: bool = False, tells: str = "") -> Sheet:
    """The words of a debrief. `all`: every line, moment and dial. `tells`: how to be told what stayed closed."""
    parts = (
        Section(id="light", title="What came to light", rows=tuple(back.light(d, tells))),
        Section(id="turned", title="Where it turned", rows=tuple(back.turned(d))),
        Section(id="focus", title=f"Your focus: {d.focus.title}" if d.focus else "", rows=tuple(back.focus(d))),
        Section(id="partner", title=f"How {first_name(d)} heard it", rows=tuple(back.views(d, all=all))),
        Section(id="asked", title=f"What {first_name(d)} asked", rows=tuple(back.asked(d))),
        Section(id="letting_go", title="Letting go", rows=tuple(back.letting_go(d))),
        Section(id="keep", title="To keep", rows=tuple(on.keep(d))),
        Section(id="try", title="One thing to try", rows=tuple(on.to_try(d))),
        Section(id="branches", title="Beside your other tries", rows=tuple(on.partings(d)), table=on.table(d)),
        *(on.more(d) if all else ()),
        Section(id="unknown", title="What cannot be known", rows=tuple(_unknown(d))),
    )
    return Sheet(
        headline=f"You and {d.talk.setting.scenario.person.name}: {_lowered(d.talk.setting.scenario.title)}",
        intro=_intro(d),
        sections=tuple(s for s in parts if s.rows or s.table),
    )


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:] if title.split(maxsplit=1)[0] in ("A", "An", "The", "Your", "Two") else title


def _intro(d: Debrief) -> str:
    setting, lines = d.talk.setting, len(d.talk.steps)
    said = f"{wording.plural(lines, 'line')} of yours; temperament: {setting.temperament}."
    if d.talk.state.ended:
        left = any(s.decision.does == "leave" for s in d.talk.steps[-1:])
        return f"{said} {first_name(d)} {'left' if left else 'ended it when all was said'}."
    return f"{said} It can go on from here, or from any line of yours before."


def _unknown(d: Debrief) -> Iterator[Row]:
    for said in (*d.notices, wording.instrument(d.review)):
        yield Row(said=visible(said))
