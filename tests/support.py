"""Helpers that tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from duologue.model import Conversation, Side, Span, Speaker, Turn
from duologue.text import Scene

ROOT = Path(__file__).resolve().parents[1]


def shared(relative: str) -> Path:
    """A file or folder of `../shared`. Skips where that folder is absent; fails where only this part is missing."""
    base = ROOT.parent / "shared"
    if not base.is_dir():
        pytest.skip("../shared is absent: nothing to check against here")
    path = base / relative
    if not path.exists():
        pytest.fail(f"../shared is here and {relative} is not")
    return path


def talk(*lines: str, kind: str | None = None, sides: dict[str, Side] | None = None) -> Conversation:
    """A conversation from lines such as "A: text"; A is ours and every other speaker theirs, unless `sides` says."""
    turns = []
    for line in lines:
        name, _, text = line.partition(": ")
        turns.append(Turn(speaker=name, text=text))
    names = list(dict.fromkeys(t.speaker for t in turns))
    side = sides if sides is not None else {n: "ours" if n == "A" else "theirs" for n in names}
    return Conversation(
        id="test",
        kind=kind,  # type: ignore[arg-type]
        speakers=tuple(Speaker(id=n, name=n, side=side.get(n, "unknown")) for n in names),
        turns=tuple(turns),
    )


def whole_turn(scene: Scene, turn: int) -> Span | None:
    """The span from the first to the last word of a turn; None where it has no sentence."""
    cut = scene.sentences[turn]
    return Span(turn=turn, start=cut[0].span.start, end=cut[-1].span.end) if cut else None
