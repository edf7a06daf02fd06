"""The words that a finding rests on, cut to a length one can read, with what is quoted marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from duologue.clock import clock
from duologue.model import Conversation, Moment, Side, Span
from duologue.reports.safe import on_one_line, visible
from duologue.reports.wording import sent_at

WHOLE = 320  # characters: up to here a turn is shown whole
HEAD, TAIL = 200, 90  # of a longer stretch: this much from its start and from its end
MOST_LINES = 8
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of words; `marked` where a finding rests on it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words of one turn. `at`: its time, or its number (from 1) where no times are known.

    `quoted`: the code points of the turn that are marked. `heard`: from when to when a recording has these words, in
    seconds; None where the report plays none.
    """

    turn: int
    who: str
    side: Side
    at: str
    pieces: tuple[Piece, ...]
    quoted: tuple[tuple[int, int], ...] = ()
    heard: tuple[float, float] | None = None

    @property
    def text(self) -> str:
        return "".join(p.text for p in self.pieces)


def name_of(conversation: Conversation, speaker: str) -> str:
    """How a speaker is called in a report; their id where the file gives no name."""
    return shown_name(_speaker(conversation, speaker)[0])


def shown_name(name: str) -> str:
    """A name on one line, cut where it is longer than a name is."""
    line = on_one_line(name)
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"


def _speaker(conversation: Conversation, id: str) -> tuple[str, Side]:
    for s in conversation.speakers:
        if s.id == id:
            return (s.name.strip() or s.id, s.side)
    return (id, "unknown")


def at(conversation: Conversation, turn: int) -> str:
    """Where a turn is: "12:03", or "turn 14" where its start is not known. Turns are counted from 1 for people.

    A message (a start, no end, in a conversation with a date) has its date and time, "2024-03-05 14:02", or the time
    alone where the conversation begins and ends on one day.
    """
    t = conversation.turns[turn]
    if t.start is None:
        return f"turn {turn + 1}"
    if t.end is not None:
        return clock(t.start)
    sent = sent_at(conversation.started_at, t.start)
    last = sent_at(conversation.started_at, conversation.turns[-1].start)
    if sent and last and sent[:10] == last[:10] == date_of(conversation):
        return sent[11:]
    return sent or clock(t.start)


def date_of(conversation: Conversation) -> str | None:
    """The day on which a conversation began, as 2024-03-05; None where the file does not say."""
    sent = sent_at(conversation.started_at, 0.0)
    return sent[:10] if sent else None


def line(conversation: Conversation, turn: int, spans: Iterable[Span] = (), *, quote_only: bool = False) -> Line:
    """One turn, with the spans that lie in it marked. `quote_only`: nothing but the spans."""
    t = conversation.turns[turn]
    name, side = _speaker(conversation, t.speaker)
    ranges = merged((s.start, s.end) for s in spans if s.turn == turn)
    return Line(
        turn=turn,
        who=shown_name(name),
        side=side,
        at=at(conversation, turn),
        pieces=tuple(_pieces(visible(t.text), ranges, quote_only=quote_only)),
        quoted=tuple(ranges),
    )


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that overlap or touch joined."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def segments(length: int, ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Cut 0..length wherever a range begins or ends: (start, end, indices of the ranges that cover it)."""
    cuts = sorted({0, length, *(x for pair in ranges for x in pair)})
    waiting = sorted(range(len(ranges)), key=lambda i: ranges[i][0], reverse=True)
    covering: list[int] = []
    for start, end in pairwise(cuts):
        covering = [i for i in covering if ranges[i][1] > start]
        while waiting and ranges[waiting[-1]][0] <= start:
            covering.append(waiting.pop())
        yield start, end, tuple(sorted(covering))


def _pieces(text: str, ranges: Sequence[tuple[int, int]], *, quote_only: bool) -> list[Piece]:
    if not ranges:
        return [Piece(text=_short(text.strip()))]
    whole = len(text) <= WHOLE and not quote_only
    pieces: list[Piece] = []
    cursor = len(text) - len(text.lstrip())
    for start, end in ranges:
        between = text[cursor:start]
        if whole:
            pieces.append(Piece(text=_spaced(between)))
        elif between.strip():
            pieces.append(Piece(text="… " if not pieces else " … "))
        elif pieces:
            pieces.append(Piece(text=" "))
        pieces.append(Piece(text=_short(text[start:end].strip()), marked=True))
        cursor = end
    rest = text[cursor:]
    if whole:
        pieces.append(Piece(text=_spaced(rest.rstrip())))
    elif rest.strip():
        pieces.append(Piece(text=" …"))
    return [p for p in pieces if p.text]


def _spaced(text: str) -> str:
    """White space in runs of one; a space at either edge stays, because it parts words from their neighbours."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def _short(text: str) -> str:
    """A stretch as it stands, or its start and its end where it is long; cut between words."""
    text = " ".join(text.split())
    if len(text) <= WHOLE:
        return text
    head = text[:HEAD].rsplit(" ", 1)[0]
    tail = text[-TAIL:].split(" ", 1)[-1]
    return f"{head} … {tail}"


def lines_of(conversation: Conversation, moment: Moment) -> tuple[Line, ...]:
    """The turns of a moment in the words of both.

    What lies between them is shown too where that is little; where only one speaks, the neighbouring turn is added.
    """
    turns = sorted({*moment.turns, *(q.turn for q in moment.quotes)})
    if turns[-1] - turns[0] < MOST_LINES:
        turns = list(range(turns[0], turns[-1] + 1))
    speakers = {conversation.turns[t].speaker for t in turns}
    if len(speakers) == 1:
        other = _neighbour(conversation, turns, speakers)
        turns = sorted({*turns, *other})
    if len(turns) > MOST_LINES:
        turns = turns[: MOST_LINES - 2] + turns[-2:]
    return tuple(line(conversation, t, moment.quotes) for t in turns)


def _neighbour(conversation: Conversation, turns: list[int], speakers: set[str]) -> list[int]:
    """The nearest turn before by somebody else, else the nearest after."""
    for t in range(turns[0] - 1, max(-1, turns[0] - 9), -1):
        if conversation.turns[t].speaker not in speakers:
            return [t]
    for t in range(turns[-1] + 1, min(len(conversation.turns), turns[-1] + 9)):
        if conversation.turns[t].speaker not in speakers:
            return [t]
    return []
