"""What a report of several talks says, in every format: a change here is a change a reader sees."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from duologue.model.together import Together
from duologue.reports import together, together_shown
from duologue.together import together as taken_together
from together_made import back, first, pitched, silent, three

NAMES = ("march.vtt", "spring.vtt", "april.vtt", "may.vtt", "june.vtt")


def _all() -> Together:
    return taken_together([first(), back(), pitched(), silent(), three()], NAMES)


def _quiet() -> Together:
    return taken_together([first(None), silent(None)], ("a.txt", "b.txt"))


def _as(snapshot: SnapshotAssertion, extension: str) -> SnapshotAssertion:
    kind = type(extension, (SingleFileSnapshotExtension,), {"file_extension": extension, "_write_mode": WriteMode.TEXT})
    return snapshot.use_extension(kind)


def test_together_as_text(snapshot: SnapshotAssertion) -> None:
    """Five talks: what came back, what was only named beside a pitch, what was said of where it went cold."""
    assert together_shown.text(_all()) == _as(snapshot, "txt")


def test_together_as_text_all(snapshot: SnapshotAssertion) -> None:
    """Nothing came back: on request every possible moment is shown, with the honest answer."""
    assert together_shown.text(_quiet(), all=True) == _as(snapshot, "txt")


def test_together_as_markdown(snapshot: SnapshotAssertion) -> None:
    """What pastes into a note."""
    assert together_shown.markdown(_all()) == _as(snapshot, "md")


def test_together_as_a_page(snapshot: SnapshotAssertion) -> None:
    """The page, without its style and script."""
    page = together_shown.html(_all())
    for tag in ("style", "script"):
        before, _, rest = page.partition(f"<{tag}>")
        page = f"{before}<{tag}>…{rest[rest.index(f'</{tag}>') :]}"
    policy = page[page.index("default-src") : page.index("base-uri")]
    assert page.replace(policy, "… ") == _as(snapshot, "html")


def test_what_nobody_came_back_to_is_not_shown_unasked() -> None:
    """A possible moment to work on of a detector that is right less often is counted, and shown on request."""
    t = _quiet()
    parts = {p.id: p for p in together.shown(t).parts}
    assert parts["cold"].entries == ()
    assert "nothing was said" in parts["cold"].after.lower()
    assert parts["mended"].entries == ()
    every = {p.id: p for p in together.shown(t, all=True).parts}
    assert len(every["cold"].entries) == len(t.cold)
    assert len(every["mended"].entries) == len(t.mends)
    said = [row.said for entry in every["cold"].entries for row in entry.rows]
    assert together.NOTHING_SINCE in said


def test_its_own_words_ask_and_blame_nobody() -> None:
    """P2: no exclamation mark, no should have, then and never because; what is missing is told with a question."""
    words = [v for k, v in vars(together).items() if k.isupper() and isinstance(v, str)]
    for t in (_all(), _quiet()):
        shown = together.shown(t, all=True)
        words += [shown.headline, shown.order]
        for part in shown.parts:
            words += [part.title, *part.said, part.after]
            words += [x for e in part.entries for x in (e.heading, e.note, *(r.said for r in e.rows))]
    for said in words:
        assert not re.search(r"!|should have|because|fail|mistake|wrong|bad\b|ignored", said, re.IGNORECASE), said
    assert together.NO_THREADS.endswith("?")
    assert together.NO_NEXT.endswith("?")


class _Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key == "id":
                self.ids.append(value or "")
            if key == "href":
                self.hrefs.append(value or "")


def test_every_link_leads_to_one_place_on_the_page() -> None:
    """Turns of different talks have ids of their own, and nothing leads off the page (P3)."""
    found = _Links(together_shown.html(_all(), all=True))
    assert len(found.ids) == len(set(found.ids))
    assert found.hrefs
    assert all(h.startswith("#") and h[1:] in found.ids for h in found.hrefs)


def _hostile() -> Together:
    """Names and file names that would be markup, an escape sequence or a heading."""
    name = "<script>alert(1)</script>\x1b[31m\n# Okoro"
    made = []
    for r in (first(), back()):
        speakers = tuple(replace(s, name=name if s.id == "Okoro" else s.name) for s in r.conversation.speakers)
        made.append(replace(r, conversation=replace(r.conversation, speakers=speakers)))
    return taken_together(made, ("<b>a</b>.txt", "*b*\x1b[2J.txt"))


def test_what_comes_from_a_file_is_shown_and_never_obeyed() -> None:
    """No tag, no escape sequence and no heading out of names."""
    page = together_shown.html(_hostile(), all=True)
    assert "<script>alert" not in page
    assert "<b>a</b>" not in page
    for text in (page, together_shown.text(_hostile(), all=True), together_shown.markdown(_hostile(), all=True)):
        assert "\x1b" not in text
        assert "\n# Okoro" not in text


@pytest.mark.parametrize("width", [40, 60, 100])
def test_text_keeps_to_its_width(width: int) -> None:
    """No line of the report is wider than the terminal."""
    assert max(map(len, together_shown.text(_all(), width=width).splitlines())) <= width


def test_same_input_same_bytes() -> None:
    """Made twice, every format is the same."""
    renders: tuple[Any, ...] = (together_shown.text, together_shown.markdown, together_shown.html)
    for render in renders:
        assert render(_all(), all=True) == render(_all(), all=True)
