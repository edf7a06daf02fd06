"""AssemblyAI's transcripts."""

from __future__ import annotations

from typing import Any

import pytest

from duologue.errors import NoConversation
from speech_json import assert_survives, claims, read_json, spoken, times


def _word(text: str, start: int, end: int, speaker: str | None) -> dict[str, Any]:
    return {"text": text, "start": start, "end": end, "confidence": 0.9, "speaker": speaker}


WORDS = [_word("Hello.", 100, 400, "A"), _word("Hi", 600, 700, "B"), _word("there.", 710, 900, "B")]
DONE: dict[str, Any] = {
    "id": "t1",
    "status": "completed",
    "audio_url": "https://a.example/x.mp3",
    "language_code": "en_us",
    "text": "Hello. Hi there.",
    "words": WORDS,
    "utterances": [
        {"speaker": "A", "text": "Hello.", "start": 100, "end": 400, "confidence": 0.9, "words": WORDS[:1]},
        {"speaker": "B", "text": "Hi there.", "start": 600, "end": 900, "confidence": 0.9, "words": WORDS[1:]},
    ],
    "audio_duration": 1,
}


@pytest.mark.parametrize(
    "file", [DONE, {"output": DONE}, {**DONE, "utterances": None}], ids=["whole", "envelope", "words"]
)
def test_speakers_times_and_words(file: Any) -> None:
    """By utterances, else by the words' own speakers; milliseconds become seconds."""
    read = read_json(file)
    assert claims(file) == ["assemblyai"]
    assert spoken(read) == [("A", "Hello."), ("B", "Hi there.")]
    assert times(read) == [(0.1, 0.4), (0.6, 0.9)]
    assert [w.text for w in read.turns[1].words] == ["Hi", "there."]
    assert read.turns[1].words[0].confidence == 0.9


def test_without_speakers_the_text_is_the_files_own() -> None:
    """One unknown speaker and a notice."""
    words = [{k: v for k, v in w.items() if k != "speaker"} for w in WORDS]
    read = read_json({**DONE, "utterances": None, "words": words, "text": "Hello.  Hi there."})
    assert spoken(read) == [("Unknown speaker", "Hello.  Hi there.")]
    assert any("does not say who spoke" in n for n in read.notices)


def test_channels_are_people_and_are_put_in_order() -> None:
    """Multichannel: a channel a person, which is what measures of gaps need."""
    late, early = dict(DONE["utterances"][1], channel="2"), dict(DONE["utterances"][0], channel="1")
    read = read_json({**DONE, "multichannel": True, "utterances": [late, early]})
    assert [name for name, _ in spoken(read)] == ["Channel 1", "Channel 2"]
    assert read.separate_channels


@pytest.mark.parametrize("status", ["queued", "processing", "error"])
def test_a_job_without_text_is_refused(status: str) -> None:
    """The state of a job is no transcript; what to do next is said."""
    with pytest.raises(NoConversation):
        read_json({"id": "t", "status": status, "audio_url": "https://a.example/x.mp3", "text": None, "words": None})


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(DONE, "assemblyai")
