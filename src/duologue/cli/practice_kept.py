"""What there is to practise with, and what is kept of sessions: lists, progress, removal, export."""

from __future__ import annotations

import click
import msgspec

from duologue.cli.shared import emit_conversation, say


def list_partners(form: str) -> None:
    """Every partner that comes with the package."""
    from duologue.practice.scenario import SHIPPED

    found = [SHIPPED.get(name) for name in SHIPPED.paths]
    if form == "json":
        rows = [
            {"name": s.name, "title": s.title, "domain": s.domain, "kind": s.kind, "temperaments": s.temperaments}
            for s in found
        ]
        click.echo(msgspec.json.encode(rows).decode())
        return
    width = max(len(s.name) for s in found)
    for s in found:
        click.echo(f"{s.name:{width}}  {s.domain:8}  {s.title}")
    click.echo("\nEach can be warm, brisk or wary: duologue practice warehouse-vp:wary")


def list_focuses() -> None:
    """The skills, one of which a session may be about."""
    from duologue.practice.debriefing.focus import FOCUSES

    width = max(map(len, FOCUSES))
    for name, focus in FOCUSES.items():
        click.echo(f"{name:{width}}  {focus.title}")


def list_sessions(form: str) -> None:
    """The sessions that are kept."""
    from duologue.practice.keeping import kept

    found = kept()
    if form == "json":
        click.echo(msgspec.json.encode(found).decode())
        return
    if not found:
        say("No session is kept.")
    for e in found:
        who = f"{e.scenario}:{e.temperament}" if e.temperament else e.scenario
        lines = "1 line" if e.lines == 1 else f"{e.lines} lines"
        click.echo(f"{e.when}  {e.id}  {who}, {lines}{', ended' if e.ended else ''}")


def forget(id: str) -> None:
    """Remove one session, or all."""
    from duologue.practice import keeping

    removed = keeping.forget(id)
    say("Nothing was kept." if not removed else "Removed." if removed == 1 else f"Removed: {removed}.")


def export(id: str, output: str) -> None:
    """A kept session as a conversation."""
    from duologue.practice.keeping import look
    from duologue.practice.session import conversation_of

    emit_conversation(conversation_of(look(id).talk), output, None)


def show_progress() -> None:
    """What was measured over the sessions that had a focus."""
    from duologue.practice import keeping
    from duologue.practice.debriefing.focus import FOCUSES, measured
    from duologue.practice.debriefing.progress import Practised, progress, progress_said

    rows = []
    for e in reversed(keeping.kept()):
        if not e.lines:
            continue
        session = keeping.look(e.id)
        if session.focus in FOCUSES:
            focus = FOCUSES[session.focus]
            for talk in (*session.branches, session.talk):
                count = measured(talk, focus)
                rows.append(
                    Practised(
                        when=e.when,
                        focus=focus.name,
                        count=count.count,
                        of=count.of,
                        scenario=e.scenario,
                        temperament=e.temperament,
                    )
                )
    if not rows:
        say("No session with a focus is kept yet. Begin one: duologue practice NAME --focus ask_on")
        return
    click.echo(progress_said(progress(rows)), nl=False)
