"""AssemblyAI: a finished transcript, or the reply of its `/sentences` or `/paragraphs`. All times are in milliseconds.

`utterances` say who spoke; without them the words' own speakers do; without those the text is one unknown speaker's.
"""

from __future__ import annotations

from duologue.model import Conversation, Word
from duologue.readers._json import (
    JsonObject,
    Voices,
    by_speaker,
    found,
    in_order,
    label,
    members,
    milliseconds,
    objects,
    of_words,
    text,
    voices,
    word,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation

_PARTS = ("utterances", "sentences", "paragraphs")
_OWN_KEYS = {
    "audio_url", "audio_duration", "acoustic_model", "language_model", "speech_model", "speech_models", "language_code",
    "webhook_url", "dual_channel", "multichannel", "speaker_labels", "punctuate", "format_text", "language_detection",
}  # fmt: skip


class AssemblyAI:
    name = "assemblyai"
    label = "AssemblyAI transcript (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.NO if _transcript(source) is None else Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        transcript = found(_transcript(source), self.label)
        parts = next((p for key in _PARTS if (p := _spoken(transcript.get(key)))), [])
        spoken = parts or members(transcript.get("words"))
        known = voices(map(_pair, spoken))
        return conversation(
            _from_parts(parts, known) if parts else _from_words(transcript, known),
            source=self.name,
            names=known.names(map(_pair, spoken)),
            id=label(transcript.get("id")) or None,
            language=text(transcript.get("language_code")) or None,
            separate_channels=known.separate,
        )


def _transcript(source: Source) -> JsonObject | None:
    return next((o for o in objects(source) if _is_transcript(o)), None)


def _is_transcript(o: JsonObject) -> bool:
    if "segments" in o or "results" in o:
        return False
    parts = [m for key in _PARTS for m in members(o.get(key))[:3]]
    own = len(_OWN_KEYS & o.keys())
    parts = [m for m in parts if {"text", "start", "end"} <= m.keys()]
    if any("text" in w for m in parts for w in members(m.get("words"))[:1]):
        return True
    # Others have words with a text too, in seconds; theirs have a type or a speaker's id.
    words = [w for w in members(o.get("words"))[:3] if {"text", "start", "end", "confidence"} <= w.keys()]
    finished = bool(text(o.get("text"))) and (own > 1 or text(o.get("status")) == "completed")
    return own > 0 and (bool(words or parts) or (finished and not members(o.get("words"))))


def _word(w: JsonObject) -> Word | None:
    times = milliseconds(w.get("start")), milliseconds(w.get("end"))
    return word(w, texts=("text",), start=times[0], end=times[1], sure=w.get("confidence"))


def _pair(o: JsonObject) -> tuple[str, str]:
    return label(o.get("channel")), label(o.get("speaker"))


def _spoken(parts: object) -> list[JsonObject]:
    return [p for p in members(parts) if text(p.get("text"))]


def _from_parts(parts: list[JsonObject], known: Voices) -> list[Segment]:
    segments = [
        Segment(
            speaker=known.key(*_pair(p)),
            text=text(p.get("text")),
            start=milliseconds(p.get("start")),
            end=milliseconds(p.get("end")),
            words=tuple(w for raw in members(p.get("words")) if (w := _word(raw))),
        )
        for p in parts
    ]
    return in_order(segments) if known.many else segments


def _from_words(transcript: JsonObject, known: Voices) -> list[Segment]:
    words = [(known.key(*_pair(r)), w) for r in members(transcript.get("words")) if (w := _word(r))]
    said = text(transcript.get("text"))
    if said and len({key for key, _ in words}) < 2:  # one voice: the file's own text stands
        return [of_words(words[0][0] if words else "", [w for _, w in words], said)]
    return by_speaker(words)
