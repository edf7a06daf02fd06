"""A review that was written down is read back as it was: practice replays what a person saw, not what is found anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from duologue import wire
from duologue.errors import UnreadableInput
from duologue.model import Review
from duologue.readers import read
from duologue.reviewing import review
from duologue.sides import with_us

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def reviewed() -> Review:
    return review(with_us(read(str(EXAMPLES / "one-to-one.txt")), ["Maren"]))


def test_a_review_comes_back_whole(reviewed: Review) -> None:
    assert wire.review_from_json(wire.dumps(wire.review_to(reviewed))) == reviewed


def test_a_message_keeps_its_focus() -> None:
    found = review(read(str(EXAMPLES / "outreach.eml")))
    assert wire.review_from_json(wire.dumps(wire.review_to(found))).focus == found.focus is not None


def _broken(value: dict[str, Any], what: str) -> dict[str, Any]:
    if what == "quote":
        value["moments"][0]["quotes"][0]["end"] = 10_000
    elif what == "turn":
        value["acts"][0]["turn"] = 999
    elif what == "kind":
        value["moments"][0]["kind"] = "applause"
    elif what == "format":
        value["format"] = "duologue.review/9"
    else:
        del value["conversation"]
    return value


@pytest.mark.parametrize("what", ["quote", "turn", "kind", "format", "conversation"])
def test_what_does_not_hold_is_said(reviewed: Review, what: str) -> None:
    """No quote, no finding: a document that was changed by hand is not taken on trust (P1)."""
    value = _broken(json.loads(wire.dumps(wire.review_to(reviewed))), what)
    with pytest.raises(UnreadableInput):
        wire.review_from_json(json.dumps(value))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"null"])
def test_no_review_at_all(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        wire.review_from_json(data)
