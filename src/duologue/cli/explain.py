"""`duologue explain`: what a word of the report means, and how far it can be trusted."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Definition, source, threshold and measured agreement with people. Without NAME: all the names there are."""
    from duologue.explain import explain, names

    if name is None:
        for group, members in names().items():
            click.echo(f"{group}: {', '.join(members)}\n")
        return
    from duologue.reports import explanation

    click.echo(explanation.render(explain(name)), nl=False)
