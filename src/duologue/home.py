"""Where Duologue keeps what it has to keep on this machine: `DUOLOGUE_HOME`, else the platform's state folder (P3)."""

from __future__ import annotations

import os
from pathlib import Path


def home(*parts: str) -> Path:
    """A folder below the state folder, made where it is missing and open to its owner alone."""
    from platformdirs import user_state_path

    chosen = os.environ.get("DUOLOGUE_HOME")
    folder = Path(chosen) if chosen else user_state_path("duologue", appauthor=False)
    folder = folder.joinpath(*parts)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def cache(*parts: str) -> Path:
    """A folder for what can be fetched again (models of speech): below `DUOLOGUE_HOME`, else the platform's cache."""
    from platformdirs import user_cache_path

    if os.environ.get("DUOLOGUE_HOME"):
        return home("cache", *parts)
    folder = user_cache_path("duologue", appauthor=False).joinpath(*parts)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
