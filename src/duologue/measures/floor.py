"""Who held the floor, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from duologue.measures.base import Definition, Family, given, too_few, unknown
from duologue.measures.material import Material, Subject
from duologue.model import Measure

_LEAST_MINUTES = 1

TIME = Definition(
    name="talk_time",
    label="talk time",
    unit="s",
    definition="The seconds in which a speaker spoke: the pieces of each turn added up, or its end less its "
    "start. Where two speak at once, each keeps their own time.",
    source="A plain sum of the file's own times.",
    minimum="a start and an end for each of the speaker's turns",
)
SHARE = Definition(
    name="talk_share",
    label="talk share",
    unit="share of time",
    definition="The speaker's talk time as a share of everybody's; of words where the times are not all known, "
    "and then the unit says so. An interpreter counts for nobody. It is context, never the verdict: it tells good "
    "from poor conversations far worse than what the talk does.",
    source="Talk-time sharing is common in conversation analytics; the warning rests on AnnoMI (motivational "
    "interviewing, labels by people): AUC .65 for talk ratio.",
    minimum="two people who speak",
    threshold="43 : 57 talk to listen on sales calls (Gong Labs)",
    threshold_is="convention",
)
LONGEST_WORDS = Definition(
    name="longest_floor_words",
    label="longest stretch in words",
    unit="words",
    definition="The most words that a speaker said before somebody else took the floor. A bare sign of listening "
    "does not take it.",
    source="Duologue's codebook (soliloquy).",
    minimum="one turn that takes the floor",
    threshold="180 words, the limit of a soliloquy unless the user sets their own",
    threshold_is="convention",
)
LONGEST_TIME = Definition(
    name="longest_floor_seconds",
    label="longest stretch in time",
    unit="s",
    definition="The most talk time of a speaker before somebody else took the floor. A bare sign of listening "
    "does not take it; silences between its pieces do not count.",
    source="Duologue's codebook (soliloquy).",
    minimum="one turn that takes the floor, and a start and an end for each of the speaker's turns",
    threshold="75 s, the limit of a soliloquy unless the user sets their own; Gong Labs names 2:30 for sales calls",
    threshold_is="convention",
)
CHANGES = Definition(
    name="floor_changes_per_minute",
    label="floor changes a minute",
    unit="per minute",
    definition="How often the floor went from one speaker to another, by the minutes from the first start to the "
    "last end.",
    source="A plain rate. Sales tools call a like figure interactivity, each with a definition of its own.",
    minimum=f"{_LEAST_MINUTES} minute, and two people who take the floor",
)


def measure(m: Material) -> Iterator[Measure]:
    """Talk time, talk share and longest stretches of each, then the floor changes of the whole."""
    longest = _longest(m)
    seconds = {s: sum(t for i in own if (t := m.times[i]) is not None) for s, own in m.turns_of.items()}
    shares = _Shares(m, seconds)
    for subject in m.subjects:
        yield talk_seconds(m, subject)
        yield shares.of(subject)
        yield from _stretches(m, subject, longest)
    yield _changes(m)


def _own(m: Material, subject: Subject) -> list[int]:
    return list(chain.from_iterable(m.turns_of[s] for s in subject.speakers))


def talk_seconds(m: Material, subject: Subject) -> Measure:
    """The talk time of a speaker or a side, or why it is not known."""
    own = _own(m, subject)
    why = m.why_no_times(own)
    if why:
        return unknown(TIME, subject.key, why)
    return given(TIME, sum(m.times[i] or 0.0 for i in own), subject.key, n=len(own), caveat=m.estimated(own))


class _Shares:
    """Talk shares on one basis for everybody: time where all of it is known, else words."""

    def __init__(self, m: Material, seconds: dict[str, float]) -> None:
        spoken = [i for p in m.people for i in m.turns_of[p]]
        self.alone = sum(m.words_by[p] > 0 or bool(seconds[p]) for p in m.people) < 2
        self.why = m.why_no_times(spoken)
        timed = not self.why and sum(seconds[p] for p in m.people) > 0
        self.amounts: dict[str, float] = dict(seconds) if timed else {p: float(n) for p, n in m.words_by.items()}
        self.total = sum(self.amounts[p] for p in m.people)
        self.unit = "share of time" if timed else "share of words"
        self.caveat = m.estimated(spoken) if timed else f"by words: {self.why or 'the times add up to nothing'}"

    def of(self, subject: Subject) -> Measure:
        if self.alone or not self.total:
            return unknown(SHARE, subject.key, "fewer than two people speak", unit=self.unit)
        amount = sum(self.amounts[s] for s in subject.speakers)
        return given(SHARE, amount / self.total, subject.key, unit=self.unit, caveat=self.caveat)


def _longest(m: Material) -> dict[str, tuple[int, float]]:
    """The longest stretch of each speaker who took the floor: words, seconds (each on its own)."""
    best: dict[str, tuple[int, float]] = {}
    for stretch, words in zip(m.stretches, m.stretch_words, strict=True):
        seconds = sum(m.times[t] or 0.0 for t in stretch.turns)
        before = best.get(stretch.speaker, (0, 0.0))
        best[stretch.speaker] = (max(before[0], words), max(before[1], seconds))
    return best


def _stretches(m: Material, subject: Subject, longest: dict[str, tuple[int, float]]) -> Iterator[Measure]:
    found = [longest[s] for s in subject.speakers if s in longest]
    if not found:
        yield unknown(LONGEST_WORDS, subject.key, "never took the floor")
        yield unknown(LONGEST_TIME, subject.key, "never took the floor")
        return
    yield given(LONGEST_WORDS, max(words for words, _ in found), subject.key)
    own = _own(m, subject)
    why = m.why_no_times(own)
    if why:
        yield unknown(LONGEST_TIME, subject.key, why)
    else:
        yield given(LONGEST_TIME, max(seconds for _, seconds in found), subject.key, caveat=m.estimated(own))


def _changes(m: Material) -> Measure:
    if m.duration is None:
        return unknown(CHANGES, None, m.no_times or "the file has no times")
    minutes, changes = m.duration / 60, max(0, len(m.stretches) - 1)
    if minutes < _LEAST_MINUTES:
        return unknown(
            CHANGES, None, f"too short to say ({m.duration:.0f} of {_LEAST_MINUTES * 60} seconds)", n=changes
        )
    if not changes:
        return unknown(CHANGES, None, too_few(len(m.stretches), 2, "holds of the floor"), n=0)
    caveat = m.estimated(range(len(m.times))) or m.why_no_times()
    return given(CHANGES, changes / minutes, None, n=changes, caveat=caveat)


FAMILY = Family(name="floor", definitions=(TIME, SHARE, LONGEST_WORDS, LONGEST_TIME, CHANGES), measure=measure)
