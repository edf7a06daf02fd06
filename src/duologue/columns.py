"""Findings and turns as tables: model ↔ Arrow, for many conversations at once.

A table is declared as a list of columns, each a name, an Arrow type and the function that reads its value off a row's
source. pyarrow is optional (`pip install "duologue[table]"`) and imported when a table is made. Arrow tables turn into
pandas with `.to_pandas()` and into polars with `polars.from_arrow(table)`, where these are installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from duologue.errors import MissingExtra, UnreadableInput
from duologue.model import Act, Conversation, Measure, Moment, Review, Turn
from duologue.wire import CONVERSATION, conversation_from, conversation_to, finding_id, moment_id

if TYPE_CHECKING:
    import pyarrow as pa

Row = TypeVar("Row")
Type = Literal["text", "int", "float", "ints"]


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name, its type, and how it is read off a row."""

    name: str
    type: Type
    of: Callable[[Row], Any]


_Found = tuple[Review, Moment]
_Labelled = tuple[Review, Act]
_Measured = tuple[Review, Measure]
_Said = tuple[Conversation, int]


def _turn(row: _Found) -> Turn:
    return row[0].conversation.turns[row[1].quotes[0].turn]


def _name(conversation: Conversation, id: str) -> str:
    return conversation.speaker(id).name


def _quote(row: _Found) -> str:
    turns = row[0].conversation.turns
    return " … ".join(turns[q.turn].text[q.start : q.end] for q in row[1].quotes)


FINDINGS: tuple[Column[_Found], ...] = (
    Column("conversation", "text", lambda r: r[0].conversation.id),
    Column("finding", "text", lambda r: moment_id(r[0].conversation, r[1])),
    Column("kind", "text", lambda r: r[1].kind),
    Column("sign", "text", lambda r: r[1].sign),
    Column("turns", "ints", lambda r: list(r[1].turns)),
    Column("speaker", "text", lambda r: _name(r[0].conversation, _turn(r).speaker)),  # of the first quote
    Column("start", "float", lambda r: r[0].conversation.turns[r[1].turns[0]].start),
    Column("quote", "text", _quote),
    Column("confidence", "float", lambda r: r[1].confidence),
    Column("why", "text", lambda r: r[1].why),
)

ACTS: tuple[Column[_Labelled], ...] = (
    Column("conversation", "text", lambda r: r[0].conversation.id),
    Column(
        "finding",
        "text",
        lambda r: finding_id(r[0].conversation.id, r[1].kind, (r[1].span.turn,), r[1].span.start),
    ),
    Column("act", "text", lambda r: r[1].kind),
    Column("turn", "int", lambda r: r[1].span.turn),
    Column("speaker", "text", lambda r: _name(r[0].conversation, r[0].conversation.turns[r[1].span.turn].speaker)),
    Column("start", "float", lambda r: r[0].conversation.turns[r[1].span.turn].start),
    Column(
        "quote",
        "text",
        lambda r: r[0].conversation.turns[r[1].span.turn].text[r[1].span.start : r[1].span.end],
    ),
    Column("from", "int", lambda r: r[1].span.start),
    Column("to", "int", lambda r: r[1].span.end),
    Column("confidence", "float", lambda r: r[1].confidence),
    Column("by", "text", lambda r: r[1].by),
)

MEASURES: tuple[Column[_Measured], ...] = (
    Column("conversation", "text", lambda r: r[0].conversation.id),
    Column("name", "text", lambda r: r[1].name),
    Column("speaker", "text", lambda r: r[1].speaker),
    Column("value", "float", lambda r: r[1].value),
    Column("unit", "text", lambda r: r[1].unit),
    Column("n", "int", lambda r: r[1].n),
    Column("low", "float", lambda r: r[1].low),
    Column("high", "float", lambda r: r[1].high),
    Column("reason", "text", lambda r: r[1].reason),
    Column("source", "text", lambda r: r[1].source),
)

TURNS: tuple[Column[_Said], ...] = (
    Column("conversation", "text", lambda r: r[0].id),
    Column("turn", "int", lambda r: r[1]),
    Column("speaker", "text", lambda r: r[0].turns[r[1]].speaker),
    Column("name", "text", lambda r: _name(r[0], r[0].turns[r[1]].speaker)),
    Column("side", "text", lambda r: r[0].speaker(r[0].turns[r[1]].speaker).side),
    Column("start", "float", lambda r: r[0].turns[r[1]].start),
    Column("end", "float", lambda r: r[0].turns[r[1]].end),
    Column("text", "text", lambda r: r[0].turns[r[1]].text),
)


def findings_table(reviews: Iterable[Review]) -> pa.Table:
    """One row a moment, without those set apart. `speaker`: of its first quote; `start`: of its first turn, or null."""
    return _table(FINDINGS, ((r, m) for r in reviews for m in r.moments))


def acts_table(reviews: Iterable[Review]) -> pa.Table:
    """One row an act, with the words that it rests on and their half-open code points `from`, `to` in the turn."""
    return _table(ACTS, ((r, a) for r in reviews for a in r.acts))


def measures_table(reviews: Iterable[Review]) -> pa.Table:
    """One row a measure; where `value` is null, `reason` says why."""
    return _table(MEASURES, ((r, m) for r in reviews for m in r.measures))


def turns_table(conversations: Iterable[Conversation]) -> pa.Table:
    """One row a turn, flat, for looking through a corpus. `conversations_table` is the one that loses nothing."""
    return _table(TURNS, ((c, i) for c in conversations for i in range(len(c.turns))))


def conversations_table(conversations: Iterable[Conversation]) -> pa.Table:
    """One row a conversation, with its speakers and turns as lists in the shape of `duologue.conversation/1`."""
    return _arrow().Table.from_pylist([conversation_to(c) for c in conversations], schema=_conversation_schema())


def conversations_from_table(table: pa.Table) -> tuple[Conversation, ...]:
    """The conversations of a table that `conversations_table` made (or that has its columns).

    Raises UnreadableInput where a row is none.
    """
    found = []
    for i, row in enumerate(table.to_pylist()):
        try:
            found.append(conversation_from({"format": CONVERSATION} | {k: v for k, v in row.items() if v is not None}))
        except UnreadableInput as error:
            raise error.at(f"row {i}") from None
    return tuple(found)


def _table(columns: tuple[Column[Row], ...], rows: Iterable[Row]) -> pa.Table:
    arrow = _arrow()
    types = {
        "text": arrow.string(),
        "int": arrow.int64(),
        "float": arrow.float64(),
        "ints": arrow.list_(arrow.int64()),
    }
    schema = arrow.schema([(c.name, types[c.type]) for c in columns])
    kept = list(rows)
    return arrow.table({c.name: [c.of(row) for row in kept] for c in columns}, schema=schema)


def _conversation_schema() -> pa.Schema:
    """The wire's keys as Arrow types. A test writes every field of a conversation and reads it back."""
    arrow = _arrow()
    text, number = arrow.string(), arrow.float64()
    word = arrow.struct([("text", text), ("start", number), ("end", number), ("confidence", number)])
    turn = arrow.struct(
        [
            ("speaker", text),
            ("start", number),
            ("end", number),
            ("text", text),
            ("words", arrow.list_(word)),
            ("estimated", arrow.list_(text)),
            ("speaker_confidence", number),
            ("pieces", arrow.list_(arrow.list_(number))),
        ]
    )
    measure = arrow.struct([(c.name, number if c.type == "float" else arrow.int64() if c.type == "int" else text)
                            for c in MEASURES[1:]])  # fmt: skip
    speaker = arrow.struct([("id", text), ("name", text), ("side", text)])
    return arrow.schema(
        [
            ("format", text),
            ("id", text),
            ("kind", text),
            ("source", text),
            ("started_at", text),
            ("language", text),
            ("speakers", arrow.list_(speaker)),
            ("turns", arrow.list_(turn)),
            ("notices", arrow.list_(text)),
            ("reported", arrow.list_(measure)),
            ("separate_channels", arrow.bool_()),
            ("consent", arrow.struct([("given", arrow.bool_()), ("at", text)])),
            ("heard_by", text),
        ]
    )


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise MissingExtra(
            "tables need pyarrow, which is not installed", hint='Install it with: pip install "duologue[table]"'
        ) from None
    return pyarrow
