"""Edits: one sentence is changed in its place, and what changed beside what was named is told."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.edits import compared, edited

TEXT = {"turns": [{"speaker": "A", "text": "Right. It is late. Right. So we go."}, {"speaker": "B", "text": "Yes."}]}
CUT = {
    "turns": [{"speaker": "A", "sentences": [["Right.", []], ["It is late.", []], ["Right.", []], ["So we go.", []]]}]
}


def edit(sentence: int, old: str, new: str) -> dict[str, Any]:
    return {"id": "e", "turn": 0, "sentence": sentence, "old": old, "new": new}


@pytest.mark.parametrize("item", [TEXT, CUT])
def test_the_sentence_named_is_the_one_that_changes(item: dict[str, Any]) -> None:
    """Where the same words stand twice the index decides; the rest of the turn and other turns stay."""
    out = edited(item, edit(2, "Right.", "Hm."))
    assert out["turns"][0]["text"] == "Right. It is late. Hm. So we go."
    assert out["turns"][1:] == item["turns"][1:]
    assert edited(item, edit(0, "Right.", "Hm."))["turns"][0]["text"] == "Hm. It is late. Right. So we go."
    assert "text" in TEXT["turns"][0] and "Hm." not in str(item)


def test_a_sentence_may_go() -> None:
    """What is left is joined by one blank."""
    assert edited(TEXT, edit(1, "It is late.", ""))["turns"][0]["text"] == "Right. Right. So we go."


def test_an_index_that_our_cutting_does_not_share_is_forgiven_once() -> None:
    """Words that stand once are found wherever they stand; those that stand twice, or nowhere, name the edit."""
    assert edited(TEXT, edit(9, "So we go.", "Go."))["turns"][0]["text"].endswith("Right. Go.")
    for old in ("Right.", "Left."):
        with pytest.raises(ValueError, match="edit e"):
            edited(TEXT, edit(9, old, "x"))


WALL, KEPT, JOINED = ("wall", (2,)), ("understood", (4, 5)), ("assumed", (2, 3))


def test_just_what_was_named_is_exact() -> None:
    """What goes and what joins, and nothing else."""
    got = compared(frozenset({WALL, KEPT}), frozenset({KEPT, JOINED}), frozenset({WALL}), frozenset({JOINED}))
    assert got.exact


def test_what_did_not_come_and_what_was_not_named_are_told_apart() -> None:
    """A finding that stays though it was to go is missing; one that goes unasked is strange."""
    got = compared(frozenset({WALL, KEPT}), frozenset({WALL}), frozenset({WALL}), frozenset())
    assert (got.missing, got.strange, got.exact) == (frozenset({WALL}), frozenset({KEPT}), False)
    got = compared(frozenset(), frozenset({JOINED}), frozenset(), frozenset())
    assert (got.missing, got.strange) == (frozenset(), frozenset({JOINED}))
    # A finding that was never there cannot go: that is no change, and the edit is not exact.
    assert compared(frozenset(), frozenset(), frozenset({WALL}), frozenset()).missing == {WALL}
