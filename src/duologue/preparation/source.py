"""A feature list as passages: what stands in which line, without its markup. Markdown, plain text, Word, CSV.

`raw` is what stands there, with runs of white space as one space, so that a quote can be found again by its words.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from duologue.errors import UnreadableInput
from duologue.language import ENGLISH_SHARE, MIN_WORDS, english_share
from duologue.text import words

MOST_BYTES = 16 * 1024 * 1024  # a feature list is a few pages; this is a library
MOST_CHARACTERS = 300_000  # some 50,000 words
Kind = Literal["heading", "bullet", "text", "row"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """`line`: where it begins, from 1 (of a Word file the paragraph, of CSV the line of the file). `depth`: of a
    heading from 1, of a bullet from 1. `cells`: of a row, (column, raw) with the column's head, "" where it has none.
    `breaks`: where in `raw` each further line begins."""

    line: int
    kind: Kind
    raw: str = ""
    depth: int = 0
    cells: tuple[tuple[str, str], ...] = ()
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document: its name, and what stands in it, in order."""

    name: str
    passages: tuple[Passage, ...]


def read_source(path: str, stdin: io.BufferedIOBase | Any) -> Source:
    """The passages of a file, or of standard input ("-"; taken as Markdown). Raises UnreadableInput."""
    name = "standard input" if path == "-" else Path(path).name
    where = name if path == "-" else path
    try:
        data = stdin.read(MOST_BYTES + 1) if path == "-" else _bytes(path)
    except OSError as error:
        raise UnreadableInput(f"it cannot be read: {(error.strerror or str(error)).lower()}", where=where) from None
    if len(data) > MOST_BYTES:
        raise UnreadableInput(
            f"it holds more than {MOST_BYTES // 2**20} MB", where=where, hint="Give the pages that matter"
        )
    try:
        return Source(
            name=name, passages=tuple(p for p in _passages(data, Path(name).suffix.lower()) if p.raw or p.cells)
        )
    except UnreadableInput as error:
        raise error.at(where) from None


def foreign(source: Source) -> str | None:
    """What has to be said where a document does not read like English; None where it does or is too short to tell."""
    text = " ".join(p.raw or " ".join(raw for _, raw in p.cells) for p in source.passages)[:20_000]
    if len(words(text)) < 2 * MIN_WORDS or english_share(text) >= ENGLISH_SHARE / 2:
        return None
    return "This does not read like English. Claims are found all the same; the cues for rungs are English words."


def from_text(text: str) -> Source:
    """One insight as a document of its own."""
    return Source(name="insight", passages=tuple(_markdown(text)))


def _bytes(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _passages(data: bytes, extension: str) -> Iterator[Passage]:
    if data.startswith(b"PK") or data.startswith(b"\xd0\xcf\x11\xe0") or extension in {".docx", ".doc"}:
        return _docx(data)
    text = _decoded(data)
    if not text.strip():
        raise UnreadableInput("there is nothing in it", hint="Give a feature list, or one insight with --insight")
    if len(text) > MOST_CHARACTERS:
        raise UnreadableInput(f"it holds {len(text):,} characters", hint=f"Up to {MOST_CHARACTERS:,} are read")
    return _csv(text) if extension in {".csv", ".tsv"} else _markdown(text)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")  # what Windows programs save where they do not save UTF-8
    if "\x00" in text or (text and sum(c == "\ufffd" for c in text) * 20 > len(text)):
        raise UnreadableInput("this is no text", hint="Markdown, plain text, Word (.docx) and CSV can be read")
    return text


_BULLETS = re.compile(r"^(\s*)[•‣▪–·*](?=\s)", re.MULTILINE)  # what people type for a bullet beside Markdown's own
_FRONT = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)


def _markdown(text: str) -> Iterator[Passage]:
    """By CommonMark with tables. Code and HTML say nothing of a claim; indented text is text (people indent)."""
    from markdown_it import MarkdownIt

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _FRONT.sub(lambda m: "\n" * m.group().count("\n"), text)
    text = _BULLETS.sub(r"\1-", text)
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "html_block"])
    lists, opened, head, cells = 0, "", list[str](), list[str]()
    for token in parser.parse(text):
        kind = token.type
        lists += (kind == "list_item_open") - (kind == "list_item_close")
        if kind.endswith("_open"):
            # A paragraph after the first one of a list item goes on with it.
            opened = opened if kind == "paragraph_open" and opened in ("list_item", "blockquote") else kind[:-5]
            head = [] if kind == "thead_open" else head
            cells = [] if kind == "tr_open" else cells
            depth = int(token.tag[1]) if kind == "heading_open" else lists
        elif kind == "inline":
            raw, breaks = _joined(token.content)
            line = (token.map or [0])[0] + 1
            if opened == "th":
                head.append(plain(raw))
            elif opened == "td":
                cells.append(raw)
            elif opened == "heading":
                yield Passage(line=line, kind="heading", raw=raw, depth=depth)
            else:
                is_item = opened == "list_item"
                yield Passage(line=line, kind="bullet" if is_item else "text", raw=raw, depth=lists, breaks=breaks)
                opened = ""
        elif kind == "tr_close" and any(cells):
            yield Passage(line=line, kind="row", cells=_columns(head, cells))


def _joined(content: str) -> tuple[str, tuple[int, ...]]:
    """The lines of a passage as one, and where each but the first begins in it."""
    lines = [" ".join(line.split()) for line in content.split("\n")]
    ends = list(itertools.accumulate(len(line) + 1 for line in lines))
    return " ".join(lines), tuple(ends[:-1])


def _columns(head: list[str], cells: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((head[i] if i < len(head) else "", c) for i, c in enumerate(cells))


def _docx(data: bytes) -> Iterator[Passage]:
    from duologue.readers.docx import OLD_WORD, opened

    if data.startswith(OLD_WORD):
        raise UnreadableInput("this is an old Word file (.doc) or one with a password", hint="Save it as .docx")
    n = 0
    for block in opened(data).iter_inner_content():
        if hasattr(block, "rows"):
            rows = [[" ".join(c.text.split()) for c in row.cells] for row in block.rows]
            for row in rows[1:] if len(rows) > 1 else rows:
                n += 1
                if any(row):
                    yield Passage(line=n, kind="row", cells=_columns(rows[0] if len(rows) > 1 else [], row))
            continue
        n += 1
        raw = " ".join(block.text.split())
        style = (block.style.name if block.style is not None else "") or ""
        if not raw:
            continue
        if style.startswith(("Heading", "Title")):
            level = re.search(r"\d", style)
            yield Passage(line=n, kind="heading", raw=raw, depth=int(level.group()) if level else 1)
        elif style.startswith("List") or (block._p.pPr is not None and block._p.pPr.numPr is not None):
            level = re.search(r"\d", style)
            yield Passage(line=n, kind="bullet", raw=raw, depth=int(level.group()) if level else 1)
        else:
            yield Passage(line=n, kind="text", raw=raw)


def _csv(text: str) -> Iterator[Passage]:
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(io.StringIO(text, newline=""), dialect)
    head: list[str] | None = None
    before = 0
    try:
        for row in reader:
            line, before = before + 1, reader.line_num
            cells = [" ".join(c.split()) for c in row]
            if not any(cells):
                continue
            if head is None:
                head = [plain(c) for c in cells]
                if any(len(h.split()) > 5 for h in head):  # a sentence is no head of a column
                    head = []
                    yield Passage(line=line, kind="row", cells=_columns(head, cells))
                continue
            yield Passage(line=line, kind="row", cells=_columns(head, cells))
    except csv.Error as error:
        raise UnreadableInput(f"this CSV cannot be read: {error}") from None


_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)")
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\\(?=[^\w\s])")


def plain(raw: str) -> str:
    """Words without Markdown's marks: what a person would read."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", raw)).split())
