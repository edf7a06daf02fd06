"""Real files of messages and containers (`../shared/samples`), which stay where they are: speakers, order, times."""

from __future__ import annotations

import pytest

from duologue.errors import NoConversation, UnreadableInput
from duologue.readers import read
from duologue.writers import WRITERS, write
from support import shared


def test_vcon_email_thread() -> None:
    """Three mails of two people, each once, though every mail quotes the ones before."""
    made = read(shared("samples/vcon/ab_email_prob_followup_text_thread.vcon"))
    assert [(made.speaker(t.speaker).name, t.start) for t in made.turns] == [
        ("Alice", 0.0),
        ("Bob", 573.0),
        ("Alice", 793.0),
    ]
    assert not any("wrote:" in t.text for t in made.turns)
    assert made.id == "0195544a-d292-8cda-b9a2-279e0d16bc46"


def test_vcon_redacted_says_so() -> None:
    """Read, with times from the file's dates, and with the notice that words are missing."""
    made = read(shared("samples/vcon/ab_call_ext_rec_redacted.vcon"))
    assert made.turns[0].start == 1.2 and any("taken out" in n for n in made.notices)


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("ab_call_ext_rec.vcon", NoConversation, "Transcribe"),
        ("ab_call_ext_rec_encrypted.vcon", UnreadableInput, "encrypted"),
        ("simple-vcon.vcon", UnreadableInput, "not valid"),
    ],
)
def test_vcon_without_words_is_refused(name: str, error: type[Exception], words: str) -> None:
    """A recording's address, an encrypted container, broken JSON: a clear line each."""
    with pytest.raises(error, match=words):
        read(shared(f"samples/vcon/{name}"))


def test_slack_history_is_put_in_order() -> None:
    """Newest first in the file, oldest first here."""
    made = read(shared("samples/slack/get-conversation-history.test.json"))
    starts = [t.start or 0.0 for t in made.turns]
    assert len(starts) == 10 and starts == sorted(starts) and starts[0] == 0.0


def test_telegram_and_intercom() -> None:
    """Entities joined; parts without words left out; an admin is on our side."""
    made = read(shared("samples/telegram/test_single_export.json"))
    assert [(s.name) for s in made.speakers] == ["Author 1", "Author 2"] and made.turns[1].start == 614.0
    made = read(shared("samples/intercom/get-conversation.test.json"))
    assert [(s.name, s.side) for s in made.speakers] == [("Nango Developer", "ours")]
    assert not any("<" in t.text for t in made.turns)


@pytest.mark.parametrize(("name", "who", "lines"), [("alice", "Alice", 2), ("bob_reply", "Bob", 2)])
def test_mails(name: str, who: str, lines: int) -> None:
    """A message of one turn, without the quoted mail and the sign-off."""
    made = read(shared(f"samples/eml/email_prob_followup_{name}.txt"))
    assert (made.kind, made.speakers[0].name, len(made.turns)) == ("message", who, 1)
    assert len(made.turns[0].text.split("\n")) == lines


@pytest.mark.parametrize(
    ("name", "lines", "last"),
    [
        ("correct_sig", 1, "signature."),
        ("email_1_1", 3, "API."),
        ("email_1_3", 2, "great."),
        ("email_2_1", 1, "reply"),
        ("email_gmail", 1, "message."),
        ("email_headers_no_delimiter", 1, "reply!"),
        ("pathological", 1, "computer."),
    ],
)
def test_bare_mails_keep_their_own_words_only(name: str, lines: int, last: str) -> None:
    """Recognised without headers and a format, and cut where the quotation, signature or list footer begins."""
    made = read(shared(f"samples/email-reply-parser/{name}.txt"))
    own = [line for line in made.turns[0].text.split("\n") if line]
    assert (made.source, made.kind, len(own)) == ("email", "message", lines)
    assert own[-1].endswith(last)


@pytest.mark.parametrize("path", ["vcon/ab_call_ext_rec_redacted.vcon", "telegram/test_single_export.json"])
@pytest.mark.parametrize("format", [n for n in WRITERS if n != "webvtt"])
def test_a_real_file_survives_conversion(path: str, format: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """`convert` and back: the same conversation, source included."""
    made = read(shared(f"samples/{path}"))
    out = tmp_path_factory.mktemp("out") / "again"
    out.write_bytes(write(made, format))
    assert read(out) == made
