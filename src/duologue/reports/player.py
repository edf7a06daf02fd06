"""The recording in the page: its player, and from when to when a word, a turn or a quote is heard.

Times go to the script as short data attributes, in seconds; the buttons are the script's, since without it they would
do nothing. Nothing sounds before somebody asks for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from duologue.certainty import poorly_heard
from duologue.model import Conversation, Turn
from duologue.reports.excerpts import Line
from duologue.reports.safe import in_html as esc
from duologue.spoken_words import words_in

AROUND = 0.3  # seconds before the first and after the last word of a quote: a word cut at its edge is hard to follow
MOVED = (
    "The recording is not where this page looks for it, or it cannot be played here. You can choose the file again: "
    "it is played on this machine and goes nowhere."
)


def dock(recording: str) -> Iterable[str]:
    """The player. It plays without the script too; the line and the chooser appear where the file cannot be opened."""
    yield (
        '<section id="recording" class="player" aria-label="The recording" tabindex="-1">'
        f'<audio controls preload="metadata" src="{esc(recording)}"></audio>'
        '<label class="follow" hidden><input type="checkbox" checked> Follow along in the words</label>'
        f'<p class="note state" role="status" data-moved="{esc(MOVED)}"></p>'
        '<label class="pick" hidden>Choose the recording: <input type="file" accept="audio/*,video/*"></label>'
        "</section>"
    )


def timed(shown: Any, conversation: Conversation) -> Any:
    """The same outline with the time of its words in each Line of it, wherever it stands."""
    if isinstance(shown, Line):
        return replace(shown, heard=_span(conversation.turns[shown.turn], shown.quoted))
    if isinstance(shown, tuple):
        return tuple(timed(x, conversation) for x in shown)
    if is_dataclass(shown) and not isinstance(shown, type):
        changed = {f.name: timed(getattr(shown, f.name), conversation) for f in fields(shown)}
        return replace(shown, **changed)
    return shown


def _span(turn: Turn, quoted: Sequence[tuple[int, int]]) -> tuple[float, float] | None:
    """From when to when the quoted stretches of a turn are heard (all of it where none is), a little around them."""
    spoken = [
        word for word, start, end in words_in(turn) if not quoted or any(start < b and a < end for a, b in quoted)
    ]
    starts = [w.start for w in spoken if w.start is not None] or ([] if turn.start is None else [turn.start])
    ends = [w.end for w in spoken if w.end is not None] or ([] if turn.end is None else [turn.end])
    if not starts or not ends:
        return None
    return max(0.0, min(starts) - AROUND), max(ends) + AROUND


def of_line(line: Line) -> str:
    """The attribute that says when the words of a line are heard; nothing where that is not known."""
    return f' data-l="{_seconds(line.heard[0])} {_seconds(line.heard[1])}"' if line.heard else ""


def of_turn(turn: Turn) -> str:
    """The attribute that says when a turn begins; nothing where that is not known."""
    return "" if turn.start is None else f' data-s="{_seconds(turn.start)}"'


def _seconds(at: float) -> str:
    return f"{at:.2f}".rstrip("0").rstrip(".")


def inside(turn: Turn, *, times: bool, doubts: bool) -> Callable[[int, int], str]:
    """How to write `turn.text[start:end]`: each word with its time, what was hard to hear with a dotted line."""
    words = [(a, b, w) for w, a, b in words_in(turn) if w.start is not None] if times else []
    poor = [(a, b, True) for a, b in poorly_heard(turn)] if doubts else []

    def write(start: int, end: int) -> str:
        out = []
        for a, b, doubted in _cut(poor, start, end):
            said = "".join(_word(turn.text[x:y], w) for x, y, w in _cut(words, a, b))
            out.append(f'<u title="hard to hear">{said}</u>' if doubted else said)
        return "".join(out)

    return write


def _word(text: str, word: Any) -> str:
    if word is None:
        return esc(text)
    end = "" if word.end is None else f" {_seconds(word.end)}"
    return f'<span data-t="{_seconds(word.start)}{end}">{esc(text)}</span>'


def _cut(ranges: Sequence[tuple[int, int, Any]], start: int, end: int) -> Iterator[tuple[int, int, Any]]:
    """start..end in stretches: those of the ranges (in order, none overlapping) with what they hold, None between."""
    at = start
    first = bisect_right(ranges, start, key=lambda r: r[1])
    for a, b, held in map(ranges.__getitem__, range(first, len(ranges))):
        if a >= end:
            break
        if a > at:
            yield at, a, None
        yield max(a, at), min(b, end), held
        at = min(b, end)
    if at < end:
        yield at, end, None
