"""Slack: an export (zip or folder), a day's file of one, or a reply of the API (`conversations.history`)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from duologue.clock import epoch, iso
from duologue.errors import NoConversation, UnreadableInput
from duologue.model import Conversation
from duologue.readers import archive
from duologue.readers.archive import Archive
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation
from duologue.readers.choice import choose, counted

_DAY = re.compile(r"(?:^|.*/)([^/]+)/\d{4}-\d\d-\d\d\.json")
_BARE_DAY = re.compile(r"\d{4}-\d\d-\d\d\.json")
_LISTS = ("channels", "groups", "dms", "mpims")
_TS = re.compile(r"\d{9,11}(?:\.\d+)?")
# Words of a person; every other subtype is the system's (joins, topics, bots, pins, reminders).
_SPOKEN = frozenset((None, "", "thread_broadcast", "me_message", "file_share", "file_comment"))


class Slack:
    name = "slack"
    label = "Slack export (zip or folder; --channel) or API reply"
    extensions = ("zip", "json")

    def sniff(self, source: Source) -> Sure:
        if archive.is_archive(source):
            names = archive.names(source)
            days = any(_DAY.fullmatch(n) for n in names)
            if days and any(n.rpartition("/")[2] in ("users.json", "channels.json", "dms.json") for n in names):
                return Sure.YES
            return Sure.PERHAPS if days or (names and all(_BARE_DAY.fullmatch(n) for n in names)) else Sure.NO
        return Sure.YES if _from_api(source) is not None else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        if archive.is_archive(source):
            return _from_export(Archive(source), source.name, options.channel)
        found = _from_api(source)
        if found is None:
            raise UnreadableInput("this is no Slack export and no reply of Slack's API")
        messages, users = found
        return _conversation(messages, _names(users))


def _from_api(source: Source) -> tuple[list[Any], list[Any]] | None:
    """The messages, and users where the reply brings them."""
    for view in source.views():
        messages = view.get("messages") if isinstance(view, dict) else view
        if isinstance(messages, list) and _are_messages(messages):
            users = (view.get("users") or view.get("members")) if isinstance(view, dict) else None
            return messages, users if isinstance(users, list) else []
    return None


def _are_messages(values: list[Any]) -> bool:
    head = [v for v in values[:50] if isinstance(v, dict)]
    return bool(head) and all(
        isinstance(v.get("ts"), str)
        and _TS.fullmatch(v["ts"]) is not None
        and (isinstance(v.get("text"), str) or "subtype" in v or "blocks" in v)
        for v in head
    )


def _from_export(export: Archive, name: str, wanted: str | None) -> Conversation:
    days: dict[str, list[str]] = {}
    for path in export.names:
        match = _DAY.fullmatch(path)
        if match or _BARE_DAY.fullmatch(path):
            days.setdefault(match[1] if match else name, []).append(path)
    users: list[Any] = []
    titles: dict[str, str] = {}
    for path in export.names:
        stem = path.rpartition("/")[2].removesuffix(".json")
        if stem in ("users", "org_users"):
            users += _listing(export, path)
    names = _names(users)
    for path in export.names:
        if path.rpartition("/")[2].removesuffix(".json") in _LISTS:
            titles |= _titles(_listing(export, path), names)
    marks = ("#", "@")
    if wanted is not None:  # an export of years is large: only what is wanted is read
        files = {folder: len(paths) for folder, paths in days.items()}
        chosen = choose(files, wanted, what="channel", of="Slack export", unit="days", titles=titles, ignore=marks)
        days = {chosen: days[chosen]}
    channels = {folder: [m for p in paths for m in _listing(export, p)] for folder, paths in days.items()}
    counts = {folder: sum(1 for m in ms if _is_spoken(m)) for folder, ms in channels.items()}
    folder = choose(counts, None, what="channel", of="Slack export", titles=titles)
    return _conversation(channels[folder], names)


def _listing(export: Archive, path: str) -> list[Any]:
    value = export.json(path)
    return value if isinstance(value, list) else []


def _titles(listing: Iterable[Any], names: Mapping[str, str]) -> dict[str, str]:
    """Folder → what people call it: direct messages have an id for a folder, and members."""
    titles: dict[str, str] = {}
    for entry in listing:
        if not isinstance(entry, dict):
            continue
        members = [str(m) for m in entry.get("members") or () if isinstance(m, str)]
        if isinstance(entry.get("name"), str):
            titles[entry["name"]] = entry["name"]
        elif isinstance(entry.get("id"), str):
            titles[entry["id"]] = ", ".join(names.get(m, m) for m in members) or entry["id"]
    return titles


def _names(users: Iterable[Any]) -> dict[str, str]:
    return {u["id"]: name for u in users if isinstance(u, dict) and "id" in u and (name := _name_of(u))}


def _name_of(user: Mapping[str, Any]) -> str:
    profile = user.get("profile") if isinstance(user.get("profile"), dict) else {}
    for holder, key in (
        (user, "real_name"), (profile, "real_name"), (profile, "display_name"), (user, "display_name"), (user, "name"),
    ):  # fmt: skip
        value = (holder or {}).get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _is_spoken(m: Any) -> bool:
    return (
        isinstance(m, dict) and m.get("subtype") in _SPOKEN and isinstance(m.get("user"), str) and bool(m.get("text"))
    )


def _conversation(messages: list[Any], names: dict[str, str]) -> Conversation:
    dicts = [m for m in messages if isinstance(m, dict)]
    names = names | {
        m["user"]: name
        for m in dicts
        if isinstance(m.get("user"), str) and m["user"] not in names and isinstance(m.get("user_profile"), dict)
        if (name := _name_of(m["user_profile"]))
    }
    spoken = [m for m in dicts if _is_spoken(m)]
    # An app may post with a person's own token, so that an id of a bot alone does not make a bot of its user.
    people = {m["user"] for m in spoken if not m.get("bot_id")}
    by_people = [m for m in spoken if m["user"] in people and m["user"] != "USLACKBOT"]
    kept = list({(m.get("ts"), m["user"]): m for m in by_people or spoken}.values())
    kept.sort(key=lambda m: epoch(m.get("ts")) or 0.0)  # the API answers with the newest first
    left_out = len(dicts) - len(by_people or spoken)
    said = []
    if not by_people and spoken:
        said.append("Every message was posted through an app: whether a person wrote them, the file does not say.")
    if left_out:
        said.append(
            f"{counted(left_out, 'message')} left out: of apps and bots, without words, or of the system "
            "(joins and the like)."
        )
    if any(m.get("thread_ts") and m.get("thread_ts") != m.get("ts") for m in kept):
        said.append(
            "Replies in threads stand where they were sent, in order of time, not under the message they answer."
        )
    if not kept:
        raise NoConversation(
            "there are no messages with words of a person in it", hint="Was it exported with its history?"
        )
    times = [epoch(m.get("ts")) for m in kept]
    first = next((t for t in times if t is not None), None)
    return conversation(
        [
            Segment(
                speaker=m["user"],
                text=plain(str(m["text"]), names),
                start=t - first if t is not None and first is not None else None,
            )
            for m, t in zip(kept, times, strict=True)
        ],
        source="slack",
        names=names,
        started_at=iso(first),
        merge=False,
        estimate=False,
        notices=said,
    )


def plain(text: str, names: Mapping[str, str]) -> str:
    """Slack's markup as people saw it: mentions by name, links by their label, entities unescaped."""

    def shown(match: re.Match[str]) -> str:
        body, _, label = match[1].partition("|")
        if body.startswith("@"):
            return "@" + names.get(body[1:], label or body[1:])
        if body.startswith("#"):
            return "#" + (label or body[1:])
        if body.startswith("!"):
            return label or "@" + body[1:].partition("^")[0]
        return label or body.removeprefix("mailto:")

    return html.unescape(re.sub(r"<([^<>\n]+)>", shown, text))
