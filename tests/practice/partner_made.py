"""A partner with few words, and what they might hear, for tests of the rules: no model stands between."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from hypothesis import strategies as st

from duologue.practice.base import Ask, Closing, Decision, Heard, Open, State
from duologue.practice.partner import begin, step
from duologue.practice.scenario import (
    LISTENING,
    Cell,
    Earns,
    Fact,
    Issue,
    Layer,
    Person,
    Scenario,
    Temperament,
    Trigger,
)

CLOSING: tuple[Closing, ...] = get_args(Closing)
ASKS: tuple[Ask, ...] = get_args(Ask)
DEEP: list[Earns] = ["followed_up", "reflected", "acknowledged", "present", "answered", "repaired"]


def _layer(id: str, cell: Cell, trust: float, **more: Any) -> Layer:
    return Layer(
        id=id, cell=cell, about=f"the {id}", trust=trust, keys=[id], says=[f"Well, it is the {id}."],
        more=[f"There is a second {id}.", f"And a third {id}."], **more,
    )  # fmt: skip


# Written out of order, so that an order that comes out is the rules' own.
BAKER = Scenario(
    format="duologue.scenario/1",
    name="baker",
    title="A baker with an old oven",
    domain="home",
    kind="everyday",
    you="You are the neighbour.",
    relation="You buy your bread there.",
    person=Person(name="Tove Lind", role="a baker", talk="plain"),
    opens="The rolls will be another minute.",
    issues=[
        Issue(
            id="shop",
            about="the shop",
            layers=[
                _layer("lease", "goal", 0.55, earned_by=DEEP, asked=["lease", "rent"]),
                _layer("queue", "issue", 0.1, asked=["queue", "customers"]),
                _layer("sleep", "personal_impact", 0.45, earned_by=DEEP, after=["oven"], asked=["sleep", "night"]),
                _layer("oven", "issue", 0.2, asked=["oven", "crack"]),
                _layer("daughter", "personal_goal", 0.7, earned_by=["reflected"], after=["sleep"], asked=["daughter"]),
            ],
        )
    ],
    facts=[Fact(id="opens", asked=["what time", "open"], says=["We open at six."])],
    triggers=[Trigger(words=["factory bread"], why="She hears that her craft is nothing.", says=["That is no bread."])],
)


def chance(seed: int = 1) -> random.Random:
    return random.Random(seed)


def heard(text: str = "A line.", **what: Any) -> Heard:
    """Something heard; without more it neither listens nor closes."""
    return Heard(**{"text": text, "listening": {}, "closing": {}} | what)


def trusting(temperament: Temperament = "warm", **how: Any) -> State:
    """A partner who holds nothing back for want of trust."""
    return replace(begin(temperament), **({"trust": 0.95, "openness": 0.95} | how))


def through(
    lines: Sequence[Heard],
    *,
    scenario: Scenario = BAKER,
    temperament: Temperament = "warm",
    state: State | None = None,
    seed: int = 1,
) -> list[tuple[State, Decision]]:
    """What comes of the lines one after another, until one ends it."""
    now, found, drawn = state or begin(temperament), [], chance(seed)
    for line in lines:
        now, decision = step(now, line, scenario, temperament, drawn)
        found.append((now, decision))
        if now.ended:
            break
    return found


LISTENED: tuple[Heard, ...] = (
    heard(listening={"asked": 0.7}, question=True),
    heard(listening={"reflected": 0.9}),
    heard(listening={"followed_up": 0.9, "asked": 0.6}, question=True),
    heard(listening={"acknowledged": 0.9}),
    heard(listening={"reflected": 0.8, "followed_up": 0.7}, question=True),
)

_some = st.integers(0, 1000).map(lambda v: v / 1000)
_seldom = st.integers(0, 9).map(lambda v: v == 9)
_texts = st.sampled_from(("A line.", "Why?", "And what time do you open?", "Factory bread is as good."))
_stems = st.frozensets(st.sampled_from(("oven", "sleep", "leas", "queu", "open", "time")), max_size=2)
# Built once: strategies that are made anew for every draw take most of a test's time.
_heard = st.builds(
    Heard,
    text=_texts,
    listening=st.dictionaries(st.sampled_from(LISTENING), _some, max_size=3),
    closing=st.one_of(st.just({}), st.dictionaries(st.sampled_from(CLOSING), _some, max_size=2)),
    question=st.booleans(),
    claim=st.sampled_from((None, "rye keeps for a week", "I have baked for years", "{claim}")),
    stems=_stems,
    answered=st.none() | _some,
    greeting=_seldom,
    silent=_seldom,
    echo=_seldom,
    foreign=_seldom,
    offers=_seldom,
)


def anything_heard() -> st.SearchStrategy[Heard]:
    """Whatever might have been heard, sensible or not."""
    return _heard


def waiting(ask: Ask = "invitation.why", **more: Any) -> Open:
    return Open(ask=ask, claim="rye keeps for a week", **more)
