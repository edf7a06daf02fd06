"""`duologue convert`: any transcript in, one of our formats out."""

from __future__ import annotations

from typing import Any

import click

from duologue.cli.shared import emit_conversation, input_options, load_one


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

    conversation = load_one(source, **reading)
    if kind is not None:
        conversation = replace(conversation, kind=kind)  # type: ignore[arg-type]
    emit_conversation(conversation, target, to)
