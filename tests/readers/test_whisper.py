"""Whisper and its kin."""

from __future__ import annotations

from typing import Any

import pytest

from speech_json import assert_survives, claims, read_json, spoken, times


def _segment(text: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {"id": 0, "seek": 0, "start": start, "end": end, "text": text, "tokens": [1], "avg_logprob": -0.2, **more}


def _word(text: str, start: float | None, end: float | None, **more: Any) -> dict[str, Any]:
    return {"word": text, **({"start": start, "end": end, "score": 0.8} if start is not None else {}), **more}


OPENAI = {
    "text": " So. Well.",
    "language": "en",
    "segments": [_segment(" So.", 0.0, 1.0), _segment(" Well.", 1.5, 2.0)],
}
WHISPERX = {
    "segments": [
        {"start": 0.0, "end": 1.0, "text": " So it is.", "speaker": "SPEAKER_01",
         "words": [_word("So", 0.0, 0.2, speaker="SPEAKER_01"), _word("5", None, None), _word("is.", 0.5, 1.0)]},
        {"start": 1.5, "end": 2.0, "text": " Well.", "speaker": "SPEAKER_00", "words": [_word("Well.", 1.5, 2.0)]},
    ],
    "word_segments": [],
    "language": "en",
}  # fmt: skip
CPP = {
    "systeminfo": "x", "model": {"type": "base"}, "params": {}, "result": {"language": "en"},
    "transcription": [
        {"timestamps": {"from": "00:00:00,000", "to": "00:00:01,000"}, "offsets": {"from": 0, "to": 1000},
         "text": " Hello you.",
         "tokens": [{"text": "[_BEG_]", "offsets": {"from": 0, "to": 0}, "p": 0.9},
                    {"text": " Hel", "offsets": {"from": 0, "to": 200}, "p": 0.9},
                    {"text": "lo", "offsets": {"from": 200, "to": 400}, "p": 0.5},
                    {"text": " you.", "offsets": {"from": 400, "to": 1000}, "p": 0.9}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "file",
    [
        OPENAI,
        OPENAI["segments"],
        [OPENAI["segments"], {"language": "en"}],
        {**OPENAI, "task": "transcribe", "duration": 2.0},
    ],
    ids=["openai-whisper", "faster-whisper", "faster-whisper with info", "verbose_json"],
)
def test_without_speakers_one_unknown_speaker(file: Any) -> None:
    """Segments merge into one turn whose pieces are kept; a notice says that it may be several people."""
    read = read_json(file)
    assert claims(file) == ["whisper"]
    assert spoken(read) == [("Unknown speaker", "So. Well.")]
    assert read.turns[0].pieces == ((0.0, 1.0), (1.5, 2.0))
    assert any("does not say who spoke" in n for n in read.notices)


def test_whisperx_speakers_by_segment() -> None:
    """Names as the file spells them; words without times keep none."""
    read = read_json(WHISPERX)
    assert claims(WHISPERX) == ["whisper"]
    assert spoken(read) == [("SPEAKER_01", "So it is."), ("SPEAKER_00", "Well.")]
    assert [w.start for w in read.turns[0].words] == [0.0, None, 0.5]


def test_whisperx_speakers_by_word() -> None:
    """Where only words have speakers, a segment is cut between them."""
    words = [_word("Ready?", 0.0, 0.4, speaker="S1"), _word("Um", None, None), _word("Yes.", 0.6, 1.0, speaker="S2")]
    read = read_json(
        {"segments": [{"start": 0.0, "end": 1.0, "text": " Ready? Um Yes.", "words": words}], "language": "en"}
    )
    assert spoken(read) == [("S1", "Ready? Um"), ("S2", "Yes.")]


def test_whisper_cpp() -> None:
    """Offsets in milliseconds; tokens become words, marks of the model do not."""
    read = read_json(CPP)
    assert claims(CPP) == ["whisper"]
    assert times(read) == [(0.0, 1.0)]
    assert [(w.text, w.end, w.confidence) for w in read.turns[0].words] == [("Hello", 0.4, 0.5), ("you.", 1.0, 0.9)]


def test_the_transformers_pipeline() -> None:
    """Chunks with a pair of times; with speakers where a diarised list stands beside."""
    chunks = [{"timestamp": [0.0, 1.0], "text": " So."}, {"timestamp": [1.0, None], "text": " Well."}]
    assert spoken(read_json({"text": " So. Well.", "chunks": chunks})) == [("Unknown speaker", "So. Well.")]
    speakers = [dict(c, speaker=f"SPEAKER_0{n}") for n, c in enumerate(chunks)]
    assert [n for n, _ in spoken(read_json({"speakers": speakers, "chunks": chunks}))] == ["SPEAKER_00", "SPEAKER_01"]


@pytest.mark.parametrize("name", ["openai", "whisperx", "cpp"])
def test_mangled_files_end_in_a_conversation_or_in_our_error(name: str) -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives({"openai": OPENAI, "whisperx": WHISPERX, "cpp": CPP}[name], "whisper", examples=40)
