"""Words from a file are shown, never obeyed: nothing runs, moves the cursor or breaks a note (the issue: bad input)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from duologue import reports
from duologue.model import Review, Speaker, Turn
from reports import made

SGR = re.compile(r"\x1b\[[0-9;]*m")


class Tags(HTMLParser):
    """Every element with its attributes, and the text outside style and script."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _moves_a_cursor(text: str) -> list[str]:
    return [
        c
        for c in text
        if c != "\n"
        and (unicodedata.category(c) in ("Cc", "Cs") or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    ]


def _check_html(page: str) -> None:
    tags = Tags(page).found
    names = [t for t, _ in tags]
    assert names.count("script") == 1
    assert names.count("style") == 1
    assert not {"img", "iframe", "object", "base", "form", "link"} & set(names)
    for tag, attrs in tags:
        assert not [a for a in attrs if a.startswith("on") or a in ("style", "src")], (tag, attrs)
        href = attrs.get("href")
        assert href is None or href.startswith("#"), href


@pytest.mark.parametrize("make", [made.hostile, made.hostile_apart])
def test_hostile_page(make: Callable[[], Review]) -> None:
    """Names, words, ids, notices, measures and invitations of a hostile file are text, in the page as in the title."""
    page = reports.html.render(make(), all=True)
    _check_html(page)
    text = "".join(Tags(page).text)
    for words in (made.HOSTILE[0], made.HOSTILE[1], made.HOSTILE[2]):
        assert words in text
    assert not _moves_a_cursor(page)


@pytest.mark.parametrize("make", [made.hostile, made.hostile_apart])
@pytest.mark.parametrize("color", [False, True])
def test_hostile_terminal(color: bool, make: Callable[[], Review]) -> None:
    """Escape sequences stay visible as characters; rich markup in names and words is not read."""
    out = reports.terminal.render(make(), all=True, color=color)
    assert not _moves_a_cursor(SGR.sub("", out))
    assert "[bold red]markup[/]" in SGR.sub("", out)
    assert bool(SGR.search(out)) == color
    assert "31m" in out  # what the file tried is there to be seen


@pytest.mark.parametrize("make", [made.hostile, made.hostile_apart])
def test_hostile_note(make: Callable[[], Review]) -> None:
    """In Markdown nothing of the file's becomes a link, a heading, HTML or a table."""
    out = reports.markdown.render(make(), all=True)
    assert not _moves_a_cursor(out)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(out)
    inline = [c.type for t in tokens for c in t.children or ()]
    assert not {"link_open", "html_inline", "image", "code_inline", "s_open"} & set(inline)
    assert not {"html_block", "code_block", "fence"} & {t.type for t in tokens}
    assert sum(t.type == "table_open" for t in tokens) == 1
    assert sum(t.type == "heading_open" and t.tag == "h1" for t in tokens) == 1


@pytest.mark.parametrize("make", [made.discovery, made.team, made.message])
def test_marks_of_a_note_are_read_as_marks(make: Callable[[], Review]) -> None:
    """What is meant as bold comes out bold: no stray asterisk is left in the text of a note."""
    tokens = MarkdownIt("commonmark").enable("table").parse(reports.markdown.render(make(), all=True))
    texts = [c.content for t in tokens for c in t.children or () if c.type == "text"]
    assert not [text for text in texts if "*" in text]


ANY = st.text(alphabet=st.characters(codec=None), max_size=60)


def _with(name: str, text: str) -> Review:
    review = made.discovery()
    speakers = (Speaker(id="mira", name=name, side="ours"), Speaker(id="jonas", name=name + "2", side="theirs"))
    turns = (Turn(speaker="mira", text=text), Turn(speaker="jonas", text=text))
    return replace(
        review, conversation=replace(review.conversation, speakers=speakers, turns=turns), acts=(), moments=(),
        context=(), dials=(), next=(), notices=(text,),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(name=ANY, text=ANY)
def test_any_text_is_harmless(name: str, text: str) -> None:
    """Whatever code points a file holds, lone surrogates too, each format can be written as UTF-8 and obeys none."""
    review = _with(name, text)
    page = reports.html.render(review)
    _check_html(page)
    for out in (
        page,
        reports.terminal.render(review),
        reports.markdown.render(review),
        reports.summary.line(name, review),
    ):
        assert not _moves_a_cursor(out)
        out.encode("utf-8")
