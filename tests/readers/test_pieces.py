"""Merged turns keep the stretches of speech that they are made of (talk time must not swallow silences)."""

from __future__ import annotations

import pytest

from duologue.errors import UnreadableInput
from duologue.readers.build import Segment, conversation
from duologue.wire import conversation_from, conversation_to


def _made(*segments: tuple[str, float | None, float | None]):
    return conversation(
        [Segment(speaker=s, text="word", start=a, end=b) for s, a, b in segments], source="test", estimate=False
    )


def test_a_merged_turn_records_its_pieces() -> None:
    """Issue 2: talk time equals the sum of the file's own segments, though the wire merges them."""
    turn = _made(("A", 1.0, 2.0), ("A", 3.5, 4.0), ("B", 4.0, 5.0)).turns[0]
    assert (turn.start, turn.end) == (1.0, 4.0)
    assert turn.pieces == ((1.0, 2.0), (3.5, 4.0))


@pytest.mark.parametrize(
    "segments",
    [
        [("A", 1.0, 2.0)],
        [("A", 1.0, 2.0), ("A", 2.0, 3.0)],
        [("A", 1.0, None), ("A", 2.0, 3.0)],
    ],
    ids=["single", "meeting", "a time missing"],
)
def test_no_pieces_where_they_say_nothing_new(segments: list[tuple[str, float | None, float | None]]) -> None:
    """A single stretch is its turn; stretches with unknown times would give a false sum (P1)."""
    assert _made(*segments).turns[0].pieces == ()


def test_the_wire_carries_pieces_both_ways_and_only_where_there_are_some() -> None:
    """An optional key of duologue.conversation/1: reading what was written gives the same conversation."""
    made = _made(("A", 1.0, 2.0), ("A", 3.5, 4.0), ("B", 4.0, 5.0))
    wire = conversation_to(made)
    assert [t.get("pieces") for t in wire["turns"]] == [[[1.0, 2.0], [3.5, 4.0]], None]
    assert conversation_from(wire) == made


def test_pieces_that_are_no_numbers_are_refused() -> None:
    """Bad input ends in our error, not in a NaN further on."""
    wire = conversation_to(_made(("A", 1.0, 2.0), ("A", 3.5, 4.0)))
    wire["turns"][0]["pieces"] = [[1.0, float("inf")]]
    with pytest.raises(UnreadableInput, match="piece"):
        conversation_from(wire)


def test_a_turn_without_an_end_estimates_none() -> None:
    """Where the last piece has no time at all the turn has no end, and nothing is marked as estimated."""
    made = conversation([Segment(speaker="A", text="one", start=1.0), Segment(speaker="A", text="two")], source="test")
    assert made.turns[0].end is None
    assert made.turns[0].estimated == ()


def test_what_is_said_during_anothers_turn_may_begin_before_its_last_piece() -> None:
    """The turns are in order of their starts, so no notice says that times run backwards; real ones still are said."""
    during = _made(("A", 0.0, 2.0), ("A", 3.0, 4.0), ("B", 2.5, 2.8))
    assert during.notices == () and [t.speaker for t in during.turns] == ["A", "B"]
    for backwards in ([("A", 5.0, 6.0), ("A", 3.0, 4.0)], [("A", 5.0, 6.0), ("B", 3.0, 4.0)]):
        assert "run backwards" in " ".join(_made(*backwards).notices)


def test_a_segment_apart_stays_a_turn_of_its_own() -> None:
    """A sign of listening during another's talk is not merged with the answer that follows it; the floor is one."""
    segments = [
        Segment(speaker="A", text="a long account", start=0.0, end=9.0),
        Segment(speaker="B", text="mm-hm", start=4.0, end=4.5),
        Segment(speaker="B", text="I see what you mean", start=9.5, end=11.0, apart=True),
    ]
    assert [t.text for t in conversation(segments, source="test").turns] == [s.text for s in segments]
