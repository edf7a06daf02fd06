"""One suite for every reader in the table: it knows its own file, reads it whole, and breaks by our errors alone."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.errors import DuologueError, NoConversation
from duologue.model import SIDES, Conversation
from duologue.readers import READERS, ReadOptions, Source, Sure, detect, read_source, reader
from fixtures_readers import FIXTURES, REFUSED

ALL = sorted(READERS)
READABLE = [name for name in ALL if name not in REFUSED]


def _fixture(name: str) -> bytes:
    if name not in FIXTURES:
        pytest.fail(f"the reader “{name}” has no fixture in tests/fixtures_readers.py")
    return FIXTURES[name]


def _is_text(data: bytes) -> bool:
    try:
        return "\x00" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _check(c: Conversation) -> None:
    """What every conversation keeps to. Our own format is read as it stands, times and all."""
    ours = c.source is None or "duologue" in c.source
    ids = [s.id for s in c.speakers]
    assert len(set(ids)) == len(ids) and all(ids)
    assert all(s.name and s.side in SIDES for s in c.speakers)
    assert c.turns and c.id
    for turn in c.turns:
        assert turn.speaker in ids
        assert ours or (turn.text and turn.text.strip() == turn.text)
        for time in (turn.start, turn.end, *(t for piece in turn.pieces for t in piece)):
            assert time is None or (math.isfinite(time) and (ours or time >= 0))
        if turn.start is not None and turn.end is not None:
            assert ours or turn.end >= turn.start
        assert ours or "end" not in turn.estimated or turn.end is not None
        for word in turn.words:
            assert word.start is None or math.isfinite(word.start)


def _heard(c: Conversation) -> list[tuple[str, str, float | None, float | None]]:
    return [(t.speaker, t.text, t.start, t.end) for t in c.turns]


def test_every_reader_has_a_fixture() -> None:
    """A reader without a fixture would pass this suite by saying nothing."""
    assert set(FIXTURES) == set(READERS)


@pytest.mark.parametrize("name", ALL)
def test_it_knows_its_own_file_by_content(name: str) -> None:
    """Issue 2: sniffed by content, not by name; exactly one reader is chosen."""
    source = Source(data=_fixture(name))
    assert reader(name).name == name
    assert reader(name).label and reader(name).extensions
    assert reader(name).sniff(source) in (Sure.YES, Sure.PERHAPS)
    assert detect(source).name == name


@pytest.mark.parametrize("name", READABLE)
def test_it_reads_a_valid_conversation_and_the_same_one_twice(name: str) -> None:
    """P1: same input, same output; speakers known, times possible, no turn without words."""
    first = read_source(Source(data=_fixture(name)))
    _check(first)
    assert all(turn.text.strip() for turn in first.turns)
    assert len(first.turns) > 1 or name in ("sbv",)
    assert read_source(Source(data=_fixture(name))) == first


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_it_refuses_what_holds_no_conversation(name: str) -> None:
    """Issue 2: RTTM alone is refused clearly, with what to do next."""
    with pytest.raises(NoConversation, match="--rttm"):
        read_source(Source(data=_fixture(name)))


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("variant", ["utf-8-sig", "utf-16", "utf-16-le", "crlf", "cr"])
def test_text_reads_the_same_in_every_encoding_and_line_end(name: str, variant: str) -> None:
    """Issue 2, bad input: BOM, UTF-16 and foreign line ends change nothing."""
    data = _fixture(name)
    if not _is_text(data):
        assert data[:2] == b"PK", "a binary fixture that is no archive: is it one?"
        return
    decoded = data.decode()
    ends = {"crlf": "\r\n", "cr": "\r"}
    changed = decoded.replace("\n", ends[variant]).encode() if variant in ends else decoded.encode(variant)
    assert _heard(read_source(Source(data=changed))) == _heard(read_source(Source(data=data)))


@pytest.mark.parametrize("name", ALL)
def test_a_truncated_file_breaks_by_our_errors_alone(name: str) -> None:
    """Issue 2, bad input: cut off at every tenth byte, by detection and with the format named."""
    data = _fixture(name)
    for cut in range(0, len(data), 10 if len(data) < 8000 else len(data) // 300):
        for format in (None, name):
            try:
                _check(read_source(Source(data=data[:cut], name="cut"), format))
            except DuologueError as error:
                assert str(error)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=25)
@given(data=st.data())
def test_a_damaged_file_breaks_by_our_errors_alone(name: str, data: st.DataObject) -> None:
    """Issue 2: never an exception other than ours, and what is read is valid."""
    broken = bytearray(_fixture(name))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(broken) - 1))
        until = min(len(broken), at + data.draw(st.integers(0, 40)))
        broken[at:until] = data.draw(
            st.binary(max_size=12) | st.sampled_from([b"\n", b"null", b"-1", b"1e999", b"{", b"<v"])
        )
        if not broken:
            break
    try:
        _check(read_source(Source(data=bytes(broken), name="broken"), name))
    except DuologueError as error:
        assert str(error)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 64, b"\xff\xfe\x00\xd8", bytes(range(256)), b"   \n\n", b"[" * 500, b"{}"]
)
def test_what_is_nothing_of_the_kind_is_refused(name: str, data: bytes) -> None:
    """Issue 2, bad input: empty, binary and hostile files, with the format named by the user."""
    try:
        _check(read_source(Source(data=data, name="nothing"), name, ReadOptions()))
    except DuologueError as error:
        assert str(error).startswith("nothing")
