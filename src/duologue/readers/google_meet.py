"""Google Meet: the entries of `conferenceRecords.transcripts` of its REST API, with the participants beside.

An entry is {name, participant, text, languageCode, startTime, endTime}; times are clock times and become seconds from
the start of the conference where the file has it, else from the first entry.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from duologue.model import Conversation
from duologue.readers._json import JsonObject, found, inside, members, moment, objects, started, text, walk
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation

_RECORD = "conferenceRecords/"
_USERS = ("signedinUser", "signedInUser", "anonymousUser", "phoneUser")


class GoogleMeet:
    name = "google-meet"
    label = "Google Meet transcript entries (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.NO if _entries(source) is None else Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        entries = _entries(source)
        entries = [] if entries == [] else found(entries, self.label)
        names = _names(source)
        zero, as_written = _beginning(source, entries)
        speaking = {text(e.get("participant")) for e in entries}

        def since(value: object) -> float | None:
            at = moment(value)
            return (at - zero).total_seconds() if at and zero else None

        return conversation(
            [
                Segment(
                    speaker=text(e.get("participant")),
                    text=text(e.get("text")),
                    start=since(e.get("startTime")),
                    end=since(e.get("endTime")),
                )
                for e in entries
            ],
            source=self.name,
            names={key: names.get(key) or key.rpartition("/")[2] for key in names.keys() | speaking if key},
            silent=[key for key in names if key not in speaking],
            id=next((_record(e) for e in entries if _record(e)), None),
            started_at=as_written,
            language=next((text(e.get("languageCode")) for e in entries if text(e.get("languageCode"))), None),
        )


def _entries(source: Source) -> list[JsonObject] | None:
    pages: list[JsonObject] = []
    for o in objects(source):
        for key in ("transcriptEntries", "entries", "transcript_entries"):
            listed = o.get(key)
            if isinstance(listed, list) and (key != "entries" or any(map(_is_entry, members(listed)))):
                pages += members(listed)
                if not listed:
                    return []
    if not pages and isinstance(source.json, list):
        pages = [e for e in members(source.json) if _is_entry(e)]
    return pages or None


def _is_entry(e: JsonObject) -> bool:
    mine = text(e.get("participant")).startswith(_RECORD) or "/transcripts/" in text(e.get("name"))
    return mine and "text" in e


def _record(e: JsonObject) -> str:
    name = text(e.get("name"))
    return name.split("/")[1] if name.startswith(_RECORD) else ""


def _names(source: Source) -> dict[str, str]:
    """Participant's resource name → display name; empty where the file names nobody."""
    names: dict[str, str] = {}
    for o in walk(source.json):
        user = next((inside(o, k) for k in _USERS if inside(o, k)), {})
        if user and text(o.get("name")):
            names[text(o.get("name"))] = text(user.get("displayName"))
    return names


def _beginning(source: Source, entries: list[JsonObject]) -> tuple[datetime | None, str | None]:
    """When the conference began, or else the first entry; also as the file writes it."""
    starts = [(at, e.get("startTime")) for e in entries if (at := moment(e.get("startTime")))]
    if not starts:
        return None, None
    first, written = min(starts, key=lambda pair: pair[0])
    for o in walk(source.json):
        at = moment(o.get("startTime"))
        is_record = text(o.get("name")).startswith(_RECORD) and text(o.get("name")).count("/") == 1
        if at and is_record and timedelta(0) <= first - at < timedelta(days=1):
            return at, started(o.get("startTime"))
    return first, started(written)
