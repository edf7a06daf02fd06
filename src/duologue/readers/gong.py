"""Gong: the reply of `/v2/calls/transcript`, alone or together with the parties of `/v2/calls/extensive`.

A call is {callId, transcript: [{speakerId, topic, sentences: [{start, end, text}]}]}. Gong's own times are in
milliseconds; some connectors turn them into seconds. Of several calls the first with words is read.
"""

from __future__ import annotations

from typing import Any

from duologue.model import Conversation, Side
from duologue.readers._json import (
    JsonObject,
    clock,
    first_with_words,
    found,
    inside,
    label,
    language,
    lists,
    members,
    number,
    objects,
    pick,
    side,
    started,
    text,
    walk,
)
from duologue.readers._units import per_second
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation


class Gong:
    name = "gong"
    label = "Gong call transcript (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.NO if _calls(source) is None else Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        calls = found(_calls(source), self.label) if _calls(source) != [] else [{}]
        call, segments, notices = first_with_words(calls, _segments, _id)
        about = _about(source.json, _id(call))
        length = clock(about.get("duration"))
        units, sure = per_second(((s.text, s.start, s.end) for s in segments), length, 1000.0)
        if not sure:
            notices.append(
                "Whether its times are in seconds or in milliseconds cannot be told for sure: they were taken as "
                + ("milliseconds, as Gong gives them." if units == 1000 else "seconds.")
            )
        names, sides, silent = _people(source.json, _id(call), {s.speaker for s in segments})
        return conversation(
            [_scaled(s, units) for s in segments],
            source=self.name,
            names=names,
            sides=sides,
            silent=silent,
            id=_id(call) or None,
            started_at=started(about.get("started"), about.get("scheduled")),
            language=language(about.get("language")),
            notices=notices,
        )


def _calls(source: Source) -> list[JsonObject] | None:
    """The calls in the file; None where it is not Gong's."""
    calls = []
    for o in objects(source):
        listed = pick(o, "callTranscripts", "call_transcripts")
        if isinstance(listed, list):
            return members(listed)
        if _monologues(o.get("transcript")):
            calls.append(o)
    if calls:
        return calls
    return next(([{"transcript": bare}] for bare in lists(source) if _monologues(bare)), None)


def _monologues(value: object) -> bool:
    return any(isinstance(m.get("sentences"), list) and ("speakerId" in m or "speaker_id" in m) for m in members(value))


def _id(call: JsonObject) -> str:
    return label(pick(call, "callId", "call_id", "id"))


def _segments(call: JsonObject) -> list[Segment]:
    return [
        Segment(
            speaker=label(pick(monologue, "speakerId", "speaker_id")),
            text=text(sentence.get("text")),
            start=number(sentence.get("start")),
            end=number(sentence.get("end")),
        )
        for monologue in members(call.get("transcript"))
        for sentence in members(monologue.get("sentences"))
    ]


def _scaled(s: Segment, units: float) -> Segment:
    def scaled(t: float | None) -> float | None:
        return None if t is None else t / units

    return Segment(speaker=s.speaker, text=s.text, start=scaled(s.start), end=scaled(s.end))


def _owner(o: JsonObject) -> str:
    return label(inside(o, "metaData").get("id")) or _id(o)


def _about(root: Any, call: str) -> JsonObject:
    """What the file says about the call itself: its `metaData`, or the object that has its duration."""
    for o in walk(root):
        meta = inside(o, "metaData") or o
        if ("duration" in meta or "started" in meta) and (not call or not _owner(o) or _owner(o) == call):
            return meta
    return {}


def _people(root: Any, call: str, speaking: set[str]) -> tuple[dict[str, str], dict[str, Side], list[str]]:
    """Names and sides by speaker id, and who never spoke. Parties of this very call come last and so prevail."""
    parties: list[tuple[bool, JsonObject]] = []
    for o in walk(root):
        if _monologues([o]) and text(pick(o, "speakerName", "speaker_name")):
            parties.append((True, o | {"name": pick(o, "speakerName", "speaker_name")}))
        for key in ("parties", "participants", "speakers"):
            theirs = not call or not _owner(o) or _owner(o) == call
            parties += [(theirs, p) for p in members(o.get(key))]
    names: dict[str, str] = {}
    sides: dict[str, Side] = {}
    silent: list[str] = []
    for this_call, p in sorted(parties, key=lambda pair: pair[0]):
        called = text(pick(p, "name", "emailAddress", "email", "phoneNumber"))
        key = label(pick(p, "speakerId", "speaker_id")) or (
            label(p.get("id")) if label(p.get("id")) in speaking else ""
        )
        key = key or called
        if not key:
            continue
        names[key] = called or key
        sides[key] = side(pick(p, "affiliation", "context", "role"))
        if this_call and key not in speaking:
            silent.append(key)
    return names, sides, silent
