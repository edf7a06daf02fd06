"""Recordings on the command line: consent is asked for once, voices get names, and every slip is one line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from benchmarks.spoken import write_wav

from command_line import Run
from duologue.audio import listening
from duologue.audio.listening import Wanted
from duologue.model import Consent, Conversation, Speaker, Turn, Word

ONE = "How did the visit go, and what did they say about the date?"
TWO = "Better than I feared, though they want it two weeks earlier."


def heard(wanted: Wanted) -> Conversation:
    """What a model would make of it: two voices without names."""

    def turn(speaker: str, text: str, start: float) -> Turn:
        words = tuple(
            Word(text=w, start=start + i * 0.3, end=start + i * 0.3 + 0.25, confidence=0.9)
            for i, w in enumerate(text.split())
        )
        return Turn(speaker=speaker, text=text, start=start, end=words[-1].end, words=words, speaker_confidence=0.9)

    return Conversation(
        id="heard",
        speakers=(Speaker(id="voice-1", name="Voice 1"), Speaker(id="voice-2", name="Voice 2")),
        turns=(turn("voice-1", ONE, 0.5), turn("voice-2", TWO, 5.0)),
        source="recording",
        language="en",
        consent=wanted.consent,
        heard_by="a model",
        notices=("Two words were faint.",),
    )


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recording, and a listener that hears the same two turns in everything. It notes what it was asked."""

    def listen(path: str, wanted: Wanted, progress: object) -> Conversation:
        asked.append(wanted)
        return heard(wanted)

    asked: list[Wanted] = []
    monkeypatch.setattr(listening, "listen", listen)
    monkeypatch.setattr(sys.modules[__name__], "ASKED", asked)
    path = tmp_path / "call.wav"
    write_wav(path, np.zeros((1, 16_000), np.float32), 16_000)
    return path


ASKED: list[Wanted] = []


def told(out: str) -> list[tuple[str, str]]:
    """Names and words of a conversation in JSON."""
    value = json.loads(out)
    names = {s["id"]: s["name"] for s in value["speakers"]}
    return [(names[t["speaker"]], t["text"]) for t in value["turns"]]


def test_listen_stops_at_the_conversation(call: Path, run: Run) -> None:
    """The document on standard output, and what could not be known on standard error."""
    done = run("listen", str(call))
    assert (done.status, told(done.out)) == (0, [("Voice 1", ONE), ("Voice 2", TWO)])
    assert "Two words were faint." in done.err
    assert "consent" not in json.loads(done.out)  # nobody was there to be asked


def test_listen_writes_any_of_our_formats(call: Path, run: Run, tmp_path: Path) -> None:
    done = run("listen", str(call), "-o", str(tmp_path / "call.vtt"))
    assert done.status == 0 and "Written: " in done.err
    assert (tmp_path / "call.vtt").read_text().startswith("WEBVTT")


def test_names_and_exchange_mend_who_it_was(call: Path, run: Run) -> None:
    """`--name` and `--swap` in one go, and on a conversation that was written before."""
    done = run("listen", str(call), "--name", "Voice 1=Ana Ruiz", "--name", "voice-2=Ben", "--swap")
    assert told(done.out) == [("Ben", ONE), ("Ana Ruiz", TWO)]
    assert run("listen", str(call), "--name", "Voice 7=Ana").status == 2


def test_review_takes_a_recording_and_the_page_plays_it(call: Path, run: Run, tmp_path: Path) -> None:
    """The page knows where the recording lies, seen from where it lies itself."""
    (tmp_path / "pages").mkdir()
    page = tmp_path / "pages" / "review.html"
    done = run("review", str(call), "--us", "Voice 1", "-o", str(page))
    assert done.status == 0, done.err
    assert '<audio controls preload="metadata" src="../call.wav">' in page.read_text()


def test_a_transcript_with_times_plays_its_recording(call: Path, run: Run, tmp_path: Path) -> None:
    run("listen", str(call), "-o", str(tmp_path / "call.json"))
    page = tmp_path / "review.html"
    done = run("review", str(tmp_path / "call.json"), "--recording", str(call), "-o", str(page))
    assert done.status == 0, done.err
    assert 'src="call.wav"' in page.read_text()
    refused = run("review", str(tmp_path / "call.json"), "--recording", str(page), "-o", str(page))
    assert refused.status == 2 and "this is no recording" in refused.err


def test_consent_is_kept_with_the_conversation_and_the_recording(call: Path, run: Run) -> None:
    """Said once, it is known the next time, whatever the file is then called."""
    first = json.loads(run("listen", str(call), "--consent", "yes").out)
    assert first["consent"]["given"] is True
    moved = call.rename(call.with_name("other.wav"))
    assert json.loads(run("listen", str(moved)).out)["consent"] == first["consent"]


def test_without_consent_it_stays_unheard(call: Path, run: Run) -> None:
    """A no is kept like a yes, and can be taken back."""
    done = run("listen", str(call), "--consent", "no")
    assert (done.status, done.out) == (2, "") and "stays unheard" in done.err
    assert run("review", str(call)).status == 2
    assert not ASKED
    assert run("listen", str(call), "--consent", "yes").status == 0


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_somebody_at_a_terminal_is_asked_once(
    call: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from duologue.cli.hearing import Hearing, hear

    monkeypatch.setattr(sys, "stdin", _Terminal("y\n"))
    monkeypatch.setattr(sys, "stderr", asked := _Terminal())
    given = hear(str(call), Hearing()).consent
    assert isinstance(given, Consent) and given.given
    assert "know of this recording, and agree" in asked.getvalue()
    monkeypatch.setattr(sys, "stderr", again := _Terminal())
    assert hear(str(call), Hearing()).consent == given
    assert "agree" not in again.getvalue()


def test_what_is_said_of_a_recording_reaches_the_listener(call: Path, run: Run) -> None:
    args = ("--model", "base", "--language", "de", "--speakers", "3", "--speaker", "Ana=ana.wav")
    assert run("listen", str(call), *args).status == 0
    asked = ASKED[-1]
    assert (asked.model, asked.language, asked.speakers, asked.enrolled) == ("base", "de", 3, (("Ana", "ana.wav"),))


@pytest.mark.parametrize("args", [("--speaker", "ana.wav"), ("--name", "Voice 1="), ("--speakers", "0")])
def test_an_option_that_says_nothing_is_one_line(args: tuple[str, str], call: Path, run: Run) -> None:
    done = run("listen", str(call), *args)
    assert done.status == 2 and args[0] in done.err and "Traceback" not in done.err


def test_what_is_no_recording_is_said_to_be_none(run: Run, tmp_path: Path) -> None:
    """A transcript, a file that is not there, nothing at all: one line each, with what to do."""
    (tmp_path / "call.mp3").write_text("Ana: Hello.\nBen: Hi.\n")
    done = run("listen", str(tmp_path / "call.mp3"))
    assert done.status == 2 and "no recording" in done.err and "duologue review" in done.err
    assert run("listen", str(tmp_path / "none.wav")).status == 2
    assert run("listen").status == 2


def test_what_is_kept_can_be_seen_and_removed(run: Run, tmp_path: Path) -> None:
    """P3: it holds people's words."""
    from duologue.audio.journal import Journal

    recording = tmp_path / "call.wav"
    recording.write_bytes(b"RIFF")
    journal = Journal.open(recording, {"by": "a model"})
    journal.put("words", "key", ["hello"])
    journal.finish()
    assert "call.wav" in run("listen", "--kept").err
    assert "Removed." in run("listen", "--forget", str(recording)).err
    assert "Nothing is kept." in run("listen", "--kept").err
    assert "Nothing was kept" in run("listen", "--forget", "all").err
