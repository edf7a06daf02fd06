"""Intercom: one conversation as its API gives it (`source` and `conversation_parts`), or a list of them."""

from __future__ import annotations

from typing import Any

from duologue.clock import epoch, iso
from duologue.errors import NoConversation, UnreadableInput
from duologue.model import Conversation, Side
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation
from duologue.readers.choice import choose, counted
from duologue.readers.html_text import html_text

# An automated assistant is nobody who could be coached, and nobody to be heard either.
_SIDES: dict[str, Side] = {"admin": "ours", "team": "ours", "user": "theirs", "lead": "theirs", "contact": "theirs"}
_INTERNAL = frozenset(("note", "note_and_reopen"))


class Intercom:
    name = "intercom"
    label = "Intercom conversation"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.YES if _conversations(source) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        found = {str(c.get("id", i)): c for i, c in enumerate(_conversations(source))}
        if not found:
            raise UnreadableInput("this is no Intercom conversation")
        counts = {key: sum(1 for p in _parts(c) if _body(p)) for key, c in found.items()}
        key = next(iter(found)) if len(found) == 1 else choose(counts, options.channel, what="conversation", of="list")
        return _conversation(found[key])


def _conversations(source: Source) -> list[dict[str, Any]]:
    for view in source.views():
        listed = view.get("conversations") if isinstance(view, dict) else view
        found = [c for c in (listed if isinstance(listed, list) else [view]) if _is_one(c)]
        if found:
            return found
    return []


def _is_one(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and "conversation_parts" in value
        and ("source" in value or "state" in value or "id" in value)
    )


def _parts(c: dict[str, Any]) -> list[dict[str, Any]]:
    """The opening message and the parts, oldest first."""
    held = c.get("conversation_parts")
    listed = held.get("conversation_parts") if isinstance(held, dict) else held
    parts = [p for p in (listed if isinstance(listed, list) else []) if isinstance(p, dict)]
    parts.sort(key=lambda p: epoch(p.get("created_at")) or 0.0)
    opening = c.get("source")
    if isinstance(opening, dict):
        return [{"created_at": c.get("created_at"), **opening}, *parts]
    return parts


def _body(part: dict[str, Any]) -> str:
    if part.get("part_type") in _INTERNAL or part.get("redacted") is True:
        return ""
    body = part.get("body")
    return html_text(body) if isinstance(body, str) else ""


def _conversation(c: dict[str, Any]) -> Conversation:
    parts = _parts(c)
    kept = [(p, body) for p in parts if (body := _body(p))]
    if not kept:
        raise NoConversation(
            "the conversation holds no words, only what happened to it (assigned, closed and the like)",
            hint="Ask the API for it with its parts, as plain text or HTML",
        )
    said = []
    if notes := sum(1 for p in parts if p.get("part_type") in _INTERNAL and p.get("body")):
        said.append(f"{counted(notes, 'internal note')} left out: the other side never saw them.")
    if redacted := sum(1 for p in parts if p.get("redacted") is True):
        said.append(f"{counted(redacted, 'message')} taken out of the conversation before it was exported.")
    names: dict[str, str] = {}
    sides: dict[str, Side] = {}
    segments = []
    times = [epoch(p.get("created_at")) for p, _ in kept]
    first = min((t for t in times if t is not None), default=None)
    bots = 0
    for (part, body), t in zip(kept, times, strict=True):
        author = part.get("author") if isinstance(part.get("author"), dict) else None
        key, name, kind = _author(author or {})
        names[key] = name
        sides[key] = _SIDES.get(kind, "unknown")
        bots += kind == "bot"
        segments.append(
            Segment(speaker=key, text=body, start=t - first if t is not None and first is not None else None)
        )
    if bots:
        said.append(f"{counted(bots, 'message')} written by an automated assistant, who is on neither side.")
    return conversation(
        segments,
        source="intercom",
        names=names,
        sides=sides,
        id=str(c["id"]) if c.get("id") else None,
        started_at=iso(first),
        merge=False,
        estimate=False,
        notices=said,
    )


def _author(author: dict[str, Any]) -> tuple[str, str, str]:
    """Key, name as the file spells it, type."""
    kind = str(author.get("type") or "")
    number, name, email = author.get("id"), author.get("name"), author.get("email")
    key = f"{kind}-{number}" if number else str(email or name or "")
    return key, str(name or email or key or "Unknown speaker"), kind
