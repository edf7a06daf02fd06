"""The claims of a document, and the sentences that stand with each of them.

A claim is a bullet, a heading with text below it, a row of a table, or a sentence of an insight that no cue takes for
the support of the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from duologue.errors import UnreadableInput
from duologue.phrasing import statement
from duologue.preparation.cues import labelled, named, pieces
from duologue.preparation.ladder import Place
from duologue.preparation.source import Passage, Source, plain
from duologue.text import sentences, words

MOST_CLAIMS = 200  # a list that nobody prepares; the rest is a catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of the document, verbatim, and the line that they begin in. `breaks`: where in them a line begins."""

    raw: str
    line: int
    breaks: tuple[int, ...] = ()

    def part(self, start: int, end: int, strip: str = " ") -> Said:
        """The words from `start` to `end`, without the characters of `strip` around them, at their own line."""
        inner = self.raw[start:end]
        start += len(inner) - len(inner.lstrip(strip))
        after = bisect_right(self.breaks, start)
        breaks = tuple(b - start for b in self.breaks[after:])
        return Said(raw=inner.strip(strip), line=self.line + after, breaks=breaks)


def whole(p: Passage) -> Said:
    """A passage as words."""
    return Said(raw=p.raw, line=p.line, breaks=p.breaks)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A claim as it was found. `support`: sentences with it; `placed`: words whose rung the document names itself."""

    claim: Said
    support: list[Said] = field(default_factory=list)
    placed: list[tuple[Place, Said]] = field(default_factory=list)


def find(source: Source) -> tuple[list[Draft], list[Said]]:
    """Every claim in order, and what stands in the document without belonging to one. Raises UnreadableInput."""
    walk = _Walk(source)
    for passage in source.passages:
        walk.take(passage)
    drafts = [d for d in walk.drafts if _claims(plain(d.claim.raw))]
    if not drafts:
        raise UnreadableInput(
            "no claim was found in it",
            where=source.name,
            hint="A claim is a bullet, a heading with text below it, a row of a table, or a sentence with --insight",
        )
    if len(drafts) > MOST_CLAIMS:
        raise UnreadableInput(
            f"there are {len(drafts)} claims in it",
            where=source.name,
            hint=f"Give the {MOST_CLAIMS} that matter, or fewer",
        )
    return drafts, walk.left


class _Walk:
    """Through the passages of a document, remembering under what each stands."""

    def __init__(self, source: Source) -> None:
        kinds = {p.kind for p in source.passages}
        deep = [p for p in source.passages if p.kind == "heading" and p.depth > 1]
        self.is_prose = not kinds & {"bullet", "row"} and not deep
        self.drafts: list[Draft] = []
        self.left: list[Said] = []
        self.heading: Passage | None = None
        self.section: Place | None = None  # a heading such as "Limits" says which rung its words are for
        self.here: Draft | None = None  # the claim that words now belong to

    def take(self, p: Passage) -> None:
        if p.kind == "heading":
            self._heading(p)
        elif p.kind == "row":
            self._row(p)
        elif self.section and self.here and (p.depth <= 1):
            self.here.placed.append((self.section, whole(p)))
        elif p.kind == "bullet" and p.depth <= 1:
            self._bullet(p)
        elif p.depth and self.here:
            self._support(p)
        else:
            self._text(p)

    def _heading(self, p: Passage) -> None:
        self.section = named(plain(p.raw))
        if self.section is None:
            self.heading, self.here = p, None

    def _bullet(self, p: Passage) -> None:
        if self.here and self.heading and self.here.claim.line <= self._text_line and _supports(p.raw):
            self._support(p)
            return
        said = list(said_in(p))
        if said:
            first, rest = _with_lead(p, said)
            self._open(first, rest)

    _text_line = 0  # the last line of a claim that a heading's own text made: bullets below may stand with it

    def _text(self, p: Passage) -> None:
        said = list(said_in(p))
        if not said:
            return
        if self.is_prose:
            for one in said:
                if self.here and _supports(one.raw):
                    self.here.support.append(one)
                else:
                    self._open(one, [])
        elif self.heading and self.here is None and self.heading.depth > 1:
            head = whole(self.heading)
            if statement(plain(head.raw)):
                self._open(head, said)
            else:
                self._open(said[0], said[1:])
            self._text_line = self.drafts[-1].claim.line
        elif self.heading and self.here and self.heading.depth > 1:
            self.here.support += said
        else:
            self.left += said

    def _support(self, p: Passage) -> None:
        assert self.here is not None
        if found := labelled(p.raw):
            to, at = found
            self.here.placed.append((to, whole(p).part(at, len(p.raw))))
        else:
            self.here.support += said_in(p)

    def _row(self, p: Passage) -> None:
        cells = [(named(head), Said(raw=raw, line=p.line)) for head, raw in p.cells if raw]
        free = [said for to, said in cells if to is None]
        if not free:
            free = [cells[0][1]]
            cells = cells[1:]
        claim, *rest = free
        self._open(claim, rest)
        self.drafts[-1].placed += [(to, said) for to, said in cells if to]

    def _open(self, claim: Said, support: list[Said]) -> None:
        self.here = Draft(claim=claim)
        self.drafts.append(self.here)
        for said in support:
            if found := labelled(said.raw):
                self.here.placed.append((found[0], said.part(found[1], len(said.raw))))
            else:
                self.here.support.append(said)


def said_in(p: Passage) -> Iterator[Said]:
    """The sentences of a passage."""
    for s in sentences(p.raw):
        if s.words:
            yield whole(p).part(s.span.start, s.span.end)


def _with_lead(p: Passage, said: list[Said]) -> tuple[Said, list[Said]]:
    """A bullet's label belongs to what it names: "**Live slotting.** Shelves move every night"."""
    first, *rest = said
    if rest and first.raw.startswith(("**", "__", "*", "_")) and len(words(first.raw)) <= MOST_IN_LABEL:
        end = p.raw.index(rest[0].raw, len(first.raw)) + len(rest[0].raw)
        return whole(p).part(p.raw.index(first.raw), end), rest[1:]
    return first, rest


MOST_IN_LABEL = 4  # words in bold before a full stop that only name what follows
# What refers back to the sentence before it goes on with its claim.
_GOES_ON = re.compile(r"^(?:and|but|also|so|it|its|this|that|these|those|they|their|then|there|such)\b", re.IGNORECASE)


def _supports(raw: str) -> bool:
    """Whether a sentence stands with the claim before it: it opens with a cue, is evidence as a whole, or goes on."""
    opens = any(start < 12 for _, start, _ in pieces(raw))
    return labelled(raw) is not None or opens or bool(_GOES_ON.match(raw))


def _claims(text: str) -> bool:
    """Whether this says something: two words at least, no question, no list of contents."""
    return len(words(text)) >= 2 and not text.rstrip(' *_"”').endswith("?") and "://" not in text.split(maxsplit=1)[0]
