"""DOCX: what meeting tools save as Word files, and Word files that mean harm (issue 2, readers and bad input)."""

from __future__ import annotations

import io
import zipfile

import pytest

from duologue.errors import UnreadableInput
from duologue.readers import Source, Sure, read_source, reader
from fixtures_readers import DOCX, docx


def _table(*rows: tuple[str, ...]) -> bytes:
    import docx as word

    document = word.Document()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _repacked(change: dict[str, bytes], *, drop: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DOCX)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != drop:
                new.writestr(name, change.pop(name, old.read(name)))
        for name, data in change.items():
            new.writestr(name, data)
    return out.getvalue()


def _turns(data: bytes) -> list[tuple[str, str, float | None]]:
    return [(t.speaker, t.text, t.start) for t in read_source(Source(data=data, name="call.docx")).turns]


ASKED, TOLD = "What brings you here?", "Our counts never agree."
EXPECTED = [("Ana Ruiz", ASKED, 3.0), ("Ben Ode", TOLD, 7.0)]

SHAPES = {
    "teams": docx("Ana Ruiz started transcription", f"Ana Ruiz   0:03\n{ASKED}", f"Ben Ode   0:07\n{TOLD}"),
    "teams, old": docx(f"0:0:3.0 --> 0:0:5.250\nAna Ruiz\n{ASKED}", f"0:0:7.0 --> 0:0:9.0\nBen Ode\n{TOLD}"),
    "otter": docx("Ana Ruiz  0:03", ASKED, "Ben Ode  0:07", TOLD),
    "rev": docx("Ana Ruiz (00:03):", ASKED, "Ben Ode (00:07):", TOLD),
    "labels": docx(f"[00:00:03] Ana Ruiz: {ASKED}", f"[00:00:07] Ben Ode: {TOLD}"),
    "table": _table(("Time", "Speaker", "Text"), ("0:03", "Ana Ruiz", ASKED), ("0:07", "Ben Ode", TOLD)),
}


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES.keys())
def test_shapes_of_word_transcripts(data: bytes) -> None:
    """Speakers, order and times from paragraphs and tables."""
    assert reader("docx").sniff(Source(data=data)) == Sure.YES
    assert _turns(data) == EXPECTED


def test_a_zip_bomb_is_not_opened() -> None:
    """A few hundred kilobytes that unpack to hundreds of megabytes."""
    with pytest.raises(UnreadableInput, match="unpacks to far more"):
        _turns(_repacked({"word/media/image1.png": b"\0" * 300_000_000}))


def test_external_entities_are_refused() -> None:
    """XML that would read a file of the user's, or grow without end."""
    xml = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        b"<w:t>Ana: &x;</w:t></w:r></w:p></w:body></w:document>"
    )
    with pytest.raises(UnreadableInput, match="entities"):
        _turns(_repacked({"word/document.xml": xml}))
    with pytest.raises(UnreadableInput, match="entities"):
        _turns(
            _repacked(
                {
                    "word/document.xml": xml.decode()
                    .replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
                    .encode("utf-16")
                }
            )
        )


def test_old_and_locked_word_files_are_refused_clearly() -> None:
    """An OLE file is a .doc or a .docx with a password."""
    with pytest.raises(UnreadableInput, match=r"Save it as \.docx"):
        read_source(Source(data=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, name="call.doc"))


@pytest.mark.parametrize(
    "data",
    [
        DOCX[:-30],
        DOCX[: len(DOCX) // 2],
        b"PK\x03\x04",
        _repacked({"word/document.xml": b"<broken"}),
        _repacked({"word/document.xml": b""}),
        _repacked({"_rels/.rels": b"<a/>"}),
        _repacked({}, drop="[Content_Types].xml"),
        _repacked({}, drop="_rels/.rels"),
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    """Bad input ends in our error, with or without the format named."""
    for format in (None, "docx"):
        with pytest.raises(UnreadableInput):
            read_source(Source(data=data, name="call.docx"), format)
