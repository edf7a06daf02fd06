"""Amazon Transcribe Call Analytics and Contact Lens."""

from __future__ import annotations

from typing import Any

import pytest

from duologue.errors import NoConversation
from speech_json import assert_survives, claims, read_json, sides, spoken, times


def _turn(role: str, begin: int, end: int, text: str) -> dict[str, Any]:
    step = (end - begin) // len(text.split())
    items = [
        {"Type": "pronunciation", "Content": w.strip("."), "Confidence": "0.9", "BeginOffsetMillis": begin + i * step,
         "EndOffsetMillis": begin + (i + 1) * step}
        for i, w in enumerate(text.split())
    ]  # fmt: skip
    return {
        "ParticipantRole": role,
        "Content": text,
        "BeginOffsetMillis": begin,
        "EndOffsetMillis": end,
        "Items": items,
    }


CALL: dict[str, Any] = {
    "JobStatus": "COMPLETED",
    "JobName": "case",
    "LanguageCode": "en-GB",
    "Channel": "VOICE",
    "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
    "Transcript": [
        _turn("AGENT", 100, 1130, "Good morning to you."),
        _turn("AGENT", 3005, 4000, "What happened."),
        _turn("CUSTOMER", 3900, 6215, "The heating went off."),
        _turn("AGENT", 6500, 7000, "Oh."),
    ],
    "ConversationCharacteristics": {
        "TotalConversationDurationMillis": 7000,
        "TalkTime": {
            "TotalTimeMillis": 4900,
            "DetailsByParticipant": {"AGENT": {"TotalTimeMillis": 2600}, "CUSTOMER": {"TotalTimeMillis": 2300}},
        },
    },
}


def test_roles_are_sides_and_turns_merge_with_their_own_times() -> None:
    """Issue 2: AGENT is ours; talk time must come to the sum of the file's own segments, so they are kept as pieces."""
    read = read_json(CALL)
    assert claims(CALL) == ["aws-call-analytics"]
    assert sides(read) == {"AGENT": "ours", "CUSTOMER": "theirs"}
    assert spoken(read)[0] == ("AGENT", "Good morning to you. What happened.")
    assert times(read) == [(0.1, 4.0), (3.9, 6.215), (6.5, 7.0)]
    agent = [t for t in read.turns if t.speaker == "AGENT"]
    talk = sum(b - a for t in agent for a, b in t.pieces or ((t.start, t.end),))
    assert talk == pytest.approx(1.03 + 0.995 + 0.5, abs=0.01)
    assert read.separate_channels


def test_the_files_own_talk_time_is_reported_beside() -> None:
    """It is shown under its maker's name, never used."""
    reported = {m.speaker: (m.name, m.value, m.unit) for m in read_json(CALL).reported}
    assert reported == {"AGENT": ("talk_time", 2.6, "s"), "CUSTOMER": ("talk_time", 2.3, "s")}
    assert all("TalkTime" in m.source for m in read_json(CALL).reported)


def test_contact_lens_names_people_by_id() -> None:
    """Contact Lens has participant ids in the turns and their roles beside."""
    people = [
        {"ParticipantId": "a-1", "ParticipantRole": "AGENT"},
        {"ParticipantId": "c-1", "ParticipantRole": "CUSTOMER"},
    ]
    turns = [
        {"ParticipantId": "a-1", "Content": "Hello.", "BeginOffsetMillis": 0, "EndOffsetMillis": 900, "Id": "1"},
        {"ParticipantId": "c-1", "Content": "Hi.", "BeginOffsetMillis": 1000, "EndOffsetMillis": 1500, "Id": "2"},
    ]
    file = {"Participants": people, "Transcript": turns, "CustomerMetadata": {"ContactId": "k"}}
    read = read_json(file)
    assert claims(file) == ["aws-call-analytics"]
    assert spoken(read) == [("AGENT", "Hello."), ("CUSTOMER", "Hi.")]
    assert read.id == "k"


def test_the_text_is_put_together_where_the_file_has_only_items() -> None:
    """Punctuation joins the word before it."""
    items = [
        {"Type": "pronunciation", "Content": "Well", "BeginOffsetMillis": 0, "EndOffsetMillis": 300},
        {"Type": "punctuation", "Content": "."},
    ]
    file = {
        "Transcript": [{"ParticipantRole": "AGENT", "Items": items, "BeginOffsetMillis": 0, "EndOffsetMillis": 400}]
    }
    assert spoken(read_json(file)) == [("AGENT", "Well.")]


def test_an_empty_transcript_is_refused() -> None:
    """Nothing was said: a clear line."""
    with pytest.raises(NoConversation):
        read_json({**CALL, "Transcript": []})


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(CALL, "aws-call-analytics")
