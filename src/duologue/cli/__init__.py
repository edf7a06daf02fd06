"""The command line: a thin face. Each command is a file, imported when it is called.

Whatever goes wrong with what the user gave is one line on standard error and exit status 2.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from duologue.errors import DuologueError
from duologue.version import VERSION

# command → the module that holds it (as `command`)
COMMANDS: dict[str, str] = {
    "review": "duologue.cli.review",
    "next": "duologue.cli.next",
    "convert": "duologue.cli.convert",
    "formats": "duologue.cli.formats",
    "explain": "duologue.cli.explain",
    "config": "duologue.cli.config",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command

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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Transcripts hold any character; a C locale must not turn one into a traceback.
            stream.reconfigure(encoding="utf-8", errors="replace")
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
    except BrokenPipeError:
        # The reader of our output has gone (`duologue review … | head`): that is theirs to decide.
        sys.stderr.close()
        sys.exit(0)
