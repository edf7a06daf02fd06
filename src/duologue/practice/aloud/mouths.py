"""Mouths: espeak-ng, which plays what it says, and Piper, whose sound a player plays. Nothing here asks a network.

Both are under the GPL and stay programs apart: they are started where a person has installed them, never imported.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from duologue.practice.aloud.base import NoSound
from duologue.practice.aloud.programs import Command, Programs, program
from duologue.practice.scenario import Temperament

ESPEAK = "Install it: `apt install espeak-ng`, `dnf install espeak-ng` or `brew install espeak-ng`"
PIPER = "Install Piper (https://github.com/OHF-Voice/piper1-gpl) so that `piper` is on the PATH"
PLAYERS = "Install one of: aplay (alsa-utils), paplay (pulseaudio-utils), ffplay (ffmpeg)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """How somebody sounds. `speed`: words a minute; `pitch`: from 0 to 99. `variant`: a voice of espeak-ng's."""

    variant: str = "en-gb"
    speed: int = 165
    pitch: int = 50

    def __post_init__(self) -> None:
        if not 80 <= self.speed <= 450 or not 0 <= self.pitch <= 99:
            raise ValueError("espeak-ng speaks 80 to 450 words a minute, at a pitch from 0 to 99")


# What can be heard of a temperament by speed alone, around espeak-ng's own 175. Nothing is guessed from a name: a voice
# that fits the person is a setting.
TONES: dict[Temperament, Tone] = {
    "warm": Tone(speed=160, pitch=52),
    "brisk": Tone(speed=190, pitch=50),
    "wary": Tone(speed=150, pitch=45),
}


class Espeak:
    """espeak-ng. A Mouth."""

    def __init__(self, tone: Tone = Tone(), *, into: Path | None = None) -> None:
        """`into`: a WAV file to write instead of speaking aloud, written anew each time. Raises NoSound."""
        path = program("espeak-ng", get=ESPEAK)
        self.name = f"espeak-ng, {tone.variant}"
        self._command: Command = (path, "-v", tone.variant, "-s", str(tone.speed), "-p", str(tone.pitch), "--stdin")
        if into is not None:
            self._command += ("-w", str(into))

    def speak(self, text: str) -> Programs:
        """Begin to say it. Raises NoSound where espeak-ng cannot be started."""
        return Programs(self.name, text, [(self._command,)])


class Piper:
    """Piper with one of its voices, played by the first player that is installed. A Mouth.

    Each line starts Piper anew, which loads its voice again: some tenths of a second that espeak-ng does not need.
    """

    def __init__(self, voice: Path, *, pace: float = 1.0) -> None:
        """`voice`: its .onnx file, with the .onnx.json beside it. `pace`: 1 is the voice's own. Raises NoSound."""
        if not 0.4 <= pace <= 2.5:
            raise ValueError("a voice speaks at .4 to 2.5 of its own pace")
        self._piper: Command = (program("piper", get=PIPER), "--model", str(voice))
        self._piper += ("--length_scale", f"{1 / pace:.2f}")  # its scale is of length
        self._rate = _rate(voice)
        self._player, self._files = _player(self._rate)
        self.name = f"piper, {voice.stem}, through {Path(self._player[0]).name}"

    def speak(self, text: str) -> Programs:
        """Begin to say it. Raises NoSound where Piper or its player cannot be started."""
        if not self._files:
            return Programs(self.name, text, [((*self._piper, "--output_raw"), self._player)])
        folder = Path(tempfile.mkdtemp())  # only this user may look into it
        sound = str(folder / "said.wav")
        pipes = [((*self._piper, "--output_file", sound),), ((*self._player, sound),)]
        return Programs(self.name, text, pipes, folder=folder)


def _player(rate: int) -> tuple[Command, bool]:
    """A command that plays 16-bit mono samples of this rate, and whether it needs a file instead of a pipe."""
    for name, options in {
        "aplay": ("-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(rate), "-"),
        "paplay": ("--raw", "--format=s16le", "--channels=1", f"--rate={rate}"),
        "ffplay": ("-nodisp", "-autoexit", "-loglevel", "error", "-f", "s16le", "-ar", str(rate), "-i", "-"),
        "afplay": (),
    }.items():
        found = shutil.which(name)
        if found is not None:
            return (found, *options), not options
    raise NoSound("Piper needs a program that plays its sound, and none is installed", hint=PLAYERS)


def _rate(voice: Path) -> int:
    """The rate of a voice of Piper's, out of the file beside it."""
    about = voice.with_name(f"{voice.name}.json")
    hint = "A voice is two files beside each other: NAME.onnx and NAME.onnx.json"
    if not voice.is_file():
        raise NoSound("there is no such voice of Piper’s", where=str(voice), hint=hint)
    try:
        rate = json.loads(about.read_text(encoding="utf-8"))["audio"]["sample_rate"]
    except (OSError, ValueError, KeyError, TypeError):
        raise NoSound("it does not say at what rate this voice speaks", where=str(about), hint=hint) from None
    if not isinstance(rate, int) or not 8000 <= rate <= 48_000:
        raise NoSound("it does not say at what rate this voice speaks", where=str(about), hint=hint)
    return rate
