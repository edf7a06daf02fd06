"""From the end of what somebody says to the first sound of the reply, in spoken practice.

    python -m benchmarks.aloud                    # tiny.en; --model takes a name that is here, or a folder

espeak-ng speaks the lines of a user, which come in at the pace of a microphone, in real time. They are heard, answered
with a fixed reply (what a partner thinks meanwhile is not part of this) and said by espeak-ng; what counts is when the
first sample of the reply is there for a loudspeaker to play. The loudspeaker's own delay comes on top.

Beside it the bare path on the same lines: somebody who knows where each line ends gives it to faster-whisper (int8),
and the words to espeak-ng. That one waits for nothing, and would cut in on every pause.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import spoken
from duologue.audio import models
from duologue.audio.base import RATE, Samples
from duologue.audio.stages import LIVE, Listening
from duologue.audio.transcribe.whisper import Whisper
from duologue.practice.aloud.base import PATIENT
from duologue.practice.aloud.conversation import Watch, talk_aloud
from duologue.practice.aloud.microphones import BLOCK, FileMicrophone
from duologue.practice.aloud.programs import program

LINES = (
    "What happened with the delivery last week?",
    "So half of it was wrong, and nobody had told you.",
    "How did your people take it?",
    "I would like to understand what that does to your spring.",
    "You said that Friday runs late. What does that mean for you at home?",
    "And what have you tried so far?",
    "It sounds as if you have been carrying this alone for quite a while.",
    "What would a good autumn look like?",
    "Tell me more about the audit.",
    "Who else would have to agree before anything changes?",
)
REPLY = "It came on Thursday, and half of it was wrong."
LEAD, REST = 0.5, 6.0  # seconds of silence before a line and after it
HEADER = 44  # bytes of a WAV file before its first sample


class Listener:
    """A Mouth whose loudspeaker is a clock: `heard` when the first sample came."""

    name = "espeak-ng"
    done = True

    def __init__(self) -> None:
        self.heard = 0.0
        self._command = [program("espeak-ng", get="apt install espeak-ng"), "--stdin", "--stdout"]

    def speak(self, text: str) -> Listener:
        with subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(text.encode())
            process.stdin.close()
            process.stdout.read(HEADER + 2)
            self.heard = time.monotonic()
            process.stdout.read()
        return self

    def wait(self) -> None: ...
    def stop(self) -> None: ...


class Stamped(FileMicrophone):
    """A file that says when it began to play."""

    @property
    def begun(self) -> float:
        return self._begun


def lines() -> list[tuple[Samples, float]]:
    """Each line alone, with silence around it, and the second at which it ends."""
    found = []
    for text in LINES:
        samples, (line,) = spoken.dialogue([(0, text)])
        rest = np.zeros(round(REST * RATE), np.float32)
        found.append((np.concatenate((samples[0], rest)), line.end))
    return found


def aloud(folder: Path, samples: Samples, end: float, transcriber: Whisper) -> tuple[float, str]:
    """Seconds from the end of a line to the first sound of the reply, and what was heard."""
    spoken.write_wav(folder / "line.wav", samples[np.newaxis], RATE)
    microphone, mouth, heard = Stamped(folder / "line.wav"), Listener(), [""]

    def answer(text: str) -> tuple[str, bool]:
        heard[0] = text
        return REPLY, True

    listening = Listening(tracks=1, transcriber=transcriber, pace=LIVE, language="en")
    talk_aloud(microphone, mouth, listening, answer, patience=replace(PATIENT, echo=0.0))
    return mouth.heard - microphone.begun - end, heard[0]


def bare(samples: Samples, model: Any, **settings: Any) -> float:
    """The same for faster-whisper alone, which gets the line when it has ended."""
    begun = time.monotonic()
    segments, _ = model.transcribe(samples, language="en", **settings)
    _ = " ".join(s.text for s in segments)
    return Listener().speak(REPLY).heard - begun


def watching() -> float:
    """Seconds of one core that telling at every block whether somebody speaks takes, for a second of sound."""
    from duologue.audio.activity import Silero

    watch, sound = Watch(Silero()), np.concatenate([s for s, _ in lines()])
    begun = time.thread_time()
    for at in range(0, len(sound), BLOCK):
        watch(sound[at : at + BLOCK])
    return (time.thread_time() - begun) * RATE / len(sound)


def stopping(times: int = 20) -> list[float]:
    """Seconds from `stop` to a program that is gone, while it speaks."""
    from duologue.practice.aloud.mouths import Espeak

    found = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            said = Espeak(into=Path(folder) / "said.wav").speak(f"{REPLY} " * 2000)
            time.sleep(0.1)
            assert not said.done
            begun = time.monotonic()
            said.stop()
            found.append(time.monotonic() - begun)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny.en", help="a Whisper model: its name or folder")
    args = parser.parse_args()
    from faster_whisper import WhisperModel

    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} (the figures hold where nothing else runs)")
    found = models.find(args.model)
    transcriber = Whisper(found, fast=True, threads=2)
    print(f"transcriber: {transcriber.name}")
    transcriber.transcribe([lines()[0][0][: 4 * RATE]], language="en")  # the first call fills caches
    model = WhisperModel(str(found.folder), device="cpu", compute_type="int8", cpu_threads=2)
    bare(lines()[0][0][: 4 * RATE], model)
    whole, beams, greedy = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for samples, end in lines():  # one after the other on each line, so that the machine's load is shared
            took, heard = aloud(Path(folder), samples, end, transcriber)
            line = samples[round(LEAD * RATE) : round(end * RATE)]
            beams.append(bare(line, model))
            greedy.append(bare(line, model, beam_size=1))
            whole.append(took)
            print(f"  {took * 1000:5.0f} ms  {heard}")
    own, pause = statistics.median(whole), PATIENT.pause
    print(f"end of a line to the reply's first sound: {_summary(whole)}")
    print(f"  waited for on purpose: {pause * 1000:.0f} ms; beyond it at the median: {(own - pause) * 1000:.0f} ms")
    for label, found_ in (("beam 5", beams), ("beam 1", greedy)):
        beside = statistics.median(found_)
        print(f"bare faster-whisper ({label}) and espeak-ng, the end being known: {_summary(found_)}")
        print(f"  ratio: whole {own / beside:.2f}, beyond the pause {(own - pause) / beside:.2f}")
    print(f"telling at every block whether somebody speaks: {watching():.3f} s of one core a second")
    print(f"stopping espeak-ng: {_summary(stopping())}")


def _summary(found: list[float]) -> str:
    return f"median {statistics.median(found) * 1000:.0f} ms, most {max(found) * 1000:.0f} ms (n={len(found)})"


if __name__ == "__main__":
    main()
