"""The rules of a partner: what opens them and what closes them, whatever the numbers of a temperament are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue.practice.base import Closing, Decision, Heard, State
from duologue.practice.moved import counted
from duologue.practice.partner import LEAST_TURNS, MOST_PUT_OFF, begin, step
from duologue.practice.scenario import LISTENING, SHIPPED, TEMPERAMENTS, Earns, Scenario, Temperament
from duologue.practice.temper import SURFACE
from practice.partner_made import (
    ASKS,
    BAKER,
    CLOSING,
    LISTENED,
    anything_heard,
    chance,
    heard,
    through,
    trusting,
    waiting,
)

OPENS_UP = {"disclose", "add", "confirm", "warm", "answer", "forward"}
REFLECTED = heard(listening={"reflected": 0.9})
PITCHED = heard("Our ovens are the best.", closing={"pitch": 0.95}, claim="our ovens are the best")
temperaments = pytest.mark.parametrize("temperament", TEMPERAMENTS)


# --- what opens ------------------------------------------------------------------------------------------------------


@temperaments
def test_who_is_heard_tells_everything(temperament: Temperament) -> None:
    """Asked, given back, asked on: all of it comes out in a talk of usual length, and the one who listened is told
    how they got there."""
    found = through(LISTENED * 4, temperament=temperament)
    assert set(found[-1][0].told) == {la.id for la in BAKER.layers()}
    assert all(d.why for _, d in found)


@temperaments
def test_what_takes_least_comes_first_and_nothing_before_what_it_rests_on(temperament: Temperament) -> None:
    told = through(LISTENED * 4, temperament=temperament)[-1][0].told
    assert told[:2] == ("queue", "oven")
    assert told.index("oven") < told.index("sleep") < told.index("daughter")


@temperaments
def test_a_layer_waits_for_trust(temperament: Temperament) -> None:
    """The same line, with and without the trust that it takes."""
    before = ("queue", "oven")
    for trust, tells in ((0.2, False), (0.95, True)):
        state = trusting(temperament, trust=trust, told=before, turn=8)
        _, decision = step(state, REFLECTED, BAKER, temperament, chance())
        assert (decision.does == "disclose") is tells, trust
        assert bool(decision.withheld) is not tells  # the debrief can say what was near


def test_what_only_one_way_of_listening_opens_stays_shut_to_the_others() -> None:
    state = trusting(told=("queue", "oven", "sleep", "lease"), turn=8)
    for kind in LISTENING:
        now, decision = step(state, heard(listening={kind: 0.95}), BAKER, "warm", chance())
        assert ("daughter" in now.told) is (kind == "reflected"), kind
        assert decision.layer != "daughter" or kind == "reflected"


def test_the_layer_that_was_asked_for_is_the_one_that_is_told() -> None:
    """Of two that are open, the one whose words stand in the question."""
    asked = heard(listening={"followed_up": 0.9}, question=True, stems=frozenset(("leas",)))
    _, decision = step(trusting(told=("queue", "oven"), turn=8), asked, BAKER, "warm", chance())
    assert decision.layer == "lease"


def test_a_plain_question_gets_the_plain_fact_before_any_layer() -> None:
    asked = heard("What time do you open?", listening={"asked": 0.7}, question=True, stems=frozenset(("time", "open")))
    now, decision = step(trusting(), asked, BAKER, "warm", chance())
    assert (decision.does, decision.fact, now.told) == ("answer", "opens", ())
    _, decision = step(now, asked, BAKER, "warm", chance())
    assert decision.fact is None  # no fact comes twice


def test_who_also_gives_back_is_not_put_off_with_a_fact() -> None:
    both = heard(
        "What time do you open?", listening={"asked": 0.7, "reflected": 0.9}, question=True, stems=frozenset(("open",))
    )
    assert step(trusting(), both, BAKER, "warm", chance())[1].does == "disclose"


def test_what_is_told_again_and_again_has_an_end() -> None:
    """All is said: they think about what they would do, and in the end they go on good terms."""
    state = trusting(told=tuple(la.id for la in BAKER.layers()))
    found = through(LISTENED * 8, state=state)
    assert [d.does for _, d in found].count("forward") == 2
    assert found[-1][0].ended and found[-1][1].goes


# --- what does not open ----------------------------------------------------------------------------------------------


@temperaments
def test_an_echo_opens_nothing_deep(temperament: Temperament) -> None:
    parrot = heard(listening={"reflected": 0.9}, echo=True)
    told = through([parrot] * 12, state=trusting(temperament), temperament=temperament)[-1][0].told
    assert all(BAKER.layer(id).trust <= SURFACE for id in told)
    near = trusting(temperament, told=("queue", "oven"), turn=8)  # the same line that is no echo opens the next
    assert step(near, REFLECTED, BAKER, temperament, chance())[1].does == "disclose"
    assert step(near, parrot, BAKER, temperament, chance())[1].does != "disclose"


def test_being_echoed_on_and_on_is_said() -> None:
    parrot = heard(listening={"reflected": 0.9}, echo=True)
    found = through([parrot] * 6)
    assert "push_back" in {d.does for _, d in found}
    assert found[-1][0].trust < found[1][0].trust


def test_a_silence_opens_nothing_new() -> None:
    """They go on about what they have told for a line or two, and then they wonder."""
    quiet = heard("", silent=True)
    state = trusting(told=("queue", "oven"), listened=(("reflected",),), closed=((),))
    found = through([quiet] * 6, state=state)
    assert all(now.told == ("queue", "oven") for now, _ in found)
    assert {d.does for _, d in found} == {"add", "fill"}
    assert found[0][1].does == "add" and found[-1][1].does == "fill"
    assert all(d.does == "fill" for _, d in through([quiet] * 4))  # nothing was told that they could go on about


@pytest.mark.parametrize("kind", [k for k in LISTENING if k != "answered"])
def test_one_way_of_listening_alone_counts_less_and_less(kind: Earns) -> None:
    line = heard(listening={kind: 0.9})
    values, state = [], begin("warm")
    for _ in range(6):
        values.append(counted(state, line)[kind])
        state, _ = step(state, line, BAKER, "warm", chance())
    assert values == sorted(values, reverse=True)
    assert values[-1] < values[0]
    beside = heard(listening={"answered": 0.6, "acknowledged": 0.6, kind: 0.9})
    assert counted(state, beside)[kind] == 0.9  # with others beside it, it counts in full


def test_questions_are_one_way_whatever_they_ask_about() -> None:
    asked = heard(listening={"asked": 0.9})
    on = heard(listening={"followed_up": 0.9})
    last = through([asked, on] * 3)[-1][0]
    assert counted(last, asked)["asked"] < 0.9
    assert counted(last, REFLECTED)["reflected"] == 0.9


def test_who_only_asks_learns_less_than_who_also_gives_back() -> None:
    asks = heard(listening={"asked": 0.7}, question=True)
    only = through([asks] * 20)[-1][0]
    assert len(only.told) < len(through(LISTENED * 4)[-1][0].told)
    assert only.told  # and still hears what anybody would


# --- what closes -----------------------------------------------------------------------------------------------------


@temperaments
@pytest.mark.parametrize("kind", CLOSING)
def test_what_closes_lowers_trust_and_openness(kind: Closing, temperament: Temperament) -> None:
    before = begin(temperament)
    now, decision = step(before, heard(closing={kind: 0.95}), BAKER, temperament, chance())
    assert now.trust < before.trust
    assert now.openness < before.openness
    assert now.patience < before.patience
    assert decision.does not in ("disclose", "add", "confirm", "warm")


def test_the_surer_it_was_meant_so_the_more_it_closes() -> None:
    trust = [step(begin("warm"), heard(closing={"pitch": v}), BAKER, "warm", chance())[0].trust for v in (0.3, 0.6, 1)]
    assert trust == sorted(trust, reverse=True) and trust[0] > trust[-1]


def test_what_closes_undoes_what_opened() -> None:
    """Trust is slow: one line of either kind is not the whole of it."""
    listened = through(LISTENED[:4])[-1][0]
    pitched = through([PITCHED], state=listened)[-1][0]
    assert begin("warm").trust < pitched.trust < listened.trust


@temperaments
@pytest.mark.parametrize(
    "kind", ["pitch", "call_to_action", "persuasion", "assumption", "advice", "wall", "own_matter"]
)
def test_the_first_claim_is_asked_about(kind: Closing, temperament: Temperament) -> None:
    """A customer's “tell me more”: in full as the codebook has it, and about the user's own words."""
    line = heard(closing={kind: 0.95}, claim="rye keeps for a week")
    now, decision = step(begin(temperament), line, BAKER, temperament, chance())
    assert decision.does == "ask" and decision.ask in ASKS
    assert (decision.against, decision.claim) == (kind, "rye keeps for a week")
    assert now.open is not None and (now.open.ask, now.open.claim) == (decision.ask, "rye keeps for a week")
    assert now.asked == 1


@temperaments
def test_who_pitches_on_is_asked_several_times_and_in_several_ways(temperament: Temperament) -> None:
    for seed in range(8):
        found = through([PITCHED] * 24, temperament=temperament, seed=seed)
        asked = [d.ask for _, d in found if d.ask]
        assert len(asked) >= 3 and len(set(asked)) >= 2
        assert found[-1][0].told == () and found[-1][0].ended


def test_a_word_that_touches_something_is_met_once() -> None:
    line = heard("Factory bread is just as good.", closing={"wall": 0.5})
    found = through([line] * 4)
    assert [d.trigger for _, d in found].count(0) == 1


def test_what_is_no_talk_between_people_is_met_as_such() -> None:
    for line, does in (
        (heard("Hallo zusammen", foreign=True), "puzzled"),
        (heard(closing={"order": 1.0}), "puzzled"),
        (heard(closing={"flood": 1.0}), "puzzled"),
        (heard(closing={"flood": 1.0, "pitch": 0.95}), "puzzled"),
        (heard(closing={"insult": 1.0}), "push_back"),
        (heard("Hello.", greeting=True), "small"),
    ):
        now, decision = step(trusting(), line, BAKER, "warm", chance())
        assert (decision.does, now.told) == (does, ()), line


# --- their “tell me more” --------------------------------------------------------------------------------------------

PUT_OFF = {
    "another pitch": heard(closing={"pitch": 0.9}, answered=0.1),
    "a step instead": heard(closing={"call_to_action": 0.9, "deflected": 0.9}, answered=0.05),
    "praise": heard(closing={"persuasion": 0.9}, answered=0.2),
    "an argument": heard(closing={"wall": 0.9}, answered=0.3),
    "something of their own": heard(closing={"own_matter": 0.7}, answered=0.2),
    "a plain question": heard(listening={"asked": 0.7}, question=True, answered=0.1),
    "a silence": heard("", silent=True, answered=0.0),
    "nothing that was judged": heard(),
    "praise with a nod": heard(listening={"acknowledged": 0.9}, closing={"persuasion": 0.9}, answered=0.2),
}


@temperaments
@pytest.mark.parametrize("how", PUT_OFF)
def test_who_asked_and_got_no_answer_asks_again(how: str, temperament: Temperament) -> None:
    """And never acts as if it had been one."""
    for seed in range(10):
        state = trusting(temperament, open=waiting(), turn=3)
        now, decision = step(state, PUT_OFF[how], BAKER, temperament, chance(seed))
        assert decision.does == "ask" and decision.against == "deflected"
        assert decision.claim == "rye keeps for a week"
        assert now.told == () and now.open is not None and now.open.put_off == 1


@pytest.mark.parametrize("how", PUT_OFF)
def test_an_invitation_is_let_be_in_the_end_and_still_not_accepted(how: str) -> None:
    state = trusting(open=waiting(), turn=3)
    found = through([PUT_OFF[how]] * MOST_PUT_OFF, state=state)
    assert not OPENS_UP & {d.does for _, d in found}
    assert [d.does for _, d in found[:-1]] == ["ask"] * (MOST_PUT_OFF - 1)
    assert found[-1][1].does in ("push_back", "cool") and found[-1][0].open is None


@pytest.mark.parametrize(
    "line",
    [
        heard(listening={"answered": 0.9}, answered=0.9),
        heard(listening={"repaired": 0.9}, answered=0.1),
        heard(listening={"reflected": 0.9}, answered=0.2),
    ],
    ids=["answered", "taken back", "something of theirs taken up instead"],
)
def test_what_meets_an_invitation_closes_it(line: Heard) -> None:
    state = trusting(open=waiting(put_off=1), told=("queue", "oven"), turn=3)
    now, decision = step(state, line, BAKER, "warm", chance())
    assert decision.against is None and now.open is None
    assert now.trust > 0.9


def test_an_answer_that_claims_something_is_asked_on_about_one_level_further() -> None:
    """Three levels at most, and another way of asking each time."""
    line = heard(listening={"answered": 0.95}, answered=0.95, claim="we tried it on two hundred loaves")
    levels, ways = set(), set()
    for seed in range(300):
        state = trusting(open=waiting(), turn=2)
        for now, decision in through([line] * 5, state=state, seed=seed):
            if decision.ask is None:
                break
            assert now.open is not None and decision.ask != "invitation.why"
            levels.add(now.open.level)
            ways.add(decision.ask)
    assert levels == {2, 3} and len(ways) >= 2


def test_leave_asked_to_tell_something_is_given() -> None:
    _, decision = step(begin("brisk"), heard(question=True, offers=True), BAKER, "brisk", chance())
    assert decision.ask == "invitation.more" and decision.against is None


# --- going -----------------------------------------------------------------------------------------------------------


@temperaments
@pytest.mark.parametrize("kind", ["insult", "pitch", "wall", "flood", "own_matter"])
def test_patience_ends_and_not_before_there_was_time_to_mend(kind: Closing, temperament: Temperament) -> None:
    found = through([heard(closing={kind: 1.0})] * 60, temperament=temperament)
    state, decision = found[-1]
    assert decision.does == "leave" and decision.goes and state.ended
    assert LEAST_TURNS <= state.turn < 60


def test_nobody_goes_while_they_are_listened_to() -> None:
    """All may have been said; nobody runs out of patience."""
    assert "leave" not in {d.does for _, d in through(LISTENED * 12)}


def test_after_the_end_there_is_nothing_to_hear() -> None:
    ended = through([heard(closing={"insult": 1.0})] * 60)[-1][0]
    with pytest.raises(ValueError, match="left"):
        step(ended, REFLECTED, BAKER, "warm", chance())


# --- whatever is heard -----------------------------------------------------------------------------------------------


def held(scenario: Scenario, before: State, line: Heard, now: State, decision: Decision) -> None:
    """What holds of every step, held to the scenario and not to the rules themselves."""
    assert all(0 <= v <= 1 for v in (now.trust, now.openness, now.patience))
    assert now.turn == before.turn + 1
    assert now.told[: len(before.told)] == before.told and len(now.told) <= len(before.told) + 1
    for id in now.told[len(before.told) :]:
        layer = scenario.layer(id)
        assert decision.does == "disclose" and decision.layer == id
        assert now.trust >= layer.trust
        assert set(layer.after) <= set(before.told)
        assert any(line.listening.get(kind, 0) > 0 for kind in layer.earned_by)
        assert not line.silent
    if decision.does == "add":
        assert decision.layer in before.told
    if decision.withheld:
        assert decision.withheld not in now.told
    assert (decision.ask is not None) == (now.open is not None)
    assert now.asked == before.asked + (decision.ask is not None)
    assert now.ended == decision.goes and decision.why
    assert decision.does != "leave" or now.turn >= LEAST_TURNS


PARTNERS = [BAKER, *(SHIPPED.get(name) for name in list(SHIPPED.paths)[::4])]


@given(
    lines=st.lists(anything_heard(), min_size=8, max_size=20),
    scenario=st.sampled_from(PARTNERS),
    temperament=st.sampled_from(TEMPERAMENTS),
    seed=st.integers(0, 99),
)
def test_nothing_is_told_early_whatever_is_heard(
    lines: list[Heard], scenario: Scenario, temperament: Temperament, seed: int
) -> None:
    """Trust, what comes before and what earns it: of every layer, on every line; and the end is the end."""
    state, drawn = begin(temperament), chance(seed)
    for line in lines:
        if state.ended:
            with pytest.raises(ValueError, match="left"):
                step(state, line, scenario, temperament, drawn)
            break
        now, decision = step(state, line, scenario, temperament, drawn)
        held(scenario, state, line, now, decision)
        state = now


@given(lines=st.lists(anything_heard(), min_size=1, max_size=12), seed=st.integers(0, 99))
def test_a_seed_replays(lines: list[Heard], seed: int) -> None:
    """Pure: the same lines give the same states, and nothing of a state is changed by going on from it."""
    once = through(lines, seed=seed)
    assert through(lines, seed=seed) == once
