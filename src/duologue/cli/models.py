"""`duologue models`: the models of speech, which are here, and fetching one: the one command that uses the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from duologue.audio.known_models import Model
    from duologue.audio.models import Found


@click.group("models", invoke_without_command=True)
@click.option("--format", "-f", "form", type=click.Choice(("text", "json")), default="text", help="How to list them.")
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """The models that turn speech into words: what is here, what can be fetched.

    \b
    duologue models
    duologue models fetch small
    duologue models remove small
    """
    if ctx.invoked_subcommand is None:
        _show(form)


def _show(form: str) -> None:
    from duologue.audio.known_models import MODELS
    from duologue.audio.models import broken, here, megabytes

    found = {one.name: one for one in here()}
    wrong = broken()
    if form == "json":
        from duologue.wire import dumps

        click.echo(dumps({"models": [_row(model, found, wrong) for model in MODELS.values()]}), nl=False)
        return
    width = max(map(len, MODELS))
    for model in MODELS.values():
        one = found.get(model.name)
        place = f"here ({one.where})" if one else "here, but not as published" if model.name in wrong else ""
        speaks = "English" if model.english_only else "many languages"
        line = f"{model.name:<{width}}  {megabytes(model.size):>7}  {model.licence:<18}  {speaks:<14}  {place}"
        click.echo(line.rstrip())
    for reason in wrong.values():
        click.echo(f"Not used: {reason}", err=True)
    hint = (
        "To fetch one: duologue models fetch NAME"
        if found
        else "None is here yet. To fetch one: duologue models fetch base"
    )
    click.echo(hint, err=True)


def _row(model: Model, found: dict[str, Found], wrong: dict[str, str]) -> dict[str, object]:
    one = found.get(model.name)
    return {
        "name": model.name,
        "backend": model.backend,
        "here": one is not None,
        "where": one.where if one else None,
        "folder": str(one.folder) if one else None,
        "wrong": wrong.get(model.name),
        "size": model.size,
        "licence": model.licence,
        "english_only": model.english_only,
        "repository": model.repository,
        "revision": model.revision,
        "files": [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in model.files],
    }


@command.command("fetch")
@click.argument("name")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def fetch(name: str, yes: bool) -> None:
    """Download a model, once you have seen what it is. Every file is checked against its SHA-256."""
    from duologue.audio import fetching
    from duologue.audio.models import find, known, megabytes
    from duologue.errors import UnknownName

    model = known(name)
    try:
        one = find(name)
    except UnknownName:  # known, and not here
        pass
    else:
        click.echo(f"{name} is here already ({one.where}): {one.folder}", err=True)
        return
    click.echo(f"{model.name}: {megabytes(model.size)}, licence {model.licence}", err=True)
    click.echo(f"from {fetching.hub()}/{model.repository}, revision {model.revision}", err=True)
    for file in model.files:
        click.echo(f"  {file.sha256}  {file.name} ({file.size} bytes)", err=True)
    if not yes and not click.confirm("Download it?", err=True):
        click.echo("Nothing was downloaded.", err=True)
        return
    import sys

    with click.progressbar(length=model.size, label="Downloading", file=sys.stderr) as bar:
        folder = fetching.fetch(model, lambda done, _total: bar.update(done - bar.pos))
    click.echo(f"{name} is here and checked: {folder}", err=True)


@command.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Delete a model that was fetched, or what an unfinished download left."""
    from duologue.audio.models import megabytes
    from duologue.audio.models import remove as remove_files

    freed = remove_files(name)
    click.echo(f"{megabytes(freed)} freed." if freed else f"Nothing of {name} was fetched.", err=True)
