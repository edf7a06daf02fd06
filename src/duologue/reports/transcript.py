"""The transcript in the HTML page: every turn with name and time, quoted words marked and linked to their findings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from duologue.certainty import poorly_heard, speaker_is_sure
from duologue.model import Review, Span
from duologue.model.codebook import ACTS
from duologue.reports import mend, player, trust
from duologue.reports.excerpts import at, name_of, segments
from duologue.reports.heard import NOTHING, Heard
from duologue.reports.message import Segment
from duologue.reports.outline import Finding, Outline
from duologue.reports.safe import in_html as esc

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SIGN = {"+": "+", "-": "−"}
CLASS = {"+": "keep", "-": "work"}


DOTTED = "A dotted line is under words that were hard to hear: they may not be what was said."


def words(review: Review, o: Outline, shown: Sequence[Finding], heard: Heard = NOTHING) -> str:
    """The section beside the findings: the whole transcript, or the whole message with its highlights."""
    head = '<section id="transcript" aria-labelledby="h-transcript" tabindex="0"><h2 id="h-transcript">The words</h2>'
    if o.message:
        return f'{head}<p class="said message" dir="auto">{"".join(map(_segment, o.message.segments))}</p></section>'
    toggle = '<p class="toggle"><label><input type="checkbox" id="acts"> Show what each turn does</label></p>'
    legend = f'{toggle}<p class="acts">{esc(_labels(review))}</p>' if review.acts else ""
    above = mend.above(review.conversation, heard.recording) if heard.mends else ""
    dotted = f'<p class="note">{DOTTED}</p>' if heard.doubts else ""
    return f"{head}{above}{dotted}{legend}{transcript(review, shown, heard=heard)}</section>"


def _segment(s: Segment) -> str:
    if not s.groups:
        return esc(s.text)
    return f'<mark class="{s.groups[0]}">{esc(s.text)}</mark><span class="tag">{esc(", ".join(s.labels))}</span>'


def _labels(review: Review) -> str:
    """How far each kind of label on this page agrees with people (P4)."""
    found = {a.kind for a in review.acts}
    said = ", ".join(f"{ACTS[kind].label} {trust.f1_said(kind)}" for kind in ACTS if kind in found)
    return f"Agreement of these labels with people (F1: 1 is full, 0 none): {said}."


def transcript(review: Review, findings: Sequence[Finding] = (), *, prefix: str = "t", heard: Heard = NOTHING) -> str:
    """An ordered list, an item a turn (id t1, t2 …, or with another prefix)."""
    conversation = review.conversation
    quoted: dict[int, list[tuple[Span, Finding]]] = defaultdict(list)
    for f in findings:
        for q in f.quotes:
            quoted[q.turn].append((q, f))
    acts: dict[int, list[str]] = defaultdict(list)
    for a in review.acts:
        acts[a.span.turn].append(ACTS[a.kind].label)
    names = {s.id: name_of(conversation, s.id) for s in conversation.speakers}
    sides = {s.id: s.side for s in conversation.speakers}
    who = {s.id: f' data-w="{i}"' for i, s in enumerate(conversation.speakers)} if heard.mends else {}
    language = conversation.language or ""
    lang = f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
    items = [f'<ol class="turns"{lang}>']
    for i, t in enumerate(conversation.turns):
        side = "ours" if sides.get(t.speaker) == "ours" else "theirs"
        labels = " · ".join(dict.fromkeys(acts[i])) if i in acts else ""
        starts = player.of_turn(t) if heard.recording else ""
        hard = '<span class="unseen">, some words hard to hear</span>' if heard.doubts and poorly_heard(t) else ""
        if heard.mends and not speaker_is_sure(t):
            side += " unsure"
            hard = f'<span class="perhaps">, perhaps</span>{hard}'
        if heard == NOTHING:
            said = "".join(marked(t.text, quoted[i])) if i in quoted else esc(t.text)
        else:
            inside = player.inside(t, times=heard.recording is not None, doubts=heard.doubts)
            said = "".join(marked(t.text, quoted[i], inside, linked=heard.recording is None))
        items.append(
            f'<li id="{prefix}{i + 1}" class="{side}"{starts}{who.get(t.speaker, "")}><p class="who">'
            f'<a class="at" href="#{prefix}{i + 1}">{esc(at(conversation, i))}</a> '
            f"<b><bdi>{esc(names.get(t.speaker, t.speaker))}</bdi></b>{hard}</p>"
            f'<p class="said" dir="auto">{said}</p>'
            + (f'<p class="acts">{esc(labels)}</p>' if labels else "")
            + "</li>"
        )
    items.append("</ol>")
    return "\n".join(items)


def marked(
    text: str,
    quotes: Sequence[tuple[Span, Finding]],
    inside: Callable[[int, int], str] | None = None,
    *,
    linked: bool = True,
) -> Iterable[str]:
    """The text with quoted stretches marked. A mark links to its finding, and its end says which finding that is.

    `inside`: how to write a stretch of the text, where it is not the text alone. Without `linked` only what is said at
    the end of a mark is a link: a click on its words plays them.
    """
    write = inside or (lambda start, end: esc(text[start:end]))
    for start, end, covering in segments(len(text), [(q.start, q.end) for q, _ in quotes]):
        here = [quotes[i] for i in covering]
        words = write(start, end)
        if not here:
            yield words
            continue
        f = here[0][1]
        said = f'<a href="#m-{f.id}">{words}</a>' if linked else words
        yield f'<mark class="{CLASS[f.sign]}">{said}</mark>'
        for f in dict.fromkeys(f for q, f in here if q.end == end):
            yield f' <a class="tag {CLASS[f.sign]}" href="#m-{f.id}">{SIGN[f.sign]} {esc(f.label)}</a>'
