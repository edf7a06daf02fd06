"""`duologue models`: what is here, and nothing over the network without a yes."""

from __future__ import annotations

import json
from urllib.error import URLError

import pytest

from command_line import Run
from duologue.audio import fetching, models
from duologue.audio.known_models import MODELS


@pytest.fixture(autouse=True)
def nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed where the tests run."""
    monkeypatch.setattr(models, "PACKAGES", ())


def test_the_list_names_every_model_with_size_and_licence(run: Run) -> None:
    """Size and terms are known before anything is fetched."""
    done = run("models")
    assert done.status == 0
    lines = {line.split()[0]: line for line in done.out.splitlines()}
    assert set(lines) == set(MODELS)
    assert "486 MB" in lines["small"]
    assert "MIT" in lines["small"]
    assert "CC-BY-4.0" in lines["parakeet-tdt-0.6b-v3"]
    assert "None is here yet" in done.err


def test_the_list_as_json(run: Run) -> None:
    """stdout is the document alone."""
    rows = json.loads(run("models", "--format", "json").out)["models"]
    assert {row["name"] for row in rows} == set(MODELS)
    base = next(row for row in rows if row["name"] == "base")
    assert base["here"] is False
    assert base["revision"] == MODELS["base"].revision
    assert sum(file["size"] for file in base["files"]) == base["size"]


def test_a_broken_model_is_named_and_not_used(run: Run) -> None:
    """A folder in the cache that is not what was published stops nothing and is told."""
    folder = models.folder_of(MODELS["base"])
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"?")
    done = run("models")
    assert done.status == 0
    assert "not as published" in done.out
    assert "Not used" in done.err


def test_fetch_shows_what_it_is_and_asks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Source, revision, size, licence and hashes come before the question; no is an answer, and so is no answer."""
    monkeypatch.setattr(fetching, "fetch", lambda *_: pytest.fail("it was fetched without a yes"))
    for said in (b"n\n", b"\n", b""):
        done = run("models", "fetch", "base", stdin=said)
        for shown in ("Systran/faster-whisper-base", MODELS["base"].revision, "148 MB", "MIT"):
            assert shown in done.err
        assert all(file.sha256 in done.err for file in MODELS["base"].files)
        assert done.out == ""


def test_fetch_with_yes_fetches(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """--yes is the answer given beforehand."""
    fetched = []
    monkeypatch.setattr(fetching, "fetch", lambda model, told: fetched.append(model.name) or models.folder_of(model))
    assert run("models", "fetch", "base", "--yes").status == 0
    assert run("models", "fetch", "base", stdin=b"y\n").status == 0
    assert fetched == ["base", "base"]


@pytest.mark.parametrize("what", ["fetch", "remove"])
def test_a_name_that_is_none_is_one_line(run: Run, what: str) -> None:
    """The error names the models there are."""
    done = run("models", what, "huge")
    assert done.status == 2
    assert done.err.count("\n") == 1
    assert "large-v3-turbo" in done.err


def test_without_a_network_the_error_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a network ends in one line that says what to do, not in a traceback."""

    def down(*_: object) -> None:
        raise URLError("Name or service not known")

    monkeypatch.setattr(fetching, "_open", down)
    done = run("models", "fetch", "base", "--yes")
    assert done.status == 2
    last = done.err.splitlines()[-1]
    assert last.startswith("duologue: https://huggingface.co/Systran/faster-whisper-base/resolve/")
    assert "cannot be reached (Name or service not known)" in last


def test_remove(run: Run) -> None:
    """What was fetched can be taken away again."""
    folder = models.folder_of(MODELS["base"])
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(bytes(3_000_000))
    assert "3 MB freed" in run("models", "remove", "base").err
    assert not folder.exists()
    assert "Nothing of base was fetched" in run("models", "remove", "base").err
