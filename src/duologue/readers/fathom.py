"""Fathom: a recording's transcript, a meeting that carries one (also as a webhook), or a page of meetings (`items`).

An entry is {speaker: {display_name, matched_calendar_invitee_email}, text, timestamp "HH:MM:SS"}; there are no ends.
Invitees say who is external. Of several meetings the first with words is read.
"""

from __future__ import annotations

from duologue.errors import NoConversation
from duologue.model import Conversation, Side
from duologue.readers._json import (
    JsonObject,
    clock,
    first_with_words,
    found,
    inside,
    label,
    lists,
    members,
    objects,
    pick,
    started,
    text,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation

_MEETING_KEYS = {"recording_id", "share_url", "recorded_by", "calendar_invitees", "recording_start_time"}


class Fathom:
    name = "fathom"
    label = "Fathom transcript (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.YES if _meetings(source) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        meetings = found(_meetings(source), self.label)
        meeting, segments, notices = first_with_words(
            meetings, _segments, lambda m: label(pick(m, "title", "meeting_title", "recording_id"))
        )
        if not segments:
            raise NoConversation(
                "this is a Fathom meeting without its transcript",
                hint="Ask Fathom for it with include_transcript=true, or export the transcript",
            )
        return conversation(
            segments,
            source=self.name,
            sides=_sides(meeting),
            id=label(meeting.get("recording_id")) or None,
            started_at=started(
                meeting.get("recording_start_time"), meeting.get("scheduled_start_time"), meeting.get("created_at")
            ),
            language=text(meeting.get("transcript_language")) or None,
            notices=notices,
        )


def _meetings(source: Source) -> list[JsonObject]:
    meetings = [o for o in objects(source) if _is_meeting(o)]
    return meetings or [{"transcript": bare} for bare in lists(source) if any(map(_is_entry, bare))][:1]


def _is_meeting(o: JsonObject) -> bool:
    if any(map(_is_entry, members(o.get("transcript")))):
        return True
    return "transcript" in o and not o["transcript"] and len(_MEETING_KEYS & o.keys()) > 1


def _is_entry(entry: JsonObject) -> bool:
    return "text" in entry and ("display_name" in inside(entry, "speaker"))


def _speaker(entry: JsonObject) -> str:
    who = inside(entry, "speaker")
    return text(who.get("display_name")) or text(who.get("matched_calendar_invitee_email"))


def _segments(meeting: JsonObject) -> list[Segment]:
    return [
        Segment(speaker=_speaker(e), text=text(e.get("text")), start=clock(e.get("timestamp")))
        for e in members(meeting.get("transcript"))
    ]


def _sides(meeting: JsonObject) -> dict[str, Side]:
    """Sides by name: of invitees, whether they are external; whoever recorded the meeting is ours."""
    by_address: dict[str, Side] = {}
    invitees: list[tuple[JsonObject, Side]] = [(inside(meeting, "recorded_by"), "ours")]
    for i in members(meeting.get("calendar_invitees")):
        if isinstance(i.get("is_external"), bool):
            invitees.append((i, "theirs" if i["is_external"] else "ours"))
    for i, which in invitees:
        for key in (i.get("email"), i.get("name"), i.get("matched_speaker_display_name")):
            if text(key):
                by_address[text(key).casefold()] = which
    sides: dict[str, Side] = {}
    for e in members(meeting.get("transcript")):
        address = text(inside(e, "speaker").get("matched_calendar_invitee_email")).casefold()
        sides[_speaker(e)] = by_address.get(address) or by_address.get(_speaker(e).casefold()) or "unknown"
    return sides
