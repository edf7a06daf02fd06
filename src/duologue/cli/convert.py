"""`duologue convert`: any transcript in, one of our formats out."""

from __future__ import annotations

import sys
from typing import Any

import click

from duologue.cli.shared import input_options, load_one, say


@click.command("convert")
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT", default="-")
@click.option("--to", metavar="FORMAT", help="duologue, webvtt, vcon or convokit; default: by OUT's extension.")
@input_options
def command(*, source: str, target: str, to: str | None, kind: str | None, **reading: Any) -> None:
    """Read a transcript and write it as duologue.conversation/1 (.json), WebVTT, vCon or ConvoKit's JSON Lines.

    \b
    duologue convert call.docx call.json
    duologue convert call.json - --to webvtt
    """
    from dataclasses import replace

    from duologue.files import write_atomic
    from duologue.writers import write

    conversation = load_one(source, **reading)
    if kind is not None:
        conversation = replace(conversation, kind=kind)  # type: ignore[arg-type]
    data = write(conversation, format=to or ("duologue" if target == "-" else None), path=target)
    for notice in conversation.notices:
        say(notice)
    if target == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_atomic(target, data)
        say(f"Written: {target}")
