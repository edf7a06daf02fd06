"""`duologue prepare`: the page, the file, and running again over what somebody wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Run
from support import ROOT

FEATURES = str(ROOT / "examples" / "features.md")


def test_a_page_to_read_before_the_call(run: Run) -> None:
    """What stands with its line, what is open as a question, what to ask."""
    done = run("prepare", FEATURES)
    assert done.status == 0
    assert "pilot report, p. 6 (line 8)" in done.out
    assert "What would somebody see on their own desk if this were true?" in done.out
    assert "To ask them" in done.out
    assert "line 3" in done.err  # what found no rung is said


def test_running_again_keeps_what_was_written(run: Run, tmp_path: Path) -> None:
    """The file is edited by hand, and the document goes on."""
    source, out = tmp_path / "f.md", tmp_path / "ladder.yaml"
    source.write_text("- Errors fall by a third.\n", encoding="utf-8")
    assert run("prepare", str(source), "-o", str(out)).status == 0
    text = out.read_text(encoding="utf-8")
    out.write_text(text.replace("look_for: null", "look_for: the returns desk", 1), encoding="utf-8")
    source.write_text("- Errors fall by a third. We measured it.\n- Trucks wait.\n", encoding="utf-8")
    assert run("prepare", str(source), "-o", str(out)).status == 0
    again = out.read_text(encoding="utf-8")
    assert "the returns desk" in again
    assert "We measured it." in again
    assert "Trucks wait." in again


def test_a_file_that_is_no_ladder_is_not_written_over(run: Run, tmp_path: Path) -> None:
    """Somebody's settings stay what they are."""
    out = tmp_path / "other.yaml"
    out.write_text("a: 1\n", encoding="utf-8")
    done = run("prepare", FEATURES, "-o", str(out))
    assert done.status == 2
    assert out.read_text(encoding="utf-8") == "a: 1\n"


@pytest.mark.parametrize("form", ["yaml", "md", "json", "text"])
def test_every_form(run: Run, form: str) -> None:
    """Standard output holds the document only."""
    done = run("prepare", "--insight", "Depots lose pickers in March, because the bonus is paid then.", "-f", form)
    assert done.status == 0
    assert "Depots lose pickers in March" in done.out
    if form == "json":
        claim = json.loads(done.out)["claims"][0]
        assert claim["follow_ups"]["why"][0]["text"].startswith("because")
        assert claim["open"]


def test_bad_input_is_one_line(run: Run, tmp_path: Path) -> None:
    """Nothing, an empty file, no claims, a folder, a picture, a broken Word file."""
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    (tmp_path / "title.md").write_text("# Only a title\n", encoding="utf-8")
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04 no")
    (tmp_path / "long.md").write_text("- Errors fall.\n" * 30_000, encoding="utf-8")
    (tmp_path / "many.md").write_text("- Errors fall.\n" * 300, encoding="utf-8")
    for name in ("long.md", "many.md", "empty.md", "title.md", "none.md", "", "x.png", "x.docx"):
        done = run("prepare", str(tmp_path / name))
        assert done.status == 2, name
        assert len(done.err.strip().splitlines()) == 1, done.err
        assert done.out == ""
    assert run("prepare").status == 2
    assert run("prepare", FEATURES, "--insight", "x").status == 2


def test_another_language_is_said(run: Run) -> None:
    """Claims are found in it, rungs hardly: nobody should wonder why all is open."""
    text = "- Die Regale werden jede Nacht umsortiert, damit vorne steht, was sich gestern verkauft hat.\n" * 4
    done = run("prepare", "-", stdin=text.encode())
    assert done.status == 0
    assert "English" in done.err


def test_standard_input(run: Run) -> None:
    """A list out of another program."""
    done = run("prepare", "-", stdin=b"- Errors fall by a third, because every bin is scanned.\n")
    assert done.status == 0
    assert "because every bin is scanned." in done.out
