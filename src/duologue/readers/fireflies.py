"""Fireflies: a transcript of its GraphQL API (`data.transcript` or `data.transcripts`), or the list its app exports.

A sentence is {speaker_name, speaker_id, text or raw_text, start_time, end_time}, times in seconds; the app's export has
{sentence, speaker_name, startTime, endTime} with clocks. Of several transcripts the first with words is read.
"""

from __future__ import annotations

from duologue.model import Conversation
from duologue.readers._json import (
    JsonObject,
    clock,
    first_with_words,
    found,
    label,
    lists,
    members,
    objects,
    pick,
    spoken_name,
    started,
    text,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation

_SENTENCE_KEYS = {"speaker_name", "speakerName", "raw_text", "start_time", "speaker_id", "sentence"}
_MEETING_KEYS = {"transcript_url", "organizer_email", "host_email", "meeting_attendees", "speakers", "fireflies_users"}


class Fireflies:
    name = "fireflies"
    label = "Fireflies transcript (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.YES if _meetings(source) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        meetings = found(_meetings(source), self.label)
        meeting, segments, notices = first_with_words(meetings, _segments, lambda m: text(pick(m, "title", "id")))
        names = _names(meeting)
        called = {s.speaker: names.get(s.speaker) or spoken_name(s.speaker) for s in segments}
        silent = [n for n in dict.fromkeys(names.values()) if n not in called and n not in called.values()]
        return conversation(
            segments,
            source=self.name,
            names=called,
            silent=silent,
            id=label(meeting.get("id")) or None,
            started_at=started(meeting.get("date"), meeting.get("dateString")),
            notices=notices,
        )


def _meetings(source: Source) -> list[JsonObject]:
    meetings = [o for o in objects(source) if _is_meeting(o)]
    if meetings:
        return meetings
    exported = (bare for bare in lists(source) if any(_is_sentence(s) and "sentence" in s for s in bare))
    return [{"sentences": bare} for bare in exported][:1]


def _is_meeting(o: JsonObject) -> bool:
    if "sentences" not in o:
        return False
    return any(_is_sentence(s) for s in members(o["sentences"])) or (
        not o["sentences"] and bool(_MEETING_KEYS & o.keys())
    )


def _is_sentence(s: JsonObject) -> bool:
    return bool(_SENTENCE_KEYS & s.keys()) and bool({"text", "raw_text", "sentence"} & s.keys())


def _names(meeting: JsonObject) -> dict[str, str]:
    """Speaker id → name, from the transcript's own list of speakers."""
    listed = members(meeting.get("speakers"))
    return {
        key: text(s.get("name"))
        for s in listed
        if (key := label(s.get("id")) or text(s.get("name"))) and text(s.get("name"))
    }


def _segments(meeting: JsonObject) -> list[Segment]:
    return [
        Segment(
            speaker=text(pick(s, "speaker_name", "speakerName")) or label(pick(s, "speaker_id", "speakerId")),
            text=text(pick(s, "text", "raw_text", "sentence")),
            start=clock(pick(s, "start_time", "startTime", "start", "time")),
            end=clock(pick(s, "end_time", "endTime", "end")),
        )
        for s in members(meeting.get("sentences"))
    ]
