"""The real path: espeak-ng says a user's lines, Whisper hears them, and espeak-ng says the partner's."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from benchmarks.spoken import dialogue, write_wav

from duologue.audio import models
from duologue.audio.base import RATE
from duologue.audio.stages import LIVE, Listening
from duologue.audio.transcribe.whisper import Whisper
from duologue.errors import UnknownName
from duologue.practice.aloud import talk_aloud
from duologue.practice.aloud.microphones import FileMicrophone
from duologue.practice.aloud.mouths import Espeak, Tone
from practice.aloud_made import HASTY

pytestmark = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


@pytest.fixture(scope="module")
def whisper() -> Whisper:
    try:
        return Whisper(models.find("tiny.en"), fast=True, threads=1)
    except UnknownName:
        pytest.skip("the model tiny.en is not on this machine")


def plain(text: str) -> set[str]:
    return set("".join(c if c.isalnum() or c.isspace() else " " for c in text.lower()).split())


def test_two_lines_are_heard_and_answered_aloud(whisper: Whisper, tmp_path: Path) -> None:
    """From sound to words to an answer to sound, 1.9 s between the lines."""
    lines = ["What happened with the delivery last week?", "How did your people take it?"]
    samples, _ = dialogue([(0, lines[0]), (0, lines[1])], gap=1.9)
    write_wav(tmp_path / "user.wav", samples, RATE)
    asked: list[str] = []
    sizes: list[int] = []
    said = tmp_path / "said.wav"

    def answer(text: str) -> tuple[str, bool]:
        if said.exists():
            sizes.append(said.stat().st_size)
        asked.append(text)
        return ("It came on Thursday, and half of it was wrong.", False) if len(asked) == 1 else ("Badly.", True)

    listening = Listening(tracks=1, transcriber=whisper, pace=LIVE, language="en")
    microphone = FileMicrophone(tmp_path / "user.wav", paced=False)
    talk_aloud(microphone, Espeak(into=said), listening, answer, patience=HASTY)
    assert len(asked) == 2
    for heard, line in zip(asked, lines, strict=True):
        assert len(plain(heard) & plain(line)) >= 0.7 * len(plain(line)), heard
    assert sizes[0] > 2 * 22050  # more than a second of it
    assert 44 < said.stat().st_size < sizes[0]


def test_espeak_is_stopped_within_100_ms(tmp_path: Path) -> None:
    """A speech of some hours is silent at once, and nothing more is written."""
    said = tmp_path / "said.wav"
    speaking = Espeak(Tone(speed=100), into=said).speak("They pile up, and nobody looks. " * 20_000)
    while not said.exists() or said.stat().st_size < 10_000:
        assert not speaking.done
        time.sleep(0.005)
    began = time.monotonic()
    speaking.stop()
    assert time.monotonic() - began < 0.1
    size = said.stat().st_size
    assert speaking.done
    time.sleep(0.1)
    assert said.stat().st_size == size


def test_the_tones_sound_different(tmp_path: Path) -> None:
    """The same line takes a wary partner longer than a brisk one."""
    from duologue.practice.aloud.mouths import TONES

    sizes = {}
    for temperament, tone in TONES.items():
        Espeak(tone, into=tmp_path / "a.wav").speak("It came on Thursday, and half of it was wrong.").wait()
        sizes[temperament] = (tmp_path / "a.wav").stat().st_size
    assert sizes["wary"] > sizes["warm"] > sizes["brisk"]
