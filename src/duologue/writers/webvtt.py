"""WebVTT: a cue a turn, with its speaker as a voice; what cues cannot hold lies in one note that players skip.

The note is one line, `NOTE duologue {json}`: the keys of duologue.conversation/1 beside `turns`, and `turns` as a list
with an entry a cue: {speaker (id), estimated?, speaker_confidence?, pieces?, text?}. `text` stands only where a
cue cannot hold it exactly (line breaks, spaces at its ends); elsewhere the cue has the words, so that a corrected
cue counts. Word times are not written: WebVTT has starts of words only.
"""

from __future__ import annotations

from typing import Any

import msgspec

from duologue.errors import UnwritableOutput
from duologue.model import Conversation
from duologue.wire import conversation_to

NOTE = "NOTE duologue "


def to_webvtt(conversation: Conversation) -> bytes:
    """WebVTT. Raises UnwritableOutput that names the first turn without a start or an end."""
    names = {s.id: s.name for s in conversation.speakers}
    wire = conversation_to(conversation)
    wire.pop("format")
    wire["turns"] = [_beside(entry) for entry in wire["turns"]]
    header = msgspec.json.encode(wire).decode().replace("-->", "--\\u003e")
    blocks = ["WEBVTT", NOTE + header]
    for i, turn in enumerate(conversation.turns):
        start, end = _clock(turn.start, i, "start"), _clock(turn.end, i, "end")
        blocks.append(f"{start} --> {end}\n<v {_name(names[turn.speaker])}>{_escaped(turn.text)}")
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def _beside(entry: dict[str, Any]) -> dict[str, Any]:
    """What a cue does not hold of a turn, from its wire form."""
    kept: dict[str, Any] = {k: entry[k] for k in ("speaker", "estimated", "speaker_confidence", "pieces") if k in entry}
    text = entry["text"]
    # "{\\" opens what SRT uses for places on the screen: readers drop it.
    exact = bool(text) and _line(text) == text and "{\\" not in text
    return kept if exact else kept | {"text": text}


def _line(text: str) -> str:
    """A text on one line, without control characters: what a cue can hold."""
    return " ".join("".join(" " if c < " " or "\x7f" <= c < "\xa0" else c for c in text).split())


def _escaped(text: str) -> str:
    return _line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _name(name: str) -> str:
    """A name as a voice tag holds it: no reader looks further than some 200 characters for the tag's end."""
    whole = _escaped(name)
    return whole if len(whole) <= 200 else _escaped(name[:40])


def _clock(time: float | None, turn: int, which: str) -> str:
    if time is None or time < 0:
        raise UnwritableOutput(
            f"WebVTT needs times, and turn {turn} has no {which}", hint="Choose duologue or convokit, which do without"
        )
    ms = round(time * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
