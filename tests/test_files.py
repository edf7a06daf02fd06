"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from duologue.errors import UnwritableOutput
from duologue.files import write_atomic


def test_it_replaces_whole_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """One file in the folder afterwards, with the rights it had."""
    target = tmp_path / "out.json"
    write_atomic(target, b"one")
    target.chmod(0o640)
    write_atomic(target, b"two")
    assert target.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it points at is replaced."""
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize("where", ["missing/out.json", ".", "a\x00b"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, where: str) -> None:
    """A clear line with the next step, not a traceback."""
    with pytest.raises(UnwritableOutput, match="cannot be written"):
        write_atomic(tmp_path / where, b"x")
    assert not list(tmp_path.iterdir())


def test_when_writing_fails_the_old_file_is_untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk half-way: the old content stays, and no temporary file."""
    target = tmp_path / "out.json"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableOutput, match="no space left"):
        write_atomic(target, b"new")
    assert target.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1
