"""The line where it turned: the one after which the partner's trust or openness moved and did not move back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from duologue.practice.debriefing.chances import state_before
from duologue.practice.moved import counted, worst_of
from duologue.practice.reasons import because
from duologue.practice.session import Step, Talk
from duologue.practice.temper import LISTENS

# A convention of ours: what moves less than this, of 1, is the ordinary to and fro of a talk.
LEAST = 0.08
AGAINST = 0.02  # of trust: less than this the other way is no other way
# Openness moves some three times as fast as trust and comes back as fast; this puts them on one footing.
OPENNESS = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A line of the user's (`turn` from 1), what it moved, and why. Pairs are before and after it, from 0 to 1.

    `steady`: no line moved trust the other way, so that nothing was turned round: this one moved it most.
    """

    turn: int
    up: bool
    said: str
    reply: str
    why: str
    steady: bool
    trust: tuple[float, float]
    openness: tuple[float, float]


def turned(talk: Talk) -> Turned | None:
    """The line after which trust or openness changed most lastingly; None where nothing turned.

    What lasts of a change is what no later line took back. A last line counts only where it ended the talk, because
    what it moved had no time to last.
    """
    steps = talk.steps if talk.state.ended else talk.steps[:-1]
    trust = [state_before(talk, s).trust for s in talk.steps] + [talk.state.trust]
    openness = [state_before(talk, s).openness for s in talk.steps] + [talk.state.openness]
    best: tuple[float, Step] | None = None
    for i, step in enumerate(steps):
        moved = max(_lasting(trust, i), OPENNESS * _lasting(openness, i), key=abs)
        if abs(moved) >= LEAST and (best is None or abs(moved) > abs(best[0])):
            best = (moved, step)
    if best is None:
        return None
    moved, step = best
    before = state_before(talk, step)
    return Turned(
        turn=step.turn,
        up=moved > 0,
        said=step.said,
        reply=step.reply.text,
        why=_why(talk, step, up=moved > 0),
        steady=all((b - a if moved > 0 else a - b) > -AGAINST for a, b in pairwise(trust)),
        trust=(before.trust, step.state.trust),
        openness=(before.openness, step.state.openness),
    )


def _lasting(values: Sequence[float], i: int) -> float:
    """How much of the step from `values[i]` to the next one was still there at every later time; with its sign."""
    before, after = values[i], values[i + 1 :]
    if after[0] >= before:
        return max(0.0, min(after[0] - before, min(after) - before))
    return min(0.0, max(after[0] - before, max(after) - before))


def _why(talk: Talk, step: Step, *, up: bool) -> str:
    """What in the line moved them most, as the partner would say it."""
    if not up:
        worst = worst_of(step.heard)
        return because(worst) if worst else step.decision.why
    listens = counted(state_before(talk, step), step.heard)
    most = max(listens, key=lambda kind: LISTENS[kind] * listens[kind], default=None)
    if most is None:
        return step.decision.why
    return because("opened", by=(most,))
