"""Reflecting against telling: what separates good conversations from poor ones best, as far as research goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duologue.measures.base import Definition, Family, given, share, too_few, unknown
from duologue.measures.material import Labels, Material
from duologue.model import Measure

_LEAST_QUESTIONS, _LEAST_SENTENCES, _LEAST_TURNS = 5, 10, 10
_ASKED = (
    "Asked for means: the other asked or invited when they last had the floor, or agreed to a request for leave "
    "just before."
)
_CODEBOOK = "Duologue's codebook; MITI 4 keeps giving information apart from persuading, and counts leave asked for."

RATIO = Definition(
    name="reflections_to_questions",
    label="reflections to questions",
    unit="to 1",
    definition="Turns of the speaker with a reflection, for each of their turns with a question.",
    source="MITI 4 (Moyers, Manuel and Ernst), which counts each at most once a volley.",
    minimum=f"{_LEAST_QUESTIONS} turns with a question",
    needs_acts=True,
    threshold="1 : 1 fair, 2 : 1 good, in motivational interviewing (MITI 4: the standard coding manual; its "
    "authors set these by expert opinion)",
    threshold_is="convention",
)
TOLD_ASKED = Definition(
    name="told_asked",
    label="telling that was asked for",
    unit="share of sentences",
    definition="Of the speaker's sentences, those that inform, advise, pitch or persuade, and were asked for. "
    + _ASKED,
    source=_CODEBOOK,
    minimum=f"{_LEAST_SENTENCES} sentences",
    needs_acts=True,
)
TOLD_UNASKED = Definition(
    name="told_unasked",
    label="telling that nobody asked for",
    unit="share of sentences",
    definition="Of the speaker's sentences, those that inform, advise, pitch or persuade, and were not asked for. "
    + _ASKED,
    source=_CODEBOOK,
    minimum=f"{_LEAST_SENTENCES} sentences",
    needs_acts=True,
)
MINUS = Definition(
    name="reflection_minus_unasked_telling",
    label="reflection less unasked telling (-1 to 1)",
    unit="",
    definition="The share of the speaker's turns with a reflection, less the share of those with telling that "
    "nobody asked for. Signs of listening are left out of the turns.",
    source="The AnnoMI sessions (motivational interviewing, labels by people), where reflection less telling "
    "separates good from poor sessions with an AUC of .96, and talk ratio with .65.",
    minimum=f"{_LEAST_TURNS} turns that take the floor",
    needs_acts=True,
    threshold="above 0 in most good sessions of motivational interviewing, below 0 in most poor ones; for other "
    "talk it is untested",
    threshold_is="evidence",
    checked="with labels by people, AUC .94 between good and poor AnnoMI sessions (68 and 11 that are long "
    "enough): above 0 in 51 of the 68, below 0 in all 11. How well our own labels agree with people stands with "
    "each act",
)

_TELLS = frozenset({"information", "advice", "pitch", "persuasion"})


@dataclass(slots=True)
class _Tally:
    """Counts of one speaker: sentences (all, told asked, told unasked) and turns (all, by what they hold)."""

    sentences: int = 0
    told_asked: int = 0
    told_unasked: int = 0
    turns: int = 0
    with_question: int = 0
    with_reflection: int = 0
    with_unasked: int = 0


def measure(m: Material) -> Iterator[Measure]:
    """The ratio, both kinds of telling, and the difference, for each."""
    tallies = _tallies(m)
    for subject in m.subjects:
        own = [tallies[s] for s in subject.speakers if s in tallies]
        questions, reflections = sum(t.with_question for t in own), sum(t.with_reflection for t in own)
        if questions < _LEAST_QUESTIONS:
            reason = too_few(questions, _LEAST_QUESTIONS, "turns with a question")
            yield unknown(RATIO, subject.key, reason, n=questions)
        else:
            yield given(RATIO, reflections / questions, subject.key, n=questions)
        sentences = sum(t.sentences for t in own)
        for definition, told in (
            (TOLD_ASKED, sum(t.told_asked for t in own)),
            (TOLD_UNASKED, sum(t.told_unasked for t in own)),
        ):
            yield share(definition, told, sentences, subject.key, least=_LEAST_SENTENCES, what="sentences")
        turns = sum(t.turns for t in own)
        if turns < _LEAST_TURNS:
            yield unknown(MINUS, subject.key, too_few(turns, _LEAST_TURNS, "turns"), n=turns)
        else:
            yield given(MINUS, (reflections - sum(t.with_unasked for t in own)) / turns, subject.key, n=turns)


def _tallies(m: Material) -> dict[str, _Tally]:
    tallies: dict[str, _Tally] = {}
    for i, stretch in enumerate(m.stretches):
        tally, asked = tallies.setdefault(stretch.speaker, _Tally()), _was_asked(m, i)
        for turn in stretch.turns:
            told = sum(not _TELLS.isdisjoint(kinds) for kinds in m.labels[turn])
            labels: Labels = m.turn_labels[turn]
            tally.sentences += len(m.labels[turn])
            tally.turns += 1
            tally.with_question += "question" in labels
            tally.with_reflection += "reflection" in labels
            if asked:
                tally.told_asked += told
            else:
                tally.told_unasked += told
                tally.with_unasked += told > 0
    return tallies


def _was_asked(m: Material, i: int) -> bool:
    """Whether what is told in a stretch was asked for when the other last had the floor."""
    heard = m.heard[i]
    if heard is None:
        return False
    before = m.stretch_labels[heard]
    if "question" in before or "invitation" in before:
        return True
    leave = heard > 0 and m.stretches[heard - 1].speaker == m.stretches[i].speaker
    return leave and "agreement" in before and "permission" in m.stretch_labels[heard - 1]


FAMILY = Family(name="telling", definitions=(RATIO, TOLD_ASKED, TOLD_UNASKED, MINUS), measure=measure)
