"""How a line moves a partner: what of the listening counts, what closes, and how trust, openness and patience go."""

from __future__ import annotations

from dataclasses import replace

from duologue.practice.base import Closing, Heard, State
from duologue.practice.scenario import Earns
from duologue.practice.temper import AGAIN, CLOSES, ECHOED, LISTENS, LOOKS_BACK, Temper

_ORDER: tuple[Closing, ...] = (
    "insult", "order", "flood", "repeated", "call_to_action", "pitch", "persuasion", "wall", "assumption", "advice",
    "deflected", "own_matter", "dropped",
)  # fmt: skip


def counted(state: State, heard: Heard) -> dict[Earns, float]:
    """What of the listening counts: less, the more often one way of it, and no other, came line after line."""
    lately = [frozenset(kinds) for kinds in state.listened[-LOOKS_BACK:]]
    echoes = sum(state.echoes[-LOOKS_BACK:])
    now = _ways(frozenset(heard.listening))
    again = sum(1 for kinds in lately if kinds and _ways(kinds) == now) if len(now) == 1 else 0
    most = ECHOED[min(echoes, len(ECHOED) - 1)] if heard.echo else 1.0
    return {kind: min(most, value * AGAIN[min(again, len(AGAIN) - 1)]) for kind, value in heard.listening.items()}


def _ways(kinds: frozenset[Earns]) -> frozenset[str]:
    """The ways of listening: questions are one, whatever they ask about."""
    return frozenset("question" if k in ("asked", "followed_up") else k for k in kinds)


def warmth_of(listens: dict[Earns, float]) -> float:
    """How much was listening, from 0 to 1: each kind closes part of what is left to 1."""
    left = 1.0
    for kind, value in listens.items():
        left *= 1 - LISTENS[kind] * value
    return 1 - left


def chill_of(heard: Heard, state: State) -> float:
    """How much closed, from 0 to 1. To be echoed time and again does, too."""
    echoed = heard.echo and sum(state.echoes[-LOOKS_BACK:]) >= len(ECHOED) - 1
    left = 0.6 if echoed else 1.0
    for kind, value in heard.closing.items():
        left *= 1 - min(1.0, CLOSES[kind] * value)
    return 1 - left


def felt(state: State, heard: Heard, warmth: float, chill: float, temper: Temper) -> State:
    """How the line left them."""
    net = warmth - chill
    trust = state.trust + (temper.grows * net * (1.1 - 0.3 * state.trust) if net > 0 else temper.falls * net)
    wanted = max(0.0, min(1.0, 0.45 + 0.55 * warmth - 0.95 * chill))
    openness = state.openness + 0.5 * (wanted - state.openness)
    tired = 0.015 + 0.085 * chill + 0.05 * heard.silent + 0.02 * (warmth < 0.3) - 0.05 * warmth
    return replace(
        state,
        turn=state.turn + 1,
        trust=_kept(trust),
        openness=_kept(openness),
        patience=_kept(state.patience - temper.tires * tired),
        listened=(*state.listened, tuple(k for k, v in heard.listening.items() if v >= 0.3)),
        closed=(*state.closed, tuple(k for k, v in heard.closing.items() if v >= 0.3)),
        echoes=(*state.echoes, heard.echo),
        withheld=None,
    )


def _kept(value: float) -> float:
    return round(max(0.0, min(1.0, value)), 3)


def worst_of(heard: Heard) -> Closing | None:
    """What of a line closes most; None where nothing does."""
    some = heard.closing
    return max(some, key=lambda kind: (CLOSES[kind] * some[kind], -_ORDER.index(kind)), default=None)
