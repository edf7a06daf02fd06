"""What the partner's own lines do, as acts: nobody has to guess it, for their rules decided it.

A review of a practice session takes these for the partner's side, and what the labeller found for the user's.
"""

from __future__ import annotations

from duologue.model import Act, Span
from duologue.practice.base import Decision, Does, Reply
from duologue.practice.scenario import Scenario
from duologue.text import sentences
from duologue.version import VERSION

BY = f"partner/{VERSION}"
# Where a line is no disclosure and asks nothing: what it does.
_ACTS: dict[Does, tuple[str, ...]] = {
    "answer": ("information",),
    "confirm": ("agreement",),
    "push_back": ("disagreement",),
    "cool": ("withdrawal",),
    "unheard": ("concern",),
    "warm": ("agreement",),
    "fill": ("withdrawal",),
    "vague": ("withdrawal",),
    "trigger": ("concern",),
    "small": ("small_talk",),
    "puzzled": ("question.closed",),
    "forward": ("disclosure.goal",),
    "leave": ("withdrawal",),
}


def known_acts(decision: Decision, reply: Reply, scenario: Scenario) -> tuple[Act, ...]:
    """The acts of one line, sentence by sentence; spans count turn 0."""
    cut = sentences(reply.text)
    found: list[Act] = []
    for s in cut:
        if s.span.end <= reply.lead:
            found += [_act("agreement", s.span)] if decision.confirms else []
        elif decision.ask and (s is cut[-1] or s.is_question):
            found += [_act(decision.ask, s.span), _act("question.open", s.span)]
        elif decision.does in ("disclose", "add") and decision.layer:
            found.append(_act(f"disclosure.{scenario.layer(decision.layer).cell}", s.span))
        else:
            found += [_act(kind, s.span) for kind in _ACTS.get(decision.does, ())]
    return tuple(found)


def _act(kind: str, span: Span) -> Act:
    return Act(kind=kind, span=Span(turn=0, start=span.start, end=span.end), confidence=1.0, by=BY)
