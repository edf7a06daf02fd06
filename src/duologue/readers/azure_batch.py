"""Azure Speech: a batch transcription (`recognizedPhrases`, v2.0 to 2024-11-15) or a fast one (`phrases`).

Times are ticks of 100 ns, milliseconds or ISO 8601 durations, as offset and duration. A phrase's first `nBest` is read.
Speakers are numbers; several channels are several people.
"""

from __future__ import annotations

from duologue.model import Conversation, Word
from duologue.readers._json import (
    JsonObject,
    clock,
    found,
    in_order,
    label,
    members,
    milliseconds,
    number,
    objects,
    pick,
    text,
    voices,
    word,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation

_TICKS = 10_000_000  # in a second


class AzureBatch:
    name = "azure-batch"
    label = "Azure Speech transcription, batch or fast (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.NO if _phrases(source) is None else Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        phrases = _phrases(source)
        phrases = [] if phrases == [] else found(phrases, self.label)
        known = voices(map(_pair, phrases))
        segments = [_segment(p, known.key(*_pair(p))) for p in phrases]
        return conversation(
            in_order(segments) if known.many else segments,
            source=self.name,
            names=known.names(map(_pair, phrases)),
            language=next((text(p.get("locale")) for p in phrases if text(p.get("locale"))), None),
            separate_channels=known.separate,
        )


def _lower(o: JsonObject) -> JsonObject:
    """The same with keys as the newer versions spell them: v2.0 has Offset, NBest, Display."""
    return {("nBest" if k == "NBest" else k[:1].lower() + k[1:]): v for k, v in o.items()}


def _phrases(source: Source) -> list[JsonObject] | None:
    """The phrases of the first recording with some; None where the file is not Azure's."""
    known = None
    for o in map(_lower, objects(source)):
        for recording in [o, *map(_lower, members(o.get("audioFileResults")))]:
            for key in ("recognizedPhrases", "phrases", "segmentResults"):
                listed = recording.get(key)
                if isinstance(listed, list) and (key != "phrases" or "combinedPhrases" in recording):
                    known = [_lower(p) for p in members(listed)]
                    if any(_said(p) for p in known):
                        return known
            if known == []:
                known = [_lower(p) for p in members(recording.get("combinedRecognizedPhrases"))]
    return known


def _best(phrase: JsonObject) -> JsonObject:
    return _lower(next(iter(members(phrase.get("nBest"))), phrase))


def _said(phrase: JsonObject) -> str:
    best = _best(phrase)
    return next((text(best[k]) for k in ("display", "text", "itn", "maskedITN", "lexical") if text(best.get(k))), "")


def _pair(phrase: JsonObject) -> tuple[str, str]:
    return label(pick(phrase, "channel", "channelNumber")), label(pick(phrase, "speaker", "speakerId"))


def _time(o: JsonObject, what: str) -> float | None:
    """Seconds of `offset` or `duration`, in whichever unit the version has it."""
    ticks = number(o.get(f"{what}InTicks"))
    if ticks is not None:
        return ticks / _TICKS
    exact = milliseconds(o.get(f"{what}Milliseconds"))
    if exact is not None:
        return exact
    value = o.get(what)
    bare = number(value)
    return clock(value) if bare is None else bare / _TICKS  # v2.0 has bare ticks


def _span(o: JsonObject) -> tuple[float | None, float | None]:
    start, length = _time(o, "offset"), _time(o, "duration")
    return start, None if start is None or length is None or length < 0 else start + length


def _word(raw: JsonObject) -> Word | None:
    raw = _lower(raw)
    start, end = _span(raw)
    return word(raw, texts=("displayText", "word", "text"), start=start, end=end, sure=raw.get("confidence"))


def _segment(phrase: JsonObject, key: str) -> Segment:
    start, end = _span(phrase)
    best = _best(phrase)
    raw = members(best.get("displayWords")) or members(best.get("words")) or members(phrase.get("words"))
    return Segment(
        speaker=key, text=_said(phrase), start=start, end=end, words=tuple(w for r in raw if (w := _word(r)))
    )
