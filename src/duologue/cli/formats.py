"""`duologue formats`: what can be read and written."""

from __future__ import annotations

import click

RECORDINGS = "Recordings (wav, mp3, m4a, flac, ogg, opus, webm, mp4, mov and others) are heard: duologue listen --help"


@click.command("formats")
@click.option("--format", "-f", "form", type=click.Choice(("text", "json")), default="text")
def command(form: str) -> None:
    """The formats that are read (recognised by content; --from NAME chooses one) and written."""
    from duologue.readers import READERS, reader
    from duologue.writers import WRITERS

    rows = [(r.name, r.label, r.extensions, r.name in WRITERS) for r in map(reader, READERS)]
    if form == "json":
        from duologue.wire import dumps

        click.echo(
            dumps({"formats": [{"name": n, "label": b, "extensions": list(x), "written": w} for n, b, x, w in rows]}),
            nl=False,
        )
        return
    width = max(len(n) for n, *_ in rows)
    for name, label, _, written in rows:
        click.echo(f"{name:<{width}}  {label}{'  (also written)' if written else ''}")
    click.echo(f"\n{RECORDINGS}")
