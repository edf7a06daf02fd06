"""One suite for every VoiceActivity: a probability for each step, in whatever blocks sound comes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.made import Loudness
from duologue.audio.activity import Silero
from duologue.audio.base import RATE, Samples, VoiceActivity

every = pytest.mark.parametrize("made", [Silero, Loudness])
_SOUND = (
    np.random.default_rng(5).normal(size=3 * RATE) * (0.5 + 0.5 * np.sin(np.arange(3 * RATE) / RATE * 20)) * 0.3
).astype(np.float32)


@every
def test_there_is_a_probability_for_each_full_step(made: Callable[[], VoiceActivity]) -> None:
    activity = made()
    found = activity.feed(_SOUND)
    assert found.dtype == np.float32
    assert found.shape == (len(_SOUND) // activity.step,)
    assert ((found >= 0) & (found <= 1)).all()
    assert activity.feed(np.zeros(0, np.float32)).shape == (0,)
    assert activity.feed(np.zeros(activity.step, np.float32)).shape == (1,)


@every
@given(sizes=st.lists(st.integers(0, 3000), max_size=20))
def test_how_sound_is_split_changes_nothing(made: Callable[[], VoiceActivity], sizes: list[int]) -> None:
    activity, found, at = made(), [], 0
    for size in sizes:
        found.append(activity.feed(_SOUND[at : at + size]))
        at += size
    found.append(activity.feed(_SOUND[at:]))
    assert np.allclose(np.concatenate(found), made().feed(_SOUND), atol=1e-4)


@every
def test_two_tracks_know_nothing_of_each_other(made: Callable[[], VoiceActivity]) -> None:
    one, other = made(), made()
    found: list[Samples] = []
    for at in range(0, len(_SOUND), 1024):
        found.append(one.feed(_SOUND[at : at + 1024]))
        other.feed(_SOUND[::-1][at : at + 1024].copy())
    assert np.allclose(np.concatenate(found), made().feed(_SOUND), atol=1e-4)


@every
def test_what_it_is_given_stays_as_it_is(made: Callable[[], VoiceActivity]) -> None:
    sound = _SOUND.copy()
    made().feed(sound)
    assert np.array_equal(sound, _SOUND)
