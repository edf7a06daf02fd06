"""What was heard is kept: a killed run goes on where it was, and nothing of it is left lying about (P3)."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue.audio import journal
from duologue.audio.base import RATE, Heard, Samples, Voice
from duologue.audio.journal import Journal
from duologue.audio.remembering import Remembering, RememberingVoices
from duologue.audio.turns import by_track
from duologue.home import home
from duologue.model import Conversation, Word

ABOUT = {"model": "made/1", "stages": "1"}


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "call.wav"
    path.write_bytes(b"RIFF, or something like it")
    return path


def files() -> list[Path]:
    return sorted(home("heard").iterdir())


# --- a transcriber and a diarizer whose results hang on the samples alone ------------------------------------------


class Made:
    """Hears words that hang on the samples alone; is stopped by `error` after `most` pieces."""

    name, longest = "made", 30.0

    def __init__(self, most: int = 10**9, error: type[BaseException] = KeyboardInterrupt) -> None:
        self.most, self.error, self.asked = most, error, 0

    def transcribe(self, pieces: Sequence[Samples], *, language: str | None) -> list[Heard]:
        found = []
        for piece in pieces:
            if self.asked >= self.most:
                raise self.error
            self.asked += 1
            n = float(np.abs(piece).sum())  # sums to odd binary fractions, which only exact floats survive
            words = tuple(
                Word(text=f"word{int(n * 7 + k) % 50}", start=k * 0.3 + n / 1e4, end=k * 0.3 + 0.21, confidence=n % 1)
                for k in range(4)
            )
            found.append(Heard(track=0, start=0.0, end=len(piece) / RATE, words=words, language=language or "en"))
        return found


class MadeVoices:
    """Voices whose prints are full of bits."""

    name, window, step = "made", 10.0, 5.0

    def __init__(self) -> None:
        self.asked = 0

    def voices(self, index: int, samples: Samples, start: float) -> list[Voice]:
        self.asked += 1
        print = np.random.default_rng(index).standard_normal(192).astype(np.float32)
        return [
            Voice(window=index, stretches=((start + 0.1, start + 1 / 3),), clean=0.2, print=print),
            Voice(window=index, stretches=(), clean=0.0, print=None),
        ]

    def print_of(self, samples: Samples) -> np.ndarray:
        self.asked += 1
        if not samples.any():
            raise ValueError("nobody speaks")
        return samples[:192].copy()


def pieces(n: int = 6) -> list[Samples]:
    return [np.random.default_rng(i).uniform(-1, 1, RATE).astype(np.float32) for i in range(n)]


def conversation(transcriber: Made | Remembering) -> Conversation:
    """As the flow does it: two pieces at a time, each at its place in the recording."""
    heard, sound = [], pieces()
    for i in range(0, len(sound), 2):
        for k, h in enumerate(transcriber.transcribe(sound[i : i + 2], language=None)):
            at = 2.0 * (i + k)
            words = tuple(
                Word(text=w.text, start=w.start + at, end=w.end + at, confidence=w.confidence) for w in h.words
            )
            heard.append(Heard(track=k, start=at, end=at + 1, words=words, language=h.language))
    return by_track(heard)


# --- going on where it was -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError])
@pytest.mark.parametrize("most", [0, 1, 2, 3, 4, 5])
def test_a_stopped_run_goes_on_and_gives_the_same_conversation(
    recording: Path, most: int, error: type[BaseException]
) -> None:
    """Whenever it was stopped: nothing that was kept is heard again, and the result is the same, number by number."""
    whole = conversation(Made())
    first = Journal.open(recording, ABOUT)
    with pytest.raises(error):
        conversation(Remembering(Made(most, error), first))
    first.finish()
    second = Journal.open(recording, ABOUT)
    rest = Made()
    assert conversation(Remembering(rest, second)) == whole
    assert rest.asked == 6 - most // 2 * 2
    second.finish()
    third = Journal.open(recording, ABOUT)
    none = Made(0)
    assert conversation(Remembering(none, third)) == whole and none.asked == 0
    third.finish()


KILLED = """
import sys, time
sys.path[:0] = [{tests!r}, {here!r}]
import numpy as np
from test_journal import ABOUT, Made, conversation
from duologue.audio.journal import Journal
from duologue.audio.remembering import Remembering
class Slow(Made):
    def transcribe(self, pieces, *, language):
        found = super().transcribe(pieces, language=language)
        if self.asked > 4:
            print("ready", flush=True)
            time.sleep(60)
        return found
conversation(Remembering(Slow(), Journal.open({recording!r}, ABOUT)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_run_that_is_killed_outright_goes_on(recording: Path) -> None:
    """kill -9 of a real process: no goodbye, no lock left behind, two of three batches kept."""
    here = Path(__file__).resolve().parent
    code = KILLED.format(tests=str(here.parent), here=str(here), recording=str(recording))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and process.stdout.readline().strip() == "ready"
        second = Journal.open(recording, ABOUT)
        assert second.notice is not None and "Another run" in second.notice  # it lives: we keep off
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    rest = Made()
    with_journal = Journal.open(recording, ABOUT)
    assert with_journal.notice is None and len(with_journal) == 4
    assert conversation(Remembering(rest, with_journal)) == conversation(Made())
    assert rest.asked == 2
    with_journal.finish()


@given(st.data())
def test_whatever_a_kill_leaves_of_the_last_lines_is_cut_off(data: st.DataObject) -> None:
    """A file that ends anywhere gives the whole lines before that, and takes new ones."""
    folder = home("here")
    recording = folder / "call.wav"
    recording.write_bytes(b"sound")
    journal.forget_all()
    first = Journal.open(recording, ABOUT)
    for i in range(4):
        first.put("heard", str(i), {"n": i, "words": ["ä\n", 0.1 + i]})
    first.finish()
    (file,) = files()
    whole = file.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    file.write_bytes(whole[:cut] + data.draw(st.binary(max_size=3)))
    second = Journal.open(recording, ABOUT)
    kept = max(0, whole[:cut].count(b"\n") - 1)
    assert [second.get("heard", str(i)) is not None for i in range(4)] == [i < kept for i in range(4)]
    for i in range(4):
        second.put("heard", str(i), {"n": i, "words": ["ä\n", 0.1 + i]})
    second.finish()
    assert file.read_bytes() == whole


def test_a_changed_line_is_not_believed(recording: Path) -> None:
    """A flipped bit is no result: from there on everything is heard again."""
    first = Journal.open(recording, ABOUT)
    first.put("heard", "a", [1.5])
    first.put("heard", "b", [2.5])
    first.finish()
    (file,) = files()
    file.write_bytes(file.read_bytes().replace(b"1.5", b"7.5"))
    second = Journal.open(recording, ABOUT)
    assert (second.get("heard", "a"), second.get("heard", "b")) == (None, None)
    second.finish()


def test_voices_come_back_bit_for_bit(recording: Path) -> None:
    """Prints are compared with each other: a rounded one might fall to another person."""
    sound = pieces(1)[0]
    plain = MadeVoices()
    expected = [plain.voices(i, sound, 5.0 * i) for i in range(3)]
    first = Journal.open(recording, ABOUT)
    asked = MadeVoices()
    fresh = [RememberingVoices(asked, first).voices(i, sound, 5.0 * i) for i in range(3)]
    enrolled = RememberingVoices(asked, first).print_of(sound)
    first.finish()
    second = Journal.open(recording, ABOUT)
    unasked = MadeVoices()
    again = RememberingVoices(unasked, second)
    for found in (fresh, [again.voices(i, sound, 5.0 * i) for i in range(3)]):
        for a, b in zip([v for row in found for v in row], [v for row in expected for v in row], strict=True):
            assert (a.window, a.stretches, a.clean) == (b.window, b.stretches, b.clean)
            assert (a.print is None) == (b.print is None)
            if a.print is not None and b.print is not None:
                assert a.print.dtype == np.float32 and a.print.tobytes() == b.print.tobytes()
    assert again.print_of(sound).tobytes() == enrolled.tobytes()
    assert unasked.asked == 0
    with pytest.raises(ValueError, match="nobody"):
        again.print_of(np.zeros(400, np.float32))
    second.finish()


def test_the_same_silence_elsewhere_is_another_window(recording: Path) -> None:
    """Voices have times of the recording: two windows of the same samples are not each other's."""
    kept_voices = RememberingVoices(MadeVoices(), Journal.open(recording, ABOUT))
    silence = np.zeros(100, np.float32)
    assert [kept_voices.voices(i, silence, 5.0 * i)[0].stretches[0][0] for i in (0, 1)] == [0.1, 5.1]


@given(st.lists(st.one_of(st.none(), st.floats(), st.floats(width=32).map(np.float32)), min_size=3, max_size=3))
def test_what_was_just_heard_is_what_will_be_read_back(numbers: list[float | None]) -> None:
    """Numbers of numpy, none, no numbers at all: both runs see the same, and what is no finite time is none."""

    class Odd(Made):
        def transcribe(self, pieces: Sequence[Samples], *, language: str | None) -> list[Heard]:
            word = Word(text="odd", start=numbers[0], end=numbers[1], confidence=numbers[2])
            return [Heard(track=0, start=0.0, end=1.0, words=(word,), doubt="odd") for _ in pieces]

    recording = home("here") / "call.wav"
    recording.write_bytes(repr(numbers).encode())
    found = []
    for odd in (Odd(), Made(0)):
        opened = Journal.open(recording, ABOUT)
        found += Remembering(odd, opened).transcribe(pieces(1), language="en")
        opened.finish()
    assert found[0] == found[1]
    assert all(v is None or np.isfinite(v) for v in (found[0].words[0].start, found[0].words[0].confidence))


def test_another_language_or_model_is_heard_anew(recording: Path) -> None:
    """A result is that of these samples, with this model, read as this language."""
    first = Journal.open(recording, ABOUT)
    hearing = Remembering(made := Made(), first)
    for language in ("en", "de", None, "en"):
        hearing.transcribe(pieces(1), language=language)
    assert made.asked == 3
    first.finish()
    other = Journal.open(recording, ABOUT | {"model": "made/2"})
    assert len(other) == 0
    other.finish()
    assert len(files()) == 2


# --- one at a time, and where nothing can be kept ------------------------------------------------------------------


def test_a_second_run_keeps_off_and_says_so(recording: Path) -> None:
    """Two runs on one file: the second works, keeps nothing, and the first one's file stays whole."""
    first = Journal.open(recording, ABOUT)
    first.put("heard", "a", 1)
    second = Journal.open(recording, ABOUT)
    assert second.notice is not None and "Another run" in second.notice
    second.put("heard", "b", 2)
    assert second.get("heard", "b") is None and second.get("heard", "a") is None
    assert conversation(Remembering(Made(), second)) == conversation(Made())
    first.put("heard", "c", 3)
    first.finish()
    third = Journal.open(recording, ABOUT)
    assert third.notice is None and len(third) == 2
    third.finish()


def test_a_folder_that_cannot_be_made_stops_nobody(recording: Path) -> None:
    """Keeping is a help, never a condition."""
    (home() / "heard").write_text("a file is in the way")
    closed = Journal.open(recording, ABOUT)
    assert closed.notice is not None and "cannot be kept" in closed.notice
    assert conversation(Remembering(Made(), closed)) == conversation(Made())


def test_a_full_disk_stops_nobody(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a line on a full disk: the run goes on without, and the next one finds the lines before it."""
    first = Journal.open(recording, ABOUT)
    first.put("heard", "a", 1)
    real = first._file
    assert real is not None

    class Full:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def write(self, data: bytes) -> int:
            if len(data) < 10:
                raise OSError(28, "No space left on device")
            return real.write(data[: len(data) - 5])

    monkeypatch.setattr(first, "_file", Full())
    first.put("heard", "b", "2" * 10)
    assert first.notice is not None and "no space left" in first.notice
    assert conversation(Remembering(Made(), first)) == conversation(Made())
    second = Journal.open(recording, ABOUT)
    assert (second.get("heard", "a"), second.get("heard", "b")) == (1, None)
    second.finish()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
def test_a_stream_is_not_used_up_for_its_checksum(tmp_path: Path) -> None:
    """A pipe can be read once, by the decoder."""
    os.mkfifo(tmp_path / "pipe")
    opened = Journal.open(tmp_path / "pipe", ABOUT)
    assert opened.notice is not None and "stream" in opened.notice


# --- people's words ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="rights are no bits there")
def test_only_its_owner_can_read_it(recording: Path) -> None:
    """P3: it holds what people said; also where somebody opened it up meanwhile."""
    Journal.open(recording, ABOUT).finish()
    (file,) = files()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    Journal.open(recording, ABOUT).finish()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_can_be_listed_and_forgotten(recording: Path, tmp_path: Path) -> None:
    """By the recording where it is there, by its name where it is gone, and all of it at once."""
    other = tmp_path / "other.wav"
    other.write_bytes(b"another")
    for path, about in ((recording, ABOUT), (recording, ABOUT | {"model": "2"}), (other, ABOUT)):
        Journal.open(path, about).finish()
    assert sorted(k.name for k in journal.kept()) == ["call.wav", "call.wav", "other.wav"]
    assert all(k.size > 50 and k.when[:2] == "20" for k in journal.kept())
    renamed = recording.rename(tmp_path / "renamed.wav")
    assert journal.forget(renamed) == 2
    other.unlink()
    assert journal.forget(tmp_path / "nobody.wav") == 0
    assert journal.forget(other) == 1 and journal.kept() == []
    Journal.open(renamed, ABOUT).finish()
    assert journal.forget_all() == 1 and files() == []


def test_what_nobody_used_for_a_month_goes_at_the_next_start(recording: Path, tmp_path: Path) -> None:
    """Thirty days after it was last used; what is used stays."""
    other = tmp_path / "other.wav"
    other.write_bytes(b"another")
    for path in (recording, other):
        Journal.open(path, ABOUT).finish()
    for file in files():
        os.utime(file, (time.time() - 29 * 86_400,) * 2)
    Journal.open(other, ABOUT).finish()
    assert len(files()) == 2
    old = next(f for f in files() if f.stat().st_mtime < time.time() - 86_400)
    os.utime(old, (time.time() - 31 * 86_400,) * 2)
    Journal.open(other, ABOUT).finish()
    assert [k.name for k in journal.kept()] == ["other.wav"]
