"""Whether each channel is a speaker's own, and that what leaks from one into another is not heard twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.recorded import record
from duologue.audio.base import RATE, Blocks
from duologue.audio.bleed import Bleed, without
from duologue.audio.channels import Layout, arranged, layout

# Who speaks when, in turns of different lengths; B murmurs "mm-hm" into A's third turn. Seconds.
A = [(0.5, 4.0), (9.0, 14.0), (17.0, 24.0), (30.0, 33.0)]
B = [(4.3, 8.8), (14.2, 16.7), (20.0, 20.5), (24.3, 29.8)]
LONG = 34.0


def voice(turns: list[tuple[float, float]], seed: int, loud: float = 0.1, seconds: float = LONG) -> Blocks:
    """Noise in syllables of .2 s, as loud as speech, in the given turns."""
    random = np.random.default_rng(seed)
    sound = np.zeros(round(seconds * RATE), np.float32)
    for start, end in turns:
        time = np.arange(round((end - start) * RATE)) / RATE
        syllables = np.abs(np.sin(np.pi * time / 0.2)) ** 2
        sound[round(start * RATE) :][: len(time)] = loud * syllables * random.normal(0, 1, len(time))
    return sound


def hiss(channels: int, seed: int = 9, loud: float = 0.0005) -> Blocks:
    return np.random.default_rng(seed).normal(0, loud, (channels, round(LONG * RATE))).astype(np.float32)


a, b = voice(A, 1), voice(B, 2)


def seconds(sound: Blocks) -> Iterator[Blocks]:
    return (sound[:, at : at + RATE] for at in range(0, sound.shape[1], RATE))


def looked(tmp_path: Path, sound: Blocks) -> Layout:
    return layout(record(tmp_path / "a.wav", [(np.clip(sound, -1, 1), 0.0)], RATE, "pcm_f32le"))


def decibels(value: float) -> float:
    return float(10 ** (value / 20))


@pytest.mark.parametrize("leak", [-200, -40, -30, -20, -14])
@pytest.mark.parametrize("late", [0, 0.12])
def test_a_side_a_channel_is_separate_though_it_leaks(leak: float, late: float, tmp_path: Path) -> None:
    """Issue 5: two-channel telephony needs no diarization. The far side comes through, at once or as a late echo."""
    echo = np.roll(np.array([b, a]), round(late * RATE), axis=1) * decibels(leak)
    found = looked(tmp_path, np.array([a, b]) + echo + hiss(2))
    assert found.separate and found.use == (0, 1)
    assert "1 and 2 have a speaker each" in found.why


def test_a_side_that_was_recorded_fainter_is_still_a_side(tmp_path: Path) -> None:
    """The caller is 16 dB below the agent, so that both leaks are as loud as some voice."""
    leaked = np.array([a + 0.1 * b, b + 0.1 * a])
    leaked[0] *= decibels(-16)
    assert looked(tmp_path, leaked + hiss(2, loud=0.0001)).separate


def test_tracks_of_a_meeting_are_separate_and_its_mix_is_left_out(tmp_path: Path) -> None:
    """A track each for five speakers, which all hear each other a little, and one with everybody."""
    turns = [[(0.5 + 2 * n + 10 * k, 2.3 + 2 * n + 10 * k) for k in range(3)] for n in range(5)]
    own = np.array([voice(spoken, n) for n, spoken in enumerate(turns)])
    sound = own + 0.05 * own.sum(axis=0) + hiss(5)
    assert looked(tmp_path, sound).use == (0, 1, 2, 3, 4)
    found = looked(tmp_path, np.concatenate([own.sum(axis=0)[None], own]) + hiss(6))
    assert found.separate and found.use == (1, 2, 3, 4, 5)


@pytest.mark.parametrize("apart", [0, 3, 6, 9])
def test_a_room_in_stereo_is_one_track(apart: float, tmp_path: Path) -> None:
    """Two microphones, each nearer to one of two people: they differ by a few decibels and a millisecond."""
    far = decibels(-apart)
    room = np.array([a + far * np.roll(b, 16), b + far * np.roll(a, 16)])
    found = looked(tmp_path, room + hiss(2))
    assert not found.separate and found.use == (0, 1)


def test_the_same_sound_on_both_channels_is_one_track(tmp_path: Path) -> None:
    """One copy of it is enough, and of a copy with turned polarity nothing would be left."""
    both = a + b
    for other in (both, -both, 0.5 * both):
        found = looked(tmp_path, np.array([both, other]))
        assert not found.separate and found.use == (0,)
        track = np.concatenate(list(arranged(seconds(np.array([both, other])), found)), axis=1)
        assert track.shape[0] == 1 and np.allclose(track[0], both, atol=1e-6)


@pytest.mark.parametrize("other", ["dead", "noise", "hum", "echo"])
@pytest.mark.parametrize("which", [0, 1])
def test_a_channel_without_anybody_is_left_out(other: str, which: int, tmp_path: Path) -> None:
    """Nothing plugged in, hiss, mains hum, or only the echo of the other side: the talk is on one channel."""
    both = a + b
    empty = {
        "dead": np.zeros_like(a),
        "noise": hiss(1, loud=0.02)[0],
        "hum": (0.05 * np.sin(2 * np.pi * 50 * np.arange(len(a)) / RATE)).astype(np.float32),
        "echo": np.roll(both, 800) * decibels(-25) + hiss(1)[0],
    }[other]
    sound = np.array([both, empty] if which == 0 else [empty, both])
    found = looked(tmp_path, sound)
    assert not found.separate and found.use == (which,)
    assert "left out" in found.why


def test_an_announcement_on_both_sides_does_not_hide_the_sides(tmp_path: Path) -> None:
    """“This call is recorded”, and music while one waits: the same on both channels for most of the time."""
    music = voice([(0.2, 24.0)], 5)
    first, second = voice([(25.0, 28.0)], 6), voice([(28.5, 33.0)], 7)
    found = looked(tmp_path, np.array([music + first, music + second]))
    assert found.separate


def test_a_speaker_who_comes_late_is_not_missed(tmp_path: Path) -> None:
    """The second channel is silent beyond the first look of five minutes; then somebody speaks there."""
    long = 420.0
    first = voice([(n, n + 2.5) for n in range(0, 400, 4)], 1, seconds=long)
    second = voice([(n + 2.6, n + 3.8) for n in range(372, 400, 4)], 2, seconds=long)
    found = looked(tmp_path, np.array([first, second]))
    assert found.separate and found.use == (0, 1)


def test_silence_and_one_channel(tmp_path: Path) -> None:
    """Nothing to tell by: never separate, and no error."""
    assert not looked(tmp_path, np.zeros((2, 5 * RATE), np.float32)).separate
    assert looked(tmp_path, a[None]) == Layout(use=(0,), separate=False, why="The recording has one channel.")
    assert not looked(tmp_path, np.zeros((2, 10), np.float32)).separate


# --- what leaks ------------------------------------------------------------------------------------------------------


def _power(sound: Blocks, turns: list[tuple[float, float]]) -> float:
    return float(np.mean([np.mean(sound[round((s + 0.1) * RATE) : round((e - 0.1) * RATE)] ** 2) for s, e in turns]))


def _alone(turns: list[tuple[float, float]], other: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The parts of `turns` that lie half a second away from anything of `other`."""
    edges = sorted({0.0, LONG, *(t for s, e in other for t in (s - 0.5, e + 0.5))})
    free = [(s, e) for s, e in pairwise(edges) if not any(s < oe + 0.5 and os - 0.5 < e for os, oe in other)]
    cut = [(max(s, fs), min(e, fe)) for s, e in turns for fs, fe in free]
    return [(s, e) for s, e in cut if e - s > 0.5]


@pytest.mark.parametrize("leak", [-34, -20, -14])
@pytest.mark.parametrize("late", [0, 0.12])
def test_a_leak_is_silenced_and_ones_own_voice_is_not(leak: float, late: float, tmp_path: Path) -> None:
    """Else everything would be transcribed twice. The murmur into the other's turn stays too, whole."""
    echo = np.roll(np.array([b, a]), round(late * RATE), axis=1) * decibels(leak)
    sound = (np.array([a, b]) + echo + hiss(2)).astype(np.float32)
    found = looked(tmp_path, sound)
    tracks = np.concatenate(list(arranged(seconds(sound), found)), axis=1)
    assert tracks.shape == sound.shape
    for own, other, track in ((A, B, 0), (B, A, 1)):
        before, after = _power(sound[track], _alone(other, own)), _power(tracks[track], _alone(other, own))
        assert after < before / 100
        assert _power(tracks[track], own) > 0.99 * _power(sound[track], own)


def test_without_a_leak_nothing_is_touched(tmp_path: Path) -> None:
    """Two clean channels come out as they came in, bit for bit."""
    sound = np.array([a, b]) + hiss(2)
    found = looked(tmp_path, sound)
    assert np.array_equal(np.concatenate(list(arranged(seconds(sound), found)), axis=1), sound)


@settings(max_examples=30)
@given(cuts=st.lists(st.integers(1, 40_000), max_size=12), length=st.integers(0, 90_000))
def test_it_is_the_same_however_the_blocks_are_cut(cuts: list[int], length: int) -> None:
    """As many samples as came in, and the same ones: times stay right and a run that goes on gives the same."""
    bleed = Bleed(leaks=((0.0, 0.01), (0.01, 0.0)), floors=(1e-7, 1e-7))
    sound = (np.array([a + 0.1 * b, b + 0.1 * a]) + hiss(2))[:, 60_000 : 60_000 + length].astype(np.float32)
    edges = sorted({0, length, *(c for c in cuts if c < length)})
    parts = [sound[:, s:e] for s, e in pairwise(edges)]
    whole = [np.zeros((2, 0), np.float32), *without([sound] if length else [], bleed)]
    cut = [np.zeros((2, 0), np.float32), *without(parts, bleed)]
    assert np.array_equal(np.concatenate(whole, axis=1), np.concatenate(cut, axis=1))
    assert sum(block.shape[1] for block in cut) == length
