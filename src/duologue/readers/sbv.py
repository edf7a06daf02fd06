"""SubViewer as YouTube writes it (.sbv): `0:00:00.378,0:00:11.378`, the text on the lines below."""

from __future__ import annotations

import re

from duologue.errors import UnreadableInput
from duologue.model import Conversation
from duologue.readers import build, captions
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.captions import Cue

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
        return build.conversation(captions.segments(_cues(source.text)), source=self.name, merge=options.rttm is None)


def _cues(text: str) -> list[Cue]:
    """Cues begin at a line of times; blank lines between them are of no weight. `[br]` is a line break of old files."""
    cues: list[Cue] = []
    times: tuple[float | None, float | None] = (None, None)
    block: list[str] = []
    for line in [*text.split("\n"), "0:00:00,0:00:00"]:
        match = _TIMES.match(line.replace(" ", "")) if line[:1].isdigit() or line[:1].isspace() else None
        if match is None and line != "0:00:00,0:00:00":
            block += line.split("[br]")
            continue
        if any(part.strip() for part in block):
            cues.append(Cue(lines=tuple(block), start=times[0], end=times[1]))
        block = []
        if match:
            times = captions.clock(match.group(1)), captions.clock(match.group(2))
    return cues
