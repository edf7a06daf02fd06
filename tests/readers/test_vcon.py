"""vCon: every place in which a container may hold words, and those in which it holds none."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.errors import DuologueError, NoConversation, UnreadableInput
from duologue.model import Conversation
from duologue.readers import Source, read_source

PARTIES = [
    {"name": "Ana", "mailto": "mailto:ana@x.org", "role": "agent"},
    {"name": "Bo", "tel": "tel:+34600", "role": "customer"},
]
CALL = {
    "type": "recording",
    "start": "2026-03-03T09:00:00Z",
    "duration": 30,
    "parties": [0, 1],
    "url": "https://x.org/a.wav",
}


def _read(value: object) -> Conversation:
    return read_source(Source(data=json.dumps(value).encode(), name="x.vcon"))


def _vcon(dialog: list[Any], analysis: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"vcon": "0.0.2", "uuid": "u-1", "parties": PARTIES, "dialog": dialog, "analysis": analysis or [], **more}


def _text(party: int, minute: int, body: str, **more: Any) -> dict[str, Any]:
    start = f"2026-03-03T09:{minute:02}:00Z"
    return {"type": "text", "start": start, "parties": [party, 1 - party], "encoding": "none", "body": body, **more}


def test_text_dialogs_are_turns_in_order_of_time() -> None:
    """A dialog is one message; the drafts do not promise an order; roles set the sides."""
    made = _read(
        _vcon(
            [
                _text(1, 5, "Late again."),
                _text(0, 2, "How was the week?"),
                _text(0, 7, "<b>Go on.</b>", mimetype="text/html"),
            ]
        )
    )
    assert [(t.speaker, t.text, t.start, t.end) for t in made.turns] == [
        ("ana@x.org", "How was the week?", 0.0, None), ("+34600", "Late again.", 180.0, None),
        ("ana@x.org", "Go on.", 300.0, None),
    ]  # fmt: skip
    assert [(s.name, s.side) for s in made.speakers] == [("Ana", "ours"), ("Bo", "theirs")]
    assert (made.id, made.started_at, made.kind) == ("u-1", "2026-03-03T09:02:00Z", None)


@pytest.mark.parametrize("version", ["0.0.1", "0.2.0", "0.4.0", 0.3, 1])
def test_every_version_is_read_also_as_a_number(version: object) -> None:
    """Writers disagree on how a version is spelled; the content is the same."""
    assert _read(_vcon([_text(0, 1, "Hello?")]) | {"vcon": version}).turns[0].text == "Hello?"


def test_an_email_thread_is_read_without_its_quotes() -> None:
    """Each mail quotes the one before; said once is enough."""
    thread = [
        _text(0, 1, "Is it better now?\n", message_id="<1@x.org>"),
        _text(
            1,
            9,
            "It is.\n\nOn Tuesday, 3 March 2026, Ana <ana@x.org> wrote:\n> Is it better now?\n",
            message_id="<2@x.org>",
        ),
    ]
    assert [t.text for t in _read(_vcon(thread)).turns] == ["Is it better now?", "It is."]
    assert _read(_vcon(thread[:1])).kind == "message"


_SEGMENTS = [
    {"start": 0.5, "end": 2.0, "text": "What brings you here?"},
    {"start": 2.5, "duration": 1.5, "text": "The late picks."},
]
_NAMED = [s | {"speaker": ("Ana", "Bo")[i]} for i, s in enumerate(_SEGMENTS)]


@pytest.mark.parametrize(
    "body",
    [
        [s | {"party": i} for i, s in enumerate(_SEGMENTS)],
        [s | {"parties": [i]} for i, s in enumerate(_SEGMENTS)],
        _NAMED,
        [s | {"speaker": ("AGENT", "Customer")[i]} for i, s in enumerate(_SEGMENTS)],
        [s | {"parties": i, "start": f"2026-03-03T09:00:0{s['start']}Z"} for i, s in enumerate(_SEGMENTS)],
        {"transcript": {"text": "all of it", "language": "en"}, "segments": _NAMED},
        json.dumps({"segments": _NAMED}),
        "WEBVTT\n\n00:00.500 --> 00:02.000\n<v Ana>What brings you here?\n\n"
        "00:02.500 --> 00:04.000\n<v Bo>The late picks.\n",
    ],
)  # fmt: skip
def test_a_transcript_of_any_shape_is_read(body: object) -> None:
    """The container fixes no shape: lists by party or speaker, WTF, JSON in a string, captions."""
    made = _read(_vcon([CALL], [{"type": "transcript", "dialog": 0, "encoding": "json", "body": body}]))
    assert [(t.speaker, t.text, t.start) for t in made.turns] == [
        ("ana@x.org", "What brings you here?", 0.5), ("+34600", "The late picks.", 2.5),
    ]  # fmt: skip
    assert [s.side for s in made.speakers] == ["ours", "theirs"]
    if "duration" in str(body) and isinstance(body, list):
        assert made.turns[1].end == 4.0


def test_a_vendors_reply_is_left_to_its_own_reader() -> None:
    """Deepgram's reply inside a vCon; voices that nobody has named stay numbers, and the user is told who was there."""
    words = [
        {"word": w, "start": i * 1.0, "end": i + 0.5, "confidence": 0.9, "speaker": i // 2}
        for i, w in enumerate(("hello", "there", "good", "morning"))
    ]
    alternative = {"transcript": "hello there good morning", "confidence": 0.9, "words": words}
    for body in (
        {"metadata": {"channels": 1}, "results": {"channels": [{"alternatives": [alternative]}]}},
        alternative,
    ):
        made = _read(_vcon([CALL], [{"type": "transcript", "dialog": 0, "vendor": "deepgram", "body": body}]))
        assert [t.text for t in made.turns] == ["hello there", "good morning"]
        assert made.turns[1].words[0].start == 2.0
        assert any("Ana, Bo" in n for n in made.notices)


def test_plain_text_transcripts_keep_their_names() -> None:
    """ "Name: text" is a thread; words without names are one unknown speaker, unless the call had one party only."""
    text = "Ana: What brings you here?\nBo: The late picks.\nAna: Tell me more.\n"
    made = _read(_vcon([CALL], [{"type": "transcript", "dialog": 0, "body": text}]))
    assert [t.speaker for t in made.turns] == ["ana@x.org", "+34600", "ana@x.org"]
    made = _read(
        _vcon([CALL], [{"type": "transcript", "dialog": 0, "body": {"transcript": "nobody knows who said this"}}])
    )
    assert made.turns[0].speaker == "unknown"


def test_two_calls_stand_on_one_time_line() -> None:
    """The second recording starts ten minutes after the first."""
    later = CALL | {"start": "2026-03-03T09:10:00Z"}
    analyses = [{"type": "transcript", "dialog": i, "body": [s | {"party": i} for s in _SEGMENTS[:1]]} for i in (1, 0)]
    made = _read(_vcon([CALL, later], analyses))
    assert [(t.speaker, t.start) for t in made.turns] == [("ana@x.org", 0.5), ("+34600", 600.5)]


def test_a_redacted_one_says_that_words_are_missing() -> None:
    """What was taken out cannot be known, and is said (P4)."""
    analysis = [
        {
            "type": "transcript-redacted",
            "dialog": 0,
            "body": [{"party": 0, "start": 1, "text": "My number is {{NUMBER}}."}],
        }
    ]
    made = _read(_vcon([CALL], analysis, redacted={"uuid": "u-0", "type": "PII"}))
    assert any("taken out" in n for n in made.notices)
    assert not any("taken out" in n for n in _read(_vcon([_text(0, 1, "Hi there")], redacted={})).notices)


def test_a_signed_one_is_opened_and_an_encrypted_one_refused() -> None:
    """A signature hides nothing; encryption does, and the way out is named."""
    payload = urlsafe_b64encode(json.dumps(_vcon([_text(0, 1, "Hello?")])).encode()).decode().rstrip("=")
    made = _read({"payload": payload, "signatures": [{"header": {}, "signature": "x"}]})
    assert made.turns[0].text == "Hello?" and any("signature was not checked" in n for n in made.notices)
    with pytest.raises(UnreadableInput, match=r"encrypted.*Decrypt it first"):
        _read({"protected": "e30", "iv": "a", "ciphertext": "b", "tag": "c", "recipients": []})


def test_bodies_in_base64url_are_decoded() -> None:
    """The drafts allow every body to be encoded."""
    body = urlsafe_b64encode("Señal débil?".encode()).decode()
    assert _read(_vcon([_text(0, 1, body) | {"encoding": "base64url"}])).turns[0].text == "Señal débil?"


def test_one_without_words_is_refused_with_the_next_step() -> None:
    """It only points at a recording: its address, and what to do."""
    with pytest.raises(NoConversation, match=r"https://x.org/a.wav.*Transcribe"):
        _read(_vcon([CALL]))
    with pytest.raises(NoConversation):
        _read(_vcon([]))
    with pytest.raises(NoConversation):
        _read(_vcon([CALL], [{"type": "summary", "dialog": 0, "body": "They spoke about picks."}]))


_KEYS = ["type", "body", "text", "parties", "party", "start", "dialog", "speaker", "encoding", "words"]
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(parties=_JSON, dialog=st.lists(_JSON, max_size=3), analysis=st.lists(_JSON, max_size=3))
def test_strange_values_are_read_or_refused(parties: Any, dialog: list[Any], analysis: list[Any]) -> None:
    """Whatever stands where, never an exception other than ours."""
    analysis = [a | {"type": "transcript"} if isinstance(a, dict) else a for a in analysis]
    try:
        made = _read({"vcon": "0.0.1", "parties": parties, "dialog": dialog, "analysis": analysis})
    except DuologueError:
        return
    assert all(t.text.strip() for t in made.turns)
