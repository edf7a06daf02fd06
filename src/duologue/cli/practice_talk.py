"""A practice session at a terminal: a line of yours, a line of theirs, and what came of it at the end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from duologue.cli.shared import say
from duologue.errors import DuologueError

if TYPE_CHECKING:
    from duologue.cli.practising import Practice

HELP = """  /why        what the partner heard in your last line, and what it did
  /rewind N   back to before your line N, to try another sentence; both ways are kept
  /end        end it; then comes the debrief (Ctrl-C does the same)
  /help       this
Anything else is said to your partner. Enter alone is a silence."""
TRIES = 3


def run_talk(practice: Practice, *, tell: bool) -> None:
    """Until one of the two ends it. Only the debrief comes on standard output."""
    _opening(practice)
    try:
        while True:
            text = _read(practice)
            if text is None:
                break
            if text.startswith("/"):
                if _command(practice, text):
                    break
                continue
            practice.say(text)
            _reply(practice, tell=tell)
            if practice.session.talk.state.ended or _tried_enough(practice):
                break
    except (KeyboardInterrupt, click.Abort):
        say("")
    practice.close()
    look_back(practice)


def _opening(practice: Practice) -> None:
    """Who they are, why you meet, and their first words."""
    session = practice.session
    setting, talk = session.talk.setting, session.talk
    scenario = setting.scenario
    if practice.lost:
        from duologue.practice.shown import moment_said

        click.echo(moment_said(practice.lost), err=True, nl=False)
        say(f"Say it again, {TRIES} times if you like. /help shows what else there is.")
        return
    say(f"{scenario.title}")
    say(" ".join(scenario.you.split()))
    say(f"{scenario.person.name}: {scenario.person.role}. {' '.join(scenario.relation.split())}")
    if session.focus:
        from duologue.practice.focus import FOCUSES

        say(f"For this session one thing: {FOCUSES[session.focus].what}")
    say("/help shows what you can do besides talking. Seed " + str(setting.seed) + ".")
    say("")
    if talk.steps:
        for line in talk.so_far:
            say(f"{'You' if line.who == 'you' else scenario.person.name.split()[0]}: {line.text}")
    else:
        say(f"{scenario.person.name.split()[0]}: {scenario.opens}")


def _read(practice: Practice) -> str | None:
    """The user's next line; None at the end of the input."""
    turn = len(practice.session.talk.steps) + 1
    if sys.stdin.isatty():
        import contextlib

        with contextlib.suppress(ImportError):
            import readline  # noqa: F401  (arrow keys in the line that is being typed)
        sys.stderr.flush()
        try:
            return input(f"{turn}  You: ").strip()
        except EOFError:
            return None
    line = sys.stdin.readline()
    if not line:
        return None
    say(f"{turn}  You: {line.strip()}")
    return line.strip()


def _reply(practice: Practice, *, tell: bool) -> None:
    talk = practice.session.talk
    step = talk.steps[-1]
    say(f"{talk.setting.scenario.person.name.split()[0]}: {step.reply.text}")
    if step.reply.note:
        say(f"   ({step.reply.note})")
    if practice.diary and practice.diary.notice:
        say(f"   ({practice.diary.notice})")
        practice.diary.notice = None
    if practice.lost:
        from duologue.practice.moment import judge_try
        from duologue.practice.shown import try_said

        click.echo(try_said(judge_try(practice.lost, talk)), err=True, nl=False)
    elif tell:
        _why(practice)


def _why(practice: Practice) -> None:
    from duologue.practice.shown import turn_said

    steps = practice.session.talk.steps
    if not steps:
        say("   Nothing was said yet.")
        return
    for line in turn_said(steps[-1]).splitlines():
        say(f"   {line}")


def _command(practice: Practice, text: str) -> bool:
    """What begins with a stroke; True where it ends the session."""
    word, _, rest = text[1:].strip().partition(" ")
    if word in ("end", "quit", "exit"):
        return True
    if word == "why":
        _why(practice)
    elif word == "rewind":
        _rewind(practice, rest.strip())
    else:
        if word != "help":
            say(f"There is no /{word}.")
        for line in HELP.splitlines():
            say(line)
    return False


def _rewind(practice: Practice, number: str) -> None:
    if not number.isdigit():
        say("Back to before which of your lines? Their numbers stand in front: /rewind 3")
        return
    try:
        practice.back_to(int(number))
    except DuologueError as error:
        say(str(error))
        return
    said = practice.session.talk.so_far
    last = said[-1].text if said else practice.session.talk.setting.scenario.opens
    say(f"Back to your line {number}. What came just before: “{last}”")


def _tried_enough(practice: Practice) -> bool:
    """A real moment is tried three times, each from the same line; what came is shown between."""
    if practice.lost is None:
        return False
    if len(practice.session.branches) + 1 >= TRIES:
        return True
    say(f"Once more, from the same line? ({TRIES - 1 - len(practice.session.branches)} left; /end looks back.)")
    practice.back_to(len(practice.session.talk.steps))
    return False


def look_back(practice: Practice) -> None:
    """The debrief; never practice without it."""
    from duologue.practice.debrief import debrief
    from duologue.practice.focus import FOCUSES
    from duologue.practice.shown import render

    session = practice.session
    talk, others = session.talk, session.branches
    if not talk.steps and others:
        talk, others = others[-1], others[:-1]
    if not talk.steps:
        say("Nothing was said, so there is nothing to look back on.")
        return
    focus = FOCUSES.get(session.focus) if session.focus else None
    click.echo(render(debrief(talk, focus=focus, others=others)), nl=False)
    if practice.diary and practice.diary.id:
        say(f"Kept: {practice.diary.id}. Go on with it: duologue practice --resume {practice.diary.id}")
