"""Telegram Desktop's export: one chat, or the whole account (`--channel` names a chat)."""

from __future__ import annotations

from typing import Any

from duologue.clock import epoch, iso
from duologue.errors import NoConversation, UnreadableInput
from duologue.model import Conversation, Side
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation
from duologue.readers.choice import choose, counted


class Telegram:
    name = "telegram"
    label = "Telegram export (result.json)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.YES if _chats(source) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        chats = _chats(source)
        if not chats:
            raise UnreadableInput("this is no Telegram export")
        counts = {key: sum(1 for m in chat["messages"] if _is_spoken(m)) for key, chat in chats.items()}
        key = (
            next(iter(chats)) if len(chats) == 1 else choose(counts, options.channel, what="chat", of="Telegram export")
        )
        return _conversation(chats[key], _own_id(source.json))


def _chats(source: Source) -> dict[str, dict[str, Any]]:
    """Name → chat. Names that occur twice get their id behind them."""
    for view in source.views():
        if not isinstance(view, dict):
            continue
        held = view.get("chats")
        listed = held.get("list") if isinstance(held, dict) else None
        found = [c for c in (listed if isinstance(listed, list) else [view]) if _is_chat(c)]
        if found:
            names = [str(c.get("name") or c.get("id") or "chat") for c in found]
            return {
                name if names.count(name) == 1 else f"{name} {chat.get('id')} {i}": chat
                for i, (name, chat) in enumerate(zip(names, found, strict=True))
            }
    return {}


def _is_chat(value: Any) -> bool:
    messages = value.get("messages") if isinstance(value, dict) else None
    if not isinstance(messages, list):
        return False
    head = [m for m in messages[:20] if isinstance(m, dict)]
    return bool(head) and all(
        m.get("type") in ("message", "service") and ("date" in m or "date_unixtime" in m) and "ts" not in m
        for m in head
    )


def _own_id(value: Any) -> str | None:
    """The id under which the exporter's own messages stand, where the export of an account says so."""
    person = value.get("personal_information") if isinstance(value, dict) else None
    number = person.get("user_id") if isinstance(person, dict) else None
    return f"user{number}" if number else None


def _text(value: Any) -> str:
    """A text is a string, or a list of strings and of entities (links, bold, mentions) that hold one each."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(part if isinstance(part, str) else _entity(part) for part in value)
    return ""


def _entity(part: Any) -> str:
    return part["text"] if isinstance(part, dict) and isinstance(part.get("text"), str) else ""


def _words(m: dict[str, Any]) -> str:
    return _text(m.get("text")) or _text(m.get("text_entities"))


def _is_spoken(m: Any) -> bool:
    return isinstance(m, dict) and m.get("type") == "message" and bool(_words(m).strip())


def _speaker(m: dict[str, Any]) -> str:
    return str(m.get("from_id") or m.get("from") or "")


def _conversation(chat: dict[str, Any], own: str | None) -> Conversation:
    kept = [m for m in chat["messages"] if _is_spoken(m)]
    if not kept:
        raise NoConversation("there are no messages with words in it", hint="Export it with its text messages")
    said = []
    if left_out := len(chat["messages"]) - len(kept):
        said.append(f"{counted(left_out, 'message')} left out: without words (pictures, voice) or of the system.")
    if forwarded := sum(1 for m in kept if m.get("forwarded_from")):
        said.append(f"{counted(forwarded, 'message')} forwarded: those words stand under the one who passed them on.")
    times = [epoch(m.get("date_unixtime") or m.get("date")) for m in kept]
    first = min((t for t in times if t is not None), default=None)
    has_zone = any(m.get("date_unixtime") for m in kept)
    names = {_speaker(m): str(m["from"]) for m in kept if m.get("from")}
    names |= {_speaker(m): "Deleted account" for m in kept if _speaker(m) not in names and m.get("from_id")}
    sides: dict[str, Side] = {key: "ours" if key == own else "theirs" for key in names} if own in names else {}
    started = iso(first)
    return conversation(
        [
            Segment(
                speaker=_speaker(m),
                text=_words(m),
                start=t - first if t is not None and first is not None else None,
            )
            for m, t in zip(kept, times, strict=True)
        ],
        source="telegram",
        names=names,
        sides=sides,
        started_at=started if has_zone or started is None else started.removesuffix("Z"),  # local time, zone unknown
        merge=False,
        estimate=False,
        notices=said,
    )
