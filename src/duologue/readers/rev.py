"""Rev and Rev.ai: `monologues`, each a speaker with `elements` that are text, punctuation or unknown.

Punctuation elements bring their blanks along, so that the values in a row are the text. Times are `ts` and `end_ts` in
seconds, or `timestamp` and `end_timestamp` as clocks.
"""

from __future__ import annotations

from duologue.model import Conversation
from duologue.readers._json import (
    JsonObject,
    clock,
    found,
    inside,
    label,
    members,
    objects,
    of_words,
    pick,
    spoken_name,
    text,
    word,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation


class Rev:
    name = "rev"
    label = "Rev transcript (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.NO if _transcript(source) is None else Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        transcript = found(_transcript(source), self.label)
        monologues = members(transcript.get("monologues"))
        names = {label(s.get("id")): text(pick(s, "name", "display_name")) for s in members(transcript.get("speakers"))}
        for m in monologues:
            called = text(inside(m, "speaker_info").get("display_name")) or text(m.get("speaker_name"))
            if called:
                names[_key(m)] = called
        segments = [_segment(m) for m in monologues]
        speaking = {s.speaker for s in segments if s.text}
        return conversation(
            segments,
            source=self.name,
            names={k: names.get(k) or spoken_name(k) for k in speaking | names.keys()},
            silent=[k for k in names if k and k not in speaking],
            id=label(pick(transcript, "id", "job_id")) or None,
            language=text(transcript.get("language")) or None,
        )


def _transcript(source: Source) -> JsonObject | None:
    return next((o for o in objects(source) if isinstance(o.get("monologues"), list)), None)


def _key(m: JsonObject) -> str:
    return label(m.get("speaker")) or label(inside(m, "speaker_info").get("id"))


def _segment(m: JsonObject) -> Segment:
    said, words = "", []
    for e in members(m.get("elements")):
        value = e["value"] if isinstance(e.get("value"), str) else ""
        spoken = e.get("type") != "punct"
        # Where a file leaves the blanks out, two words must not run together.
        said += (" " if spoken and said and not said[-1].isspace() and said[-1] not in "-'’" else "") + value
        times = clock(pick(e, "ts", "timestamp")), clock(pick(e, "end_ts", "end_timestamp"))
        if spoken and (w := word(e, texts=("value",), start=times[0], end=times[1], sure=e.get("confidence"))):
            words.append(w)
    return of_words(_key(m), words, " ".join(said.split()))
