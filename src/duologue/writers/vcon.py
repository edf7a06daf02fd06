"""vCon 0.3: a text dialog a turn for others, and the whole conversation under `analysis` for ourselves."""

from __future__ import annotations

import uuid
from typing import Any

from duologue.clock import epoch, iso
from duologue.model import Conversation, Turn
from duologue.wire import CONVERSATION, conversation_to, dumps

_NAMESPACE = uuid.UUID("6f1b4d7e-2c53-5c0a-9c1d-0d8a53e0f1c2")  # our own, so that the same id gives the same uuid


def to_vcon(conversation: Conversation) -> bytes:
    """A vCon. The format wants dates: without a known start they count from 1970, and `analysis` has the truth."""
    parties = {s.id: i for i, s in enumerate(conversation.speakers)}
    zero = epoch(conversation.started_at) or 0.0
    turns = range(len(conversation.turns))
    document: dict[str, Any] = {
        "vcon": "0.3.0",
        "uuid": str(uuid.uuid5(_NAMESPACE, conversation.id)),
        "created_at": iso(zero),
        "parties": [{"name": s.name} for s in conversation.speakers],
        "dialog": [_dialog(t, parties, zero) for t in conversation.turns],
        "analysis": [
            {
                "type": "transcript",
                "dialog": list(turns),
                "vendor": "duologue",
                "product": "duologue",
                "schema": CONVERSATION,
                "mediatype": "application/json",
                "encoding": "json",
                "body": conversation_to(conversation),
            }
        ],
        "attachments": [],
    }
    return dumps(document).encode()


def _dialog(turn: Turn, parties: dict[str, int], zero: float) -> dict[str, Any]:
    dialog: dict[str, Any] = {"type": "text", "start": iso(zero + (turn.start or 0.0))}
    if turn.start is not None and turn.end is not None:
        dialog["duration"] = round(turn.end - turn.start, 3)
    party = parties[turn.speaker]
    return dialog | {
        "parties": [party],
        "originator": party,
        "mediatype": "text/plain",
        "encoding": "none",
        "body": turn.text,
    }
