"""Five sentences of a novel as LibriVox reads them, 25 s: recorded speech with its words, from Debian's
pocketsphinx-testdata (public domain)."""

from __future__ import annotations

import re
import wave
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from duologue.audio.base import Samples

FOLDER = Path("/usr/share/pocketsphinx/test/data/librivox")


class Clip(NamedTuple):
    """A recording at 16 kHz, what is read in it, and its samples."""

    path: Path
    text: str
    samples: Samples


def available() -> bool:
    """Whether they are here. Without them `clips` raises FileNotFoundError: `apt-get install pocketsphinx-testdata`."""
    return FOLDER.is_dir()


@cache
def clips(folder: Path = FOLDER) -> tuple[Clip, ...]:
    """The clips, by name."""
    rows = (folder / "transcription").read_text(encoding="utf-8")
    said = {m[2]: m[1] for m in re.finditer(r"<s> (.*?) </s> \((\S+)\)", rows)}
    return tuple(Clip(path := folder / f"{name}.wav", said[name], _samples(path)) for name in sorted(said))


def plain(text: str) -> str:
    """Lower case without marks, "Mr." as the clips spell it: what is compared is what was heard."""
    return re.sub(r"\bmr\b", "mister", " ".join(re.sub(r"[^a-z' ]+", " ", text.lower()).split()))


def _samples(path: Path) -> Samples:
    with wave.open(str(path)) as file:
        return (np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768).astype(np.float32)
