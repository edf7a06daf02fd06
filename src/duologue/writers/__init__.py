"""A conversation out. The table below is all there is; reading what was written gives the same conversation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from duologue.errors import UnknownName
from duologue.model import Conversation
from duologue.writers.convokit import to_convokit
from duologue.writers.duologue import to_duologue
from duologue.writers.vcon import to_vcon
from duologue.writers.webvtt import to_webvtt

__all__ = ["EXTENSIONS", "WRITERS", "write"]

WRITERS: dict[str, Callable[[Conversation], bytes]] = {
    "duologue": to_duologue,
    "webvtt": to_webvtt,
    "vcon": to_vcon,
    "convokit": to_convokit,
}
EXTENSIONS: dict[str, str] = {"json": "duologue", "vtt": "webvtt", "vcon": "vcon", "jsonl": "convokit"}


def write(conversation: Conversation, format: str | None = None, path: str | None = None) -> bytes:
    """The bytes of a conversation in a format, chosen by name or by the extension of `path`.

    Raises UnknownName where neither says which, UnwritableOutput where the format cannot hold this conversation.
    """
    name = format or EXTENSIONS.get(PurePath(path).suffix.lower().removeprefix(".") if path else "")
    if name is None or name not in WRITERS:
        what = (
            f"there is no format “{format}” to write"
            if format
            else f"the name “{path}” does not say which format to write"
        )
        raise UnknownName(what, hint=f"Choose one of {', '.join(WRITERS)} with --to")
    return WRITERS[name](conversation)
