"""Findings and conversations as Arrow tables, and back."""

from __future__ import annotations

import sys
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue import columns, review
from duologue.errors import MissingExtra, UnreadableInput
from duologue.model import Consent, Conversation, Measure, Review, Span, Speaker, Turn, Word
from duologue.model.review import Act
from duologue.moments.base import moment
from duologue.wire import moment_id
from support import talk

pa = pytest.importorskip("pyarrow")


def reviewed() -> Review:
    conversation = talk("A: It is blue 🙂 and the best.", "B: I have another call.")
    return Review(
        conversation=conversation,
        kind=None,
        acts=(Act(kind="withdrawal", span=Span(turn=1, start=0, end=23), confidence=0.7, by="test/1"),),
        moments=(
            moment(
                "put_off",
                (0, 1),
                (Span(turn=0, start=0, end=12), Span(turn=1, start=0, end=23)),
                why="then",
                confidence=0.8,
            ),
        ),
        measures=(Measure(name="gap", value=None, unit="s", reason="no times"),),
        context=(),
        dials=(),
        next=(),
        notices=(),
        version="0",
    )


def test_findings_are_rows_that_point_at_their_words() -> None:
    """P1: a finding carries its id, its turns and its exact quote."""
    got = reviewed()
    (row,) = columns.findings_table([got]).to_pylist()
    assert row == {
        "conversation": "test",
        "finding": moment_id(got.conversation, got.moments[0]),
        "kind": "put_off",
        "sign": "-",
        "turns": [0, 1],
        "speaker": "A",
        "start": None,
        "quote": "It is blue 🙂 … I have another call.",
        "confidence": 0.8,
        "why": "then",
    }


def test_acts_and_measures_are_rows() -> None:
    """An act has its words and offsets; a measure without a value has its reason."""
    (act,) = columns.acts_table([reviewed()]).to_pylist()
    assert (act["act"], act["turn"], act["from"], act["to"]) == ("withdrawal", 1, 0, 23)
    assert act["quote"] == "I have another call."[:23]
    (measure,) = columns.measures_table([reviewed()]).to_pylist()
    assert measure["value"] is None and measure["reason"] == "no times"


def test_no_rows_still_have_their_columns() -> None:
    """An empty corpus gives typed, empty tables."""
    for table, declared in (
        (columns.findings_table([]), columns.FINDINGS),
        (columns.acts_table([]), columns.ACTS),
        (columns.measures_table([]), columns.MEASURES),
        (columns.turns_table([]), columns.TURNS),
    ):
        assert table.num_rows == 0
        assert table.column_names == [c.name for c in declared]
        assert pa.null() not in table.schema.types


def test_a_real_review_makes_tables() -> None:
    """The whole way from words to rows."""
    got = review(
        talk("A: How did it go with the new shift?", "B: Badly. I hardly slept.", "A: That sounds hard.", "B: It was.")
    )
    assert columns.acts_table([got]).num_rows == len(got.acts)
    assert columns.measures_table([got, got]).num_rows == 2 * len(got.measures)
    assert columns.turns_table([got.conversation]).column("side").to_pylist() == ["ours", "theirs", "ours", "theirs"]


times = st.none() | st.floats(0, 1e5).map(lambda x: round(x, 3))
text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@st.composite
def conversations(draw: st.DrawFn) -> Conversation:
    ids = draw(st.lists(st.sampled_from("ABCD"), min_size=1, unique=True))
    word = st.builds(Word, text=text, start=times, end=times, confidence=st.none() | st.floats(0, 1))
    turn = st.builds(
        Turn,
        speaker=st.sampled_from(ids),
        text=text,
        start=times,
        end=times,
        words=st.lists(word, max_size=2).map(tuple),
        estimated=st.sampled_from(((), ("end",), ("start", "end"))),
        speaker_confidence=st.none() | st.floats(0, 1),
        pieces=st.lists(st.tuples(st.floats(0, 9), st.floats(0, 9)), max_size=2).map(tuple),
    )
    return Conversation(
        id=draw(st.text("abc123", min_size=1)),
        speakers=tuple(
            Speaker(id=i, name=f"Name {i}", side=draw(st.sampled_from(("ours", "theirs", "relay", "unknown"))))
            for i in ids
        ),
        turns=tuple(draw(st.lists(turn, max_size=4))),
        kind=draw(st.sampled_from((None, "selling", "message"))),
        source=draw(st.none() | st.just("vtt")),
        started_at=draw(st.none() | st.just("2026-01-02T03:04:05Z")),
        language=draw(st.none() | st.just("en")),
        notices=tuple(draw(st.lists(st.just("A notice."), max_size=1))),
        reported=tuple(
            draw(st.lists(st.just(Measure(name="talk", value=1.5, unit="s", n=2, speaker="A")), max_size=1))
        ),
        separate_channels=draw(st.booleans()),
        consent=draw(st.none() | st.builds(Consent, given=st.booleans(), at=st.none() | st.just("2026-01-02"))),
        heard_by=draw(st.none() | st.just("a model")),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(conversations(), max_size=3))
def test_a_corpus_comes_back_as_it_went(corpus: list[Conversation]) -> None:
    """Nothing of a conversation is lost in a table: every field, silent speakers and emoji included."""
    assert columns.conversations_from_table(columns.conversations_table(corpus)) == tuple(corpus)


def test_every_field_of_a_turn_and_a_conversation_has_a_column() -> None:
    """A field that joins the nouns has to join the table too."""
    schema = columns.conversations_table([]).schema
    assert {f.name for f in fields(Conversation)} <= set(schema.names)
    assert {f.name for f in fields(Turn)} <= {f.name for f in schema.field("turns").type.value_type}


def test_a_table_of_something_else_is_refused() -> None:
    """The row is named."""
    with pytest.raises(UnreadableInput, match="row 0"):
        columns.conversations_from_table(pa.table({"x": [1]}))


def test_without_pyarrow_the_line_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An optional library that is missing says how to have it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r'pip install "duologue\[table\]"'):
        columns.findings_table([])


def test_pandas_and_polars_where_they_are_installed() -> None:
    """An Arrow table turns into either."""
    table = columns.findings_table([reviewed()])
    pandas = pytest.importorskip("pandas")
    assert isinstance(table.to_pandas(), pandas.DataFrame)
