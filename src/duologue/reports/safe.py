"""Words from a file are shown, never obeyed: what every format does to them before anything else."""

from __future__ import annotations

import html as _html
import re

_UNSHOWN = "\N{REPLACEMENT CHARACTER}"


def _table() -> dict[int, str]:
    """Each code point that could move a cursor, reorder a line or break a document, and the one shown instead."""
    table = {c: chr(0x2400 + c) for c in range(0x20)}  # control pictures: an escape sequence stays visible as one
    table |= dict.fromkeys(range(0x80, 0xA0), _UNSHOWN)
    table |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], _UNSHOWN)  # bidi overrides and isolates
    table |= dict.fromkeys(range(0xD800, 0xE000), _UNSHOWN)  # lone surrogates cannot be written as UTF-8
    table |= {0x7F: "\N{SYMBOL FOR DELETE}", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
    return table | {0x09: " ", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x0D: " ", 0xFFFE: _UNSHOWN, 0xFFFF: _UNSHOWN}


_TABLE = _table()
_SPACES = re.compile(r"\s+")
# Every mark that opens something inside a line in CommonMark or in the common note-taking dialects of it.
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~#$&!{}])|(?<==)(=)")
_MARKDOWN_START = re.compile(r"^(\s*)([-+>=]|\d+(?=[.)]))")


def visible(text: str) -> str:
    """The text with every character that acts on a display replaced, one for one: offsets stay what they are."""
    return text.translate(_TABLE)


def on_one_line(text: str) -> str:
    """The same, with runs of white space (new lines too) as one space."""
    return _SPACES.sub(" ", visible(text)).strip()


def in_html(text: str) -> str:
    """Escaped for HTML text and for quoted attributes."""
    return _html.escape(visible(text), quote=True)


def in_markdown(text: str) -> str:
    """Escaped for Markdown, on one line."""
    escaped = _MARKDOWN.sub(lambda m: "\\" + m.group(), on_one_line(text))
    return _MARKDOWN_START.sub(_escape_start, escaped)


def _escape_start(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
