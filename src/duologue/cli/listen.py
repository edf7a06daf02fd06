"""`duologue listen`: from a recording to the conversation in it, and no further."""

from __future__ import annotations

from typing import Any

import click

from duologue.cli.hearing import listening_options
from duologue.cli.shared import emit_conversation, load_one, say


@click.command("listen")
@click.argument("recording", metavar="RECORDING", required=False)
@click.option("--output", "-o", metavar="OUT", default="-", help="Where to write it. Default: standard output.")
@click.option("--to", metavar="FORMAT", help="duologue, webvtt, vcon or convokit; default: by OUT's extension.")
@click.option("--us", multiple=True, metavar="NAME", help="Who is on your side.")
@listening_options
@click.option("--kept", is_flag=True, help="List what is kept of recordings that were heard.")
@click.option("--forget", metavar="RECORDING", help="Remove what is kept of this recording; “all” for everything.")
def command(
    *, recording: str | None, output: str, to: str | None, kept: bool, forget: str | None, **reading: Any
) -> None:
    """Write down who said what in a recording (wav, mp3, m4a, flac, ogg, opus, webm, mp4, mov …).

    A channel for each speaker is taken as that; one channel is told apart by voice. Everything happens on this machine.
    What was heard is kept here for 30 days, so that a run that was stopped goes on, and the next one takes seconds.

    \b
    duologue listen call.wav -o call.json
    duologue listen call.wav --name "Voice 1=Ana" --swap -o call.vtt
    duologue review call.wav --us "Voice 1" -o review.html
    """
    if kept or forget:
        _kept(forget)
        return
    if recording is None:
        raise click.UsageError("Which recording? Give its file: duologue listen call.wav -o call.json")
    from duologue.errors import UnreadableInput
    from duologue.recordings import path_is_recording

    if recording != "-" and not path_is_recording(recording):
        from duologue.readers import load

        load(recording)  # says so where there is nothing to be read at all
        raise UnreadableInput(
            "this is no recording that is known",
            where=recording,
            hint="A transcript is read as it is: duologue review or duologue convert",
        )
    emit_conversation(load_one(recording, **reading), output, to)


def _kept(forget: str | None) -> None:
    """What is kept of recordings: listed, or removed."""
    from duologue.audio import journal

    if forget is None:
        found = journal.kept()
        for entry in found:
            say(f"{entry.when}  {max(1, entry.size // 1000):6} kB  {entry.name}")
        if not found:
            say("Nothing is kept.")
        return
    removed = journal.forget_all() if forget == "all" else journal.forget(forget)
    say("Nothing was kept of it." if not removed else "Removed." if removed == 1 else f"Removed: {removed}.")
