"""Gong's call transcripts."""

from __future__ import annotations

from typing import Any

import pytest

from duologue.errors import NoConversation
from speech_json import assert_survives, claims, read_json, sides, spoken, times


def _call(units: int = 1000, **more: Any) -> dict[str, Any]:
    def sentence(start: float, end: float, text: str) -> dict[str, Any]:
        return {"start": start * units, "end": end * units, "text": text}

    return {
        "callId": "77",
        "transcript": [
            {
                "speakerId": "s1",
                "topic": None,
                "sentences": [
                    sentence(1, 3, "Hello there, how have you been?"),
                    sentence(4, 6, "It has been a while."),
                ],
            },
            {
                "speakerId": "s2",
                "topic": "Pricing",
                "sentences": [sentence(7, 10, "Quite well, we moved offices in May.")],
            },
        ],
        **more,
    }


PARTIES = [
    {"id": "1", "speakerId": "s1", "name": "Ines Roca", "affiliation": "Internal"},
    {"id": "2", "speakerId": "s2", "name": "Bo Lind", "affiliation": "External"},
    {"id": "3", "speakerId": None, "name": "Quiet Kim", "affiliation": "External"},
]
FULL = {
    "requestId": "r",
    "records": {"totalRecords": 1},
    "callTranscripts": [_call()],
    "calls": [
        {
            "metaData": {"id": "77", "started": "2026-03-02T10:00:00Z", "duration": 11, "language": "eng"},
            "parties": PARTIES,
        }
    ],
}


def test_names_sides_silent_people_and_times_from_the_calls_beside() -> None:
    """Issue 2: `callTranscripts` with `parties`; affiliations set the side, and who never spoke is still there."""
    read = read_json(FULL)
    assert claims(FULL) == ["gong"]
    assert spoken(read) == [
        ("Ines Roca", "Hello there, how have you been? It has been a while."),
        ("Bo Lind", "Quite well, we moved offices in May."),
    ]
    assert times(read) == [(1.0, 6.0), (7.0, 10.0)]
    assert read.turns[0].pieces == ((1.0, 3.0), (4.0, 6.0))
    assert sides(read) == {"Ines Roca": "ours", "Bo Lind": "theirs", "Quiet Kim": "theirs"}
    assert (read.id, read.started_at, read.notices) == ("77", "2026-03-02T10:00:00Z", ())


@pytest.mark.parametrize("units", [1, 1000], ids=["seconds", "milliseconds"])
@pytest.mark.parametrize("duration", [11, None], ids=["duration", "plausibility"])
def test_seconds_or_milliseconds(units: int, duration: int | None) -> None:
    """By the call's duration where it is given, else by how fast people would have spoken; sure either way."""
    file: dict[str, Any] = {"callTranscripts": [_call(units)]}
    if duration:
        file["calls"] = [{"metaData": {"id": "77", "duration": duration}}]
    read = read_json(file)
    assert times(read) == [(1.0, 6.0), (7.0, 10.0)]
    assert read.notices == ()


def test_where_the_unit_cannot_be_told_it_says_so() -> None:
    """P4: what was assumed about the times is in a notice."""
    sentences = [{"start": 10, "end": 400, "text": "Shall we begin with the budget?"}]
    read = read_json({"callTranscripts": [{"callId": "1", "transcript": [{"speakerId": "9", "sentences": sentences}]}]})
    assert times(read) == [(0.01, 0.4)]
    assert any("milliseconds" in n for n in read.notices)


@pytest.mark.parametrize(
    "file",
    [
        _call(parties=PARTIES),
        {"data": _call(parties=PARTIES)},
        [_call(parties=PARTIES)],
        {"callTranscripts": [_call()], "parties": PARTIES},
        {"callTranscripts": [{**_call(), "metaData": {"parties": PARTIES}}]},
    ],
    ids=["a call", "an envelope", "a list", "parties beside", "parties in metaData"],
)
def test_other_shapes_of_the_same(file: Any) -> None:
    """Connectors hand on a call in several wrappings."""
    assert claims(file) == ["gong"]
    assert [name for name, _ in spoken(read_json(file))] == ["Ines Roca", "Bo Lind"]


def test_of_several_calls_the_first_with_words_and_a_notice() -> None:
    """A page of calls: what was read and what was not is said."""
    empty = {"callId": "1", "transcript": []}
    read = read_json({"callTranscripts": [empty, _call(), {**_call(), "callId": "78"}]})
    assert read.id == "77"
    assert any("3 calls" in n and "number 2" in n for n in read.notices)


@pytest.mark.parametrize("file", [{"callTranscripts": []}, {"callTranscripts": [{"callId": "1", "transcript": None}]}])
def test_an_empty_transcript_is_refused(file: Any) -> None:
    """Nothing was said: a clear line, not an empty review."""
    with pytest.raises(NoConversation):
        read_json(file)


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(FULL, "gong")
