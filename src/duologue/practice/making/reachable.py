"""Whether every layer can be heard: by its place among the others, and by somebody who listens as well as one can.

The second is played: the partner's own rules (`partner.step`) meet a listener who does everything right, over one
session. What even that one never hears, nobody does.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from duologue.moments.threads import stems
from duologue.practice.base import Heard
from duologue.practice.making.findings import Finding, layer_at
from duologue.practice.partner import begin, step
from duologue.practice.scenario import Earns, Layer, Scenario, Temperament
from duologue.practice.temper import SURFACE
from duologue.text import words

SESSION = 24  # lines of the user's: as long as the sessions that partners are measured with (benchmarks/practice.py)
SEEDS = 3  # what is decided by chance differs between them
MANY = 3  # ways of listening that should open a layer: people listen in different ways

# A good listener's lines, one after the other: two ways of listening in each, none of them twice in a row.
_LISTENS: tuple[dict[Earns, float], ...] = (
    {"reflected": 0.8, "followed_up": 0.8},
    {"acknowledged": 0.8, "asked": 0.7},
    {"reflected": 0.8, "present": 0.7},
    {"followed_up": 0.8, "acknowledged": 0.7},
)


def unreachable(scenario: Scenario) -> Iterator[Finding]:
    """Layers that nobody hears, and layers that open for less than they should."""
    layers = scenario.layers()
    if not layers:
        yield Finding(
            level="error",
            what="there is no layer, so the partner has nothing to tell",
            where="issues",
            next="Write at least one",
        )
        return
    placed = [*_circles(scenario), *_unknown(scenario), *_never(scenario)]
    yield from placed
    if not placed:
        yield from _played(scenario)
    yield from (f for la in layers for f in _too_easy(la))
    if all(la.trust > SURFACE for la in layers):
        yield Finding(
            level="advice",
            what=f"every layer takes more trust than {SURFACE}: the first lines bring nothing, however one listens",
            where="issues",
            next="Let one or two take .20 to .30, what anybody may hear",
        )


def _circles(scenario: Scenario) -> Iterator[Finding]:
    ids = {la.id for la in scenario.layers()}
    graph = {la.id: [a for a in la.after if a in ids] for la in scenario.layers()}
    while True:
        try:
            TopologicalSorter(graph).prepare()
            return
        except CycleError as error:
            circle: list[str] = error.args[1]
            yield Finding(
                level="error",
                what=f"these wait for each other, and none is ever told: {' → '.join(circle)}",
                where=f"layer “{circle[0]}”, after",
                next=f"Take one of them out of the other's `after`{' (its own)' if len(set(circle)) == 1 else ''}",
            )
            graph[circle[1]] = [a for a in graph[circle[1]] if a != circle[0]]  # look for the next one


def _unknown(scenario: Scenario) -> Iterator[Finding]:
    trust = {la.id: la.trust for la in scenario.layers()}
    for la in scenario.layers():
        for a in la.after:
            if a not in trust:
                yield Finding(
                    level="error",
                    what=f"it comes after “{a}”, and there is no such layer",
                    where=f"{layer_at(la)}, after",
                    next=f"There are: {', '.join(trust)}",
                )
            elif trust[a] > la.trust:
                yield Finding(
                    level="error",
                    what=f"it takes less trust ({la.trust:g}) than “{a}” ({trust[a]:g}), which comes before it",
                    where=f"{layer_at(la)}, trust",
                    next="Give it as much trust as that one or more, or take that one out of `after`",
                )
    if scenario.letting_go and scenario.letting_go.after not in trust:
        yield Finding(
            level="error",
            what=f"it comes after “{scenario.letting_go.after}”, and there is no such layer",
            where="letting_go, after",
            next=f"There are: {', '.join(trust)}",
        )


def _never(scenario: Scenario) -> Iterator[Finding]:
    for la in scenario.layers():
        if not 0 <= la.trust <= 1:
            yield Finding(
                level="error",
                what=f"trust goes from 0 to 1, and it takes {la.trust:g}",
                where=f"{layer_at(la)}, trust",
                next="Write .20 for what anybody may hear, up to .70 for what few do",
            )
        if not la.earned_by:
            yield Finding(
                level="error",
                what="nothing opens it: `earned_by` is empty",
                where=f"{layer_at(la)}, earned_by",
                next="Name what does (reflected, acknowledged, …), or leave the line out for everything",
            )


def _played(scenario: Scenario) -> Iterator[Finding]:
    """What a session brings to light with somebody who listens: fully in every way, or well in two ways a line."""
    for temperament in dict.fromkeys(scenario.temperaments):
        often = _heard(scenario, temperament, fully=False)
        told = often | _heard(scenario, temperament, fully=True) if len(often) < len(scenario.layers()) else often
        for la in scenario.layers():
            if la.id not in told:
                yield Finding(
                    level="error",
                    what=f"nobody hears it in {SESSION} lines, however well they listen ({temperament})",
                    where=layer_at(la),
                    next="Lower its trust, shorten what comes before it, or leave out a layer",
                )
            elif la.id not in often:
                yield Finding(
                    level="advice",
                    what=f"a good listener does not hear it in {SESSION} lines ({temperament})",
                    where=layer_at(la),
                    next="Lower its trust, or let more kinds of listening open it",
                )


def _heard(scenario: Scenario, temperament: Temperament, *, fully: bool) -> frozenset[str]:
    """The layers told in a session of a listener's, in any of a few seeds."""
    told: set[str] = set()
    for seed in range(SEEDS):
        if len(told) == len(scenario.layers()):
            break
        state = begin(temperament)
        for turn in range(SESSION):
            listening = _all_of(scenario) if fully else _LISTENS[turn % len(_LISTENS)]
            heard = Heard(
                text="",
                listening=listening,
                closing={},
                question=bool({"asked", "followed_up"} & set(listening)),
                stems=_next_asked(scenario, state.told),
                answered=1.0 if state.open else None,
            )
            state, _ = step(state, heard, scenario, temperament, random.Random(f"{seed}/{turn}"))
            if state.ended or len(state.told) == len(scenario.layers()):
                break
        told |= set(state.told)
    return frozenset(told)


def _all_of(scenario: Scenario) -> dict[Earns, float]:
    """Every way of listening that any layer asks for, fully."""
    return {kind: 1.0 for la in scenario.layers() for kind in la.earned_by}


def _next_asked(scenario: Scenario, told: tuple[str, ...]) -> frozenset[str]:
    """The words that ask for the next layer in line."""
    waiting = (la for la in scenario.layers() if la.id not in told)
    return frozenset(s for la in [*waiting][:1] for a in la.asked for s in stems(words(a)))


def _too_easy(layer: Layer) -> Iterator[Finding]:
    if layer.trust > SURFACE and "asked" in layer.earned_by:
        yield Finding(
            level="advice",
            what=f"a mere question opens it, although it takes trust of {layer.trust:g}",
            where=f"{layer_at(layer)}, earned_by",
            next="Write `earned_by: [followed_up, reflected, acknowledged, present, answered, repaired]`",
        )
    if 0 < len(set(layer.earned_by)) < MANY:
        kinds = ", ".join(dict.fromkeys(layer.earned_by))
        yield Finding(
            level="advice",
            what=f"only this opens it: {kinds}",
            where=f"{layer_at(layer)}, earned_by",
            next="Let three kinds of listening open it or more: people listen in different ways",
        )
