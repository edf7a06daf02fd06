"""`duologue review … --together`: several talks with the same people, and what came of one in a later one."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duologue.cli.shared import emit, files_in, load_one

if TYPE_CHECKING:
    from duologue.model import Conversation
    from duologue.model.together import Together
    from duologue.reviewing import Options


def show(
    paths: Sequence[str],
    *,
    reading: dict[str, Any],
    options: Options,
    form: str,
    output: str | None,
    everything: bool,
    color: bool,
) -> None:
    """Read, review and show them together. Raises DuologueError that names the file where one cannot be used."""
    from duologue.errors import UnreadableInput
    from duologue.reviewing import review
    from duologue.together import together

    files = [path for path, _ in files_in(paths)]
    if len(files) < 2:
        hint = "Give a later one with the same people too"
        raise UnreadableInput("--together is about two conversations or more", where=files[0], hint=hint)
    conversations = _one_side([load_one(path, any_us=True, **reading) for path in files])
    found = together([review(c, options) for c in conversations], _names(files))
    emit(_render(found, form, everything=everything, color=color), output)


def _one_side(conversations: list[Conversation]) -> list[Conversation]:
    """Who is on the coached side in one of them is so in all: a file alone may not tell."""
    from duologue.errors import UnknownName
    from duologue.sides import with_us

    ours = dict.fromkeys(s.name for c in conversations for s in c.speakers if s.side == "ours")
    found = []
    for c in conversations:
        told = c
        for name in () if any(s.side == "ours" for s in c.speakers) else ours:
            try:
                told = with_us(told, [*(s.name for s in told.speakers if s.side == "ours"), name])
            except UnknownName:
                continue  # that person was in another one
        found.append(told)
    return found


def _names(files: Sequence[str]) -> list[str]:
    """What each is called: the file's name, with its folder where two have the same."""
    names = [Path(path).name for path in files]
    return [n if names.count(n) == 1 else str(Path(*Path(p).parts[-2:])) for n, p in zip(names, files, strict=True)]


def _render(found: Together, form: str, *, everything: bool, color: bool) -> str:
    if form == "json":
        from duologue.reports import json

        return json.render_together(found)
    from duologue.reports import together_shown

    if form == "html":
        return together_shown.html(found, all=everything)
    if form == "md":
        return together_shown.markdown(found, all=everything)
    width = min(100, shutil.get_terminal_size((88, 24)).columns)
    return together_shown.text(found, all=everything, width=width, color=color)
