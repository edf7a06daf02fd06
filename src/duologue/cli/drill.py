"""`duologue drill`: be asked about your own claims; and the judge of answers, for files."""

from __future__ import annotations

import sys

import click

from duologue.cli.shared import emit


@click.command("drill")
@click.option("--judge", "answers", metavar="FILE", help="Judge a file of answers instead; - is standard input.")
@click.option(
    "--format", "-f", "form", type=click.Choice(("text", "json")), default="text", help="For --judge and --due."
)
def command(*, answers: str | None, form: str) -> None:
    """Be asked about your own claims, rung by rung, and see what each answer does.

    \b
    duologue drill ladder.yaml
    duologue drill --judge answers.jsonl --format json
    """
    if answers is not None:
        _judge(answers, form)
        return


def _judge(path: str, form: str) -> None:
    from duologue.preparation.answers import as_json, read_answers
    from duologue.preparation.judging import judge
    from duologue.preparation.shown import judged_page

    items = read_answers(path, sys.stdin.buffer)
    found = judge([i.exchange for i in items])
    emit(as_json(items, found) if form == "json" else judged_page(items, found), None)
