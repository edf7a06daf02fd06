"""Whisper and its kin: `segments` of openai-whisper, whisper_timestamped, WhisperX, faster-whisper and the OpenAI API,
`transcription` of whisper.cpp, `chunks` of the transformers pipeline.

Times are seconds (milliseconds in whisper.cpp). Speakers are those of the segments, else of the words (WhisperX);
without either all of it is one unknown speaker's.
"""

from __future__ import annotations

from dataclasses import replace

from duologue.model import Conversation, Word
from duologue.readers._json import (
    JsonObject,
    by_speaker,
    clock,
    found,
    inside,
    label,
    members,
    milliseconds,
    number,
    objects,
    of_words,
    pick,
    spoken_name,
    text,
    word,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation

_OWN_KEYS = {
    "seek",
    "tokens",
    "avg_logprob",
    "no_speech_prob",
    "compression_ratio",
    "temperature",
    "words",
    "speaker_id",
}
_ALONE = {"text", "language", "task", "duration", "usage", "logprobs", "words", "segments"}


class Whisper:
    name = "whisper"
    label = "Whisper, WhisperX, faster-whisper, whisper.cpp (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.NO if _transcript(source) is None else Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        transcript = found(_transcript(source), self.label)
        segments = [s for raw in _raw(transcript) for s in _segments(raw)]
        if not any(s.text for s in segments):
            words = [w for raw in members(transcript.get("words")) if (w := _word(raw))]
            segments = [of_words("", words, text(transcript.get("text")) or None)]
        spoken = text(transcript.get("language")) or text(inside(transcript, "result").get("language"))
        return conversation(
            segments,
            source=self.name,
            names={s.speaker: spoken_name(s.speaker) for s in segments},
            language=spoken or None,
        )


def _transcript(source: Source) -> JsonObject | None:
    for o in objects(source):
        if _is_transcript(o):
            return o
    bare = source.json
    for listed in [bare, *(bare if isinstance(bare, list) else [])]:  # faster-whisper: [segments] or [segments, info]
        if any(_OWN_KEYS - {"words"} & s.keys() and _is_segment(s) and "tokens" in s for s in members(listed)):
            return {"segments": members(listed)}
    return None


def _is_transcript(o: JsonObject) -> bool:
    segments = members(o.get("segments"))
    if any(map(_is_segment, segments)):
        own = any(_OWN_KEYS & s.keys() or s.get("type") == "transcript.text.segment" for s in segments)
        return own or bool({"text", "language", "word_segments"} & o.keys())
    if any("offsets" in t or "timestamps" in t for t in members(o.get("transcription"))):
        return True
    if o.get("transcription") == [] and "model" in o:
        return True
    if any("timestamp" in c and "text" in c for c in members(o.get("chunks"))):
        return True
    return isinstance(o.get("text"), str) and o.keys() <= _ALONE


def _is_segment(s: JsonObject) -> bool:
    return {"start", "end", "text"} <= s.keys()


def _raw(o: JsonObject) -> list[JsonObject]:
    """The segments, whatever the tool calls them; with speakers where it has a list with and a list without."""
    for key in ("segments", "transcription", "speakers", "chunks"):
        listed = [s for s in members(o.get(key)) if isinstance(s.get("text"), str)]
        if listed:
            return listed
    return []


def _times(s: JsonObject) -> tuple[float | None, float | None]:
    """Start and end in seconds, of a segment or a word of any of the tools."""
    if offsets := inside(s, "offsets"):
        return milliseconds(offsets.get("from")), milliseconds(offsets.get("to"))
    if stamps := inside(s, "timestamps"):
        return clock(_dotted(stamps.get("from"))), clock(_dotted(stamps.get("to")))
    if isinstance(pair := s.get("timestamp"), list) and len(pair) == 2:
        return number(pair[0]), number(pair[1])
    return clock(s.get("start")), clock(s.get("end"))


def _dotted(value: object) -> object:
    return value.replace(",", ".") if isinstance(value, str) else value


def _word(raw: JsonObject) -> Word | None:
    start, end = _times(raw)
    sure = pick(raw, "probability", "score", "confidence", "p")
    return word(raw, texts=("word", "text"), start=start, end=end, sure=sure)


def _speaker(o: JsonObject) -> str:
    return label(pick(o, "speaker", "speaker_id"))


def _segments(s: JsonObject) -> list[Segment]:
    raw = members(s.get("words"))
    words = [w for r in raw if (w := _word(r))] or _of_tokens(members(s.get("tokens")))
    start, end = _times(s)
    whole = Segment(speaker=_speaker(s), text=text(s.get("text")), start=start, end=end, words=tuple(words))
    named = list(dict.fromkeys(_speaker(r) for r in raw if _speaker(r)))
    if whole.speaker or not named:
        return [whole]
    if len(named) == 1:
        return [replace(whole, speaker=named[0])]
    pairs, last = [], named[0]
    for r in raw:  # a word that nobody could be found for is of the one who was speaking
        last = _speaker(r) or last
        if w := _word(r):
            pairs.append((last, w))
    return by_speaker(pairs)


def _of_tokens(tokens: list[JsonObject]) -> list[Word]:
    """Words of whisper.cpp's tokens: one begins with a blank; those in [_brackets_] are marks of the model."""
    words: list[Word] = []
    for t in tokens:
        shown = t.get("text")
        if not isinstance(shown, str) or shown.startswith("[_") or not shown.strip():
            continue
        w = _word(t)
        if w is None:
            continue
        if words and not shown.startswith(" "):
            sure = [c for c in (words[-1].confidence, w.confidence) if c is not None]
            words[-1] = Word(
                text=words[-1].text + w.text, start=words[-1].start, end=w.end, confidence=min(sure) if sure else None
            )
        else:
            words.append(w)
    return words
