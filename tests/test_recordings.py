"""What is a recording is told by its first bytes: every common one is known, and no text is taken for one."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue.errors import UnreadableInput
from duologue.readers import Source, detect
from duologue.recordings import is_recording, path_is_recording

RECORDINGS = {
    "wav": b"RIFF\x24\x08\x00\x00WAVEfmt ",
    "avi": b"RIFF\x24\x08\x00\x00AVI LIST",
    "rf64": b"RF64\xff\xff\xff\xffWAVEds64",
    "wave64": b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00",
    "mp3 with a tag": b"ID3\x04\x00\x00\x00\x00\x0f\x76TSSE",
    "mp3": b"\xff\xfb\x90\x64\x00\x0f\xf0",
    "mp3 of MPEG-2": b"\xff\xf3\x40\xc4\x00",
    "aac": b"\xff\xf1\x50\x80\x2e\x7f\xfc",
    "ogg": b"OggS\x00\x02" + bytes(20),
    "flac": b"fLaC\x00\x00\x00\x22",
    "webm": b"\x1aE\xdf\xa3\x9fB\x86\x81",
    "m4a": b"\x00\x00\x00\x1cftypM4A \x00\x00\x02\x00",
    "3gp": b"\x00\x00\x00\x18ftyp3gp4\x00\x00\x00\x00",
    "old mov": b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat",
    "amr": b"#!AMR\n\x3c",
    "amr wide": b"#!AMR-WB\n\x24",
    "aiff": b"FORM\x00\x00\x10\x00AIFFCOMM",
    "aifc": b"FORM\x00\x00\x10\x00AIFCFVER",
    "wma": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa",
    "caf": b"caff\x00\x01\x00\x00desc",
    "au": b".snd\x00\x00\x00\x18\x00\x00\x10\x00",
    "flv": b"FLV\x01\x05",
    "wavpack": b"wvpk\x10\x00",
    "transport stream": (b"\x47\x40\x00\x10" + bytes(184)) * 3,
}
NONE = {
    "empty": b"",
    "UTF-16": "Ana: hello".encode("utf-16"),
    "UTF-16 of high letters": "\ufeff語彙".encode("utf-16-be"),
    "UTF-8 with its mark": b"\xef\xbb\xbfAna: hello",
    "Latin-1 that begins with ÿ": "ÿes, said Ana".encode("latin-1"),
    "a talk about sound": b"RIFF? asked Ana. WAVE, said Bo.",
    "a talk about tags": b"ID3 is a tag, said Ana",
    "a talk about Ogg": b"Ogg said hello",
    "a talk about forms": b"FORM 12, said Ana, AIFF",
    "a talk that skips": b"The skip is full, said Ana",
    "capital letters": b"GGGG" * 200,
    "a picture on the web": b"RIFF\x24\x08\x00\x00WEBPVP8 ",
    "a picture of a telephone": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "PNG": b"\x89PNG\r\n\x1a\n",
    "zip": b"PK\x03\x04",
    "only ones": b"\xff" * 600,
    "zeros": bytes(600),
}


@pytest.mark.parametrize("kind", RECORDINGS)
def test_a_recording_is_known(kind: str, tmp_path: Path) -> None:
    """Each container is known by its mark, from the file as well, and whatever the file is called."""
    assert is_recording(RECORDINGS[kind] + bytes(100) if kind != "transport stream" else RECORDINGS[kind])
    file = tmp_path / "talk.txt"
    file.write_bytes(RECORDINGS[kind])
    assert path_is_recording(file)


@pytest.mark.parametrize("kind", NONE)
def test_nothing_else_is_taken_for_one(kind: str) -> None:
    """A transcript that begins like a mark, a picture in the box of a film: no false hit."""
    assert not is_recording(NONE[kind])


@given(st.text())
def test_no_text_is_a_recording(text: str) -> None:
    """Whatever people write, in UTF-8 or UTF-16 with its mark. Control characters apart: no transcript holds them."""
    printable = "".join(c for c in text if c.isprintable() or c in "\t\r\n")
    if printable[:4] not in ("OggS", "fLaC", "wvpk", "MAC ") and printable[:5] != "#!AMR":
        assert not is_recording(printable.encode("utf-8", "replace"))
    assert not is_recording(printable.encode("utf-16", "replace"))


@given(st.binary(max_size=600))
def test_any_bytes_get_an_answer(head: bytes) -> None:
    """Short, cut or random: an answer, never an error, and the same for as much as is asked for."""
    assert is_recording(head) in (True, False)


def test_what_cannot_be_opened_is_none(tmp_path: Path) -> None:
    """Asking is safe for a folder, a name that is not there, and a name that cannot be."""
    assert not path_is_recording(tmp_path)
    assert not path_is_recording(tmp_path / "nobody.wav")
    assert not path_is_recording("a\x00b")


def test_a_reader_that_gets_a_recording_says_what_reads_it() -> None:
    """On standard input, or through the library's `read`: the command that hears it."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(1600))
    with pytest.raises(UnreadableInput, match="recording") as caught:
        detect(Source(data=made.getvalue(), name="standard input"))
    assert "duologue listen FILE" in caught.value.hint and "duologue review FILE" in caught.value.hint


def test_a_telephones_picture_is_a_picture() -> None:
    """It lies in the same box as an MP4 and is not to be called a recording."""
    with pytest.raises(UnreadableInput, match="picture"):
        detect(Source(data=NONE["a picture of a telephone"], name="a.heic"))
