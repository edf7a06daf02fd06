"""Real files of the JSON formats, as other tools wrote them: the right speakers, order and times (issue 2)."""

from __future__ import annotations

import json

import pytest

from duologue.errors import NoConversation
from duologue.readers import read
from support import shared

# file → source, names in order, number of turns, start of the first, end of the last
HOLD_A_CONVERSATION = {
    "assemblyai/assemblyai_utterances.json": ("assemblyai", ["A"], 1, 0.17, 25.14),
    "aws-transcribe/WSJ8623212922.mp3.json": ("aws", [f"spk_{n}" for n in range(5)], 50, 1.6, 1177.08),
    "aws-transcribe/amazonTranscribe.sample.json": ("aws", ["Unknown speaker"], 1, 13.03, 705.995),
    "chorus/minimal_conversation.json": ("chorus", ["Ann"], 1, 3.2, 4.7),
    "deepgram/dg_transcription.json": ("deepgram", ["Unknown speaker"], 1, 0.08, 25.44),
    "deepgram/dg_utterances.json": ("deepgram", ["Unknown speaker"], 1, 0.08, 25.44),
    "fathom/minimal_transcript.json": ("fathom", ["Alice Johnson"], 1, 332.0, 334.5),
    "fireflies/fireflies-get-transcript-example.json": (
        "fireflies", ["Alice Johnson", "Bob Smith", "Carol Lee"], 2, 5.2, 16.3,
    ),
    "gong/minimal_v2_calls_transcript.json": ("gong", ["6143068094786164742"], 1, 0.06, 0.6),
    "google-meet/meet_rest_v2_entries.json": ("google-meet", ["Ann", "Guest", "+1 555"], 2, 0.0, None),
    "google-stt/gcpSttSpeakerDiarization.sample.json": ("google-stt", ["Speaker 2", "Speaker 1"], 3, 12.9, 706.0),
    "vcon-mcp-hackathon/teams-vpn-support.json": ("json", ["Agent Lisa Park", "David Chen"], 15, None, None),
    "whisper/whisper_timestamped.json": ("whisper", ["Unknown speaker"], 1, 0.12, 25.32),
}  # fmt: skip
HOLD_NONE = [
    "gong/gong-calltranscript-schema.json",
    "gong/gong-transcript-schema.json",
    "azure-batch/transcriptionresult_v3.schema.json",
    "azure-batch/transcriptionresult_v3_2.schema.json",
    "azure-batch/transcriptionresult_v2024-11-15.schema.json",
]


@pytest.mark.parametrize("file", HOLD_A_CONVERSATION)
def test_a_real_file_reads_with_its_speakers_order_and_times(file: str) -> None:
    """By content alone, with nothing said about the format."""
    source, names, turns, first, last = HOLD_A_CONVERSATION[file]
    conversation = read(shared(f"samples/{file}"))
    assert conversation.source == source
    assert [s.name for s in conversation.speakers] == names
    assert len(conversation.turns) == turns
    assert (conversation.turns[0].start, conversation.turns[-1].end) == (first, last)


@pytest.mark.parametrize("file", HOLD_NONE)
def test_a_schema_is_refused_by_name(file: str) -> None:
    """A description of a format holds no conversation."""
    with pytest.raises(NoConversation, match="Schema"):
        read(shared(f"samples/{file}"))


def test_no_word_of_amazons_is_lost_and_talk_time_is_its_own_segments() -> None:
    """The turns hold the file's whole text in order, and as much talk as the file's segments."""
    path = shared("samples/aws-transcribe/WSJ8623212922.mp3.json")
    results = json.loads(path.read_text())["results"]
    conversation = read(path)
    said = " ".join(t.text for t in conversation.turns)
    assert said.split() == results["transcripts"][0]["transcript"].split()
    own: dict[str, float] = {}
    for s in results["speaker_labels"]["segments"]:
        own[s["speaker_label"]] = own.get(s["speaker_label"], 0.0) + float(s["end_time"]) - float(s["start_time"])
    talk: dict[str, float] = {}
    for t in conversation.turns:
        for start, end in t.pieces or ((t.start or 0.0, t.end or 0.0),):
            talk[t.speaker] = talk.get(t.speaker, 0.0) + end - start
    assert talk == pytest.approx(own, abs=0.01)


def test_googles_repeated_words_are_counted_once() -> None:
    """The last result repeats every word with its speaker: the turns hold that list and nothing else."""
    path = shared("samples/google-stt/gcpSttSpeakerDiarization.sample.json")
    words = json.loads(path.read_text())["results"][-1]["alternatives"][0]["words"]
    conversation = read(path)
    assert [w.text for t in conversation.turns for w in t.words] == [w["word"] for w in words]
