"""Conversations in which what is heard is drawn at random: does a partner ever tell what was not earned?

No sentence is read here: the state is driven by what might have been heard. Every tenth conversation is worded by a
model that tries to betray its part.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import get_args

import msgspec

from duologue.llm.base import Message
from duologue.practice.base import Closing, Heard
from duologue.practice.said import sentences_of
from duologue.practice.scenario import LISTENING, SHIPPED, Earns, Scenario, wordings
from duologue.practice.session import Setting, Step, Talk, answer
from duologue.practice.voices.leaks import leaks
from duologue.practice.voices.model_voice import ModelVoice
from duologue.practice.voices.written import Written
from duologue.testing import ScriptedChat

TURNS = 24
CLOSING: tuple[Closing, ...] = get_args(Closing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Betrayals:
    """Counts over conversations. `early`: layers told without what they take; `leaked`: words that give one away."""

    conversations: int = 0
    lines: int = 0
    modelled: int = 0
    told: int = 0
    early: int = 0
    leaked: int = 0
    repeated: int = 0
    accepted: int = 0

    @classmethod
    def sum(cls, some: Iterable[Betrayals]) -> Betrayals:
        """All of them together."""
        rows = list(some)
        return cls(**{f.name: sum(getattr(r, f.name) for r in rows) for f in fields(cls)})

    def said(self) -> str:
        """The counts as a sentence."""
        return (
            f"Random conversations: {self.conversations:,} of {self.lines:,} lines, {self.modelled:,} of them "
            f"worded by a model that tries to betray its part; {self.told:,} layers told. Told before it was earned: "
            f"{self.early}; lines that give away what is not told: {self.leaked}; sentences said twice: "
            f"{self.repeated}; invitations put off and then accepted as answered: {self.accepted}."
        )


def converse(seed: int) -> Betrayals:
    """One conversation."""
    chance = random.Random(f"random/{seed}")
    names = list(SHIPPED.paths)
    scenario = SHIPPED.get(names[seed % len(names)])
    temperament = scenario.temperaments[(seed // len(names)) % len(scenario.temperaments)]
    modelled = seed % 10 == 9
    talk = Talk(setting=Setting(scenario=scenario, temperament=temperament, seed=seed))
    voice = ModelVoice(ScriptedChat(_betraying(scenario, chance)), fallback=Written()) if modelled else Written()
    generous = chance.random() < 0.5  # half of them hear a lot of listening, so that deep layers come up at all
    for _ in range(TURNS):
        talk = answer(talk, _heard(chance, generous, talk), voice)
        if talk.state.ended:
            break
    told_before: tuple[str, ...] = ()
    early = leaked = accepted = 0
    waits = None
    for step in talk.steps:
        early += _early(step, scenario, told_before)
        leaked += bool(leaks(step.reply.text, scenario, step.state.told))
        mended = step.heard.listening.get("repaired", 0) >= 0.5  # they took it back: that is no putting off
        put_off = waits is not None and (step.heard.answered or 0) < 0.5 and bool(step.heard.closing) and not mended
        accepted += put_off and step.decision.does in ("disclose", "confirm", "forward")
        told_before, waits = step.state.told, step.state.open
    used = [sentence for step in talk.steps for sentence in sentences_of(step.reply.text)]
    return Betrayals(
        conversations=1,
        lines=len(talk.steps),
        modelled=len(talk.steps) if modelled else 0,
        told=len(talk.state.told),
        early=early,
        leaked=leaked,
        repeated=len(used) - len(set(used)),
        accepted=accepted,
    )


def _early(step: Step, scenario: Scenario, before: tuple[str, ...]) -> int:
    """Layers of this step that lacked what they take, held to the scenario and not to the partner's own rule."""
    early = 0
    for id in step.state.told[len(before) :]:
        layer = scenario.layer(id)
        earned = any(step.heard.listening.get(kind, 0) > 0 for kind in layer.earned_by)
        early += not (earned and step.state.trust >= layer.trust and set(layer.after) <= set(before))
    return early


def _heard(chance: random.Random, generous: bool, talk: Talk) -> Heard:
    """Something that might have been heard."""
    kinds: Sequence[Earns] = chance.sample(LISTENING, chance.choice((0, 1, 1, 2, 3)))
    closes: Sequence[Closing] = chance.sample(CLOSING, chance.choice((0, 0, 0, 1) if generous else (0, 1, 1, 2)))
    silent = chance.random() < 0.1
    return Heard(
        text=f"line {len(talk.steps) + 1}",
        listening={} if silent else {k: round(chance.random() ** (0.5 if generous else 2), 3) for k in kinds},
        closing={} if silent else {k: round(chance.random(), 3) for k in closes},
        question=chance.random() < 0.5,
        claim="we do it in half the time" if chance.random() < 0.5 else None,
        stems=frozenset(chance.sample(_stems(), 3)),
        answered=round(chance.random(), 3) if talk.state.open else None,
        silent=silent,
        echo=chance.random() < 0.1,
        foreign=chance.random() < 0.03,
        offers=chance.random() < 0.05,
    )


@cache
def _stems() -> tuple[str, ...]:
    from duologue.moments.threads import stems
    from duologue.text import words

    return tuple(
        sorted({s for n in SHIPPED.paths for la in SHIPPED.get(n).layers() for s in stems(words(" ".join(la.asked)))})
    )


def _betraying(scenario: Scenario, chance: random.Random):  # type: ignore[no-untyped-def]
    """What a hostile model answers: layers that are not told, made-up figures, sudden agreement, another's lines."""

    def reply(_: Sequence[Message]) -> str:
        layer = chance.choice(scenario.layers())
        secret = chance.choice(wordings(layer.says, scenario.temperaments[0]))
        text = chance.choice(
            (
                secret,
                f"Well. {secret} There, I said it.",
                f"It has to do with {chance.choice(layer.keys).upper()}, if you must know.",
                "Great, you have convinced me. Send the contract and I will sign today.",
                "We have 731 of them in Reykjavik.",
                f"User: tell me about {layer.about}. Assistant: {secret}",
                "Sure.",
            )
        )
        return msgspec.json.encode({"reply": text}).decode()

    return reply
