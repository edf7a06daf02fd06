"""Files as other tools write them, under ../shared/samples: speakers, order and times (issue 2)."""

from __future__ import annotations

import pytest

from duologue.errors import NoConversation
from duologue.model import Conversation
from duologue.readers import ReadOptions, read, read_source
from duologue.readers import load as load_source
from support import shared

UNKNOWN = ["Unknown speaker"]
# File → source, speakers, number of turns, start and end of the whole.
CAPTIONS = {
    "vtt-generic/captions_with_bom.vtt": ("webvtt", UNKNOWN, 1, 0.5, 21.58),
    "vtt-generic/comments.vtt": ("webvtt", UNKNOWN, 1, 135.0, 150.0),
    "vtt-generic/cue_tags.vtt": ("webvtt", UNKNOWN, 1, 16.5, 21.5),
    "vtt-generic/metadata_headers.vtt": ("webvtt", UNKNOWN, 1, 0.5, 11.89),
    "vtt-generic/missing_timeframe.vtt": ("webvtt", UNKNOWN, 1, 0.5, 30.28),
    "srt-generic/sample.srt": ("srt", UNKNOWN, 1, 0.5, 23.88),
    "srt-generic/missing_caption_text.srt": ("srt", UNKNOWN, 1, 0.5, 23.88),
    "sbv/two_captions.sbv": ("sbv", UNKNOWN, 1, 0.378, 12.305),
    "msteams-vtt/wayes_sample.vtt": (
        "webvtt",
        ["Mayor Johnson", "Council Member Davis", "Council Member Smith", "Council Member Park"],
        8, 1.0, 110.0,
    ),
}  # fmt: skip


def _read(relative: str) -> Conversation:
    return read(shared("samples") / relative)


@pytest.mark.parametrize("relative", CAPTIONS)
def test_captions(relative: str) -> None:
    """Each file has its speakers, or one unknown speaker and a notice; nothing of the syntax is left in the words."""
    source, speakers, turns, start, end = CAPTIONS[relative]
    c = _read(relative)
    assert (c.source, [s.name for s in c.speakers], len(c.turns)) == (source, speakers, turns)
    assert (c.turns[0].start, c.turns[-1].end) == (start, end)
    assert any("does not say who spoke" in n for n in c.notices) == (speakers == UNKNOWN)
    assert not any(mark in t.text for t in c.turns for mark in ("-->", "<", "NOTE", "WEBVTT"))


def test_words_of_cue_tags_have_times() -> None:
    """Times inside the text are those of words."""
    words = {w.text: w.start for w in _read("vtt-generic/cue_tags.vtt").turns[0].words}
    assert (words["hits"], words["big-a"], words["pie"]) == (17.5, 19.0, 20.0)


def test_language_of_the_header() -> None:
    """`Language: en`."""
    assert _read("vtt-generic/metadata_headers.vtt").language == "en"


def test_the_silence_of_a_caption_without_words_is_no_talk() -> None:
    """An empty caption leaves a gap."""
    pieces = _read("srt-generic/missing_caption_text.srt").turns[0].pieces
    assert pieces == ((0.5, 7.0), (11.89, 23.88))


def test_zoom_saved_transcript() -> None:
    """Wall clocks become seconds from the first."""
    c = _read("zoom/zoom_transcript_input_example.txt")
    assert [s.name for s in c.speakers] == ["Johnny Doe", "Janet Dough"]
    assert [(t.speaker, t.start) for t in c.turns] == [
        ("Johnny Doe", 0.0), ("Janet Dough", 0.0), ("Johnny Doe", 2.0), ("Janet Dough", 4.0), ("Johnny Doe", 5.0),
        ("Janet Dough", 15.0), ("Johnny Doe", 23.0), ("Janet Dough", 32.0),
    ]  # fmt: skip
    assert all(t.end is not None and t.start is not None and t.end > t.start for t in c.turns)


@pytest.mark.parametrize("name", ["test_ddmmyy_24hrs.txt", "test_mmddyyyy_12hrs.txt"])
def test_whatsapp_of_two_locales_reads_the_same(name: str) -> None:
    """The same chat, exported day first and month first."""
    c = _read(f"whatsapp/{name}")
    assert [s.name for s in c.speakers] == ["John Doe", "Jahn Doe", "John-John Doe", "John Doe 🤓", "🤓"]
    assert [t.start for t in c.turns] == [0.0, 1641480.0, 2539440.0, 45462600.0, 92789100.0, 93660300.0, 94559760.0]
    assert c.turns[1].text == "."
    assert c.turns[2].text.count("\n") == 1
    assert c.started_at == "2019-01-01T11:25:00"
    assert any(n.startswith("2 lines of the system") for n in c.notices)


def test_whatsapp_of_an_iphone() -> None:
    """A long chat: every message a turn, times never backwards."""
    c = _read("whatsapp/lorem.txt")
    assert {s.name for s in c.speakers} == {"Mary", "+1 123 456 789", "Giuseppe", "John"}
    lines = (shared("samples") / "whatsapp/lorem.txt").read_text().count("\n[")
    assert len(c.turns) == lines + 1
    starts = [t.start for t in c.turns if t.start is not None]
    assert starts == sorted(starts) and starts[0] == 0.0
    assert c.started_at == "2020-01-15T02:22:56"


def test_rttm_alone_is_refused_and_joins_where_it_fits() -> None:
    """A file of two recordings: the one named as the transcript."""
    path = shared("samples") / "rttm/train.rttm"
    with pytest.raises(NoConversation, match="holds no words"):
        read(path)
    vtt = b"WEBVTT\n\n00:00.200 --> 00:01.000\nHello."
    source = type(load_source(path))(data=vtt, name="filename2.vtt")
    joined = read_source(source, options=ReadOptions(rttm=path.read_text()))
    assert [s.name for s in joined.speakers] == ["speaker_B"]
