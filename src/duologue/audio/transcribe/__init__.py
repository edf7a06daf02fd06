"""What was said: a backend a file, behind the Protocol `Transcriber`."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from duologue.audio.base import Transcriber
from duologue.audio.models import Found

# backend (of a model, `known_models.py`) → module and class
BACKENDS: dict[str, tuple[str, str]] = {
    "whisper": ("duologue.audio.transcribe.whisper", "Whisper"),
    "parakeet": ("duologue.audio.transcribe.parakeet", "Parakeet"),
}


def load(found: Found, *, fast: bool = False) -> Transcriber:
    """The transcriber for a model that is here. `fast`: for talk as it goes on, at some cost in exactness.

    Raises MissingExtra where its library is not installed, UnreadableInput where the files cannot be loaded.
    """
    module, name = BACKENDS[found.backend]
    return cast(Transcriber, getattr(import_module(module), name)(found, fast=fast))
