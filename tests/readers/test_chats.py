"""Slack, Telegram, Intercom and ConvoKit: what each export allows, and how several conversations in one are refused."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from duologue.errors import NoConversation, UnknownName, UnreadableInput
from duologue.model import Conversation
from duologue.readers import ReadOptions, Source, read, read_source
from fixtures_messages import INTERCOM, SLACK, SLACK_DAY, SLACK_USERS, TELEGRAM, UTTERANCES, js, zipped


def _read(value: Any, channel: str | None = None) -> Conversation:
    data = value if isinstance(value, bytes) else js(value)
    return read_source(Source(data=data, name="x"), options=ReadOptions(channel=channel))


def _heard(c: Conversation) -> list[tuple[str, str, float | None]]:
    return [(c.speaker(t.speaker).name, t.text, t.start) for t in c.turns]


IN_SLACK = [
    ("Ben Ode", "@Ana Ruiz our counts never agree & nobody knows why", 0.0),
    ("Ana Ruiz", "Since when, @Ben Ode?", 60.0),
]


def test_slack_export_with_names_mentions_and_system_lines() -> None:
    """Names by users.json, mentions as people saw them, joins counted; a message has no end."""
    made = _read(SLACK)
    assert _heard(made) == IN_SLACK
    assert made.turns[0].end is None and made.kind is None
    assert any("1 message was left out" in n for n in made.notices)
    assert any("threads" in n for n in made.notices)


def test_slack_folder_and_api_reply_give_the_same_words(tmp_path: Path) -> None:
    """The API answers with the newest first; a folder is the zip, unpacked."""
    with zipfile.ZipFile(io.BytesIO(SLACK)) as archive:
        for name in archive.namelist():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(archive.read(name))
    assert _heard(read(tmp_path / "export")) == IN_SLACK
    assert _heard(_read({"ok": True, "messages": SLACK_DAY[::-1], "users": SLACK_USERS})) == IN_SLACK
    assert [t.speaker for t in _read({"output": {"messages": SLACK_DAY[::-1]}}).turns] == ["U02", "U01"]


def _two_channels() -> bytes:
    return zipped(
        {
            "users.json": js(SLACK_USERS),
            "channels.json": js([{"id": "C01", "name": "stock"}]),
            "dms.json": js([{"id": "D01", "members": ["U01", "U02"]}]),
            "stock/2026-03-03.json": js(SLACK_DAY),
            "D01/2026-03-03.json": js([{"type": "message", "user": "U01", "text": "Hello", "ts": "1772528460.000200"}]),
        }
    )


def test_slack_with_several_channels_wants_one_named() -> None:
    """Never guessed, never mixed: the channels are named with their counts, and any of their names chooses."""
    with pytest.raises(
        UnreadableInput, match=r"stock \(2 messages\), Ana Ruiz, Ben Ode = D01 \(1 messages\).*--channel"
    ):
        _read(_two_channels())
    for name in ("stock", "#Stock"):
        assert len(_read(_two_channels(), name).turns) == 2
    for name in ("D01", "ana ruiz, ben ode"):
        assert _read(_two_channels(), name).turns[0].text == "Hello"
    with pytest.raises(UnknownName, match="no channel is called"):
        _read(_two_channels(), "sales")


def test_a_bomb_a_locked_and_a_leading_out_archive_are_harmless(tmp_path: Path) -> None:
    """Bad input of the issue: nothing is unpacked to disk, and a member's stated size is not believed blindly."""
    bomb = zipped({"users.json": b"[]", "a/2026-01-01.json": b"[" + b" " * (40 * 2**20) + b"]"})
    with pytest.raises(UnreadableInput, match="would unpack to 40 MB"):
        _read(bomb)
    out = zipped(
        {"users.json": js(SLACK_USERS), "../../evil/2026-01-01.json": js(SLACK_DAY), "s/2026-01-01.json": js(SLACK_DAY)}
    )
    assert _heard(_read(out)) == IN_SLACK
    assert not list(tmp_path.parent.glob("**/evil"))
    locked = bytearray(SLACK)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        i = locked.find(mark)
        while i >= 0:
            locked[i + at] |= 1
            i = locked.find(mark, i + 4)
    with pytest.raises(UnreadableInput, match="password"):
        _read(bytes(locked))


def test_telegram_chat_and_account(tmp_path: Path) -> None:
    """Entities are joined, service messages counted; an account's export names its chats, and whose it is."""
    made = _read(TELEGRAM)
    assert _heard(made) == [("Ana Ruiz", "What brings you here?", 0.0), ("Ben Ode", "Our counts never agree.", 60.0)]
    assert made.started_at == "2026-03-03T09:01:00Z" and len(made.notices) == 1
    chat = json.loads(TELEGRAM)
    account = {"personal_information": {"user_id": 1}, "chats": {"list": [chat, chat | {"name": "Family", "id": 7}]}}
    with pytest.raises(UnreadableInput, match=r"Ben Ode \(2 messages\), Family|Family \(2 messages\), Ben Ode|2 chats"):
        _read(account)
    chosen = _read(account, "family")
    assert [s.side for s in chosen.speakers] == ["ours", "theirs"]


def test_intercom_keeps_what_both_sides_saw() -> None:
    """Notes are internal, assignments hold no words, HTML becomes text; admins are ours."""
    made = _read(INTERCOM)
    assert _heard(made) == [("Ben Ode", "Our counts never agree.", 0.0), ("Ana Ruiz", "Since when?\nAnd where?", 60.0)]
    assert [s.side for s in made.speakers] == ["theirs", "ours"] and made.id == "77"
    assert any("note" in n for n in made.notices)
    silent = json.loads(INTERCOM) | {"source": None, "conversation_parts": []}
    with pytest.raises(NoConversation):
        _read(silent)


def test_convokit_corpus_and_choice() -> None:
    """Speakers' names and sides from the corpus; two conversations are refused with their ids."""
    lines = "".join(json.dumps(u) + "\n" for u in UTTERANCES[::-1]).encode()
    speakers = js({"ana": {"meta": {"name": "Ana Ruiz", "side": "ours"}}, "ben": {"meta": {}}})
    corpus = zipped({"c/utterances.jsonl": lines, "c/speakers.json": speakers, "c/conversations.json": b"{}"})
    made = _read(corpus)
    assert _heard(made) == [("Ana Ruiz", "What brings you here?", 0.0), ("ben", "Our counts never agree.", 60.0)]
    assert (made.id, made.speakers[0].side, made.started_at) == ("k1", "ours", "2026-03-03T09:00:00Z")
    two = [*UTTERANCES, UTTERANCES[0] | {"conversation_id": "k2", "id": "u3"}]
    data = "".join(json.dumps(u) + "\n" for u in two).encode()
    with pytest.raises(UnreadableInput, match=r"k1 \(2 utterances\), k2 \(1 utterances\)"):
        _read(data)
    assert _read(data, "k2").id == "k2"
    with pytest.raises(UnreadableInput, match="line 2"):
        _read(json.dumps(UTTERANCES[0]).encode() + b'\n{"broken": \n')
