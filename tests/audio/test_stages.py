"""The stages as a stream: what comes out rests on the samples alone, and every word lands where it was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.made import Hears, Loudness, bursts
from duologue.audio.base import RATE, Event, Heard, SpeechEnded, SpeechStarted
from duologue.audio.stages import LIVE, RECORDING, Listening, Pace

PACES = (RECORDING, LIVE)


def events(
    *tracks: np.ndarray,
    pace: Pace = RECORDING,
    hears: Hears | None = None,
    blocks: Sequence[int] = (),
    language: str | None = None,
) -> list[Event]:
    listening = Listening(
        tracks=len(tracks), transcriber=hears or Hears(), activity=Loudness, pace=pace, language=language
    )
    samples, found, at = np.stack(tracks), [], 0
    for size in blocks:
        found += listening.feed(samples[:, at : at + size])
        at += size
    found += listening.feed(samples[:, at:])
    return [*found, *listening.close()]


def heard(found: Iterable[Event], track: int = 0) -> list[Heard]:
    return [event for event in found if isinstance(event, Heard) and event.track == track]


@st.composite
def talk(draw: st.DrawFn, seconds: float = 16.0) -> list[tuple[float, float, float]]:
    """Words of .1 to 2 seconds with gaps of .05 to 2 seconds, each of a loudness of its own."""
    words, at, loud = [], draw(st.floats(0, 1)), 10
    while True:
        length = draw(st.floats(0.1, 2.0))
        if at + length > seconds - 0.1 or loud > 90:
            return words
        words.append((at, at + length, loud / 100))
        at, loud = at + length + draw(st.floats(0.05, 2.0)), loud + 1


@settings(max_examples=25)
@given(st.lists(st.integers(0, 40_000), max_size=12), talk(), talk(), st.sampled_from(PACES))
def test_how_sound_is_split_changes_nothing(
    blocks: list[int], left: list[tuple[float, float, float]], right: list[tuple[float, float, float]], pace: Pace
) -> None:
    tracks = bursts(16, *left), bursts(16, *right)
    assert events(*tracks, pace=pace, hears=Hears(5.0), blocks=blocks) == events(*tracks, pace=pace, hears=Hears(5.0))


@settings(max_examples=25)
@given(talk(), st.sampled_from(PACES), st.sampled_from([3.0, 7.0, 30.0]))
def test_every_word_comes_back_where_it_was_said(
    words: list[tuple[float, float, float]], pace: Pace, longest: float
) -> None:
    found = events(bursts(16, *words), pace=pace, hears=Hears(longest))
    got = [word for event in heard(found) for word in event.words]
    # A word that is itself cut (no silence at all within what the transcriber takes) comes as two of the same text.
    for start, end, loud in words:
        mine = [word for word in got if word.text == str(round(loud * 100))]
        beside = any(-0.1 < gap < 0.3 for a, b, other in words if other != loud for gap in (a - end, start - b))
        if end - start < 0.2 and not beside and not mine:
            continue  # shorter than speech, and nothing near it: taken for a click
        assert mine, f"the word at {start} is lost"
        assert mine[0].start == pytest.approx(start, abs=0.002)
        assert mine[-1].end == pytest.approx(end, abs=0.002)


@settings(max_examples=25)
@given(talk(), st.sampled_from(PACES))
def test_events_are_in_order_and_belong_together(words: list[tuple[float, float, float]], pace: Pace) -> None:
    found = events(bursts(16, *words), pace=pace, hears=Hears(4.0))
    started = [event.at for event in found if isinstance(event, SpeechStarted)]
    ended = [(event.start, event.end) for event in found if isinstance(event, SpeechEnded)]
    assert started == [start for start, _ in ended] == sorted(started)
    assert all(start < end for start, end in ended)
    for (_, end), (start, _) in pairwise(ended):
        assert start - end >= pace.pause - 1e-9
    parts = heard(found)
    assert all(a.end <= b.start for a, b in pairwise(parts))
    for start, end in ended:  # the parts of a stretch begin and end with it
        mine = [part for part in parts if start <= part.start and part.end <= end]
        assert mine[0].start == start
        assert mine[-1].end == end
    for part in parts:
        times = [time for word in part.words for time in (word.start, word.end)]
        assert times == sorted(times)
        assert all(part.start <= time <= part.end for time in times)


@settings(max_examples=25)
@given(talk())
def test_no_piece_is_longer_than_the_transcriber_takes(words: list[tuple[float, float, float]]) -> None:
    for pace in PACES:
        hears = Hears(3.0)
        events(bursts(16, *words), pace=pace, hears=hears)
        assert all(len(piece) <= 3.0 * RATE for _, pieces in hears.asked for piece in pieces)


@settings(max_examples=25)
@given(talk())
def test_listening_ahead_changes_nothing_that_is_heard(words: list[tuple[float, float, float]]) -> None:
    sound = bursts(16, *words)
    assert events(sound, pace=LIVE) == events(sound, pace=replace(LIVE, guess=None))


def test_the_text_is_worked_out_before_the_turn_is_over() -> None:
    hears = Hears()
    listening = Listening(tracks=1, transcriber=hears, activity=Loudness, pace=LIVE)
    sound = bursts(3, (1.0, 2.0, 0.5))[None]
    assert [type(event) for event in listening.feed(sound[:, : int(2.3 * RATE)])] == [SpeechStarted]
    assert len(hears.asked) == 1
    assert [type(event) for event in listening.feed(sound[:, int(2.3 * RATE) :])] == [SpeechEnded, Heard]
    assert len(hears.asked) == 1, "what was worked out ahead is used"


def test_speech_that_goes_on_after_a_short_pause_is_one_stretch() -> None:
    found = events(bursts(4, (1.0, 2.0, 0.3), (2.3, 3.0, 0.4)), pace=LIVE)
    assert [word.text for word in heard(found)[0].words] == ["30", "40"]
    assert len(heard(found)) == 1


def test_stretches_share_a_chunk_and_long_silences_are_left_out() -> None:
    hears = Hears()
    words = [(float(at), at + 1.0, (10 + n) / 100) for n, at in enumerate(range(2, 120, 10))]
    found = events(bursts(122, *words), hears=hears)
    pieces = [piece for _, asked in hears.asked for piece in asked]
    assert len(pieces) == 1
    assert len(pieces[0]) / RATE == pytest.approx(12 * 1.8, abs=0.5), "a second of speech and the pads around it each"
    assert [event.words[0].start for event in heard(found)] == pytest.approx(
        [start for start, _, _ in words], abs=0.002
    )


def test_a_chunk_ends_at_the_longest_silence_that_leaves_it_well_filled() -> None:
    # 8 s: after 6.6 s of sound three seconds of silence, later one second.
    hears = Hears(8.0)
    events(bursts(20, (1, 4, 0.2), (5, 7.6, 0.3), (10.6, 11.3, 0.4), (12.3, 15, 0.5)), hears=hears)
    counts = [len(hears._one(piece, None).words) for _, asked in hears.asked for piece in asked]
    assert counts == [2, 2]


def test_a_stretch_that_is_too_long_is_cut_where_it_is_calmest() -> None:
    hears = Hears(10.0)
    found = events(bursts(25, (0.5, 8.0, 0.2), (8.2, 20.0, 0.3)), hears=hears)
    first, second = heard(found)[:2]
    assert [word.text for word in first.words] == ["20"]
    assert 8.0 <= first.end <= second.start <= 8.2
    assert len([event for event in found if isinstance(event, SpeechEnded)]) == 1, "a cut is no end of a turn"


def test_what_most_of_the_first_chunks_say_is_the_language() -> None:
    hears = Hears(5.0, language=("cy", "en"))  # an even loudness sounds Welsh
    words = [(t, t + 4.0, loud) for t, loud in ((1.0, 0.21), (6.0, 0.22), (11.0, 0.23), (16.0, 0.24), (21.0, 0.26))]
    listening = Listening(tracks=1, transcriber=hears, activity=Loudness)
    found = [*listening.feed(bursts(30, *words)[None]), *listening.close()]
    assert listening.language == "en"
    assert {event.language for event in heard(found)} == {"en"}
    assert [language for language, _ in hears.asked] == [None, "en", "en", "en"]
    assert [len(pieces) for _, pieces in hears.asked] == [3, 1, 1, 1], "the one that said otherwise is read again"


def test_a_short_word_has_no_say_about_the_language_and_a_given_one_is_kept() -> None:
    hears = Hears(language=("cy", "en"))
    sound = bursts(20, (1, 1.5, 0.22), (4, 8, 0.23), (10, 10.5, 0.24), (12, 16, 0.25), (17, 19, 0.27))
    found = events(sound, pace=LIVE, hears=hears)
    assert [event.language for event in heard(found)] == ["cy", "en", "en", "en", "en"]
    assert {event.language for event in heard(events(sound, pace=LIVE, language="de"))} == {"de"}


def test_speech_is_counted_and_silence_is_none() -> None:
    listening = Listening(tracks=2, transcriber=Hears(), activity=Loudness)
    sound = np.stack((bursts(10, (1, 3, 0.2), (5, 8, 0.3)), bursts(10)))
    found = [*listening.feed(sound), *listening.close()]
    assert listening.speech_seconds == pytest.approx((5.0, 0.0), abs=0.15)
    assert not heard(found, 1)


@pytest.mark.parametrize("pace", PACES)
def test_speech_to_the_very_end_is_heard_and_ends_with_it(pace: Pace) -> None:
    found = events(bursts(2.01, (1.0, 2.01, 0.3)), pace=pace)
    assert heard(found)[0].end == 2.01
    assert heard(found)[0].words[0].end == 2.01


def test_nothing_at_all_and_what_is_no_number() -> None:
    assert events(np.zeros(0, np.float32)) == []
    assert events(np.full(RATE, np.nan, np.float32)) == []


def test_wrong_shapes_and_times_are_refused() -> None:
    listening = Listening(tracks=2, transcriber=Hears(), activity=Loudness)
    with pytest.raises(ValueError, match="2 tracks"):
        listening.feed(np.zeros((1, 512), np.float32))
    list(listening.close())
    with pytest.raises(ValueError, match="closed"):
        listening.feed(np.zeros((2, 512), np.float32))
    with pytest.raises(ValueError, match="pad"):
        replace(LIVE, pad=0.3)
    with pytest.raises(ValueError, match="guess"):
        replace(LIVE, guess=0.1)
    with pytest.raises(ValueError, match="track"):
        Listening(tracks=0, transcriber=Hears(), activity=Loudness)


def test_what_was_heard_is_let_go() -> None:
    """Ten minutes of talk leave no more behind than one."""
    import tracemalloc

    minute = bursts(60, *((t, t + 1.5, 0.3) for t in range(0, 58, 2)))[None]
    listening = Listening(tracks=1, transcriber=_Deaf(), activity=Loudness)
    tracemalloc.start()
    held = []
    for _ in range(10):
        for _event in listening.feed(minute):
            pass
        held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    most = RECORDING.together * 30.0 * RATE * 4 * 1.5
    assert held[-1] < most, "no more than the chunks that wait for each other"
    assert max(held[5:]) <= max(held[:5]) * 1.2


class _Deaf(Hears):
    def transcribe(self, pieces: Sequence[np.ndarray], *, language: str | None) -> list[Heard]:
        return [Heard(track=0, start=0, end=len(piece) / RATE, words=(), language="en") for piece in pieces]
