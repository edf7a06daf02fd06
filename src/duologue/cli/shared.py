"""What several commands share: their options, and the way from arguments to conversations."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duologue.errors import DuologueError, UnknownName, UnreadableInput

if TYPE_CHECKING:
    from duologue.model import Conversation

MOST_FILES = 10_000  # in a folder; more is a disk, not somebody's conversations


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What may be said of an input, the same wherever a conversation is read: of transcripts, then of recordings."""
    from duologue.cli.hearing import listening_options
    from duologue.model import KINDS

    command = listening_options(command)
    for option in (
        click.option("--rttm", metavar="FILE", help="Who spoke when, to join a transcript without speakers."),
        click.option("--channel", metavar="NAME", help="Which channel of an export with several."),
        click.option("--from", "format", metavar="FORMAT", help="The input's format, where its content does not tell."),
        click.option("--kind", type=click.Choice(KINDS), help="What kind it is, instead of what is inferred."),
        click.option("--us", multiple=True, metavar="NAME", help="Who is on your side, as the file spells it."),
    ):  # fmt: skip
        command = option(command)
    return command


def load_one(
    path: str,
    *,
    us: Sequence[str] = (),
    format: str | None = None,
    channel: str | None = None,
    rttm: str | None = None,
    ask: bool = False,
    any_us: bool = False,
    **heard: Any,
) -> Conversation:
    """One conversation with its sides: from --us, else what was remembered, else the file's own, else asked for.

    `any_us`: one of the names is enough, because not everybody is in every conversation. `heard`: what is said of a
    recording (`listening_options`).
    """
    from duologue.cli.config import remembered_us
    from duologue.cli.hearing import Hearing, hear, named
    from duologue.readers import read
    from duologue.recordings import path_is_recording
    from duologue.sides import with_us

    asked = Hearing(**heard)
    recorded = format is None and path_is_recording(path)
    conversation = hear(path, asked) if recorded else read(path, format=format, channel=channel, rttm=rttm)
    try:
        conversation = named(conversation, asked)
        if us and not any_us:
            return with_us(conversation, us)
    except UnknownName as error:
        raise error.at(path) from None
    missing: UnknownName | None = None
    for name in us or remembered_us():
        try:
            conversation = with_us(conversation, [*_ours(conversation), name])
        except UnknownName as error:
            missing = missing or error  # meant for other conversations; here that person is not among the speakers
    if us and missing and not _ours(conversation):
        raise missing.at(path)
    if ask and not _ours(conversation) and len(conversation.speakers) > 1 and path != "-" and _at_terminal():
        conversation = with_us(conversation, ask_us(conversation))
    return conversation


def _ours(conversation: Conversation) -> list[str]:
    return [s.id for s in conversation.speakers if s.side == "ours"]


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_us(conversation: Conversation) -> list[str]:
    """Ask which speakers are on the user's side, showing each one's share of the words. Nobody is an answer too.

    Voices out of a recording have no names yet: something that each of them said tells who it is.
    """
    counts = dict.fromkeys((s.id for s in conversation.speakers), 0)
    for turn in conversation.turns:
        counts[turn.speaker] += len(turn.text.split())
    total = sum(counts.values()) or 1
    click.echo("Which of them are you, or on your side?", err=True)
    for i, s in enumerate(conversation.speakers, 1):
        name = "".join(c if c.isprintable() else " " for c in s.name)
        click.echo(f"  {i}  {name}  ({round(100 * counts[s.id] / total)}% of the words)", err=True)
        if conversation.heard_by and (words := _something_said(conversation, s.id)):
            say(f"     “{words}”")
    while True:
        answer = click.prompt(
            "A number, or several with commas; Enter for nobody", default="", show_default=False, err=True
        )
        try:
            picked = [int(part) for part in str(answer).replace(",", " ").split()]
        except ValueError:
            picked = [0]
        if all(1 <= n <= len(conversation.speakers) for n in picked):
            chosen = [conversation.speakers[n - 1] for n in picked]
            if chosen:
                say(f'Next time without asking: duologue config us "{chosen[0].name}"')
            click.echo(err=True)
            return [s.id for s in chosen]
        click.echo(f"Numbers from 1 to {len(conversation.speakers)}, please.", err=True)


def _something_said(conversation: Conversation, speaker: str, most: int = 76) -> str:
    """The beginning of the first of a speaker's turns that is long enough to know them by."""
    said = [t.text for t in conversation.turns if t.speaker == speaker]
    words = next((text for text in said if len(text.split()) > 6), said[0] if said else "")
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


def say(text: str) -> None:
    """One line on standard error. Names and notices come from files, so nothing in them reaches the terminal raw."""
    from duologue.reports.safe import on_one_line

    click.echo(on_one_line(text), err=True)


def is_one(path: str) -> bool:
    """Whether a path is one conversation: a file, standard input, or a folder that is itself an export."""
    folder = Path(path)
    try:
        if path == "-" or not folder.is_dir():
            return True
        exports = ("users.json", "channels.json", "utterances.jsonl")
        return any((folder / name).is_file() for name in exports)
    except OSError:
        return True  # closed to us: reading it says so


def files_in(paths: Sequence[str]) -> list[tuple[str, bool]]:
    """Every input as (path, named by the user): folders are opened, their hidden files left out, in sorted order."""
    found: list[tuple[str, bool]] = []
    for path in paths:
        if is_one(path):
            found.append((path, True))
            continue
        inside = _files_below(path)
        if not inside:
            raise UnreadableInput("there are no files in this folder", where=path, hint="Give one with transcripts")
        found += [(p, False) for p in sorted(inside)]
    return found


def _files_below(top: str) -> list[str]:
    """The files in a folder and its folders, and the folders that cannot be opened: reading one of them says why."""
    found: list[str] = []

    def closed(error: OSError) -> None:
        found.append(str(error.filename))

    for folder, folders, files in os.walk(top, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [str(Path(folder, name)) for name in files if not name.lower().startswith((".", "readme"))]
        if len(found) > MOST_FILES:
            raise UnreadableInput(
                f"the folder holds more than {MOST_FILES} files", where=top, hint="Give the one with the transcripts"
            )
    return found


def load_many(
    paths: Sequence[str], on_problem: Callable[[str, bool], None], **options: Any
) -> Iterator[tuple[str, Conversation | None]]:
    """Every conversation behind the paths, one after the other; None where one cannot be read.

    `on_problem(line, named)` is told why, and whether the user named that file (else it only lay in a folder).
    """
    files = files_in(paths)
    for path, named in files:
        try:
            yield path, load_one(path, any_us=len(files) > 1, **options)
        except UnknownName as error:
            # In a folder not everybody is in every conversation: it is left out, and said.
            on_problem(str(error), named)
            yield path, None
        except DuologueError as error:
            on_problem(str(error), named)
            yield path, None


def emit(text: str, output: str | None) -> None:
    """The document to standard output, or whole and at once to a file."""
    if output is None or output == "-":
        click.echo(text, nl=False)
        return
    from duologue.files import write_atomic

    write_atomic(output, text.encode("utf-8"))
    say(f"Written: {output}")


def emit_conversation(conversation: Conversation, target: str, to: str | None) -> None:
    """The conversation in the format `to`, or by the target's extension, and its notices to standard error."""
    from duologue.files import write_atomic
    from duologue.writers import write

    data = write(conversation, format=to or ("duologue" if target == "-" else None), path=target)
    for notice in conversation.notices:
        say(notice)
    if target == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_atomic(target, data)
        say(f"Written: {target}")
