"""Chorus (ZoomInfo): a conversation of its API, `data.attributes.recording.utterances`.

An utterance is {speaker_name, speaker_type, snippet, snippet_time}, the time in seconds; there are no ends. The type is
`rep` or `cust`. Of several conversations the first with words is read.
"""

from __future__ import annotations

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
    side,
    started,
    text,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation


class Chorus:
    name = "chorus"
    label = "Chorus conversation (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.YES if _calls(source) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        calls = found(_calls(source), self.label)
        call, segments, notices = first_with_words(calls, _segments, lambda c: label(pick(c, "name", "id")))
        sides: dict[str, Side] = {}
        speaking = {s.speaker for s in segments}
        silent = []
        for p in members(pick(call, "participants", "attendees") or inside(call, "recording").get("participants")):
            called = text(pick(p, "name", "speaker_name")) or text(p.get("email"))
            if called:
                sides[called] = side(pick(p, "type", "speaker_type", "role"))
                silent += [called] if called not in speaking else []
        for u in _utterances(call):
            if side(u.get("speaker_type")) != "unknown":
                sides[_speaker(u)] = side(u.get("speaker_type"))
        recording = inside(call, "recording")
        return conversation(
            segments,
            source=self.name,
            sides=sides,
            silent=silent,
            id=label(pick(call, "id", "conversation_id")) or None,
            started_at=started(recording.get("start_time"), call.get("start_time"), call.get("_created_at")),
            language=text(pick(call, "language") or recording.get("language")) or None,
            notices=notices,
        )


def _calls(source: Source) -> list[JsonObject]:
    calls = []
    for o in objects(source):
        listed = inside(o, "recording").get("utterances", o.get("utterances"))
        if any("snippet" in u for u in members(listed)) or ("utterances" in inside(o, "recording") and not listed):
            calls.append(o)
    bare = (u for u in lists(source) if any("snippet" in m and ("snippet_time" in m or "speaker_type" in m) for m in u))
    return calls or [{"utterances": u} for u in bare][:1]


def _utterances(call: JsonObject) -> list[JsonObject]:
    return members(inside(call, "recording").get("utterances", call.get("utterances")))


def _speaker(u: JsonObject) -> str:
    return text(u.get("speaker_name")) or label(pick(u, "speaker_id", "speaker_type"))


def _segments(call: JsonObject) -> list[Segment]:
    return [
        Segment(speaker=_speaker(u), text=text(u.get("snippet")), start=clock(pick(u, "snippet_time", "start_time")))
        for u in _utterances(call)
    ]
