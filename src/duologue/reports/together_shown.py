"""Several talks with the same people → a terminal, Markdown, one HTML page; what they say is in `together`."""

from __future__ import annotations

from collections.abc import Iterable

from duologue.model.codebook import DEPTHS
from duologue.model.together import Together
from duologue.reports import svg, transcript
from duologue.reports.excerpts import Line
from duologue.reports.html import foot, head, spoken
from duologue.reports.markdown import quotes
from duologue.reports.safe import in_html as esc
from duologue.reports.safe import in_markdown as md
from duologue.reports.terminal import WIDTH, Page
from duologue.reports.together import BEFORE, Entry, Part, TogetherShown, shown


def text(t: Together, *, all: bool = False, width: int = WIDTH, color: bool = False) -> str:
    """The report as text, `width` columns wide."""
    page, s = Page(width, color), shown(t, all=all)
    page.put((s.headline, "bold"))
    page.put(s.order)
    for talk in s.talks:
        page.put((talk.label, "bold"), f": {talk.name}, {talk.said}", indent=2, hang=2)
    page.gap()
    page.put((BEFORE, "italic"))
    for part in s.parts:
        page.title(part.title)
        for said in part.said:
            page.put(said)
        for i, entry in enumerate(part.entries, 1):
            if i > 1 or part.said:
                page.gap()
            page.put(f"{i}. ", (entry.heading, "bold"), hang=3)
            for row in entry.rows:
                page.put(f"{row.said}:" if row.lines else row.said, indent=3, hang=2)
                page.words(row.lines, indent=5)
            if entry.note:
                page.put((f"({entry.note})", "dim"), indent=3, hang=2)
        if part.after:
            page.gap()
            page.put(part.after)
    return page.text()


def markdown(t: Together, *, all: bool = False) -> str:
    """The report as Markdown."""
    return "\n\n".join(_markdown(shown(t, all=all))) + "\n"


def _markdown(s: TogetherShown) -> Iterable[str]:
    yield f"# {md(s.headline)}"
    yield md(s.order)
    yield "\n".join(f"- **{talk.label}**: {md(talk.name)}, {md(talk.said)}" for talk in s.talks)
    yield md(BEFORE)
    for part in s.parts:
        yield f"## {part.title}"
        yield from map(md, part.said)
        if part.id == "over":
            yield _table(s)
        for entry in part.entries:
            yield f"### {md(entry.heading)}"
            for row in entry.rows:
                yield f"{md(row.said)}{':' if row.lines else ''}"
                if row.lines:
                    yield quotes(row.lines)
            if entry.note:
                yield f"*{md(entry.note)}*"
        if part.after:
            yield md(part.after)


def _table(s: TogetherShown) -> str:
    heads = [talk.label for talk in s.talks]
    rows = [f"| {md(label)} | {' | '.join(DEPTHS[d] for d in depths)} |" for label, depths in s.depths]
    return "\n".join([f"| | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|", *rows])


def html(t: Together, *, all: bool = False) -> str:
    """One self-contained page, with the words of every talk beside the findings."""
    return "\n".join(_html(t, shown(t, all=all))) + "\n"


def _html(t: Together, s: TogetherShown) -> Iterable[str]:
    yield from head(s.headline)
    yield '<body>\n<a class="skip" href="#main">To the findings</a>'
    yield '<a class="skip" href="#transcript">To the words</a>'
    yield '<header><p class="brand">Duologue: conversations together, in quotes</p>'
    yield f"<h1><bdi>{esc(s.headline)}</bdi></h1>"
    yield f'<p class="length">{esc(s.order)}</p><ol>'
    for i, talk in enumerate(s.talks, 1):
        yield f'<li><a href="#c{i}"><bdi>{esc(talk.name)}</bdi></a>: {esc(talk.said)}</li>'
    yield f'</ol><p class="ask">{esc(BEFORE)}</p></header>'
    links = "".join(f'<li><a href="#{part.id}">{esc(part.title)}</a></li>' for part in s.parts)
    yield f'<nav aria-label="In this page"><ul>{links}<li><a href="#transcript">The words</a></li></ul></nav>'
    yield '<main id="main" tabindex="-1"><div class="columns"><div class="findings">'
    for part in s.parts:
        yield from _part(s, part)
    yield '</div><section id="transcript" aria-labelledby="h-transcript" tabindex="0">'
    yield '<h2 id="h-transcript">The words</h2>'
    for i, (talk, review) in enumerate(zip(s.talks, t.reviews, strict=True), 1):
        yield f'<h3 id="c{i}">{i}. <bdi>{esc(talk.name)}</bdi></h3>{transcript.transcript(review, prefix=f"c{i}t")}'
    yield "</section></div></main>"
    yield from foot(t.version)


def _part(s: TogetherShown, part: Part) -> Iterable[str]:
    yield f'<section id="{part.id}" aria-labelledby="h-{part.id}"><h2 id="h-{part.id}">{esc(part.title)}</h2>'
    yield from (f'<p class="note">{esc(said)}</p>' for said in part.said)
    if part.id == "over":
        yield _depth_table(s)
    yield from map(_entry, part.entries)
    if part.after:
        yield f'<p class="note">{esc(part.after)}</p>'
    yield "</section>"


def _depth_table(s: TogetherShown) -> str:
    heads = "".join(f'<th scope="col">{esc(talk.label)}</th>' for talk in s.talks)
    rows = "".join(
        f'<tr><th scope="row">{esc(label)}</th>'
        + "".join(f"<td>{svg.depth(d)} {esc(DEPTHS[d])}</td>" for d in depths)
        + "</tr>"
        for label, depths in s.depths
    )
    return (
        '<div class="scroll" role="region" tabindex="0" aria-label="Depths"><table>'
        f"<caption>How deep each matter was gone into</caption><thead><tr><td></td>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _entry(entry: Entry) -> str:
    rows = "".join(
        f"<li><p>{esc(row.said)}{':' if row.lines else ''}</p>{_lines(row.talk or 0, row.lines)}</li>"
        for row in entry.rows
    )
    note = f'<p class="note">{esc(entry.note)}</p>' if entry.note else ""
    return f'<article class="cell came"><h3>{esc(entry.heading)}</h3><ol>{rows}</ol>{note}</article>'


def _lines(talk: int, lines: Iterable[Line]) -> str:
    items = "".join(
        f'<li><a class="at" href="#c{talk + 1}t{x.turn + 1}">{esc(x.at)}</a> <b><bdi>{esc(x.who)}</bdi></b> '
        f"{spoken(x.pieces, '+')}</li>"
        for x in lines
    )
    return f'<ul class="words">{items}</ul>' if items else ""
