"""A review for commands that go on from one: out of its JSON as it stands, or of the conversation in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from duologue.errors import UnreadableInput

if TYPE_CHECKING:
    from duologue.model import Kind, Review

_LOOK_AT = 200  # bytes: the format stands first in what we write


def load_review(path: str, *, us: Sequence[str] = (), kind: Kind | None = None) -> Review:
    """The review in a `duologue.review/1` file; of anything else the review of the conversation in it.

    `us`, `kind`: as on the command line. Where they say otherwise than a review does, its conversation is reviewed
    anew. Raises what reading does.
    """
    from duologue import wire
    from duologue.cli.shared import load_one
    from duologue.reviewing import Options, review
    from duologue.sides import with_us

    file = Path(path)
    try:
        data = file.read_bytes() if file.suffix.lower() == ".json" and file.is_file() else b""
    except OSError as error:
        raise UnreadableInput(f"it cannot be read: {(error.strerror or str(error)).lower()}", where=path) from None
    if wire.REVIEW.encode() not in data[:_LOOK_AT]:
        return review(load_one(path, us=us, ask=True), Options(kind=kind))
    try:
        found = wire.review_from_json(data)
    except UnreadableInput as error:
        raise error.at(path) from None
    conversation = with_us(found.conversation, us)
    if conversation == found.conversation and kind in (None, found.kind):
        return found
    return review(conversation, Options(kind=kind or found.kind))
