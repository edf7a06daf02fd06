"""`duologue prepare`: from a feature list or an insight to ladders."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from duologue.cli.shared import emit, say

FORMATS = ("text", "yaml", "md", "json")


@click.command("prepare")
@click.argument("path", required=False, metavar="FILE")
@click.option("--insight", metavar="TEXT", help="One insight in place of a FILE.")
@click.option("--output", "-o", metavar="FILE", help="Write there; a ladder that is there keeps what you wrote.")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), help="By default by -o's extension, else text.")
def command(*, path: str | None, insight: str | None, output: str | None, form: str | None) -> None:
    """From a feature list to ladders: what stands behind each claim, what is open, and what to ask.

    Rungs are filled with words of the document alone. What it leaves open is a question to you.

    \b
    duologue prepare features.md
    duologue prepare features.md -o ladder.yaml
    duologue prepare --insight "Warehouses lose their best pickers in March, because …"
    """
    from duologue.preparation import page
    from duologue.preparation.ladder import read_ladder
    from duologue.preparation.preparing import merge, prepare
    from duologue.preparation.source import foreign, from_text, read_source
    from duologue.preparation.writing import as_yaml

    if (path is None) == (insight is None):
        raise click.UsageError("Give a FILE, or one insight with --insight.")
    source = from_text(insight) if insight is not None else read_source(path or "-", sys.stdin.buffer)
    ladder, left = prepare(source)
    form = form or _by_extension(output)
    if form == "yaml" and output not in (None, "-") and Path(str(output)).exists():
        ladder, notes = merge(read_ladder(str(output)), ladder)
        for note in notes:
            say(note)
    write = {"text": page.as_text, "yaml": as_yaml, "md": page.as_markdown, "json": page.as_json}[form]
    emit(write(ladder), output)
    if output not in (None, "-"):
        say(page.counts(ladder))
    if language := foreign(source):
        say(language)
    for said in left[:MOST_LEFT]:
        say(f"Not on a rung, line {said.line}: {said.raw}")
    if len(left) > MOST_LEFT:
        say(f"And {len(left) - MOST_LEFT} more passages.")


MOST_LEFT = 5  # passages without a rung that are named; a page of them would hide the ladder


def _by_extension(output: str | None) -> str:
    suffix = Path(output or "").suffix.lower()
    return {".yaml": "yaml", ".yml": "yaml", ".md": "md", ".json": "json"}.get(suffix, "text")
