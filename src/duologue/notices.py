"""What a user has to know before reading on: what could not be known, and what was left out."""

from __future__ import annotations

from duologue.model import Kind
from duologue.text import Scene


def notices_about(scene: Scene, *, language: str | None, kind: Kind | None) -> tuple[str, ...]:
    """The reader's own notices, then those about speakers, sides, times, language and length."""
    return scene.conversation.notices
