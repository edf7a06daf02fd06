"""`duologue config`: what is remembered on this machine. One small JSON file, nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import click

from duologue.errors import UnreadableInput

KEYS = {"us": "Your names, as transcripts spell them: taken as your side wherever they appear."}


def path() -> Path:
    """Where the settings are: $DUOLOGUE_CONFIG, else the user's configuration folder."""
    chosen = os.environ.get("DUOLOGUE_CONFIG")
    return Path(chosen) if chosen else Path(click.get_app_dir("duologue")) / "config.json"


def load() -> dict[str, list[str]]:
    """The settings. Raises UnreadableInput where the file is not what `config` writes."""
    import msgspec

    file = path()
    if not file.exists():
        return {}
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, list[str]])
    except (OSError, msgspec.DecodeError) as error:
        raise UnreadableInput(
            f"the settings cannot be read ({error})", where=str(file), hint="Mend the file or delete it"
        ) from None


def remembered_us() -> list[str]:
    return load().get("us", [])


@click.command("config")
@click.argument("key", required=False, type=click.Choice(tuple(KEYS)))
@click.argument("values", nargs=-1)
@click.option("--forget", is_flag=True, help="Forget what is remembered under KEY.")
def command(key: str | None, values: tuple[str, ...], forget: bool) -> None:
    """Show or set what is remembered on this machine.

    \b
    duologue config us "My Name" "M. Name"
    duologue config us --forget
    duologue config
    """
    settings = load()
    if key is None:
        click.echo(f"{path()}")
        for name, about in KEYS.items():
            click.echo(f"{name}: {', '.join(settings.get(name, [])) or '(nothing)'}\n  {about}")
        return
    if forget or values:
        import msgspec

        from duologue.files import write_atomic

        settings.pop(key, None)
        if values and not forget:
            settings[key] = list(dict.fromkeys(values))
        path().parent.mkdir(parents=True, exist_ok=True)
        write_atomic(str(path()), msgspec.json.encode(settings))
    click.echo(f"{key}: {', '.join(settings.get(key, [])) or '(nothing)'}")
