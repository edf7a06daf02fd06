"""Packing and putting back: no sample is lost, and every word returns to its own stretch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue.audio.base import RATE, Heard
from duologue.audio.chunks import Pack, Piece, Tape, put_back, quietest, seconds, sound_of
from duologue.audio.level import evened
from duologue.model import Word


def piece(start: float, end: float, pad: float = 0.0) -> Piece:
    origin, until = round((start - pad) * RATE), round((end + pad) * RATE)
    sound = np.arange(origin, until, dtype=np.float32)  # every sample says where it comes from
    return Piece(track=3, start=round(start * RATE), end=round(end * RATE), origin=origin, sound=sound)


def heard(*words: Word) -> Heard:
    return Heard(track=0, start=0.0, end=9.0, words=words, language="en", doubt="loud")


@given(st.lists(st.tuples(st.floats(0.2, 9), st.floats(0.5, 5)), max_size=20), st.floats(9, 30))
def test_chunks_hold_every_piece_once_and_no_more_than_fits(lengths: list[tuple[float, float]], longest: float) -> None:
    pack, chunks, pieces, at = Pack(round(longest * RATE)), [], [], 0.0
    for length, silence in lengths:
        pieces.append(piece(at, at + length))
        chunks += pack.add(pieces[-1])
        at += length + silence
    chunks += pack.close()
    assert [one for chunk in chunks for one in chunk] == pieces
    assert all(0 < len(sound_of(chunk)) <= round(longest * RATE) for chunk in chunks)
    assert pack.close() == []


def test_the_tape_keeps_what_is_wanted_and_no_more() -> None:
    tape = Tape()
    for at in range(0, 1000, 100):
        tape.add(np.arange(at, at + 100, dtype=np.float32))
    tape.forget(650)
    assert (tape.first, tape.end) == (600, 1000)
    assert tape.cut(650, 720).tolist() == list(range(650, 720))
    assert tape.cut(990, 2000).tolist() == list(range(990, 1000))
    tape.forget(1000)
    assert tape.cut(0, 2000).tolist() == []


def test_words_return_to_the_stretch_in_which_they_were_said() -> None:
    chunk = (piece(10.0, 11.0, 0.25), piece(60.0, 62.0, 0.25))  # 0 to 1.5 s and 1.5 to 4 s of the chunk
    first, second = put_back(
        chunk,
        heard(
            Word(text="early", start=0.0, end=0.5, confidence=0.4),
            Word(text="late", start=0.5, end=1.6),  # its middle lies in the first, its end in the silence after it
            Word(text="other", start=1.7, end=2.5),
            Word(text="longer", start=2.4, end=9.0),
        ),
    )
    assert (first.track, first.start, first.end, first.language, first.doubt) == (3, 10.0, 11.0, "en", "loud")
    assert first.words == (
        Word(text="early", start=10.0, end=10.25, confidence=0.4),
        Word(text="late", start=10.25, end=11.0),
    )
    assert second.words == (Word(text="other", start=60.0, end=60.75), Word(text="longer", start=60.75, end=62.0))


@given(st.lists(st.tuples(st.none() | st.floats(0, 6), st.none() | st.floats(0, 6)), max_size=8))
def test_times_are_in_order_and_within_speech_whatever_a_model_says(times: list[tuple[float | None, ...]]) -> None:
    chunk = (piece(10.0, 11.0, 0.25), piece(60.0, 62.0, 0.25), piece(70.0, 71.0))
    found = put_back(chunk, heard(*(Word(text=str(n), start=a, end=b) for n, (a, b) in enumerate(times))))
    assert sorted(int(word.text) for one in found for word in one.words) == list(range(len(times)))
    for one in found:
        marks = [mark for word in one.words for mark in (word.start, word.end)]
        assert marks == sorted(marks)
        assert all(one.start <= mark <= one.end for mark in marks)


def test_the_calmest_place_is_found() -> None:
    sound = np.ones(RATE, np.float32)
    sound[9000:12000] = 0.01
    assert 9000 < quietest(sound) < 12000
    assert quietest(np.ones(10, np.float32)) == 5


def test_very_quiet_speech_is_lifted_and_ordinary_speech_stays_as_it_is() -> None:
    tone = np.sin(np.arange(RATE) / 5).astype(np.float32)
    assert np.array_equal(evened(np.float32(0.1) * tone), np.float32(0.1) * tone)
    lifted = evened(np.float32(0.0005) * tone)
    assert 20 * np.log10(np.sqrt(np.mean(lifted**2))) == pytest.approx(-25, abs=0.5)
    peaky = np.float32(0.0005) * tone
    peaky[100] = 0.5
    assert np.abs(evened(peaky)).max() < 0.9
    assert not evened(np.zeros(100, np.float32)).any()


def test_seconds_are_to_the_millisecond() -> None:
    assert seconds(16_001) == 1.0
    assert seconds(16_024) == 1.002
