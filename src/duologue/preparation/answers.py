"""A file of answers to be judged, one JSON object a line, and what was found in each, the same way out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from duologue.acts.base import Exchange
from duologue.errors import UnreadableInput
from duologue.preparation.judging import NAMES, Judged

_FORM = 'Each line is {"id": …, "insight": "…", "ask": "…", "answer": "…"}'
MOST_BYTES = 64 * 1024 * 1024  # some ten million words: no set of answers is that long


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One answer as it was handed in. Keys beside these are left alone."""

    id: str | int
    insight: str
    ask: str
    answer: str

    @property
    def exchange(self) -> Exchange:
        """As the judge reads it."""
        return Exchange(claim=self.insight, asked=self.ask, answer=self.answer)


def read_answers(path: str, stdin: BinaryIO) -> tuple[Item, ...]:
    """Every answer of a file, or of standard input where the path is "-". Empty lines are passed over.

    Raises UnreadableInput that names file and line: nothing is judged where one line cannot be read.
    """
    where = "standard input" if path == "-" else path
    try:
        data = stdin.read(MOST_BYTES + 1) if path == "-" else _bytes(path)
    except OSError as error:
        raise UnreadableInput(f"it cannot be read: {(error.strerror or str(error)).lower()}", where=where) from None
    if len(data) > MOST_BYTES:
        raise UnreadableInput(f"it holds more than {MOST_BYTES // 2**20} MB", where=where, hint="Give it in parts")
    found = []
    for n, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            found.append(_item(line, f"{where}:{n}"))
    if not found:
        raise UnreadableInput("there are no answers in it", where=where, hint=_FORM)
    return tuple(found)


def _bytes(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _item(line: bytes, where: str) -> Item:
    try:
        return msgspec.json.decode(line, type=Item)
    except msgspec.ValidationError as error:
        raise UnreadableInput(_plain(str(error)), where=where, hint=_FORM) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UnreadableInput("this line is no JSON object", where=where, hint=_FORM) from None


def _plain(error: str) -> str:
    """msgspec's message as a sentence: what was expected, and where in the object."""
    what, _, at = error.partition(" - at `$")
    if what.startswith("Object missing required field"):
        return (
            what.replace("Object missing required field", "this key is missing:").replace("`", "“", 1).replace("`", "”")
        )
    key = at.strip("`.")
    return (
        f"the value of “{key}” is not what it should be: {what[0].lower() + what[1:]}"
        if key
        else "this line is no JSON object"
    )


def as_json(items: Sequence[Item], judged: Sequence[Judged]) -> str:
    """One object a line, in order: id, the four judgements, and the words each rests on."""
    return "".join(msgspec.json.encode(row(i, j)).decode() + "\n" for i, j in zip(items, judged, strict=True))


def row(item: Item, judged: Judged) -> dict[str, Any]:
    """What was found in one answer. `likely`: how likely each judgement is; `for`: which one a quote is about."""
    found: dict[str, Any] = {"id": item.id}
    found |= {name: judged.has(name) for name in NAMES}
    found["quotes"] = [{"start": q.start, "end": q.end, "text": q.text, "for": q.judgement} for q in judged.quotes]
    found["likely"] = {name: getattr(judged.likely, name) for name in NAMES}
    if judged.frank:
        found["frank"] = True
    if judged.notes:
        found["notes"] = list(judged.notes)
    return found
