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
GONE = "They have gone. /rewind N goes back to before your line N, /end looks back."
TRIES = 3


def run_talk(practice: Practice, *, tell: bool, reveal: bool) -> None:
    """Until one of the two ends it. Only the debrief comes on standard output."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")  # what is typed in another encoding must not end the session
    opening(practice)
    if practice.session.talk.state.ended:
        say(GONE)
    try:
        while True:
            text = _read(practice)
            if text is None:
                break
            if text.startswith("/"):
                if _command(practice, text):
                    break
                continue
            if practice.session.talk.state.ended:  # a kept session that is gone on with
                say(GONE)
                continue
            practice.say(text)
            _reply(practice, tell=tell)
            if not _goes_on(practice):
                break
    except (KeyboardInterrupt, click.Abort):
        say("")
    practice.close()
    look_back(practice, reveal=reveal)


def _goes_on(practice: Practice) -> bool:
    """Whether there is more to say: a real moment and a session with a focus are tried three times from one place."""
    session = practice.session
    ended = session.talk.state.ended
    if practice.lost is None and session.focus is None:
        return not ended
    if practice.lost is None:
        from duologue.practice.debriefing.focus import FOCUSES, measured, round_over
        from duologue.practice.debriefing.sheet_back import count_said

        if not (ended or round_over(session.talk)):
            return True
        focus = FOCUSES[session.focus or ""]
        say(f"Your round: {count_said(focus, measured(session.talk, focus))}")
    left = TRIES - 1 - len(session.branches)
    if left <= 0:
        return False
    say(f"Once more, from the same place? {left} left; /end looks back.")
    practice.back_to(1)
    said = practice.session.talk.so_far
    if practice.lost is None and said:
        say(f"{_who(practice)}: {said[-1].text}")
    return True


def _who(practice: Practice) -> str:
    return practice.session.talk.setting.scenario.person.name.split()[0]


def opening(practice: Practice, *, silent: bool = False) -> None:
    """Who they are, why you meet, and their first words (`silent`: these are spoken)."""
    session = practice.session
    setting, talk = session.talk.setting, session.talk
    scenario = setting.scenario
    where_it_goes(practice)
    if practice.lost:
        from duologue.practice.debriefing.shown import moment_said

        click.echo(moment_said(practice.lost), err=True, nl=False)
        say(f"Say it again, {TRIES} times if you like. /help shows what else there is.")
        return
    say(f"{scenario.title}")
    say(" ".join(scenario.you.split()))
    say(f"{scenario.person.name}: {scenario.person.role}. {' '.join(scenario.relation.split())}")
    if session.focus:
        from duologue.practice.debriefing.focus import FOCUSES

        say(f"For this session one thing: {FOCUSES[session.focus].what}")
    if not silent:
        say(f"/help shows what you can do besides talking. Seed {setting.seed}.")
    say("")
    for line in () if silent else talk.so_far:
        say(f"{'You' if line.who == 'you' else _who(practice)}: {line.text}")


def where_it_goes(practice: Practice) -> None:
    """That a model elsewhere is sent what is said, where one is (P3)."""
    if practice.voiced_at:
        say(f"A model at {practice.voiced_at} words the partner: what you say is sent there.")


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
    say(f"{_who(practice)}: {step.reply.text}")
    if step.reply.note:
        say(f"   ({step.reply.note})")
    if practice.diary and practice.diary.notice:
        say(f"   ({practice.diary.notice})")
        practice.diary.notice = None
    if practice.lost:
        from duologue.practice.debriefing.shown import try_said
        from duologue.practice.replay import judge_try

        click.echo(try_said(judge_try(practice.lost, talk)), err=True, nl=False)
    elif tell:
        _why(practice)


def _why(practice: Practice) -> None:
    from duologue.practice.debriefing.shown import turn_said

    steps = practice.session.talk.steps
    if not steps:
        say("   Nothing was said yet.")
        return
    for line in turn_said(steps[-1], practice.session.talk).splitlines():
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
    if not number.isdecimal():
        say("Back to before which of your lines? Their numbers stand in front: /rewind 3")
        return
    try:
        practice.back_to(int(number))
    except DuologueError as error:
        say(str(error))
        return
    said = practice.session.talk.so_far
    before = f" What came just before: “{said[-1].text}”" if said else ""
    say(f"Back to your line {number}.{before}")


def look_back(practice: Practice, *, reveal: bool) -> None:
    """The debrief; never practice without it."""
    from duologue.practice.debriefing.debrief import debrief
    from duologue.practice.debriefing.focus import FOCUSES
    from duologue.practice.debriefing.shown import render

    session = practice.session
    talk, others = session.talk, session.branches
    if not talk.steps and others:
        talk, others = others[-1], others[:-1]
    if not talk.steps:
        say("Nothing was said, so there is nothing to look back on.")
        return
    focus = FOCUSES.get(session.focus) if session.focus else None
    found = debrief(talk, focus=focus, others=others, reveal=reveal or None)
    id = practice.diary.id if practice.diary else ""
    tells = f"duologue practice --resume {id} --reveal names it, when you would like to know." if id else ""
    click.echo(render(found, tells=tells), nl=False)
    if practice.diary and practice.diary.notice:  # nothing was shown while they spoke
        say(practice.diary.notice)
    if practice.diary and practice.diary.id:
        say(f"Kept: {practice.diary.id}. Go on with it: duologue practice --resume {practice.diary.id}")
