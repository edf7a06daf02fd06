"""Any transcript in. One format a file; the table below is all there is, in the order in which `formats` lists them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from duologue.errors import DuologueError, UnknownFormat, UnreadableInput
from duologue.model import Conversation
from duologue.readers import foreign
from duologue.readers.base import MAX_BYTES, MAX_TEXT_BYTES, Reader, ReadOptions, Source, Sure
from duologue.sides import with_us

__all__ = ["READERS", "ReadOptions", "Reader", "Source", "Sure", "detect", "load", "read", "read_source", "reader"]

# name → where its class lives; loaded when first needed, so that `--help` does not pay for the DOCX library.
READERS: dict[str, str] = {
    "duologue": "duologue.readers.duologue:Duologue",
    "plain": "duologue.readers.plain:Plain",
    "webvtt": "duologue.readers.webvtt:WebVTT",
    "srt": "duologue.readers.srt:SRT",
    "sbv": "duologue.readers.sbv:SBV",
    "rttm": "duologue.readers.rttm:RTTM",
    "whatsapp": "duologue.readers.whatsapp:WhatsApp",
    "docx": "duologue.readers.docx:Docx",
    "gong": "duologue.readers.gong:Gong",
    "fireflies": "duologue.readers.fireflies:Fireflies",
    "fathom": "duologue.readers.fathom:Fathom",
    "chorus": "duologue.readers.chorus:Chorus",
    "assemblyai": "duologue.readers.assemblyai:AssemblyAI",
    "deepgram": "duologue.readers.deepgram:Deepgram",
    "aws": "duologue.readers.aws_transcribe:AwsTranscribe",
    "aws-call-analytics": "duologue.readers.aws_call_analytics:AwsCallAnalytics",
    "google-stt": "duologue.readers.google_stt:GoogleSTT",
    "google-meet": "duologue.readers.google_meet:GoogleMeet",
    "azure-batch": "duologue.readers.azure_batch:AzureBatch",
    "rev": "duologue.readers.rev:Rev",
    "whisper": "duologue.readers.whisper:Whisper",
    "json": "duologue.readers.generic_json:GenericJson",
    "vcon": "duologue.readers.vcon:VCon",
    "slack": "duologue.readers.slack:Slack",
    "email": "duologue.readers.email:Email",
    "telegram": "duologue.readers.telegram:Telegram",
    "intercom": "duologue.readers.intercom:Intercom",
    "convokit": "duologue.readers.convokit:ConvoKit",
}


def reader(name: str) -> Reader:
    """The reader of this name. Raises UnknownFormat with the names there are."""
    if name not in READERS:
        raise UnknownFormat(
            f"there is no format “{name}”", candidates=tuple(READERS), hint="`duologue formats` lists those there are"
        )
    module, _, cls = READERS[name].partition(":")
    made: Reader = getattr(import_module(module), cls)()
    return made


def detect(source: Source) -> Reader:
    """The one reader that knows this input, by its content. Refuses to guess between two, and names them."""
    if not source.path and not source.data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        empty = "nothing came in" if source.name == "standard input" else "the file is empty"
        raise UnreadableInput(empty, hint="Give the file with the transcript")
    foreign.refuse(source)
    _refuse_endless(source)
    verdicts = [(r, r.sniff(source)) for r in map(reader, READERS)]
    for level in (Sure.YES, Sure.PERHAPS):
        found = [r for r, sure in verdicts if sure == level]
        if len(found) == 1:
            return found[0]
        if found:
            by_name = [r for r in found if source.extension in r.extensions]
            if len(by_name) == 1:
                return by_name[0]
            names = tuple(r.name for r in found)
            raise UnknownFormat(
                f"this could be {' or '.join(names)}", candidates=names, hint=f"Say which with --from {names[0]}"
            )
    foreign.refuse_archive(source)
    if source.path is None and source.text is None:
        raise UnreadableInput(
            "this is binary and no format that is known",
            hint="`duologue formats` lists what can be read; save text as UTF-8",
        )
    raise UnknownFormat(
        "no format that is known fits this",
        candidates=tuple(READERS),
        hint="`duologue formats` lists what can be read; --from NAME chooses one",
    )


def _refuse_endless(source: Source) -> None:
    """Plain text beyond any conversation is refused before every reader looks at it; JSON and mail may be larger."""
    if len(source.data) <= MAX_TEXT_BYTES or source.data[:2] == b"PK" or source.extension in ("eml", "mbox", "mbx"):
        return
    text = source.text
    if (
        text is not None
        and text.lstrip()[:1] not in ("{", "[")
        and not text.startswith(("From ", "Received:", "Return-Path:"))
    ):
        size = len(source.data) // 2**20
        raise UnreadableInput(
            f"these are {size} MB of text, more than {size * 9} hours of talk",
            hint="Give one conversation at a time, or split it into files and give their folder",
        )


def read_source(source: Source, format: str | None = None, options: ReadOptions | None = None) -> Conversation:
    """A conversation from bytes in hand. Every error names the source."""
    where = source.name or "input"
    try:
        chosen = reader(format) if format else detect(source)
        options = options or ReadOptions()
        conversation = chosen.read(source, options)
        if source.mended:
            conversation = replace(conversation, notices=(*conversation.notices, source.mended))
        if options.rttm is None:
            return conversation
        from duologue.readers.rttm import join

        return join(conversation, options.rttm, name=source.name)
    except DuologueError as error:
        raise error.at(where) from error.__cause__
    except RecursionError:
        raise UnreadableInput("it nests too deeply to be a transcript", where=where) from None


def load(path: str | Path) -> Source:
    """The bytes behind a path, "-" being standard input. Raises UnreadableInput where there are none to be had."""
    if str(path) == "-":
        return Source(data=sys.stdin.buffer.read(MAX_BYTES + 1), name="standard input")
    file = Path(path)
    try:
        if file.is_dir():
            os.scandir(file).close()  # says at once where it is closed to us
            return Source(data=b"", name=file.name, path=str(file))
        if file.stat().st_size > MAX_BYTES:
            raise UnreadableInput(
                f"the file is larger than {MAX_BYTES // 2**20} MB", where=str(path), hint="Split it and try again"
            )
        return Source(data=file.read_bytes(), name=file.name)
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise UnreadableInput(reason, where=str(path), hint="Check the path and your rights to it") from None


def _text_of(path: str | Path) -> str:
    text = load(path).text
    if text is None:
        raise UnreadableInput("this is binary and no RTTM", where=str(path), hint="Check the file given to --rttm")
    return text


def read(
    path: str | Path,
    *,
    us: str | Sequence[str] = (),
    format: str | None = None,
    channel: str | None = None,
    rttm: str | Path | None = None,
) -> Conversation:
    """Read one conversation from a file, a folder (a Slack export) or "-".

    `us`: the name or names of the coached side. `format`: a name from `READERS`, where the content does not tell.
    Raises UnreadableInput, UnknownFormat or NoConversation (all ValueErrors), UnknownName where `us` fits nobody.
    """
    options = ReadOptions(channel=channel, rttm=_text_of(rttm) if rttm else None)
    conversation = read_source(load(path), format, options)
    try:
        return with_us(conversation, [us] if isinstance(us, str) else us)
    except DuologueError as error:
        raise error.at(str(path)) from None
