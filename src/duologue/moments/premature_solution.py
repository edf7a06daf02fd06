"""premature_solution (-): advice or a pitch as the solution, before the issue was explored and a reflection of it
confirmed (S2.2).

Rule: codebook §2 and its rulings. Both must lack: three follow-ups on the issue, and a confirmed reflection of
it. The issue is the first disclosure or concern of the other's that is not solved yet, or one that the coached side
itself had claimed (a pitch sold as the fix). Once an issue. Not claimed: what was asked for, what leave was asked
for, a manager's own demand, praise that solves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.broadcast_review import demands
from duologue.moments.exchanges import confirmed_reflections
from duologue.moments.openings import asks_for_advice, gives_leave
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import stems
from duologue.moments.wording import Voice, sure
from duologue.text import words

KIND = "premature_solution"
LEAST = 3
FRESH = 2  # stretches of the other's for which an issue is plainly the one that is being solved


@cache
def _fix() -> re.Pattern[str]:
    """Words that put a product forward as the fix, beside mere praise."""
    return re.compile(
        r"\b(?:that['’]?s (?:where|what|why|exactly (?:where|what|why))|(?:would|will|can|could|"
        r"['’]ll) (?:\w+ )?(?:that|this|it|you|pick|take|fix|solve|"
        r"sort|handle|help|stop|catch|save|do|make|give)|lets? you|helps?|fix(?:es)?|solv\w+|sorts?|closes|"
        r"takes? (?:care|the|that|it)|comes in|"
        r"picks (?:that|it)|so (?:you|it|that|they) (?:\w+ )?(?:never|won['’]?t|don['’]?t|can|just)|no more)\b",
        re.IGNORECASE,
    )


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
        re.IGNORECASE,
    )


def _practical(stage: Stage, reflection: Span, issue: _Issue) -> bool:
    """A date or a head count read back, with no word of the issue in it: to confirm that explores nothing."""
    text = stage.text(reflection)
    return bool(_figure().search(text)) and stems(words(text)).isdisjoint(stage.heard(issue.span.turn))


@dataclass(slots=True)
class _Issue:
    span: Span
    act: Act
    age: int = 0
    follow_ups: int = 0
    confirmed: bool = False
    solved: bool = False


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each issue that was solved too early: its own turn (where that is near) and the solution's."""
    voice = Voice(evidence, KIND)
    confirmed = {hit.reflection.span.turn: hit.reflection.span for hit in evidence.once(confirmed_reflections)}
    issue: _Issue | None = None
    before: Stretch | None = None
    for stretch in evidence.stretches:
        if not stretch.coached or evidence.scene.symmetric:
            issue = _raised(evidence, stretch, issue)
        if stretch.coached and (
            not evidence.scene.symmetric or issue is None or issue.act.span.turn not in stretch.turns
        ):
            if issue:
                issue.follow_ups += sum(1 for t in stretch.turns if evidence.has(t, "follow_up"))
                issue.confirmed |= any(
                    t in confirmed and not _practical(evidence, confirmed[t], issue) for t in stretch.turns
                )
            solution = _solution(evidence, stretch, issue, before, limits)
            if solution and issue:
                issue.solved = True
                yield _told(evidence, voice, issue, solution)
            # A manager's claim about a report is their own demand, and no trouble that is being solved.
            issue = issue if limits.kind == "managing" else _claimed(evidence, stretch, issue)
        before = stretch


def _raised(stage: Stage, stretch: Stretch, issue: _Issue | None) -> _Issue | None:
    """The issue after the other spoke: a new one where they disclose and the last was none or is done with."""
    asked = {a.span for a in stage.acts_in(stretch, "invitation")}
    told = [
        a
        for a in stage.acts_in(stretch, "disclosure.issue", "disclosure.personal_impact", "concern")
        if a.span not in asked
    ]
    if told and (
        issue is None or issue.solved or (not stage.scene.symmetric and stage.scene.is_coached(issue.span.turn))
    ):
        return _Issue(span=told[-1].span, act=told[-1])
    if told and issue:
        issue.age = 0
    elif issue:
        issue.age += 1
    return issue


def _claimed(stage: Stage, stretch: Stretch, issue: _Issue | None) -> _Issue | None:
    """The issue after the coached side spoke: a trouble it claimed counts where theirs is no longer fresh."""
    act = stage.first(stretch.turns, "assumption")
    if act and (issue is None or (not issue.solved and issue.age >= FRESH - 1)):
        return _Issue(span=act.span, act=act)
    return issue


def _solution(
    stage: Stage, stretch: Stretch, issue: _Issue | None, before: Stretch | None, limits: Limits
) -> Act | None:
    if issue is None or issue.solved or issue.follow_ups >= LEAST or issue.confirmed:
        return None
    if stage.in_stretch(stretch, "permission") or (before and _asked_for(stage, before, stretch)):
        return None
    advice = stage.first(stretch.turns, "advice")
    if (
        advice
        and _solves(stage, advice, issue)
        and not (limits.kind == "managing" and _is_demand(stage, advice, issue))
    ):
        return advice
    if stage.in_stretch(stretch, "disagreement"):
        return None
    sold = (p for p in stage.acts_in(stretch, "pitch") if _fix().search(stage.text(p.span)))
    return next((p for p in sold if _solves(stage, p, issue)), None)


def _solves(stage: Stage, act: Act, issue: _Issue) -> bool:
    """Whether the issue is still the one in hand, or the solution comes back to it by its words."""
    return issue.age <= FRESH or not stems(words(stage.text(act.span))).isdisjoint(stems(words(stage.text(issue.span))))


def _asked_for(stage: Stage, before: Stretch, stretch: Stretch) -> bool:
    """The other asked what to do or what there is, or gave the leave that was asked."""
    leave = stage.before(before.first)
    granted = stage.in_stretch(before, "agreement") or gives_leave(stage.text(stage.opening(before.first)))
    if leave and leave.coached and stage.in_stretch(leave, "permission") and granted:
        return True
    asked = [
        s for t in before.turns[-3:] for s in stage.scene.sentences[t] if s.is_question or stage.has(t, "question")
    ]
    if stage.in_stretch(before, "invitation.look_for", "invitation.more") and not stage.in_stretch(
        stretch, "pitch", "call_to_action"
    ):
        return True
    return any(asks_for_advice(s.text) for s in asked)


def _is_demand(stage: Stage, advice: Act, issue: _Issue) -> bool:
    text = stage.text(advice.span)
    return demands(text) and not (stage.heard(advice.span.turn) & stage.heard(issue.span.turn))


def _told(stage: Stage, voice: Voice, issue: _Issue, solution: Act) -> Moment:
    ours, theirs = stage.cut(solution.span), stage.cut(issue.span)
    explored = {0: "with no follow-up on it", 1: "after one follow-up", 2: "after two follow-ups"}[issue.follow_ups]
    said = voice.say(ours, theirs, explored=explored)
    turns = (
        (issue.span.turn, solution.span.turn) if solution.span.turn - issue.span.turn <= 4 else (solution.span.turn,)
    )
    base = 0.85 if issue.age == 0 else 0.75
    return moment(
        KIND,
        turns,
        (theirs, ours),
        why=said.why,
        invitation=said.invitation,
        confidence=sure(base, solution, issue.act),
    )


DETECTOR = Detector(
    kind=KIND,
    needs=("advice", "pitch", "follow_up", "reflection", "disclosure", "concern", "assumption", "permission"),
    find=find,
)
