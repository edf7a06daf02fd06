"""Recordings on the command line: their options, the question about consent, and how long it will take."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from duologue.audio.base import Progress
    from duologue.model import Consent, Conversation


def listening_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What is said of a recording; for a transcript `--name` and `--swap` alone mean something."""
    for option in (
        click.option(
            "--consent",
            type=click.Choice(("yes", "no")),
            help="Whether those who can be heard know of it and agree. Asked for once where it is not given.",
        ),
        click.option("--swap", is_flag=True, help="The two speakers are the wrong way round: exchange them."),
        click.option("--name", "names", multiple=True, metavar="HEARD=NAME", help='A speaker\'s name: "Voice 1=Ana".'),
        click.option(
            "--speaker",
            "enrolled",
            multiple=True,
            metavar="NAME=FILE",
            help="A recording of this person's voice alone, to know them by.",
        ),
        click.option("--speakers", type=click.IntRange(1, 20), help="How many people speak, where you know it."),
        click.option("--language", metavar="CODE", help="The language spoken (en, de …), instead of finding it out."),
        click.option("--model", metavar="NAME", help="The model of speech, or a folder with one: `duologue models`."),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What the command line says of recordings."""

    model: str | None = None
    language: str | None = None
    speakers: int | None = None
    enrolled: Sequence[str] = ()
    names: Sequence[str] = ()
    swap: bool = False
    consent: str | None = None


def hear(path: str, asked: Hearing) -> Conversation:
    """The conversation in a recording. A person at a terminal is asked about consent, and sees how far it is."""
    from duologue.audio.listening import Wanted, listen

    consent = _consent(path, asked.consent)
    wanted = Wanted(
        model=asked.model,
        language=asked.language,
        speakers=asked.speakers,
        enrolled=tuple(_pair(text, "--speaker", "NAME=FILE") for text in asked.enrolled),
        consent=consent,
    )
    with _bar() as progress:
        try:
            heard = listen(path, wanted, progress)
        except KeyboardInterrupt:
            click.echo("What was heard so far is kept on this machine: the same command goes on from there.", err=True)
            raise
    if sys.stderr.isatty():
        click.echo("What was heard is kept on this machine for 30 days: duologue listen --kept shows it.", err=True)
    return heard


def named(conversation: Conversation, asked: Hearing) -> Conversation:
    """The conversation with the names that the user gave, and its two speakers exchanged where they say so."""
    from duologue.sides import renamed, swapped

    for text in asked.names:
        heard, name = _pair(text, "--name", "HEARD=NAME")
        conversation = renamed(conversation, heard, name)
    return swapped(conversation) if asked.swap else conversation


def _pair(text: str, option: str, shape: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not (equals and left.strip() and right.strip()):
        example = "Ana=ana.wav" if "FILE" in shape else "Voice 1=Ana"
        raise click.UsageError(f'{option} takes {shape}, such as {option} "{example}".')
    return left.strip(), right.strip()


def _consent(path: str, said: str | None) -> Consent | None:
    """What the user says now, else what they said of this recording before, else what they answer; None: not asked."""
    from duologue.audio.consent import remember, remembered
    from duologue.errors import UnreadableInput
    from duologue.model import Consent

    consent = Consent(given=said == "yes", at=date.today().isoformat()) if said else remembered(path)
    if consent is None and sys.stdin.isatty() and sys.stderr.isatty():
        agreed = click.confirm(
            "Do the people who can be heard here know of this recording, and agree that you look back on it?",
            default=None,  # an Enter by habit is no answer to this
            err=True,
        )
        consent = Consent(given=agreed, at=date.today().isoformat())
    if consent is not None:
        remember(path, consent)  # a no is kept like a yes, so that nobody is asked twice
    if consent is not None and not consent.given:
        raise UnreadableInput(
            "not everybody in it agrees, so it stays unheard",
            where=path,
            hint="Would it help to ask them? With --consent yes it is read",
        )
    return consent


@contextmanager
def _bar() -> Iterator[Progress]:
    """A bar with stage and time left on standard error where a person is watching; nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from duologue.clock import clock

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[at]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=120) as bar:
        task = bar.add_task("Opening", total=None, at="")

        def told(stage: str, done: float, total: float | None) -> None:
            at = f"{clock(done)} of {clock(total)}" if total else clock(done)
            bar.update(task, description=stage, completed=done, total=total, at=at)

        yield told
