"""Who is on the coached side (S4.3: nothing assumes that the other is a customer)."""

from __future__ import annotations

import pytest

from duologue.errors import UnknownName
from duologue.sides import renamed, swapped, with_us
from support import talk

TALK = talk("Ana Ruiz: Hello.", "Ben: Hi.", "Bena: Hi.", sides={})


def test_the_named_are_ours_and_the_others_theirs() -> None:
    """Names match whatever their case and spacing."""
    assert [s.side for s in with_us(TALK, ["  ana  RUIZ "]).speakers] == ["ours", "theirs", "theirs"]
    assert [s.side for s in with_us(TALK, ["Ben", "Bena"]).speakers] == ["theirs", "ours", "ours"]


def test_a_part_of_one_name_is_enough_and_a_whole_name_wins() -> None:
    """“Ana” means “Ana Ruiz” where nobody else has it; “Ben” is Ben although Bena begins the same."""
    assert with_us(TALK, ["Ruiz"]).speakers[0].side == "ours"
    assert [s.side for s in with_us(TALK, ["ben"]).speakers] == ["theirs", "ours", "theirs"]


@pytest.mark.parametrize("name", ["Zoe", "en", ""])
def test_a_name_of_nobody_or_of_several_is_refused_with_the_names_there_are(name: str) -> None:
    """One line that lists the speakers, and nothing is guessed."""
    with pytest.raises(UnknownName, match="Ana Ruiz"):
        with_us(TALK, [name])


def test_an_interpreter_stays_one() -> None:
    """A relay carries another's words: naming our side does not make it theirs."""
    relayed = talk("A: Hello.", "R: Bonjour.", sides={"R": "relay"})
    assert [s.side for s in with_us(relayed, ["A"]).speakers] == ["ours", "relay"]
    assert with_us(relayed, []) is relayed


def test_a_heard_voice_gets_its_name_and_keeps_its_words() -> None:
    """`--name "Voice 1=Ana"`: ids stay, so that corrections by turn still fit."""
    heard = talk("Voice 1: Hello.", "Voice 2: Hi.", sides={})
    told = renamed(heard, "voice 1", "Ana Ruiz")
    assert [(s.id, s.name) for s in told.speakers] == [("Voice 1", "Ana Ruiz"), ("Voice 2", "Voice 2")]
    assert told.turns == heard.turns


def test_two_voices_with_one_name_are_one_person() -> None:
    """A machine may hear one person as two: giving both the same name mends it."""
    heard = talk("Voice 1: Hello.", "Voice 2: Hi.", "Voice 3: And so on.", sides={})
    told = renamed(renamed(heard, "Voice 1", "Ana"), "Voice 3", "Ana")
    assert [s.name for s in told.speakers] == ["Ana", "Voice 2"]
    assert [told.speaker(t.speaker).name for t in told.turns] == ["Ana", "Voice 2", "Ana"]


def test_swapping_exchanges_whose_words_they_are_and_twice_changes_nothing() -> None:
    """`--swap`: the words change hands, sides and names stay with the person."""
    heard = with_us(talk("Ana: Hello.", "Ben: Hi.", sides={}), ["Ana"])
    told = swapped(heard)
    assert [told.speaker(t.speaker).name for t in told.turns] == ["Ben", "Ana"]
    assert told.speakers == heard.speakers
    assert swapped(told) == heard


def test_no_swap_where_it_would_be_a_guess() -> None:
    with pytest.raises(UnknownName, match="not two speakers"):
        swapped(talk("Ana: Hello.", "Ben: Hi.", "Cleo: Hey.", sides={}))
    with pytest.raises(UnknownName, match="“Zoe” is not among"):
        renamed(TALK, "Zoe", "Ana")
