"""Gaps, patience, interruptions: only from word times with a channel a speaker. They feed no dial and no moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from duologue.measures import tracks
from duologue.measures.base import Definition, Family, given, too_few, unknown
from duologue.measures.material import Material, Subject
from duologue.model import Measure

_LEAST = 5
_TRACKS = "word times, and a channel for each speaker"
_STIVERS = "Stivers et al. 2009 (ten languages), Heldner and Edlund 2010 on gaps and overlaps"
_OVERLAP = (
    "The distinction is that of Goldberg 1990 and Schegloff 2000; they judge by what is said, so the limits in "
    "seconds are a convention of ours."
)

GAP = Definition(
    name="gap_median",
    label="gap between turns",
    unit="s",
    definition="The median time from the last word of one who had the floor to the first word of this speaker, "
    "who took it. Less than zero where the two overlapped.",
    source=_STIVERS,
    minimum=f"{_TRACKS}; {_LEAST} changes of the floor",
    threshold="some 0.2 s in ordinary talk; pace differs between people and cultures, and none is better",
    threshold_is="evidence",
)
AFTER_TURN = Definition(
    name="patience_after_turn",
    label="patience after the other's turn",
    unit="s",
    definition="The median silence that this speaker left after another's last word before taking the floor. "
    "Overlaps are left out.",
    source=f"A median of silences; {_STIVERS}. Sales tools call it patience.",
    minimum=f"{_TRACKS}; {_LEAST} silences",
)
AFTER_QUESTION = Definition(
    name="patience_after_question",
    label="patience after one's own question",
    unit="s",
    definition="The median silence after this speaker's questions until anybody said a word, the asker too. It is "
    "as long as the shorter of the other's thinking and the asker's patience.",
    source="Rowe 1974 and 1986 (wait time 1, in classrooms).",
    minimum=f"{_TRACKS}; {_LEAST} questions",
    threshold="3 s and more brought fuller answers in classrooms (Rowe 1986); for other talk it is untested",
    threshold_is="evidence",
)
INTERRUPTIONS = Definition(
    name="interruptions",
    label="interruptions",
    unit="times",
    definition=f"How often this speaker came in at least {tracks.DEEP} s before another's speech ended, with more "
    f"than two words, and the other stopped first, within {tracks.GIVES_WAY:.0f} s. Whether it was welcome the "
    "times do not tell.",
    source=_OVERLAP,
    minimum=_TRACKS,
)
COOPERATIVE = Definition(
    name="cooperative_overlaps",
    label="overlaps that went along",
    unit="times",
    definition=f"How often this speaker came in at least {tracks.DEEP} s before another's speech ended and did "
    f"not take the floor: one or two words, or the other talked on. An overlap shorter than {tracks.DEEP} s is an "
    "ordinary early start and counts as neither.",
    source=_OVERLAP,
    minimum=_TRACKS,
)
_ALL = (GAP, AFTER_TURN, AFTER_QUESTION, INTERRUPTIONS, COOPERATIVE)


def measure(m: Material) -> Iterator[Measure]:
    """The five of each; all None, with the reason, where the file does not carry what they need."""
    why = tracks.why_no_tracks(m)
    if why:
        for subject in m.subjects:
            yield from (unknown(d, subject.key, why) for d in _ALL)
        return
    gaps = _grouped(tracks.transfers(m))
    silences = {who: [g for g in found if g > 0] for who, found in gaps.items()}
    waits = _grouped(tracks.waits(m))
    taken = _grouped(tracks.overlaps(tracks.runs(m)))
    for subject in m.subjects:
        yield _median(GAP, subject, gaps, "changes of the floor")
        yield _median(AFTER_TURN, subject, silences, "silences")
        yield _median(AFTER_QUESTION, subject, waits, "questions")
        came_in = list(chain.from_iterable(taken.get(s, ()) for s in subject.speakers))
        yield given(INTERRUPTIONS, sum(came_in), subject.key, n=len(came_in))
        yield given(COOPERATIVE, len(came_in) - sum(came_in), subject.key, n=len(came_in))


def _grouped(pairs: Iterable[tuple[str, float]]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for speaker, value in pairs:
        found[speaker].append(value)
    return found


def median(values: list[float]) -> float:
    """The middle value, or the mean of the two there. (`statistics` takes as long to import as all measures do.)"""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _median(definition: Definition, subject: Subject, found: dict[str, list[float]], what: str) -> Measure:
    values = list(chain.from_iterable(found.get(s, ()) for s in subject.speakers))
    if len(values) < _LEAST:
        return unknown(definition, subject.key, too_few(len(values), _LEAST, what), n=len(values))
    return given(definition, median(values), subject.key, n=len(values))


FAMILY = Family(name="timing", definitions=_ALL, measure=measure)
