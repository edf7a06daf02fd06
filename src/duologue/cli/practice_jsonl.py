"""A practice session for programs: a line of JSON in, a line of JSON out, and at the end the debrief."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msgspec

from duologue.errors import DuologueError, UnreadableInput

if TYPE_CHECKING:
    from duologue.cli.practising import Practice


def run_lines(practice: Practice, *, show_state: bool, reveal: bool) -> None:
    """Nothing is written before a line was read; then one line for each, flushed; after the end the debrief.

    A line that is no {"say": …} gets an {"error": …}, and the session goes on. {"back_to": N} goes back to before line
    N of the user's. A session that cannot be kept says so once, as "notice".
    """
    from duologue.cli.practice_talk import where_it_goes

    where_it_goes(practice)  # on standard error
    try:
        for number, line in enumerate(sys.stdin.buffer, 1):
            answer = _answered(practice, line, number, show_state=show_state)
            _write(answer)
            if answer.get("ended"):
                break
    except KeyboardInterrupt:
        pass
    practice.close()
    _write({"debrief": _debrief(practice, reveal=reveal)})


def _answered(practice: Practice, line: bytes, number: int, *, show_state: bool) -> dict[str, Any]:
    try:
        asked = msgspec.json.decode(line, type=dict[str, Any], strict=False)
        if type(asked.get("back_to")) is int:
            practice.back_to(asked["back_to"])
            return {"turn": len(practice.session.talk.steps), "back_to": asked["back_to"], "ended": False}
        if not isinstance(asked.get("say"), str):
            raise UnreadableInput("a line needs “say” with a text", where=f"line {number}", hint='{"say": "…"}')
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {"error": f'line {number}: this is no JSON object. Write {{"say": "…"}}', "ended": False}
    except DuologueError as error:
        return {"error": str(error), "ended": False}
    if practice.session.talk.state.ended:  # a kept session that is gone on with
        return {"error": f'line {number}: they have gone. {{"back_to": N}} first goes back', "ended": True}
    practice.say(asked["say"])
    found = as_line(practice, show_state=show_state)
    if practice.diary and practice.diary.notice:
        found["notice"], practice.diary.notice = practice.diary.notice, None
    return found


def as_line(practice: Practice, *, show_state: bool) -> dict[str, Any]:
    """The last step as its line."""
    talk = practice.session.talk
    step = talk.steps[-1]
    line: dict[str, Any] = {
        "turn": step.turn,
        "reply": step.reply.text,
        "asks": step.decision.ask,
        "disclosed": list(step.state.told),
        "layers": len(talk.setting.scenario.layers()),
        "ended": step.state.ended,
    }
    if step.reply.note:
        line["note"] = step.reply.note
    if show_state:
        state = msgspec.to_builtins(step.state)
        state.pop("used")  # every sentence so far: the replies hold them
        line |= {"state": state, "why": step.decision.why, "does": step.decision.does}
        line["heard"] = {"listening": step.heard.listening, "closing": step.heard.closing}
    return line


def _debrief(practice: Practice, *, reveal: bool) -> dict[str, Any]:
    from duologue.practice.debriefing.debrief import debrief
    from duologue.practice.debriefing.focus import FOCUSES
    from duologue.practice.debriefing.shown import as_json

    session = practice.session
    talk, others = session.talk, session.branches
    if not talk.steps and others:
        talk, others = others[-1], others[:-1]
    if not talk.steps:
        return {"turns": 0, "notices": ["Nothing was said, so there is nothing to look back on."]}
    focus = FOCUSES.get(session.focus) if session.focus else None
    found = as_json(debrief(talk, focus=focus, others=others, reveal=reveal or None))
    if practice.diary and practice.diary.id:
        found["session"] = practice.diary.id
    return found


def _write(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()
