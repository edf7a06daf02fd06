"""SubViewer as YouTube writes it (.sbv): `0:00:00.378,0:00:11.378`, the text on the lines below."""

from __future__ import annotations

import re

from duologue.errors import UnreadableInput
from duologue.model import Conversation
from duologue.readers import build, captions
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.captions import Cue

_BROKEN = re.compile(r"\d{1,3}:[\w:.]{3,20},\s?\d{1,3}:[\w:.]{3,20}\s*$")  # times in shape that no clock can show
_TIMES = re.compile(r"\s*(\d{1,3}:\d{2}:\d{2}(?:\.\d{1,3})?)\s*,\s*(\d{1,3}:\d{2}:\d{2}(?:\.\d{1,3})?)\s*$")


class SBV:
    name = "sbv"
    label = "YouTube captions (.sbv)"
    extensions = ("sbv",)

    def sniff(self, source: Source) -> Sure:
        text = source.text
        first = text[:400].lstrip().split("\n", 1)[0] if text else ""
        return Sure.YES if _TIMES.match(first) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        if source.text is None:
            raise UnreadableInput("this is binary, and SBV is text")
        cues, bad = _cues(source.text)
        said = "There are captions with times that cannot be read: the words are kept without them."
        return build.conversation(
            captions.segments(cues), source=self.name, merge=options.rttm is None, notices=[said] if bad else []
        )


def _cues(text: str) -> tuple[list[Cue], bool]:
    """Cues begin at a line of times, blank lines are of no weight; and whether some times could not be read.

    `[br]` is a line break of old files.
    """
    cues: list[Cue] = []
    times: tuple[float | None, float | None] = (None, None)
    block: list[str] = []
    bad = False

    def close() -> None:
        if any(part.strip() for part in block):
            cues.append(Cue(lines=tuple(block), start=times[0], end=times[1]))
        block.clear()

    for line in text.split("\n"):
        match = _TIMES.match(line)
        if match is not None:
            close()
            times = captions.clock(match.group(1)), captions.clock(match.group(2))
        elif _BROKEN.match(line):
            close()
            times, bad = (None, None), True
        else:
            block += line.split("[br]")
    close()
    return cues, bad
