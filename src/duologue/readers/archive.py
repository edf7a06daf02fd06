"""Exports that are a folder or a zip: the names in them, and the bytes of one. Nothing is ever written to disk."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from duologue.errors import UnreadableInput
from duologue.readers.base import MAX_BYTES, Source

# Chat exports compress to a tenth or so; a bomb reaches a thousand. Small members may be very repetitive.
_MAX_RATIO = 200
_SMALL = 4 * 2**20
_MAX_FILES = 200_000


class Archive:
    """What a folder or zip holds. `names`: relative paths with "/", sorted, none of which leads out of it."""

    def __init__(self, source: Source) -> None:
        self._root = Path(source.path) if source.path else None
        self._zip = None if self._root else _open(source.data)
        self._left = MAX_BYTES
        found = _walk(self._root) if self._root else _members(self._zip) if self._zip else []
        self.names: tuple[str, ...] = tuple(sorted(found))

    def read(self, name: str) -> bytes:
        """The bytes of one member. Raises UnreadableInput where it is a bomb, locked or broken."""
        try:
            data = (self._root / name).read_bytes() if self._root else self._unpack(name)
        except OSError as error:
            raise UnreadableInput(f"“{name}” cannot be opened: {error.strerror}") from None
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableInput(f"what it holds is larger than {MAX_BYTES // 2**20} MB", hint="Give one part of it")
        return data

    def json(self, name: str) -> Any:
        """One member as JSON. Raises UnreadableInput that names it where it is none."""
        try:
            value = Source(data=self.read(name), name=name).json
        except UnreadableInput as error:
            raise UnreadableInput(f"“{name}” in it: {error.what}", hint=error.hint) from None
        if value is None:
            raise UnreadableInput(f"“{name}” is not the JSON that it is named")
        return value

    def _unpack(self, name: str) -> bytes:
        assert self._zip is not None
        info = self._zip.getinfo(name)
        if info.file_size > min(self._left, MAX_BYTES) or info.file_size > max(_SMALL, info.compress_size * _MAX_RATIO):
            raise UnreadableInput(
                f"“{name}” would unpack to {info.file_size // 2**20} MB, which no export does",
                hint="This looks like a damaged or hostile archive; it was not unpacked",
            )
        try:
            with self._zip.open(info) as member:
                data = member.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            OSError,
            ValueError,
            struct.error,
        ) as error:
            raise UnreadableInput(f"“{name}” in the archive is damaged: {error}") from None
        except RuntimeError:
            raise UnreadableInput(
                "the archive is locked with a password", hint="Unpack it and give the folder"
            ) from None
        if len(data) > info.file_size:
            raise UnreadableInput(f"“{name}” in the archive is not of the size that it states")
        return data


def is_archive(source: Source) -> bool:
    """Whether a source is a folder or begins as a zip does."""
    return source.path is not None or source.data.startswith(b"PK\x03\x04")


def names(source: Source) -> tuple[str, ...]:
    """The names in a folder or zip; empty where it is neither, or broken (for sniffing, which never raises)."""
    if not is_archive(source):
        return ()
    try:
        return Archive(source).names
    except (UnreadableInput, OSError):
        return ()


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, struct.error) as error:
        raise UnreadableInput(f"the zip archive is damaged: {error}", hint="Download it again") from None


def _members(archive: zipfile.ZipFile) -> list[str]:
    infos = archive.infolist()
    if len(infos) > _MAX_FILES:
        raise UnreadableInput(f"the archive holds {len(infos)} files, which no export does")
    return [i.filename for i in infos if not i.is_dir() and _inside(i.filename)]


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and "\x00" not in name


def _walk(root: Path) -> list[str]:
    """Files at most three levels down, links left alone: an export is no deeper, a home directory is."""
    found: list[str] = []
    for folder, folders, files in os.walk(root, followlinks=False):
        here = Path(folder)
        if len(here.relative_to(root).parts) >= 3:
            folders.clear()
        found += [(here / f).relative_to(root).as_posix() for f in files if not (here / f).is_symlink()]
        if len(found) > _MAX_FILES:
            raise UnreadableInput("the folder holds too many files to be an export")
    return found
