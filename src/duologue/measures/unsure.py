"""How far apart figures lie where it is not sure what was said, or by whom: they are taken again, the other way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from duologue.acts.base import Evidence
from duologue.certainty import Certainty
from duologue.model import Measure
from duologue.text import scene

Take = Callable[[Evidence], Iterable[Measure]]
_Found = dict[tuple[str, str | None], Measure]


def widened(
    found: tuple[Measure, ...], evidence: Evidence, sure: Certainty, take: Take, rests_on_acts: frozenset[str]
) -> tuple[Measure, ...]:
    """The measures, each with a range that covers what it would be in other readings of what is not sure.

    Values stay. `take`: how they were taken. What rests on acts (`rests_on_acts`, by name) is taken again without the
    acts whose words were heard with little certainty; everything is taken again with all the turns of which it is not
    sure who spoke given to one person, then to the next: for two people that is the most and the least of each.
    """
    surely = sure.acts(evidence.acts)
    words = [_keyed(take(replace(evidence, acts=surely)))] if surely != evidence.acts else []
    turns = len(sure.unsure_turns)
    people = [_keyed(take(e)) for e in _given_to_each(evidence, sure)] if turns else []
    if not words and not people:
        return found
    return tuple(_wider(m, words if m.name in rests_on_acts else [], people, turns) for m in found)


def _keyed(measures: Iterable[Measure]) -> _Found:
    return {(m.name, m.speaker): m for m in measures}


def _given_to_each(evidence: Evidence, sure: Certainty) -> Iterator[Evidence]:
    """The evidence with every unsure turn given to one person, for each of those who speak for themselves."""
    conversation = evidence.scene.conversation
    for person in (s.id for s in conversation.speakers if s.side != "relay"):
        turns = tuple(
            replace(t, speaker=person) if i in sure.unsure_turns else t for i, t in enumerate(conversation.turns)
        )
        if turns != conversation.turns:
            yield replace(evidence, scene=scene(replace(conversation, turns=turns)))


def _wider(m: Measure, words: list[_Found], people: list[_Found], turns: int) -> Measure:
    by_words, by_people = _range(m, words), _range(m, people)
    own = _bounds(m)
    if own is None or by_words == by_people == own:
        return m
    why = []
    if by_words != own:
        why.append("its range covers words that were heard with little certainty")
    if by_people != own:
        why.append(f"its range covers {turns} turn{'' if turns == 1 else 's'} that may be somebody else’s")
    low, high = min(by_words[0], by_people[0]), max(by_words[1], by_people[1])
    return replace(m, low=low, high=high, reason="; ".join([*([m.reason] if m.reason else []), *why]))


def _range(m: Measure, readings: list[_Found]) -> tuple[float, float]:
    """The least and the most that this measure, or its interval, is in any of these readings and its own."""
    again = (r.get((m.name, m.speaker)) for r in readings)
    bounds = [b for x in (m, *again) if x is not None and (x is m or x.unit == m.unit) and (b := _bounds(x))]
    return min((low for low, _ in bounds), default=0.0), max((high for _, high in bounds), default=0.0)


def _bounds(m: Measure) -> tuple[float, float] | None:
    if m.value is None:
        return None
    return (m.value if m.low is None else m.low), (m.value if m.high is None else m.high)
