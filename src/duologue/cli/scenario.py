"""`duologue scenario`: a partner of one's own, written or drawn from a real review, and checked before it is met."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duologue.cli.shared import emit, say
from duologue.errors import DuologueError, UnknownName, UnwritableOutput
from duologue.model import KINDS

if TYPE_CHECKING:
    from duologue.practice.making.drawing import Drawn
    from duologue.practice.making.findings import Finding
    from duologue.practice.scenario import Scenario


@click.group("scenario")
def command() -> None:
    """Write a partner of your own, and check it.

    \b
    duologue scenario new my-partner
    duologue scenario check my-partner.yaml
    duologue practice my-partner.yaml
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file. `scenario`: None where it cannot be read; `problem` then says why."""

    file: str
    scenario: Scenario | None
    findings: tuple[Finding, ...] = ()
    problem: DuologueError | None = None

    @property
    def ok(self) -> bool:
        return self.problem is None and all(f.level != "error" for f in self.findings)


@command.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="How to show it.")
def check_command(*, files: tuple[str, ...], form: str) -> None:
    """Layers that nobody can reach, contradictions, words that are missing or come too early.

    FILE is a scenario, or the name of a partner that comes with the package. An error has to be mended before anybody
    can talk with the partner (exit status 2); advice is yours to take.
    """
    done = [_checked(file) for file in files]
    if form == "json":
        click.echo(_json(done), nl=False)
    else:
        for one in done:
            _show(one)
    if not all(one.ok for one in done):
        raise SystemExit(2)


def _checked(file: str) -> Checked:
    from duologue.practice.making.checking import check
    from duologue.practice.scenario import SHIPPED, read_scenario

    try:
        shipped = SHIPPED.paths.get(file)
        scenario = read_scenario(shipped if shipped and not Path(file).exists() else Path(file))
    except DuologueError as error:
        return Checked(file=file, scenario=None, problem=error)
    return Checked(file=file, scenario=scenario, findings=check(scenario))


def _show(one: Checked) -> None:
    from duologue.reports.safe import on_one_line

    if one.scenario is None:
        click.echo(on_one_line(f"{one.problem}"))
        return
    for f in one.findings:
        what = f.what if f.what.endswith("?") else f"{f.what}."
        click.echo(on_one_line(f"{one.file}: {f.level}: {f.where}: {what} {f.next}."))
    click.echo(on_one_line(f"{one.file}: {_whole(one)}"))


def _whole(one: Checked) -> str:
    assert one.scenario is not None
    errors = sum(f.level == "error" for f in one.findings)
    advice = len(one.findings) - errors
    there = (
        f"{_counted(len(one.scenario.layers()), 'layer')}, {_counted(len(one.scenario.temperaments), 'temperament')}"
    )
    if errors:
        return f"{_counted(errors, 'thing')} to mend before anybody can talk with this partner."
    more = f"; {_counted(advice, 'piece')} of advice, yours to take" if advice else ""
    return f"ready ({there}{more})."


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _json(done: list[Checked]) -> str:
    import msgspec

    rows: list[dict[str, Any]] = [_as_json(one) for one in done]
    return msgspec.json.format(msgspec.json.encode(rows), indent=1).decode() + "\n"


def _as_json(one: Checked) -> dict[str, Any]:
    found = [{"level": f.level, "where": f.where, "what": f.what, "next": f.next} for f in one.findings]
    if one.problem:
        problem = one.problem
        found = [{"level": "error", "where": problem.where or one.file, "what": problem.what, "next": problem.hint}]
    return {
        "file": one.file,
        "name": one.scenario.name if one.scenario else None,
        "ok": one.ok,
        "layers": len(one.scenario.layers()) if one.scenario else None,
        "findings": found,
    }


@command.command("new")
@click.argument("name")
@click.option(
    "--from",
    "source",
    metavar="FILE",
    help="Draw it from a conversation: a review (JSON), a transcript or a recording.",
)
@click.option("--us", multiple=True, metavar="NAME", help="Who is on your side, as the file spells it (with --from).")
@click.option("--kind", type=click.Choice(KINDS), help="What kind it is, instead of what is inferred (with --from).")
@click.option("--keep-words", is_flag=True, help="Keep numbers and names of organisations and places (with --from).")
@click.option("--output", "-o", type=click.Path(), help="Write to this file. Default: NAME.yaml; - is standard output.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new_command(
    *,
    name: str,
    source: str | None,
    us: tuple[str, ...],
    kind: str | None,
    keep_words: bool,
    output: str | None,
    force: bool,
) -> None:
    """A partner of your own to go on writing: from a template, or from a real conversation with names masked.

    \b
    duologue scenario new my-partner
    duologue scenario new my-partner --from review.json
    """
    from duologue.practice.making.writing import as_yaml, file_name, looked_through, template
    from duologue.practice.scenario import SHIPPED

    if source is None and (us or kind or keep_words):
        raise click.UsageError("--us, --kind and --keep-words are about a conversation: give it with --from FILE.")
    named = file_name(name)
    if named in SHIPPED.paths:
        raise UnknownName(f"“{named}” is a partner that comes with the package", hint="Take another name")
    target = output or f"{named}.yaml"
    if target != "-" and not force and Path(target).exists():
        raise UnwritableOutput(
            "there is a file of this name, and it is kept", where=target, hint="Take another with -o, or add --force"
        )
    if source is None:
        emit(template(named), None if target == "-" else target)
        say("Every line marked YOURS is an example to write over.")
    else:
        drawn = _drawn(source, named, us=us, kind=kind, keep_words=keep_words)
        emit(as_yaml(drawn), None if target == "-" else target)
        for line in looked_through(drawn):
            say(line)
        say("It holds another person’s words, and stays on this machine. Please look it through before you use it.")
    if target != "-":
        say(f"Next: duologue scenario check {target}")


def _drawn(source: str, name: str, *, us: tuple[str, ...], kind: str | None, keep_words: bool) -> Drawn:
    from duologue.cli.reviewed import load_review
    from duologue.errors import NoConversation
    from duologue.practice.making.drawing import draw

    try:
        drawn = draw(load_review(source, us=us, kind=kind), name, keep_words=keep_words)  # type: ignore[arg-type]
    except DuologueError as error:
        raise error.at(source) from None
    if not drawn.scenario.layers():
        raise NoConversation(
            "the other tells nothing of their own in it, so there is nothing to draw a partner from",
            where=source,
            hint=f"Begin with the template: duologue scenario new {name}",
        )
    return drawn
