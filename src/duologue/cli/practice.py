"""`duologue practice`: talk with a partner who opens up when heard, and look back on it afterwards."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duologue.cli.shared import say

if TYPE_CHECKING:
    from duologue.cli.practising import Practice

VOICES = ("written", "llm")


@click.command("practice")
@click.argument("name", required=False, metavar="[NAME[:TEMPERAMENT]]")
@click.option("--list", "listed", is_flag=True, help="Who there is to practise with.")
@click.option("--format", "-f", "form", type=click.Choice(("text", "json")), default="text", help="Of a list.")
@click.option(
    "--from",
    "source",
    metavar="FILE",
    help="Replay a moment of your own: of a review (JSON), a transcript, a recording.",
)
@click.option("--moment", type=click.IntRange(1), metavar="N", help="Which moment to work on, as listed there.")
@click.option("--us", multiple=True, metavar="NAME", help="Who is on your side, as FILE spells it.")
@click.option("--focus", metavar="SKILL", help="One skill for this session; “list” shows them.")
@click.option("--progress", is_flag=True, help="What was measured over your sessions, each skill beside itself.")
@click.option("--seed", type=int, default=None, help="The same lines get the same replies. Default: a new one.")
@click.option("--voice", type=click.Choice(VOICES), default="written", show_default=True, help="Who words the partner.")
@click.option("--tell", is_flag=True, help="After each turn: what was heard, and what it did.")
@click.option("--reveal", is_flag=True, help="In the debrief, name what they did not tell you.")
@click.option("--jsonl", is_flag=True, help="Lines of JSON in and out, for programs.")
@click.option("--show-state", is_flag=True, help="With --jsonl: the partner's state and reason in every line.")
@click.option("--spoken", is_flag=True, help="Speak and listen: a microphone, and espeak-ng or Piper.")
@click.option("--headset", is_flag=True, help="With --spoken: the microphone cannot hear the partner; you may cut in.")
@click.option("--piper", metavar="VOICE", help="With --spoken: Piper speaks, with this voice of it (a .onnx file).")
@click.option("--model", metavar="NAME", help="With --spoken: the model of speech that hears you.")
@click.option("--list-sessions", is_flag=True, help="Sessions that are kept on this machine.")
@click.option("--resume", metavar="ID", help="Go on with a kept session.")
@click.option("--forget", metavar="ID", help="Remove a kept session; “all” for every one.")
@click.option("--export", metavar="ID", help="A kept session as a conversation that `duologue review` reads.")
@click.option("--output", "-o", metavar="FILE", default="-", help="Where --export writes. Default: standard output.")
def command(
    *,
    name: str | None,
    listed: bool,
    form: str,
    source: str | None,
    moment: int | None,
    us: tuple[str, ...],
    focus: str | None,
    progress: bool,
    seed: int | None,
    voice: str,
    tell: bool,
    reveal: bool,
    jsonl: bool,
    show_state: bool,
    spoken: bool,
    headset: bool,
    piper: str | None,
    model: str | None,
    list_sessions: bool,
    resume: str | None,
    forget: str | None,
    export: str | None,
    output: str,
) -> None:
    """Practise a conversation: with somebody out of a list, or the moment that you would like to have again.

    NAME is a partner of the list, or the file of one of your own (`duologue scenario new`). TEMPERAMENT is warm, brisk
    or wary. In a session: /help, /why, /rewind N, /end; Ctrl-C ends it with the debrief. Sessions are kept on this
    machine until you remove them.

    \b
    duologue practice warehouse-vp
    duologue practice teenager:wary --focus ask_on
    duologue practice --from call.vtt --us "My Name"
    """
    from duologue.cli import practice_kept as kept

    if listed:
        kept.list_partners(form)
    elif focus == "list":
        kept.list_focuses()
    elif progress:
        kept.show_progress()
    elif list_sessions:
        kept.list_sessions(form)
    elif forget:
        kept.forget(forget)
    elif export:
        kept.export(export, output)
    else:
        practice = _chosen(name, source, moment, us, focus, seed, voice, resume)
        if jsonl:
            from duologue.cli.practice_jsonl import run_lines

            run_lines(practice, show_state=show_state, reveal=reveal)
        elif spoken:
            from duologue.cli.practice_spoken import run_spoken

            run_spoken(practice, headset=headset, piper=piper, model=model, reveal=reveal)
        else:
            from duologue.cli.practice_talk import run_talk

            run_talk(practice, tell=tell, reveal=reveal)


def _chosen(
    name: str | None,
    source: str | None,
    moment: int | None,
    us: tuple[str, ...],
    focus: str | None,
    seed: int | None,
    voice: str,
    resume: str | None,
) -> Practice:
    """What is going to be practised."""
    from duologue.cli import practising

    if resume:
        return practising.resumed(resume, voice)
    if source is None and name is None:
        source, name = _ask_for_one()
    if source is None and name is not None and practising.is_conversation(name):
        source, name = name, None  # their own conversation, given first
    if source is not None:
        return practising.replayed(source, moment=moment, us=us, temperament=name, seed=seed, voice=voice)
    if moment is not None:
        raise click.UsageError("--moment is one of a conversation: give that with --from FILE.")
    assert name is not None
    return practising.begun(name, focus=focus, seed=seed, voice=voice)


def _ask_for_one() -> tuple[str | None, str | None]:
    """The default start is one's own lost moment; whoever has none at hand takes somebody out of the list."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(
            "With whom? `duologue practice --list` names the partners; --from FILE replays a moment of your own."
        )
    say("Which conversation of yours would you like to have again? Its file (a transcript, a review, a recording),")
    answer = click.prompt("or Enter for somebody to practise with", default="", show_default=False, err=True).strip()
    if answer:
        if Path(answer).expanduser().exists():
            return str(Path(answer).expanduser()), None
        return None, answer
    from duologue.practice.scenario import SHIPPED

    names = list(SHIPPED.paths)
    for n, shipped in enumerate(names, 1):
        say(f"  {n:2}  {shipped:20} {SHIPPED.get(shipped).title}")
    picked = click.prompt("A number", type=click.IntRange(1, len(names)), err=True)
    return None, names[picked - 1]
