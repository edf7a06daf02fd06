"""ConvoKit's JSON Lines: an utterance a line under ConvoKit's keys; what it has no key for lies under `meta`."""

from __future__ import annotations

import msgspec

from duologue.clock import epoch
from duologue.errors import UnwritableOutput
from duologue.model import Conversation
from duologue.wire import CONVOKIT_HEADER, CONVOKIT_TURN, conversation_to


def to_convokit(conversation: Conversation) -> bytes:
    """One line a turn; the first also carries what belongs to the whole. Raises UnwritableOutput without turns."""
    if not conversation.turns:
        raise UnwritableOutput("a conversation without turns has no line to write", hint="Choose duologue")
    wire = conversation_to(conversation)
    turns = wire.pop("turns")
    wire.pop("format")
    zero = epoch(conversation.started_at) or 0.0
    lines = []
    for i, turn in enumerate(turns):
        text, speaker = turn.pop("text"), turn.pop("speaker")
        meta = {CONVOKIT_TURN: turn} if i else {CONVOKIT_HEADER: wire, CONVOKIT_TURN: turn}
        line = {
            "id": f"{conversation.id}-{i}",
            "conversation_id": conversation.id,
            "text": text,
            "speaker": speaker,
            "reply_to": f"{conversation.id}-{i - 1}" if i else None,
            "timestamp": round(zero + turn["start"], 3) if turn["start"] is not None else None,
            "meta": meta,
        }
        lines.append(msgspec.json.encode(line))
    return b"\n".join(lines) + b"\n"
