"""Microphones: the real one (sounddevice, that is PortAudio), and a file that stands for one."""

from __future__ import annotations

import importlib
import queue
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from duologue.audio import decode
from duologue.audio.base import RATE, Samples
from duologue.errors import MissingExtra
from duologue.practice.aloud.base import NoSound

BLOCK = 512  # samples, 32 ms: what voice activity is asked about at once
_PATIENCE = 3.0  # seconds without a block after which a device counts as gone


class SoundDeviceMicrophone:
    """A microphone of this machine. A Microphone; listens from the first block that is taken on."""

    def __init__(self, device: int | str | None = None) -> None:
        """`device`: its number or a part of its name; None: the one that the system uses.

        Raises MissingExtra, and NoSound where it cannot be opened.
        """
        self._blocks: queue.SimpleQueue[Samples] = queue.SimpleQueue()
        self._closed = False
        sound = _sounddevice()
        try:
            self._stream = sound.InputStream(
                samplerate=RATE, channels=1, dtype="float32", blocksize=BLOCK, device=device, callback=self._came
            )
        except (sound.PortAudioError, ValueError) as error:
            raise NoSound(
                f"no microphone can be opened ({error})",
                hint="`python -m sounddevice` lists the devices; one that takes 16 kHz is needed",
            ) from None

    @property
    def waiting(self) -> bool:
        return not self._blocks.empty()

    def __iter__(self) -> Iterator[Samples]:
        """Blocks of BLOCK samples until it is closed. Raises NoSound where the device gives none any more."""
        if not self._closed:
            self._stream.start()
        while not self._closed:
            try:
                yield self._blocks.get(timeout=_PATIENCE)
            except queue.Empty:
                raise NoSound("the microphone gives no sound any more", hint="Was it unplugged?") from None

    def forget(self) -> None:
        while True:
            try:
                self._blocks.get_nowait()
            except queue.Empty:
                return

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._stream.close()

    def _came(self, samples: Any, _frames: int, _time: Any, _flags: Any) -> None:
        """In PortAudio's thread: put it away, and nothing else."""
        self._blocks.put(np.array(samples[:, 0], np.float32))


class FileMicrophone:
    """A recording that stands for a microphone, for tests and for machines without one. A Microphone.

    `paced`: a block comes when it would come from a real one; else whenever it is asked for, and nothing comes in while
    nobody asks. Several channels are mixed to one.
    """

    def __init__(self, path: str | Path, *, paced: bool = True) -> None:
        """Any recording that `audio.decode` reads. Raises MissingExtra; the rest when it is iterated."""
        self._paced, self._closed = paced, False
        self._blocks = _of_file(path)
        self._taken, self._begun = 0, 0.0

    @property
    def waiting(self) -> bool:
        return self._paced and not self._closed and self._taken > 0 and self._due <= time.monotonic()

    def __iter__(self) -> Iterator[Samples]:
        """Blocks of BLOCK samples, the last one filled up with silence. Raises UnreadableInput."""
        self._begun = time.monotonic()
        while not self._closed:
            block = next(self._blocks, None)
            if block is None:
                self._closed = True
                return
            if self._paced:
                time.sleep(max(0.0, self._due - time.monotonic()))
            self._taken += 1
            yield block

    def forget(self) -> None:
        while self.waiting:
            self._closed = next(self._blocks, None) is None
            self._taken += 1

    def close(self) -> None:
        self._closed = True

    @property
    def _due(self) -> float:
        """When the block that comes next is complete."""
        return self._begun + (self._taken + 1) * BLOCK / RATE


def _of_file(path: str | Path) -> Iterator[Samples]:
    left = np.zeros(0, np.float32)
    with decode.opened(path) as recording:
        for blocks in recording.blocks():
            left = np.concatenate((left, blocks.mean(axis=0, dtype=np.float32)))
            whole = len(left) // BLOCK * BLOCK
            yield from left[:whole].reshape(-1, BLOCK)
            left = left[whole:]
    if len(left):
        yield np.pad(left, (0, BLOCK - len(left)))


def _sounddevice() -> Any:
    try:
        return importlib.import_module("sounddevice")
    except ImportError:
        raise MissingExtra(
            "a microphone needs sounddevice, which is not installed",
            hint='Install it with: pip install "duologue[spoken]"',
        ) from None
    except OSError:  # the library is there, and PortAudio is not: wheels for Linux bring none
        raise NoSound("a microphone needs PortAudio", hint="Install it: `apt install libportaudio2`") from None
