"""Review → one self-contained HTML page: nothing is fetched, and only this page's own script and style may run.

The Content-Security-Policy allows one style and one script by their hashes; words from the file are escaped, and even
markup that slipped through could neither run nor load anything. The page reads and links without its script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache

from duologue.compare import Comparison
from duologue.model import Review
from duologue.reports import mend, player, svg, wording
from duologue.reports.corrections import headings
from duologue.reports.excerpts import Line, Piece
from duologue.reports.figures import Row
from duologue.reports.heard import NOTHING as NOT_HEARD
from duologue.reports.heard import Heard, heard
from duologue.reports.message import NOTHING
from duologue.reports.outline import Alike, Finding, Outline, by_kind, outline
from duologue.reports.people import Person
from duologue.reports.safe import in_html as esc
from duologue.reports.transcript import CLASS, SIGN, words
from duologue.reports.wording import TITLES, capital

RIBBON = (
    "who held the floor, what the sentences did, and the moments. Round pins with + are to keep, square pins with − to "
    "work on; each opens its moment."
)


def render(
    review: Review,
    *,
    all: bool = False,
    comparisons: Sequence[Comparison] = (),
    ids: bool = False,
    recording: str | None = None,
) -> str:
    """The page. `all`: every moment, also those that detectors get right less often. `ids`: also the ids of labels.

    `recording`: where the sound lies, as a path from the page ("call.wav", "sound/call 1.mp3"); with it the page plays
    the words that one clicks on.
    """
    o = outline(review, all=all, comparisons=comparisons, ids=ids)
    has = heard(review.conversation, o, recording)
    if has.recording:
        o = player.timed(o, review.conversation)
    shown = (*o.keep, *o.work, *o.more, *(o.held if all else ()))
    findings = [
        *_corrected(o),
        *_message(o),
        *_context(o),
        *_others(o),
        *_moments(o, all=all),
        *_apart(o),
        *_dials(o),
        *_figures(o),
        *_unknown(o),
        *_how(review, o, shown),
        *_next(o),
        *_ids(o),
    ]
    parts = [
        *head(f"{o.headline}: a review", has),
        *_top(o, has),
        '<main id="main" tabindex="-1">',
        *(() if o.message else _who(review, o, shown)),
        '<div class="columns"><div class="findings">',
        *findings,
        "</div>",
        words(review, o, shown, has),
        "</div></main>",
        *_dock(review, has),
        *foot(review.version, has),
    ]
    return "\n".join(parts) + "\n"


@cache
def _asset(*names: str) -> tuple[str, str]:
    """Files of the page, one after the other, and the hash that the policy allows them by."""
    from importlib.resources import files

    text = "".join(files("duologue.reports").joinpath("assets", name).read_text("utf-8") for name in names)
    return text, "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def head(title: str, has: Heard = NOT_HEARD) -> Iterable[str]:
    """What opens a page of ours, with its policy and style."""
    style, style_hash = _asset(*has.styles)
    _, script_hash = _asset(*has.scripts)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src '{style_hash}'; script-src '{script_hash}'; {has.policy}base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">'
    yield f"<title>{esc(title)}</title>\n<style>{style}</style>\n</head>"


def _top(o: Outline, has: Heard) -> Iterable[str]:
    yield '<body>\n<a class="skip" href="#main">To the review</a>\n<a class="skip" href="#transcript">To the words</a>'
    if has.recording:
        yield '<a class="skip" href="#recording">To the recording</a>'
    yield f'<header><p class="brand">Duologue: a review, in quotes</p><h1><bdi>{esc(o.headline)}</bdi></h1>'
    yield f'<p class="length">{esc(o.intro)}</p><p>{esc(o.about)}</p>'
    if not o.withheld:
        yield f'<p class="ask">{esc(o.before)}</p>'
    yield "</header>"
    yield (
        '<nav aria-label="In this page"><ul>'
        + "".join(f'<li><a href="#{id}">{esc(TITLES[id])}</a></li>' for id in _sections(o))
        + '<li><a href="#transcript">The words</a></li></ul></nav>'
    )


def _dock(review: Review, has: Heard) -> Iterable[str]:
    """What stays in sight at the foot of the page of a recording: its player, and the corrections collected."""
    if has.recording or has.mends:
        yield '<div class="dock sound">' if has.recording else '<div class="dock">'
        yield from player.dock(has.recording) if has.recording else ()
        yield from mend.dock(review, has.recording) if has.mends else ()
        yield "</div>"


def _sections(o: Outline) -> list[str]:
    there = {
        "who": not o.message,
        "corrected": bool(o.corrected),
        "message": o.message is not None,
        "light": bool(o.context),
        "others": bool(o.others),
        "keep": bool(o.keep) or not (o.withheld or o.message),
        "work": bool(o.work) or not (o.withheld or o.message),
        "apart": bool(o.apart or o.apart_more),
        "dials": bool(o.dials or o.no_dials),
        "measures": bool(o.rows),
        "unknown": bool(o.unknown),
        "how": True,
        "next": True,
        "ids": bool(o.ids),
    }
    return [id for id, is_there in there.items() if is_there]


def _open(id: str) -> str:
    return f'<section id="{id}" aria-labelledby="h-{id}"><h2 id="h-{id}">{esc(TITLES[id])}</h2>'


def _who(review: Review, o: Outline, shown: Sequence[Finding]) -> Iterable[str]:
    yield _open("who")
    yield '<ul class="people">' + "".join(_person(p) for p in o.people) + "</ul>"
    if len(review.conversation.turns) > 1:
        yield _ribbon(review, o, shown)
    if o.withheld:
        yield f"<p>{esc(wording.withheld_said(o.withheld))}</p>"
    yield "</section>"


def _how(review: Review, o: Outline, shown: Sequence[Finding]) -> Iterable[str]:
    """How the review was made; a message of several turns has its ribbon here."""
    yield _open("how")
    if o.message and len(review.conversation.turns) > 1:
        yield _ribbon(review, o, shown)
    yield f'<p class="instrument">{esc(o.instrument)}</p></section>'


def _person(p: Person) -> str:
    tag = {"ours": " (reviewed)", "relay": " (interpreter)"}.get(p.side, "")
    side = "ours" if p.side == "ours" else "theirs"
    return f'<li class="{side}"><b><bdi>{esc(p.name)}</bdi></b>{tag}: {esc(p.said)}</li>'


def _ribbon(review: Review, o: Outline, shown: Sequence[Finding]) -> str:
    timed = svg.axis_of(review.conversation).seconds is not None
    along = "over time" if timed else "over its words, because the file does not say when each turn began and ended"
    marks = (
        ""
        if o.withheld
        else "".join(
            f'<li><svg viewBox="-4 -4 8 8" width="12" height="12" aria-hidden="true"><path class="mark {name}" '
            f'd="{svg.shape(name, 0, 0)}"/></svg>{esc(label)}</li>'
            for name, label, _ in svg.MARKS
        )
    )
    read = "who held the floor." if o.withheld else RIBBON
    rows = "".join(
        f'<tr><th scope="row"><bdi>{esc(name)}</bdi></th>' + "".join(f"<td>{esc(v)}</td>" for v in values) + "</tr>"
        for name, values in svg.quarters(review, o.people)
    )
    head = "".join(f'<th scope="col">{q} quarter</th>' for q in ("first", "second", "third", "last"))
    return (
        f'<figure aria-label="The conversation {along}"><div class="scroll" role="region" tabindex="0" '
        f'aria-label="Ribbon, scrolls sideways where it is wide">{svg.ribbon(review, o.people, shown)}</div>'
        f"<figcaption>The conversation {along}: {read}"
        + (f'<ul class="legend">{marks}</ul>' if marks else "")
        + "</figcaption><details><summary>The ribbon in words</summary>"
        '<div class="scroll" role="region" tabindex="0" aria-label="Table of shares">'
        "<table><caption>Share of the floor in each quarter of the conversation</caption>"
        f'<thead><tr><th scope="col">who</th>{head}</tr></thead><tbody>{rows}</tbody></table></div></details></figure>'
    )


def _at(line: Line) -> str:
    return f'<a class="at" href="#t{line.turn + 1}">{esc(line.at)}</a>'


def spoken(pieces: Sequence[Piece], sign: str) -> str:
    """Words of a turn, with what is quoted marked where it is part of more."""
    partial = any(p.text.strip(" …") and not p.marked for p in pieces)
    said = "".join(
        f'<mark class="{CLASS[sign]}">{esc(p.text)}</mark>' if p.marked and partial else esc(p.text) for p in pieces
    )
    return f'<span class="said" dir="auto">{said}</span>'


def _lines(lines: Sequence[Line], sign: str = "+") -> str:
    """Words of the conversation, a line a turn, with the way to where they were said."""
    return (
        '<ul class="words">'
        + "".join(
            f"<li{player.of_line(x)}>{_at(x)} <b><bdi>{esc(x.who)}</bdi></b> {spoken(x.pieces, sign)}</li>"
            for x in lines
        )
        + "</ul>"
    )


def _corrected(o: Outline) -> Iterable[str]:
    if not o.corrected:
        return
    yield _open("corrected")
    yield f'<p class="note">{esc(wording.CORRECTED_NOTE)}</p><ol class="asks">'
    for c in o.corrected:
        note = f' <span dir="auto">“{esc(c.note)}”</span>' if c.note else ""
        came = " ".join(part for part in (c.found, c.then) if part)
        yield f"<li><p><b>{esc(c.said)}</b>{note}</p>{_lines(c.lines) if c.lines else ''}<p>{esc(came)}</p></li>"
    yield "</ol></section>"


def _ids(o: Outline) -> Iterable[str]:
    if not o.ids:
        return
    yield _open("ids")
    yield f'<p class="note">{esc(wording.IDS_NOTE)}</p><ul class="words">'
    for heading, found in headings(o.ids):
        rows = "".join(
            f'<li><code>{id}</code> {esc(label)}: “<span class="said" dir="auto">{esc(words)}</span>”</li>'
            for id, label, words in found
        )
        yield f"<li><b>{esc(heading)}</b>" + (f'<ul class="words">{rows}</ul>' if rows else "") + "</li>"
    yield "</ul></section>"


def _context(o: Outline) -> Iterable[str]:
    if not o.context:
        return
    yield _open("light")
    yield '<div class="cells">'
    for cell in o.context:
        brought = f"<p>{esc(capital(cell.brought_out))}.</p>" if cell.brought_out else ""
        more = f"<p>And {wording.plural(cell.more, 'more quote')}.</p>" if cell.more else ""
        yield (
            f'<div class="cell"><h3>{esc(cell.label)}</h3>'
            f'<p class="depth">{svg.depth(cell.depth)} {esc(cell.depth_said)}</p>'
            f'<p class="note">{esc(cell.definition)}</p>{_lines(cell.lines) if cell.lines else ""}{more}{brought}</div>'
        )
    yield f'</div><p class="note">{esc(o.context_agreement)}.</p></section>'


def _others(o: Outline) -> Iterable[str]:
    if o.others:
        yield _open("others")
        if any(other.lines for other in o.others):
            yield f'<p class="note">{wording.LABELS_NOTE}</p>'
        for other in o.others:
            yield f"<p><b><bdi>{esc(other.name)}</bdi></b>: {esc(other.said)}</p>"
            if other.lines:
                yield (
                    '<ul class="words">'
                    + "".join(
                        f"<li{player.of_line(line)}>{_at(line)} <i>{esc(label)}</i>: {spoken(line.pieces, '+')}</li>"
                        for label, line in other.lines
                    )
                    + "</ul>"
                )
        yield "</section>"


def _moments(o: Outline, *, all: bool) -> Iterable[str]:
    for id, chosen, none in (("keep", o.keep, wording.NO_KEEP), ("work", o.work, o.no_work)):
        if id not in _sections(o):
            continue
        yield _open(id)
        yield from (_finding(f) for f in chosen) if chosen else [f"<p>{esc(none)}</p>"]
        yield "</section>"
    if o.held and not all:
        yield f'<p class="note">{esc(wording.held_back(len(o.held)))}</p>'
    for key, findings in (("more", o.more), ("held", o.held if all else ())):
        if findings:
            count = wording.plural(len(findings), "moment")
            yield f'<section id="{key}" aria-labelledby="h-{key}"><details{" open" if all else ""}><summary>'
            yield f'<h2 id="h-{key}">{esc(TITLES[key])} <span class="note">({count})</span></h2></summary>'
            for group in by_kind(findings):
                yield from _alike(group)
            yield "</details></section>"


def _apart(o: Outline) -> Iterable[str]:
    """Moments that rest on what was not surely heard: their words, why they are set apart, and how to say what was."""
    if not o.apart and not o.apart_more:
        return
    yield f'{_open("apart")}<p class="note">{esc(wording.APART_NOTE)}</p>'
    for a in o.apart:
        pastes = "".join(f"<p><code>{esc(line)}</code></p>" for line in a.pastes)
        yield (
            f'<article id="m-{a.id}" class="finding" tabindex="-1" aria-labelledby="n-{a.id}">'
            f'<h3 id="n-{a.id}">{esc(a.label)} <span class="note">{esc(a.at)}</span></h3>{_lines(a.lines)}'
            f"<p>{esc(a.because)}</p>"
            f'<details class="note"><summary>{wording.APART_SAY}</summary><p>{esc(wording.APART_PASTE)}</p>'
            f"{pastes}</details></article>"
        )
    if o.apart_more:
        yield f'<p class="note">{esc(wording.apart_more(o.apart_more))}</p>'
    yield "</section>"


def _alike(group: Alike) -> Iterable[str]:
    """All moments of one kind; what is known of their detector is said once."""
    if len(group.findings) == 1:
        yield _finding(group.findings[0])
        return
    heading = f'<span class="sign" aria-hidden="true">{SIGN[group.sign]}</span> {esc(group.label)}'
    yield f'<h3 class="kind">{heading} <span class="note">{len(group.findings)} times</span></h3>'
    yield f'<p class="note">{esc(group.trust)}.</p>'
    for f in group.findings:
        unsure = wording.NOT_SURE.strip() if f.unsure and not group.unsure else ""
        yield _finding(f, level=4, note=unsure)


def _finding(f: Finding, *, level: int = 3, note: str | None = None) -> str:
    """One moment. `note`: what is said of how sure it is; where absent, that and the agreement of the detector."""
    said = f"{f.trust}." if note is None else note
    invitation = f'<p class="invitation"><b>An invitation:</b> {esc(f.invitation)}</p>' if f.invitation else ""
    also = ", ".join(f'<a href="#m-{id}">{esc(time)}</a>' for id, time in f.also)
    also += f" and {wording.plural(f.also_more, 'more time')}" if f.also_more else ""
    return (
        f'<article id="m-{f.id}" class="finding {CLASS[f.sign]}" tabindex="-1" aria-labelledby="n-{f.id}">'
        f'<h{level} id="n-{f.id}"><span class="sign" aria-hidden="true">{SIGN[f.sign]}</span> {esc(f.label)} '
        f'<span class="note">{esc(f.at)}</span></h{level}>{_lines(f.lines, f.sign)}'
        f"<p><b>Why it matters:</b> {esc(f.why)}</p>{invitation}"
        + (f"<p>Also at {also}.</p>" if also else "")
        + (f'<p class="note">{esc(said)}</p>' if said else "")
        + f'<details class="note"><summary>{wording.OTHERWISE}</summary><p>{esc(wording.PASTE)}</p>'
        f"<p><code>{esc(f.paste)}</code></p></details></article>"
    )


def _dials(o: Outline) -> Iterable[str]:
    if o.no_dials:
        yield f"{_open('dials')}<p>{esc(o.no_dials)}</p></section>"
    if not o.dials:
        return
    yield _open("dials")
    yield f'<p class="note">{esc(wording.DIALS_NOTE)}</p><dl class="dials">'
    for d in o.dials:
        opens = "; ".join(
            f"{esc(label)} at " + ", ".join(f'<a href="#m-{id}">{esc(time)}</a>' for id, time in places)
            for label, places in d.opens
        )
        yield (
            f"<dt>{esc(d.label)}</dt><dd>{svg.opportunities(d.count, d.of)}<p>{esc(d.said)}"
            f"{'; ' + esc(d.value) if d.value else ''}.</p>" + (f"<p>See {opens}.</p>" if opens else "")
            + f'<p class="note">{esc(d.definition)}</p></dd>'
        )  # fmt: skip
    yield "</dl></section>"


def _figures(o: Outline) -> Iterable[str]:
    if not o.rows:
        return
    yield _open("measures")
    yield f'<p class="note">{esc(o.figures_note)}</p>'
    main, more = [r for r in o.rows if r.main], [r for r in o.rows if not r.main]
    yield from _table(main, "The main figures")
    if more:
        yield f"<details><summary>{wording.plural(len(more), 'more figure')}</summary>"
        yield from _table(more, "All other figures")
        yield "</details>"
    yield "</section>"


def _table(rows: Sequence[Row], caption: str) -> Iterable[str]:
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table><caption>{caption}</caption>'
    columns = "".join(f'<th scope="col">{c}</th>' for c in ("figure", "value", "held against"))
    yield f"<thead><tr>{columns}</tr></thead><tbody>"
    for row in rows:
        values = "".join(
            f"<div>{f'<bdi>{esc(who)}</bdi> ' if who else ''}<b>{esc(value)}</b></div>" for who, value in row.values
        )
        values += f'<div class="note">{esc(row.caveat)}</div>' if row.caveat else ""
        held = "".join(f"<div>{esc(x)}</div>" for x in (row.own, row.against) if x)
        yield f'<tr><th scope="row">{esc(row.label)}</th><td>{values}</td><td>{held}</td></tr>'
    yield "</tbody></table></div>"


def _unknown(o: Outline) -> Iterable[str]:
    if o.unknown:
        yield _open("unknown")
        yield "<ul>" + "".join(f"<li>{esc(said)}</li>" for said in o.unknown) + "</ul></section>"


def _next(o: Outline) -> Iterable[str]:
    yield _open("next")
    if o.next_note:
        yield f'<p class="note">{esc(o.next_note)}</p>'
    if not o.next:
        yield f"<p>{esc(o.no_next)}</p></section>"
        return
    yield (
        '<ol class="asks">'
        + "".join(
            f"<li><p><b>{esc(ask.question)}</b></p>{_lines(ask.lines) if ask.lines else ''}</li>" for ask in o.next
        )
        + "</ol></section>"
    )


def _message(o: Outline) -> Iterable[str]:
    if o.message is None:
        return
    yield _open("message")
    yield f"<p><b>{esc(o.message.focus)}</b></p>"
    if o.message.agreement:
        yield f'<p class="note">{esc(capital(o.message.agreement))}.</p>'
    for group, heading, found in o.message.findings:
        yield f'<h3><span class="key {group}" aria-hidden="true"></span> {esc(heading)}</h3>'
        if found:
            yield (
                '<ul class="words">'
                + "".join(
                    f'<li>“<span class="said" dir="auto">{esc(words)}</span>” '
                    f'<span class="note">({esc(label)})</span></li>'
                    for label, words in found
                )
                + "</ul>"
            )
        else:
            yield f'<p class="note">{NOTHING[group]}</p>'
    if any(found for _, _, found in o.message.findings):
        yield f'<p class="note">{wording.LABELS_NOTE}</p>'
    yield "</section>"


def foot(version: str, has: Heard = NOT_HEARD) -> Iterable[str]:
    """What closes a page of ours, with its script."""
    script, _ = _asset(*has.scripts)
    yield f"<footer><p>Made by Duologue {esc(version)} on one machine; nothing was sent anywhere.</p></footer>"
    yield f"<script>{script}</script>\n</body>\n</html>"
