"""A recording of any format becomes samples on its own clock; a bad one becomes a clear line, and nothing worse."""

from __future__ import annotations

import os
import struct
import sys
import tracemalloc
import wave
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.recorded import clicks, heard_at, record
from duologue.audio.base import RATE, Blocks
from duologue.audio.decode import Limits, opened
from duologue.errors import MissingExtra, UnreadableInput

TIMES = (0.3, 1.0004, 2.5, 3.71)
# name → codec, rate. Each as its own container writes it: what a coder puts before the sound must not move the times.
FORMATS = {
    "a.wav": ("pcm_s16le", 44100),
    "telephone.wav": ("pcm_mulaw", 8000),
    "a.flac": ("flac", 48000),
    "a.mp3": ("libmp3lame", 44100),
    "low.mp3": ("libmp3lame", 8000),
    "a.m4a": ("aac", 44100),
    "a.mp4": ("aac", 48000),
    "a.mov": ("aac", 16000),
    "a.opus": ("libopus", 48000),
    "a.ogg": ("libopus", 8000),
    "a.webm": ("libopus", 48000),
    "a.mkv": ("aac", 44100),
    "a.aiff": ("pcm_s16be", 22050),
    "a.caf": ("pcm_s16le", 16000),
    "a.au": ("pcm_mulaw", 8000),
    "lossless.m4a": ("alac", 44100),
}
# What these containers do not say is how much the coder put before the sound: a player is late by the same.
LATE = {"a.ts": ("aac", 44100), "a.aac": ("aac", 44100), "a.wma": ("wmav2", 44100), "a.avi": ("libmp3lame", 44100)}


ANY = Limits()


def hear(path: Path, limits: Limits = ANY) -> tuple[Blocks, tuple[str, ...]]:
    with opened(path, limits) as recording:
        return np.concatenate(list(recording.blocks()), axis=1), recording.notices


def wav(path: Path, samples: bytes, *, rate: int = 16000, channels: int = 1, width: int = 2) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, width, rate, 0, "NONE", ""))
        file.writeframes(samples)
    return path


@pytest.mark.parametrize("name", [*FORMATS, *LATE])
def test_a_click_is_where_it_was(name: str, tmp_path: Path) -> None:
    """P3 and every measure of time rest on it: within 5 ms (within a frame of the coder where a file does not say)."""
    codec, rate = {**FORMATS, **LATE}[name]
    sound, notices = hear(record(tmp_path / name, [(clicks(4.25, rate, TIMES, 2), 0.0)], rate, codec))
    assert notices == () and sound.dtype == np.float32 and len(sound) == 2
    for channel in sound:
        for time in TIMES:
            assert abs(heard_at(channel, time) - time) < (0.005 if name in FORMATS else 0.060)
    assert abs(sound.shape[1] / RATE - 4.25) < 0.15


@settings(max_examples=15)
@given(
    rate=st.sampled_from([8000, 11025, 16000, 22050, 32000, 44100, 48000, 96000, 192000]),
    channels=st.integers(1, 8),
    seconds=st.floats(0.05, 2.5),
    codec=st.sampled_from(["pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_alaw"]),
)
def test_whatever_the_rate_and_channels(
    tmp_path_factory: pytest.TempPathFactory, rate: int, channels: int, seconds: float, codec: str
) -> None:
    """Every channel comes out as itself, as long as it was, a second a block."""
    count = max(1, round(seconds * rate))
    tone = np.sin(2 * np.pi * 440 * np.arange(count) / rate)
    levels = [0.1 * (n + 1) for n in range(channels)]
    sound = np.array([level * tone for level in levels], np.float32)
    path = record(tmp_path_factory.mktemp("any") / "a.wav", [(sound, 0.0)], rate, codec)
    with opened(path) as recording:
        blocks = list(recording.blocks())
        assert recording.channels == channels and recording.notices == ()
        assert recording.seconds == pytest.approx(count / rate, abs=0.01)
    assert all(b.shape == (channels, RATE) for b in blocks[:-1])
    heard = np.concatenate(blocks, axis=1)
    assert abs(heard.shape[1] - count * RATE / rate) <= 2
    middle = heard[:, RATE // 100 : -RATE // 100]
    if middle.shape[1] > RATE // 50:
        assert np.abs(middle).max(axis=1) == pytest.approx(levels, rel=0.1, abs=0.02)


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    """A WAV called .mp3 is a WAV; what it is stands in `about`."""
    path = wav(tmp_path / "call.mp3", bytes(32000))
    with opened(path) as recording:
        assert recording.about == "uncompressed, 16 kHz, 1 channel"
        assert sum(b.shape[1] for b in recording.blocks()) == RATE


def test_sound_that_comes_late_and_packets_that_are_lost_leave_silence(tmp_path: Path) -> None:
    """A film whose sound sets in after 1.2 s, and six packets that never came: what follows is where it was."""
    sound = clicks(4.0, 48000, (0.5, 3.0))
    path = record(tmp_path / "a.mkv", [(sound, 1.2)], 48000, "libopus", film=True, skip=range(90, 96))
    heard, _ = hear(path)
    assert not heard[0, : round(1.15 * RATE)].any()
    for time in (1.7, 4.2):
        assert abs(heard_at(heard[0], time) - time) < 0.005


def test_a_film_without_sound_says_so(tmp_path: Path) -> None:
    """Issue 5, bad input."""
    with (
        pytest.raises(UnreadableInput, match="it has no sound"),
        opened(record(tmp_path / "a.mp4", [], 1, "", film=True)),
    ):
        pass


def test_tracks_of_one_channel_are_channels(tmp_path: Path) -> None:
    """As a meeting recorder writes them: each speaker's track is a channel, and a short one is silent at its end."""
    tracks = [(clicks(3.0, 16000, (0.5,)), 0.0), (clicks(2.0, 16000, (1.5,)), 0.0)]
    heard, notices = hear(record(tmp_path / "a.mka", tracks, 16000, "pcm_s16le", format="matroska"))
    assert heard.shape == (2, 3 * RATE)
    assert heard_at(heard[0], 0.5) == pytest.approx(0.5, abs=0.005) and heard_at(heard[1], 0.5) == -1
    assert heard_at(heard[1], 1.5) == pytest.approx(1.5, abs=0.005) and not heard[1, 2 * RATE + 100 :].any()
    assert notices == ("The recording holds 2 tracks of one channel: each is heard as a channel.",)


def test_of_several_sound_tracks_the_marked_one_is_heard(tmp_path: Path) -> None:
    """A film with a commentary: the track that players take, and a word about it."""
    tracks = [(clicks(2.0, 16000, (0.5,), 2), 0.0), (clicks(2.0, 16000, (1.5,), 2), 0.0)]
    path = record(tmp_path / "a.mkv", tracks, 16000, "pcm_s16le", default=1)
    heard, notices = hear(path)
    assert heard_at(heard[0], 1.5) == pytest.approx(1.5, abs=0.005) and heard_at(heard[0], 0.5) == -1
    assert notices == ("The recording holds 2 sound tracks: number 2 is heard, the others are not.",)


def test_numbers_that_are_none_become_silence(tmp_path: Path) -> None:
    """A WAV of floats may hold NaN, infinity and more than full scale: what goes on from here holds none of it."""
    sound = clicks(2.0, 16000, (0.5, 1.5))
    sound[0, 16000:16010], sound[0, 17000], sound[0, 18000] = np.nan, np.inf, 7.5
    heard, _ = hear(record(tmp_path / "a.wav", [(sound, 0.0)], 16000, "pcm_f32le"))
    assert np.isfinite(heard).all() and np.abs(heard).max() <= 1
    assert heard_at(heard[0], 1.5) == pytest.approx(1.5, abs=0.005)


# --- damage ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.webm", "a.mkv"])
def test_a_recording_that_breaks_off_is_heard_up_to_there(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The battery was empty, the upload stopped: what there is, and a notice. FFmpeg's own complaints are not shown."""
    codec, rate = FORMATS[name]
    path = record(tmp_path / name, [(clicks(8.0, rate, (0.5, 2.0)) + 0.01 * _noise(8.0, rate), 0.0)], rate, codec)
    os.truncate(path, path.stat().st_size * 11 // 20)
    heard, notices = hear(path)
    assert abs(heard_at(heard[0], 2.0) - 2.0) < 0.005
    assert 3 < heard.shape[1] / RATE < 6
    assert len(notices) == 1 and notices[0].startswith("The recording breaks off at 0:0")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["a.flac", "a.mp3", "a.webm", "a.m4a", "a.ogg"])
def test_damage_in_the_middle_leaves_the_rest_where_it_was(name: str, tmp_path: Path) -> None:
    """Some hundred bytes turned over: what comes after is heard, at most two packets away from its time."""
    codec, rate = FORMATS[name]
    path = record(tmp_path / name, [(clicks(8.0, rate, (1.0, 7.0)) + 0.05 * _noise(8.0, rate), 0.0)], rate, codec)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 300] = np.random.default_rng(3).bytes(300)
    path.write_bytes(data)
    heard, _ = hear(path)
    assert abs(heard_at(heard[0], 1.0) - 1.0) < 0.005
    assert abs(heard_at(heard[0], 7.0) - 7.0) < 0.080
    assert abs(heard.shape[1] / RATE - 8.0) < 0.15


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    """A hole in the file is silence of its length, and a notice says how long and where."""
    path = record(tmp_path / "a.flac", [(_noise(8.0, 48000), 0.0)], 48000, "flac")
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 90_000] = bytes(90_000)
    path.write_bytes(data)
    heard, notices = hear(path)
    silent = (np.abs(heard[0]) < 1e-6).mean() * 8
    assert 0.5 < silent < 1.5 and heard.shape[1] == 8 * RATE
    assert len(notices) == 1 and f"({silent:.1f} s in all, the first at 0:0" in notices[0]


def _noise(seconds: float, rate: int) -> Blocks:
    return np.random.default_rng(5).uniform(-0.3, 0.3, (1, round(seconds * rate))).astype(np.float32)


@settings(max_examples=40)
@given(
    name=st.sampled_from(["a.mp3", "a.m4a", "a.flac", "a.ogg", "a.webm", "a.wav", "a.aiff"]), seed=st.integers(0, 999)
)
def test_no_damage_does_worse_than_a_clear_line(tmp_path_factory: pytest.TempPathFactory, name: str, seed: int) -> None:
    """Bytes turned over anywhere, headers included: samples that are samples, or UnreadableInput. Never another error,
    and never much more sound than the file had."""
    codec, rate = FORMATS[name]
    whole = _made(name, codec, rate, tmp_path_factory)
    data, random = bytearray(whole), np.random.default_rng(seed)
    for _ in range(random.integers(1, 12)):
        where = int(random.integers(0, len(data) if random.random() < 0.5 else 400))
        data[where] = int(random.integers(0, 256))
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(data[: int(random.integers(1, len(data) + 1))] if random.random() < 0.3 else data)
    try:
        with opened(path, Limits(seconds=600)) as recording:
            for block in recording.blocks():
                assert block.dtype == np.float32 and np.isfinite(block).all() and np.abs(block).max() <= 1
    except UnreadableInput as error:
        assert error.hint and error.where


_MADE: dict[str, bytes] = {}


def _made(name: str, codec: str, rate: int, folders: pytest.TempPathFactory) -> bytes:
    if name not in _MADE:
        path = folders.mktemp("whole") / name
        _MADE[name] = record(path, [(_noise(1.5, rate), 0.0)], rate, codec).read_bytes()
    return _MADE[name]


# --- what is none ----------------------------------------------------------------------------------------------------

HEAD = (
    b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x80\x3e\x00\x00\x00\x7d\x00\x00\x02\x00\x10\x00data"
)
NOTHING = {
    "zero length": ("a.wav", b"", "empty"),
    "a header alone": ("a.wav", HEAD + bytes(4), "no sound"),
    "half a header": ("a.wav", HEAD[:20], "damaged"),
    "an MP4 that was never finished": ("a.m4a", b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00" + bytes(4000), "cut off"),
    "text called .mp3": ("a.mp3", b"Ana: hello\nBo: hello\n" * 50, "no recording"),
    "zeros": ("a.wav", bytes(5000), "no recording"),
    "a playlist": (
        "a.m3u8",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\ngood.wav\n#EXT-X-ENDLIST\n",
        "no recording",
    ),
    "a list of files": ("a.mp3", b"ffconcat version 1.0\nfile good.wav\n", "no recording"),
    "a picture": ("a.mp4", b"\x89PNG\r\n\x1a\n" + bytes(400), "no recording"),
}


@pytest.mark.parametrize("case", NOTHING)
def test_what_is_no_recording_is_refused_in_a_line(
    case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What, where and what to do next. A playlist opens nothing else, though a good recording lies beside it."""
    name, data, said = NOTHING[case]
    wav(tmp_path / "good.wav", bytes(32000))
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableInput) as caught:
        hear(tmp_path / name)
    assert said in caught.value.what and caught.value.where.endswith(name) and caught.value.hint
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, a file that is not there, a name that cannot be, a pipe, and a file closed to us."""
    os.mkfifo(tmp_path / "pipe.wav")
    for path, said in (
        (tmp_path, "folder"),
        (tmp_path / "nobody.wav", "no such file"),
        (tmp_path / "a\x00b.wav", "cannot be opened"),
        (tmp_path / "pipe.wav", "no file"),
    ):
        with pytest.raises(UnreadableInput, match=said), opened(path):
            pass
    path = wav(tmp_path / "a.wav", bytes(320))

    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(UnreadableInput, match="permission denied"), opened(path):
        pass


def test_without_pyav_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain install works, and names the extra where one is needed."""
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(MissingExtra, match=r"duologue\[audio\]"), opened(wav(tmp_path / "a.wav", bytes(320))):
        pass


# --- lengths ---------------------------------------------------------------------------------------------------------


def test_longer_than_the_limit_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    """Where the header says so. At the limit it is heard."""
    path = wav(tmp_path / "a.wav", bytes(2 * 16000 * 5))
    with pytest.raises(UnreadableInput, match="0:05 long, and 0:04"), opened(path, Limits(seconds=4)):
        pass
    assert hear(path, Limits(seconds=5))[1] == ()


def test_a_header_that_cannot_be_true_is_not_believed(tmp_path: Path) -> None:
    """A program that streams a WAV writes the greatest length there is: not refused, and not called broken off."""
    data = bytearray(wav(tmp_path / "a.wav", bytes(64000)).read_bytes())
    data[4:8] = data[40:44] = struct.pack("<I", 0xFFFFFFFF)
    (tmp_path / "a.wav").write_bytes(data)
    heard, notices = hear(tmp_path / "a.wav")
    assert heard.shape[1] == 2 * RATE and notices == ()


def test_where_no_length_is_said_hearing_stops_at_the_limit(tmp_path: Path) -> None:
    """A browser's recording claims no length: heard up to the limit, and a notice says that there is more."""
    path = tmp_path / "live.webm"
    with path.open("wb") as file:

        class Pipe:  # what cannot be gone back in gets no length in its header
            write = file.write

        import av

        with av.open(Pipe(), "w", format="webm", options={"live": "1"}) as out:
            stream = out.add_stream("libopus", rate=48000, layout="mono")
            for number in range(10):
                frame = av.AudioFrame.from_ndarray(_noise(1.0, 48000), format="fltp", layout="mono")
                frame.sample_rate, frame.pts = 48000, number * 48000
                out.mux(stream.encode(frame))
            out.mux(stream.encode(None))
    with opened(path, Limits(seconds=3.5)) as recording:
        assert recording.seconds is None
        assert sum(b.shape[1] for b in recording.blocks()) == round(3.5 * RATE)
        assert recording.notices == (
            "The recording goes on after 0:03, the longest that is heard; the rest was left out.",
        )


def test_ten_hours_take_the_memory_of_a_second(tmp_path: Path) -> None:
    """The file has its full length (with holes, which a disk does not store); a minute of it is heard."""
    path = wav(tmp_path / "a.wav", b"", rate=8000)
    data = bytearray(path.read_bytes())
    long = 10 * 3600 * 8000 * 2
    data[4:8], data[40:44] = struct.pack("<I", long + 36), struct.pack("<I", long)
    path.write_bytes(data)
    os.truncate(path, long + 44)
    tracemalloc.start()
    with opened(path) as recording:
        assert recording.seconds == pytest.approx(36000)
        assert all(b.shape == (1, RATE) for b in islice(recording.blocks(), 60))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**20
