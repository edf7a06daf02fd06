"""Programs that speak: found or named as missing, fed without a shell, stopped at once, and their failures told."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from duologue.practice.aloud.base import NoSound
from duologue.practice.aloud.mouths import TONES, Espeak, Piper, Tone
from duologue.practice.aloud.programs import Programs, plain
from duologue.practice.scenario import TEMPERAMENTS


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH, for programs of the test's own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("cat", "sh", "sleep", "cp"):
        found = next(p / name for p in (Path("/bin"), Path("/usr/bin")) if (p / name).exists())
        (folder / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder))
    return folder


def tool(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def voice(folder: Path, about: str = json.dumps({"audio": {"sample_rate": 22050}})) -> Path:
    (folder / "amy.onnx").write_bytes(b"")
    (folder / "amy.onnx.json").write_text(about)
    return folder / "amy.onnx"


def test_what_is_missing_is_named_with_how_to_get_it(tools: Path, tmp_path: Path) -> None:
    """One line each, with the next step in it."""
    with pytest.raises(NoSound, match=r"espeak-ng is not installed.*apt install espeak-ng"):
        Espeak()
    with pytest.raises(NoSound, match=r"piper is not installed.*PATH"):
        Piper(voice(tmp_path))
    tool(tools, "piper", "cat")
    with pytest.raises(NoSound, match=r"none is installed.*aplay"):
        Piper(voice(tmp_path))


def test_text_goes_in_over_standard_input_alone(tools: Path, tmp_path: Path) -> None:
    """No word of it can be a command or an option, and none shows in the list of processes."""
    tool(tools, "espeak-ng", f'printf "%s\\n" "$@" >{tmp_path}/arguments; cat >{tmp_path}/text')
    text = '--help; $(touch /x) `ls` | "quoted" [[h@\'loU]] and\nmore'
    said = Espeak(Tone(variant="en-gb-scotland", speed=150, pitch=40)).speak(text)
    said.wait()
    assert (tmp_path / "text").read_text() == plain(text) + "\n"
    assert (tmp_path / "arguments").read_text().split() == ["-v", "en-gb-scotland", "-s", "150", "-p", "40", "--stdin"]
    assert "[[" not in plain(text)


@pytest.mark.parametrize(
    ("player", "told"),
    [
        ("aplay", "-q -t raw -f S16_LE -c 1 -r 22050 -"),
        ("paplay", "--raw --format=s16le --channels=1 --rate=22050"),
        ("ffplay", "-nodisp -autoexit -loglevel error -f s16le -ar 22050 -i -"),
    ],
)
def test_piper_through_a_player(player: str, told: str, tools: Path, tmp_path: Path) -> None:
    """What Piper gives goes to the player as it comes, at the rate of the voice."""
    tool(tools, "piper", f'echo "$@" >{tmp_path}/arguments; printf "sound of: "; cat')
    tool(tools, player, f'echo "$@" >{tmp_path}/played; cat >{tmp_path}/sound')
    mouth = Piper(voice(tmp_path))
    said = mouth.speak("They pile up.")
    said.wait()
    assert (tmp_path / "sound").read_text() == "sound of: They pile up.\n"
    assert (tmp_path / "played").read_text().strip() == told
    assert "--output_raw" in (tmp_path / "arguments").read_text()
    assert mouth.name == f"piper, amy, through {player}"


def test_a_player_that_needs_a_file_gets_one_that_is_gone_afterwards(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """macOS's player: Piper writes, then it plays, and nothing of what was said is left."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    tool(tools, "piper", 'while [ "$1" != --output_file ]; do shift; done; cat >"$2"')
    tool(tools, "afplay", f'cp "$1" {tmp_path}/sound')
    Piper(voice(tmp_path)).speak("They pile up.").wait()
    assert (tmp_path / "sound").read_text() == "They pile up.\n"
    assert list(scratch.iterdir()) == []


def test_stopping_kills_every_program_of_a_pipe_within_100_ms(tools: Path, tmp_path: Path) -> None:
    """Neither the one that speaks nor the one that plays is left."""
    tool(tools, "piper", f"echo $$ >{tmp_path}/one; exec sleep 60")
    tool(tools, "aplay", f"echo $$ >{tmp_path}/two; exec sleep 60")
    said = Piper(voice(tmp_path)).speak("They pile up.")
    pids = [pid_in(tmp_path / name) for name in ("one", "two")]
    assert not said.done
    began = time.monotonic()
    said.stop()
    assert time.monotonic() - began < 0.1
    assert said.done
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    said.stop()  # does no harm


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("cat >/dev/null; echo 'ALSA lib: no card' >&2; echo 'error: No such file or directory' >&2", "No such file"),
        ("echo 'cannot open audio device' >&2; exit 3", "cannot open audio device"),
        ("exit 1", "it ended early"),
    ],
)
def test_a_program_that_cannot_speak_says_why(script: str, why: str, tools: Path) -> None:
    """In one line; espeak-ng ends with 0 where there is no sound device."""
    tool(tools, "espeak-ng", script)
    with pytest.raises(NoSound, match=f"could not speak.*{why}"):
        Espeak().speak("They pile up.").wait()


def test_what_is_no_program_is_said(tmp_path: Path) -> None:
    """A file that cannot be started is an error of ours, not of Python's."""
    (tmp_path / "no").write_text("")
    with pytest.raises(NoSound, match="cannot be started"):
        Programs("no", "text", [((str(tmp_path / "no"),),)])


@pytest.mark.parametrize(
    "about", ["", "{}", '{"audio": {"sample_rate": "fast"}}', '{"audio": {"sample_rate": 1}}', "[]"]
)
def test_a_voice_of_piper_that_is_not_whole(about: str, tools: Path, tmp_path: Path) -> None:
    """What is wrong with its file is said with where it is."""
    tool(tools, "piper", "cat")
    with pytest.raises(NoSound, match=r"amy\.onnx\.json: it does not say at what rate"):
        Piper(voice(tmp_path, about))
    with pytest.raises(NoSound, match="no such voice"):
        Piper(tmp_path / "other.onnx")


def test_every_temperament_has_a_tone_of_its_own() -> None:
    """Brisk is faster than warm, and warm faster than wary."""
    assert set(TONES) == set(TEMPERAMENTS)
    assert TONES["brisk"].speed > TONES["warm"].speed > TONES["wary"].speed


def test_tones_that_espeak_does_not_have_are_refused() -> None:
    with pytest.raises(ValueError, match="words a minute"):
        Tone(speed=20)


def pid_in(path: Path) -> int:
    """The process that wrote its number there; it is waited for."""
    for _ in range(500):
        if path.exists() and path.read_text().strip():
            return int(path.read_text())
        time.sleep(0.01)
    raise AssertionError(f"{path.name} never started")
