"""Sessions are kept as they go, so that one that was killed goes on where it was.

A session is a file of JSON lines below `home("practice")`: first what it is played with (the whole scenario, so that a
changed file changes no session), then a step a line, and where the user went back. Lines are only ever appended, and
each is with the system before its reply is shown; one that a crash cut in two is cut off. They are the user's own
words: the owner's alone, listed and removed on demand.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from duologue.errors import UnknownName, UnreadableInput
from duologue.files import open_locked
from duologue.home import home
from duologue.practice.session import Setting, Step, Talk

FORMAT = "duologue.practice/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A talk with the branches that were left for it, oldest first. `focus`: the one skill it is about, or None."""

    talk: Talk
    branches: tuple[Talk, ...] = ()
    focus: str | None = None

    def back_to(self, turn: int, *, keep: bool = True) -> Session:
        """Before line `turn` of the user's, the present branch kept or not. Raises UnknownName where there is none."""
        branches = (*self.branches, self.talk) if keep else self.branches
        return replace(self, talk=self.talk.upto(turn), branches=branches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A session in a list. `when`: it was last used, ISO 8601 to the minute. `lines`: of the user's."""

    id: str
    when: str
    scenario: str
    temperament: str
    lines: int
    ended: bool


class Diary:
    """What writes a session down. `notice`: why nothing is kept, as a sentence for the user; None where all is well."""

    def __init__(self, id: str, file: BinaryIO | None, notice: str | None = None) -> None:
        self.id, self.notice = id, notice
        self._file = file

    @classmethod
    def begin(cls, session: Session, today: str) -> Diary:
        """A new one. `today`: ISO 8601, for its id. Where none can be kept it keeps nothing, and says so."""
        setting = session.talk.setting
        try:
            folder = home("practice")
            for n in range(1, 100_000):
                id = f"{today}-{setting.scenario.name}-{n}"
                path = folder / f"{id}.jsonl"
                if path.exists():
                    continue
                file = open_locked(path)
                if file is None or file.seek(0, 2):
                    continue  # another run took the name between the two looks
                diary = cls(id, file)
                diary._append({"format": FORMAT, "setting": setting, "focus": session.focus})
                return diary
        except OSError as error:
            return cls("", None, _cannot(error))
        return cls("", None, "Too many sessions of today are kept: this one is not. `--forget` makes room.")

    def add(self, step: Step) -> None:
        """Keep a step."""
        self._append({"step": step})

    def back_to(self, turn: int, *, keep: bool = True) -> None:
        """Keep that the user went back to before their line `turn`; `keep`: and that the branch is to be kept."""
        self._append({"back_to": turn, "keep": keep})

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _append(self, line: dict[str, Any]) -> None:
        if self._file is None:
            return
        data = msgspec.json.encode(line) + b"\n"
        try:
            self._file.seek(0, 2)
            written = 0
            while written < len(data):  # unbuffered: a full disk takes a part
                written += self._file.write(data[written:]) or 0
        except OSError as error:
            self.notice = _cannot(error)
            with contextlib.suppress(OSError):
                self.close()


def resume(id: str) -> tuple[Diary, Session]:
    """A kept session, as it was after its last whole line. Raises UnknownName; UnreadableInput where it is damaged."""
    path = _path(id)
    file = open_locked(path)
    if file is None:
        raise UnreadableInput("this session is open in another window", where=id, hint="End it there first")
    session, good = _read(path)
    if session is None:
        file.close()
        raise UnreadableInput(
            "this session cannot be read: its first line is not whole", where=id, hint=f"Remove it: --forget {id}"
        )
    file.truncate(good)
    return Diary(id, file), session


def look(id: str) -> Session:
    """A kept session, only to look at. Raises as `resume` does, an open one too can be looked at."""
    session, _ = _read(_path(id))
    if session is None:
        raise UnreadableInput("this session cannot be read", where=id, hint=f"Remove it: --forget {id}")
    return session


def kept() -> list[Entry]:
    """Every session, the one used last first; one that cannot be read is named by its id alone."""
    found = []
    for path in _files():
        session, _ = _read(path)
        found.append((path.stat().st_mtime, path.stem, session))
    found.sort(key=lambda one: (-one[0], one[1]))
    return [_entry(at, id, session) for at, id, session in found]


def forget(id: str) -> int:
    """Remove a session, or every one ("all"). How many. Raises UnknownName."""
    paths = list(_files()) if id == "all" else [_path(id)]
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def _entry(at: float, id: str, session: Session | None) -> Entry:
    when = datetime.fromtimestamp(at).isoformat(sep=" ", timespec="minutes")
    if session is None:
        return Entry(id=id, when=when, scenario="(cannot be read)", temperament="", lines=0, ended=False)
    setting, talk = session.talk.setting, session.talk
    return Entry(
        id=id,
        when=when,
        scenario=setting.scenario.name,
        temperament=setting.temperament,
        lines=len(talk.steps),
        ended=talk.state.ended,
    )


def _files() -> Iterator[Path]:
    return iter(sorted(home("practice").glob("*.jsonl")))


def _path(id: str) -> Path:
    there = {p.stem: p for p in _files()}  # looked up, never put together: no name leads out of the folder
    if id not in there:
        hint = f"The last ones are: {', '.join([*there][-3:])}" if there else "None is kept yet"
        raise UnknownName(f"there is no session “{id}”", hint=hint)
    return there[id]


def _read(path: Path) -> tuple[Session | None, int]:
    """The session in a file and up to which byte it is whole."""
    session: Session | None = None
    good = 0
    with path.open("rb") as lines:
        for line in lines:
            if not line.endswith(b"\n"):  # a crash cut it in two
                break
            try:
                session = _joined(session, msgspec.json.decode(line, type=dict[str, msgspec.Raw]))
            except (msgspec.DecodeError, UnknownName, ValueError):
                break
            if session is None:
                break
            good += len(line)
    return session, good


def _joined(session: Session | None, line: dict[str, msgspec.Raw]) -> Session | None:
    """The session with one more line of the file."""
    if "setting" in line:
        setting = msgspec.json.decode(line["setting"], type=Setting)
        focus = msgspec.json.decode(line["focus"], type=str | None) if "focus" in line else None
        return Session(talk=Talk(setting=setting), focus=focus)
    if session is None:
        return None
    if "step" in line:
        step = msgspec.json.decode(line["step"], type=Step)
        return replace(session, talk=replace(session.talk, steps=(*session.talk.steps, step)))
    if "back_to" in line:
        keep = msgspec.json.decode(line["keep"], type=bool) if "keep" in line else True
        return session.back_to(msgspec.json.decode(line["back_to"], type=int), keep=keep)
    return session  # a line of a later version


def _cannot(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"This session cannot be kept on this machine ({reason}): it ends with the program."
