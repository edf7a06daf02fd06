"""`duologue explain`: what a word of the report means, and how far it can be trusted."""

from __future__ import annotations

import textwrap

import click


@click.command("explain")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Definition, source, threshold and measured agreement with people. Without NAME: all the names there are."""
    from duologue.explain import explain, names

    if name is None:
        for group, members in names().items():
            listed = textwrap.fill(", ".join(members), 88, initial_indent="  ", subsequent_indent="  ")
            click.echo(f"{group}\n{listed}\n")
        return
    from duologue.reports import explanation

    click.echo(explanation.render(explain(name)), nl=False)
