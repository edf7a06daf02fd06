"""Which language a conversation is in."""

from __future__ import annotations

from duologue.model import Conversation


def language_of(conversation: Conversation) -> str | None:
    """A language code such as "en": the file's own, else detected; None where there are too few words to tell."""
    return conversation.language
