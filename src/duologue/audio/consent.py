"""What a user said of a recording's consent, kept by the recording's content so that they are asked once (P3, P5).

One small JSON file on this machine: a SHA-256 and an answer a recording, no names and no words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from duologue.audio.journal import content_of
from duologue.files import write_atomic
from duologue.home import home
from duologue.model import Consent


def remembered(path: str) -> Consent | None:
    """What was said of this recording before; None where nobody was asked."""
    said = _load().get(content_of(path))
    return Consent(given=said["given"], at=said.get("at")) if said else None


def remember(path: str, consent: Consent) -> None:
    """Keep what was said of this recording."""
    said = {**_load(), content_of(path): {"given": consent.given, "at": consent.at}}
    write_atomic(str(_file()), msgspec.json.encode(said))


def _file() -> Path:
    return home() / "consent.json"


def _load() -> dict[str, dict[str, Any]]:
    try:
        return msgspec.json.decode(_file().read_bytes(), type=dict[str, dict[str, Any]])
    except (OSError, msgspec.DecodeError):
        return {}  # an answer lost is an answer asked for once more
