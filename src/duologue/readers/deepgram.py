"""Deepgram: the reply for a recording, `results.channels[].alternatives[0]`. Times are in seconds.

Who spoke is taken from `utterances` where they are, else from the words' speakers, else from the paragraphs'; several
channels are several people. Without any of these the text is one unknown speaker's.
"""

from __future__ import annotations

from duologue.model import Conversation, Word
from duologue.readers._json import (
    JsonObject,
    Voices,
    by_pause,
    by_speaker,
    confidence,
    found,
    in_order,
    inside,
    label,
    members,
    number,
    objects,
    of_words,
    text,
    voices,
    word,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation

# Segments, the voices in them, and every (channel, label) that occurs.
Parts = tuple[list[Segment], Voices, list[tuple[str, str]]]


class Deepgram:
    name = "deepgram"
    label = "Deepgram transcript (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.NO if _reply(source) is None else Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        reply = found(_reply(source), self.label)
        utterances = members(inside(reply, "results").get("utterances")) or members(reply.get("utterances"))
        segments, known, pairs = _from_utterances(utterances)
        if not any(s.text for s in segments):
            segments, known, pairs = _from_channels(reply)
        channels = members(inside(reply, "results").get("channels"))
        spoken = next((text(c.get("detected_language")) for c in channels if text(c.get("detected_language"))), "")
        return conversation(
            segments,
            source=self.name,
            names=known.names(pairs),
            id=label(inside(reply, "metadata").get("request_id")) or None,
            language=spoken or None,
            separate_channels=known.separate,
        )


def _reply(source: Source) -> JsonObject | None:
    return next((o for o in objects(source) if _is_reply(o) or _is_reply({"results": o})), None)


def _is_reply(o: JsonObject) -> bool:
    results = inside(o, "results")
    if any("alternatives" in c for c in members(results.get("channels"))):
        return True
    listed = members(results.get("utterances"))
    return any("transcript" in u and "start" in u for u in listed) or (
        "channels" in results and not results["channels"] and "request_id" in inside(o, "metadata")
    )


def _word(w: JsonObject) -> Word | None:
    times = number(w.get("start")), number(w.get("end"))
    return word(w, texts=("punctuated_word", "word"), start=times[0], end=times[1], sure=w.get("confidence"))


def _words(o: JsonObject) -> list[tuple[str, Word]]:
    return [(label(raw.get("speaker")), w) for raw in members(o.get("words")) if (w := _word(raw))]


def _speaker_confidence(o: JsonObject) -> float | None:
    known = [c for w in members(o.get("words")) if (c := confidence(w.get("speaker_confidence"))) is not None]
    return round(sum(known) / len(known), 3) if known else None


def _from_utterances(utterances: list[JsonObject]) -> Parts:
    pairs = [(label(u.get("channel")), label(u.get("speaker"))) for u in utterances]
    known = voices(pairs)
    segments = [
        Segment(
            speaker=known.key(*pair),
            text=text(u.get("transcript")),
            start=number(u.get("start")),
            end=number(u.get("end")),
            words=tuple(w for _, w in _words(u)),
            speaker_confidence=_speaker_confidence(u),
        )
        for pair, u in zip(pairs, utterances, strict=True)
    ]
    return (in_order(segments) if known.many else segments), known, pairs


def _from_channels(reply: JsonObject) -> Parts:
    results = inside(reply, "results") or reply
    heard = []
    for i, channel in enumerate(members(results.get("channels"))):
        best = next(iter(members(channel.get("alternatives"))), {})
        if text(best.get("transcript")) or members(best.get("words")):
            heard.append((str(i), best))
    pairs = [
        (i, s) for i, a in heard for s in dict.fromkeys([*(s for s, _ in _words(a)), *map(_paragraph, _paragraphs(a))])
    ]
    pairs += [(i, "") for i, _ in heard]
    known = voices(pairs)
    segments = [s for i, a in heard for s in _channel(i, a, known)]
    return (in_order(segments) if known.many else segments), known, pairs


def _channel(i: str, alternative: JsonObject, known: Voices) -> list[Segment]:
    """One channel's segments: by the words' speakers, by silences between channels, by paragraphs, or as one."""
    words = _words(alternative)
    if any(s for s, _ in words):
        return by_speaker((known.key(i, s), w) for s, w in words)
    if known.many and words:
        return by_pause(known.key(i, ""), [(w.text, w) for _, w in words])
    if any(map(_paragraph, _paragraphs(alternative))):
        return [
            Segment(
                speaker=known.key(i, _paragraph(p)),
                text=" ".join(text(s.get("text")) for s in members(p.get("sentences"))),
                start=number(p.get("start")),
                end=number(p.get("end")),
            )
            for p in _paragraphs(alternative)
        ]
    return [of_words(known.key(i, ""), [w for _, w in words], text(alternative.get("transcript")) or None)]


def _paragraphs(alternative: JsonObject) -> list[JsonObject]:
    return members(inside(alternative, "paragraphs").get("paragraphs"))


def _paragraph(p: JsonObject) -> str:
    return label(p.get("speaker"))
