"""Google Meet's transcript entries."""

from __future__ import annotations

from typing import Any

import pytest

from duologue.errors import NoConversation
from speech_json import assert_survives, claims, read_json, spoken, times

ROOT = "conferenceRecords/k1"


def _entry(n: int, who: int, text: str, start: str | None, end: str | None) -> dict[str, Any]:
    entry = {"name": f"{ROOT}/transcripts/t/entries/{n}", "participant": f"{ROOT}/participants/{who}", "text": text,
             "languageCode": "en-US", "startTime": start, "endTime": end}  # fmt: skip
    return {k: v for k, v in entry.items() if v is not None}


PEOPLE = [
    {"name": f"{ROOT}/participants/1", "signedinUser": {"user": "users/9", "displayName": "Eva"}},
    {"name": f"{ROOT}/participants/2", "anonymousUser": {"displayName": "Visitor"}},
    {"name": f"{ROOT}/participants/3", "phoneUser": {"displayName": "+44 20"}},
]
ENTRIES = [
    _entry(1, 1, "Can you hear me?", "2026-05-05T08:00:10.250Z", "2026-05-05T08:00:12Z"),
    _entry(2, 2, "I can.", "2026-05-05T08:00:13Z", "2026-05-05T08:00:14.123456789Z"),
]
FILE: dict[str, Any] = {"transcriptEntries": ENTRIES, "participants": PEOPLE}


def test_names_and_seconds_from_the_first_entry() -> None:
    """Clock times become seconds; the phone guest who said nothing is still there."""
    read = read_json(FILE)
    assert claims(FILE) == ["google-meet"]
    assert spoken(read) == [("Eva", "Can you hear me?"), ("Visitor", "I can.")]
    assert times(read) == [(0.0, 1.75), (2.75, 3.873)]
    assert [s.name for s in read.speakers] == ["Eva", "Visitor", "+44 20"]
    assert (read.started_at, read.language) == ("2026-05-05T08:00:10.250Z", "en-US")


def test_seconds_from_the_start_of_the_conference_where_it_is_known() -> None:
    """The conference record says when it began."""
    read = read_json({**FILE, "conferenceRecord": {"name": ROOT, "startTime": "2026-05-05T08:00:00Z"}})
    assert times(read)[0] == (10.25, 12.0)
    assert read.started_at == "2026-05-05T08:00:00Z"


@pytest.mark.parametrize("file", [ENTRIES, {"data": FILE}, {"entries": ENTRIES}], ids=["list", "envelope", "entries"])
def test_other_wrappings(file: Any) -> None:
    """Without participants a speaker is called by the last part of the resource name."""
    assert claims(file) == ["google-meet"]
    assert len(read_json(file).turns) == 2


def test_entries_without_times_keep_none() -> None:
    """Issue 2: times that a format lacks stay None."""
    read = read_json({"transcriptEntries": [_entry(1, 1, "Hello", None, None)]})
    assert times(read) == [(None, None)]
    assert read.started_at is None


def test_no_entries_are_refused() -> None:
    """An empty transcript."""
    with pytest.raises(NoConversation):
        read_json({"transcriptEntries": [], "participants": PEOPLE})


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(FILE, "google-meet")
