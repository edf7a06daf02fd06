"""Amazon Transcribe, batch: `results.items` with `speaker_labels`, with `channel_labels` or with neither.

Times are seconds as strings. Punctuation is an item of its own and is joined to the word before it. The file's own
segments are kept, so that talk time is theirs; a speaker is what the file calls it (spk_0, ch_0).
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from dataclasses import replace

from duologue.model import Conversation, Word
from duologue.readers._json import (
    JsonObject,
    by_pause,
    found,
    in_order,
    inside,
    label,
    members,
    number,
    objects,
    of_words,
    pick,
    text,
    word,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation

# What an item is spoken in: (number of the file's segment or -1, speaker).
Place = tuple[int, str]


class AwsTranscribe:
    name = "aws"
    label = "Amazon Transcribe (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.NO if _job(source) is None else Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        job = found(_job(source), self.label)
        results = inside(job, "results")
        channels = members(inside(results, "channel_labels").get("channels"))
        if any(members(c.get("items")) for c in channels):
            segments = in_order(
                [s for c in channels for s in by_pause(label(c.get("channel_label")), _heard(c.get("items")))]
            )
        else:
            segments = _by_place(results)
        return conversation(
            segments or _audio_segments(results),
            source=self.name,
            id=text(job.get("jobName")) or None,
            language=text(pick(results, "language_code") or job.get("language_code")) or None,
            separate_channels=len(channels) > 1,
        )


def _job(source: Source) -> JsonObject | None:
    for o in objects(source):
        results = inside(o, "results")
        if _spoken(results.get("items")) or any("transcript" in t for t in members(results.get("transcripts"))):
            return o
        if _spoken(o.get("items")):
            return {"results": o}
    return None


def _spoken(items: object) -> bool:
    return any(i.get("type") in ("pronunciation", "punctuation") or "alternatives" in i for i in members(items))


def _item(i: JsonObject) -> Word | None:
    best = next(iter(members(i.get("alternatives"))), i)
    return word(
        {"content": label(best.get("content"))},
        texts=("content",),
        start=number(i.get("start_time")),
        end=number(i.get("end_time")),
        sure=pick(best, "confidence") or next((r.get("confidence") for r in members(i.get("redactions"))), None),
    )


def _is_mark(i: JsonObject) -> bool:
    return i.get("type") == "punctuation"


def _heard(items: object) -> list[tuple[str, Word]]:
    """Each word with how it is shown: with the punctuation that follows it."""
    heard: list[tuple[str, Word]] = []
    for i in members(items):
        w = _item(i)
        if w is None:
            continue
        if _is_mark(i) and heard:
            heard[-1] = (heard[-1][0] + w.text, heard[-1][1])
        elif not _is_mark(i):
            heard.append((w.text, w))
    return heard


def _by_place(results: JsonObject) -> list[Segment]:
    """Items put into the file's segments and speakers; one segment of the whole text where it has neither."""
    own = members(inside(results, "speaker_labels").get("segments"))
    listed = {
        label(i.get("start_time")): (n, label(i.get("speaker_label")) or label(s.get("speaker_label")))
        for n, s in enumerate(own)
        for i in members(s.get("items"))
    }
    spans = [] if listed else _spans(own)  # without lists of items, where a word begins says whose it is
    groups: list[tuple[Place, list[JsonObject]]] = []
    for i in members(results.get("items")):
        last = groups[-1][0] if groups else (-1, "")
        n, who = listed.get(label(i.get("start_time"))) or _within(spans, number(i.get("start_time"))) or last
        here = last if _is_mark(i) and groups else (n, label(pick(i, "speaker_label", "channel_label")) or who)
        if groups and groups[-1][0] == here:
            groups[-1][1].append(i)
        else:
            groups.append((here, [i]))
    shares = Counter(place[0] for place, _ in groups)
    # A segment's own times are those of a group that has it to itself.
    segments = [_segment(p, items, own[p[0]] if p[0] >= 0 and shares[p[0]] == 1 else {}) for p, items in groups]
    said = " ".join(text(t.get("transcript")) for t in members(results.get("transcripts"))).strip()
    if said and len(segments) < 2:  # nobody to tell apart: the file's own text stands
        return [of_words(segments[0].speaker if segments else "", [w for s in segments for w in s.words], said)]
    return segments


def _spans(own: list[JsonObject]) -> list[tuple[float, float, Place]]:
    spans = []
    for n, s in enumerate(own):
        start, end = number(s.get("start_time")), number(s.get("end_time"))
        if start is not None and end is not None:
            spans.append((start, end, (n, label(s.get("speaker_label")))))
    return sorted(spans)


def _within(spans: list[tuple[float, float, Place]], at: float | None) -> Place | None:
    """The segment that a time falls into."""
    i = bisect(spans, at, key=lambda s: s[0]) - 1 if at is not None else -1
    return spans[i][2] if i >= 0 and at is not None and at < spans[i][1] else None


def _segment(place: Place, items: list[JsonObject], own: JsonObject) -> Segment:
    heard = _heard(items)
    made = of_words(place[1], [w for _, w in heard], " ".join(shown for shown, _ in heard))
    start, end = number(own.get("start_time")), number(own.get("end_time"))
    return replace(made, start=made.start if start is None else start, end=made.end if end is None else end)


def _audio_segments(results: JsonObject) -> list[Segment]:
    return [
        Segment(
            speaker=label(pick(s, "speaker_label", "channel_label")),
            text=text(s.get("transcript")),
            start=number(s.get("start_time")),
            end=number(s.get("end_time")),
        )
        for s in members(results.get("audio_segments"))
    ]
