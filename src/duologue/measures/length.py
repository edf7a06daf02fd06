"""How long it was, and how much each said. Always shown: length colours every rate (a confound)."""

from __future__ import annotations

from collections.abc import Iterator

from duologue.measures.base import Definition, Family, given, unknown
from duologue.measures.material import ESTIMATED, Material
from duologue.model import Measure

_COUNT = "A plain count."

SECONDS = Definition(
    name="session_seconds",
    label="length in time",
    unit="s",
    definition="From the first start to the last end that the file gives. Rates of short and long conversations are "
    "hard to compare, so it stands beside them.",
    source=_COUNT,
    minimum="one turn with a start and an end",
)
TURNS = Definition(
    name="session_turns",
    label="length in turns",
    unit="turns",
    definition="All turns of the conversation, whoever said them.",
    source=_COUNT,
    minimum="none",
)
WORDS = Definition(
    name="session_words",
    label="length in words",
    unit="words",
    definition="All words of the conversation, whoever said them. Header lines and quoted text of a message do "
    "not count.",
    source=_COUNT,
    minimum="none",
)
OWN_TURNS = Definition(
    name="turns",
    label="turns",
    unit="turns",
    definition="How many turns a speaker had, signs of listening among them. Neighbouring pieces of one speaker "
    "are one turn in most files.",
    source=_COUNT,
    minimum="none",
)
OWN_WORDS = Definition(
    name="words",
    label="words",
    unit="words",
    definition="How many words a speaker said.",
    source=_COUNT,
    minimum="none",
)


def measure(m: Material) -> Iterator[Measure]:
    """The three lengths of the whole, then turns and words of each."""
    yield _seconds(m)
    yield given(TURNS, len(m.conversation.turns), None)
    yield given(WORDS, sum(m.words), None)
    for subject in m.subjects:
        yield given(OWN_TURNS, sum(m.turns_by[s] for s in subject.speakers), subject.key)
        yield given(OWN_WORDS, sum(m.words_by[s] for s in subject.speakers), subject.key)


def _seconds(m: Material) -> Measure:
    if m.duration is None:
        return unknown(SECONDS, None, m.no_times or "the file has no times")
    turns = m.conversation.turns
    latest = max(t.end for t, time in zip(turns, m.times, strict=True) if time is not None and t.end is not None)
    estimated = any("end" in t.estimated and t.end == latest for t in turns)
    return given(SECONDS, m.duration, None, caveat=(ESTIMATED if estimated else None) or m.why_no_times())


FAMILY = Family(name="length", definitions=(SECONDS, TURNS, WORDS, OWN_TURNS, OWN_WORDS), measure=measure)
