"""The command line as its users meet it: what they read, where it goes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from duologue.cli import COMMANDS
from support import ROOT

CALL = str(ROOT / "examples" / "discovery-call.vtt")
CHAT = str(ROOT / "examples" / "chat.txt")
US = ["--us", "Nora Feld"]


def test_help_names_every_command(run) -> None:  # type: ignore[no-untyped-def]
    """A newcomer sees all there is."""
    shown = run("--help")
    assert shown.status == 0
    assert all(name in shown.out for name in COMMANDS)


def test_a_review_reads_from_top_to_next_time(run) -> None:  # type: ignore[no-untyped-def]
    """The session of the README: who, what came to light, what to keep, next time; with verbatim words (P1)."""
    shown = run("review", CALL, *US)
    assert shown.status == 0, shown.err
    assert "Nora Feld" in shown.out
    assert "Idris Bello" in shown.out
    assert shown.out.rstrip()
    assert "!" not in "".join(line for line in shown.out.splitlines() if "“" not in line)


def test_json_on_standard_output_is_the_document_only(run) -> None:  # type: ignore[no-untyped-def]
    """Progress and notices go to standard error; what is piped stays whole."""
    shown = run("review", CALL, *US, "--format", "json")
    assert json.loads(shown.out)["format"] == "duologue.review/1"


def test_standard_input_is_a_file_like_any_other(run) -> None:  # type: ignore[no-untyped-def]
    """`review -` gives what the file gives."""
    piped = run("review", "-", *US, "--format", "json", stdin=Path(CALL).read_bytes())
    filed = run("review", CALL, *US, "--format", "json")
    assert json.loads(piped.out)["moments"] == json.loads(filed.out)["moments"]


def test_the_format_follows_the_extension_of_the_output(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """-o review.html is a page; nothing half-written is left beside it."""
    target = tmp_path / "review.html"
    shown = run("review", CALL, *US, "-o", str(target))
    assert shown.status == 0, shown.err
    assert shown.out == ""
    assert target.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert [p.name for p in tmp_path.iterdir()] == ["review.html"]


def test_several_give_a_line_each_and_then_the_whole(run) -> None:  # type: ignore[no-untyped-def]
    """Several files: one line each, then what runs through all of them."""
    shown = run("review", CALL, CHAT)
    assert shown.status == 0, shown.err
    assert sum(line.startswith(("discovery-call", "chat")) for line in shown.out.splitlines()) >= 2


def test_a_folder_reads_what_it_can_and_says_what_it_left_out(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A picture among the transcripts is named on standard error and is no failure."""
    (tmp_path / "a.vtt").write_bytes(Path(CALL).read_bytes())
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00")
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    shown = run("review", str(tmp_path), "--format", "json")
    assert shown.status == 0
    assert len(shown.out.splitlines()) == 1
    assert "b.png" in shown.err
    assert ".hidden" not in shown.err


def test_a_named_file_that_cannot_be_read_ends_with_2_and_the_others_are_done(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """What could be done is done; a script still learns that something it named was not."""
    empty = tmp_path / "empty.vtt"
    empty.write_bytes(b"")
    shown = run("review", CALL, str(empty), "--format", "json")
    assert shown.status == 2
    assert "empty.vtt" in shown.err
    assert len(shown.out.splitlines()) == 1


def test_html_pages_of_several_go_to_a_folder(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A page each; without a folder one line says what to add."""
    shown = run("review", CALL, CHAT, "--format", "html", "-o", str(tmp_path / "pages"))
    assert shown.status == 0, shown.err
    assert sorted(p.name for p in (tmp_path / "pages").iterdir()) == ["chat.html", "discovery-call.html"]
    refused = run("review", CALL, CHAT, "--format", "html")
    assert refused.status == 2
    assert "-o" in refused.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["review", "no-such-file.vtt"], "no-such-file.vtt"),
        (["review", CALL, "--us", "Nobody"], "Nora Feld"),
        (["review", CALL, "--from", "gramophone"], "formats"),
        (["review"], "FILE"),
        (["reviw", CALL], "review"),
        (["explain", "question.opne"], "question.open"),
        (["convert", CALL, "x.docx"], "docx"),
    ],
)
def test_bad_input_is_one_line_and_status_2(run, args: list[str], said: str) -> None:  # type: ignore[no-untyped-def]
    """What, where, what to do next; never a traceback."""
    shown = run(*args)
    assert shown.status == 2
    assert said in shown.err
    assert "Traceback" not in shown.err
    assert shown.out == ""


def test_it_asks_who_you_are_at_a_terminal(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """Without --us it asks, listing the speakers with their share; a wrong answer is asked again."""
    monkeypatch.setattr("duologue.cli.shared._at_terminal", lambda: True)
    shown = run("review", CALL, stdin=b"7\n2\n")
    assert shown.status == 0, shown.err
    assert "Nora Feld" in shown.err
    assert "% of the words" in shown.err
    assert 'config us "Idris Bello"' in shown.err


def test_nobody_is_an_answer_and_gives_a_symmetric_review(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """Enter for nobody: the review is symmetric and says what it left out."""
    monkeypatch.setattr("duologue.cli.shared._at_terminal", lambda: True)
    shown = run("review", CALL, stdin=b"\n")
    assert shown.status == 0
    assert "--us" in shown.out


def test_a_remembered_name_is_used_where_it_appears(run) -> None:  # type: ignore[no-untyped-def]
    """`config us` remembers; elsewhere, where that person is not, nothing fails."""
    assert run("config", "us", "Nora Feld").status == 0
    sides = json.loads(run("review", CALL, "--format", "json").out)["conversation"]["speakers"]
    assert [s["side"] for s in sides] == ["ours", "theirs"]
    assert run("review", CHAT, "--format", "json").status == 0
    assert "Nora Feld" in run("config").out
    run("config", "us", "--forget")
    assert "Nora Feld" not in run("config").out


def test_broken_settings_are_one_line(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A settings file that somebody edited badly is named, with what to do."""
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    monkeypatch.setenv("DUOLOGUE_CONFIG", str(broken))
    shown = run("review", CALL)
    assert shown.status == 2
    assert "broken.json" in shown.err


def test_next_prints_only_what_to_ask(run) -> None:  # type: ignore[no-untyped-def]
    """`duologue next` is the end of the review, alone."""
    shown = run("next", CALL, *US)
    assert shown.status == 0, shown.err
    assert "dial" not in shown.out.lower()


def test_convert_writes_what_reads_back_the_same(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """`convert` keeps the conversation: sides, times, order."""
    target = tmp_path / "call.json"
    assert run("convert", CALL, str(target), *US).status == 0
    first = json.loads(target.read_text(encoding="utf-8"))
    assert first["format"] == "duologue.conversation/1"
    again = run("convert", str(target), "-", "--to", "duologue")
    assert json.loads(again.out) == first


def test_formats_lists_names_that_from_takes(run) -> None:  # type: ignore[no-untyped-def]
    """What is listed is what can be chosen."""
    from duologue.readers import READERS

    shown = run("formats")
    assert all(name in shown.out for name in READERS)
    listed = json.loads(run("formats", "--format", "json").out)["formats"]
    assert [f["name"] for f in listed] == list(READERS)


def test_explain_says_what_a_word_means_and_how_far_to_trust_it(run) -> None:  # type: ignore[no-untyped-def]
    """P4: definition and measured agreement, or that there is none yet."""
    shown = run("explain", "wall")
    assert shown.status == 0, shown.err
    assert "acknowledgement" in shown.out
    assert "question.open" in run("explain").out


def test_several_names_for_several_files(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """--us may repeat: in several files one of the names is enough; a file with none of them is left out, by name."""
    both = run("review", CALL, CHAT, *US, "--us", "Jonas")
    assert both.status == 0, both.err
    assert "Nora Feld with Idris Bello" in both.out
    assert "Jonas with Lena" in both.out
    one = run("review", CALL, CHAT, *US)
    assert "chat.txt" in one.err
    wrong = run("review", CALL, *US, "--us", "Jonas")  # in one file a name that is not there is a slip of the pen
    assert wrong.status == 2


def test_next_of_a_message_and_of_another_language_says_why_there_is_none(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """ "No question was left open" would claim that somebody looked."""
    mail = str(ROOT / "examples" / "outreach.eml")
    german = tmp_path / "gespraech.txt"
    german.write_text(
        "Anke: Guten Morgen, wie geht es Ihnen heute, und was beschäftigt Sie in Ihrem Betrieb am meisten?\n"
        "Bernd: Danke, gut. Wir haben seit Wochen großen Ärger mit der Kühlung, und niemand kümmert sich darum.\n",
        encoding="utf-8",
    )
    shown = run("next", mail, str(german))
    assert "No question was left open" not in shown.out
    assert "Open questions were not looked for" in shown.out
    assert f"\n\n{german}\n\nNEXT TIME\n" in shown.out


def test_a_folders_readme_is_no_conversation(run) -> None:  # type: ignore[no-untyped-def]
    """What describes a folder is not reviewed."""
    assert "README" not in run("review", str(ROOT / "examples")).out
