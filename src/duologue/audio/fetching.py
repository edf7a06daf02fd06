"""Fetching a model from the hub: the one place that opens a socket, and only where somebody said so.

Plain requests for the files of one pinned revision, with nothing about the user in them. A file gets its name when its
SHA-256 is right, a model when all its files are there; what broke off goes on where it was.
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from duologue.audio.known_models import File, Model
from duologue.audio.models import folder_of, megabytes, unfinished
from duologue.errors import UnreadableInput, UnwritableOutput
from duologue.version import VERSION

_BLOCK = 1 << 18
_PATIENCE = 30.0  # seconds without a byte: a connection that is down, not one that is slow

Told = Callable[[int, int], object]  # bytes that are here, bytes in all


def hub() -> str:
    """Where models come from: HF_ENDPOINT (a mirror in the house, say), else the hub itself."""
    return (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")


def address(model: Model, file: File) -> str:
    """Of one file at the pinned revision."""
    return f"{hub()}/{model.repository}/resolve/{model.revision}/{file.name}"


def fetch(model: Model, told: Told | None = None) -> Path:
    """Download the model into the cache, unless it is there; the folder that it lies in.

    Raises UnwritableOutput where there is no room, UnreadableInput where the hub cannot be reached, does not have the
    file, or sends another one. What has come by then is kept for the next call, except bytes that are wrong.
    """
    target, making = folder_of(model), unfinished(model)
    if target.is_dir():
        return target
    if not hub().startswith(("https://", "http://")):
        raise UnreadableInput("this is no address on the web", where=f"HF_ENDPOINT={hub()}", hint="Unset HF_ENDPOINT")
    try:
        making.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_room(model, making)
        done = 0
        for file in model.files:
            if not (making / file.name).exists():
                _fetch_file(model, file, making, partial(_pass_on, told, done, model.size))
            done += file.size
        making.rename(target)
    except OSError as error:
        if target.is_dir():  # another run was faster
            return target
        reason = "there is no room left" if error.errno == errno.ENOSPC else (error.strerror or str(error)).lower()
        raise UnwritableOutput(
            f"the model cannot be kept: {reason}",
            where=str(making),
            hint=f"Make room ({megabytes(model.size)} in all) and run it again: it goes on where it was",
        ) from None
    return target


def _pass_on(told: Told | None, before: int, total: int, came: int) -> None:
    if told is not None:
        told(before + came, total)


def _make_room(model: Model, folder: Path) -> None:
    """Say before the download that it will not fit, rather than at its end."""
    here = sum(file.stat().st_size for file in folder.iterdir())
    free = shutil.disk_usage(folder).free
    if free < model.size - here:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _fetch_file(model: Model, file: File, folder: Path, told: Callable[[int], object]) -> None:
    part = folder / f"{file.name}.part"
    with part.open("ab") as out:
        if out.tell() < file.size:
            _receive(model, file, out, told)
    with part.open("rb") as whole:
        arrived = hashlib.file_digest(whole, "sha256").hexdigest()
    if arrived == file.sha256:
        part.rename(folder / file.name)
        return
    part.unlink()
    raise UnreadableInput(
        f"this is not the file that was published (SHA-256 {file.sha256[:12]}… was expected); it was thrown away",
        where=address(model, file),
        hint="Try again later; if it happens again, what stands between you and the hub changes files",
    )


def _receive(model: Model, file: File, out: BinaryIO, told: Callable[[int], object]) -> None:
    """What is missing of one file. Bytes beyond its size are not taken: they could fill a disk."""
    begun, where = out.tell(), address(model, file)
    hint = f"What is here is kept; the same command goes on from there: duologue models fetch {model.name}"
    try:
        with _open(where, begun) as answer:
            if begun and answer.status != http.client.PARTIAL_CONTENT:  # a server that sends all of it anew
                out.truncate(0)
                out.seek(0)
            while out.tell() < file.size and (block := answer.read(min(_BLOCK, file.size - out.tell()))):
                out.write(block)
                told(out.tell())
    except urllib.error.HTTPError as error:
        raise UnreadableInput(f"the hub does not give this file (HTTP {error.code})", where=where, hint=hint) from None
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        why = getattr(error, "reason", None) or error
        raise UnreadableInput(f"the hub cannot be reached ({why})", where=where, hint=hint) from None
    if out.tell() < file.size:
        came = f"{megabytes(out.tell())} of {megabytes(file.size)}"
        raise UnreadableInput(f"the connection broke off after {came}", where=where, hint=hint)


def _open(where: str, begin: int) -> http.client.HTTPResponse:
    headers = {"User-Agent": f"duologue/{VERSION}", "Accept-Encoding": "identity"}
    if begin:
        headers["Range"] = f"bytes={begin}-"
    answer: http.client.HTTPResponse = urllib.request.urlopen(  # of http or https: checked in `fetch`
        urllib.request.Request(where, headers=headers), timeout=_PATIENCE
    )
    return answer
