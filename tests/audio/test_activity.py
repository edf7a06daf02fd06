"""Where somebody speaks: the real network on real sound, and the rules that make stretches of it."""

from __future__ import annotations

import importlib.util
import statistics
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import spoken
from duologue.audio import activity
from duologue.audio.activity import STEP, Silero, Stretches
from duologue.audio.base import RATE, Heard, Samples, SpeechEnded
from duologue.audio.level import Lift
from duologue.audio.stages import LIVE, RECORDING, Listening, Pace
from duologue.errors import MissingExtra

needs_espeak = pytest.mark.skipif(not spoken.available(), reason="espeak-ng is not here: apt-get install espeak-ng")


class Deaf:
    """A transcriber that finds no words."""

    name, longest = "deaf", 30.0

    def transcribe(self, pieces: list[Samples], *, language: str | None) -> list[Heard]:
        return [Heard(track=0, start=0.0, end=len(piece) / RATE, words=()) for piece in pieces]


def stretches(samples: Samples, pace: Pace = RECORDING) -> list[tuple[float, float]]:
    listening = Listening(tracks=1, transcriber=Deaf(), pace=pace)
    found = [*listening.feed(samples[None]), *listening.close()]
    return [(event.start, event.end) for event in found if isinstance(event, SpeechEnded)]


def noises() -> dict[str, Samples]:
    draw, n = np.random.default_rng(3), 10 * RATE
    white = draw.normal(size=n)
    pink = np.fft.irfft(np.fft.rfft(white) / np.sqrt(np.arange(n // 2 + 1) + 1), n)
    t = np.arange(n) / RATE
    chord = sum(np.sin(2 * np.pi * f * t) for f in (220, 277, 330, 440)) / 4
    hum = np.sin(2 * np.pi * 50 * t) + 0.3 * np.sin(2 * np.pi * 100 * t)
    clicks = np.convolve(draw.random(n) < 3 / RATE, draw.normal(size=400) * np.exp(-np.arange(400) / 60))[:n]
    made = {"white": 0.03 * white, "pink": 0.2 * pink / pink.std(), "chord": 0.3 * chord, "hum": 0.3 * hum}
    return {name: np.clip(sound, -1, 1).astype(np.float32) for name, sound in {**made, "clicks": clicks}.items()}


@needs_espeak
@pytest.mark.parametrize("loud", [4.0, 1.0, 0.1, 0.01])
@pytest.mark.parametrize("pace", [RECORDING, LIVE])
def test_speech_is_found_however_loud_it_is(loud: float, pace: Pace) -> None:
    """From clipped (+12 dB) to -62 dB of full scale, every line is found, and nothing where nobody speaks."""
    samples, truth = spoken.spoken("one")
    found = stretches(np.clip(samples[0] * np.float32(loud), -1, 1), pace)
    spoken_for = np.zeros(samples.shape[1], bool)
    for start, end in found:
        spoken_for[round(start * RATE) : round(end * RATE)] = True
    for line in truth:
        assert spoken_for[round(line.start * RATE) : round(line.end * RATE)].mean() > 0.9, line.text
        spoken_for[round((line.start - 0.2) * RATE) : round((line.end + 0.2) * RATE)] = False
    assert not spoken_for.any()


@needs_espeak
def test_the_end_of_a_turn_is_known_within_half_a_second() -> None:
    """By the clock of the sound alone: what is left of 700 ms is for the words."""
    samples, truth = spoken.spoken("discovery-channels")
    listening = Listening(tracks=2, transcriber=Deaf(), pace=LIVE)
    known = [
        (event.track, event.end, (at + STEP) / RATE)
        for at in range(0, samples.shape[1], STEP)
        for event in listening.feed(samples[:, at : at + STEP])
        if isinstance(event, SpeechEnded)
    ]
    waits = [
        at - line.end
        for line in truth
        for track, end, at in known
        if track == line.speaker and abs(end - line.end) < 0.35
    ]
    assert len(waits) >= 0.9 * len(truth)
    assert statistics.median(waits) < 0.5


@pytest.mark.parametrize("name", ["white", "pink", "chord", "hum", "clicks"])
@pytest.mark.parametrize("loud", [1.0, 0.01])
def test_noise_is_no_speech(name: str, loud: float) -> None:
    assert stretches(noises()[name] * np.float32(loud)) == []


def test_silence_is_no_speech() -> None:
    assert stretches(np.zeros(5 * RATE, np.float32)) == []


def test_reset_forgets() -> None:
    sound, one = noises()["clicks"], Silero()
    first = one.feed(sound)
    assert not np.array_equal(one.feed(sound), first)
    one.reset()
    assert np.array_equal(one.feed(sound), first)


@pytest.mark.parametrize("missing", ["onnxruntime", "faster_whisper"])
def test_a_plain_install_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if missing == "onnxruntime":
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
    else:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    activity._session.cache_clear()
    with pytest.raises(MissingExtra, match=r"duologue\[audio\]"):
        Silero()
    activity._session.cache_clear()


def ran(probabilities: list[float], pause: int) -> list[tuple[int, int]]:
    """The stretches of so many steps, in steps; one that is open at the end is left out."""
    made, found = Stretches(pause, shortest=3 * STEP / RATE), []
    for probability in probabilities:
        made.hear(probability)
        if made.over:
            if made.sure and made.start is not None:
                found.append((made.start, made.end))
            made.close()
    return found


def test_speech_begins_at_the_onset_and_ends_below_the_offset() -> None:
    between = (activity.ONSET + activity.OFFSET) / 2
    assert ran([between] * 5 + [0.9] * 3 + [between] * 4 + [0.1] * 2, pause=2) == [(5, 12)]


def test_a_click_is_no_speech_and_a_short_gap_no_end() -> None:
    assert ran([0.9] * 2 + [0.0] * 4, pause=4) == []
    assert ran([0.9] * 3 + [0.0] * 3 + [0.9] + [0.0] * 4, pause=4) == [(0, 7)]


@given(st.lists(st.floats(0, 1), max_size=80), st.integers(1, 8))
def test_stretches_are_apart_by_the_pause_and_no_shorter_than_speech(probabilities: list[float], pause: int) -> None:
    found = ran([*probabilities, *[0.0] * pause], pause)
    assert all(end - start >= 3 for start, end in found)
    assert all(b - a >= pause for (_, a), (b, _) in pairwise(found))


def test_quiet_sound_is_lifted_and_loud_sound_left_alone() -> None:
    tone = np.sin(np.arange(2 * RATE // STEP * STEP) / 5).astype(np.float32)
    assert np.array_equal(Lift(STEP)(0.1 * tone), np.float32(0.1) * tone)
    lifted = Lift(STEP)(0.001 * tone)
    assert np.sqrt(np.mean(lifted[RATE:] ** 2)) == pytest.approx(0.00316, rel=0.05), "-63 dB becomes -50"
    assert not Lift(STEP)(np.zeros(STEP * 10, np.float32)).any()


def test_a_word_after_silence_is_not_torn() -> None:
    hiss = np.random.default_rng(1).normal(0, 0.0001, STEP * 60).astype(np.float32)
    hiss[STEP * 40 : STEP * 41] = 0.3 * np.sin(np.arange(STEP) / 5)
    lifted = Lift(STEP)(hiss)
    assert np.abs(lifted).max() < 0.5
