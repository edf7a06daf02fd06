"""Questions: how many, how open, whether they follow, how deep, and how they are spread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duologue.measures.base import Definition, Family, given, share, too_few, unknown
from duologue.measures.material import Material, Subject
from duologue.model import Measure

_LEAST_WORDS, _LEAST_QUESTIONS, _QUARTERS = 100, 5, 4
_CODEBOOK = "Duologue's codebook; the labels of questions follow MITI 4 and the literature on dialogue acts."

COUNT = Definition(
    name="questions",
    label="questions",
    unit="questions",
    definition="How many sentences of the speaker are questions, of any kind; a question of courtesy counts too.",
    source=_CODEBOOK,
    minimum="none",
    needs_acts=True,
    threshold="11 to 14 in a discovery call (Gong Labs)",
    threshold_is="convention",
)
RATE = Definition(
    name="questions_per_100_words",
    label="questions per 100 words",
    unit="per 100 words",
    definition="The speaker's questions, by their words.",
    source="A plain rate.",
    minimum=f"{_LEAST_WORDS} words by the speaker",
    needs_acts=True,
)
OPEN = Definition(
    name="open_share",
    label="open questions",
    unit="share",
    definition="Of the speaker's questions, those that invite the other to tell. A sentence that is open and "
    "closed at once counts as open.",
    source=f"{_CODEBOOK} MITI counted this share up to its third edition; the fourth no longer does.",
    minimum=f"{_LEAST_QUESTIONS} questions",
    needs_acts=True,
)
FOLLOW_UP = Definition(
    name="follow_up_share",
    label="questions that follow",
    unit="share",
    definition="Of the speaker's questions, those that build on what the other has just said.",
    source="Huang et al. 2017 (people who ask more follow-up questions are better liked); the label is the codebook's.",
    minimum=f"{_LEAST_QUESTIONS} questions",
    needs_acts=True,
)
CHAIN = Definition(
    name="longest_follow_up_chain",
    label="longest chain of follow-ups",
    unit="levels",
    definition="The most times in a row that the speaker followed up and the other took the floor after it. A "
    "question of another matter, or a turn that tells, advises or asks for commitment without a follow-up, ends a "
    "chain; a reflection does not.",
    source="Duologue's codebook (drilled down).",
    minimum="one turn of the speaker's after another's",
    needs_acts=True,
    threshold="3 make a drill-down",
    threshold_is="convention",
)
SPREAD = Definition(
    name="question_spread",
    label="spread of questions",
    unit="share of quarters",
    definition="Of the four quarters of the conversation (cut by words), those in which the speaker asked anything.",
    source="A convention of ours; sales tools look at the same thing, each in its own way.",
    minimum=f"{_LEAST_QUESTIONS} questions",
    needs_acts=True,
)

# What leaves the matter of a chain, where the same turn holds no follow-up.
_LEAVES = frozenset({"question", "advice", "pitch", "persuasion", "call_to_action", "story", "small_talk"})


@dataclass(slots=True)
class _Tally:
    """The questions of one speaker. `quarters`: a bit for each quarter in which one stood."""

    questions: int = 0
    open: int = 0
    follow: int = 0
    quarters: int = 0


def measure(m: Material) -> Iterator[Measure]:
    """All of them, for each."""
    tallies, chains = _tallies(m), _chains(m)
    for subject in m.subjects:
        own = [tallies[s] for s in subject.speakers]
        n = sum(t.questions for t in own)
        words = sum(m.words_by[s] for s in subject.speakers)
        yield given(COUNT, n, subject.key)
        if words < _LEAST_WORDS:
            yield unknown(RATE, subject.key, too_few(words, _LEAST_WORDS, "words"), n=n)
        else:
            yield given(RATE, 100 * n / words, subject.key, n=n)
        for definition, count in ((OPEN, sum(t.open for t in own)), (FOLLOW_UP, sum(t.follow for t in own))):
            yield share(definition, count, n, subject.key, least=_LEAST_QUESTIONS, what="questions")
        yield _chain(subject, chains)
        yield _spread(subject, own, n)


def _tallies(m: Material) -> dict[str, _Tally]:
    tallies = {s.id: _Tally() for s in m.conversation.speakers}
    total, so_far = sum(m.words), 0
    for turn, cut, labels in zip(m.conversation.turns, m.sentences, m.labels, strict=True):
        tally = tallies.setdefault(turn.speaker, _Tally())
        for sentence, kinds in zip(cut, labels, strict=True):
            if "question" in kinds:
                tally.questions += 1
                tally.open += "question.open" in kinds
                tally.follow += "follow_up" in kinds
                tally.quarters |= 1 << min(_QUARTERS - 1, _QUARTERS * so_far // max(1, total))
            so_far += len(sentence.words)
    return tallies


def _spread(subject: Subject, own: list[_Tally], n: int) -> Measure:
    if n < _LEAST_QUESTIONS:
        return unknown(SPREAD, subject.key, too_few(n, _LEAST_QUESTIONS, "questions"), n=n)
    quarters = 0
    for tally in own:
        quarters |= tally.quarters
    return given(SPREAD, quarters.bit_count() / _QUARTERS, subject.key, n=n)


def _chains(m: Material) -> dict[str, tuple[int, int]]:
    """By speaker: the longest chain, and how many turns of theirs came after another's (the chances to follow up)."""
    now: dict[str, int] = {}
    found: dict[str, tuple[int, int]] = {}
    last = len(m.stretches) - 1
    for i, (stretch, labels) in enumerate(zip(m.stretches, m.stretch_labels, strict=True)):
        who = stretch.speaker
        if "follow_up" in labels and i < last:
            now[who] = now.get(who, 0) + 1
        elif labels & _LEAVES:
            now[who] = 0
        longest, chances = found.get(who, (0, 0))
        found[who] = (max(longest, now.get(who, 0)), chances + (i > 0))
    return found


def _chain(subject: Subject, chains: dict[str, tuple[int, int]]) -> Measure:
    own = [chains[s] for s in subject.speakers if s in chains]
    chances = sum(n for _, n in own)
    if not chances:
        return unknown(CHAIN, subject.key, "never spoke after another", n=0)
    return given(CHAIN, max(longest for longest, _ in own), subject.key, n=chances)


FAMILY = Family(name="questions", definitions=(COUNT, RATE, OPEN, FOLLOW_UP, CHAIN, SPREAD), measure=measure)
