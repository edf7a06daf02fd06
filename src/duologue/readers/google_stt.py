"""Google Speech-to-Text, v1 and v2: `results[].alternatives[0]`, as one reply, an operation, or a batch by file.

With diarisation v1 repeats all words, with their speakers, in its last result; v2 has them in each. Several channels
are several people. Without either the text is one unknown speaker's. Durations are "1.3s" or {seconds, nanos}.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Conversation, Word
from duologue.readers._json import (
    JsonObject,
    Voices,
    by_speaker,
    clock,
    first_with_words,
    found,
    in_order,
    inside,
    label,
    members,
    objects,
    of_words,
    pick,
    text,
    voices,
    word,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation

_START = ("startTime", "start_time", "startOffset", "start_offset")
_END = ("endTime", "end_time", "endOffset", "end_offset")
_SPEAKER = ("speakerTag", "speaker_tag", "speakerLabel", "speaker_label")
_CHANNEL = ("channelTag", "channel_tag")


class GoogleSTT:
    name = "google-stt"
    label = "Google Speech-to-Text (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.YES if _recordings(source) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        recordings = found(_recordings(source), self.label)
        results, segments, notices = first_with_words(recordings, lambda r: _segments(r)[0], lambda r: "")
        known, pairs = _segments(results)[1:]
        spoken = (text(pick(r, "languageCode", "language_code")) for r in results)
        return conversation(
            segments,
            source=self.name,
            names=known.names(pairs),
            language=next(filter(None, spoken), None),
            notices=notices,
            separate_channels=known.separate,
        )


def _recordings(source: Source) -> list[list[JsonObject]]:
    """The results of each recording in the file; those of a stream, one reply after the other, are one recording."""
    stream: list[JsonObject] = []
    for o in objects(source):
        batch = [r for part in inside(o, "results").values() for r in _of_file(part)]
        if batch:
            return batch
        results = members(o.get("results"))
        if "speaker_labels" in o or any("timestamps" in a for r in results for a in members(r.get("alternatives"))):
            continue  # IBM Watson's, which has words and speakers elsewhere
        if any(_is_result(r) for r in results):
            # Of a stream only what is final counts: the rest was said again.
            stream += [r for r in results if pick(r, "isFinal", "is_final") is not False]
    return [stream] if stream else []


def _of_file(part: object) -> Iterator[list[JsonObject]]:
    for holder in (inside(part, "transcript"), inside(part, "inlineResult", "transcript"),
                   inside(part, "inline_result", "transcript")):  # fmt: skip
        results = members(holder.get("results"))
        if any(_is_result(r) for r in results):
            yield results
            return


def _is_result(r: JsonObject) -> bool:
    return any("transcript" in a or "words" in a for a in members(r.get("alternatives")))


def _best(r: JsonObject) -> JsonObject:
    return next(iter(members(r.get("alternatives"))), {})


def _tag(w: JsonObject) -> str:
    tag = label(pick(w, *_SPEAKER))
    return "" if tag == "0" else tag  # 0: not told apart


def _words(r: JsonObject) -> list[tuple[str, Word]]:
    words = []
    for n, raw in enumerate(members(_best(r).get("words"))):
        start, end = clock(pick(raw, *_START)), clock(pick(raw, *_END))
        if n == 0 and start is None and end is not None and not any(k in raw for k in _START):
            start = 0.0  # the JSON of protobuf leaves a zero out
        w = word(raw, texts=("word",), start=start, end=end, sure=raw.get("confidence"))
        if w:
            words.append((_tag(raw), w))
    return words


def _segments(results: list[JsonObject]) -> tuple[list[Segment], Voices, list[tuple[str, str]]]:
    """Segments, the voices in them, and every (channel, label) that occurs."""
    spoken = [(label(pick(r, *_CHANNEL)), _words(r), r) for r in results]
    tagged = [(c, words) for c, words, _ in spoken if any(tag for tag, _ in words)]
    if tagged and _repeats(tagged):
        tagged = tagged[-1:]
    pairs = [(c, t) for c, words in tagged for t in dict.fromkeys(t for t, _ in words)] or [
        (c, "") for c, _, _ in spoken
    ]
    known = voices(pairs)
    if tagged:
        segments = [s for c, words in tagged for s in by_speaker((known.key(c, t), w) for t, w in words)]
    else:
        segments = [_untagged(known.key(c, ""), [w for _, w in words], r) for c, words, r in spoken]
    return (in_order(segments) if known.many else segments), known, pairs


def _repeats(tagged: list[tuple[str, list[tuple[str, Word]]]]) -> bool:
    """Whether the last result with speakers holds all words of those before it once more."""
    last, others = tagged[-1][1], [words for _, words in tagged[:-1]]
    starts = [words[0][1].start for words in others]
    begins = last[0][1].start
    return (
        begins is not None
        and all(s is not None and begins <= s for s in starts)
        and all(len(last) >= len(w) for w in others)
    )


def _untagged(key: str, words: list[Word], r: JsonObject) -> Segment:
    made = of_words(key, words, text(_best(r).get("transcript")) or None)
    end = clock(pick(r, "resultEndTime", "result_end_time", "resultEndOffset", "result_end_offset"))
    return made if words or end is None else Segment(speaker=key, text=made.text, end=end)
