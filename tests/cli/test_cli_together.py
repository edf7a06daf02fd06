"""`duologue review … --together` from the command line (S2.6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import ROOT

FOLDER = ROOT / "examples" / "together"
PAIR = [str(FOLDER / "second-call.txt"), str(FOLDER / "first-call.txt")]
US = ["--us", "Selma Aydin"]


def test_two_files_together(run) -> None:  # type: ignore[no-untyped-def]
    """By date, whatever the order on the command line; quotes with conversation and turn; no progress on stdout."""
    shown = run("review", *PAIR, *US, "--together")
    assert shown.status == 0, shown.err
    assert shown.out.startswith("Selma Aydin with Rob Tanner, over 2 conversations\nIn the order of their dates.\n")
    assert shown.out.index("first-call.txt") < shown.out.index("second-call.txt")
    assert "NEXT TIME" in shown.out
    assert run("review", str(FOLDER), *US, "--together").out == shown.out


def test_every_format(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """JSON is the wire; a page goes to one file, not to a folder."""
    wire = json.loads(run("review", *PAIR, *US, "--together", "-f", "json").out)
    assert wire["format"] == "duologue.together/1"
    turns = [c["conversation"]["turns"] for c in wire["conversations"]]
    for thread in wire["threads"]:
        quote = thread["quote"]
        assert turns[quote["talk"]][quote["turn"]]["text"][quote["start"] : quote["end"]] == quote["text"]
    page = tmp_path / "together.html"
    assert run("review", *PAIR, *US, "--together", "-o", str(page)).status == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert run("review", *PAIR, *US, "--together", "-f", "md").out.startswith("# Selma Aydin with Rob Tanner")


def test_who_is_coached_is_known_from_one_file(run) -> None:  # type: ignore[no-untyped-def]
    """Without --us everybody is looked at in the same way, and the report says so."""
    shown = run("review", *PAIR, "--together")
    assert shown.status == 0, shown.err
    assert "--us NAME" in shown.out


@pytest.mark.parametrize(
    ("files", "args", "what"),
    [
        ([PAIR[0]], US, "two conversations or more"),
        ([PAIR[0], PAIR[0]], US, "the same conversation as together/second-call.txt"),
        ([PAIR[0], str(ROOT / "examples" / "outreach.eml")], [], "this is a message"),
        ([PAIR[0], str(ROOT / "examples" / "one-to-one.txt")], [], "no two people are in more than one"),
        ([PAIR[0], str(ROOT / "examples" / "one-to-one.txt")], US, "is not among the speakers"),
        ([PAIR[0], "no-such-file.txt"], US, "no-such-file.txt"),
        (PAIR, [*US, "--ids"], "about one conversation"),
        (PAIR, [*US, "--compare", PAIR[0]], "about one conversation"),
    ],
)
def test_what_cannot_be_taken_together(run, files: list[str], args: list[str], what: str) -> None:  # type: ignore[no-untyped-def]
    """One line on standard error, exit status 2, and nothing on standard output."""
    shown = run("review", *files, *args, "--together")
    assert shown.status == 2
    assert shown.out == ""
    assert what in " ".join(shown.err.split())


def test_another_language(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """It is named with the file, and with what to do."""
    german = tmp_path / "german.txt"
    german.write_text(
        "Selma Aydin: Guten Tag, wie geht es Ihnen heute im Lager, und was hat sich seit der letzten Woche getan?\n"
        "Rob Tanner: Danke, es geht so. Die Lieferung kam wieder zu spät, und niemand hat uns angerufen.\n" * 3,
        encoding="utf-8",
    )
    shown = run("review", PAIR[0], str(german), *US, "--together")
    assert shown.status == 2
    assert "german.txt: the language looks like" in shown.err
