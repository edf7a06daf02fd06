"""The written voice: lines that people wrote, put together so that they fit what was just said. No model, no network.

A line comes from the scenario first, then from the house (`lines.yaml`). No sentence is said twice in a session, and
none that would give away what is not told yet.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duologue.practice.base import Ask, Closing, Occasion, Reply
from duologue.practice.said import sentences_of
from duologue.practice.scenario import Asks, Lines, Wording, wordings
from duologue.practice.voices.leaks import leaks
from duologue.practice.voices.lines import HouseLines, house_lines

CLAIM_WORDS = 14  # of a clause that is quoted back; a longer one is asked about without its words
_PUSHED: dict[Closing, str] = {"flood": "own_matter"}


class Written:
    """Says what was decided in lines that were written for it."""

    name = "written"

    def __init__(self, house: HouseLines | None = None) -> None:
        self.house = house or house_lines()

    def say(self, occasion: Occasion, chance: random.Random) -> Reply:
        """The partner's next line, of sentences that were not said in this session before."""
        pick = _Pick(occasion=occasion, house=self.house, chance=chance)
        core = pick.core()
        lead = pick.lead()
        text = f"{lead} {core}" if lead else core
        return Reply(text=text, lead=len(lead))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pick:
    """One occasion, and where its lines may come from."""

    occasion: Occasion
    house: HouseLines
    chance: random.Random

    @property
    def own(self) -> Lines:
        return self.occasion.scenario.lines

    def lead(self) -> str:
        """Some words before the matter: that they felt understood, or a breath; often nothing."""
        decision, fitting = self.occasion.decision, self._one
        if decision.does not in ("disclose", "add", "answer"):
            return ""
        if decision.confirms:
            return fitting(self.own.confirms, self.house.confirms) or ""
        roll = self.chance.random()
        if decision.does == "disclose" and roll < 0.25:
            return fitting(self.house.opens_up) or ""
        if decision.does == "answer" and self.occasion.heard.question and roll < 0.2:
            return fitting(self.house.thinks) or ""
        return ""

    def core(self) -> str:
        """What carries the decision; where every line for it was said, the nearest thing that was not."""
        for lists in (*self._lists(), *self._last_resorts()):
            found = self._one(*lists)
            if found:
                return found
        return "…"  # every line of this partner was said: they look at you

    def _lists(self) -> Iterator[tuple[list[Wording], ...]]:
        d, own, house, scenario = self.occasion.decision, self.own, self.house, self.occasion.scenario
        if d.layer and d.does in ("disclose", "add"):
            layer = scenario.layer(d.layer)
            if d.does == "disclose":
                yield (layer.says,)
            yield (layer.more,)
            if d.does == "add":
                yield (house.nothing_more,)
        elif d.fact:
            yield (next(f.says for f in scenario.facts if f.id == d.fact),)
        elif d.trigger is not None:
            yield (scenario.triggers[d.trigger].says,)
        elif d.ask:
            yield from self._asks(d.ask)
        elif d.does == "push_back":
            yield from self._pushed(d.against)
        elif d.does == "puzzled":
            yield (self._puzzled(),)
        elif d.does == "leave":
            yield (own.leaves, house.leaves)
        elif d.does == "forward":
            yield (house.leaves_well,) if d.goes else (own.forward, house.forward)
        elif d.does == "small" and self.occasion.heard.greeting:
            yield (house.hello,)
        else:
            field = {"fill": "silence", "confirm": "confirms", "warm": "warms", "cool": "cools"}.get(d.does, d.does)
            yield (getattr(own, field), getattr(house, field))

    def _asks(self, ask: Ask) -> Iterator[tuple[list[Wording], ...]]:
        kind, state, house = ask.partition(".")[2], self.occasion.state, self.house
        waits = state.open
        if waits and waits.put_off:
            yield (getattr(house.asks_again, kind),)
        elif waits and waits.level > 1:
            yield (getattr(house.asks_deeper, kind),)
        own: Asks = self.own.asks
        yield (getattr(own, kind), getattr(house.asks, kind))
        yield (getattr(house.asks_again, kind), getattr(house.asks_deeper, kind))

    def _pushed(self, against: Closing | None) -> Iterator[tuple[list[Wording], ...]]:
        field = _PUSHED.get(against, against) if against else "own_matter"
        if field in ("dropped", "deflected"):  # another subject, that is all: what was left lying is named
            yield (self.own.unheard, self.house.unheard)
        if field == "repeated" and self.occasion.heard.echo:
            field = "echoed"
        own = getattr(self.own.pushes_back, field or "", [])
        yield (own, getattr(self.house.pushes_back, field or "own_matter", []))
        yield (self.own.cools, self.house.cools)

    def _puzzled(self) -> list[Wording]:
        heard = self.occasion.heard
        if heard.foreign:
            return self.house.puzzled_foreign
        if "order" in heard.closing:
            return self.house.puzzled_order
        return self.house.puzzled_flood if "flood" in heard.closing else self.house.puzzled

    def _last_resorts(self) -> Iterator[tuple[list[Wording], ...]]:
        own, house = self.own, self.house
        if self.occasion.decision.ask:  # whatever happens, they ask
            for kind in Asks.__struct_fields__:
                yield (getattr(own.asks, kind), getattr(house.asks, kind), getattr(house.asks_again, kind))
        yield (own.vague, house.vague)
        yield (own.cools, house.cools)
        yield (own.silence, house.silence)

    def _one(self, *lists: list[Wording]) -> str | None:
        """A line that may be said now, from the first list that has one (from the next one now and then)."""
        fit: list[tuple[str, ...]] = [tuple(self._fitting(lines)) for lines in lists]
        full = [f for f in fit if f]
        if not full:
            return None
        chosen = full[0] if len(full) == 1 or self.chance.random() < 0.65 else full[1]
        return self.chance.choice(chosen)

    def _fitting(self, lines: Iterable[Wording]) -> Iterator[str]:
        occasion, said = self.occasion, set(self.occasion.state.used)
        claim = _quotable(occasion.decision.claim)
        for line in wordings(list(lines), occasion.temperament):
            text = line.replace("{claim}", claim) if claim else line
            if "{claim}" in text or not said.isdisjoint(sentences_of(text)):
                continue
            if not leaks(text, occasion.scenario, occasion.state.told):
                yield text


def _quotable(claim: str | None) -> str | None:
    if not claim or len(claim.split()) > CLAIM_WORDS:
        return None
    first = claim.split()[0]
    proper = first in ("I", "I'm", "I’m", "I've", "I’ve", "I'd", "I’d", "I'll", "I’ll") or first[:2].isupper()
    return claim if proper else claim[0].lower() + claim[1:]
