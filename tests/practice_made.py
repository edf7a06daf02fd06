"""Occasions for tests of what a partner says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from duologue.practice.base import Decision, Heard, Occasion, Reply, Said
from duologue.practice.partner import begin
from duologue.practice.scenario import SHIPPED, Layer, Scenario, Temperament

WAREHOUSE = "warehouse-vp"

scenario = cache(SHIPPED.get)  # a YAML takes a tenth of a second, and nobody changes what was read


def occasion(
    decision: Decision,
    *,
    name: str = WAREHOUSE,
    temperament: Temperament = "warm",
    told: tuple[str, ...] = (),
    heard: str = "What happens then?",
    so_far: tuple[Said, ...] = (),
    used: tuple[str, ...] = (),
) -> Occasion:
    """One moment of a session, with what matters to the test."""
    return Occasion(
        scenario=scenario(name),
        temperament=temperament,
        state=replace(begin(temperament), told=told, used=used),
        heard=Heard(text=heard, listening={}, closing={}),
        decision=decision,
        so_far=so_far,
    )


def in_order(all_of: Scenario) -> Iterator[tuple[Layer, tuple[str, ...]]]:
    """Each layer with those that are told once it is: it and what has to come before it."""

    def needs(layer: Layer) -> tuple[str, ...]:
        before = tuple(id for one in layer.after for id in needs(all_of.layer(one)))
        return tuple(dict.fromkeys((*before, layer.id)))

    for layer in all_of.layers():
        yield layer, needs(layer)


class Plain:
    """A Voice that says one line, for tests of who stands in for whom."""

    name = "plain"

    def __init__(self, line: str = "I'd have to think about that one.") -> None:
        self.line = line

    def say(self, occasion: Occasion, chance: random.Random) -> Reply:
        return Reply(text=self.line)
