"""Who is who: the coached side, names and their exchange, from the user's word, else from what the file says."""

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
            raise UnknownName(
                f"“{name}” {'fits several speakers' if hits else 'is not among the speakers'}: {_listed(conversation)}",
                hint="Name one as the file spells it, with --us",
            )
        ours.add(hits[0].id)
    speakers = tuple(
        s if s.side == "relay" and s.id not in ours else replace(s, side="ours" if s.id in ours else "theirs")
        for s in conversation.speakers
    )
    return replace(conversation, speakers=speakers)


def renamed(conversation: Conversation, heard: str, name: str) -> Conversation:
    """The same conversation with the speaker called `heard` called `name`.

    Where somebody already has that name the two are one person: the words of both are theirs. Raises UnknownName where
    nobody is called `heard`.
    """
    found = _one(conversation, heard)
    same = next((s for s in conversation.speakers if _same(name, s) and s.id != found.id), None)
    if same is None:
        speakers = tuple(replace(s, name=name) if s.id == found.id else s for s in conversation.speakers)
        return replace(conversation, speakers=speakers)
    return replace(
        conversation,
        speakers=tuple(s for s in conversation.speakers if s.id != found.id),
        turns=tuple(replace(t, speaker=same.id) if t.speaker == found.id else t for t in conversation.turns),
    )


def swapped(conversation: Conversation) -> Conversation:
    """The same conversation with its two speakers exchanged: what one said is the other's.

    Raises UnknownName where there are not two: who is meant would be a guess.
    """
    if len(conversation.speakers) != 2:
        raise UnknownName(
            f"there are not two speakers to exchange: {_listed(conversation)}",
            hint='Give each their name instead: --name "HEARD=NAME"',
        )
    a, b = (s.id for s in conversation.speakers)
    other = {a: b, b: a}
    return replace(conversation, turns=tuple(replace(t, speaker=other[t.speaker]) for t in conversation.turns))


def _one(conversation: Conversation, name: str) -> Speaker:
    for s in conversation.speakers:
        if _same(name, s):
            return s
    raise UnknownName(
        f"“{name}” is not among the speakers: {_listed(conversation)}", hint='Name one of them: --name "HEARD=NAME"'
    )


def _listed(conversation: Conversation) -> str:
    return ", ".join(f"“{s.name}”" for s in conversation.speakers[:12]) or "nobody"
