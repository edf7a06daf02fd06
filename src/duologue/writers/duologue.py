"""`duologue.conversation/1`."""

from __future__ import annotations

from duologue.model import Conversation
from duologue.wire import conversation_to, dumps


def to_duologue(conversation: Conversation) -> bytes:
    """The wire format as it stands: everything a conversation has."""
    return dumps(conversation_to(conversation)).encode()
