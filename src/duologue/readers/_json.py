"""What the JSON readers share: taking values out of files whose keys may be missing, null or of another type.

Nothing here raises on strange values: what is not what it should be is None, an empty string or an empty list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from duologue.errors import UnreadableInput
from duologue.model import Side, Word
from duologue.readers.base import Source
from duologue.readers.build import Segment, seconds

JsonObject = dict[str, Any]
T = TypeVar("T")

# Where replies put what was asked for; a list under one of these holds calls, or the parts of one.
_ENVELOPES = (
    "data", "output", "result", "response", "body", "transcript", "attributes", "payload", "conversation",
    "transcripts", "items", "calls", "meetings", "meeting", "call", "conversations", "recordings", "records", "value",
    "event",
)  # fmt: skip
_MEMBERS = 200  # of a list that are looked at: enough for a page of calls, little for a list of words
_PAUSE = 0.8  # seconds of silence that end a stretch of speech in a channel (what recognisers use by default)

_SIDES: dict[str, Side] = {
    **dict.fromkeys(("agent", "rep", "representative", "internal", "host", "seller", "salesperson", "employee",
                     "supervisor", "advisor", "operator", "company"), "ours"),
    **dict.fromkeys(("customer", "cust", "external", "client", "prospect", "buyer", "caller", "lead", "guest",
                     "end_user", "contact"), "theirs"),
    **dict.fromkeys(("interpreter", "translator", "relay"), "relay"),
}  # fmt: skip

# Three letters, as Gong and others have them, for the two of everybody else.
_LANGUAGES = {"eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "nld": "nl",
              "dut": "nl", "por": "pt", "pol": "pl", "dan": "da", "swe": "sv", "jpn": "ja", "zho": "zh"}  # fmt: skip


def objects(source: Source) -> Iterator[JsonObject]:
    """Every object that may be the transcript: the value itself and what envelopes and lists around it hold."""
    todo: list[tuple[Any, int]] = [(source.json, 0)]
    for value, depth in todo:
        if isinstance(value, dict):
            yield value
            inner = [value[k] for k in _ENVELOPES if isinstance(value.get(k), dict | list)]
        elif isinstance(value, list):
            inner = [v for v in value[:_MEMBERS] if isinstance(v, dict | list)]
        else:
            continue
        if depth < 7:
            todo += [(v, depth + 1) for v in inner]


def walk(value: Any, limit: int = 5000) -> Iterator[JsonObject]:
    """Every object anywhere in a value, outermost first; goes no deeper once `limit` values were met."""
    todo: list[Any] = [value]
    for v in todo:
        inner = list(v.values()) if isinstance(v, dict) else v[:_MEMBERS] if isinstance(v, list) else []
        if isinstance(v, dict):
            yield v
        if len(todo) < limit:
            todo += [x for x in inner if isinstance(x, dict | list)]


def lists(source: Source) -> Iterator[list[JsonObject]]:
    """Every list of objects that stands where a transcript may: bare, or under an envelope's key."""
    value = source.json
    if isinstance(value, list):
        yield members(value)
    for o in objects(source):
        for key in _ENVELOPES:
            if isinstance(o.get(key), list):
                yield members(o[key])


def members(value: object) -> list[JsonObject]:
    """The objects in a list; empty where it is none."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def pick(o: JsonObject, *keys: str) -> Any:
    """The value of the first of these keys that is there and not null."""
    for key in keys:
        if o.get(key) is not None:
            return o[key]
    return None


def inside(o: object, *path: str) -> JsonObject:
    """The object at a path of keys; an empty one where there is none."""
    for key in path:
        o = o.get(key) if isinstance(o, dict) else None
    return o if isinstance(o, dict) else {}


def text(value: object) -> str:
    """A string without blanks around it; empty where it is none."""
    return value.strip() if isinstance(value, str) else ""


def label(value: object) -> str:
    """A name or number as a key for a speaker; empty where it is neither."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, str | int | float) else ""


def spoken_name(key: str, what: str = "Speaker") -> str:
    """The name of a speaker whom the file knows by a bare number only; any other key is a name as it stands."""
    return f"{what} {key}" if key.isdigit() else key


def number(value: object) -> float | None:
    """A finite number, also where the file has it as a string."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        n = float(value)
    except (ValueError, OverflowError):
        return None
    return n if math.isfinite(n) else None


def confidence(value: object) -> float | None:
    """A confidence from 0 to 1, or None."""
    n = number(value)
    return round(n, 4) if n is not None and 0 <= n <= 1 else None


@cache
def _iso_duration() -> re.Pattern[str]:
    return re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?", re.IGNORECASE)


def clock(value: object) -> float | None:
    """Seconds of a number, "12.9s", "00:01:02.5", an ISO 8601 duration or a protobuf {seconds, nanos}."""
    if isinstance(value, dict):
        parts = (number(value.get("seconds", 0)), number(value.get("nanos", 0)))
        return None if None in parts else (parts[0] or 0) + (parts[1] or 0) / 1e9
    if isinstance(value, str):
        value = value.strip()
        if ":" in value:
            return seconds(value)
        if value[:1] in ("P", "p") and (m := _iso_duration().fullmatch(value)) and any(m.groups()):
            days, hours, minutes, secs = (float((g or "0").replace(",", ".")) for g in m.groups())
            return ((days * 24 + hours) * 60 + minutes) * 60 + secs
        value = value.removesuffix("s")
    return number(value)


def milliseconds(value: object) -> float | None:
    """Seconds of a number of milliseconds."""
    n = number(value)
    return None if n is None else n / 1000


def moment(value: object) -> datetime | None:
    """A point in time: ISO 8601, or seconds or milliseconds since 1970. Without a zone it is taken as UTC."""
    n = number(value)
    try:
        if n is not None:
            return datetime.fromtimestamp(n / 1000 if n > 1e11 else n, UTC) if n > 1e8 else None
        if not isinstance(value, str):
            return None
        at = datetime.fromisoformat(value.strip())
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def started(*values: object) -> str | None:
    """The first of these that is a point in time, as ISO 8601: as the file spells it where it does."""
    for value in values:
        at = moment(value)
        if at is not None:
            return value.strip() if isinstance(value, str) and number(value) is None else at.isoformat()
    return None


def language(value: object) -> str | None:
    """A language as a code of two letters with what follows it; None where there is none."""
    code = text(value)
    return _LANGUAGES.get(code.casefold(), code) or None


def side(role: object) -> Side:
    """The side that a role or an affiliation stands for."""
    return _SIDES.get(text(role).casefold().replace(" ", "_"), "unknown")


def word(
    o: JsonObject, *, texts: Sequence[str], start: float | None, end: float | None, sure: object = None
) -> Word | None:
    """One word; None where it has no text. Times that no word can have are left out."""
    said = text(pick(o, *texts))
    if not said:
        return None
    start, end = (t if t is not None and t >= 0 else None for t in (start, end))
    return Word(text=said, start=start, end=end, confidence=confidence(sure))


def by_speaker(words: Iterable[tuple[str, Word]]) -> list[Segment]:
    """Segments of words that follow each other and have one speaker."""
    groups: list[tuple[str, list[Word]]] = []
    for key, w in words:
        if groups and groups[-1][0] == key:
            groups[-1][1].append(w)
        else:
            groups.append((key, [w]))
    return [of_words(key, ws) for key, ws in groups]


def by_pause(key: str, words: Sequence[tuple[str, Word]]) -> list[Segment]:
    """One channel's words cut where it falls silent, so that channels can be put in order. Each comes with its text."""
    groups: list[list[tuple[str, Word]]] = []
    for shown, w in words:
        last = groups[-1][-1][1].end if groups else None
        if last is None or w.start is None or w.start - last >= _PAUSE:
            if groups and (last is None or w.start is None):
                groups[-1].append((shown, w))
                continue
            groups.append([])
        groups[-1].append((shown, w))
    return [of_words(key, [w for _, w in g], " ".join(shown for shown, _ in g)) for g in groups]


def of_words(key: str, words: Sequence[Word], said: str | None = None) -> Segment:
    """A segment that begins and ends with its words. `said`: its text, where it is not just the words."""
    starts = [w.start for w in words if w.start is not None]
    ends = [w.end for w in words if w.end is not None]
    return Segment(
        speaker=key,
        text=" ".join(w.text for w in words) if said is None else said,
        start=min(starts) if starts else None,
        end=max(ends) if ends else None,
        words=tuple(words),
    )


def in_order(segments: list[Segment]) -> list[Segment]:
    """Channels that the file lists one after the other, in the order of time; as they are where a start is missing."""
    if any(s.start is None for s in segments):
        return segments
    return sorted(segments, key=lambda s: s.start or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """How to tell speakers apart by channel and by label, where a file may have either, both or neither.

    Several channels are several people; a channel with several labels is as many. One channel says nothing.
    """

    many: bool  # more than one channel
    shared: frozenset[str]  # channels with more than one label

    @property
    def separate(self) -> bool:
        """Whether every speaker has a channel of their own."""
        return self.many and not self.shared

    def key(self, channel: str, speaker: str) -> str:
        if not self.many or not channel:
            return speaker
        return f"channel {channel}, speaker {speaker}" if channel in self.shared and speaker else f"channel {channel}"

    def name(self, channel: str, speaker: str) -> str:
        key = self.key(channel, speaker)
        return spoken_name(key) if key == speaker else key.capitalize()

    def names(self, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
        return {self.key(c, s): self.name(c, s) for c, s in pairs}


def voices(pairs: Iterable[tuple[str, str]]) -> Voices:
    """The voices in a file, from every (channel, label) that occurs in it; empty strings where it has none."""
    labels: dict[str, set[str]] = {}
    for channel, speaker in pairs:
        labels.setdefault(channel, set()).update({speaker} - {""})
    return Voices(
        many=len(labels.keys() - {""}) > 1, shared=frozenset(c for c, known in labels.items() if c and len(known) > 1)
    )


def first_with_words(
    calls: Sequence[T], segments: Callable[[T], list[Segment]], called: Callable[[T], str]
) -> tuple[T, list[Segment], list[str]]:
    """The first of several calls in which something is said, its segments, and a notice where there are others."""
    for i, call in enumerate(calls):
        found = segments(call)
        if any(s.text.strip() for s in found):
            if len(calls) == 1:
                return call, found, []
            name = called(call)
            which = f"number {i + 1}" + (f" (“{name}”)" if name else "")
            return call, found, [f"The file holds {len(calls)} calls. This is {which}, the first with words in it."]
    return calls[0], [], []


def found(value: T | None, format: str) -> T:
    """The value, or UnreadableInput where a reader was chosen by name and the file is of another format."""
    if value is None or value == []:
        raise UnreadableInput(f"this is not what {format} looks like", hint="Leave --from out and the content decides")
    return value
