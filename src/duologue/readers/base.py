"""What a reader is, and what it is given.

To add a format, in four steps:
  1. write `readers/NAME.py` with a class that has `name`, `label`, `extensions`, `sniff(source)` and
     `read(source, options)`;
  2. turn what the file holds into `Segment`s and hand them to `build.conversation(...)`, which merges and estimates;
  3. add the class to the table in `readers/__init__.py`;
  4. add a fixture of your own writing under `tests/readers/`; the contract suite runs on it by itself.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property
from typing import Any, Protocol

import msgspec

from duologue.errors import UnreadableInput
from duologue.model import Conversation

MAX_BYTES = 256 * 1024 * 1024  # a transcript of a full day with word times stays below 50 MB
MAX_TEXT_BYTES = 16 * 1024 * 1024  # some 150 hours of talk; more is a log or an archive, and would take minutes
MAX_DEPTH = 64  # no transcript format nests deeper than a dozen levels
_BROKEN = "Some characters in the file are broken: each is shown as \N{REPLACEMENT CHARACTER}."
_NO_NUMBERS = "Some numbers in the file are none (NaN, or without end), and are read as missing."
_ENVELOPES = ("data", "output", "result", "response", "body", "transcript", "attributes", "payload", "conversation")


class Sure(IntEnum):
    """How sure a reader is that a source is of its format, by content."""

    NO = 0
    PERHAPS = 1  # the shape is that of several formats; taken only where nobody is sure
    YES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a user may say about an input. `channel`: of a Slack export. `rttm`: who spoke when, to join to it."""

    channel: str | None = None
    rttm: str | None = None


@dataclass(frozen=True)
class Source:
    """The bytes of one input with what is known about them; decoded once, whoever asks."""

    data: bytes
    name: str = ""
    path: str | None = None  # where the input is a folder, its path; `data` is then empty

    @property
    def extension(self) -> str:
        """The file name's last extension in lower case without its dot, or an empty string."""
        stem, dot, last = self.name.rpartition(".")
        return last.lower() if dot and stem else ""

    @cached_property
    def text(self) -> str | None:
        """The input as text: UTF-8 or UTF-16 (by its mark), else Windows Latin-1; None where it is binary."""
        return decode(self.data)

    @property
    def json(self) -> Any | None:
        """The input as JSON, or None where it is none. Raises UnreadableInput where it begins as JSON and is broken."""
        return self._parsed[0]

    @property
    def mended(self) -> str:
        """What was mended in the JSON so that it could be read, as a notice; empty where nothing was."""
        parsed: tuple[Any, str] = self.__dict__.get("_parsed", (None, ""))
        return parsed[1]

    @cached_property
    def _parsed(self) -> tuple[Any | None, str]:
        text = self.text
        if text is None or not text.lstrip().startswith(("{", "[")):
            return None, ""
        if text.lstrip().startswith("[") and not _looks_like_json_list(text):
            return None, ""  # "[00:01:02] Ana: …" and "[Ana] 11:02:09" are plain text
        if _depth(text) > MAX_DEPTH:
            raise UnreadableInput(
                f"the JSON nests deeper than {MAX_DEPTH} levels, which no transcript does",
                hint="Is this the file with the transcript?",
            )
        try:
            return _decoded(text)
        except (ValueError, RecursionError, msgspec.MsgspecError) as error:
            if "trailing characters" in str(error):
                return None, ""  # JSON Lines: its reader looks at the text itself
            if "truncated" in str(error):
                raise UnreadableInput(
                    "this begins as JSON and stops in the middle", hint="Export or download it again"
                ) from None
            raise UnreadableInput(
                f"this begins as JSON and is not valid: {error}", hint="Export it again, or mend that place"
            ) from None

    def views(self) -> Iterator[Any]:
        """The JSON value, then what API envelopes around it hold (`data`, `output`, …), outermost first."""
        todo = [(self.json, 0)]
        while todo:
            value, depth = todo.pop(0)
            yield value
            if isinstance(value, dict) and depth < 5:
                todo += [(value[k], depth + 1) for k in _ENVELOPES if isinstance(value.get(k), dict | list)]


class Reader(Protocol):
    """One source format."""

    name: str  # what --from takes
    label: str  # what `duologue formats` shows
    extensions: tuple[str, ...]

    def sniff(self, source: Source) -> Sure: ...

    def read(self, source: Source, options: ReadOptions) -> Conversation: ...


def decode(data: bytes) -> str | None:
    """Bytes as text with `\\n` line ends: by byte order mark, else UTF-8, else Windows Latin-1; None for binary."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if data.startswith(mark):
            return _lines(data.decode(encoding, "replace"))
    head = data[:4096]
    if head.count(0) > len(head) // 4:  # UTF-16 without a mark has a zero in every other byte of Latin text
        odd, even = head[1::2].count(0), head[0::2].count(0)
        if max(odd, even) > len(head) // 3 and min(odd, even) == 0:
            return _lines(data.decode("utf-16-le" if odd else "utf-16-be", "replace"))
        return None
    if b"\x00" in head:
        return None
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:  # cut off within its last character
            return _lines(data.decode("utf-8", "replace"))
    text = data.decode("cp1252", "replace")
    controls = sum(c < " " and c not in "\n\r\t\f\x1b" for c in text[:4096])
    return None if controls > len(text[:4096]) // 50 or text[:4096].count("�") > 40 else _lines(text)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def _decoded(text: str) -> tuple[Any, str]:
    """JSON text as a value, and a notice where something had to be mended. Raises what msgspec does."""
    try:
        return msgspec.json.decode(text.encode("utf-8", "replace")), ""
    except (msgspec.DecodeError, ValueError):
        whole = _half_pair().sub(lambda m: m[0] if m[1] is None else "\\ufffd", text)
    said = [_BROKEN] if whole != text else []
    if not _no_number().search(whole):
        return msgspec.json.decode(whole.encode("utf-8", "replace")), " ".join(said)
    try:
        value = json.loads(whole, parse_constant=lambda _: None, parse_float=_finite)
    except ValueError:
        return msgspec.json.decode(whole.encode("utf-8", "replace")), " ".join(said)
    # Through msgspec once more: what it cannot write we could not either.
    return msgspec.json.decode(msgspec.json.encode(value)), " ".join([*said, _NO_NUMBERS])


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


@cache
def _half_pair() -> re.Pattern[str]:
    """Every escape in JSON text; group 1 is half of a surrogate pair, which stands for no character."""
    return re.compile(
        r"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|.)", re.DOTALL
    )


@cache
def _no_number() -> re.Pattern[str]:
    """What Python and others write for numbers that are none, and exponents beyond what a number holds."""
    return re.compile(r"NaN|Infinity|\d[eE]\+?\d{3}")


def _looks_like_json_list(text: str) -> bool:
    rest = text.lstrip()[1:].lstrip()
    return rest[:1] in ("{", "[", "]", '"') or rest[:1] == ""


@cache
def _no_bracket() -> re.Pattern[str]:
    """Strings, and all else that opens and closes nothing. Possessive, so that no text makes it go back."""
    return re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[^]["{}]++', re.DOTALL)


def _depth(text: str) -> int:
    """How deeply brackets nest, outside strings. A linear scan: a hostile file must not reach a recursive parser."""
    deepest = depth = 0
    for bracket in _no_bracket().sub("", text):
        depth += 1 if bracket in "{[" else -1
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            break
    return deepest
