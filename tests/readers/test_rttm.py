"""RTTM: refused alone, beside a transcript it says who spoke (issue 2, readers)."""

from __future__ import annotations

from pathlib import Path

import pytest

from duologue.errors import NoConversation, UnreadableInput
from duologue.readers import ReadOptions, Source, read, read_source
from duologue.wire import conversation_to, dumps

VTT = b"""WEBVTT

00:01.000 --> 00:03.000
What brings you here?

00:04.000 --> 00:06.000
Our counts never agree.

00:06.000 --> 00:08.000
Nobody knows why.

00:09.000 --> 00:10.000
Since when?
"""
TWO = "SPEAKER call 1 0.5 2.7 <NA> <NA> ana <NA> <NA>\nSPEAKER call 1 3.9 4.3 <NA> <NA> ben <NA> <NA>\n" \
      "SPEAKER call 1 8.8 1.5 <NA> <NA> ana <NA> <NA>\n"  # fmt: skip


def test_alone_it_is_refused_with_the_next_step() -> None:
    """It holds no words."""
    with pytest.raises(NoConversation, match=r"holds no words.*--rttm"):
        read_source(Source(data=TWO.encode(), name="call.rttm"))


def test_beside_captions_it_gives_each_the_speaker_who_spoke_most() -> None:
    """Captions without speakers become turns of those whom the RTTM hears, and the notice of unknown voices goes."""
    c = read_source(Source(data=VTT, name="call.vtt"), options=ReadOptions(rttm=TWO))
    assert [(t.speaker, t.text, t.start, t.end) for t in c.turns] == [
        ("ana", "What brings you here?", 1.0, 3.0),
        ("ben", "Our counts never agree. Nobody knows why.", 4.0, 8.0),
        ("ana", "Since when?", 9.0, 10.0),
    ]
    assert [s.id for s in c.speakers] == ["ana", "ben"]
    assert not any("does not say who spoke" in n for n in c.notices)
    assert any("taken from the RTTM" in n for n in c.notices)


def test_a_turn_with_word_times_is_split_between_words() -> None:
    """Word times say where the speaker changed; no word is lost or said twice."""
    words = "So what happened then? We lost it. I see."
    times = [1.0, 1.4, 1.8, 2.2, 4.0, 4.4, 4.8, 9.0, 9.4]
    spoken = [{"text": w, "start": t, "end": t + 0.3} for w, t in zip(words.split(), times, strict=True)]
    turn = {"speaker": "s", "start": 1.0, "end": 9.8, "text": words, "words": spoken}
    data = dumps({"format": "duologue.conversation/1", "speakers": [{"id": "s", "name": "Speaker 1"}], "turns": [turn]})
    c = read_source(Source(data=data.encode()), options=ReadOptions(rttm=TWO))
    assert [(t.speaker, t.text, t.start, t.end) for t in c.turns] == [
        ("ana", "So what happened then?", 1.0, 2.5), ("ben", "We lost it.", 4.0, 5.1), ("ana", "I see.", 9.0, 9.8),
    ]  # fmt: skip
    assert [len(t.words) for t in c.turns] == [4, 3, 2]


def test_named_speakers_are_left_alone() -> None:
    """Who the transcript names by name, it knows better."""
    named = VTT.replace(b"What", b"<v Ana Ruiz>What").replace(b"Our", b"<v Speaker 2>Our")
    named = named.replace(b"Since", b"<v Ana Ruiz>Since")
    c = read_source(Source(data=named, name="call.vtt"), options=ReadOptions(rttm=TWO))
    assert [t.speaker for t in c.turns] == ["Ana Ruiz", "ben", "Ana Ruiz"]
    all_named = named.replace(b"Speaker 2", b"Ben").replace(b"Nobody", b"<v Ben>Nobody")
    c = read_source(Source(data=all_named, name="call.vtt"), options=ReadOptions(rttm=TWO))
    assert [s.name for s in c.speakers] == ["Ana Ruiz", "Ben"]
    assert any("was not used" in n for n in c.notices)


def test_words_at_which_nobody_is_heard_stay_unknown() -> None:
    """Nothing is guessed, and a notice counts them."""
    c = read_source(Source(data=VTT), options=ReadOptions(rttm=TWO[: TWO.index("\n")]))
    assert [t.speaker for t in c.turns] == ["ana", "unknown"]
    assert any("hears nobody" in n for n in c.notices)


def test_of_several_recordings_the_one_named_as_the_transcript_is_taken() -> None:
    """Else it is refused with those there are."""
    both = TWO + TWO.replace("call", "other").replace("ana", "x").replace("ben", "y")
    options = ReadOptions(rttm=both)
    for file, first in (("call.vtt", "ana"), ("other.vtt", "x")):
        assert read_source(Source(data=VTT, name=file), options=options).speakers[0].id == first
    with pytest.raises(UnreadableInput, match="“call”, “other”"):
        read_source(Source(data=VTT, name="talk.vtt"), options=options)


@pytest.mark.parametrize(
    "text", ["", "nothing here", "SPEAKER call 1 nan inf <NA> <NA> a <NA> <NA>", "SPEAKER a 1 -1 2 x y z"]
)
def test_an_rttm_without_speech_is_refused(text: str) -> None:
    """Bad input ends in our error."""
    with pytest.raises(UnreadableInput, match="no line of speech"):
        read_source(Source(data=VTT), options=ReadOptions(rttm=text))


def test_read_takes_it_from_a_file(tmp_path: Path) -> None:
    """`duologue review call.vtt --rttm call.rttm` and the library alike; a binary one is refused."""
    (tmp_path / "call.vtt").write_bytes(VTT)
    (tmp_path / "call.rttm").write_text(TWO)
    c = read(tmp_path / "call.vtt", rttm=tmp_path / "call.rttm", us="ana")
    assert [s.side for s in c.speakers] == ["ours", "theirs"]
    assert read_source(Source(data=dumps(conversation_to(c)).encode())) == c
    (tmp_path / "call.rttm").write_bytes(bytes(range(256)))
    with pytest.raises(UnreadableInput, match="no RTTM"):
        read(tmp_path / "call.vtt", rttm=tmp_path / "call.rttm")
