"""Writing files so that nothing is ever half-written, and appending to those that one run at a time may have."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from duologue.errors import UnwritableOutput


def write_atomic(path: str | Path, data: bytes) -> None:
    """Put `data` at `path`, replacing what is there only once all of it is on disk.

    The temporary file lies in the same folder, so that the last step is a rename. A link is followed, so that it stays
    one; a device or a pipe is written to and stays what it is. Raises UnwritableOutput where the folder is missing or
    closed to us; what was at `path` is then untouched.
    """
    target = Path(path)
    with contextlib.suppress(OSError, ValueError):
        target = target.resolve()
    temporary: str | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:60]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(target))
        Path(temporary).replace(target)
        temporary = None
    except (OSError, ValueError) as error:
        reason = "its folder does not exist" if isinstance(error, FileNotFoundError) else _reason(error)
        raise UnwritableOutput(
            f"this cannot be written: {reason}", where=str(path), hint="Choose another place or make the folder first"
        ) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """The rights that the file has, or those of a new one (a temporary file is made for its owner alone)."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError | ValueError) -> str:
    return ((error.strerror if isinstance(error, OSError) else None) or str(error)).lower()


def open_locked(path: Path) -> BinaryIO | None:
    """A file to append to, made where it is missing, unbuffered and for us alone; None where another run has it.

    The system lets go of it whatever ends the process. Raises OSError where it cannot be made.
    """
    while True:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "r+b", buffering=0)
        try:
            path.chmod(0o600)
            _lock(file.fileno())
            os.utime(path)
            if os.fstat(file.fileno()).st_nlink:  # else it was removed before we had it
                return file
        except BlockingIOError:
            file.close()
            return None
        except FileNotFoundError:
            pass
        file.close()


def _lock(handle: int) -> None:
    """Raises BlockingIOError where another process, or another opening in this one, has the lock."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, 1 << 40, os.SEEK_SET)  # a byte that no line ever reaches
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
