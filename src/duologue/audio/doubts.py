"""What a recording did not let us hear, as calm sentences for the user: where, and what was made of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from duologue.audio.base import Heard, Spoke
from duologue.audio.said import Said
from duologue.clock import clock

# Conventions of ours, in seconds.
SPOKE_OVER = 0.5  # an overlap shorter than this is an ordinary early start, and both times are off by half of it
NEARBY = 2.0  # places nearer than this are one place to a listener
HARDLY_TOLD = 0.5  # a voice less sure than this is as likely another's
MOST = 5  # places that are named


def about_words(heard: Iterable[Heard]) -> Iterator[str]:
    """Where words may be none (a noise that a model put words to)."""
    doubtful = sorted((h for h in heard if h.doubt and h.words), key=lambda h: (h.doubt or "", h.start))
    for why, rows in groupby(doubtful, key=lambda h: h.doubt):
        at = _places(h.start for h in rows)
        yield f"{_in_places(at)} there may have been no words ({why}): what stands there counts as hardly heard."


def about_voices(words: Sequence[Said], spoke: Sequence[Spoke]) -> Iterator[str]:
    """Where two spoke at once and one could not be written down, and where voices were hard to tell apart."""
    lost = _places(_unwritten(words, spoke))
    if lost:
        yield f"{_in_places(lost)} two seem to have spoken at once, and only one of them could be written down."
    unsure = [w for w in words if w.sure is not None and w.sure < HARDLY_TOLD]
    if unsure and len(unsure) * 2 >= len(words):
        yield "The voices were hard to tell apart: who said what may be wrong in many places."
    elif unsure:
        at = _places(row[0] for row in _rows(words))
        if at:
            yield f"{_in_places(at)} it was hard to tell who spoke."
    if words and not spoke:
        yield "No voices could be told apart, and all words are kept under one speaker, who may be several people."


def _unwritten(words: Sequence[Said], spoke: Sequence[Spoke]) -> list[float]:
    """When a voice spoke over another's and has no word there, though the other has."""
    middles = {who: sorted(w.middle for w in words if w.who == who) for who in {s.who for s in spoke}}
    found: list[float] = []
    active: list[Spoke] = []
    for s in sorted(spoke, key=lambda s: (s.start, s.end, s.who)):
        active = [a for a in active if a.end > s.start]
        for a in active:
            start, end = max(a.start, s.start), min(a.end, s.end)
            if a.who != s.who and end - start >= SPOKE_OVER:
                has = [_any(middles[v.who], start, end) for v in (a, s)]
                if has[0] != has[1]:
                    found.append(start)
        active.append(s)
    return found


def _any(times: Sequence[float], start: float, end: float) -> bool:
    k = bisect_left(times, start)
    return k < len(times) and times[k] <= end


def _rows(words: Sequence[Said]) -> Iterator[tuple[float, int]]:
    """Start and number of words of each row of three and more doubtful words: one alone is a boundary, not a voice."""
    for doubtful, group in groupby(words, key=lambda w: w.sure is not None and w.sure < HARDLY_TOLD):
        rows = list(group)
        if doubtful and len(rows) >= 3:
            yield rows[0].start, len(rows)


def _places(times: Iterable[float]) -> list[float]:
    found: list[float] = []
    last = float("-inf")
    for t in sorted(times):
        if t - last > NEARBY:
            found.append(t)
        last = t
    return found


def _in_places(at: Sequence[float]) -> str:
    """ "At 0:41" or "In 7 places (0:41, 1:10, … and 2 more)"."""
    if len(at) == 1:
        return f"At {clock(at[0])}"
    more = f" and {len(at) - MOST} more" if len(at) > MOST else ""
    return f"In {len(at)} places ({', '.join(clock(t) for t in at[:MOST])}{more})"
