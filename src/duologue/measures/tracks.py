"""Word times of speakers who each had a channel of their own: when speech ran, where it overlapped, where it paused.

From one microphone, or from turn times, none of this can be known: a recogniser's turn ends are off by more than a gap.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from re import finditer

from duologue.measures.material import Material
from duologue.model import Turn

# All three are conventions of ours; the research on overlap has no agreed figures (see the definitions in timing.py).
RUN_PAUSE = 1.0  # a pause from here on ends a run of speech
DEEP = 0.5  # an overlap shorter than this is an ordinary early start at the end of a turn
GIVES_WAY = 2.0  # who stops within this time after the other came in has given way


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Speech of one speaker without a pause of `RUN_PAUSE`: seconds, and how many words."""

    speaker: str
    start: float
    end: float
    words: int


def why_no_tracks(m: Material) -> str | None:
    """Why nothing can be said about gaps and overlaps; None where it can."""
    if m.no_times:
        return m.no_times
    spoken = [t for t, n in zip(m.conversation.turns, m.words, strict=True) if n]
    if not any(spans(t) for t in spoken):
        return "the file has no word times"
    if not m.conversation.separate_channels:
        return "the file does not say that each speaker had a channel of their own"
    lacking = sum(not spans(t) for t in spoken)
    if lacking:
        return f"{lacking} of {len(spoken)} turns have no word times"
    return "fewer than two people speak" if len({t.speaker for t in spoken}) < 2 else None


def spans(turn: Turn) -> list[tuple[float, float]]:
    """Start and end of each word of a turn that has both, in seconds."""
    return [
        (w.start, w.end)
        for w in turn.words
        if w.start is not None and w.end is not None and math.isfinite(w.start) and w.start <= w.end < math.inf
    ]


def runs(m: Material) -> list[Run]:
    """The runs of speech of everybody, by start."""
    found: list[Run] = []
    for speaker in m.people:
        words = sorted(s for i in m.turns_of[speaker] for s in spans(m.conversation.turns[i]))
        first, last, n = 0.0, 0.0, 0
        for start, end in words:
            if n and start - last >= RUN_PAUSE:
                found.append(Run(speaker=speaker, start=first, end=last, words=n))
                n = 0
            first, last, n = (first, max(last, end), n + 1) if n else (start, end, 1)
        if n:
            found.append(Run(speaker=speaker, start=first, end=last, words=n))
    return sorted(found, key=lambda r: (r.start, r.end, r.speaker))


def overlaps(found: list[Run]) -> Iterator[tuple[str, bool]]:
    """Who came in on somebody's speech, and whether that took the floor from them (True) or went along with it."""
    active: list[Run] = []
    for run in found:
        active = [a for a in active if a.end > run.start]
        deep = [a for a in active if a.speaker != run.speaker and a.end - run.start >= DEEP and a.start < run.start]
        if deep:
            yield (
                run.speaker,
                run.words > 2 and any(a.end < run.end and a.end - run.start <= GIVES_WAY for a in deep),
            )
        active.append(run)


def transfers(m: Material) -> Iterator[tuple[str, float]]:
    """At each change of the floor: who took it, and the seconds since the one before stopped (negative: an overlap).

    Who was heard out by nobody, wholly within another's speech, did not take it, and the other never lost it.
    """
    turns = m.conversation.turns
    holder, until = "", -math.inf
    for stretch in m.stretches:
        began = [s for t in stretch.turns for s, e in _extent(spans(turns[t])) if e > until]
        if not began:
            continue
        if holder and stretch.speaker != holder:
            yield stretch.speaker, min(began) - until
        holder, until = stretch.speaker, max(e for t in stretch.turns for _, e in spans(turns[t]))


def _extent(words: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A turn's first and last moment; nothing where it has no word times."""
    return [(min(s for s, _ in words), max(e for _, e in words))] if words else []


def waits(m: Material) -> Iterator[tuple[str, float]]:
    """After each question: who asked, and the seconds until anybody, the asker too, said the next word."""
    turns = m.conversation.turns
    onsets = sorted(start for t in turns for start, _ in spans(t))
    for i, turn in enumerate(turns):
        for end in _question_ends(m, i):
            k = bisect_left(onsets, end)
            if k < len(onsets):
                yield turn.speaker, onsets[k] - end


def _question_ends(m: Material, i: int) -> Iterator[float]:
    """When each question of a turn ended. Within a turn only where its words and its text are of one count."""
    turn, cut = m.conversation.turns[i], m.sentences[i]
    asked = [k for k in range(len(cut)) if m.asks(i, k)]
    if not asked:
        return
    tokens = [t.end() for t in finditer(r"\S+", turn.text)]
    aligned = len(tokens) == len(turn.words)
    for k in asked:
        at = bisect_right(tokens, cut[k].span.end) - 1 if aligned else len(turn.words) - 1
        if (aligned or k == len(cut) - 1) and 0 <= at < len(turn.words):
            end = turn.words[at].end
            if end is not None and math.isfinite(end):
                yield end
