"""Amazon Transcribe's batch output."""

from __future__ import annotations

from typing import Any

from speech_json import assert_survives, claims, read_json, spoken, times


def _item(text: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {"type": "pronunciation", "alternatives": [{"confidence": "0.99", "content": text}],
            "start_time": str(start), "end_time": str(end), **more}  # fmt: skip


def _mark(text: str) -> dict[str, Any]:
    return {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": text}]}


def _job(items: list[dict[str, Any]], **results: Any) -> dict[str, Any]:
    transcripts = [{"transcript": "Well then. Yes, good"}]
    return {"jobName": "job", "status": "COMPLETED", "results": {"transcripts": transcripts, "items": items, **results}}


ITEMS = [
    _item("Well", 0.1, 0.4), _item("then", 0.5, 0.8), _mark("."),
    _item("Yes", 1.5, 1.7), _mark(","), _item("good", 2.0, 2.2),
]  # fmt: skip


def _segment(who: str, start: float, end: float, *starts: float) -> dict[str, Any]:
    items = [{"start_time": str(s), "end_time": "0", "speaker_label": who} for s in starts]
    return {"start_time": str(start), "end_time": str(end), "speaker_label": who, "items": items}


SEGMENTS = [_segment("spk_0", 0.0, 1.0, 0.1, 0.5), _segment("spk_1", 1.4, 1.8, 1.5), _segment("spk_1", 1.9, 2.3, 2.0)]
LABELLED = _job(ITEMS, speaker_labels={"speakers": 2, "segments": SEGMENTS})


def test_speaker_labels() -> None:
    """Punctuation joins the word before it; the file's segments give the times, and stay as pieces of a merged turn."""
    read = read_json(LABELLED)
    assert claims(LABELLED) == ["aws"]
    assert spoken(read) == [("spk_0", "Well then."), ("spk_1", "Yes, good")]
    assert times(read) == [(0.0, 1.0), (1.4, 2.3)]
    assert read.turns[1].pieces == ((1.4, 1.8), (1.9, 2.3))
    assert [w.text for w in read.turns[0].words] == ["Well", "then"]


def test_speakers_on_the_items_themselves() -> None:
    """Newer output says it with each item."""
    items = [dict(i, speaker_label="spk_1" if n > 2 else "spk_0") for n, i in enumerate(ITEMS)]
    assert spoken(read_json(_job(items))) == [("spk_0", "Well then."), ("spk_1", "Yes, good")]


def test_segments_without_lists_of_items() -> None:
    """Where a segment does not say which items are its own, their times do."""
    bare = [{k: v for k, v in s.items() if k != "items"} for s in SEGMENTS]
    assert spoken(read_json(_job(ITEMS, speaker_labels={"segments": bare}))) == spoken(read_json(LABELLED))


def test_channel_labels() -> None:
    """A channel a person, woven by time."""
    channels = [
        {"channel_label": "ch_0", "items": [_item("Well", 0.1, 0.4), _mark("."), _item("Right", 5.0, 5.2)]},
        {"channel_label": "ch_1", "items": [_item("Yes", 1.5, 1.7), _mark("!")]},
    ]
    read = read_json(_job(ITEMS, channel_labels={"channels": channels, "number_of_channels": 2}))
    assert spoken(read) == [("ch_0", "Well."), ("ch_1", "Yes!"), ("ch_0", "Right")]
    assert read.separate_channels


def test_neither() -> None:
    """One unknown speaker and the file's own text."""
    read = read_json(_job(ITEMS))
    assert spoken(read) == [("Unknown speaker", "Well then. Yes, good")]
    assert times(read) == [(0.1, 2.2)]


def test_audio_segments_alone() -> None:
    """Some keep only the segments with their text."""
    kept = [{"id": 0, "transcript": "Well then.", "start_time": "0.1", "end_time": "0.8", "speaker_label": "spk_0"}]
    job = _job([], audio_segments=kept)
    job["results"]["transcripts"] = []
    assert spoken(read_json(job)) == [("spk_0", "Well then.")]


def test_mangled_files_end_in_a_conversation_or_in_our_error() -> None:
    """Issue 2, bad input: never an exception other than ours."""
    assert_survives(LABELLED, "aws")
