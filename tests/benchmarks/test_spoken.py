"""The dialogues that espeak-ng speaks are what their truth says: other tests and all measurements rest on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.spoken import SCRIPTS, available, dialogue, spoken, write_wav

from duologue.audio.decode import opened

pytestmark = pytest.mark.skipif(not available(), reason="espeak-ng is not installed: apt-get install espeak-ng")


@pytest.mark.parametrize("name", SCRIPTS)
def test_sound_is_where_the_truth_says(name: str) -> None:
    """Each line starts and ends within 10 ms of its times, with its speaker on its channel, and silence around it."""
    samples, truth = spoken(name)
    rate = SCRIPTS[name].rate
    assert {line.speaker for line in truth} == set(range(1 + max(s for s, _ in SCRIPTS[name].lines)))
    for line in truth:
        channel = samples[line.speaker if len(samples) > 1 else 0]
        edge = round(0.03 * rate)
        start, end = round(line.start * rate), round(line.end * rate)
        assert np.abs(channel[start : start + edge]).max() > 0.005
        assert np.abs(channel[end - edge : end]).max() > 0.005
        others = [x for x in truth if x is not line and x.start < line.end + 0.1 and line.start - 0.1 < x.end]
        if not others:
            assert np.abs(channel[start - edge : start - edge // 3]).max() < 0.004


def test_a_murmur_lies_inside_the_turn_before_it() -> None:
    """A back-channel is said while the other goes on speaking."""
    _, truth = spoken("discovery")
    inside = [x for x, before in zip(truth[1:], truth, strict=False) if before.start < x.start and x.end < before.end]
    assert [x.text for x in inside] == ["Right.", "I see."]


def test_leak_and_length_and_file(tmp_path: Path) -> None:
    """What leaks is as loud as asked; a dialogue is repeated to any length; the file holds the same samples."""
    lines = [(0, "How did it go?"), (1, "Better than I feared.")]
    clean, truth = dialogue(lines, layout="channels")
    leaky, _ = dialogue(lines, layout="channels", leak=0.1)
    first = slice(round(truth[0].start * 16000), round(truth[0].end * 16000))
    assert not clean[1, first].any()
    assert np.allclose(leaky[1, first], 0.1 * clean[0, first], atol=1e-4)
    long, many = spoken("one", seconds=40)
    assert long.shape[1] >= 40 * 16000 and many[-1].end <= long.shape[1] / 16000
    write_wav(tmp_path / "a.wav", clean, 16000)
    with opened(tmp_path / "a.wav") as recording:
        assert np.allclose(np.concatenate(list(recording.blocks()), axis=1), clean, atol=1e-4)
