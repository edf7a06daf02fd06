"""What a vCon's analysis says was spoken: whatever shape its maker chose, as segments.

A vCon fixes no shape for transcripts. We know the lists of {party, start, text} that the drafts show, WTF's segments,
plain text, and every format of our other readers, which are asked in turn.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from duologue.clock import epoch
from duologue.errors import DuologueError
from duologue.model import Conversation, Side
from duologue.readers import _json as js
from duologue.readers.base import Reader, ReadOptions, Source, Sure, decode
from duologue.readers.build import Segment, seconds

_MESSAGING = frozenset(
    ("vcon", "duologue", "slack", "email", "telegram", "intercom", "convokit", "whatsapp", "plain", "json")
)
_LISTS = (
    "segments",
    "utterances",
    "turns",
    "messages",
    "entries",
    "sentences",
    "monologues",
    "dialog",
    "transcript",
    "items",
    "results",
)
_TEXTS = ("text", "body", "content", "transcript", "message", "sentence", "utterance")
_WHO = ("speaker", "speaker_name", "speakerName", "name", "speaker_label", "speaker_id", "role", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One party of the vCon. `key`: their speaker id."""

    key: str
    name: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A transcript. Starts count from that of its dialog; speakers are keys of parties, or labels in `names`."""

    segments: tuple[Segment, ...]
    names: Mapping[str, str]
    sides: Mapping[str, Side]
    language: str | None = None
    notices: tuple[str, ...] = ()
    separate_channels: bool = False

    @property
    def voices(self) -> int:
        return len({s.speaker for s in self.segments if s.speaker})


def body_of(holder: Mapping[str, Any]) -> Any:
    """The body of a dialog, analysis or attachment with its encoding undone: text, or the JSON value that it is."""
    body = holder.get("body")
    encoding = str(holder.get("encoding") or "none").lower()
    if isinstance(body, str) and encoding.startswith("base64"):
        try:
            raw = urlsafe_b64decode(body.translate({43: 45, 47: 95}).rstrip("=") + "=" * (-len(body.rstrip("=")) % 4))
        except ValueError:
            return None
        body = decode(raw)
    if isinstance(body, str) and (encoding == "json" or body.lstrip()[:1] in ("{", "[")):
        try:
            value = Source(data=body.encode("utf-8", "replace")).json
        except DuologueError:
            value = None
        if value is None and encoding == "json" and body.lstrip().startswith('"'):
            try:
                value = msgspec.json.decode(body)
            except msgspec.DecodeError:
                value = None
        return body if value is None else value
    return body


def spoken(holder: Mapping[str, Any], parties: tuple[Party, ...], began: float | None) -> Spoken | None:
    """The transcript in an analysis (or attachment); None where it holds none. `began`: epoch of its dialog's start."""
    body = body_of(holder)
    if isinstance(body, str):
        return _from_text(body, parties) if body.strip() else None
    # WTF (draft-howe-vcon-wtf-extension) holds the text twice: as a whole under `transcript`, and in segments.
    wtf = isinstance(body, dict) and isinstance(body.get("transcript"), dict) and isinstance(body.get("segments"), list)
    items = body["segments"] if wtf else body
    listed = _from_list(js.members(items), parties, began) if isinstance(items, list) else None
    if listed:
        return listed
    found = _asked(body, parties)
    if found:
        return found
    return _inside(body, parties, began) if isinstance(body, dict) else None


def _inside(body: Mapping[str, Any], parties: tuple[Party, ...], began: float | None) -> Spoken | None:
    """A list of segments under one of the usual keys, else the text as a whole."""
    for key in _LISTS:
        value = body.get(key)
        listed = _from_list(js.members(value), parties, began) if isinstance(value, list) else None
        if listed:
            return listed
    for key in ("alternatives", "words", "paragraphs"):
        if key in body:  # the inner part of a Deepgram reply, which conservers keep alone
            inner = (
                body["alternatives"][0] if isinstance(body.get("alternatives"), list) and body["alternatives"] else body
            )
            found = _asked({"results": {"channels": [{"alternatives": [inner]}]}}, parties)
            if found:
                return found
    for key in ("transcript", "text", "transcription", "body", "content", "result", "data"):
        value = body.get(key)
        if isinstance(value, str) and value.strip():
            return _from_text(value, parties)
        if isinstance(value, dict):
            found = _inside(value, parties, began)
            if found:
                return found
    return None


def _from_list(items: list[dict[str, Any]], parties: tuple[Party, ...], began: float | None) -> Spoken | None:
    """A list of {party|parties|speaker, start, end|duration, text}; None where it is of another shape."""
    segments: list[Segment] = []
    names: dict[str, str] = {}
    for item in items:
        said = js.text(js.pick(item, *_TEXTS))
        if not said:
            continue
        key, name = _who(item, parties)
        names[key] = name
        start = _when(js.pick(item, "start", "start_time", "startTime", "begin", "from", "offset", "timestamp"), began)
        end = _when(js.pick(item, "end", "end_time", "endTime", "stop", "to"), began)
        length = js.clock(js.pick(item, "duration"))
        if end is None and start is not None and length is not None and length > 0:
            end = start + length
        segments.append(Segment(speaker=key, text=said, start=start, end=end, words=_words(item)))
    if not segments or (all(not s.speaker for s in segments) and all(s.start is None for s in segments)):
        return None
    return _with_parties(tuple(segments), names, {}, parties)


def _words(item: Mapping[str, Any]) -> tuple[Any, ...]:
    made = (
        js.word(
            w,
            texts=("text", "word", "punctuated_word"),
            start=js.clock(w.get("start")),
            end=js.clock(w.get("end")),
            sure=w.get("confidence"),
        )
        for w in js.members(item.get("words"))
    )
    return tuple(w for w in made if w is not None)


def _who(item: dict[str, Any], parties: tuple[Party, ...]) -> tuple[str, str]:
    """Key and name of who spoke: a party by its index, else the label that the transcript has."""
    for key in ("party", "parties", "participant", "originator"):
        value = item.get(key)
        while isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(parties):
            return parties[value].key, parties[value].name
        if isinstance(value, str) and value.strip():
            return value.strip(), value.strip()
    value = js.pick(item, *_WHO)
    if isinstance(value, dict):
        value = js.pick(value, "name", "label", "id")
    key = js.label(value)
    return key, js.spoken_name(key)


def _when(value: object, began: float | None) -> float | None:
    """Seconds from the start of the dialog: a number, a clock, or a date with its time."""
    if isinstance(value, str) and "-" in value[1:] and (at := epoch(value)) is not None:
        return at - began if began is not None else None
    at = seconds(value) if isinstance(value, str) and ":" in value else js.clock(value)
    return at - began if at is not None and began is not None and at > 1e8 else at


def _asked(body: Any, parties: tuple[Party, ...]) -> Spoken | None:
    """What one of our other readers makes of a body that it recognises."""
    try:
        source = Source(data=msgspec.json.encode(body), name="transcript.json")
    except (TypeError, ValueError, RecursionError):
        return None
    return _read_by(_readers(), source, parties)


def _readers() -> list[Reader]:
    from duologue.readers import READERS, reader  # the table names this module too: it is read when it is needed

    return [reader(name) for name in READERS if name not in _MESSAGING]


def _read_by(candidates: list[Reader], source: Source, parties: tuple[Party, ...]) -> Spoken | None:
    verdicts = [(r, r.sniff(source)) for r in candidates]
    for level in (Sure.YES, Sure.PERHAPS):
        sure = [r for r, s in verdicts if s == level]
        if not sure:
            continue
        try:
            return _taken(sure[0].read(source, ReadOptions()), parties)
        except DuologueError:
            continue
    return None


def _from_text(text: str, parties: tuple[Party, ...]) -> Spoken:
    """Captions, or text with names before colons; else the words of one unknown speaker."""
    source = Source(data=text.encode("utf-8", "replace"), name="transcript.txt")
    found = _read_by(_readers(), source, parties) or _named(source, parties)
    return found or _with_parties((Segment(speaker="", text=text),), {}, {}, parties)


def _named(source: Source, parties: tuple[Party, ...]) -> Spoken | None:
    from duologue.readers import reader

    try:
        read = reader("plain").read(source, ReadOptions())
    except DuologueError:
        return None
    known = sum(1 for s in read.speakers if s.id != "unknown")
    return _taken(read, parties) if known > 1 or (known and len(read.turns) > 1) else None


def _taken(read: Conversation, parties: tuple[Party, ...]) -> Spoken:
    names = {s.id: s.name for s in read.speakers}
    sides = {s.id: s.side for s in read.speakers if s.side != "unknown"}
    segments = tuple(
        Segment(
            speaker="" if t.speaker == "unknown" and names.get("unknown") == "Unknown speaker" else t.speaker,
            text=t.text,
            start=t.start if "start" not in t.estimated else None,
            end=t.end if "end" not in t.estimated else None,
            words=t.words,
            speaker_confidence=t.speaker_confidence,
        )
        for t in read.turns
    )
    made = _with_parties(segments, names, sides, parties)
    kept = tuple(n for n in read.notices if not n.startswith("The file does not say who spoke"))
    return replace(made, language=read.language, notices=kept, separate_channels=read.separate_channels)


def _with_parties(
    segments: tuple[Segment, ...], names: Mapping[str, str], sides: Mapping[str, Side], parties: tuple[Party, ...]
) -> Spoken:
    """Labels that name a party, or the only one of a role, become that party; a sole party said it all."""
    by_label: dict[str, str] = {}
    for label in {s.speaker for s in segments}:
        wanted = {label.casefold(), names.get(label, label).casefold()}
        hits = [p for p in parties if p.name.casefold() in wanted or p.key.casefold() in wanted]
        side = js.side(label)
        if not hits and side != "unknown":
            hits = [p for p in parties if p.side == side]
        if len(hits) == 1:
            by_label[label] = hits[0].key
    if len(parties) == 1 and {s.speaker for s in segments} == {""}:
        by_label[""] = parties[0].key
    moved = tuple(replace(s, speaker=by_label.get(s.speaker, s.speaker)) for s in segments)
    rest = {k: n for k, n in names.items() if k not in by_label}
    roles = {label: js.side(label) for label in rest if js.side(label) != "unknown"}
    return Spoken(
        segments=moved,
        names=rest | {p.key: p.name for p in parties},
        sides=dict(roles) | dict(sides) | {p.key: p.side for p in parties},
    )
