"""What the page of a recording has beside that of a transcript: which parts, and what its policy then allows."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from duologue.certainty import poorly_heard
from duologue.model import Conversation
from duologue.reports.outline import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The parts of one page. `recording`: the address of the sound; `mends`: it can collect who spoke instead.

    `doubts`: for some words it is known that they were hard to hear. Nothing of all that: the page of a transcript.
    """

    recording: str | None = None
    mends: bool = False
    doubts: bool = False

    @property
    def styles(self) -> tuple[str, ...]:
        """The files of its style, in order."""
        return ("page.css", "heard.css") if self != NOTHING else ("page.css",)

    @property
    def scripts(self) -> tuple[str, ...]:
        """The files of its script, in order."""
        return (
            "page.js",
            *(("dock.js",) if self.recording or self.mends else ()),
            *(("player.js",) if self.recording else ()),
            *(("mend.js",) if self.mends else ()),
        )

    @property
    def policy(self) -> str:
        """What its policy allows beside style and script: sound from where the page lies, or chosen by hand (blob:).

        In Chromium 'self' is enough for a page on disk; by the standard it may match nothing there, so `file:` stands
        beside it. A page that was served can load no `file:` whatever its policy says.
        """
        return "media-src 'self' file: blob:; " if self.recording else ""


NOTHING = Heard()


def heard(conversation: Conversation, o: Outline, recording: str | None) -> Heard:
    """What the page of this conversation has. `recording`: see `address`."""
    told_apart = conversation.heard_by is not None or any(t.speaker_confidence is not None for t in conversation.turns)
    return Heard(
        recording=address(recording) if recording else None,
        mends=told_apart and len(conversation.speakers) > 1 and o.message is None,
        doubts=o.message is None and any(poorly_heard(t) for t in conversation.turns),
    )


def address(recording: str) -> str:
    """The address, relative to the page, of a recording given by its path from there, with "/" between folders.

    Whatever the name, it stays a path: nothing in it can become a scheme ("http:"), a host ("//…"), a query or a mark.
    """
    path = "/" + recording.lstrip("/") if recording.startswith("/") else recording
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
