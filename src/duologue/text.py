"""Sentences, tokens and offsets: the one place that cuts text.

Offsets are half-open code points into `Turn.text`. Sentences come from `sentencex`; turns without punctuation (raw
recogniser output) are cut into clauses by our own splitter, because no sentence library sees a boundary there.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cached_property

import sentencex

from duologue.model import Conversation, Side, Span

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|\d+(?:[.,]\d+)*%?")
_END = re.compile(r"[.?!…][\"'”’)\]]*(?=\s|$)")
_DROPPED = re.compile(
    r"(?<![^\W_])['’‘](?=(?:bout|cause|cos|cuz|em|til|till|round|tis|twas|n|s|im|er|un|o|cept|nother)\b)|(?<=\w)['’](?!\w)"
)
_END_OF_WORD = re.compile(r"\b([^\W\d_]{2,}|u)(?:\.|[?!]+)\s+(?=[^\W_])")
_HEADER = re.compile(r"(?:from|to|cc|bcc|subject|date|sent|reply-to|an|von|betreff)\s*:.*", re.IGNORECASE)
_QUOTED = re.compile(r"[ \t]*>")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
        return self.conversation.turns[turn].speaker in self._coached

    @cached_property
    def _coached(self) -> frozenset[str]:
        return frozenset(self.coached)

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
        # A dropped letter's mark ("'bout", "gon'") is no quotation mark: a letter stands in for it while we cut.
        for piece in sentencex.segment("en", _DROPPED.sub("x", line.group())):
            for start, end in _missed(line.group()[offset - line.start() :][: len(piece)]):
                bounds.append((offset + start, offset + end))
            offset += len(piece)
    return bounds


def _missed(piece: str) -> list[tuple[int, int]]:
    """Bounds that sentencex leaves out: before lower-case typing, and at "me. You've"."""
    cuts = [0, *(m.end() for m in _END_OF_WORD.finditer(piece) if m[1].lower() not in _ABBREVIATED), len(piece)]
    return [(a, b) for a, b in itertools.pairwise(cuts) if a < b]


_ABBREVIATED = _set(
    """mr mrs ms dr st prof rev hon sr jr vs etc approx no nos inc ltd co corp dept est fig al min max tel ext hr hrs
    wk wks mt ft vol pp ca cf viz gen col sgt capt gov sen rep ave blvd rd apt jan feb mar apr jun jul aug sep sept oct
    nov dec mon tue tues wed thu thur thurs fri sat"""
)
# Raw speech has no marks: a new clause tends to open with one of these. Only where both sides keep some words.
_OPEN = _set("so but because cause okay ok well anyway yeah no actually plus though right")
_SUBJECTS = _set(
    """i we you it that they he she there i'm i've i'd i'll we're we've we'd we'll it's that's they're there's he's
    she's you're you've you'd this im its nobody everybody everyone what how why when if then maybe my our the now"""
)
_WH = _set("what how why when where who which what's how's who's where's")
_LEADS = _set("what how why who which what's how's")
# What a question may begin with, and who may follow it: "did anybody", not "the thing is we".
_ASKS = {
    **dict.fromkeys(_set("do did can could would will should have don't didn't can't couldn't wouldn't"), 0),
    **dict.fromkeys(_set("are were aren't weren't"), 1),
    **dict.fromkeys(_set("is was does has isn't wasn't doesn't hasn't"), 2),
}
_PERSONS = (
    _set("i you we they he she it that this there anybody anyone somebody your"),
    _set("you we they there your these those"),
    _set("it that this there he she anybody anyone somebody your"),
)
# After these a question word goes on with the clause: "I know what you mean", "tell me how it went".
_TAKES_WH = _set(
    """
    know see tell me us you wonder wondering about of on for that's is was understand ask asked sure care matter
    remember say said show him her them from to in at with by or and exactly just it's like guess decide forget
    thing way reason place time day person people one those even only than as
    """
)
_ANSWERS = _set("yeah yes no okay ok right sure exactly mm mhm hmm nope yep")
_FILLERS = _set("um uh er erm uhm hmm")


def _clauses(text: str) -> list[tuple[int, int]]:
    """Clause bounds of a text without punctuation: before an opener, with words enough on each side."""
    found = list(WORD.finditer(text))
    spoken = [m.group().lower().replace("’", "'") for m in found]
    cuts, last = [0], 0
    for i in range(1, len(found) - 1):
        if spoken[i : i + 2] == spoken[last : last + 2]:  # "could you, uh, could you": one start, made twice
            continue
        if i - last >= _least(spoken, last, i) and len(found) - i >= 3 and _opens(spoken, i):
            cuts.append(found[i].start())
            last = i
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _least(spoken: list[str], last: int, at: int) -> int:
    """Words that a clause keeps at least: three, fewer where it is a bare answer ("yeah", "no no", "okay right")."""
    return 1 if at - last < 3 and all(w in _ANSWERS for w in spoken[last:at]) else 3


def _opens(spoken: list[str], i: int) -> bool:
    """Whether a clause begins at word i."""
    word, before, after = spoken[i], spoken[i - 1], spoken[i + 1]
    if before in ("and", "so", "but", "or", "because", "then") and word not in _WH:
        return False
    if word in ("and", "or", "then"):
        return after in _SUBJECTS or after in _ASKS
    if word in _OPEN:
        weak = word in ("so", "right", "well", "no", "though")
        return not weak or after in _SUBJECTS or after in _WH or after in _ASKS
    if word in _WH:
        return (
            after in _ASKS
            or word.endswith("'s")
            or after in ("about", "many", "much", "long", "often", "come", "time", "kind", "sort", "else")
        ) and (before not in _TAKES_WH)
    if word in _ASKS and after in _PERSONS[_ASKS[word]]:
        led = _LEADS.intersection(spoken[max(0, i - 3) : i])  # "what kind of thing do you": asked from there on
        return not (led or before in _SUBJECTS or before in ("not", "than", "as", "nor"))
    if word == "i":
        return after == "mean" or (after in ("think", "guess", "don't", "dont") and before not in _SUBJECTS)
    return before in _FILLERS and word in _SUBJECTS and (i < 2 or spoken[i - 2] not in _SUBJECTS)


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
