"""Who is the coached side: taken from the user's word, else from what the file says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from duologue.errors import UnknownName
from duologue.model import Conversation, Speaker


def _same(name: str, speaker: Speaker) -> bool:
    wanted = " ".join(name.casefold().split())
    return wanted in (" ".join(speaker.name.casefold().split()), speaker.id.casefold())


def with_us(conversation: Conversation, us: Sequence[str]) -> Conversation:
    """The same conversation with the named speakers on our side and the others on theirs; relays stay relays.

    Names match whole, whatever their case; where none does, a name that is part of exactly one speaker's name counts
    ("Ana" for "Ana Ruiz"). Raises UnknownName with the speakers listed where a name fits nobody or several.
    """
    if not us:
        return conversation
    ours: set[str] = set()
    for name in us:
        hits = [s for s in conversation.speakers if _same(name, s)]
        if not hits:
            hits = [s for s in conversation.speakers if name.strip() and name.casefold().strip() in s.name.casefold()]
        if len(hits) != 1:
            listed = ", ".join(f"“{s.name}”" for s in conversation.speakers[:12]) or "nobody"
            raise UnknownName(
                f"“{name}” {'fits several speakers' if hits else 'is not among the speakers'}: {listed}",
                hint="Name one as the file spells it, with --us",
            )
        ours.add(hits[0].id)
    speakers = tuple(
        s if s.side == "relay" and s.id not in ours else replace(s, side="ours" if s.id in ours else "theirs")
        for s in conversation.speakers
    )
    return replace(conversation, speakers=speakers)
