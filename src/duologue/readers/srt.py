"""SubRip (.srt): numbered captions; speakers as a prefix (`Name: `, `[Name] `, `(Name)`); point or comma in times."""

from __future__ import annotations

import re

from duologue.errors import UnreadableInput
from duologue.model import Conversation
from duologue.readers import build, captions, webvtt
from duologue.readers.base import ReadOptions, Source, Sure

_FIRST = r"\s*(?:\d{1,7}[ \t]*\n\s*)?\d{1,3}:\d{2}:\d{2}(?:[,.]\d{1,3})?[ \t]*-->[ \t]*\d"


class SRT:
    name = "srt"
    label = "SubRip captions (.srt)"
    extensions = ("srt",)

    def sniff(self, source: Source) -> Sure:
        return Sure.YES if source.text is not None and re.match(_FIRST, source.text[:400]) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        if source.text is None:
            raise UnreadableInput("this is binary, and SRT is text")
        file = webvtt.parse(source.text)
        return build.conversation(
            captions.segments(file.cues), source=self.name, merge=options.rttm is None, notices=file.notices
        )
