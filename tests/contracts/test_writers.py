"""One suite for every writer: what it writes reads back as the same conversation, or it refuses and says why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duologue.errors import UnknownName, UnwritableOutput
from duologue.model import KINDS, SIDES, Conversation, Speaker, Turn, Word
from duologue.readers import read, read_source
from duologue.readers.base import Source
from duologue.writers import EXTENSIONS, WRITERS, write

# Letters, emoji with joiners, right-to-left, what each format escapes, and what looks like a format's own syntax.
_PIECES = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    st.sampled_from([
        "-->", "<v Ana>", "</v>", "&amp;", "a & b < c > d", "\n\n", "\r\n", "\u2028", "\x1b[2J", "👩‍👩‍👧 ok", "שלום",
        ":", "Ana: hi", "NOTE x", "WEBVTT", "1\n00:01.000 --> 00:02.000\n", '{"a": 1}', "\\", "\\u003e", '"',
        "{\\an8}", "\u00a0", " ", "\ufeff",
    ]),
)  # fmt: skip
_TEXT = st.lists(_PIECES, max_size=4).map("".join)
_NAME = _TEXT.filter(bool)
_MS = st.integers(0, 20_000_000).map(lambda ms: ms / 1000)
_UNIT = st.integers(0, 1000).map(lambda n: n / 1000)
_STARTED = st.sampled_from([None, "2026-03-04T10:00:00Z", "2026-03-04T10:00:00.250+02:00", "some day"])


@st.composite
def conversations(draw: st.DrawFn, *, timed: bool | None = None) -> Conversation:
    ids = draw(st.lists(_NAME, min_size=1, max_size=4, unique=True))
    speakers = tuple(Speaker(id=i, name=draw(_NAME), side=draw(st.sampled_from(SIDES))) for i in ids)
    turns = []
    for n in range(draw(st.integers(1, 5))):
        text = draw(_TEXT) if n else "Well, " + draw(_TEXT)
        all_times = timed if timed is not None else draw(st.booleans())
        start = draw(_MS) if all_times else draw(st.none() | _MS)
        end = draw(_MS) if all_times else draw(st.none() | _MS)
        turns.append(
            Turn(
                speaker=draw(st.sampled_from(ids)),
                text=text,
                start=start,
                end=end,
                estimated=draw(st.sampled_from([(), ("end",), ("start",), ("start", "end")])),
                speaker_confidence=draw(st.none() | _UNIT),
                words=draw(st.sampled_from([(), (Word(text="Well,", start=0.25, end=None, confidence=0.5),)])),
                pieces=draw(st.sampled_from([(), ((0.5, 1.25), (2.0, 3.5))])),
            )
        )
    return Conversation(
        id=draw(_NAME),
        kind=draw(st.sampled_from([None, *KINDS])),
        speakers=speakers,
        turns=tuple(turns),
        source=draw(st.sampled_from([None, "gong", "plain"])),
        started_at=draw(_STARTED),
        language=draw(st.sampled_from([None, "en", "pt-BR"])),
        notices=tuple(draw(st.lists(_NAME, max_size=2))),
        separate_channels=draw(st.booleans()),
    )


_SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _back(data: bytes, name: str) -> Conversation:
    return read_source(Source(data=data, name=f"again.{next(x for x, n in EXTENSIONS.items() if n == name)}"))


@pytest.mark.parametrize("name", [n for n in WRITERS if n != "webvtt"])
@_SETTINGS
@given(conversation=conversations())
def test_what_is_written_reads_back_the_same(name: str, conversation: Conversation) -> None:
    """Converting loses nothing: id, kind, sides, exact words, times, word times and what was estimated (P1)."""
    assert _back(write(conversation, name), name) == conversation


@_SETTINGS
@given(conversation=conversations(timed=True))
def test_webvtt_reads_back_the_same_but_for_word_times(conversation: Conversation) -> None:
    """WebVTT has no place for word times; all else comes back, whatever stands in names and texts."""
    plain = replace(conversation, turns=tuple(replace(t, words=()) for t in conversation.turns))
    ends = tuple(replace(t, end=max(t.start or 0.0, t.end or 0.0)) for t in plain.turns)
    plain = replace(plain, turns=ends)
    assert _back(write(plain, "webvtt"), "webvtt") == plain


@_SETTINGS
@given(conversation=conversations())
def test_webvtt_is_written_whole_or_refused(conversation: Conversation) -> None:
    """A conversation with a time missing is refused by name of the turn; nothing is invented to fill the gap (P4)."""
    lacking = [i for i, t in enumerate(conversation.turns) if t.start is None or t.end is None]
    if not lacking:
        assert write(conversation, "webvtt").startswith(b"WEBVTT\n")
        return
    with pytest.raises(UnwritableOutput, match=rf"turn {lacking[0]} has no .*duologue or convokit"):
        write(conversation, "webvtt")


@pytest.mark.parametrize("name", list(WRITERS))
def test_the_same_conversation_gives_the_same_bytes(name: str) -> None:
    """No clock and no chance goes into what is written."""
    conversation = _two_turns()
    assert write(conversation, name) == write(conversation, name)


@pytest.mark.parametrize(("extension", "name"), list(EXTENSIONS.items()))
def test_the_extension_chooses_the_format(extension: str, name: str, tmp_path: Path) -> None:
    """`convert IN OUT` needs no --to, and what it wrote is recognised by its content, whatever it is called."""
    data = write(_two_turns(), path=f"/some/where/call.{extension}")
    assert data == write(_two_turns(), name)
    other = tmp_path / "renamed.bin"
    other.write_bytes(data)
    assert read(other) == _two_turns()


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    """Neither a name nor an extension that nobody knows is guessed at."""
    for format, path in (("docx", None), (None, "call.xyz"), (None, None)):
        with pytest.raises(UnknownName, match="duologue, webvtt, vcon, convokit"):
            write(_two_turns(), format, path)


def test_a_cue_that_was_corrected_counts() -> None:
    """The note in a VTT of ours does not overrule what somebody corrected in the captions."""
    data = write(_two_turns(), "webvtt").replace(b"last year", b"this year")
    assert _back(data, "webvtt").turns[2].text == "It was the third of May this year."


def _two_turns() -> Conversation:
    return Conversation(
        id="c-1",
        kind="managing",
        speakers=(Speaker(id="a", name="Ana <Ops> & co", side="ours"), Speaker(id="b", name="Bo", side="theirs")),
        turns=(
            Turn(speaker="a", text="When is it due?", start=0.0, end=1.5),
            Turn(speaker="b", text="By the third of May -->\nI think.", start=1.75, end=4.0, estimated=("end",)),
            Turn(speaker="b", text="It was the third of May last year.", start=4.0, end=6.0),
        ),
        source="plain",
        started_at="2026-03-04T10:00:00Z",
        language="en",
    )
