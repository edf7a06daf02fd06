"""What a recording looks like from outside: its first bytes, whatever its name says. Nothing here hears it."""

from __future__ import annotations

from pathlib import Path

ENOUGH = 512  # bytes of a file that tell: two packets of MPEG's transport stream and a third one's mark

_ANYWHERE = (
    b"OggS",  # Ogg: Vorbis, Opus, Speex
    b"fLaC",
    b"\x1aE\xdf\xa3",  # Matroska and WebM
    b"#!AMR",
    b"caff\x00\x01",
    b".snd\x00\x00\x00",  # Sun audio: the offset of the sound follows, below 2^24
    b"wvpk",
    b"MAC ",  # Monkey's Audio
    b"FLV\x01",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # ASF: WMA and WMV
    b"riff\x2e\x91\xcf\x11",  # Wave64
    b"\x00\x00\x01\xba",  # MPEG programme stream
)
_CHUNKED = {b"RIFF": (b"WAVE", b"AVI "), b"RF64": (b"WAVE",), b"BW64": (b"WAVE",), b"FORM": (b"AIFF", b"AIFC", b"8SVX")}
_PICTURES = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"crx ")  # in the same box as MP4, and no sound
_BOXES = (b"moov", b"mdat", b"wide", b"skip")  # what an old QuickTime file may begin with


def is_recording(head: bytes) -> bool:
    """Whether a file that begins with `head` (ENOUGH bytes of it tell) is a recording of sound or film."""
    if head[:3] == b"ID3":
        return head[3:4] in (b"\x02", b"\x03", b"\x04")  # the version of the tag: text may begin with the letters
    if head.startswith(_ANYWHERE):
        return True
    if head[:4] in _CHUNKED:
        return head[8:12] in _CHUNKED[head[:4]]
    if head[4:8] == b"ftyp":
        return head[8:12] not in _PICTURES
    if head[4:8] in _BOXES:
        return head[0] < 32 and b"\x00" in head[:4]  # a size in the first four bytes, which text has not
    if len(head) > 376 and head[0] == head[188] == head[376] == ord("G") and b"\x00" in head:
        return True  # three packets of an MPEG transport stream
    return _mpeg(head)


def path_is_recording(path: str | Path) -> bool:
    """Whether the file at `path` is a recording, by its first bytes. False where it cannot be opened or is a folder."""
    try:
        with Path(path).open("rb") as file:
            return is_recording(file.read(ENOUGH))
    except (OSError, ValueError):
        return False


def _mpeg(head: bytes) -> bool:
    """Whether an MPEG frame header (ISO 11172-3, or ADTS of ISO 14496-3) stands here, its reserved values apart."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or head[:2] in (b"\xff\xfe", b"\xff\xff"):
        return False  # FF FE begins UTF-16
    if head[1] & 0xF6 == 0xF0:  # ADTS: thirteen sampling rates
        return (head[2] >> 2) & 15 < 13
    version, layer, rate, pitch = (head[1] >> 3) & 3, (head[1] >> 1) & 3, head[2] >> 4, (head[2] >> 2) & 3
    return version != 1 and layer != 0 and rate not in (0, 15) and pitch != 3
