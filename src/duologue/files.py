"""Writing files so that nothing is ever half-written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

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
