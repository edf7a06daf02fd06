"""Microphones: a file in time and out of time, and a device as PortAudio brings it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from benchmarks.spoken import write_wav

from duologue.audio.base import RATE
from duologue.errors import MissingExtra, UnreadableInput
from duologue.practice.aloud import microphones
from duologue.practice.aloud.base import NoSound
from duologue.practice.aloud.microphones import BLOCK, FileMicrophone, SoundDeviceMicrophone


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """.3 s of two channels, a ramp on one and silence on the other."""
    ramp = np.linspace(0, 1, round(0.3 * RATE), dtype=np.float32)
    write_wav(tmp_path / "a.wav", np.stack([ramp, np.zeros_like(ramp)]), RATE)
    return tmp_path / "a.wav"


def test_a_file_as_fast_as_it_is_asked_for(recording: Path) -> None:
    """Every sample in order, mixed to one channel, in blocks of which the last is filled up; nothing waits."""
    microphone = FileMicrophone(recording, paced=False)
    blocks = []
    for block in microphone:
        assert block.shape == (BLOCK,)
        assert block.dtype == np.float32
        assert not microphone.waiting
        blocks.append(block)
    sound = np.concatenate(blocks)
    assert len(sound) == -(-round(0.3 * RATE) // BLOCK) * BLOCK
    ramp = np.linspace(0, 0.5, round(0.3 * RATE))
    assert sound[: len(ramp)] == pytest.approx(ramp, abs=1e-3)
    assert not sound[len(ramp) :].any()


def test_a_file_in_time_comes_as_from_a_microphone(recording: Path) -> None:
    """No block before it would be complete, and what comes in meanwhile waits or is forgotten."""
    began = time.monotonic()
    blocks = iter(microphone := FileMicrophone(recording))
    first = next(blocks)
    assert time.monotonic() - began >= BLOCK / RATE
    time.sleep(0.1)
    assert microphone.waiting
    microphone.forget()
    second = next(blocks)
    assert second[0] - first[-1] >= 0.1 / 0.3 * 0.5 * 0.9  # the ramp went on for as long as nobody listened
    microphone.close()
    assert list(blocks) == []


def test_forgetting_a_whole_file_ends_it(recording: Path) -> None:
    """A file that ran out while the partner spoke gives nothing any more, and nothing waits."""
    blocks = iter(microphone := FileMicrophone(recording))
    next(blocks)
    time.sleep(0.4)
    microphone.forget()
    assert not microphone.waiting
    assert list(blocks) == []


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    """As anywhere else, in one line."""
    (tmp_path / "a.wav").write_bytes(b"nothing")
    with pytest.raises(UnreadableInput):
        list(FileMicrophone(tmp_path / "a.wav", paced=False))


# --- a device ---------------------------------------------------------------------------------------------------------


class Device:
    """What sounddevice gives: a stream that calls back with (frames, channels) samples."""

    class PortAudioError(Exception):
        pass

    def __init__(self, fails: bool = False) -> None:
        self.fails, self.asked, self.started, self.closed = fails, {}, False, False

    def InputStream(self, *, callback: Callable[..., None], **asked: Any) -> Any:
        if self.fails:
            raise self.PortAudioError("Invalid sample rate")
        self.asked, self.callback = asked, callback
        return SimpleNamespace(
            start=lambda: setattr(self, "started", True), close=lambda: setattr(self, "closed", True)
        )

    def bring(self, value: float) -> None:
        samples = np.full((BLOCK, 1), value, np.float32)
        self.callback(samples, BLOCK, None, None)
        samples[:] = -1  # PortAudio uses its memory again


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    made = Device()
    monkeypatch.setitem(sys.modules, "sounddevice", made)  # type: ignore[arg-type]
    return made


def test_blocks_of_a_device_come_in_order_and_keep_what_they_were(device: Device) -> None:
    """What came in while nobody asked waits; it can be forgotten; after `close` there is no more."""
    microphone = SoundDeviceMicrophone("headset")
    assert device.asked == {
        "samplerate": RATE, "channels": 1, "dtype": "float32", "blocksize": BLOCK, "device": "headset",
    }  # fmt: skip
    blocks = iter(microphone)
    device.bring(0.1)
    device.bring(0.2)
    assert next(blocks)[0] == pytest.approx(0.1)
    assert device.started
    assert microphone.waiting
    assert next(blocks)[0] == pytest.approx(0.2)
    device.bring(0.3)
    microphone.forget()
    assert not microphone.waiting
    microphone.close()
    microphone.close()
    assert device.closed
    assert list(blocks) == []


def test_a_device_that_falls_silent_is_said(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was unplugged does not leave somebody talking to nobody."""
    monkeypatch.setattr(microphones, "_PATIENCE", 0.05)
    with pytest.raises(NoSound, match="no sound any more"):
        next(iter(SoundDeviceMicrophone()))


def test_a_device_that_cannot_be_opened_is_said(device: Device) -> None:
    device.fails = True
    with pytest.raises(NoSound, match=r"Invalid sample rate.*sounddevice` lists the devices"):
        SoundDeviceMicrophone()


def test_without_the_library_or_portaudio_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(MissingExtra, match=r"duologue\[spoken\]"):
        SoundDeviceMicrophone()

    def absent(name: str) -> Any:
        raise OSError("PortAudio library not found")

    monkeypatch.setattr(microphones.importlib, "import_module", absent)
    with pytest.raises(NoSound, match="libportaudio2"):
        SoundDeviceMicrophone()
