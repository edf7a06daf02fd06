"""HTML bodies (e-mail, chat, vCon) as plain text. Nothing in them is fetched, run or kept but the words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
     "section", "article", "header", "footer", "pre", "dl", "dt", "dd")
)  # fmt: skip
_SILENT = frozenset(["script", "style", "head", "title", "template", "noscript", "svg"])
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
# How mail programs mark the mail that is answered, where they use no <blockquote>.
_QUOTE = re.compile(
    r"yahoo_quoted|gmail_quote_container|divRplyFwdMsg|appendonsend|moz-forward-container", re.IGNORECASE
)


class _Text(HTMLParser):
    """Collects words; lines within quotations get the "> " that plain text has there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.open: list[tuple[str, bool, bool]] = []  # tag, silences its content, quotes its content
        self.silent = 0
        self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._break()
        if tag == "li":
            self._add("- ")
        if tag in _VOID:
            return
        marks = " ".join(value or "" for key, value in attrs if key in ("class", "id"))
        silences, quotes = tag in _SILENT, tag == "blockquote" or bool(_QUOTE.search(marks))
        if len(self.open) < 2000:  # deeper than any mail: such a file is hostile, and closing tags are searched for
            self.open.append((tag, silences, quotes))
            self.silent += silences
            self.quoted += quotes

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break(paragraph=tag == "p")
        for at in range(len(self.open) - 1, max(-1, len(self.open) - 60), -1):
            if self.open[at][0] == tag:
                for _, silences, quotes in self.open[at:]:
                    self.silent -= silences
                    self.quoted -= quotes
                del self.open[at:]
                return

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if any(tag == "pre" for tag, _, _ in self.open[-6:]):
            first, *rest = data.split("\n")
            self._add(first)
            for line in rest:
                self._break()
                self._add(line)
            return
        self._add(re.sub(r"[ \t\r\n\f\xa0]+", " ", data))

    def _break(self, *, paragraph: bool = False) -> None:
        if self.lines[-1].strip("> "):
            self.lines.append("")
        if paragraph and len(self.lines) > 1 and self.lines[-2]:
            self.lines.append("")

    def _add(self, text: str) -> None:
        if not self.lines[-1]:
            text = text.lstrip(" ")
            if text and self.quoted:
                text = "> " + text
        self.lines[-1] += text


def html_text(html: str) -> str:
    """The words of an HTML text, a line a block, one empty line between paragraphs; quoted mail begins with "> "."""
    parser = _Text()
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:  # the standard library's parser gives up on some broken declarations
        return " ".join(re.sub(r"<[^<>]*>", " ", html).split())
    text = "\n".join(line.rstrip() for line in parser.lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def looks_like_html(text: str) -> bool:
    """Whether a text that is not declared is HTML: it opens with a tag that only HTML has."""
    return bool(
        re.match(r"\s*<(?:!doctype html|html|body|div|p|span|br|table|b|i|a|ul|ol|h\d)\b[^<>]*>", text, re.IGNORECASE)
    )
