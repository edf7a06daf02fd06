"""A session is a value: a seed replays it, one goes back in it, and it is a conversation like any other."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue import wire
from duologue.errors import UnknownName
from duologue.model import Conversation
from duologue.practice.base import Heard, Occasion, Reply, Said
from duologue.practice.heard import PARTNER, YOU
from duologue.practice.partner import begin
from duologue.practice.said import sentences_of
from duologue.practice.scenario import SHIPPED, TEMPERAMENTS, Temperament
from duologue.practice.session import Setting, Talk, acts_of, answer, conversation_of, lines_of, say, told_stems
from duologue.practice.voices.written import Written
from duologue.reviewing import review
from duologue.text import scene
from practice.partner_made import anything_heard, heard

NAMES = list(SHIPPED.paths)
LINES = (
    "Thank you for seeing me. What takes up most of your week at the moment?",
    "So that comes on top of everything else, and it ends up on your desk.",
    "What happens then?",
    "",
    "Our system is the fastest on the market. Shall we book a demo for Monday?",
    "We counted it at forty sites: two days before, half a day after. It was one winter only.",
    "¿Qué? – “So” …  that is   how it went, isn’t it? 🙂 \t You had to see to it yourself.",
    "Mhm.",
)


def begun(name: str = "warehouse-vp", temperament: Temperament = "warm", seed: int = 7) -> Talk:
    scenario = SHIPPED.get(name)
    opens = Said(who="partner", text=scenario.opens)
    return Talk(setting=Setting(scenario=scenario, temperament=temperament, seed=seed, before=(opens,)))


def played(talk: Talk, *lines: str) -> Talk:
    voice = Written()
    for text in lines:
        if talk.state.ended:
            break
        talk = say(talk, text, voice)
    return talk


@pytest.fixture(scope="module")
def whole() -> Talk:
    return played(begun(), *LINES)


# --- a seed replays --------------------------------------------------------------------------------------------------


def test_the_same_seed_and_lines_give_the_same_talk(whole: Talk) -> None:
    """Reply by reply and number by number; a new voice remembers nothing of another session."""
    assert played(begun(), *LINES) == whole
    assert len({s.reply.text for s in whole.steps}) == len(whole.steps)


def test_another_seed_says_it_otherwise(whole: Talk) -> None:
    """The same rules; other words, somewhere."""
    others = [played(begun(seed=seed), *LINES[:4]) for seed in range(5)]
    assert any([s.reply.text for s in o.steps] != [s.reply.text for s in whole.steps[:4]] for o in others)


def test_a_voice_draws_on_the_seed_alone(whole: Talk) -> None:
    """What it drew before does not count: from any line on, the talk goes on as it did."""
    for at in range(1, len(LINES) + 1):
        assert played(whole.upto(at), LINES[at - 1]).steps == whole.steps[:at]


# --- lines, and going back -------------------------------------------------------------------------------------------


def test_what_was_said_stands_in_order(whole: Talk) -> None:
    """Their opening, then yours and theirs in turn, word for word."""
    assert whole.so_far[0] == Said(who="partner", text=whole.setting.scenario.opens)
    assert [s.text for s in whole.so_far[1::2]] == [LINES[0], *(t if t.strip() else "" for t in LINES[1:])]
    assert [s.turn for s in whole.steps] == list(range(1, len(LINES) + 1))
    assert [(b.who, b.text) for b in lines_of(whole)] == [(s.who, s.text) for s in whole.so_far]


def test_a_state_knows_every_sentence_that_was_said(whole: Talk) -> None:
    for step in whole.steps:
        assert set(sentences_of(step.reply.text)) <= set(step.state.used)


def test_back_to_a_line_is_as_it_was_before_it(whole: Talk) -> None:
    for at in range(1, len(whole.steps) + 1):
        back = whole.upto(at)
        assert back.steps == whole.steps[: at - 1]
        assert back.state == (whole.steps[at - 2].state if at > 1 else begin("warm"))
    assert len(whole.steps) == len(LINES)  # and the talk that one went back in is still there


@pytest.mark.parametrize("turn", [0, -1, len(LINES) + 1, 10**20])
def test_a_line_that_is_not_there_cannot_be_gone_back_to(whole: Talk, turn: int) -> None:
    with pytest.raises(UnknownName, match=r"lines 1 to 8|There are"):
        whole.upto(turn)


def test_where_nothing_was_said_there_is_nothing_to_go_back_to() -> None:
    with pytest.raises(UnknownName, match="Nothing was said"):
        begun().upto(1)


def test_after_the_end_nothing_is_said() -> None:
    talk, voice = begun(), Written()
    while not talk.state.ended:
        talk = answer(talk, heard(closing={"insult": 1.0}), voice)
    with pytest.raises(ValueError, match="left"):
        say(talk, "Wait!", voice)


def test_what_was_told_can_be_come_back_to() -> None:
    """Its words count as theirs from then on, and not before."""
    scenario = SHIPPED.get("warehouse-vp")
    layer = scenario.layer("fridays")
    none = told_stems(scenario, "warm", begin("warm"))
    state = begun().state
    some = told_stems(scenario, "warm", replace(state, told=(layer.id,)))
    assert none == frozenset() and "truck" in some


class Stands:
    """A voice that tells the matter in words of its own."""

    name = "stands"

    def say(self, occasion: Occasion, chance: object) -> Reply:
        return Reply(text="In other words.", stands_for="The trucks leave late. Every week.")


def test_a_written_line_that_was_put_otherwise_counts_as_said() -> None:
    talk = answer(begun(), heard(listening={"reflected": 0.9}), Stands())
    assert talk.state.used == ("in other words", "the trucks leave late", "every week")


# --- a conversation like any other -----------------------------------------------------------------------------------


def spans_hold(talk: Talk, conversation: Conversation) -> None:
    """Every act is of a sentence as it stands in its turn, and of whoever said that turn."""
    cut = scene(conversation)
    for act in acts_of(talk):
        text = conversation.turns[act.span.turn].text
        assert 0 <= act.span.start < act.span.end <= len(text)
        assert any(s.span == act.span for s in cut.sentences[act.span.turn]), (text, act)
        theirs = conversation.turns[act.span.turn].speaker == PARTNER
        assert act.by.startswith("partner/") is theirs


def test_a_played_session_is_a_conversation(whole: Talk) -> None:
    conversation = conversation_of(whole, you="Ada")
    assert [(s.id, s.name, s.side) for s in conversation.speakers] == [
        (YOU, "Ada", "ours"),
        (PARTNER, "Gail Pruitt", "theirs"),
    ]
    assert [(t.speaker, t.text) for t in conversation.turns] == [(s.who, s.text) for s in whole.so_far]
    assert conversation.kind == "selling" and conversation.language == "en"
    spans_hold(whole, conversation)
    assert {a.span.turn for a in acts_of(whole)} > {2, 4}  # of both sides


def test_it_goes_over_the_wire_and_comes_back(whole: Talk) -> None:
    conversation = conversation_of(whole)
    there = json.loads(wire.dumps(wire.conversation_to(conversation)))
    back = wire.conversation_from(there)
    assert back.turns == conversation.turns and back.speakers == conversation.speakers
    assert (back.id, back.kind, back.language) == (conversation.id, conversation.kind, conversation.language)


def test_it_can_be_reviewed(whole: Talk) -> None:
    """As any conversation, read from its words alone."""
    found = review(conversation_of(whole))
    assert found.kind == "selling" and found.dials
    assert any(a.kind == "pitch" and a.span.turn == 9 for a in found.acts)
    assert wire.review_from_json(wire.dumps(wire.review_to(found))).conversation.turns == found.conversation.turns


@settings(max_examples=40)
@given(
    lines=st.lists(anything_heard(), min_size=1, max_size=10),
    name=st.sampled_from(NAMES),
    temperament=st.sampled_from(TEMPERAMENTS),
    seed=st.integers(0, 999),
)
def test_what_the_partner_does_stands_where_they_say_it(
    lines: list[Heard], name: str, temperament: Temperament, seed: int
) -> None:
    """Whatever is heard: acts of their lines cover whole sentences, and every sentence but a bare “…” has one."""
    talk, voice = begun(name, temperament, seed), Written()
    for line in lines:
        talk = answer(talk, line, voice)
        if talk.state.ended:
            break
    conversation = conversation_of(talk)
    spans_hold(talk, conversation)
    for step in talk.steps:
        assert step.acts or step.reply.text == "…"
        if step.decision.ask:
            assert {step.decision.ask, "question.open"} <= {a.kind for a in step.acts}
        if step.decision.does == "disclose" and step.decision.layer:
            cell = talk.setting.scenario.layer(step.decision.layer).cell
            assert f"disclosure.{cell}" in {a.kind for a in step.acts}
    assert wire.conversation_from(wire.conversation_to(conversation)).turns == conversation.turns
