"""Azure's batch and fast transcriptions."""

from __future__ import annotations

from typing import Any

import pytest

from duologue.errors import NoConversation
from speech_json import assert_survives, claims, read_json, spoken, times


def _phrase(text: str, start: float, length: float, unit: str, **more: Any) -> dict[str, Any]:
    def spans(a: float, b: float) -> dict[str, Any]:
        if unit == "ticks":
            return {"offsetInTicks": a * 1e7, "durationInTicks": b * 1e7, "offset": f"PT{a}S", "duration": f"PT{b}S"}
        if unit == "iso":
            return {"offset": f"PT{a}S", "duration": f"PT{b}S"}
        return {"offsetMilliseconds": a * 1000, "durationMilliseconds": b * 1000}

    words = [{"word": text.lower(), "confidence": 0.7, **spans(start, length)}]
    best = [{"confidence": 0.9, "lexical": text.lower(), "display": text, "words": words}]
    return {"recognitionStatus": "Success", "channel": 0, "nBest": best, **spans(start, length), **more}


def _file(unit: str) -> dict[str, Any]:
    phrases = [_phrase("Welcome.", 0.5, 1.5, unit, speaker=1), _phrase("Thanks.", 2.5, 0.5, unit, speaker=2)]
    return {"source": "x", "timestamp": "2026-01-01T00:00:00Z", "recognizedPhrases": phrases}


@pytest.mark.parametrize("unit", ["ticks", "iso", "milliseconds"])
def test_every_unit_of_time(unit: str) -> None:
    """v3 has ticks and ISO durations, 2024-11-15 milliseconds."""
    read = read_json(_file(unit))
    assert claims(_file(unit)) == ["azure-batch"]
    assert spoken(read) == [("Speaker 1", "Welcome."), ("Speaker 2", "Thanks.")]
    assert times(read) == [(0.5, 2.0), (2.5, 3.0)]
    assert read.turns[0].words[0].confidence == 0.7


def test_channels_are_people() -> None:
    """Stereo: the channels are listed one after the other and are woven by time."""
    phrases = [_phrase("Thanks.", 2.5, 0.5, "ticks", channel=1), _phrase("Welcome.", 0.5, 1.5, "ticks", channel=0)]
    read = read_json({"recognizedPhrases": phrases})
    assert spoken(read) == [("Channel 0", "Welcome."), ("Channel 1", "Thanks.")]
    assert read.separate_channels


def test_the_fast_transcription() -> None:
    """`phrases` with their text in them."""
    phrases = [
        {"offsetMilliseconds": 40, "durationMilliseconds": 960, "text": "Good day.", "speaker": 1, "locale": "en-GB"}
    ]
    file = {"durationMilliseconds": 2000, "combinedPhrases": [{"text": "Good day."}], "phrases": phrases}
    read = read_json(file)
    assert claims(file) == ["azure-batch"]
    assert times(read) == [(0.04, 1.0)]
    assert read.language == "en-GB"


def test_v2_with_capitals() -> None:
    """v2.0 spells its keys with capitals and has bare ticks."""
    segment = {"Offset": 5000000, "Duration": 10000000, "SpeakerId": "1", "NBest": [{"Display": "Hello."}]}
    read = read_json({"AudioFileResults": [{"AudioFileName": "a.wav", "SegmentResults": [segment]}]})
    assert (spoken(read), times(read)) == ([("Speaker 1", "Hello.")], [(0.5, 1.5)])


def test_nothing_recognised_is_refused() -> None:
    """Empty phrases."""
    with pytest.raises(NoConversation):
        read_json({"recognizedPhrases": [], "combinedRecognizedPhrases": []})


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(_file("ticks"), "azure-batch")
