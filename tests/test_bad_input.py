"""Bad input through the real command line: one clear line and status 2, or a review that says what it had to leave out.

Small versions of what issue 2 lists under "Bad input". Nothing on standard output where a thing is refused.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from command_line import Run
from duologue import read
from duologue.errors import UnreadableInput

TALK = (
    "Ana: So what made you look at this now?\nBen: We lost two clients, and I was worried all summer.\n"
    "Ana: That sounds hard. How is the team?\nBen: Two people left.\n"
)
ESCAPES = "\x1b[2J\x1b]0;t\x07<script>alert(1)</script>"


def _ours(*turns: tuple[str, str, object, object], **more: object) -> bytes:
    listed = [{"speaker": s, "text": t, "start": a, "end": b} for s, t, a, b in turns]
    return json.dumps({"format": "duologue.conversation/1", "turns": listed, **more}).encode()


FOUR = _ours(
    ("a", "What made you look at this now?", 0, 3),
    ("b", "We lost two clients last year.", 3, 8),
    ("a", "That sounds hard. How is the team?", 8, 12),
    ("b", "Two people left, and I was worried.", 12, 20),
)


def _zip(*names: str, size: int = 10) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return held.getvalue()


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "empty"),
    "a mark and nothing else": ("a.txt", b"\xef\xbb\xbf", "empty"),
    "binary": ("a.bin", bytes(range(256)) * 20, "binary"),
    "truncated JSON": ("a.json", FOUR[:90], "stops in the middle"),
    "deep JSON": ("a.json", b"[" * 5000, "nests deeper"),
    "null": ("a.json", b"null", "formats"),
    "a list of numbers": ("a.json", b"[1, 2, 3]", "formats"),
    "an empty object": ("a.json", b"{}", "transcript"),
    "log lines as JSON": ("a.jsonl", b'{"level": "info"}\n{"level": "warn"}\n', "formats"),
    "another version of ours": ("a.json", FOUR.replace(b"conversation/1", b"conversation/2"), "conversation/1"),
    "turns without words": ("a.json", _ours(("a", " ", None, None)), "no words"),
    "no turns": ("a.json", _ours(), "no words"),
    "speakers with one id": ("a.json", _ours(("a", "x", 0, 1), speakers=[{"id": "a"}, {"id": "a"}]), "id"),
    "thirty thousand years": ("a.json", FOUR.replace(b"20}", b"1e12}"), "seconds"),
    "a recording (MP3)": ("a.mp3", b"ID3\x03\x00" + b"\x00\x91" * 200, "recording"),
    "a recording (WAV)": ("a.wav", b"RIFF\x24\x08\x00\x00WAVEfmt " + b"\x00" * 99, "recording"),
    "a recording (MP4)": ("a.mp4", b"\x00\x00\x00\x20ftypisom" + b"\x00" * 99, "recording"),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "picture"),
    "a PDF of text": ("a.pdf", b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n", "PDF"),
    "rich text": ("a.rtf", b"{\\rtf1 Ana: hello}", "RTF"),
    "a web page": ("a.html", b"<!doctype html><p>Ana: hello</p>", "web page"),
    "a table by name": ("a.csv", b"id,amount\n1,2\n", "CSV"),
    "a table by its head": ("a.txt", b"speaker,text,start\nAna,Hello,0\n", "CSV"),
    "a spreadsheet": ("a.xlsx", _zip("xl/workbook.xml"), "spreadsheet"),
    "an old Word file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, ".docx"),
    "an old spreadsheet": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "Office"),
    "a zip of anything": ("a.zip", _zip("a.txt"), "Unpack"),
    "a gzip": ("a.gz", b"\x1f\x8b\x08" + b"\x00" * 99, "Unpack"),
    "a bomb (ConvoKit)": ("a.zip", _zip("utterances.jsonl", size=6_000_000), "unpack"),
    "a damaged Word file": ("a.docx", _zip("word/document.xml")[:60], "damaged"),
    "escape sequences": ("a.json", FOUR.replace(b"conversation/1", b"\\u001b[2J"), "format"),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_it_is_refused_in_one_line(case: str, run: Run, tmp_path: Path) -> None:
    """Issue 2, bad input: what, where and what to do next; nothing on standard output, nothing that moves a cursor."""
    name, data, said = REFUSED[case]
    file = tmp_path / name
    file.write_bytes(data)
    for command in (["review"], ["convert"]):
        ran = run(*command, str(file))
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.count("\n") == 1 and name in ran.err and said in ran.err
        assert ". " in ran.err, "it says what to do next"
        assert "\x1b" not in ran.err


READ: dict[str, tuple[str, bytes, str]] = {
    "UTF-16": ("a.txt", TALK.encode("utf-16"), ""),
    "UTF-16 without a mark": ("a.txt", TALK.encode("utf-16-le"), ""),
    "Latin-1": ("a.txt", TALK.replace("Ben", "René").encode("latin-1"), ""),
    "a byte order mark": ("a.txt", b"\xef\xbb\xbf" + TALK.encode(), ""),
    "NaN": ("a.json", FOUR.replace(b"20}", b"NaN}"), "NaN"),
    "beyond what a number holds": ("a.json", FOUR.replace(b"20}", b"1e999}"), "without end"),
    "half a character": ("a.json", FOUR.replace(b"We lost", b"We \\ud800 lost"), "broken"),
    "negative times": ("a.json", FOUR.replace(b'"start": 0', b'"start": -4'), "negative"),
    "an end before its start": ("a.json", FOUR.replace(b'"end": 8', b'"end": 1'), "end before they begin"),
    "times that run backwards": ("a.json", FOUR.replace(b'"start": 12', b'"start": 1'), "backwards"),
    "one speaker": ("a.txt", b"Ana: Hello there.\nAna: It is me again, with news.\n", "one speaker"),
    "only emoji": ("a.txt", "Ana: 😀😀\nBen: 🎉👨‍👩‍👧\n".encode(), ""),
    "right to left": ("a.txt", "דנה: מה הביא אותך לכאן היום?\nיוסי: איבדנו לקוחות.\n".encode(), ""),
    "no width": ("a.txt", TALK.replace("now", "\u200bnow\ufeff\u2060").encode(), ""),
    "a very long name": ("a.txt", TALK.replace("Ana", "N" * 10_000).encode(), ""),
    "a long line without spaces": ("a.txt", b"Ana: " + b"x" * 200_000 + b"\nBen: what?\n", ""),
    "brackets without end": ("a.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\n<v A>Hi " + b"<" * 50_000 + b"\n", ""),
    "speakers nobody listed": ("a.json", FOUR.replace(b'"turns"', b'"speakers": [{"id": "z"}], "turns"'), "floor"),
}


@pytest.mark.parametrize("case", list(READ))
def test_it_is_read_and_says_what_was_wrong(case: str, run: Run, tmp_path: Path) -> None:
    """Issue 2, bad input: a correct review, with a notice where something had to be left out."""
    name, data, said = READ[case]
    file = tmp_path / name
    file.write_bytes(data)
    ran = run("review", str(file), "--format", "json")
    assert ran.status == 0, ran.err
    review = json.loads(ran.out)
    assert said in " ".join(review["notices"])
    assert "NaN" not in ran.out.replace("(NaN,", "")
    for form in ("text", "md", "html"):
        assert run("review", str(file), "--format", form).status == 0


def test_nothing_in_a_file_reaches_the_terminal_or_runs_in_the_page(run: Run, tmp_path: Path) -> None:
    """Names, texts, ids and notices with escape sequences and HTML are shown, never obeyed, in every face."""
    file = tmp_path / "x.json"
    speakers = [{"id": ESCAPES, "name": ESCAPES}, {"id": "b", "name": "</style></script>"}]
    file.write_bytes(
        _ours((ESCAPES, "What made you look? " + ESCAPES, 0, 3), ("b", "We lost.", 3, 5), speakers=speakers,
              notices=[ESCAPES], id=ESCAPES, source=ESCAPES, started_at=ESCAPES)
    )  # fmt: skip
    odd = tmp_path / "odd \n\x1b[2J name.txt"
    odd.write_text(TALK, encoding="utf-8")
    for args in (
        ["review", str(file)], ["review", str(file), "--format", "md"], ["review", str(file), "--format", "html"],
        ["review", str(file), "--us", "Nobody"], ["review", str(file), str(odd)], ["next", str(file), str(odd)],
        ["convert", str(file)], ["review", str(odd), "-o", str(tmp_path / "o\x1b[2J.html")],
    ):  # fmt: skip
        ran = run(*args)
        assert "\x1b" not in ran.out + ran.err and "\x07" not in ran.out + ran.err, args
        assert "<script>alert" not in ran.out or args[0] == "convert" or "html" not in args


def test_a_review_given_to_review_is_read_again(run: Run, tmp_path: Path) -> None:
    """The conversation inside a duologue.review/1 is what is reviewed."""
    talk = tmp_path / "a.txt"
    talk.write_text(TALK, encoding="utf-8")
    once = run("review", str(talk), "--format", "json").out
    again = run("review", "-", "--format", "json", stdin=once.encode()).out
    assert json.loads(again)["moments"] == json.loads(once)["moments"]


def test_folders_and_outputs_that_are_not_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, a closed one, one with a whole disk in it, a missing place to write to: a line each."""
    talk = tmp_path / "a.txt"
    talk.write_text(TALK, encoding="utf-8")
    (tmp_path / "none").mkdir()
    assert "no files" in run("review", str(tmp_path / "none")).err
    missing = run("review", str(talk), "-o", str(tmp_path / "no" / "x.html"))
    assert missing.status == 2 and "folder" in missing.err and missing.out == ""
    monkeypatch.setattr("duologue.cli.shared.MOST_FILES", 0)
    assert "more than 0 files" in run("review", str(tmp_path)).err

    def closed(path: object = ".") -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", closed)
    refused = run("review", str(tmp_path))
    assert refused.status == 2 and "permission denied" in refused.err and "Traceback" not in refused.err


def test_a_device_stays_a_device(run: Run, tmp_path: Path) -> None:
    """-o /dev/null writes to it; putting a file in its place would break the machine of whoever may."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    talk = tmp_path / "a.txt"
    talk.write_text(TALK, encoding="utf-8")
    try:
        assert run("review", str(talk), "-o", str(pipe)).status == 0
        assert not pipe.is_file()
        assert os.read(reader, 3)
    finally:
        os.close(reader)


def _shell(script: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = f'd() {{ "{sys.executable}" -c "from duologue.cli import main; main()" "$@"; }}; {script}'
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **env}
    )


@pytest.mark.parametrize(
    ("script", "status", "said"),
    [
        ("d formats > /dev/full", 2, "no space left"),
        ("d formats | head -1 >/dev/null; exit ${PIPESTATUS[0]}", 0, ""),
        ("d review - <&-", 2, "nothing came in"),
        ("d review no-such-file >&-", 2, "no-such-file"),
    ],
)
def test_streams_that_are_full_gone_or_closed(script: str, status: int, said: str) -> None:
    """A full disk, a reader that has gone, closed streams: no traceback, and nothing from Python's own end."""
    if "/dev/full" in script and not Path("/dev/full").is_char_device():
        pytest.skip("there is no /dev/full here")
    ran = _shell(script)
    assert ran.returncode == status, ran.stderr
    assert said in ran.stderr
    assert ran.stderr.count("\n") == (1 if said else 0), ran.stderr


def test_a_locale_without_letters(tmp_path: Path) -> None:
    """In a C locale any script is still written as UTF-8."""
    talk = tmp_path / "a.txt"
    talk.write_text("Анна: Что нового?\nБен: Всё 🎉.\n", encoding="utf-8")
    ran = _shell(f'd convert "{talk}"', LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.returncode == 0, ran.stderr
    assert "Анна" in ran.stdout


def test_fifty_megabytes_of_text_are_refused_at_once(tmp_path: Path) -> None:
    """More text than any conversation is one clear line, before any reader works on it."""
    file = tmp_path / "all.txt"
    file.write_bytes(b"Ana: hello there\nBen: and hello to you\n" * 1_400_000)
    with pytest.raises(UnreadableInput, match="hours of talk"):
        read(file)
