"""What the benchmark of practice holds a change to: each bound is found where it is broken, and only there."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from benchmarks.practice import CLOSED, PLAYERS, POLICIES, Played, in_order, made_up, missed, said
from benchmarks.practice_random import Betrayals, converse

from duologue.practice.scenario import SHIPPED

SHARES = {
    "listener": 0.95,
    "interrogator": 0.45,
    "pitcher": 0.02,
    "flatterer": 0.04,
    "arguer": 0.01,
    "silent": 0.1,
    "parrot": 0.2,
    "formula": 0.2,
    "such_as": 0.3,
    "halting": 0.88,
}


def played(who: str = "baker:warm", **shares: float) -> list[Played]:
    return [
        Played(
            who=who,
            policy=policy,
            share=share,
            asked=4,
            turns=24,
            accepted=0,
            deflected=3 if policy in CLOSED else 0,
            repeats=0,
            invented=0,
        )
        for policy, share in (SHARES | shares).items()
    ]


def changed(policy: str, **what: int) -> list[Played]:
    return [replace(p, **what) if p.policy == policy else p for p in played()]  # type: ignore[arg-type]


NONE = Betrayals(conversations=10, lines=200, told=30)


def test_nothing_is_missed_where_every_bound_holds() -> None:
    assert set(SHARES) == {*POLICIES, *PLAYERS}
    assert missed(played(), NONE) == []


@pytest.mark.parametrize(
    ("policy", "share"),
    [
        ("listener", 0.79),
        ("halting", 0.79),
        ("pitcher", 0.21),
        ("flatterer", 0.21),
        ("arguer", 0.21),
        ("parrot", 0.36),
        ("formula", 0.36),
        ("such_as", 0.36),
    ],
)
def test_a_share_beyond_its_bound_is_missed(policy: str, share: float) -> None:
    (wrong,) = missed(played(**{policy: share}), NONE)
    assert wrong.startswith(f"{policy} uncovers")


def test_the_order_is_held_apart_from_the_bounds() -> None:
    for shares in ({"interrogator": 0.96}, {"interrogator": 0.03}):
        assert any("order" in wrong for wrong in missed(played(**shares), NONE))


@pytest.mark.parametrize(
    ("policy", "what", "says"),
    [
        ("pitcher", {"asked": 2}, "less than three times"),
        ("arguer", {"accepted": 1}, "1 of 9 deflections by a pitcher are accepted"),
        ("listener", {"repeats": 2}, "sentences repeated: 2"),
        ("silent", {"invented": 1}, "made up: 1"),
    ],
)
def test_what_may_never_happen_is_missed_at_once(policy: str, what: dict[str, int], says: str) -> None:
    assert [says in wrong for wrong in missed(changed(policy, **what), NONE)] == [True]


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("early", "layers told too early: 1"),
        ("leaked", "leaks: 1"),
        ("repeated", "sentences repeated: 1"),
        ("accepted", "deflections accepted by a partner driven at random: 1"),
    ],
)
def test_a_betrayal_in_a_random_conversation_is_missed(field: str, says: str) -> None:
    assert missed(played(), replace(NONE, **{field: 1})) == [says]


def test_bounds_are_on_the_mean_over_partners_and_the_order_on_each() -> None:
    """One partner on whom the listener fares worse is named; it takes no bound by itself."""
    two = [*played(), *played("miller:wary", listener=0.7, interrogator=0.72)]
    assert missed(two, NONE) == []
    text = said(two)
    assert "The order holds on 1 of 2 partners: not on miller:wary." in text
    assert "| listener | 0.82 | 0.70 | 0.95 |" in text


@pytest.mark.parametrize(
    ("shares", "holds"),
    [
        ({}, True),
        ({"silent": 0.45}, True),
        ({"silent": 0.46}, False),
        ({"interrogator": 0.95}, False),
        ({"flatterer": 0.45}, False),
        ({"listener": 0.4}, False),
    ],
)
def test_in_order(shares: dict[str, float], holds: bool) -> None:
    assert in_order(SHARES | shares) is holds


def test_betrayals_add_up() -> None:
    one = Betrayals(**{f.name: n for n, f in enumerate(fields(Betrayals), 1)})
    assert Betrayals.sum([one, one, Betrayals()]) == Betrayals(
        **{f.name: 2 * n for n, f in enumerate(fields(Betrayals), 1)}
    )
    assert Betrayals.sum([]) == Betrayals()


def test_a_random_conversation_is_the_same_each_time() -> None:
    """And worded by a betraying model in every tenth; nothing is betrayed in these few."""
    some = [converse(seed) for seed in (0, 1, 9)]
    assert some[1] == converse(1)
    assert [bool(c.modelled) for c in some] == [False, False, True]
    found = Betrayals.sum(some)
    assert (found.early, found.leaked, found.repeated, found.accepted) == (0, 0, 0, 0)


def test_a_figure_or_a_name_out_of_nowhere_is_made_up() -> None:
    scenario = SHIPPED.get("warehouse-vp")
    assert made_up("We have 731 of them.", scenario, [])
    assert made_up("Ask Wilhelmina about it.", scenario, [])
    assert not made_up("We have 731 of them.", scenario, ["Do you have 731 of them?"])
    assert not made_up(scenario.opens, scenario, [])
