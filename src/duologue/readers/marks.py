"""What one line of a plain-text transcript says about who speaks and when, before the file as a whole is judged.

The shapes are those that meeting tools, transcription services and people write:

    [00:01:02] Name: text      (00:01) Name: text       00:01:02 Name: text       00:58:04<tab>Name:<tab>text
    Name (00:01:02): text      Name [0:05]              Name  0:01                0:00 - Name (Company)
    [Name] 11:02:09            11:02:09 From Name to Everyone: text
    Name: text                 **Name:** text
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from duologue.readers import names
from duologue.readers.build import seconds


class Shape(Enum):
    TIMED = "time and name before words"
    HEAD = "time and name on a line of their own"
    LABEL = "name and colon before words"
    ZOOM = "[Name] with a wall clock"
    CHAT = "a wall clock, From Name"
    TIME = "a time alone"
    STAMPED = "a time before words"
    TEXT = "words"
    BLANK = "nothing"
    DROPPED = "what a tool adds"


@dataclass(frozen=True, slots=True)
class Mark:
    """`name` and `text` as they stand; times in seconds as written; `wall`: the time is a wall clock for certain.

    `raw`: the whole line. `firm`: brackets, double spaces or a colon set the time off, so that it is no time that
    somebody mentions.
    """

    shape: Shape
    text: str
    name: str = ""
    start: float | None = None
    end: float | None = None
    wall: bool = False
    date: str | None = None
    firm: bool = True
    raw: str = ""


_CLOCK = r"(?:\d{1,3}:\d{1,2}:\d{1,2}|\d{1,3}:\d{2})(?:[.,]\d{1,6})?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_RANGE = rf"@?(?P<start>{_CLOCK})(?:\s*(?:-+>|[-–—]|to)\s*(?P<end>{_CLOCK}))?"
_BARE = _RANGE.replace("<start>", "<start2>").replace("<end>", "<end2>")


@cache
def _re(name: str) -> re.Pattern[str]:
    return re.compile(
        {
            "bullet": r"\s*(?:#{1,6}\s+|[-•·◦‣]\s+|\*\s+|>\s+)?",
            "lead": rf"(?:(?P<open>[\[(<{{])\s*{_RANGE}\s*[\])>}}]|{_BARE}(?![\d:]))"
            r"(?P<sep>\s*[-–—|:,]\s+|\s*[-–—|:]$|\t\s*|\s+|$|(?<=[\])>}]))(?P<rest>.*)",
            "zoom": rf"\[(?P<name>[^\[\]]{{1,80}})\]\s+(?P<start>{_CLOCK})\s*$",
            "chat": rf"(?:(?P<date>\d{{4}}-\d{{2}}-\d{{2}})\s+)?(?P<start>{_CLOCK})\s+From\s+(?P<name>\S.{{0,80}}?)"
            r"(?:\s+[tT]o\s+(?P<to>\S.{0,120}?))?\s*:(?:\s+(?P<text>.*))?$",
            "trail": r"(?P<name>[^\s\d:].{0,80}?|\d.{0,80}?[^\W\d].{0,80}?)"
            rf"(?P<sep>\s*[\[(]|\s{{2,}}|\t|\s*[|•·]\s*|\s+[-–—]\s+|,\s+|\s){_RANGE}"
            r"(?P<close>\s*[\])])?\s*(?P<colon>[:：])?(?P<rest>\s.*|)$",
            "label": r"(?:\[(?P<square>[^\[\]:]{1,80})\]|(?P<name>[^:：]{1,80}?))\s?(?P<colon>[:：])(?P<rest>.*)$",
            "inner": rf"\s*[\[(]\s*{_RANGE}\s*[\])]\s*(?P<rest>.*)$",
            "spelled": r"(?P<name>.{0,80}?)\s?(?P<time>(?:\d{1,2} hours? )?(?:\d{1,2} minutes? )?\d{1,2} seconds?)"
            rf"(?P<start>{_CLOCK})?$",
            "tool": r"transcribed (?:by|with) https?://|transcribed by otter|transcription ended after\b|"
            r"this (?:editable )?transcript was (?:computer|automatically|auto)[ -]?generated|"
            r"people can also change the text after it was created|"
            r".{1,80} (?:started|stopped|paused|resumed) (?:the )?(?:transcription|recording)\.?$|"
            r"(?:reacted to|removed a .{1,20} reaction from) [\"“].*|view recording\b|"
            r"\W*(?:meeting |call |full )?transcript(?:ion)?\W*$",
            "rule": r"[-=_*~\s]{3,}$",
        }[name],
        re.IGNORECASE if name in ("tool", "spelled") else 0,
    )


def mark(line: str) -> Mark:
    """What one line says. Linear in its length: no pattern looks further than its first two hundred characters."""
    text = line.strip()
    if not text:
        return Mark(Shape.BLANK, "")
    if _re("rule").match(text) or (len(text) < 200 and _re("tool").match(text.strip("*_# -•"))):
        return Mark(Shape.DROPPED, text)
    head = text[:200]
    if ":" not in head and "：" not in head and " second" not in head:
        return Mark(Shape.TEXT, text)
    bare = text[_re("bullet").match(text).end() :]  # type: ignore[union-attr]
    bare = bare.replace("**", "", 2) if "**" in bare[:100] else bare
    return _timed(bare, text) or _label(bare) or Mark(Shape.TEXT, text)


def _timed(bare: str, text: str) -> Mark | None:
    """A line with a time that belongs to a name, or that stands at its start."""
    head, tail = bare[:400], bare[400:]
    if not any(c.isdigit() for c in head[:200]):
        return None
    if head[0] == "[" and (m := _re("zoom").match(head)) and not tail and _named(m["name"]):
        return Mark(Shape.ZOOM, "", names.clean(m["name"]), clock(m["start"]), wall=True)
    if "From" in head and (m := _re("chat").match(head)):
        wall = clock(m["start"])
        return Mark(Shape.CHAT, (m["text"] or "") + tail, names.clean(m["name"]), wall, wall=True, date=m["date"])
    if (m := _re("lead").match(head)) is not None:
        return _led(m, tail, text)
    if " second" in head and not tail and (m := _re("spelled").fullmatch(head)):
        # Teams, copied from its page: the time again in words, before the clock or after the name.
        said = _spelled(m["time"])
        return Mark(Shape.DROPPED, text) if m["name"] else Mark(Shape.TIME, "", start=said)
    if (m := _re("trail").match(head)) is not None:
        return _trailed(m, tail, text)
    return None


def _led(m: re.Match[str], tail: str, text: str) -> Mark | None:
    start = clock(m["start"] or m["start2"])
    if start is None:
        return None
    end = clock(m["end"] or m["end2"] or "")
    firm = m["open"] is not None or "\t" in m["sep"] or m["sep"].strip() != ""
    wall = _is_half_day(m["start"] or m["start2"])
    rest = m["rest"].strip() + tail
    if not rest:
        return Mark(Shape.TIME, "", start=start, end=end, wall=wall)
    named = _label(rest)
    if named is not None:
        return Mark(Shape.TIMED, named.text, named.name, start, end, wall, firm=firm, raw=text)
    rest = rest.strip("*- ")
    if len(rest) <= names.LONGEST and names.likely(rest):
        return Mark(Shape.HEAD, rest, names.clean(rest), start, end, wall, firm=m["sep"].strip() != "", raw=text)
    return Mark(Shape.STAMPED, m["rest"].strip() + tail, "", start, end, wall, firm=m["open"] is not None, raw=text)


def _trailed(m: re.Match[str], tail: str, text: str) -> Mark | None:
    start, name = clock(m["start"]), names.clean(m["name"])
    if start is None or not _named(name) or (m["close"] is None) == (m["sep"].strip() in ("[", "(")):
        return None
    end, rest = clock(m["end"] or ""), m["rest"].strip() + tail
    wall = _is_half_day(m["start"])
    bracketed = m["close"] is not None
    if not rest:
        firm = bracketed or m["sep"] != " " or m["colon"] is not None
        return Mark(Shape.HEAD, "", name, start, end, wall, firm=firm, raw=text)
    if m["colon"] is not None or (bracketed and names.likely(name)):
        return Mark(Shape.TIMED, rest, name, start, end, wall, firm=m["colon"] is not None, raw=text)
    return None


def _label(bare: str) -> Mark | None:
    """`Name: text`, also with the time after the colon. A colon with nothing after it but a letter is weak."""
    m = _re("label").match(bare[:120])
    if m is None:
        return None
    rest = m["rest"] + bare[120:]
    spaced = rest[:1].isspace() or not rest or m["colon"] == "："
    if not spaced and (rest[:1] in "/\\)-.,;" or rest[:1].isdigit()):
        return None  # a link, a clock, a smiley
    name = names.clean(m["square"] or m["name"])
    if not _named(name):
        return None
    inner = _re("inner").match(rest[:200]) if rest.lstrip()[:1] in ("[", "(") else None
    if inner is not None and (start := clock(inner["start"])) is not None:
        return Mark(Shape.TIMED, inner["rest"] + rest[200:], name, start, clock(inner["end"] or ""), raw=bare)
    return Mark(Shape.LABEL, rest.strip(), name, firm=spaced, raw=bare)


def _named(name: str) -> bool:
    return names.possible(names.clean(name))


def clock(text: str) -> float | None:
    """Seconds of a clock as written, half days included (2:05 PM is 50,700); None where it is none."""
    if not text:
        return None
    digits = text.rstrip("aApPmM. \u202f\u00a0")
    value = seconds(digits)
    if value is None:
        return None
    if _is_half_day(text):
        hours = int(value // 60) if digits.count(":") == 1 else int(value // 3600)
        value = value * 60 if digits.count(":") == 1 else value
        half = text[len(digits) :].strip(" \u202f\u00a0").lower()[:1]
        if not 0 <= hours <= 12:
            return None
        value += (12 if half == "p" else 0) * 3600 - (12 * 3600 if hours == 12 else 0)
    return value


def _is_half_day(text: str) -> bool:
    return text.rstrip(". ")[-1:] in ("m", "M")


def _spelled(text: str) -> float:
    numbers = [float(n) for n in re.findall(r"\d+", text)]
    return float(sum(n * 60.0**k for k, n in enumerate(reversed(numbers))))
