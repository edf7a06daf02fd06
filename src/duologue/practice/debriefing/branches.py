"""Several tries beside each other: the same counts for each, and where they part, in quotes. Nobody wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duologue.acts.base import Labeller
from duologue.model import Review
from duologue.practice.debriefing.chances import LIKELY, Looked, chances
from duologue.practice.debriefing.focus import Count, Focus, measured
from duologue.practice.debriefing.reviewed import reviewed
from duologue.practice.session import Step, Talk

OFFERS = ("pitch", "call_to_action", "advice", "persuasion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One try. `label`: "try 1", …; the talk that the debrief is of comes last, as "this one".

    `told`: ids of layers, in order. `met`, `asked`: invitations of the partner's that were answered, of those that got
    a reply. `offers`: lines with advice, a pitch, a call to action or a device. `trust`: at the beginning and the end.
    """

    label: str
    lines: int
    told: tuple[str, ...]
    abouts: tuple[str, ...]
    of: int
    focus: Count | None
    met: int
    asked: int
    offers: int
    trust: tuple[float, float]
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one branch went at the line where it parts: the user's line and the partner's reply; None: it had ended."""

    label: str
    said: str | None
    reply: str | None
    told: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """The line (from 1) at which a branch parts from this talk; the other's way, then this one's."""

    turn: int
    other: Way
    this: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """`rows`: oldest first, this talk last. `partings`: one for each branch that differs from this talk."""

    rows: tuple[Branch, ...]
    partings: tuple[Parting, ...]


def branches(
    talk: Talk, review: Review, others: Sequence[Talk], focus: Focus | None, labeller: Labeller
) -> Branches | None:
    """Compare a talk with other tries of it. Raises ValueError where one of them is with another partner."""
    there = [o for o in others if o.steps and o.steps != talk.steps]
    if any(o.setting.scenario.name != talk.setting.scenario.name for o in there):
        raise ValueError("branches are tries with one partner; one of these is with another")
    if not there:
        return None
    rows = [_branch(f"try {n}", o, reviewed(o, labeller), focus) for n, o in enumerate(there, 1)]
    return Branches(
        rows=(*rows, _branch("this one", talk, review, focus)),
        partings=tuple(_parting(f"try {n}", o, talk) for n, o in enumerate(there, 1)),
    )


def _branch(label: str, talk: Talk, review: Review, focus: Focus | None) -> Branch:
    asked = chances("answer_before_you_offer", Looked(talk, review))
    scenario = talk.setting.scenario
    before = talk.setting.starts.told if talk.setting.starts else ()  # told in the real conversation
    told = tuple(id for id in talk.state.told if id not in before)
    return Branch(
        label=label,
        lines=len(talk.steps),
        told=told,
        abouts=tuple(scenario.layer(id).about for id in told),
        of=len(scenario.layers()) - len(before),
        focus=measured(talk, focus, review) if focus else None,
        met=sum(c.taken for c in asked),
        asked=len(asked),
        offers=sum(any(a.kind in OFFERS and a.confidence >= LIKELY for a in s.heard.acts) for s in talk.steps),
        trust=(talk.upto(1).state.trust, talk.state.trust),
        ended=talk.state.ended,
    )


def _parting(label: str, other: Talk, talk: Talk) -> Parting:
    at = next(
        (i for i, (a, b) in enumerate(zip(other.steps, talk.steps, strict=False)) if a.said != b.said),
        min(len(other.steps), len(talk.steps)),
    )
    return Parting(turn=at + 1, other=_way(label, other, at), this=_way("this one", talk, at))


def _way(label: str, talk: Talk, at: int) -> Way:
    step: Step | None = talk.steps[at] if at < len(talk.steps) else None
    layer = step.decision.layer if step and step.decision.does == "disclose" else None
    return Way(
        label=label,
        said=step.said if step else None,
        reply=step.reply.text if step else None,
        told=talk.setting.scenario.layer(layer).about if layer else None,
    )
