"""WebVTT: captions of Zoom, Teams, Meet, YouTube and of our own `convert`.

Read leniently: hours are optional, a comma may stand for the point, blank lines may be missing or too many, a line of
times that cannot be read costs its times and not its words. A block `NOTE duologue {json}`, which our writer makes,
brings back what WebVTT has no place for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec

from duologue.errors import NoConversation, UnreadableInput
from duologue.model import Conversation
from duologue.readers import build, captions
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.captions import Cue
from duologue.wire import CONVERSATION, conversation_from

_NOTE = "NOTE duologue"


@cache
def _re(name: str) -> re.Pattern[str]:
    clock = r"(?:\d{1,4}:)?\d{1,2}:\d{2}(?:[.,]\d{1,9})?"
    return re.compile(
        {
            "times": rf"\s*({clock})\s*-+>\s*({clock})(?:\s.*)?$",
            # The line before the times is the cue's id where it looks like one, whatever stands before it.
            "id": r"\s*(?:\d{1,7}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\S{0,20})\s*$",
            "header": r"\s*([A-Za-z][\w-]{0,30})\s*[:=]\s*(.*)$",
            "language": r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*",
        }[name]
    )


class WebVTT:
    name = "webvtt"
    label = "WebVTT captions (.vtt): Zoom, Teams, Meet, YouTube"
    extensions = ("vtt",)

    def sniff(self, source: Source) -> Sure:
        text = source.text
        return Sure.YES if text is not None and re.match(r"\s*WEBVTT(?:\s|$)", text[:200]) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        text = source.text
        if text is None:
            raise UnreadableInput("this is binary, and WebVTT is text")
        file = parse(text)
        if file.ours is not None:
            made = _ours(file, file.ours)
            if made is not None:
                return made
            file.notices.append(
                "The note that Duologue left in this file no longer fits it: the captions are read alone."
            )
        return build.conversation(
            captions.segments(file.cues),
            source=self.name,
            language=file.language,
            merge=options.rttm is None,
            notices=file.notices,
        )


class File(msgspec.Struct):
    """A file cut into cues. `ours`: what `NOTE duologue` says, None where there is none."""

    cues: list[Cue]
    language: str | None
    ours: dict[str, Any] | None
    notices: list[str]


def parse(text: str) -> File:
    """WebVTT (or SRT) text as cues. One pass over the lines."""
    lines = text.split("\n")
    file = File(cues=[], language=None, ours=None, notices=[])
    at = _header(lines, file)
    times: tuple[float | None, float | None] | None = None
    block: list[str] = []  # the lines since the last blank one or the last line of times
    bad = untimed = 0

    def close() -> None:
        nonlocal times, untimed
        if times is not None:
            if block:
                file.cues.append(Cue(lines=tuple(block), start=times[0], end=times[1]))
                times = None  # a blank line before the words of a cue (double-spaced files) keeps its times waiting
        elif any(line.strip() and not _re("id").match(line) for line in block):
            untimed += 1
            words = block[1:] if _re("id").match(block[0]) else block
            file.cues.append(Cue(lines=tuple(words), start=None, end=None, timed=False))
        block.clear()

    while at < len(lines):
        line = lines[at]
        if not line.strip():
            close()
        elif "->" in line and (arrow := _arrow(line)):
            if block and (_re("id").match(block[-1]) or (len(block) == 1 and times is None)):
                block.pop()
            close()
            times = arrow[0], arrow[1]
            bad += arrow[0] is None or arrow[1] is None
        elif not block and times is None and re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", line):
            at = _skip(lines, at, file)
            continue
        else:
            block.append(line)
        at += 1
    close()
    if bad:
        file.notices.append(f"{_many(bad, 'caption')} with times that cannot be read: the words are kept without them.")
    if untimed:
        file.notices.append(f"{_many(untimed, 'passage')} without times: the words are kept in their place.")
    return file


def _many(n: int, what: str) -> str:
    return f"There is one {what}" if n == 1 else f"There are {n} {what}s"


def _arrow(line: str) -> tuple[float | None, float | None] | None:
    """The times of a line of times; (None, None) where it is one and cannot be read; None where it is none."""
    match = _re("times").match(line)
    if match:
        return captions.clock(match.group(1)), captions.clock(match.group(2))
    left, arrow, _ = line.partition("-->")
    return (None, None) if arrow and len(left) < 30 and (not left.strip() or any(c.isdigit() for c in left)) else None


def _header(lines: list[str], file: File) -> int:
    """The index of the first line after the header; its `Language:` is taken."""
    first = next((i for i, line in enumerate(lines[:50]) if line.strip()), 0)
    if not lines[first].strip().startswith("WEBVTT"):
        return 0
    for i in range(first + 1, len(lines)):
        if not lines[i].strip() or "-->" in lines[i]:
            return i
        match = _re("header").match(lines[i])
        if match is None and i + 1 < len(lines) and "-->" in lines[i + 1]:
            return i
        if match and match.group(1).lower() == "language":
            _take_language(match.group(2), file)
    return len(lines)


def _take_language(value: str, file: File) -> None:
    if _re("language").fullmatch(value.strip()):
        file.language = value.strip().replace("_", "-")


def _skip(lines: list[str], at: int, file: File) -> int:
    """Pass over a NOTE, STYLE or REGION block; what it says to us is taken."""
    end = at
    while end < len(lines) and lines[end].strip() and (end == at or "-->" not in lines[end]):
        end += 1
    note = "\n".join(lines[at:end])
    if note.startswith(_NOTE) and file.ours is None:
        try:
            value = msgspec.json.decode(note[len(_NOTE) :].strip().encode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError):
            value = None
        if isinstance(value, dict):
            file.ours = value
        else:
            file.notices.append("The note that Duologue left in this file was changed: the captions are read alone.")
    language = re.match(r"NOTE\s+language\s*:\s*(\S+)", note, re.IGNORECASE)
    if language:
        _take_language(language.group(1), file)
    return end


def _ours(file: File, note: dict[str, Any]) -> Conversation | None:
    """The conversation that our own writer put down, a cue a turn; words and times as the cues have them, so that a
    correction in the file counts. None where cues were added or removed, or the note was changed past understanding.
    """
    turns = note.get("turns")
    cues = [cue for cue in file.cues if cue.timed]
    if not isinstance(turns, list) or len(turns) != len(cues) or not all(isinstance(t, dict) for t in turns):
        return None
    beside = [{"text": captions.words_of(cue), "start": cue.start, "end": cue.end} for cue in cues]
    whole = {**note, "format": CONVERSATION, "turns": [b | t for b, t in zip(beside, turns, strict=True)]}
    try:
        made = conversation_from(whole)
    except UnreadableInput:
        return None
    if not any(t.text.strip() for t in made.turns):
        raise NoConversation("there are no words in it that anybody said")
    return replace(made, notices=made.notices + tuple(file.notices))
