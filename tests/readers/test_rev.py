"""Rev.ai's monologues."""

from __future__ import annotations

from typing import Any

from speech_json import assert_survives, claims, read_json, spoken, times


def _text(value: str, ts: Any, end: Any) -> dict[str, Any]:
    return {"type": "text", "value": value, "ts": ts, "end_ts": end, "confidence": 0.95}


def _punct(value: str) -> dict[str, Any]:
    return {"type": "punct", "value": value}


FILE: dict[str, Any] = {
    "monologues": [
        {"speaker": 0, "elements": [_text("Hi", 0.5, 0.7), _punct(", "), _text("Jo", 0.8, 1.1), _punct(".")]},
        {
            "speaker": 1,
            "speaker_info": {"id": "x", "display_name": "Jo"},
            "elements": [{"type": "unknown", "value": "<crosstalk>"}, _punct(" "), _text("Hello", 2, 2.4)],
        },
    ]
}


def test_values_in_a_row_are_the_text() -> None:
    """Punctuation brings its blanks; names where the file has them."""
    read = read_json(FILE)
    assert claims(FILE) == ["rev"]
    assert spoken(read) == [("Speaker 0", "Hi, Jo."), ("Jo", "<crosstalk> Hello")]
    assert times(read) == [(0.5, 1.1), (2.0, 2.4)]
    assert [w.text for w in read.turns[0].words] == ["Hi", "Jo"]


def test_words_without_blanks_between_them_do_not_run_together() -> None:
    """Some files leave the blanks out."""
    elements = [_text("Hi", 0.5, 0.7), _text("Jo", 0.8, 1.1), _punct(".")]
    assert spoken(read_json({"monologues": [{"speaker": 0, "elements": elements}]})) == [("Speaker 0", "Hi Jo.")]


def test_clocks_and_a_list_of_speakers() -> None:
    """Transcripts that people made have clocks and names."""
    elements = [{"type": "text", "value": "Hi", "timestamp": "00:01:02,500", "end_timestamp": "00:01:03,000"}]
    file = {
        "speakers": [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Ben"}],
        "monologues": [{"speaker": 1, "elements": elements}],
    }
    read = read_json(file)
    assert times(read) == [(62.5, 63.0)]
    assert [s.name for s in read.speakers] == ["Ann", "Ben"]


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(FILE, "rev")
