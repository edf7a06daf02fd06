"""Correcting a review from the command line: read it, disagree, say so, and see both (P1)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import ROOT

CALL = str(ROOT / "examples" / "discovery-call.vtt")
US = ["--us", "Nora Feld"]


def test_from_the_page_to_the_corrected_review(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The line that a page offers, put into a file as it is, takes the finding away and is shown."""
    page = tmp_path / "review.html"
    assert run("review", CALL, *US, "-o", str(page)).status == 0
    text = page.read_text(encoding="utf-8")
    line = text.split("<p><code>")[1].partition("</code>")[0]
    pasted = line.replace("&quot;", '"')
    finding = json.loads(pasted)["finding"]
    assert f'id="m-{finding}"' in text
    corrections = tmp_path / "corrections.jsonl"
    corrections.write_text(pasted + "\n", encoding="utf-8")
    shown = run("review", CALL, *US, "--disputes", str(corrections))
    assert shown.status == 0, shown.err
    assert "WHAT YOU CORRECTED" in shown.out
    wire = json.loads(run("review", CALL, *US, "--disputes", str(corrections), "-f", "json").out)
    assert finding not in {m["id"] for m in wire["moments"]}
    assert wire["disputes"][0]["found"]["id"] == finding


def test_ids_name_every_finding_and_every_turn(run) -> None:  # type: ignore[no-untyped-def]
    """What one can correct by stands in the report where it is asked for, and nowhere else."""
    wire = json.loads(run("review", CALL, *US, "-f", "json").out)
    ids = {f["id"] for f in (*wire["acts"], *wire["moments"])}
    for form in ("text", "md", "html"):
        shown = run("review", CALL, *US, "-f", form, "--ids").out
        assert all(i in shown for i in ids), form
        assert all(f"turn {n + 1}," in shown for n in range(len(wire["conversation"]["turns"]))), form
    for form in ("text", "md"):
        plain = run("review", CALL, *US, "-f", form).out
        assert plain and not any(i in plain for i in ids)


def test_labels_are_written_and_said_to_hold_peoples_words(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """One line for each corrected turn, and the help says what is in the file."""
    corrections, labels = tmp_path / "c.jsonl", tmp_path / "labels.jsonl"
    rows = [
        {"verdict": "also_here", "turn": 3, "kind": "presence", "quote": "Okay.", "by": "Nora", "at": "", "note": ""},
        {"verdict": "other_speaker", "turn": 1, "speaker": "Idris Bello", "by": "Nora", "at": "", "note": ""},
    ]
    corrections.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8-sig")
    shown = run("review", CALL, *US, "--disputes", str(corrections), "--export-labels", str(labels), "-f", "json")
    assert shown.status == 0, shown.err
    assert json.loads(shown.out)["format"] == "duologue.review/1"
    assert "people’s words" in shown.err
    (item,) = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    assert item["turns"][-1]["sentences"][0][:2] == ["Okay.", ["presence"]]
    assert "people's words" in " ".join(run("review", "--help").out.split())


def test_other_conversations_are_compared_as_they_are(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Corrections are about one conversation; what it is compared with is read without them."""
    corrections = tmp_path / "c.jsonl"
    corrections.write_text('{"verdict": "other_speaker", "turn": 36, "speaker": "Nora Feld"}', encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text("Nora Feld: What happened?\nIdris Bello: It broke.\n" * 4, encoding="utf-8")
    shown = run("review", CALL, *US, "--disputes", str(corrections), "--compare", str(other))
    assert shown.status == 0, shown.err


@pytest.mark.parametrize(
    ("content", "args", "what"),
    [
        (b'{"verdict": "not_so", "finding": "000000000000"}', [], "c.jsonl: line 1: there is no finding"),
        (b'{"verdict": "other_speaker", "turn": 99, "speaker": "x"}', [], "from 1 to 36"),
        (b"", [], "no correction"),
        (b"\xff\xfe\x00", [], "UTF-8"),
        (None, [], "c.jsonl"),
        (b'{"verdict": "other_speaker", "turn": 1, "speaker": "Idris Bello"}', [CALL], "one FILE"),
    ],
)
def test_a_bad_file_is_one_line_and_status_2(
    run, tmp_path: Path, content: bytes | None, args: list[str], what: str
) -> None:  # type: ignore[no-untyped-def]
    """What, where, what to do next; nothing is written."""
    corrections, labels = tmp_path / "c.jsonl", tmp_path / "labels.jsonl"
    if content is not None:
        corrections.write_bytes(content)
    shown = run("review", CALL, *args, *US, "--disputes", str(corrections), "--export-labels", str(labels))
    assert shown.status == 2
    assert what in shown.err
    assert shown.out == ""
    assert "Traceback" not in shown.err
    assert not labels.exists()


def test_labels_need_corrections(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """What a person said is exported, never what the instrument guessed."""
    shown = run("review", CALL, *US, "--export-labels", str(tmp_path / "x.jsonl"))
    assert shown.status == 2
    assert "--disputes" in shown.err
