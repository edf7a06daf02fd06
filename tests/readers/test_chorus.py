"""Chorus' conversations."""

from __future__ import annotations

from typing import Any

import pytest

from duologue.errors import NoConversation
from speech_json import assert_survives, claims, read_json, sides, spoken

CALL: dict[str, Any] = {
    "data": {
        "id": "c9",
        "type": "conversation",
        "attributes": {
            "name": "Demo",
            "participants": [
                {"name": "Uwe", "type": "rep"},
                {"name": "Zoe", "type": "cust"},
                {"name": "Al", "type": "cust"},
            ],
            "recording": {
                "start_time": 1767261600,
                "duration": 60,
                "utterances": [
                    {
                        "speaker_name": "Uwe",
                        "speaker_type": "rep",
                        "snippet_time": 1.5,
                        "snippet": "May I ask something?",
                    },
                    {"speaker_name": "Zoe", "speaker_type": "cust", "snippet_time": "4", "snippet": "Of course."},
                    {"speaker_name": None, "speaker_type": "cust", "snippet_time": 6, "snippet": "We are here too."},
                ],
            },
        },
    }
}


def test_types_set_the_sides() -> None:
    """rep is ours, cust theirs; who never spoke is kept; times are seconds."""
    read = read_json(CALL)
    assert claims(CALL) == ["chorus"]
    assert spoken(read) == [("Uwe", "May I ask something?"), ("Zoe", "Of course."), ("cust", "We are here too.")]
    assert sides(read) == {"Uwe": "ours", "Zoe": "theirs", "cust": "theirs", "Al": "theirs"}
    assert [t.start for t in read.turns] == [1.5, 4.0, 6.0]
    assert read.started_at == "2026-01-01T10:00:00+00:00"


def test_a_list_of_utterances_alone() -> None:
    """What a connector keeps of a call."""
    file = CALL["data"]["attributes"]["recording"]["utterances"]
    assert claims({"utterances": file}) == ["chorus"]
    assert len(read_json({"utterances": file}).turns) == 3


def test_a_call_without_utterances_is_refused() -> None:
    """Not processed yet: a clear line."""
    with pytest.raises(NoConversation):
        read_json({"data": {"attributes": {"recording": {"utterances": []}}}})


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(CALL, "chorus")
