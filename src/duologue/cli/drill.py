"""`duologue drill`: be asked about your own claims; and the judge of answers, for files."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from duologue.cli.shared import emit, say

if TYPE_CHECKING:
    from duologue.preparation.drilling import Exam, Question
    from duologue.preparation.ladder import Ladder

_HELP = """\
Answer in your own words, on one line. Enter alone passes on; “I don't know; I'll find out” is an answer.
/skip  leave this one for another day      /end  end here, with the summary      /help  this
"""


@click.command("drill")
@click.argument("path", required=False, metavar="LADDER")
@click.option("--judge", "answers", metavar="FILE", help="Judge a file of answers instead; - is standard input.")
@click.option("--due", is_flag=True, help="Only list what is due when.")
@click.option("--rungs", type=click.IntRange(1, 500), help="How many rungs are asked; 8 if you do not say.")
@click.option("--all", "everything", is_flag=True, help="Ask also what is not due yet.")
@click.option("--seed", type=int, help="The same order and wordings again, for the same memory.")
@click.option("--forget", is_flag=True, help="Remove what is remembered of this ladder.")
@click.option("--format", "-f", "form", type=click.Choice(("text", "json")), default="text", help="Of --judge, --due.")
def command(
    *,
    path: str | None,
    answers: str | None,
    due: bool,
    rungs: int | None,
    everything: bool,
    seed: int | None,
    forget: bool,
    form: str,
) -> None:
    """Be asked about your own claims, rung by rung, and see what each answer does.

    \b
    duologue drill ladder.yaml
    duologue drill --judge answers.jsonl --format json
    """
    if (path is None) == (answers is None):
        raise click.UsageError("Give a ladder (duologue prepare writes one), or answers with --judge.")
    if answers is not None:
        _judge(answers, form)
        return
    from duologue.preparation.ladder import read_ladder

    ladder = read_ladder(str(path))
    if forget:
        _forget(ladder)
    elif due:
        _due(ladder, form)
    else:
        _drill(ladder, rungs=rungs, everything=everything, seed=seed)


def _judge(path: str, form: str) -> None:
    from duologue.preparation.answers import as_json, read_answers
    from duologue.preparation.judging import judge
    from duologue.preparation.shown import judged_page

    items = read_answers(path, sys.stdin.buffer)
    found = judge([i.exchange for i in items])
    emit(as_json(items, found) if form == "json" else judged_page(items, found), None)


def _forget(ladder: Ladder) -> None:
    from duologue.preparation.remembering import forget

    say(
        "What was remembered of this ladder is gone." if forget(ladder.id) else "Nothing was remembered of this ladder."
    )


def _due(ladder: Ladder, form: str) -> None:
    from duologue.preparation import remembering
    from duologue.preparation.summing_up import due_page, due_rows
    from duologue.wire import dumps

    memory, now = remembering.recall(ladder.id), remembering.now()
    emit(dumps({"due": due_rows(ladder, memory, now)}) if form == "json" else due_page(ladder, memory, now), None)


def _drill(ladder: Ladder, *, rungs: int | None, everything: bool, seed: int | None) -> None:
    import random

    from duologue.preparation import remembering
    from duologue.preparation.drilling import ROUND, Exam
    from duologue.preparation.summing_up import nothing_due, summary

    exam = Exam(
        ladder=ladder,
        memory=remembering.recall(ladder.id),
        chance=random.Random(seed),
        now=remembering.now,
        rounds=rungs or ROUND,
        everything=everything,
    )
    asked = list(exam.questions())
    if not asked:
        click.echo(nothing_due(exam), nl=False)
        return
    click.echo(_HELP)
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")  # what is typed in another encoding must not end the exam
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):  # arrows and long lines, where the platform has it
            import readline  # noqa: F401
    # Ctrl-C and the end of input end the session as /end does: with its summary.
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        for n, question in enumerate(asked, 1):
            _ask(exam, question, f"{n}/{len(asked)}")
    click.echo("\n" + summary(exam), nl=False)


def _ask(exam: Exam, question: Question, n: str) -> None:
    """One rung: asked, answered, judged, tried again while there is something to try for."""
    from duologue.preparation.summing_up import asked_lines, goes_well, outcome_lines

    click.echo(asked_lines(n, question))
    left = 1
    while left:
        text = _typed("> " if left == 1 else "again, or Enter to go on > ")
        if not text:
            if not any(o.question is question for o in exam.outcomes):
                click.echo("  Left for another day.")
            break
        outcome = exam.answered(question, text)
        click.echo(outcome_lines(outcome))
        left = 0 if goes_well(outcome) else outcome.tries_left and outcome.tries_left + 1
    click.echo()


def _typed(prompt: str) -> str:
    """A line, without what stands around it; "" to pass on. EOFError at the end of input and for /end."""
    while True:
        line = input(prompt).strip()
        if not sys.stdin.isatty():
            click.echo()  # what was piped in does not end its own line
        if line == "/end":
            raise EOFError
        if line == "/help":
            click.echo(_HELP)
            continue
        return "" if line == "/skip" else line
