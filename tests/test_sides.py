"""Who is on the coached side (S4.3: nothing assumes that the other is a customer)."""

from __future__ import annotations

import pytest

from duologue.errors import UnknownName
from duologue.sides import with_us
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
