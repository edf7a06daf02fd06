"""HTML bodies (e-mail, chat, vCon) as plain text. Nothing in them is fetched, run or kept but the words.

The scanner is our own: the standard library's needs minutes for a few hundred kilobytes of unclosed tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

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


# A comment, a tag with its attributes, or a declaration. Possessive, so that what is never closed costs one look.
_TOKEN = re.compile(
    r"""<!--|<(/?)([a-zA-Z][\w:-]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>|<(/?)([a-zA-Z][\w:-]*+)[^<>]*+>|<[!?/][^<>]*+>"""
)
_MARKS = re.compile(r"""(?:class|id)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE)


@dataclass(slots=True)
class _Text:
    """Collects words; lines within quotations get the "> " that plain text has there."""

    lines: list[str] = field(default_factory=lambda: [""])
    open: list[tuple[str, bool, bool]] = field(default_factory=list)  # tag, silences its content, quotes its content
    silent: int = 0
    quoted: int = 0

    def start(self, tag: str, attributes: str) -> None:
        if tag in _BLOCKS:
            self._break()
        if tag == "li":
            self._add("- ")
        if tag in _VOID:
            return
        marks = " ".join(next(filter(None, m.groups()), "") for m in _MARKS.finditer(attributes))
        silences, quotes = tag in _SILENT, tag == "blockquote" or bool(_QUOTE.search(marks))
        if len(self.open) < 2000:  # deeper than any mail: such a file is hostile, and closing tags are searched for
            self.open.append((tag, silences, quotes))
            self.silent += silences
            self.quoted += quotes

    def end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break(paragraph=tag == "p")
        for at in range(len(self.open) - 1, max(-1, len(self.open) - 60), -1):
            if self.open[at][0] == tag:
                for _, silences, quotes in self.open[at:]:
                    self.silent -= silences
                    self.quoted -= quotes
                del self.open[at:]
                return

    def words(self, data: str) -> None:
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
    at = 0
    while (token := _TOKEN.search(html, at)) is not None:
        parser.words(unescape(html[at : token.start()]))
        at = token.end()
        tag = token[2] or token[5]
        if tag and (token[1] or token[4]):
            parser.end(tag.lower())
        elif tag:
            parser.start(tag.lower(), token[3] or "")
        elif token.group() == "<!--":
            close = html.find("-->", at)
            at = close + 3 if close >= 0 else len(html)  # browsers, too, take the rest for the comment
    parser.words(unescape(html[at:]))
    text = "\n".join(line.rstrip() for line in parser.lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def looks_like_html(text: str) -> bool:
    """Whether a text that is not declared is HTML: it opens with a tag that only HTML has."""
    return bool(
        re.match(r"\s*<(?:!doctype html|html|body|div|p|span|br|table|b|i|a|ul|ol|h\d)\b[^<>]*>", text, re.IGNORECASE)
    )
