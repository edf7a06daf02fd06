"""`duologue next`: only what to ask next time."""

from __future__ import annotations

from typing import Any

import click

from duologue.cli.shared import emit, input_options, load_many


@click.command("next")
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@input_options
def command(*, paths: tuple[str, ...], kind: str | None, **reading: Any) -> None:
    """What they asked and was not answered, threads left open, assumptions to check: as open questions.

    \b
    duologue next call.vtt --us "My Name"
    """
    from duologue.reports import terminal
    from duologue.reports.safe import on_one_line
    from duologue.reviewing import Options, review

    failed: list[str] = []

    def on_problem(line: str, named: bool) -> None:
        failed.append(line)
        click.echo(f"duologue: {line}", err=True)

    found = load_many(paths, on_problem, **reading, ask=len(paths) == 1)
    done = [(path, review(c, Options(kind=kind))) for path, c in found if c is not None]  # type: ignore[arg-type]
    for i, (path, result) in enumerate(done):
        if len(done) > 1:
            click.echo(("\n" if i else "") + f"{on_one_line(path)}\n")
        emit(terminal.render_next(result), None)
    if failed:
        raise SystemExit(2)
