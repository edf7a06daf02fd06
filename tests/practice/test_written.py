"""The written voice: whatever comes, it says something whole, nothing twice, and nothing that is not told yet."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import get_args

import msgspec
import pytest

from duologue.practice.base import Decision, Does, Heard, Occasion
from duologue.practice.partner import begin
from duologue.practice.said import sentences_of
from duologue.practice.scenario import LISTENING, SHIPPED, TEMPERAMENTS, Asks, Lines, Scenario, Temperament
from duologue.practice.session import Setting, Talk, answer
from duologue.practice.voices.leaks import leaks
from duologue.practice.voices.lines import HousePushesBack, house_lines
from duologue.practice.voices.written import CLAIM_WORDS, Written
from practice.partner_made import ASKS, BAKER, CLOSING, chance, heard
from practice_made import occasion

ENDS = re.compile(r"[.?!…][”\"’')]?$")
PARTNERS = [(name, temperament) for name in SHIPPED.paths for temperament in SHIPPED.get(name).temperaments]
TURNS = 24


def anything(chance: random.Random, talk: Talk, leans: str) -> Heard:
    """What might be heard; `leans`: to what opens, to what closes, or to neither."""
    opens = chance.sample(LISTENING, chance.choice((1, 2)) if leans != "closing" else 0)
    closes = chance.sample(CLOSING, chance.choice((1, 2)) if leans != "listening" else 0)
    secret = chance.choice(talk.setting.scenario.layers())
    return Heard(
        text=chance.choice(("A line.", f"Is it {secret.keys[0]}?", chance.choice(secret.asked or ["And?"]))),
        listening={k: round(chance.uniform(0.3, 1), 3) for k in opens},
        closing={k: round(chance.uniform(0.3, 1), 3) for k in closes},
        question=chance.random() < 0.5,
        # A clause that names a secret of theirs may not be quoted back, and one that is too long cannot be.
        claim=chance.choice((None, "ours is the best", f"it is about {secret.keys[0]}", "word " * 40, "I {claim} it")),
        answered=round(chance.random(), 3) if talk.state.open else None,
        greeting=chance.random() < 0.03,
        silent=chance.random() < 0.05,
        echo=chance.random() < 0.05,
        foreign=chance.random() < 0.03,
        offers=chance.random() < 0.05,
    )


def holds(text: str, talk: Talk, told: tuple[str, ...], before: tuple[str, ...]) -> None:
    assert ENDS.search(text) and text == text.strip(), text
    assert "{" not in text and "}" not in text and "  " not in text
    assert not leaks(text, talk.setting.scenario, told), text
    assert set(before).isdisjoint(sentences_of(text)), text
    assert len(sentences_of(text)) == len(set(sentences_of(text))), text


@pytest.mark.parametrize(("name", "temperament"), PARTNERS)
def test_a_whole_session_of_anything(name: str, temperament: Temperament) -> None:
    """No sentence twice, none that gives away what is not told, none without its end, no field left empty."""
    voice = Written()
    for leans in ("listening", "closing", "neither"):
        drawn = random.Random(f"{name}:{temperament}/{leans}")
        talk = Talk(setting=Setting(scenario=SHIPPED.get(name), temperament=temperament, seed=drawn.randrange(1000)))
        for _ in range(TURNS):
            used = talk.state.used
            talk = answer(talk, anything(drawn, talk, leans), voice)
            holds(talk.steps[-1].reply.text, talk, talk.state.told, used)
            if talk.state.ended:
                break
        assert len(talk.steps) > 6


@pytest.mark.parametrize(("name", "temperament"), PARTNERS)
def test_everything_that_is_told_is_told_in_the_scenarios_own_words(name: str, temperament: Temperament) -> None:
    """Who listens hears every layer as it was written, and never a line of the house instead."""
    scenario, voice = SHIPPED.get(name), Written()
    for layer in scenario.layers():
        texts = {w if isinstance(w, str) else w.get(temperament, "") for w in layer.says}
        now = occasion(
            Decision(does="disclose", why="w", layer=layer.id, confirms=True),
            name=name,
            temperament=temperament,
            told=tuple(la.id for la in scenario.layers()),
        )
        reply = voice.say(now, chance())
        assert reply.lead > 0
        assert reply.text[reply.lead :].strip() in texts


# --- {claim} ---------------------------------------------------------------------------------------------------------


def asked(ask: str, claim: str | None, seed: int = 1, **more: object) -> str:
    decision = Decision(does="ask", why="w", ask=ask, claim=claim, against="pitch")  # type: ignore[arg-type]
    return Written().say(occasion(decision, **more), chance(seed)).text  # type: ignore[arg-type]


@pytest.mark.parametrize("ask", ASKS)
def test_a_claim_is_quoted_where_it_can_be(ask: str) -> None:
    """Often, in their own words; and whatever the claim is, no field is left in a line."""
    quoted = [asked(ask, "Rye keeps for a week", seed) for seed in range(30)]
    assert any("rye keeps for a week" in text for text in quoted)
    for claim in (None, "", "word " * (CLAIM_WORDS + 1), "rye {claim} keeps"):
        assert all("{" not in asked(ask, claim, seed) for seed in range(10))
    assert not any("word word" in asked(ask, "word " * (CLAIM_WORDS + 1), seed) for seed in range(30))


@pytest.mark.parametrize(
    ("claim", "becomes"),
    [("We bake at night", "we bake"), ("I’ve seen it", "I’ve seen"), ("SAP is slow", "SAP is"), ("I do", "I do")],
)
def test_a_quoted_clause_stands_in_the_middle_of_a_sentence(claim: str, becomes: str) -> None:
    assert any(becomes in asked("invitation.basis", claim, seed) for seed in range(30))


def test_a_clause_that_names_what_is_not_told_is_not_given_back() -> None:
    """The user's guess is no leave: nothing in the answer tells them that they guessed right."""
    key = SHIPPED.get("warehouse-vp").layer("audit").keys[0]
    for seed in range(30):
        assert key not in asked("invitation.why", f"it is about the {key}", seed)


# --- when the lines run out ------------------------------------------------------------------------------------------


def every(scenario: Scenario, temperament: Temperament) -> tuple[str, ...]:
    """Every sentence that this partner could say, with no claim to quote."""

    def texts(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [value[temperament]] if temperament in value else []
        if isinstance(value, list):
            return [t for v in value for t in texts(v)]
        return [t for v in msgspec.structs.asdict(value).values() for t in texts(v)]  # type: ignore[type-var]

    layers = [t for la in scenario.layers() for t in texts([*la.says, *la.more])]
    facts = [t for f in scenario.facts for t in texts(f.says)] + [t for g in scenario.triggers for t in texts(g.says)]
    return tuple(s for t in [*layers, *facts, *texts(scenario.lines), *texts(house_lines())] for s in sentences_of(t))


DOES: tuple[Does, ...] = get_args(Does)


def decided(does: Does, scenario: Scenario) -> Decision:
    """A decision of this kind, with what it needs."""
    return Decision(
        does=does,
        why="w",
        layer=scenario.layers()[0].id if does in ("disclose", "add") else None,
        fact=scenario.facts[0].id if does == "answer" else None,
        trigger=0 if does == "trigger" else None,
        ask="invitation.why" if does == "ask" else None,
        against="pitch" if does in ("push_back", "cool", "ask") else None,
        confirms=does == "disclose",
    )


@pytest.mark.parametrize("does", DOES)
def test_each_thing_that_they_do_has_words(does: Does) -> None:
    """Of the scenario or of the house; a small scenario with no lines of its own among them."""
    for scenario, told in ((BAKER, ("queue",)), (SHIPPED.get("teenager"), (SHIPPED.get("teenager").layers()[0].id,))):
        for temperament in TEMPERAMENTS:
            now = Occasion(
                scenario=scenario,
                temperament=temperament,
                state=replace(begin(temperament), told=told),
                heard=heard(),
                decision=decided(does, scenario),
                so_far=(),
            )
            assert len(Written().say(now, chance()).text) > 2


@pytest.mark.parametrize("does", DOES)
def test_where_every_line_was_said_they_look_at_you(does: Does) -> None:
    """Never an error, never a line a second time."""
    scenario = SHIPPED.get("warehouse-vp")
    now = occasion(decided(does, scenario), used=every(scenario, "warm"), told=tuple(la.id for la in scenario.layers()))
    reply = Written().say(now, chance())
    assert (reply.text, reply.lead) == ("…", 0)


def test_where_the_lines_for_it_are_said_the_nearest_is_found() -> None:
    """An invitation of another kind, rather than none."""
    lines = house_lines()
    spent = [*lines.asks.why, *lines.asks_again.why, *lines.asks_deeper.why]
    used = tuple(s for t in spent for s in sentences_of(t if isinstance(t, str) else t["warm"]))
    now = Occasion(
        scenario=BAKER,
        temperament="warm",
        state=replace(begin("warm"), used=used),
        heard=heard(),
        decision=decided("ask", BAKER),
        so_far=(),
    )
    asks = {
        t if isinstance(t, str) else t["warm"] for kind in Asks.__struct_fields__ for t in getattr(lines.asks, kind)
    }
    again = {
        t if isinstance(t, str) else t["warm"] for k in Asks.__struct_fields__ for t in getattr(lines.asks_again, k)
    }
    for seed in range(10):
        text = Written().say(now, chance(seed)).text
        assert text in asks | again
        assert set(used).isdisjoint(sentences_of(text))


def test_what_closes_has_words_against_it() -> None:
    """Each by its name: none of the lists is forgotten by the voice."""
    for kind in CLOSING:
        decision = Decision(does="push_back", why="w", against=kind)
        text = Written().say(occasion(decision), chance()).text
        assert ENDS.search(text) and text != "…"
    assert set(HousePushesBack.__struct_fields__) <= {*CLOSING, "echoed"}


def test_the_fields_of_asks_are_the_five_invitations() -> None:
    assert {f"invitation.{kind}" for kind in Asks.__struct_fields__} == set(ASKS)
    assert {"confirms", "leaves", "forward"} <= set(Lines.__struct_fields__)
