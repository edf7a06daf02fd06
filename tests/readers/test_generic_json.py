"""JSON of no known maker, and JSON that holds no conversation."""

from __future__ import annotations

from typing import Any

import pytest

from duologue.errors import NoConversation, UnknownFormat, UnreadableInput
from duologue.readers import Source, read_source
from speech_json import assert_survives, claims, read_json, sides, source, spoken, times

LISTED: dict[str, Any] = {
    "id": "g1",
    "turns": [
        {"speaker": "Ada", "role": "agent", "text": "Where does it hurt?", "start": 0.5, "end": 2.0},
        {"speaker": "Bea", "role": "customer", "text": "In the billing.", "start": 2.5, "end": 4.0},
    ],
}


def test_a_list_with_speakers_and_texts() -> None:
    """Taken where nobody is sure; roles set the sides."""
    read = read_json(LISTED)
    assert claims(LISTED) == []
    assert spoken(read) == [("Ada", "Where does it hurt?"), ("Bea", "In the billing.")]
    assert (times(read), sides(read)) == ([(0.5, 2.0), (2.5, 4.0)], {"Ada": "ours", "Bea": "theirs"})


def test_milliseconds_and_clock_times() -> None:
    """Times are taken for what they can be."""
    fast = [dict(t, start=t["start"] * 1000, end=t["end"] * 1000) for t in LISTED["turns"]]
    assert times(read_json(fast)) == [(0.5, 2.0), (2.5, 4.0)]
    dated = [{"sender": "Ada", "content": "Hi", "timestamp": f"2026-01-01T10:00:0{n}Z"} for n in (1, 4)]
    dated[1]["sender"] = "Bea"
    assert [t.start for t in read_json(dated).turns] == [0.0, 3.0]


def test_a_string_of_name_and_text_lines() -> None:
    """One field called transcript, somewhere in the file."""
    lines = "Agent Rosa Pil: Good morning.\n\nTom: Hi: it broke.\nIt broke twice.\nAgent Rosa Pil: I see."
    read = read_json({"id": "x", "meta": {"transcript": lines}})
    assert spoken(read) == [
        ("Agent Rosa Pil", "Good morning."), ("Tom", "Hi: it broke. It broke twice."), ("Agent Rosa Pil", "I see."),
    ]  # fmt: skip
    assert sides(read)["Agent Rosa Pil"] == "ours"


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ({"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {}}, "Schema"),
        ({"error": {"code": 404, "message": "Recording not found"}}, "Recording not found"),
        ({"requestId": "1", "errors": ["No calls found"]}, "No calls found"),
        ({"api": {"post": {"response": {"status": 404, "data": {}}}}, "output": None}, "404"),
        ({"err_code": "Bad Request", "err_msg": "Bad audio."}, "Bad audio"),
        ({"id": "1", "status": "processing", "text": None}, "processing"),
        ({"TranscriptionJob": {"TranscriptionJobStatus": "IN_PROGRESS"}}, "in_progress"),
        ({"transcript": []}, "empty"),
        ({"transcript": ""}, "empty"),
        ({}, "empty"),
    ],
)
def test_what_holds_no_conversation_is_refused_by_name(file: Any, says: str) -> None:
    """Issue 2: schemas, error replies, states of jobs and empty transcripts each get a clear line."""
    with pytest.raises(NoConversation, match=says) as caught:
        read_json(file)
    assert caught.value.hint


def test_unknown_json_is_refused_with_the_formats_named() -> None:
    """Nothing is guessed."""
    with pytest.raises(UnknownFormat):
        read_json({"prices": [1, 2, 3]})


def test_a_reader_chosen_by_name_refuses_another_format() -> None:
    """--from: what the file is not is said."""
    with pytest.raises(UnreadableInput, match="Gong"):
        read_json(LISTED, "gong")


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity"])
def test_nan_and_infinity_are_no_times(literal: str) -> None:
    """Python writes them and JSON knows them not: the conversation is read, that time is unknown."""
    data = b'[{"speaker": "A", "text": "One two.", "start": %s}, {"speaker": "B", "text": "Three."}]' % literal.encode()
    assert [t.start for t in read_source(Source(data=data, name="x.json")).turns] == [None, None]


@pytest.mark.parametrize(
    "data",
    [b'{"callTranscripts": [{"callId": "1", "transcript": [', b'{"a":' * 500, b"[" * 100000],
    ids=["truncated", "deep", "very deep"],
)
def test_broken_json_is_our_error(data: bytes) -> None:
    """Truncated, deeply nested: one line each."""
    with pytest.raises(UnreadableInput):
        read_source(Source(data=data, name="x.json"))


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(LISTED, "json")
    assert source(LISTED).json == LISTED
