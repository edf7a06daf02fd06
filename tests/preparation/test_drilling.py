"""The exam: due rungs first, new wordings, one rating a rung, and days in between."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from duologue.acts.base import Exchange, Judgement
from duologue.errors import UnwritableOutput
from duologue.preparation.asked import askable, bank_of, wording
from duologue.preparation.drilling import TRIES, Exam
from duologue.preparation.judging import Judged
from duologue.preparation.ladder import Claim, Ladder, Rung
from duologue.preparation.remembering import forget, recall
from duologue.preparation.spacing import MOST_DAYS, rating
from duologue.preparation.summing_up import due_rows, nothing_due, summary

KINDS = ("more", "why", "meaning", "look_for", "evidence", "source", "limits")
START = datetime(2025, 3, 3, 9, tzinfo=timezone(timedelta(hours=1)))


class Says:
    """A judge that gives what it is told to."""

    def __init__(self, **likely: float) -> None:
        self.likely = {"responsive": 0.9, "specific": 0.1, "evidence": 0.1, "hands_back": 0.1} | likely

    def judge(self, exchanges: Sequence[Exchange]) -> tuple[Judgement, ...]:
        return tuple(Judgement(**self.likely) for _ in exchanges)


def ladder(claims: int = 1, **rungs: str) -> Ladder:
    made = []
    for n in range(claims):
        claim = Claim(claim=f"Depots lose picker number {n + 1} in March.")
        for place, text in rungs.items():
            claim = claim.with_rung(place.replace("__", "."), Rung(text=text))
        made.append(claim)
    return Ladder(id="test", claims=tuple(made))


def exam(of: Ladder, *, at: datetime = START, seed: int = 1, rounds: int = 100, everything: bool = False) -> Exam:
    return Exam(
        ladder=of,
        memory=recall(of.id),
        chance=random.Random(seed),
        now=lambda: at,
        by=Says(),
        rounds=rounds,
        everything=everything,
    )


ANSWER = "The winter bonus is paid in February, and whoever planned to go waits for it."


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_asked_in_a_dozen_ways(kind: str) -> None:
    """Nobody learns a wording in place of an answer."""
    first = bank_of(kind)["first"]
    assert len(set(first)) >= 12
    assert all("{claim}" in w for w in first)
    assert all("{said}" in w for w in bank_of(kind).get("deeper", []))


def test_further_down_is_asked_only_where_something_stands() -> None:
    """Three levels, one after the other; the question goes on from the rung above."""
    flat = [a.place for a in askable(ladder())]
    assert "follow_ups.why.2" not in flat
    deep = ladder(follow_ups__why__1="The bonus.", follow_ups__why__2="It is paid late.")
    below = {a.place: a for a in askable(deep)}
    assert below["follow_ups.why.3"].before == Rung(text="It is paid late.")
    asked = wording(below["follow_ups.why.3"], {}, set(), random.Random(1))
    assert "It is paid late" in asked.text


def test_a_claim_made_twice_is_asked_once() -> None:
    """Two bullets in the same words share one memory."""
    one = ladder()
    twice = Ladder(id="x", claims=one.claims * 2)
    assert [a.key for a in askable(twice)] == [a.key for a in askable(one)]


@given(st.integers(0, 50))
def test_no_two_questions_of_a_session_are_the_same(seed: int) -> None:
    """Not in their words, whatever the order."""
    of = ladder(4, follow_ups__why__1="The bonus.")
    asked = [q.wording.text for q in exam(of, seed=seed).questions()]
    assert len(asked) == len(set(asked)) == len(list(askable(of)))


def test_a_wording_comes_back_only_after_the_others() -> None:
    """Which were seen is remembered over sessions."""
    of = ladder()
    seen = []
    for day in range(len(bank_of("why")["first"])):
        now = exam(of, at=START + timedelta(days=40 * day), seed=day, everything=True)
        for q in now.questions():
            if q.asked.place == "follow_ups.why.1":
                seen.append(q.wording.id)
            now.answered(q, ANSWER)
    assert len(seen) == len(set(seen)) == len(bank_of("why")["first"])


def test_a_seed_gives_the_same_session() -> None:
    """For whoever wants to see it again, and for tests."""
    of = ladder(3)
    first, second, other = ([q.wording for q in exam(of, seed=s).questions()] for s in (7, 7, 8))
    assert first == second
    assert first != other


def judged(frank: bool = False, **likely: float) -> Judged:
    whole = {"responsive": 0.9, "specific": 0.1, "evidence": 0.1, "hands_back": 0.1} | likely
    return Judged(likely=Judgement(**whole), quotes=(), frank=frank)


@pytest.mark.parametrize(
    ("found", "kind", "given_rating"),
    [
        (judged(responsive=0.2, specific=0.9), "why", Rating.Again),
        (judged(frank=True, specific=0.9), "why", Rating.Again),
        (judged(), "why", Rating.Hard),
        (judged(specific=0.9), "why", Rating.Good),
        (judged(specific=0.9), "evidence", Rating.Hard),
        (judged(evidence=0.9), "evidence", Rating.Good),
        (judged(specific=0.9), "source", Rating.Good),
        (judged(specific=0.9, evidence=0.9, hands_back=0.9), "why", Rating.Easy),
    ],
)
def test_what_was_found_becomes_a_rating(found: Judged, kind: str, given_rating: Rating) -> None:
    """The table in spacing.py."""
    assert rating(found, kind) is given_rating


def test_due_rungs_come_first_and_days_lie_between() -> None:
    """What was asked is not asked again the same day; the next day what was hard comes before what is new."""
    of = ladder()
    first = exam(of, rounds=2)
    asked = list(first.questions())
    for q in asked:
        first.answered(q, ANSWER)
    keys = {q.asked.key for q in asked}
    same_day = exam(of, at=START + timedelta(hours=12))
    assert keys.isdisjoint(q.asked.key for q in same_day.questions())
    # Half an hour before a day has gone by: days count, not hours.
    next_day = [q.asked.key for q in exam(of, at=START + timedelta(hours=23, minutes=30)).questions()]
    assert set(next_day[:2]) == keys
    assert len(next_day) == len(list(askable(of)))


def test_good_answers_come_back_later_and_never_after_more_than_a_quarter() -> None:
    """Spacing grows, up to a bound."""
    of, at, gaps = ladder(), START, []
    key = next(askable(of)).key
    for _ in range(8):
        now = exam(of, at=at, everything=True)
        now.by = Says(specific=0.9)
        for q in now.questions():
            now.answered(q, ANSWER)
        due = recall(of.id).cards[key].due
        gaps.append((due - at.astimezone(UTC)).days)
        at = due.astimezone(START.tzinfo)
    assert gaps == sorted(gaps)
    assert gaps[0] >= 1
    assert gaps[-1] == MOST_DAYS


def test_only_the_first_try_counts() -> None:
    """A second one comes right after the answer was on the screen."""
    now = exam(ladder())
    question = next(iter(now.questions()))
    outcomes = [now.answered(question, ANSWER) for _ in range(TRIES)]
    assert [o.tries_left for o in outcomes] == [2, 1, 0]
    lines = now.memory.path.read_text(encoding="utf-8").splitlines()
    assert ['"card"' in line for line in lines] == [True, False, False]
    assert "winter bonus" not in "".join(lines)  # no word of an answer is kept


def test_memory_survives_a_torn_line() -> None:
    """Killed while writing: the line before it stands, and the next one begins anew."""
    of = ladder()
    now = exam(of)
    questions = list(now.questions())
    now.answered(questions[0], ANSWER)
    path = now.memory.path
    path.write_bytes(path.read_bytes() + b'{"at": "20')
    again = exam(of)
    assert set(again.memory.cards) == {questions[0].asked.key}
    again.answered(questions[1], ANSWER)
    assert len(recall(of.id).cards) == 2
    path.write_bytes(b'{"at":"x","rung":"a","wording":"b","card":{"no":1}}\n\xff\xfe\n[]\n' + path.read_bytes())
    assert len(recall(of.id).cards) == 2


def test_what_is_to_be_found_out_is_kept_until_it_is() -> None:
    """ "I don't know" stands in the summary and in --due, and goes when it was answered."""
    of = ladder()
    now = exam(of)
    question = next(iter(now.questions()))
    outcome = now.answered(question, "I don't know; I'll find out.")
    assert outcome.judged.frank
    assert "To find out" in summary(now)
    row = due_rows(of, now.memory, START)[0]
    assert row["find_out"]
    assert not row["is_due"]
    assert recall(of.id).cards[question.asked.key].due > START
    later = exam(of, at=START + timedelta(days=2))
    found = next(q for q in later.questions() if q.asked.key == question.asked.key)
    later.answered(found, ANSWER)
    assert not due_rows(of, later.memory, START)[0]["find_out"]


def test_nothing_due_is_said_with_the_day() -> None:
    """And memory can be removed."""
    of = ladder()
    now = exam(of)
    for q in now.questions():
        now.answered(q, ANSWER)
    again = exam(of)
    assert list(again.questions()) == []
    assert "tomorrow" in nothing_due(again)
    assert list(exam(of, everything=True).questions())
    assert forget(of.id)
    assert not forget(of.id)
    assert recall(of.id).cards == {}


def test_a_ladder_whose_id_is_a_path_stays_in_its_folder() -> None:
    """A file from somebody else chooses no place on this disk."""
    assert recall("../../etc/x").path.parent == recall("y").path.parent


def test_a_disk_that_is_closed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, no traceback."""
    now = exam(ladder())
    question = next(iter(now.questions()))
    now.memory.path.mkdir(parents=True)
    with pytest.raises(UnwritableOutput):
        now.answered(question, ANSWER)
