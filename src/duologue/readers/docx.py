"""DOCX: transcripts that Teams, Otter, Rev, Zoom and people keep as Word files. The text goes to the plain-text reader.

Word files are zip archives of XML: sizes are checked before anything is unpacked, and no entity is resolved.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from duologue.errors import UnreadableInput
from duologue.model import Conversation
from duologue.readers import marks, names, plain
from duologue.readers.base import ReadOptions, Source, Sure

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENT = "word/document.xml"
# An hour of talk is some 100 KB of text and 2 MB of Word's XML.
_MOST_BYTES = 256 * 1024 * 1024
_MOST_MEMBERS = 5000
_RATIO = 300  # Word's XML packs to a twentieth; a bomb to a thousandth
_HEADS = frozenset(("speaker", "name", "who", "sprecher", "text", "transcript", "time", "timestamp", "start", "zeit"))


class Docx:
    name = "docx"
    label = "Word document (.docx): transcripts of Teams, Otter, Rev, Zoom; paragraphs or a table"
    extensions = ("docx",)

    def sniff(self, source: Source) -> Sure:
        if source.data.startswith(OLD_WORD):
            return Sure.YES if source.extension in ("doc", "docx", "") else Sure.NO
        if not source.data.startswith(b"PK"):
            return Sure.NO
        try:
            with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
                return Sure.YES if _DOCUMENT in archive.namelist() else Sure.NO
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return Sure.YES if source.extension == "docx" else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        if source.data.startswith(OLD_WORD):
            raise UnreadableInput(
                "this is an old Word file (.doc) or one locked with a password",
                hint="Save it as .docx without a password and try again",
            )
        text = "\n\n".join(_paragraphs(opened(source.data)))
        return plain.conversation(text, source=self.name, merge=options.rttm is None)


def opened(data: bytes) -> Any:
    """The document, once its archive is known to be harmless."""
    try:
        _check(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        if isinstance(error, UnreadableInput):
            raise
        raise UnreadableInput("the Word file is damaged", hint="Open it in Word and save it anew") from None
    import docx
    from lxml import etree  # type: ignore[import-untyped]

    try:
        return docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError, EOFError, RuntimeError) as error:
        raise UnreadableInput("the Word file is damaged", hint="Open it in Word and save it anew") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, etree.LxmlError) as error:
        raise UnreadableInput("the Word file is damaged", hint="Open it in Word and save it anew") from error
    except Exception as error:
        # python-docx's own errors have no common base that says what they are.
        if type(error).__module__.startswith("docx."):
            raise UnreadableInput("the Word file is no document that can be opened") from error
        raise


def _check(data: bytes) -> None:
    """Refuse an archive that unpacks to too much, and XML that declares entities. Nothing is kept in memory."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if _DOCUMENT not in {m.filename for m in members}:
            raise UnreadableInput("this is a zip archive and no Word document")
        unpacked = sum(m.file_size for m in members)
        if len(members) > _MOST_MEMBERS or unpacked > _MOST_BYTES or unpacked > _RATIO * max(len(data), 4096):
            raise UnreadableInput("the Word file unpacks to far more than a transcript holds", hint="It is not opened")
        for member in members:
            if member.flag_bits & 1:
                raise UnreadableInput("the Word file is locked with a password", hint="Save it without one")
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as part:
                    _check_xml(part.read(_MOST_BYTES))


def _check_xml(xml: bytes) -> None:
    """Office XML never declares a document type; where one does, entities are what it is for."""
    head = xml.replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableInput("the Word file declares entities, which no Word file needs", hint="It is not opened")


def _paragraphs(document: Any) -> Iterator[str]:
    """The words of the document in order, a paragraph each; the rows of a transcript table as `[time] Name: text`."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _rows(block)
        elif block.text.strip():
            yield block.text


def _rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        # A merged cell stands once for each column that it spans.
        cells = [c for i, c in enumerate(cells) if c and (i == 0 or c != cells[i - 1])]
        if not cells or all(c.casefold().strip(":") in _HEADS for c in cells):
            continue
        times = [c for c in cells if marks.clock(c.strip("[]()")) is not None]
        words = [c for c in cells if c not in times]
        time = f"[{times[0].strip('[]()')}] " if times else ""
        if len(words) > 1 and names.possible(names.clean(words[0])):
            yield f"{time}{names.clean(words[0])}: {' '.join(words[1:])}"
        elif words:
            yield time + " ".join(words)
