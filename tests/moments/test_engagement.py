"""The point from which engagement stays low: where it is, whether it is there, and how sure its place is (S2.6)."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.acts.base import Evidence
from duologue.model import Moment
from duologue.moments import Stage
from duologue.moments.engagement import CHANCE, ORDERS, chance, is_shut_answer, place, score, turning_point
from staging import moments_in, staged, timed

TALK = (-1.0, 0.0, 0.0, 0.25, 0.5, 1.0, 1.0, 2.0)  # scores that a stretch can have
SCORES = st.lists(st.sampled_from(TALK), min_size=6, max_size=30)


def shuffled(seed: int) -> list[float]:
    draw = random.Random(seed)
    return draw.choices(TALK, k=draw.randint(6, 30))


@given(SCORES)
def test_the_place_lies_within_its_interval(scores: list[float]) -> None:
    point = turning_point(scores)
    assert point is not None
    first, last = place(scores)
    assert 3 <= first <= last <= len(scores) - 3
    assert point[1] <= 0 or first <= point[0] <= last


@given(SCORES)
def test_the_likeliest_place_leaves_least_unexplained(scores: list[float]) -> None:
    """Maximum likelihood with one variance is least squares: no other cut at which the mean falls leaves less."""

    def rest(at: int) -> float:
        halves = scores[:at], scores[at:]
        return sum((s - sum(half) / len(half)) ** 2 for half in halves for s in half)

    def fall(at: int) -> float:
        return sum(scores[:at]) / at - sum(scores[at:]) / (len(scores) - at)

    point = turning_point(scores)
    assert point is not None
    falls = [at for at in range(3, len(scores) - 2) if fall(at) > 1e-9]
    assert all(rest(point[0]) <= rest(at) + 1e-9 for at in falls)


@settings(max_examples=25)  # 399 orders each
@given(st.integers(6, 30), st.sampled_from(TALK))
def test_constant_scores_do_not_change(n: int, value: float) -> None:
    """What never varies fell no further in one order than in any other, and may have turned anywhere."""
    assert chance([value] * n) == 1.0
    assert place([value] * n) == (3, n - 3)


@settings(max_examples=25)  # 399 orders each
@given(st.integers(3, 15), st.integers(3, 15))
def test_a_clean_step_is_found_where_it_is(before: int, after: int) -> None:
    scores = [1.0] * before + [-1.0] * after
    assert turning_point(scores) == (before, 2.0)
    assert chance(scores) <= CHANCE
    assert place(scores) == (before, before)


@settings(max_examples=25)  # 399 orders each
@given(SCORES)
def test_a_rise_is_no_fall(scores: list[float]) -> None:
    assert chance(sorted(scores)) == 1.0


def test_too_few_to_compare() -> None:
    assert turning_point([1.0, 1.0, 1.0, -1.0, -1.0]) is None
    assert chance([1.0, 1.0, 1.0, -1.0, -1.0]) == 1.0


def test_no_change_is_the_answer_where_the_order_is_chance() -> None:
    """Two hundred sequences in which nothing changed: a fall is claimed one time in twenty or less often."""
    alarms = sum(chance(shuffled(seed)) <= CHANCE for seed in range(200))
    print(f"falls claimed where nothing changed: {alarms} of 200")
    assert 2 <= alarms <= 14  # 5 %, and what 200 draws may differ by; none at all would be a test that never speaks


def hangs_together(seed: int) -> list[float]:
    """Nothing changed, and four in ten scores are the one before again."""
    draw = random.Random(seed)
    scores = [draw.choice(TALK)]
    while len(scores) < 18:
        scores.append(scores[-1] if draw.random() < 0.4 else draw.choice(TALK))
    return scores


def test_scores_that_hang_together_alarm_more_often() -> None:
    """What the test takes for granted and talk does not quite give: the price is known, and bounded here."""
    alarms = sum(chance(hangs_together(seed)) <= CHANCE for seed in range(200))
    print(f"falls claimed of scores that hang together: {alarms} of 200")
    assert alarms <= 24


def test_a_step_under_noise_is_found_and_its_interval_holds_it() -> None:
    """A fall from about 1 to about -0.6 after eight of sixteen: found mostly, and 95 % intervals hold it mostly."""
    found = held = 0
    for seed in range(100):
        draw = random.Random(seed)
        scores = draw.choices((0.0, 1.0, 1.0, 2.0), k=8) + draw.choices((-1.0, -1.0, -1.0, 0.0, 0.25), k=8)
        found += chance(scores) <= CHANCE
        first, last = place(scores)
        held += first <= 8 <= last
    print(f"of 100 steps under noise {found} found, {held} inside their interval")
    assert found >= 70 and held >= 90


def test_the_same_scores_get_the_same_answer() -> None:
    scores = shuffled(7)
    assert len(scores) > 7 and chance(scores) == chance(scores)
    assert chance(scores) * (ORDERS + 1) == round(chance(scores) * (ORDERS + 1))


def test_a_shut_answer_counts_against_only_after_an_open_question() -> None:
    """The codebook's: a shut answer to an open question pulls back; the same word after a closed one answers it."""
    for asked, expected in (("question.open", -1.0), ("question.closed", 0.0)):
        stage = stage_of(staged(f"A: How was it at the depot? #{asked}", "B: Fine."))
        assert score(stage, stage.stretches[1]) == expected
        assert is_shut_answer(stage, stage.stretches[0], stage.stretches[1]) == (expected < 0)


def stage_of(evidence: Evidence) -> Stage:
    return Stage(scene=evidence.scene, acts=evidence.acts)


WARM = ("It jams. #disclosure.issue", "I drive out. #disclosure.personal_impact", "What do others do? #question.open")
COLD = ("Send me something. #withdrawal", "Fine.", "I have a call. #withdrawal", "Not really.", "No.")


def talk_of(*theirs: str) -> Evidence:
    asked = "A: What happens at the gate? #question.open"
    return staged(*(line for said in theirs for line in (asked, f"B: {said}")))


def cold_in(evidence: Evidence) -> list[Moment]:
    return [m for m in moments_in(evidence) if m.kind == "went_cold"]


def test_shut_answers_alone_can_show_it() -> None:
    [m] = cold_in(talk_of(*WARM, WARM[0], "Fine.", "Not really.", "No.", "Nothing.", "Whatever."))
    assert m.turns == (8, 17)


def test_an_unsure_place_is_told_in_turns_or_times() -> None:
    """Where it may have begun over more than one exchange, the words say between which turns."""
    unsure = talk_of(*WARM, WARM[0], "It is a gate.", "It is grey.", COLD[0], "It is steel.", *COLD[1:4])
    [m] = cold_in(unsure)
    assert "somewhere between turns 10 and 14" in m.why, m.why
    n = len(unsure.scene.conversation.turns)
    [m] = cold_in(timed(unsure, *((30.0 * i, 30.0 * i + 20) for i in range(n))))
    assert "somewhere between 4:30 and 6:30" in m.why, m.why


def test_a_sure_place_is_told_plainly() -> None:
    [m] = cold_in(talk_of(*WARM, *WARM, *COLD))
    assert "somewhere" not in m.why and m.turns[0] == 12
    assert "because" not in m.why


def test_an_order_that_chance_gives_is_no_change() -> None:
    """Pulling back here and there and at the end as well: the end alone looks like a fall, its orders say otherwise."""
    mixed = [WARM[0], COLD[0], WARM[1], COLD[2], WARM[2], COLD[0], WARM[0], COLD[2], COLD[0]]
    assert not cold_in(talk_of(*mixed))
    assert cold_in(talk_of(*sorted(mixed, key=lambda said: said in COLD)))
