"""One suite for every diarizer: what listening and the clustering rely on, whichever net is behind it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from benchmarks.spoken import available, dialogue

from duologue.audio.base import RATE, Diarizer, Samples, Voice
from duologue.audio.diarize import load


class ByLoudness:
    """A diarizer that needs no net: who is loud is one person, who is soft another. For tests of what comes after."""

    name = "by loudness"
    window = 10.0
    step = 2.5

    def voices(self, index: int, samples: Samples, start: float) -> list[Voice]:
        level = np.abs(samples[: len(samples) // 1600 * 1600]).reshape(-1, 1600).max(1, initial=0.0)
        found = []
        for person, mask in enumerate(((level > 0.02) & (level <= 0.3), level > 0.3)):
            edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
            spans = [(start + a / 10, start + b / 10) for a, b in zip(edges[::2], edges[1::2], strict=True)]
            if spans:
                made = np.eye(4, dtype=np.float32)[person]
                within = (start, start + len(samples) / RATE)
                found.append(
                    Voice(window=index, stretches=tuple(spans), clean=mask.sum() / 10, print=made, within=within)
                )
        return sorted(found, key=lambda v: v.stretches[0])

    def print_of(self, samples: Samples) -> np.ndarray:
        voices = self.voices(0, samples, 0.0)
        if not voices or voices[0].print is None:
            raise ValueError("nobody is loud enough")
        return voices[0].print


DIARIZERS: dict[str, Callable[[], Diarizer]] = {"comes with Duologue": load, "by loudness": ByLoudness}
pytestmark = pytest.mark.skipif(not available(), reason="espeak-ng is not here: apt-get install espeak-ng")


@pytest.fixture(params=sorted(DIARIZERS))
def diarizer(request: pytest.FixtureRequest) -> Diarizer:
    return DIARIZERS[request.param]()


@pytest.fixture(scope="module")
def sound() -> Samples:
    lines = [(0, "I was told on Monday."), (1, "What happened then?"), (0, "Nobody asked me about it.")]
    samples, _ = dialogue(lines)
    return samples[0]


def test_it_says_what_it_looks_at(diarizer: Diarizer) -> None:
    assert diarizer.name
    assert 0 < diarizer.step <= diarizer.window


def test_a_window_depends_on_itself_alone(diarizer: Diarizer, sound: Samples) -> None:
    once = diarizer.voices(3, sound, 7.5)
    diarizer.voices(4, sound[::-1].copy(), 10.0)
    again = diarizer.voices(3, sound, 7.5)
    assert [(v.stretches, v.clean) for v in once] == [(v.stretches, v.clean) for v in again]
    assert all(np.array_equal(a.print, b.print) for a, b in zip(once, again, strict=True) if a.print is not None)


def test_voices_are_within_their_window_and_in_order(diarizer: Diarizer, sound: Samples) -> None:
    end = 7.5 + len(sound) / RATE
    voices = diarizer.voices(3, sound, 7.5)
    assert voices
    for voice in voices:
        assert voice.window == 3
        assert voice.within == (7.5, pytest.approx(end))
        assert all(7.5 <= a < b <= end + 0.05 for a, b in voice.stretches)
        assert all(a[1] < b[0] for a, b in zip(voice.stretches, voice.stretches[1:], strict=False))
        assert 0 <= voice.clean <= end - 7.5
        assert voice.print is None or float(np.linalg.norm(voice.print)) == pytest.approx(1, abs=1e-4)
    assert voices == sorted(voices, key=lambda v: v.stretches[0])


def test_silence_has_no_voices_and_no_print(diarizer: Diarizer) -> None:
    assert diarizer.voices(0, np.zeros(10 * RATE, np.float32), 0.0) == []
    assert diarizer.voices(0, np.zeros(10, np.float32), 0.0) == []
    with pytest.raises(ValueError):
        diarizer.print_of(np.zeros(RATE, np.float32))


def test_a_print_is_at_unit_length(diarizer: Diarizer, sound: Samples) -> None:
    made = diarizer.print_of(sound)
    assert made.dtype == np.float32
    assert float(np.linalg.norm(made)) == pytest.approx(1, abs=1e-4)
