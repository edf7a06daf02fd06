"""`duologue drill`: the judge of files, and the exam."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Run
from support import ROOT

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


LADDER = """\
format: duologue.ladder/1
id: mine
claims:
- claim: Warehouses lose their best pickers in March.
  stands_behind: {evidence: We asked 40 who had left.}
  follow_ups: {why: [the bonus is paid then]}
"""


@pytest.fixture
def ladder(tmp_path: Path) -> str:
    path = tmp_path / "ladder.yaml"
    path.write_text(LADDER, encoding="utf-8")
    return str(path)


def test_an_exam_by_text(run: Run, ladder: str) -> None:
    """Asked, judged at once with the words, the ladder beside it; then the summary."""
    typed = "We asked 40 pickers who had left, and 27 of them went in March. When do yours go?\n" * 2 + "/end\n"
    done = run("drill", ladder, "--seed", "3", stdin=typed.encode())
    assert done.status == 0
    assert "pickers in March" in done.out
    assert "“When do yours go?”" in done.out
    assert "Your ladder" in done.out
    assert "You answered" in done.out
    assert "mean F1" in done.out


def test_i_do_not_know_is_taken(run: Run, ladder: str) -> None:
    """It is noted, nothing is asked again, and the next rung comes."""
    done = run("drill", ladder, "--rungs", "2", stdin=b"I don't know; I'll find out.\n\n")
    assert done.status == 0
    assert "Noted as something to find out." in done.out
    assert "again, or Enter" not in done.out
    assert "2/2" in done.out
    listed = run("drill", ladder, "--due")
    assert "to find out" in listed.out
    rows = json.loads(run("drill", ladder, "--due", "--format", "json").out)["due"]
    assert sum(r["find_out"] for r in rows) == 1


@pytest.mark.parametrize("typed", [b"", b"\n\n\n\n\n\n\n\n\n\n", b"/skip\n/help\n/end\n", b"\xff\xfe\n/end\n"])
def test_no_answer_ends_well(run: Run, ladder: str, typed: bytes) -> None:
    """The end of input, nothing typed, another encoding: a summary and status 0."""
    done = run("drill", ladder, stdin=typed)
    assert done.status == 0
    assert "answered" in done.out


def test_ctrl_c_ends_with_the_summary(run: Run, ladder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was answered until then is told, and remembered."""
    lines = iter(["I don't know; I'll find out."])

    def typed(prompt: str = "") -> str:
        for line in lines:
            return line
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", typed)
    done = run("drill", ladder)
    assert done.status == 0
    assert "You answered 1 rung" in done.out
    assert "To find out" in done.out


def test_ten_thousand_words(run: Run, ladder: str) -> None:
    """Read as far as anybody would, and said."""
    done = run("drill", ladder, stdin=("we count and we count and then they go " * 1200 + "\n\n/end\n").encode())
    assert done.status == 0
    assert "words" in done.out


def test_all_seen_and_forgotten(run: Run, ladder: str) -> None:
    """Nothing due says so; --forget begins anew."""
    assert run("drill", ladder, stdin=b"I guessed.\n" * 40).status == 0
    done = run("drill", ladder, stdin=b"")
    assert "Nothing is due" in done.out
    assert "1/" in run("drill", ladder, "--all", stdin=b"").out
    assert "gone" in run("drill", ladder, "--forget").err
    assert "1/" in run("drill", ladder, stdin=b"").out


def test_what_is_no_ladder(run: Run, tmp_path: Path) -> None:
    """Another format, nothing, a list of features: one line, exit status 2."""
    other = tmp_path / "scenario.yaml"
    other.write_text("format: duologue.scenario/1\n", encoding="utf-8")
    for args in (
        [str(other)],
        [str(tmp_path / "none.yaml")],
        [str(tmp_path)],
        [str(ROOT / "examples" / "features.md")],
    ):
        done = run("drill", *args)
        assert done.status == 2
        assert len(done.err.strip().splitlines()) == 1
    assert run("drill").status == 2
