"""The command line: a thin face. Each command is a file, imported when it is called.

Whatever goes wrong with what the user gave is one line on standard error and exit status 2.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from duologue.errors import DuologueError
from duologue.version import VERSION

# command → what it is for, in a line; each lives in the module of its name, as `command`
COMMANDS: dict[str, str] = {
    "review": "Look back on one conversation, or on several.",
    "listen": "From a recording to the conversation in it.",
    "practice": "Practise with a partner who opens up when heard.",
    "scenario": "Write a partner of your own, and check it.",
    "next": "What to ask next time, each with the words it comes from.",
    "prepare": "From a feature list or an insight to ladders for “tell me more”.",
    "drill": "Be asked about your own claims, in days and in wordings not seen before.",
    "convert": "Read any transcript, write it in another format.",
    "formats": "What can be read and written.",
    "explain": "What an act, a moment, a dial or a measure means.",
    "models": "Models of speech: which are here, fetch one.",
    "config": "Remember your name, so that --us is not needed.",
}


def load(name: str) -> click.Command:
    """The command of this name, imported now."""
    command: click.Command = import_module(f"duologue.cli.{name}").command
    return command


class _Lazy(click.Group):
    """A group whose help needs none of its commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"There is no command “{args[0]}”. The commands are: {', '.join(COMMANDS)}.")
        return super().resolve_command(ctx, args)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="duologue")
def cli() -> None:
    """Look back on a conversation, in quotes: where was it two-way, and where did it turn into a broadcast?

    \b
    duologue review call.vtt --us "My Name"
    duologue review call.vtt --us "My Name" --format html -o review.html

    Everything happens on this machine. Nothing is sent anywhere.
    """


def main() -> None:
    """Entry point. Exit status: 0 done; 2 something about the input, in one line; 130 interrupted."""
    _streams()
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing was written.", err=True)
        sys.exit(130)
    except DuologueError as error:
        click.echo(f"duologue: {error}", err=True)
        sys.exit(2)
    except SystemExit as stop:
        # click ends with 1 where the reader of our output has gone (`duologue review … | head`): theirs to decide.
        sys.exit(0 if stop.code == 1 else stop.code)
    except BrokenPipeError:
        _silence(sys.stdout)
        sys.exit(0)
    except OSError as error:
        # Files are met where they are opened; what is left is the way out, such as a disk that is full.
        _silence(sys.stdout)
        reason = (error.strerror or str(error)).lower()
        click.echo(f"duologue: the result cannot be written: {reason}. Make room, or choose a file with -o", err=True)
        sys.exit(2)


def _streams() -> None:
    """Streams that take any character, and are there: a C locale or a closed stream must not end in a traceback."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (open as long as we run)
        elif mode == "w" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _silence(stream: object) -> None:
    """What is still to be written goes nowhere, so that Python does not stumble over it once more at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[attr-defined]
    except (OSError, ValueError, AttributeError):
        return
