"""Review → Markdown, to paste into a note. Words from the file are escaped; headings start at the second level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from duologue.compare import Comparison
from duologue.model import Review
from duologue.reports import wording
from duologue.reports.corrections import headings, paste
from duologue.reports.excerpts import Line, Piece
from duologue.reports.message import NOTHING, Segment
from duologue.reports.outline import Alike, Finding, Outline, also_said, by_kind, outline, untouched_said
from duologue.reports.safe import in_markdown as md
from duologue.reports.wording import TITLES, capital

SIGN = {"+": "+", "-": "−"}


def render(review: Review, *, all: bool = False, comparisons: Sequence[Comparison] = (), ids: bool = False) -> str:
    """The report as Markdown. `all`: every moment, also those that detectors get right less often. `ids`: their ids."""
    o = outline(review, all=all, comparisons=comparisons, ids=ids)
    blocks = [*_top(o), *_corrected(o)]
    if o.message:
        blocks += _message(o)
    blocks += [
        *_context(o),
        *_moments(o, all=all),
        *_apart(o),
        *_dials(o),
        *_figures(o, all=all),
        *_unknown(o),
        *_how(o),
    ]
    blocks += [*_next(o), *_ids(o)]
    return "\n\n".join(blocks) + "\n"


def _top(o: Outline) -> Iterable[str]:
    yield f"# {md(o.headline)}"
    yield md(o.intro)
    if len(o.people) > 1:
        tags = {"ours": " (reviewed)", "relay": " (interpreter)"}
        yield "\n".join(f"- **{md(p.name)}**{tags.get(p.side, '')}: {md(p.said)}" for p in o.people)
    yield md(o.about)
    if o.withheld and o.message is None:
        yield md(wording.withheld_said(o.withheld))
    elif not o.withheld:
        yield md(o.before)


def _corrected(o: Outline) -> Iterable[str]:
    if not o.corrected:
        return
    yield f"## {TITLES['corrected']}"
    yield wording.CORRECTED_NOTE
    for i, c in enumerate(o.corrected, 1):
        note = f" “{md(c.note)}”" if c.note else ""
        words = f"\n\n{quotes(c.lines, '   ')}" if c.lines else ""
        came = md(" ".join(part for part in (c.found, c.then) if part))
        yield f"{i}. **{md(c.said)}**{note}{words}\n\n   {came}"


def _ids(o: Outline) -> Iterable[str]:
    if not o.ids:
        return
    yield f"## {TITLES['ids']}"
    yield md(f"{wording.OTHERWISE} {wording.PASTE}")
    yield f"    {paste('ID')}"
    yield md(wording.IDS_NOTE)
    yield "\n".join(
        f"- **{md(heading)}**" + "".join(f"\n  - `{id}` {md(label)}: “{md(words)}”" for id, label, words in found)
        for heading, found in headings(o.ids)
    )


def _line(line: Line) -> str:
    return f"**{md(line.who)}** ({line.at}): {_marked(line.pieces)}"


def _marked(pieces: Sequence[Piece]) -> str:
    """What a finding rests on is bold where it is part of more words; spaces stay outside the marks."""
    partial = any(p.text.strip(" …") and not p.marked for p in pieces)
    out = []
    for p in pieces:
        before = " " if p.text[:1] == " " else ""
        after = " " if p.text[-1:] == " " and p.text.strip() else ""
        inner = md(p.text)
        out.append(before + (f"**{inner}**" if p.marked and partial and inner else inner) + after)
    return "".join(out)


def quotes(lines: Iterable[Line], indent: str = "") -> str:
    return f"\n{indent}>\n".join(f"{indent}> {_line(line)}" for line in lines)


def _context(o: Outline) -> Iterable[str]:
    if o.context:
        yield f"## {TITLES['light']}"
    for cell in (c for c in o.context if c.depth):
        tail = f", {cell.brought_out}" if cell.brought_out else ""
        yield f"**{md(cell.label)}**: {cell.depth_said}{md(tail)}"
        if cell.lines:
            yield quotes(cell.lines)
        if cell.more:
            yield f"and {wording.plural(cell.more, 'more quote')}"
    if o.context:
        yield from [md(untouched_said(o))] if untouched_said(o) else []
        yield f"*{md(o.context_agreement)}.*"
    if o.others:
        yield f"## {TITLES['others']}"
        if any(p.lines for p in o.others):
            yield f"*{wording.LABELS_NOTE}*"
        yield "\n".join(f"- **{md(p.name)}**: {md(p.said)}{_told(p.lines)}" for p in o.others)


def _told(lines: Iterable[tuple[str, Line]]) -> str:
    return "".join(f"\n  - {md(label)} ({line.at}): “{md(line.text)}”" for label, line in lines)


def _moments(o: Outline, *, all: bool) -> Iterable[str]:
    if o.withheld or (o.message and not (o.keep or o.work or o.held)):
        return
    for title, findings, none in (("keep", o.keep, wording.NO_KEEP), ("work", o.work, o.no_work)):
        if findings or not o.message:
            yield f"## {TITLES[title]}"
            yield from _findings(findings) if findings else [none]
    if all:
        for key, findings in (("more", o.more), ("held", o.held)):
            if findings:
                yield f"## {TITLES[key]}"
                for group in by_kind(findings):
                    yield from _alike(group)
        return
    keep = sum(f.sign == "+" for f in o.more)
    if o.more:
        yield md(wording.more_moments(keep, len(o.more) - keep))
    if o.held:
        yield md(wording.held_back(len(o.held)))


def _apart(o: Outline) -> Iterable[str]:
    if not o.apart and not o.apart_more:
        return
    yield f"## {TITLES['apart']}"
    yield wording.APART_NOTE
    for a in o.apart:
        yield f"**{md(a.label)}**, {a.at}: {md(a.because)}"
        yield quotes(a.lines)
        if a.numbers:
            yield "\n".join(f"    {line}" for line in a.pastes)
    if o.apart_more:
        yield md(wording.apart_more(o.apart_more))
    yield f"*{md(wording.APART_PASTE if o.ids else wording.APART_IDS)}*"


def _findings(findings: Iterable[Finding]) -> Iterable[str]:
    for f in findings:
        yield f"### {SIGN[f.sign]} {md(f.label)}, {f.at}"
        yield from _matter(f)
        also = f"Also at {also_said(f)}. " if f.also else ""
        yield f"*{also}{md(f.trust)}.*"


def _alike(group: Alike) -> Iterable[str]:
    """All moments of one kind; what is known of their detector is said once."""
    if len(group.findings) == 1:
        yield from _findings(group.findings)
        return
    yield f"### {SIGN[group.sign]} {md(group.label)}, {len(group.findings)} times"
    yield f"*{md(group.trust)}.*"
    for f in group.findings:
        unsure = f" ({wording.NOT_SURE.strip(' .').lower()})" if f.unsure and not group.unsure else ""
        yield f"**{f.at}**{unsure}"
        yield from _matter(f)


def _matter(f: Finding) -> Iterable[str]:
    yield quotes(f.lines)
    yield f"Why it matters: {md(f.why)}"
    if f.invitation:
        yield f"An invitation: {md(f.invitation)}"
    if f.numbers:
        yield f"*{md(f.numbers)}*"


def _dials(o: Outline) -> Iterable[str]:
    if not o.dials and not o.no_dials:
        return
    yield f"## {TITLES['dials']}"
    if o.no_dials:
        yield md(o.no_dials)
        return
    yield wording.DIALS_NOTE
    yield "\n".join(f"- **{d.label}**: {md(d.said)}{'; ' + md(d.value) if d.value else ''}" for d in o.dials)


def _figures(o: Outline, *, all: bool) -> Iterable[str]:
    rows = o.rows if all else [r for r in o.rows if r.main]
    if not o.rows:
        return
    yield f"## {TITLES['measures']}"
    yield md(o.figures_note)
    if rows:
        table = ["| figure | value | held against |", "|---|---|---|"]
        for row in rows:
            values = ", ".join(f"{md(who)} {md(value)}" if who else md(value) for who, value in row.values)
            values += f" ({md(row.caveat)})" if row.caveat else ""
            table.append(
                f"| {md(row.label)} | {values} | {'; '.join(md(held) for held in (row.own, row.against) if held)} |"
            )
        yield "\n".join(table)
    if len(rows) < len(o.rows):
        yield md(f"{wording.plural(len(o.rows) - len(rows), 'more figure')}: --all")


def _unknown(o: Outline) -> Iterable[str]:
    if o.unknown:
        yield f"## {TITLES['unknown']}"
        yield "\n".join(f"- {md(said)}" for said in o.unknown)


def _how(o: Outline) -> Iterable[str]:
    yield f"## {TITLES['how']}"
    yield md(o.instrument)


def _next(o: Outline) -> Iterable[str]:
    yield f"## {TITLES['next']}"
    if o.next_note:
        yield f"*{o.next_note}*"
    if not o.next:
        yield o.no_next
        return
    yield "\n".join(
        f"{i}. **{md(ask.question)}**" + (f"\n\n{quotes(ask.lines, '   ')}\n" if ask.lines else "")
        for i, ask in enumerate(o.next, 1)
    )


def _message(o: Outline) -> Iterable[str]:
    message = o.message
    if message is None:
        return
    yield f"## {TITLES['message']}"
    yield f"**{message.focus}**"
    if message.agreement:
        yield f"*{md(capital(message.agreement))}.*"
    for group, heading, found in message.findings:
        yield f"### {heading}"
        yield "\n".join(f"- “{md(words)}” ({label})" for label, words in found) if found else NOTHING[group]
    if any(found for _, _, found in message.findings):
        yield f"*{wording.LABELS_NOTE}*"
    text = "".join(_segment(s) for s in message.segments)
    yield f"### {TITLES['message']}, in full"
    yield "\n".join(f"> {line.strip()}" if line.strip() else ">" for line in text.strip().splitlines())


def _segment(segment: Segment) -> str:
    bold = segment.groups and segment.text.strip()
    return f"**{md(segment.text)}**" if bold else _plain(segment.text)


def _plain(text: str) -> str:
    """Escaped line by line, so that the lines of a message stay lines."""
    lines = text.split("\n")
    return "\n".join((" " if line[:1] == " " else "") + md(line) + (" " if line[-1:] == " " else "") for line in lines)
