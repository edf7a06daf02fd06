"""Files that people give and that hold no transcript we read: each is named, with what to do instead.

Without this a PDF whose bytes are text would be read as prose, and a recording would be called "binary".
"""

from __future__ import annotations

import re

from duologue.errors import UnreadableInput
from duologue.readers import archive
from duologue.readers.base import Source
from duologue.recordings import ENOUGH, is_recording

_RECORDING = ("a recording, not a transcript", "Give its file to `duologue review FILE` or `duologue listen FILE`")
_PICTURE = ("a picture", "Give the words as text; most apps can export a chat or a transcript")
_PACKED = ("a packed file", "Unpack it and give what is in it")
_TABLE = ("a table (CSV), which is not read", "Write it as lines of “Name: text”, or as JSON with speaker and text")

_BEGINS: tuple[tuple[tuple[bytes, ...], tuple[str, str]], ...] = (
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"), _PICTURE),
    ((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh9", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"), _PACKED),
    ((b"%PDF",), ("a PDF, which is not read", "Save its words as .docx or .txt and give that")),
    ((b"{\\rtf",), ("rich text (RTF), which is not read", "Save it as .docx or .txt and give that")),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = {
    "xl/": ("a spreadsheet, which is not read", _TABLE[1]),
    "ppt/": ("a presentation", "Give the transcript itself"),
    "content.xml": ("an OpenDocument file, which is not read", "Save it as .docx or .txt and give that"),
}
_WHO = frozenset(("speaker", "name", "participant", "who", "speaker name", "speaker_name", "user", "author"))
_WHAT = frozenset(("text", "utterance", "sentence", "transcript", "message", "words", "content"))


def refuse(source: Source) -> None:
    """Raise UnreadableInput where the first bytes, or the name of a table, say what this is instead."""
    head = source.data[:64]
    known = next((said for begins, said in _BEGINS if head.startswith(begins)), None)
    if known is None and is_recording(source.data[:ENOUGH]):
        known = _RECORDING
    elif known is None and ((head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:8] == b"ftyp"):
        known = _PICTURE
    elif known is None and head.startswith(_OLE) and source.extension not in ("doc", "docx", ""):
        mail = source.extension == "msg"
        hint = "Save the e-mail as .eml" if mail else "Save its words as .docx or .txt and give that"
        known = (f"an old Office file (.{source.extension[:8]}), which is not read", hint)
    elif known is None and re.match(rb"\s*<(?:!doctype\s+html|html)\b", head, re.IGNORECASE):
        known = ("a web page", "Save the transcript that it shows as text")
    elif known is None and _is_table(source):
        known = _TABLE
    if known is not None:
        raise UnreadableInput(f"this is {known[0]}", hint=known[1])


def refuse_archive(source: Source) -> None:
    """Raise UnreadableInput that says what a zip is which no reader knows."""
    held = archive.names(source) if source.path is None else ()
    for begin, (what, hint) in _OFFICE.items():
        if any(name.startswith(begin) for name in held):
            raise UnreadableInput(f"this is {what}", hint=hint)
    if source.path is None and source.data.startswith(b"PK"):
        raise UnreadableInput("this is a zip archive and no export that is known", hint=_PACKED[1])


def _is_table(source: Source) -> bool:
    """By its name, or by a first line that heads columns of who and what."""
    if source.extension in ("csv", "tsv"):
        return source.text is not None
    first = source.data[:400].split(b"\n", 1)[0].decode("utf-8", "replace").casefold()
    columns = {c.strip(" \"'\r\ufeff") for c in re.split(r"[,;\t]", first)}
    return len(columns) > 1 and not columns.isdisjoint(_WHO) and not columns.isdisjoint(_WHAT)
