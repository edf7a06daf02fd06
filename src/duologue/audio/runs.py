"""From words to turns: runs of speech, who cuts whose, and what stays whole.

- A *run* is one speaker's speech without a pause of `PAUSE`. Runs stand in the order in which they began, and
  neighbouring runs of one speaker are one turn, as in every other format; its `pieces` are the runs.
- A run that goes on around another's "mm-hm" stays one turn: the sign of listening is a turn of its own that begins
  later and ends earlier. It is never merged with what the same person says next, which is the answer.
- Where a speaker pauses around a sign of listening in the middle of a sentence (up to `BRIDGE`), the sentence stays one
  turn. After a sentence, or where the sign answers a question, the pause ends the turn.
- Anything else said during a run cuts it, at the best pause or end of a sentence while the other speaks. Where there is
  none the speaker did not give way: both turns stay whole, and overlap in time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from duologue.audio.said import Said, asks, ends_sentence, is_sign

# Conventions of ours, in seconds. Pauses within a turn are mostly shorter than PAUSE; from 1 s on `measures/tracks.py`
# takes a pause for the end of a run whatever else there is.
PAUSE = 0.6
BRIDGE = 1.5
STOP = 0.2  # a pause that may be giving way
INTO = 3.0  # who has not given way this long after another came in does not give way to them


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Speech of one speaker without a pause. `end`: the latest of its words."""

    words: tuple[Said, ...]
    start: float
    end: float

    @property
    def who(self) -> int:
        return self.words[0].who

    @property
    def light(self) -> bool:
        """Whether it is nothing but a sign of listening, which takes nobody's floor."""
        return is_sign(self.words)


def _run(words: Sequence[Said]) -> Run:
    return Run(words=tuple(words), start=words[0].start, end=max(w.end for w in words))


def turns_of(words: Sequence[Said]) -> list[list[Run]]:
    """The turns, each of one or more runs, by start. A turn that lies within another's is a list of its own."""
    runs = sorted((r for rows in _by_speaker(words) for r in _runs(rows)), key=_order)
    runs = sorted((part for r, others in _during(runs) for part in _cut(r, others)), key=_order)
    spans = sorted(_bridged(runs), key=lambda rows: _order(rows[0]))
    return list(_merged(spans))


def _order(run: Run) -> tuple[float, float, int]:
    return run.start, run.end, run.who


def _by_speaker(words: Sequence[Said]) -> list[list[Said]]:
    rows: dict[int, list[Said]] = {}
    for w in words:
        rows.setdefault(w.who, []).append(w)
    return list(rows.values())


def _runs(words: Sequence[Said]) -> Iterator[Run]:
    first, until = 0, 0.0
    for i, w in enumerate(words):
        if i > first and w.start - until >= PAUSE:
            yield _run(words[first:i])
            first = i
        until = w.end if i == first else max(until, w.end)
    if words:
        yield _run(words[first:])


def _during(runs: Sequence[Run]) -> Iterator[tuple[Run, list[Run]]]:
    """Each run with the runs of others that began during it."""
    starts = [r.start for r in runs]
    for i, run in enumerate(runs):
        others = runs[i + 1 : bisect_left(starts, run.end)]
        yield run, [o for o in others if o.who != run.who]


def _cut(run: Run, others: Sequence[Run]) -> Iterator[Run]:
    """A run, cut where somebody took the floor during it."""
    first = 0
    for other in others:
        at = _gives_way(run.words, first + 1, other)
        if at is not None:
            yield _run(run.words[first:at])
            first = at
    yield _run(run.words[first:])


def _gives_way(words: Sequence[Said], first: int, other: Run) -> int | None:
    """The word before which a speaker let the other in: after a sentence or a pause; None where they talked on."""
    latest = min(other.end, other.start + INTO) + PAUSE
    best: tuple[float, int] | None = None
    for k in range(max(first, bisect_left(words, other.start, key=lambda w: w.start)), len(words)):
        if words[k].start > latest:
            break
        pause, stopped = words[k].start - words[k - 1].end, ends_sentence(words[k - 1])
        if other.light and not asks(words[k - 1]):
            continue  # a sign of listening cuts nothing, unless it is the answer to a question
        worth = pause + (PAUSE if stopped else 0.0)
        if (stopped or pause >= STOP) and (best is None or worth > best[0]):
            best = worth, k
    return None if best is None else best[1]


def _bridged(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs of each speaker, those together that a sign of listening in the midst of a sentence does not part."""
    starts = [r.start for r in runs]
    for who in dict.fromkeys(r.who for r in runs):
        rows: list[Run] = []
        for run in (r for r in runs if r.who == who):
            if rows:
                before = rows[-1]
                between = runs[bisect_left(starts, before.start) : bisect_left(starts, run.start)]
                if not _goes_on(before, run, [o for o in between if o.who != who]):
                    yield rows
                    rows = []
            rows.append(run)
        if rows:
            yield rows


def _goes_on(before: Run, after: Run, between: Sequence[Run]) -> bool:
    """Whether one turn goes on from run to run, whatever others said meanwhile."""
    if not between or ends_sentence(before.words[-1]):
        return False  # with nobody between they are neighbours, and merged as such
    return after.start - before.end < BRIDGE and all(o.light and o.end <= after.start + STOP for o in between)


def _merged(spans: Sequence[list[Run]]) -> Iterator[list[Run]]:
    """Neighbours of one speaker as one turn, but for what lies within another's turn: that stands by itself."""
    apart = list(_within(spans))
    for _, group in groupby(range(len(spans)), key=lambda i: (spans[i][0].who, i if apart[i] else -1)):
        yield [run for i in group for run in spans[i]]


def _within(spans: Sequence[list[Run]]) -> Iterator[bool]:
    """For each, whether it lies in time within one of another speaker's that began before."""
    latest: dict[int, float] = {}
    for rows in spans:
        end = max(r.end for r in rows)
        yield any(end < until for who, until in latest.items() if who != rows[0].who)
        latest[rows[0].who] = max(end, latest.get(rows[0].who, 0.0))
