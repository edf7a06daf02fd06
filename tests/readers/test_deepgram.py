"""Deepgram's replies."""

from __future__ import annotations

from typing import Any

import pytest

from speech_json import assert_survives, claims, read_json, spoken, times


def _word(text: str, start: float, end: float, speaker: int | None = None) -> dict[str, Any]:
    word = {"word": text.lower().strip(".?"), "punctuated_word": text, "start": start, "end": end, "confidence": 0.8}
    return word if speaker is None else {**word, "speaker": speaker, "speaker_confidence": 0.6}


def _reply(*channels: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    made = [
        {"alternatives": [{"transcript": " ".join(w["punctuated_word"] for w in c), "confidence": 0.9, "words": c}]}
        for c in channels
    ]
    return {"metadata": {"request_id": "q1", "channels": len(channels)}, "results": {"channels": made, **more}}


TWO = [_word("Ready?", 0.0, 0.5, 0), _word("Yes.", 0.9, 1.2, 1), _word("Always.", 1.3, 1.9, 1)]
UTTERANCES = [
    {"start": 0.0, "end": 0.5, "channel": 0, "speaker": 0, "transcript": "Ready?", "words": TWO[:1], "id": "u0"},
    {"start": 0.9, "end": 1.9, "channel": 0, "speaker": 1, "transcript": "Yes. Always.", "words": TWO[1:], "id": "u1"},
]


@pytest.mark.parametrize(
    "file",
    [
        _reply(TWO, utterances=UTTERANCES),
        _reply(TWO),
        {"output": _reply(TWO)},
        {**_reply(TWO), "utterances": UTTERANCES},
    ],
    ids=["utterances", "words", "envelope", "utterances beside"],
)
def test_diarised_with_and_without_utterances(file: Any) -> None:
    """Issue 2: both give the same turns, words and times."""
    read = read_json(file)
    assert claims(file) == ["deepgram"]
    assert spoken(read) == [("Speaker 0", "Ready?"), ("Speaker 1", "Yes. Always.")]
    assert [s.id for s in read.speakers] == ["0", "1"]
    assert times(read) == [(0.0, 0.5), (0.9, 1.9)]
    assert [w.text for w in read.turns[1].words] == ["Yes.", "Always."]
    assert not read.separate_channels


def test_speaker_confidence_is_kept() -> None:
    """P4: how sure the file is of who spoke goes along."""
    assert read_json(_reply(TWO, utterances=UTTERANCES)).turns[0].speaker_confidence == 0.6


def test_paragraphs_say_who_spoke_where_words_do_not() -> None:
    """The smart format's paragraphs carry the speakers."""
    file = _reply([_word("Ready?", 0.0, 0.5), _word("Yes.", 0.9, 1.2)])
    sentences = [[{"text": "Ready?", "start": 0.0, "end": 0.5}], [{"text": "Yes.", "start": 0.9, "end": 1.2}]]
    file["results"]["channels"][0]["alternatives"][0]["paragraphs"] = {
        "transcript": "",
        "paragraphs": [
            {"speaker": n, "start": s[0]["start"], "end": s[0]["end"], "sentences": s} for n, s in enumerate(sentences)
        ],
    }
    assert spoken(read_json(file)) == [("Speaker 0", "Ready?"), ("Speaker 1", "Yes.")]


def test_channels_are_woven_by_time() -> None:
    """Two channels are two people who took turns, not two monologues."""
    one = [_word("Ready?", 0.0, 0.5), _word("Good.", 3.0, 3.3)]
    two = [_word("Nearly.", 1.0, 1.6)]
    read = read_json(_reply(one, two))
    assert spoken(read) == [("Channel 0", "Ready?"), ("Channel 1", "Nearly."), ("Channel 0", "Good.")]
    assert read.separate_channels


def test_without_speakers_the_text_is_the_files_own() -> None:
    """One unknown speaker, the transcript as it stands, a notice."""
    file = _reply([_word("Ready?", 0.0, 0.5)])
    file["results"]["channels"][0]["alternatives"][0]["transcript"] = "Ready, then?"
    read = read_json(file)
    assert spoken(read) == [("Unknown speaker", "Ready, then?")]
    assert times(read) == [(0.0, 0.5)]


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(_reply(TWO, [_word("Hm.", 0.2, 0.4, 0)], utterances=UTTERANCES), "deepgram")
