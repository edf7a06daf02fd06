"""JSON of no known maker: a list of objects with somebody and something said, or one string of `Name: text` lines.

Taken only where no other reader is sure. It also says what a JSON file is that holds no conversation: a schema, an
error, the state of a job, an empty transcript.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from duologue.errors import NoConversation
from duologue.model import Conversation, Side
from duologue.readers._json import (
    JsonObject,
    clock,
    found,
    label,
    members,
    milliseconds,
    moment,
    number,
    pick,
    side,
    spoken_name,
    started,
    text,
    walk,
)
from duologue.readers._units import per_second
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation, seconds

_SPEAKER = (
    "speaker", "speaker_name", "speakerName", "participant", "participant_name", "participantName", "name", "author",
    "sender", "from", "user", "who", "role", "speaker_label", "speakerLabel", "speaker_id", "speakerId", "speaker_type",
)  # fmt: skip
_TEXT = (
    "text",
    "transcript",
    "sentence",
    "utterance",
    "content",
    "message",
    "body",
    "caption",
    "line",
    "words",
    "value",
)
_START = ("start", "start_time", "startTime", "begin", "timestamp", "time", "offset", "ts", "created_at", "date")
_END = ("end", "end_time", "endTime", "stop")
_START_MS = ("start_ms", "startMs", "start_time_ms", "startTimeMs", "begin_ms", "offset_ms", "offsetMs")
_END_MS = ("end_ms", "endMs", "end_time_ms", "endTimeMs")
_ROLE = ("role", "speaker_type", "speakerType", "speaker_role", "affiliation", "type", "side")
_WHOLE = (
    "transcript",
    "transcription",
    "transcript_text",
    "transcriptText",
    "dialogue",
    "dialog",
    "conversation",
    "text",
)
_WAITING = {
    "queued",
    "processing",
    "in_progress",
    "pending",
    "running",
    "notstarted",
    "submitted",
    "started",
    "waiting",
}
_FAILED = {"error", "failed", "failure", "canceled", "cancelled"}
_DONE = {"completed", "complete", "done", "succeeded", "transcribed", "finished"}
_POINTERS = {"transcriptid", "transcripturl", "transcripturi", "transcriptfileuri", "progresspercent", "webhookevent"}
_STATUS = ("status", "state", "TranscriptionJobStatus", "CallAnalyticsJobStatus", "JobStatus", "job_status")


class GenericJson:
    name = "json"
    label = "JSON with speakers and texts, or with “Name: text” lines, of no known maker"
    extensions = ("json", "jsonl")

    def sniff(self, source: Source) -> Sure:
        value = _value(source)
        if value is None:
            return Sure.NO
        return Sure.PERHAPS if _turns(value) or _lines(value) or _refusal(value) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        value = _value(source)
        turns = _turns(value)
        if not turns and not _lines(value) and (refusal := _refusal(value)):
            raise refusal
        segments, sides, first = _from_turns(turns) if turns else _from_lines(found(_lines(value), self.label))
        top: JsonObject = value if isinstance(value, dict) else {}
        known = _names(value)
        chat = bool(turns) and turns == members(top.get("messages"))
        return conversation(
            segments,
            source="json",
            names={s.speaker: known.get(s.speaker) or spoken_name(s.speaker) for s in segments},
            sides=sides,
            id=label(pick(top, "id", "conversation_id", "call_id", "callId", "meeting_id")) or None,
            started_at=started(
                *(top.get(k) for k in ("started_at", "startDateTime", "start_time", "startTime", "date")), first
            ),
            language=text(pick(top, "language", "language_code", "languageCode")) or None,
            merge=not chat,
            estimate=not chat,
        )


def _value(source: Source) -> Any | None:
    """The JSON value; for JSON Lines, an object a line, the list of them."""
    if source.json is not None or not (source.text or "").lstrip().startswith("{"):
        return source.json
    try:
        return [msgspec.json.decode(line) for line in (source.text or "").splitlines() if line.strip()]
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def _turns(value: Any) -> list[JsonObject]:
    """The longest list of objects in which most have a text and somebody who said it."""
    best: list[JsonObject] = []
    for listed in _lists(value):
        said = sum(bool(_said(m) and _speaker(m)) for m in listed)
        if said > len(best) and said * 2 > len(listed):
            best = listed
    return best


def _lists(value: Any) -> Iterator[list[JsonObject]]:
    """Lists of objects that are no part of another list, unless that holds one thing only (one call)."""
    todo = [value]
    for v in todo:
        if isinstance(v, list):
            yield members(v)
            todo += v if len(v) == 1 else []
        elif isinstance(v, dict):
            todo += [x for x in v.values() if isinstance(x, dict | list)]


def _said(m: JsonObject) -> str:
    return next((text(m[k]) for k in _TEXT if text(m.get(k))), "")


def _speaker(m: JsonObject) -> str:
    for key in _SPEAKER:
        who = m.get(key)
        if isinstance(who, dict):
            who = pick(who, "name", "display_name", "displayName", "id", "email", "role")
        if label(who):
            return label(who)
    return ""


def _names(value: Any) -> dict[str, str]:
    """Speaker id → name, from a list of people beside the turns."""
    people = (p for o in walk(value) for key in ("speakers", "participants", "attendees") for p in members(o.get(key)))
    return {label(p.get("id")): text(pick(p, "name", "display_name", "displayName")) for p in people}


def _from_turns(turns: list[JsonObject]) -> tuple[list[Segment], dict[str, Side], str | None]:
    """Segments and sides, and the first turn's clock time where the times are such."""
    dated = [at for m in turns if (at := moment(pick(m, *_START)))]
    zero = min(dated) if len(dated) * 2 > len(turns) else None
    raw = [(_said(m), number(pick(m, *_START)), number(pick(m, *_END))) for m in turns]
    units = 1.0 if zero else per_second(raw, None, 1.0)[0]

    def time(m: JsonObject, plain: tuple[str, ...], ms: tuple[str, ...]) -> float | None:
        if (exact := milliseconds(pick(m, *ms))) is not None:
            return exact
        value = pick(m, *plain)
        if zero:
            at = moment(value)
            return (at - zero).total_seconds() if at else None
        bare = number(value)
        return clock(value) if bare is None else bare / units

    sides: dict[str, Side] = {}
    for m in turns:
        known = [side(m.get(k)) for k in _ROLE] + [side(_speaker(m))]
        sides[_speaker(m)] = next((s for s in known if s != "unknown"), sides.get(_speaker(m), "unknown"))
    segments = [
        Segment(speaker=_speaker(m), text=_said(m), start=time(m, _START, _START_MS), end=time(m, _END, _END_MS))
        for m in turns
    ]
    return segments, sides, zero.isoformat() if zero else None


@cache
def _line() -> re.Pattern[str]:
    """`Name: text`, with a clock before it where there is one. A name is short and begins with a letter."""
    return re.compile(
        r"(?:[\[(]?(?P<at>\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?)[\])]?[ \t]*-?[ \t]*)?"
        r"(?P<who>[^\W\d][^:\n]{0,59}):[ \t]+(?P<said>\S.*)"
    )


def _lines(value: Any) -> str:
    """The longest string under a key for transcripts of which two lines or more are `Name: text`."""
    best = ""
    for o in walk(value):
        for key in _WHOLE:
            whole = o.get(key)
            if isinstance(whole, str) and len(whole) > len(best):
                spoken = sum(bool(_line().match(part.strip())) for part in whole.splitlines()[:200])
                best = whole if spoken > 1 else best
    return best


def _from_lines(whole: str) -> tuple[list[Segment], dict[str, Side], str | None]:
    segments: list[Segment] = []
    for part in filter(None, map(str.strip, whole.splitlines())):
        m = _line().match(part)
        if m:
            at = seconds(m["at"]) if m["at"] else None
            segments.append(Segment(speaker=m["who"].strip(), text=m["said"], start=at))
        elif segments:
            last = segments.pop()
            segments.append(Segment(speaker=last.speaker, text=f"{last.text} {part}", start=last.start))
        else:
            segments.append(Segment(speaker="", text=part))
    # "Agent Lisa Park": a role that was written before the name.
    return segments, {s.speaker: _side_of_name(s.speaker) for s in segments}, None


def _side_of_name(name: str) -> Side:
    first = name.split(" ", maxsplit=1)[0].casefold()
    return side(first) if first in ("agent", "customer") else side(name)


def _refusal(value: Any) -> NoConversation | None:
    """Why a JSON file that is well-formed holds no conversation, where that can be said; None where it cannot."""
    top: JsonObject = value if isinstance(value, dict) else {}
    if "$schema" in top or ("properties" in top and top.get("type") == "object"):
        return NoConversation("this is a JSON Schema, the description of a format", hint="Give a file of that format")
    for o in [*members(value)[:20], *walk(value, limit=2000)]:
        if problem := _problem(o):
            return NoConversation(
                f"this is the reply of a service that says “{problem}”, not a transcript",
                hint="Fetch the transcript again and give that",
            )
        status = next((text(o[k]) for k in _STATUS if text(o.get(k))), "").casefold().replace(" ", "_")
        if status in _WAITING | _FAILED:
            hint = (
                "Wait until it is done and fetch the transcript" if status in _WAITING else "Look up why, and try again"
            )
            return NoConversation(f"this is the state of a job ({status}), without a transcript", hint=hint)
    if value in ({}, []) or any(_is_empty_transcript(k, v) for o in walk(value, limit=2000) for k, v in o.items()):
        return NoConversation(
            "its transcript is empty: there are no words in it that anybody said",
            hint="Is the transcript ready, and is this its file?",
        )
    if any(_is_pointer(o) for o in walk(value, limit=200)):
        return NoConversation(
            "this tells of a transcript and seems not to hold it",
            hint="Fetch the transcript itself and give that",
        )
    return None


def _is_pointer(o: JsonObject) -> bool:
    """Whether this is what a webhook or a job says: where the transcript is, not what was said."""
    status = next((text(o[k]) for k in _STATUS if text(o.get(k))), "").casefold()
    keys = {k.casefold().replace("_", "") for k in o}
    return status in _DONE or bool(_POINTERS & keys) or {"meetingid", "eventtype"} <= keys


def _is_empty_transcript(key: str, value: Any) -> bool:
    holds = key in ("results", "utterances", "sentences", "segments", "monologues", "turns", "words", "chunks")
    return (holds or "transcri" in key.casefold()) and value in (None, "", [], {})


def _problem(o: JsonObject) -> str:
    """What an error reply says, in short; empty where it is none."""
    error = pick(o, "error", "errors", "Error", "fault")
    if isinstance(error, list) and error:
        error = error[0]
    if isinstance(error, dict):
        error = pick(error, "message", "detail", "title", "code", "type") or "error"
    code = number(pick(o, "status", "statusCode", "status_code", "code", "http_status"))
    failed = code is not None and 400 <= code < 600
    said = text(error) or (
        text(pick(o, "message", "detail", "title", "err_msg", "statusText")) if failed or "err_code" in o else ""
    )
    return said[:120] or (f"{code:.0f}" if failed and code is not None else "")
