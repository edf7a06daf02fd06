"""Conversations with acts given by hand, so that a moment is tested apart from the rules that find acts.

A line is "A: Words. #act.one #act.two | More words. #other": each piece between bars becomes part of the turn, and each
tag an act over that piece.
"""

from __future__ import annotations

from dataclasses import replace

from duologue.acts.base import Evidence
from duologue.model import Act, Moment, Side, Span
from duologue.moments import Limits, find
from duologue.text import scene
from support import talk


def staged(*lines: str, kind: str | None = None, sides: dict[str, Side] | None = None) -> Evidence:
    """The evidence for these lines; A is ours and the rest theirs unless `sides` says."""
    plain, marks = [], []
    for number, line in enumerate(lines):
        name, _, rest = line.partition(": ")
        text = ""
        for piece in rest.split(" | "):
            words = " ".join(w for w in piece.split(" ") if not w.startswith("#"))
            start = len(text) + bool(text)
            text = f"{text} {words}" if text else words
            marks += [(number, start, len(text), w[1:]) for w in piece.split(" ") if w.startswith("#")]
        plain.append(f"{name}: {text}")
    cut = scene(talk(*plain, kind=kind, sides=sides))
    acts = (Act(kind=k, span=Span(turn=t, start=a, end=b), confidence=0.9, by="test") for t, a, b, k in marks)
    return Evidence(scene=cut, acts=tuple(sorted(acts, key=lambda a: (a.span.turn, a.span.start, a.kind))))


def timed(evidence: Evidence, *times: tuple[float, float]) -> Evidence:
    """The same with a start and an end for each turn."""
    turns = tuple(
        replace(t, start=a, end=b) for t, (a, b) in zip(evidence.scene.conversation.turns, times, strict=True)
    )
    return Evidence(scene=scene(replace(evidence.scene.conversation, turns=turns)), acts=evidence.acts)


def moments_in(evidence: Evidence, limits: Limits | None = None) -> tuple[Moment, ...]:
    """Every moment, with the conversation's own kind in the limits."""
    return find(evidence, limits or Limits(kind=evidence.scene.conversation.kind))


def kinds_in(evidence: Evidence, limits: Limits | None = None) -> set[str]:
    return {m.kind for m in moments_in(evidence, limits)}
