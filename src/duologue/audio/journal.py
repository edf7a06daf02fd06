"""What was heard of a recording is kept as it comes, so that a run that was killed goes on where it was.

One file a recording and way of listening, in `heard/` of the folder that `home.py` names. Its name holds the SHA-256 of
the recording's content and of what it was heard with (models, versions), so that a result is never used for anything
else. The first line says what it is of, each later one is a result with a checksum. Lines are only ever appended, and
each is given to the system at once: a killed run loses at most the line that it was writing, which is cut off when the
file is next opened; a power cut may lose the last ones. A lock, which the system lets go of whatever ends a process,
keeps a second run off; that one works without a journal and says so.

These are people's words: files are their owner's alone, listed and removed on demand, and gone once nobody has used
them for `DAYS` days (at the next start).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from duologue.files import open_locked
from duologue.home import home

DAYS = 30
FORMAT = "duologue.heard/1"
_BUSY = (
    "Another run is listening to this recording in the same way: this one keeps nothing of what it hears, and would "
    "begin anew if it were stopped."
)

_STREAM = "What is heard of a stream is not kept: a run that is stopped begins anew."


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One journal. `name`: the recording's; `when`: it was last used, ISO 8601 to the minute; `size`: bytes."""

    name: str
    when: str
    size: int


class Journal:
    """Results by kind and key. `notice`: why nothing is kept, as a sentence for the user; None where all is well."""

    def __init__(self, file: BinaryIO | None, notice: str | None = None) -> None:
        self.notice = notice
        self._file = file
        self._at: dict[tuple[str, str], tuple[int, int]] = {}  # where each result lies: the words stay on the disk
        self._end = 0

    @classmethod
    def open(cls, recording: str | Path, about: Mapping[str, str]) -> Journal:
        """The journal of a recording that is heard with `about` (names and hashes of models, versions of stages).

        Where none can be kept (no room, a stream, another run that has it) it is one that keeps nothing.
        """
        if not Path(recording).is_file():
            return cls(None, _STREAM)  # which reading it for its checksum would use up
        try:
            file = open_locked(_place(recording, about))
        except OSError as error:
            return cls(None, _cannot(error))
        if file is None:
            return cls(None, _BUSY)
        journal = cls(file)
        header = {"format": FORMAT, "recording": Path(recording).name, "heard_with": dict(about)}
        journal._guarded(lambda: journal._load(header))
        with contextlib.suppress(OSError):
            remove_old()
        return journal

    def __len__(self) -> int:
        """How many results it has."""
        return len(self._at)

    def get(self, kind: str, key: str) -> Any:
        """The result that was put there (plain JSON values), None where there is none."""
        at = self._at.get((kind, key))
        if at is None or self._file is None:
            return None
        self._file.seek(at[0])
        return msgspec.json.decode(_body(self._file.read(at[1])) or b"[null,null,null]")[2]

    def put(self, kind: str, key: str, value: object) -> None:
        """Keep a result (plain JSON values; floats are kept exactly). Does nothing where nothing can be kept."""
        if self._file is not None and (kind, key) not in self._at:
            self._guarded(lambda: self._append(kind, key, value))

    def finish(self) -> None:
        """Close it. What it has stays, for the next run."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _load(self, header: Mapping[str, object]) -> None:
        """Find every whole line; cut off what comes after the last one."""
        file = self._file
        assert file is not None
        with os.fdopen(os.dup(file.fileno()), "rb") as lines:
            for line in lines:
                body = _body(line)
                if body is None:
                    break
                kind, key, _ = msgspec.json.decode(body)
                if self._end:
                    self._at[kind, key] = self._end, len(line)
                self._end += len(line)
        file.truncate(self._end)
        if not self._end:
            self._append("header", "", header)
            self._at.clear()

    def _append(self, kind: str, key: str, value: object) -> None:
        line = _line(msgspec.json.encode([kind, key, value]))
        assert self._file is not None
        self._file.seek(self._end)
        written = 0
        while written < len(line):  # unbuffered: a full disk takes a part
            written += self._file.write(line[written:]) or 0
        self._at[kind, key] = self._end, len(line)
        self._end += len(line)

    def _guarded(self, work: Callable[[], None]) -> None:
        """Listening goes on where keeping fails (a full disk, a folder that went away)."""
        try:
            work()
        except OSError as error:
            self.notice = _cannot(error)
            with contextlib.suppress(OSError):
                self.finish()


def content_of(recording: str | Path) -> str:
    """The SHA-256 of a file's content, read piece by piece; 32 hexadecimal digits of it."""
    with Path(recording).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


# --- what is kept, and its end ----------------------------------------------------------------------------------------


def kept() -> list[Kept]:
    """Every journal, the one used last first."""
    found = [(f.stat(), _named(f)) for f in _files()]
    found.sort(key=lambda pair: (-pair[0].st_mtime, pair[1]))
    return [
        Kept(name=name, when=datetime.fromtimestamp(s.st_mtime).isoformat(sep=" ", timespec="minutes"), size=s.st_size)
        for s, name in found
    ]


def forget(recording: str | Path) -> int:
    """Remove what is kept of a recording: by its content where the file is there, else by its name. How many."""
    path = Path(recording)
    if path.is_file():
        content = content_of(path)
        return _remove(f for f in _files() if f.name.startswith(content))
    return _remove(f for f in _files() if _named(f) == path.name)


def forget_all() -> int:
    """Remove everything that is kept of recordings. How many."""
    return _remove(_files())


def remove_old(days: float = DAYS) -> int:
    """Remove what nobody has used for so many days. How many."""
    before = time.time() - days * 86_400
    return _remove(f for f in _files() if f.stat().st_mtime < before)


def _remove(files: Iterator[Path]) -> int:
    n = 0
    for file in list(files):
        with contextlib.suppress(FileNotFoundError):
            file.unlink()
            n += 1
    return n


def _place(recording: str | Path, about: Mapping[str, str]) -> Path:
    heard_with = hashlib.sha256(msgspec.json.encode(about, order="sorted")).hexdigest()[:16]
    return _folder() / f"{content_of(recording)}-{heard_with}.jsonl"


def _folder() -> Path:
    return home("heard")


def _files() -> Iterator[Path]:
    return iter(sorted(_folder().glob("*.jsonl")))


def _named(file: Path) -> str:
    """The name of the recording that a journal is of."""
    with file.open("rb") as opened:
        body = _body(opened.readline())
    header = msgspec.json.decode(body)[2] if body else None
    return str(header.get("recording", "")) if isinstance(header, dict) else "(cannot be read)"


# --- lines --------------------------------------------------------------------------------------------------


def _line(body: bytes) -> bytes:
    return b'{"sum":"%08x","of":' % zlib.crc32(body) + body + b"}\n"


_BEFORE = len(_line(b"")) - 2


def _body(line: bytes) -> bytes | None:
    """What a line holds; None where it is not as it was written."""
    body = line[_BEFORE:-2]
    return body if line == _line(body) else None


def _cannot(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"What is heard cannot be kept on this machine ({reason}): a run that is stopped begins anew."
