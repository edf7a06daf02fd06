# ruff: noqa: E501 -- rows of a table of messages read better whole
"""A file of each format of messages and containers, written by us to the shape that the tool writes."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any


def js(value: Any) -> bytes:
    """A value as a JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """Files as a zip, whose bytes do not depend on the day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


VCON = js(
    {
        "vcon": "0.3.0",
        "uuid": "018f0000-0000-8000-8000-000000000001",
        "created_at": "2026-03-03T09:10:00Z",
        "parties": [
            {"name": "Ana Ruiz", "mailto": "ana@example.org", "role": "agent"},
            {"name": "Ben Ode", "tel": "+34600000000", "role": "customer"},
        ],
        "dialog": [
            {"type": "recording", "start": "2026-03-03T09:00:00Z", "duration": 12.5, "parties": [0, 1], "url": "https://example.org/a.wav"}
        ],
        "analysis": [
            {
                "type": "transcript",
                "dialog": 0,
                "vendor": "example",
                "encoding": "json",
                "body": [
                    {"party": 0, "start": "2026-03-03T09:00:01.5Z", "duration": 2.0, "text": "What brings you here?"},
                    {"party": 1, "start": "2026-03-03T09:00:04Z", "duration": 3.25, "text": "Our counts never agree."},
                ],
            }
        ],
        "attachments": [],
    }
)  # fmt: skip
SLACK_USERS = [
    {"id": "U01", "name": "ana", "real_name": "Ana Ruiz", "profile": {"display_name": "ana"}},
    {"id": "U02", "name": "ben", "profile": {"real_name": "Ben Ode"}},
]
SLACK_DAY = [
    {"type": "message", "user": "U02", "text": "<@U01> our counts never agree &amp; nobody knows why", "ts": "1772528460.000200"},
    {"type": "message", "subtype": "channel_join", "user": "U02", "text": "<@U02> has joined", "ts": "1772528400.000100"},
    {"type": "message", "user": "U01", "text": "Since when, <@U02>?", "ts": "1772528520.000300", "thread_ts": "1772528460.000200"},
]  # fmt: skip
SLACK = zipped(
    {
        "export/users.json": js(SLACK_USERS),
        "export/channels.json": js([{"id": "C01", "name": "stock", "members": ["U01", "U02"]}]),
        "export/stock/2026-03-03.json": js(SLACK_DAY),
    }
)
EMAIL = (
    "From ben@example.org Mon Mar  2 17:00:00 2026\n"
    "From: Ben Ode <ben@example.org>\n"
    "To: =?utf-8?q?Zo=C3=AB_Marsh?= <zoe@example.org>\n"
    "Subject: The counts\n"
    "Date: Mon, 02 Mar 2026 17:00:00 +0000\n"
    "Message-ID: <m0@example.org>\n"
    "\n"
    "Our counts never agree.\n"
    "\n"
    "From zoe@example.org Tue Mar  3 09:00:00 2026\n"
    "From: =?utf-8?q?Zo=C3=AB_Marsh?= <zoe@example.org>\n"
    "To: Ben Ode <ben@example.org>\n"
    "Subject: Re: The counts\n"
    "Date: Tue, 03 Mar 2026 09:00:00 +0000\n"
    "Message-ID: <m1@example.org>\n"
    "In-Reply-To: <m0@example.org>\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "\n"
    "Hello Ben,\n"
    "since when have the counts been off? 😟\n"
    "\n"
    "On Mon, 2 Mar 2026 at 17:00, Ben Ode <ben@example.org> wrote:\n"
    "> Our counts never agree.\n"
).encode()
TELEGRAM = js(
    {
        "name": "Ben Ode",
        "type": "personal_chat",
        "id": 100,
        "messages": [
            {"id": 1, "type": "service", "date": "2026-03-03T09:00:00", "date_unixtime": "1772528400", "actor": "Ana Ruiz", "action": "phone_call", "text": ""},
            {"id": 2, "type": "message", "date": "2026-03-03T09:01:00", "date_unixtime": "1772528460", "from": "Ana Ruiz", "from_id": "user1", "text": "What brings you here?"},
            {"id": 3, "type": "message", "date": "2026-03-03T09:02:00", "date_unixtime": "1772528520", "from": "Ben Ode", "from_id": "user2", "text": ["Our ", {"type": "bold", "text": "counts"}, " never agree."]},
        ],
    }
)  # fmt: skip
INTERCOM = js(
    {
        "type": "conversation",
        "id": "77",
        "created_at": 1772528400,
        "state": "open",
        "source": {"type": "conversation", "id": "1", "body": "<p>Our counts never agree.</p>", "author": {"type": "user", "id": "u2", "name": "Ben Ode"}},
        "conversation_parts": {
            "type": "conversation_part.list",
            "conversation_parts": [
                {"part_type": "assignment", "body": None, "created_at": 1772528410, "author": {"type": "admin", "id": "9", "name": "Ana Ruiz"}},
                {"part_type": "note", "body": "<p>Always them.</p>", "created_at": 1772528420, "author": {"type": "admin", "id": "9", "name": "Ana Ruiz"}},
                {"part_type": "comment", "body": "<p>Since when?<br>And where?</p>", "created_at": 1772528460, "author": {"type": "admin", "id": "9", "name": "Ana Ruiz"}},
            ],
        },
    }
)  # fmt: skip
UTTERANCES = [
    {"id": "u1", "conversation_id": "k1", "speaker": "ana", "text": "What brings you here?", "reply_to": None, "timestamp": 1772528400, "meta": {}},
    {"id": "u2", "conversation_id": "k1", "speaker": "ben", "text": "Our counts never agree.", "reply_to": "u1", "timestamp": 1772528460, "meta": {}},
]  # fmt: skip
CONVOKIT = "".join(json.dumps(u) + "\n" for u in UTTERANCES).encode()

# The name of a reader → the bytes of one small file of its format.
MESSAGES: dict[str, bytes] = {
    "vcon": VCON,
    "slack": SLACK,
    "email": EMAIL,
    "telegram": TELEGRAM,
    "intercom": INTERCOM,
    "convokit": CONVOKIT,
}
