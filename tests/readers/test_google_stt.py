"""Google Speech-to-Text."""

from __future__ import annotations

from typing import Any

import pytest

from speech_json import assert_survives, claims, read_json, spoken, times


def _v1(word: str, start: str, end: str, tag: int = 0) -> dict[str, Any]:
    return {"startTime": start, "endTime": end, "word": word, **({"speakerTag": tag} if tag else {})}


def _result(text: str, *words: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "alternatives": [{"transcript": text, "confidence": 0.9, "words": list(words)}],
        "languageCode": "en-gb",
        **more,
    }


PLAIN = [
    _result("Shall we?", _v1("Shall", "0s", "0.400s"), _v1("we?", "0.400s", "0.9s")),
    _result(" Let's.", _v1("Let's.", "1.300s", "2s")),
]
ALL = _result("", _v1("Shall", "0s", "0.400s", 2), _v1("we?", "0.400s", "0.9s", 2), _v1("Let's.", "1.300s", "2s", 1))


@pytest.mark.parametrize(
    "file",
    [{"results": [*PLAIN, ALL]}, {"name": "1", "done": True, "response": {"@type": "x", "results": [*PLAIN, ALL]}}],
)
def test_v1_takes_speakers_from_the_last_result_only(file: Any) -> None:
    """The last result says all words once more with their speakers: they are not counted twice."""
    read = read_json(file)
    assert claims(file) == ["google-stt"]
    assert spoken(read) == [("Speaker 2", "Shall we?"), ("Speaker 1", "Let's.")]
    assert times(read) == [(0.0, 0.9), (1.3, 2.0)]
    assert read.language == "en-gb"


def test_v2_by_file_with_labels_and_zeros_left_out() -> None:
    """A batch result by file; the JSON of protobuf leaves a start of zero out."""
    words = [{"endOffset": "0.4s", "word": "Shall", "speakerLabel": "1"}, {"startOffset": "0.4s", "endOffset": "0.9s",
             "word": "we?", "speakerLabel": "1"}]  # fmt: skip
    answer = [{"startOffset": "1.3s", "endOffset": "2s", "word": "Let's.", "speakerLabel": "2"}]
    results = [_result("Shall we?", *words), _result("Let's.", *answer)]
    file = {"results": {"gs://b/x.wav": {"transcript": {"results": results}}}}
    read = read_json(file)
    assert claims(file) == ["google-stt"]
    assert spoken(read) == [("Speaker 1", "Shall we?"), ("Speaker 2", "Let's.")]
    assert times(read) == [(0.0, 0.9), (1.3, 2.0)]


def test_durations_as_seconds_and_nanos() -> None:
    """Client libraries write {seconds, nanos}; an empty one is zero."""
    words = [{"startTime": {}, "endTime": {"seconds": "1", "nanos": 500000000}, "word": "Well."}]
    assert times(read_json({"results": [_result("Well.", *words)]})) == [(0.0, 1.5)]


def test_without_speakers_each_result_is_the_files_own_text() -> None:
    """One unknown speaker."""
    assert spoken(read_json({"results": PLAIN})) == [("Unknown speaker", "Shall we? Let's.")]


def test_channels_are_people() -> None:
    """`channelTag` tells the channels apart; they are woven by time."""
    file = {"results": [dict(PLAIN[1], channelTag=2), dict(PLAIN[0], channelTag=1)]}
    read = read_json(file)
    assert spoken(read) == [("Channel 1", "Shall we?"), ("Channel 2", "Let's.")]
    assert read.separate_channels


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives({"results": [*PLAIN, ALL]}, "google-stt")
