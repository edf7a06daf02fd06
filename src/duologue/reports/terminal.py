"""Review → a terminal. Plain characters throughout; colour only where it was asked for, and never the only carrier."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from duologue.compare import Comparison
from duologue.model import Review
from duologue.reports import wording
from duologue.reports.corrections import headings, paste
from duologue.reports.excerpts import Line, Piece
from duologue.reports.message import NOTHING, Segment
from duologue.reports.outline import (
    Alike,
    Ask,
    Finding,
    Outline,
    also_said,
    asks,
    by_kind,
    next_note,
    no_next,
    opens_said,
    outline,
    untouched_said,
)
from duologue.reports.wording import TITLES

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH = 88
_SIGN = {"+": "green", "-": "yellow"}


def render(
    review: Review,
    *,
    all: bool = False,
    width: int = WIDTH,
    color: bool = False,
    comparisons: Sequence[Comparison] = (),
    ids: bool = False,
) -> str:
    """The report as text, `width` columns wide. `all`: every moment, also those that detectors get right less often.

    `ids`: findings with the ids to correct them by.
    """
    page = Page(width, color)
    o = outline(review, all=all, comparisons=comparisons, ids=ids)
    _top(page, o)
    _corrected(page, o)
    if o.message:
        _message(page, o)
    _context(page, o)
    _others(page, o)
    _moments(page, o, all=all)
    _apart(page, o)
    _dials(page, o)
    _figures(page, o, all=all)
    _unknown(page, o)
    _how(page, o)
    _next(page, o.next, o.next_note, o.no_next)
    _ids(page, o)
    return page.text()


def render_next(review: Review, *, width: int = WIDTH, color: bool = False) -> str:
    """Only what to ask next time."""
    page = Page(width, color)
    _next(page, asks(review), next_note(review), no_next(review))
    return page.text()


class Page:
    """A rich console that writes to a string. Texts are given as `Text`, so that no markup in them is read."""

    def __init__(self, width: int, color: bool) -> None:
        from rich.console import Console

        self.color = color
        self.out = io.StringIO()
        self.console: Console = Console(
            file=self.out,
            width=max(width, 40),
            force_terminal=color,
            color_system="standard" if color else None,
            no_color=not color,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )

    def text(self) -> str:
        """What was put, without spaces at line ends and with single blank lines."""
        lines = [line.rstrip() for line in self.out.getvalue().split("\n")]
        kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
        return "\n".join(kept).strip("\n") + "\n"

    def put(self, *parts: str | tuple[str, str] | Text, indent: int = 0, hang: int = 0) -> None:
        """A paragraph. A part is a string, or (string, style). `hang`: further lines are indented this much more."""
        from rich.text import Text

        text = Text()
        for part in parts:
            text.append_text(part) if isinstance(part, Text) else text.append(
                *([part] if isinstance(part, str) else part)
            )
        wide = max(20, self.console.width - indent - hang)
        for i, wrapped in enumerate(text.wrap(self.console, wide)):
            wrapped.rstrip()
            self.console.print(Text(" " * (indent + (hang if i else 0))) + wrapped, soft_wrap=True)

    def title(self, text: str) -> None:
        self.console.print()
        self.put((text.upper() if not self.color else text, "bold underline"))

    def gap(self) -> None:
        self.console.print()

    def words(self, lines: Iterable[Line], *, indent: int = 2) -> None:
        """Lines of the conversation: time, name, words; what a finding rests on stands out."""
        for line in lines:
            self.put(
                (f"{line.at}  ", "dim"), (f"{line.who}: ", "bold"), *self._marked(line.pieces), indent=indent, hang=2
            )

    def _marked(self, pieces: Sequence[Piece]) -> list[tuple[str, str]]:
        partial = any(p.text.strip(" …") and not p.marked for p in pieces)
        out: list[tuple[str, str]] = []
        for p in pieces:
            bare = p.text if self.color or not (p.marked and partial) else f"*{p.text}*"
            out.append((bare, "underline" if p.marked and partial else "" if p.marked else "dim"))
        return out


def _top(page: Page, o: Outline) -> None:
    page.put((o.headline, "bold"))
    page.put(o.intro)
    for p in o.people:
        if len(o.people) > 1:
            tag = " (reviewed)" if p.side == "ours" else " (interpreter)" if p.side == "relay" else ""
            page.put((p.name, "bold"), f"{tag}: {p.said}", indent=2, hang=2)
    page.put(o.about)
    page.gap()
    if o.withheld and o.message is None:
        page.put(wording.withheld_said(o.withheld))
    elif not o.withheld:
        page.put((o.before, "italic"))


def _corrected(page: Page, o: Outline) -> None:
    if not o.corrected:
        return
    page.title(TITLES["corrected"])
    page.put(wording.CORRECTED_NOTE)
    for i, c in enumerate(o.corrected, 1):
        page.put(f"{i}. ", (c.said, "bold"), f" “{c.note}”" if c.note else "", hang=3)
        page.words(c.lines, indent=5)
        page.put(" ".join(part for part in (c.found, c.then) if part), indent=3, hang=2)


def _ids(page: Page, o: Outline) -> None:
    if not o.ids:
        return
    page.title(TITLES["ids"])
    page.put(f"{wording.OTHERWISE} {wording.PASTE}")
    page.put(paste("ID"), indent=2, hang=2)
    page.put(wording.IDS_NOTE)
    for heading, found in headings(o.ids):
        page.put((heading, "bold"), hang=2)
        for id, label, words in found:
            page.put((id, "dim"), f"  {label}: “{words}”", indent=2, hang=14)


def _context(page: Page, o: Outline) -> None:
    if not o.context:
        return
    page.title(TITLES["light"])
    for cell in (c for c in o.context if c.depth):
        tail = f", {cell.brought_out}" if cell.brought_out else ""
        page.put((cell.label, "bold"), f": {cell.depth_said}{tail}")
        page.words(cell.lines)
        if cell.more:
            page.put((f"and {wording.plural(cell.more, 'more quote')}", "dim"), indent=2)
    if any(not c.depth for c in o.context):
        page.put(untouched_said(o))
    page.put((f"({o.context_agreement})", "dim"), hang=2)


def _others(page: Page, o: Outline) -> None:
    if o.others:
        page.title(TITLES["others"])
    if any(other.lines for other in o.others):
        page.put((wording.LABELS_NOTE, "dim"))
        page.gap()
    for i, other in enumerate(o.others):
        if i:
            page.gap()
        page.put((other.name, "bold"), f": {other.said}", hang=2)
        for label, line in other.lines:
            page.put((f"{line.at}  {label}: ", "dim"), *page._marked(line.pieces), indent=2, hang=2)


def _moments(page: Page, o: Outline, *, all: bool) -> None:
    if o.withheld or (o.message and not (o.keep or o.work or o.held)):
        return
    for title, findings, none in (("keep", o.keep, wording.NO_KEEP), ("work", o.work, o.no_work)):
        if findings or not o.message:
            page.title(TITLES[title])
        for f in findings:
            _finding(page, f)
        if not findings and not o.message:
            page.put(none)
    if all:
        for key, findings in (("more", o.more), ("held", o.held)):
            if findings:
                page.title(TITLES[key])
            for group in by_kind(findings):
                _alike(page, group)
        return
    keep = sum(f.sign == "+" for f in o.more)
    page.gap()
    if o.more:
        page.put((wording.more_moments(keep, len(o.more) - keep), "dim"))
    if o.held:
        page.put((wording.held_back(len(o.held)), "dim"), hang=2)


def _apart(page: Page, o: Outline) -> None:
    """What was not surely heard, with its words, and how to say what was."""
    if not o.apart and not o.apart_more:
        return
    page.title(TITLES["apart"])
    page.put(wording.APART_NOTE)
    for a in o.apart:
        page.put((a.label, "bold"), f", {a.at}", hang=2)
        page.words(a.lines, indent=4)
        page.put(a.because, indent=2, hang=2)
        for line in a.pastes if a.numbers else ():
            page.put((line, "dim"), indent=2, hang=2)
    if o.apart_more:
        page.put((wording.apart_more(o.apart_more), "dim"), hang=2)
    page.put((wording.APART_PASTE if o.ids else wording.APART_IDS, "dim"), hang=2)


def _finding(page: Page, f: Finding) -> None:
    page.put((f"{f.sign} ", f"bold {_SIGN[f.sign]}"), (f.label, f"bold {_SIGN[f.sign]}"), f", {f.at}")
    _matter(page, f)
    if f.also:
        page.put((f"Also at {also_said(f)}", "dim"), indent=2, hang=2)
    page.put((f"({f.trust})", "dim"), indent=2, hang=2)
    page.gap()


def _alike(page: Page, group: Alike) -> None:
    """All moments of one kind; what is known of their detector is said once."""
    if len(group.findings) == 1:
        _finding(page, group.findings[0])
        return
    page.put((f"{group.sign} {group.label}", f"bold {_SIGN[group.sign]}"), f", {len(group.findings)} times")
    page.put((f"({group.trust})", "dim"), indent=2, hang=2)
    page.gap()
    for f in group.findings:
        unsure = f.unsure and not group.unsure
        page.put((f.at, "bold"), (f" ({wording.NOT_SURE.strip(' .').lower()})" if unsure else "", "dim"), indent=2)
        _matter(page, f)
        page.gap()


def _matter(page: Page, f: Finding) -> None:
    page.words(f.lines, indent=4)
    page.put(("Why it matters: ", "bold"), f.why, indent=2, hang=2)
    if f.invitation:
        page.put(("An invitation: ", "bold"), f.invitation, indent=2, hang=2)
    if f.numbers:
        page.put((f.numbers, "dim"), indent=2, hang=2)


def _dials(page: Page, o: Outline) -> None:
    if not o.dials and not o.no_dials:
        return
    page.title(TITLES["dials"])
    if o.no_dials:
        page.put(o.no_dials)
        return
    page.put((wording.DIALS_NOTE, "dim"))
    for d in o.dials:
        value = f"; {d.value}" if d.value else ""
        page.put((d.label, "bold"), f": {d.said}{value}", hang=2)
        if d.opens:
            page.put((f"see {opens_said(d)}", "dim"), indent=2, hang=2)


def _figures(page: Page, o: Outline, *, all: bool) -> None:
    if not o.rows:
        return
    page.title(TITLES["measures"])
    page.put((o.figures_note, "dim"))
    rows = o.rows if all else [r for r in o.rows if r.main]
    for row in rows:
        values = ", ".join(f"{who} {value}" if who else value for who, value in row.values)
        values += f" ({row.caveat})" if row.caveat else ""
        page.put((row.label, "bold"), f": {values}", hang=2)
        for held in (row.own, row.against):
            if held:
                page.put((held, "dim"), indent=4, hang=2)
    if len(rows) < len(o.rows):
        page.put((f"{wording.plural(len(o.rows) - len(rows), 'more figure')}: --all", "dim"))


def _unknown(page: Page, o: Outline) -> None:
    if not o.unknown:
        return
    page.title(TITLES["unknown"])
    for said in o.unknown:
        page.put("– ", said, hang=2)


def _how(page: Page, o: Outline) -> None:
    page.title(TITLES["how"])
    page.put(o.instrument)


def _next(page: Page, questions: Sequence[Ask], note: str, none: str) -> None:
    page.title(TITLES["next"])
    if note:
        page.put((note, "dim"))
    if not questions:
        page.put(none)
    for i, ask in enumerate(questions, 1):
        page.put(f"{i}. ", (ask.question, "bold"), hang=3)
        page.words(ask.lines, indent=3)


def _message(page: Page, o: Outline) -> None:
    message = o.message
    if message is None:
        return
    page.title(TITLES["message"])
    page.put((message.focus, "bold"))
    if message.agreement:
        page.put((f"({message.agreement})", "dim"), hang=2)
    for group, heading, found in message.findings:
        page.gap()
        page.put((heading, "bold"))
        if not found:
            page.put((NOTHING[group], "dim"), indent=2)
        for label, words in found:
            page.put("“", (words, "underline"), "”", (f" ({label})", "dim"), indent=2, hang=2)
    page.gap()
    if any(found for _, _, found in message.findings):
        page.put((wording.LABELS_NOTE, "dim"))
        page.gap()
    page.put(*[_segment(page, s) for s in message.segments], indent=2)


def _segment(page: Page, segment: Segment) -> tuple[str, str]:
    """Highlighted words are underlined, or stand between asterisks where there is no colour."""
    text = segment.text
    if not segment.groups or not text.strip():
        return (text, "")
    return (text, "underline") if page.color else (f"*{text.strip()}*", "")
