"""`duologue drill`: the judge of files, and the exam."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Run

ITEM = {
    "id": "a",
    "insight": "Warehouses lose their best pickers in March.",
    "ask": "What's your basis for saying this?",
    "answer": "🙂 We asked 40 pickers who had left: 27 of them went in March. When do yours go?",
}


def as_file(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_a_file_is_judged_line_by_line(run: Run, tmp_path: Path) -> None:
    """One object a line, in order; four booleans; quotes into the answer at code points."""
    path = as_file(tmp_path, json.dumps(ITEM), "", json.dumps(ITEM | {"id": 7, "answer": "", "extra": None}))
    done = run("drill", "--judge", path, "--format", "json")
    assert done.status == 0
    first, second = map(json.loads, done.out.splitlines())
    assert (first["id"], second["id"]) == ("a", 7)
    for row in (first, second):
        assert all(isinstance(row[k], bool) for k in ("responsive", "specific", "evidence", "hands_back"))
    assert all(first[k] for k in ("responsive", "specific", "evidence", "hands_back"))
    assert {q["for"] for q in first["quotes"]} == {"responsive", "specific", "evidence", "hands_back"}
    assert all(ITEM["answer"][q["start"] : q["end"]] == q["text"] for q in first["quotes"])
    assert second["quotes"] == []


def test_standard_input_and_text(run: Run) -> None:
    """A person reads sentences with the words, what is open as a question, and how far to trust it."""
    done = run("drill", "--judge", "-", stdin=json.dumps(ITEM).encode())
    assert done.status == 0
    assert "“When do yours go?”" in done.out
    assert "mean F1" in done.out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "no JSON object"),
        ("[]", "no JSON object"),
        ('{"id": "a", "insight": "x", "ask": "y"}', "“answer”"),
        ('{"id": "a", "insight": "x", "ask": "y", "answer": null}', "“answer”"),
        ('{"id": "a", "insight": 3, "ask": "y", "answer": "z"}', "“insight”"),
        ("\x00\x01", "no JSON object"),
    ],
)
def test_a_bad_line_is_one_clear_line(run: Run, tmp_path: Path, line: str, says: str) -> None:
    """Which file, which line, what is wrong; nothing is judged."""
    path = as_file(tmp_path, json.dumps(ITEM), line)
    done = run("drill", "--judge", path, "--format", "json")
    assert done.status == 2
    assert done.out == ""
    assert len(done.err.strip().splitlines()) == 1
    assert f"{path}:2" in done.err
    assert says in done.err


def test_nothing_to_judge(run: Run, tmp_path: Path) -> None:
    """An empty file, and one that is not there."""
    for path in (as_file(tmp_path, ""), str(tmp_path / "none.jsonl"), str(tmp_path)):
        done = run("drill", "--judge", path)
        assert done.status == 2
        assert len(done.err.strip().splitlines()) == 1
