"""Helpers for the tests of JSON readers: reading a value, who claims it, what must hold however it is mangled."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duologue.errors import DuologueError
from duologue.model import Conversation
from duologue.readers import READERS, Source, Sure, read_source, reader
from duologue.wire import conversation_from, conversation_to, dumps

_DELETE = object()
_VALUES = [_DELETE, None, "", "x", "-1", "1e999", -5, -1e300, 1e300, 10**30, True, [], {}, [None], {"a": None}, [[]], 0]


def source(value: Any) -> Source:
    """A value as the file that it would be."""
    return Source(data=json.dumps(value).encode(), name="call.json")


def read_json(value: Any, format: str | None = None) -> Conversation:
    """The conversation in a value; its reader is found by content where none is named."""
    return read_source(source(value), format)


def claims(value: Any) -> list[str]:
    """The readers that are sure of it."""
    given = source(value)
    return [name for name in READERS if reader(name).sniff(given) is Sure.YES]


def spoken(conversation: Conversation) -> list[tuple[str, str]]:
    """(name, text) of each turn."""
    return [(conversation.speaker(t.speaker).name, t.text) for t in conversation.turns]


def times(conversation: Conversation) -> list[tuple[float | None, float | None]]:
    return [(t.start, t.end) for t in conversation.turns]


def sides(conversation: Conversation) -> dict[str, str]:
    return {s.name: s.side for s in conversation.speakers}


def _paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(p for key, v in inner for p in _paths(v, (*at, key)))]


def _mangled(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The value with what stands at a path replaced or deleted; as it is where the path is gone."""
    if not path:
        return value if new is _DELETE else new
    holder = value
    try:
        for key in path[:-1]:
            holder = holder[key]
        if new is _DELETE:
            del holder[path[-1]]
        else:
            holder[path[-1]] = new
    except (KeyError, IndexError, TypeError):
        pass
    return value


def assert_sound(conversation: Conversation) -> None:
    """What holds of every conversation that any reader gives."""
    ids = [s.id for s in conversation.speakers]
    assert len(ids) == len(set(ids))
    for t in conversation.turns:
        assert t.speaker in ids
        assert t.text.strip()
        for time in (
            t.start,
            t.end,
            *(x for w in t.words for x in (w.start, w.end)),
            *(x for p in t.pieces for x in p),
        ):
            assert time is None or (math.isfinite(time) and time >= 0)
        assert t.start is None or t.end is None or t.start <= t.end
    assert all(m.speaker in ids for m in conversation.reported)
    wire = conversation_to(conversation)
    dumps(wire)
    assert conversation_from(wire) == conversation


def assert_survives(fixture: Any, format: str, *, examples: int = 60) -> None:
    """However a file of the format is mangled: a sound conversation, or an error of ours in one line."""
    paths = _paths(fixture)
    change = st.tuples(st.sampled_from(paths), st.sampled_from(_VALUES))

    @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(change, min_size=1, max_size=4), st.sampled_from([format, None]))
    def check(changes: list[tuple[tuple[Any, ...], Any]], chosen: str | None) -> None:
        value = copy.deepcopy(fixture)
        for path, new in changes:
            value = _mangled(value, path, copy.deepcopy(new) if new is not _DELETE else new)
        try:
            conversation = read_json(value, chosen)
        except DuologueError as error:
            assert "\n" not in str(error)
        else:
            assert_sound(conversation)

    check()
