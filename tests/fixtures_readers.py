"""A file of each format, written by us to the shape that the tool writes: what the contract suite runs every reader on.

Whoever adds a reader adds its fixture here: name in `READERS` → the bytes of one small file. RTTM alone is refused, so
its fixture is one that a reader must know and then refuse (`REFUSED`).
"""

from __future__ import annotations

import io
import json
from typing import Any

from fixtures_messages import MESSAGES
from fixtures_speech import SPEECH


def text(*lines: str) -> bytes:
    """Lines as a UTF-8 file."""
    return ("\n".join(lines) + "\n").encode()


def js(value: Any) -> bytes:
    """A value as a JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def docx(*paragraphs: str) -> bytes:
    """Paragraphs as a Word file; a line break inside one stays a line break."""
    import docx as word

    document = word.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


DUOLOGUE = js(
    {
        "format": "duologue.conversation/1",
        "speakers": [{"id": "a", "name": "Ana", "side": "ours"}, {"id": "b", "name": "Ben", "side": "theirs"}],
        "turns": [
            {"speaker": "a", "start": 0.0, "end": 2.5, "text": "What brings you here?"},
            {"speaker": "b", "start": 2.5, "end": 6.0, "text": "Our stock counts never agree. It keeps me up 😟"},
        ],
    }
)
PLAIN = text(
    "[00:00:01] Ana Ruiz: What brings you here today?",
    "[00:00:04] Ben Ode: Our stock counts never agree.",
    "And nobody knows why.",
    "[00:00:12] Ana Ruiz: How long has it been like that?",
)
WEBVTT = b"""WEBVTT

f1b2c3d4-0000-4000-8000-000000000001/1-0
00:00:01.000 --> 00:00:03.500
<v Ana Ruiz>What brings you here?</v>

NOTE a remark

00:00:04.000 --> 00:00:07.250
<v Ben Ode>Our counts never agree,
&amp; nobody knows why.</v>

00:00:07.500 --> 00:00:09.000
<v Ana Ruiz>Since when?</v>
"""
SRT = b"""1
00:00:01,000 --> 00:00:03,500
Ana Ruiz: What brings you here?

2
00:00:04,000 --> 00:00:07,250
Ben Ode: Our counts never agree,
and nobody knows why.

3
00:00:07,500 --> 00:00:09,000
Ana Ruiz: Since when?
"""
SBV = b"""0:00:01.000,0:00:03.500
What brings you here?

0:00:04.000,0:00:07.250
Our counts never agree,
and nobody knows why.
"""
DOCX = docx("Stock counts, a call", "Ana Ruiz   0:03\nWhat brings you here?", "Ben Ode   0:07\nOur counts never agree.",
            "Ana Ruiz   0:12\nSince when?")  # fmt: skip
WHATSAPP = text(
    "13/02/24, 14:05 - Messages and calls are end-to-end encrypted. Tap to learn more.",
    "13/02/24, 14:05 - Ana Ruiz: What brings you here?",
    "13/02/24, 14:07 - Ben 🌿: Our counts never agree,",
    "and nobody knows why.",
    "14/02/24, 09:30 - Ana Ruiz: Since when?",
)
RTTM = text(
    "SPEAKER call 1 1.000 2.500 <NA> <NA> ana <NA> <NA>",
    "SPEAKER call 1 4.000 3.250 <NA> <NA> ben <NA> <NA>",
)

FIXTURES: dict[str, bytes] = {
    "duologue": DUOLOGUE,
    "plain": PLAIN,
    "webvtt": WEBVTT,
    "srt": SRT,
    "sbv": SBV,
    "docx": DOCX,
    "whatsapp": WHATSAPP,
    "rttm": RTTM,
    **SPEECH,
    **MESSAGES,
}
REFUSED = frozenset({"rttm"})
