"""Fathom's transcripts."""

from __future__ import annotations

from typing import Any

import pytest

from duologue.errors import NoConversation
from speech_json import assert_survives, claims, read_json, sides, spoken, times

MEETING: dict[str, Any] = {
    "title": "Intro",
    "recording_id": 12345,
    "share_url": "https://fathom.example/x",
    "recording_start_time": "2026-04-01T09:00:00Z",
    "transcript_language": "en",
    "calendar_invitees": [
        {"name": "Rita Sol", "email": "rita@ours.example", "is_external": False},
        {"name": "Per Holm", "email": "per@b.example", "is_external": True, "matched_speaker_display_name": "Per H."},
    ],
    "recorded_by": {"name": "Rita Sol", "email": "rita@ours.example"},
    "transcript": [
        {"speaker": {"display_name": "Rita Sol", "matched_calendar_invitee_email": "rita@ours.example"},
         "text": "What made you write to us?", "timestamp": "00:00:04"},
        {"speaker": {"display_name": "Per H.", "matched_calendar_invitee_email": None},
         "text": "Our reports come too late.", "timestamp": "00:00:09"},
        {"speaker": {"display_name": "Someone"}, "text": "Every month.", "timestamp": "01:00:09"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "file", [MEETING, {"items": [MEETING], "next_cursor": None}, {"data": MEETING}], ids=["meeting", "page", "envelope"]
)
def test_names_sides_and_times(file: Any) -> None:
    """Invitees say who is external; ends are estimates and say so."""
    read = read_json(file)
    assert claims(file) == ["fathom"]
    assert spoken(read)[:2] == [("Rita Sol", "What made you write to us?"), ("Per H.", "Our reports come too late.")]
    assert sides(read) == {"Rita Sol": "ours", "Per H.": "theirs", "Someone": "unknown"}
    assert [t.start for t in read.turns] == [4.0, 9.0, 3609.0]
    assert all(t.estimated == ("end",) for t in read.turns)
    assert (read.id, read.started_at, read.language) == ("12345", "2026-04-01T09:00:00Z", "en")


@pytest.mark.parametrize("file", [{"transcript": MEETING["transcript"]}, MEETING["transcript"]], ids=["reply", "list"])
def test_the_transcript_alone(file: Any) -> None:
    """`/recordings/ID/transcript` gives no invitees: no sides."""
    read = read_json(file)
    assert claims(file) == ["fathom"]
    assert times(read)[0][0] == 4.0
    assert set(sides(read).values()) == {"unknown"}


def test_a_meeting_without_its_transcript_says_how_to_get_one() -> None:
    """A webhook without text is refused with the next step."""
    with pytest.raises(NoConversation, match="include_transcript"):
        read_json({**MEETING, "transcript": None})


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(MEETING, "fathom")
