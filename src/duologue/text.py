"""Sentences, tokens and offsets: the one place that cuts text.

Offsets are half-open code points into `Turn.text`. Sentences come from `sentencex`; turns without punctuation (raw
recogniser output) are cut into clauses by our own splitter, because no sentence library sees a boundary there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import sentencex

from duologue.model import Conversation, Side, Span

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|\d+(?:[.,]\d+)*%?")
_END = re.compile(r"[.?!…][\"'”’)\]]*(?=\s|$)")
_HEADER = re.compile(r"(?:from|to|cc|bcc|subject|date|sent|reply-to|an|von|betreff)\s*:.*", re.IGNORECASE)
_QUOTED = re.compile(r"[ \t]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence (or clause) of a turn. `words`: its tokens in lower case, straight apostrophes."""

    span: Span
    text: str
    words: tuple[str, ...]

    @property
    def is_question(self) -> bool:
        """Ends with a question mark. Raw recogniser output has none: the acts decide there."""
        return self.text.rstrip("\"'”’)] ").endswith("?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Neighbouring turns of one speaker: half-open indices into `Conversation.turns`."""

    speaker: str
    first: int
    end: int

    @property
    def turns(self) -> range:
        return range(self.first, self.end)


@dataclass(frozen=True)
class Scene:
    """A conversation, cut once: what acts, measures and moments all read. Pure; made by `scene()`.

    `sentences[i]` are those of turn i; `floors` in order; `floor_of[i]` is the floor that turn i belongs to.
    """

    conversation: Conversation
    sentences: tuple[tuple[Sentence, ...], ...]
    floors: tuple[Floor, ...]
    floor_of: tuple[int, ...]

    @cached_property
    def sides(self) -> dict[str, Side]:
        return {speaker.id: speaker.side for speaker in self.conversation.speakers}

    @cached_property
    def coached(self) -> tuple[str, ...]:
        """Ids of the coached speakers; where no side is known, everybody but a relay (a symmetric review)."""
        ours = tuple(s.id for s in self.conversation.speakers if s.side == "ours")
        return ours or tuple(s.id for s in self.conversation.speakers if s.side != "relay")

    @cached_property
    def symmetric(self) -> bool:
        """True where nobody's side is known, so that everybody is looked at in the same way."""
        return not any(s.side == "ours" for s in self.conversation.speakers)

    def side(self, turn: int) -> Side:
        return self.sides[self.conversation.turns[turn].speaker]

    def is_coached(self, turn: int) -> bool:
        return self.conversation.turns[turn].speaker in self.coached

    def words(self, turn: int) -> int:
        """Number of words in a turn."""
        return sum(len(s.words) for s in self.sentences[turn])

    def before(self, turn: int) -> Floor | None:
        """The floor just before the one that holds this turn: the last thing said by somebody else."""
        index = self.floor_of[turn] - 1
        return self.floors[index] if index >= 0 else None

    def after(self, turn: int) -> Floor | None:
        """The floor just after the one that holds this turn: the next thing said by somebody else."""
        index = self.floor_of[turn] + 1
        return self.floors[index] if index < len(self.floors) else None


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, with straight apostrophes."""
    return tuple(m.group().lower().replace("’", "'") for m in WORD.finditer(text))


def is_punctuated(text: str) -> bool:
    """Whether a text carries sentence marks at all: at least one per forty words, counting none as raw output."""
    n = len(WORD.findall(text))
    return n < 8 or len(_END.findall(text)) * 40 >= n


def sentences(text: str, turn: int = 0, *, message: bool = False) -> tuple[Sentence, ...]:
    """The sentences of one turn, with their offsets; clauses where the text has no punctuation.

    `message`: leading header lines (From, To, Subject) and quoted lines are no sentences of the sender's.
    """
    found: list[Sentence] = []
    for start, end in _own_parts(text) if message else ((0, len(text)),):
        part = text[start:end]
        cuts = _boundaries(part) if is_punctuated(part) else _clauses(part)
        for a, b in cuts:
            stripped = part[a:b].strip()
            if not stripped:
                continue
            at = start + a + (len(part[a:b]) - len(part[a:b].lstrip()))
            found.append(
                Sentence(span=Span(turn=turn, start=at, end=at + len(stripped)), text=stripped, words=words(stripped))
            )
    return tuple(found)


def _boundaries(text: str) -> list[tuple[int, int]]:
    """Sentence bounds by sentencex, whose pieces join up to the line they were cut from (a test holds it to that)."""
    bounds: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        offset = line.start()
        for piece in sentencex.segment("en", line.group()):
            bounds.append((offset, offset + len(piece)))
            offset += len(piece)
    return bounds


# A new clause of raw speech tends to open with one of these; each is a boundary only where both sides keep some words.
_OPENERS = re.compile(
    r"\b(?:so|but|and then|because|okay|ok|well|anyway|which means|"
    r"(?:and |but |so )?(?:what|how|why|when|where|who|which|could|would|do|did|does|is|are|can|have|has)"
    r"(?= (?:you|it|that|the|they|we|i|is|are|do|does|did|would|could|your|there|about|kind|many|much|long|often)\b)|"
    r"i mean|you know what)\b",
    re.IGNORECASE,
)


def _clauses(text: str) -> list[tuple[int, int]]:
    """Clause bounds of a text without punctuation: before an opener, with at least four words on each side."""
    cuts = [0]
    for match in _OPENERS.finditer(text):
        at = match.start()
        if len(WORD.findall(text, cuts[-1], at)) >= 4 and len(WORD.findall(text, at)) >= 3:
            cuts.append(at)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _own_parts(text: str) -> list[tuple[int, int]]:
    """The stretches of a message that are the sender's own: no leading headers, no quoted lines."""
    parts: list[tuple[int, int]] = []
    in_headers = True
    for line in re.finditer(r"[^\n]*\n?", text):
        if not line.group():
            continue
        if in_headers and (_HEADER.match(line.group()) or not line.group().strip()):
            continue
        in_headers = False
        if _QUOTED.match(line.group()):
            continue
        if parts and parts[-1][1] == line.start():
            parts[-1] = (parts[-1][0], line.end())
        else:
            parts.append((line.start(), line.end()))
    return parts


def scene(conversation: Conversation) -> Scene:
    """Cut a conversation into sentences and floors, once."""
    message = conversation.kind == "message"
    cut = tuple(sentences(turn.text, i, message=message) for i, turn in enumerate(conversation.turns))
    floors: list[Floor] = []
    floor_of: list[int] = []
    for i, turn in enumerate(conversation.turns):
        if floors and floors[-1].speaker == turn.speaker:
            floors[-1] = Floor(speaker=turn.speaker, first=floors[-1].first, end=i + 1)
        else:
            floors.append(Floor(speaker=turn.speaker, first=i, end=i + 1))
        floor_of.append(len(floors) - 1)
    return Scene(conversation=conversation, sentences=cut, floors=tuple(floors), floor_of=tuple(floor_of))


def quote(conversation: Conversation, span: Span) -> str:
    """The exact words of a span; IndexError or ValueError where it does not lie within its turn."""
    text = conversation.turns[span.turn].text
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"span {span.start}:{span.end} is not within turn {span.turn}")
    return text[span.start : span.end]
