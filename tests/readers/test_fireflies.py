"""Fireflies' transcripts."""

from __future__ import annotations

from typing import Any

import pytest

from duologue.errors import NoConversation
from speech_json import assert_survives, claims, read_json, spoken, times

TRANSCRIPT: dict[str, Any] = {
    "id": "f1",
    "title": "Weekly",
    "date": 1767261600000,
    "duration": 12.5,
    "organizer_email": "mo@home.example",
    "speakers": [{"id": 0, "name": "Mo"}, {"id": 1, "name": "Lea"}, {"id": 2, "name": "Silent Sam"}],
    "sentences": [
        {
            "index": 0,
            "speaker_id": 0,
            "speaker_name": "Mo",
            "text": "Shall we start?",
            "start_time": 0.5,
            "end_time": "1.9",
        },
        {
            "index": 1,
            "speaker_id": 0,
            "speaker_name": "Mo",
            "text": "I have one thing.",
            "start_time": 2.0,
            "end_time": 3.0,
        },
        {"index": 2, "speaker_id": 1, "speaker_name": None, "raw_text": "Go on.", "start_time": 3.5, "end_time": 4.0},
    ],
}


@pytest.mark.parametrize(
    "file",
    [
        TRANSCRIPT,
        {"data": {"transcript": TRANSCRIPT}},
        {
            "request": {"body": {"query": "x"}},
            "response": {"status": 200, "body": {"data": {"transcript": TRANSCRIPT}}},
        },
        {"data": {"transcripts": [TRANSCRIPT]}},
    ],
    ids=["bare", "graphql", "request and response", "list"],
)
def test_the_same_from_every_wrapping(file: Any) -> None:
    """Issue 2: API envelopes are unwrapped; names by id where a sentence lacks them; the silent are kept."""
    read = read_json(file)
    assert claims(file) == ["fireflies"]
    assert spoken(read) == [("Mo", "Shall we start? I have one thing."), ("Lea", "Go on.")]
    assert times(read) == [(0.5, 3.0), (3.5, 4.0)]
    assert [s.name for s in read.speakers] == ["Mo", "Lea", "Silent Sam"]
    assert read.started_at == "2026-01-01T10:00:00+00:00"


def test_the_list_that_the_app_exports() -> None:
    """{sentence, startTime, endTime} with clocks."""
    file = [
        {"sentence": "Morning.", "startTime": "00:03", "endTime": "00:04", "speaker_name": "Mo", "speaker_id": 0},
        {"sentence": "Morning, Mo.", "startTime": "00:05", "endTime": "00:07", "speaker_name": "Lea", "speaker_id": 1},
    ]
    assert claims(file) == ["fireflies"]
    assert times(read_json(file)) == [(3.0, 4.0), (5.0, 7.0)]


def test_a_meeting_without_sentences_is_refused() -> None:
    """The transcript is not ready: a clear line."""
    with pytest.raises(NoConversation):
        read_json({"data": {"transcript": {**TRANSCRIPT, "sentences": None}}})


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives({"data": {"transcript": TRANSCRIPT}}, "fireflies")
