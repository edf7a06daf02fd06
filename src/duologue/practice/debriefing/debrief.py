"""What is looked back on after a session: a value, worked out from the talk alone. `shown.py` puts it into words.

Nothing is added up to a score. What the partner thought is no guess here, for rules decided it; what a person would
have thought is, and the notices say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from duologue.acts import DEFAULT
from duologue.acts.base import Labeller
from duologue.agreement import UNMEASURED
from duologue.model import Moment, Review
from duologue.practice.base import Ask, Closing, Does
from duologue.practice.debriefing.branches import Branches, branches
from duologue.practice.debriefing.chances import LIKELY, line_at, state_before
from duologue.practice.debriefing.focus import Count, Focus, measured
from duologue.practice.debriefing.reviewed import reviewed
from duologue.practice.debriefing.to_try import Try, to_try
from duologue.practice.debriefing.turned import Turned, turned
from duologue.practice.scenario import Cell, Layer, Scenario
from duologue.practice.session import Step, Talk
from duologue.reports.selection import select

CELLS: tuple[Cell, ...] = ("issue", "personal_impact", "goal", "personal_goal")
TOUCHED = "That word touches something in me."
_NO_TIMES = "There are no times"  # of a typed talk everybody knows that
PRESSES = ("call_to_action", "pitch", "persuasion")

NOT_KNOWN = (
    "Whether you meant what you said is not on the page: this partner goes by words alone, and a person would also "
    "hear how they were said.",
    "This partner is a set of rules with somebody’s words. A real person may answer the same line in another way, and "
    "is right to.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerView:
    """What one line of the user's was to the partner. `turn`: from 1.

    `does`: what they did. `why`: their reason, in their words. `told`: the matter they told, or told more of.
    `touched`: what a word of the line touches in them. `near`: the id of one that was near and was not told;
    `withheld` names it, or is None where it is kept for another try. `against`: what in the line closed them. `asks`:
    what they asked. `reply`: what they said.
    """

    turn: int
    said: str
    reply: str
    does: Does
    why: str
    told: str | None
    touched: str | None
    near: str | None
    withheld: str | None
    against: Closing | None
    asks: Ask | None
    trust: tuple[float, float]
    openness: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A matter that came to light: which, after which line of the user's, and how it was told."""

    id: str
    about: str
    turn: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTold:
    """One of the four matters of the codebook. `of`: how many there are; `closed`: those not told, where they are
    named."""

    cell: Cell
    told: tuple[Told, ...]
    of: int
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """What came to light, by cell, and how much did not. `named`: what stayed closed is named in the cells."""

    cells: tuple[CellTold, ...]
    left: int
    named: bool

    @property
    def told(self) -> tuple[Told, ...]:
        return tuple(sorted((t for c in self.cells for t in c.told), key=lambda t: t.turn))

    @property
    def of(self) -> int:
        return sum(c.of for c in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An invitation of the partner's and the user's line after it. `turn`: of that line.

    `met`: whether it was taken up; None where the partner could not say, and let it be.
    """

    turn: int
    ask: Ask
    words: str
    answer: str
    met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LettingGo:
    """Where letting go was right. `after`: what showed it, told after line `turn`. `pressed`: (line, words) after that.

    `let_go`: True, False, or None where nothing was said after it. `why`: why letting go was right here.
    """

    after: str
    turn: int
    let_go: bool | None
    pressed: tuple[tuple[int, str], ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """All that is looked back on. `count`: of the focus. `keep`: at most two moments to keep, from the review."""

    talk: Talk
    review: Review
    focus: Focus | None
    count: Count | None
    views: tuple[PartnerView, ...]
    uncovered: Uncovered
    turned: Turned | None
    asked: tuple[Asked, ...]
    letting_go: LettingGo | None
    to_try: Try | None
    keep: tuple[Moment, ...]
    branches: Branches | None
    notices: tuple[str, ...]


def debrief(
    talk: Talk,
    *,
    focus: Focus | None = None,
    others: Sequence[Talk] = (),
    reveal: bool | None = None,
    labeller: Labeller = DEFAULT,
) -> Debrief:
    """Look back on a talk. `others`: branches of it and earlier tries, oldest first; those without a line are left out.

    `reveal`: name all that was not told. By default only what came near is named, and that only where the partner ended
    the talk: where it can go on, it is kept for another try (P2: it is offered). Raises ValueError where nothing was
    said, or one of `others` is with another partner.
    """
    if not talk.steps:
        raise ValueError("nothing was said, so there is nothing to look back on")
    near = talk.state.ended if reveal is None else reveal
    review = reviewed(talk, labeller)
    return Debrief(
        talk=talk,
        review=review,
        focus=focus,
        count=measured(talk, focus, review) if focus else None,
        views=tuple(_view(talk, step, named=near) for step in talk.steps),
        uncovered=_uncovered(talk, named=reveal is True),
        turned=turned(talk),
        asked=_asked(talk),
        letting_go=_letting_go(talk),
        to_try=to_try(talk, review, focus),
        keep=_keep(talk, review),
        branches=branches(talk, review, others, focus, labeller) if others else None,
        notices=(*(n for n in review.notices if not n.startswith(_NO_TIMES)), *NOT_KNOWN),
    )


def _keep(talk: Talk, review: Review) -> tuple[Moment, ...]:
    """At most two moments to keep, of those whose detector was measured and at whose last line no trust was lost."""
    fit = tuple(m for m in review.moments if m.kind not in UNMEASURED and not _lost(talk, m))
    return select(replace(review, moments=fit)).keep


def _lost(talk: Talk, m: Moment) -> bool:
    line = max(lines_of_moment(talk, m), default=0)
    return line > 0 and talk.steps[line - 1].state.trust < state_before(talk, talk.steps[line - 1]).trust


def _view(talk: Talk, step: Step, *, named: bool) -> PartnerView:
    scenario, before, decision = talk.setting.scenario, state_before(talk, step), step.decision
    near = scenario.layer(decision.withheld) if decision.withheld else _kept_back(talk, step)
    told_later = near is not None and near.id in talk.state.told
    return PartnerView(
        turn=step.turn,
        said=step.said,
        reply=step.reply.text,
        does=decision.does,
        why=reason(step, scenario),
        told=scenario.layer(decision.layer).about if decision.layer else None,
        touched=scenario.triggers[decision.trigger].why if decision.trigger is not None else None,
        near=near.id if near else None,
        withheld=near.about if near and (named or told_later) else None,
        against=decision.against,
        asks=decision.ask,
        trust=(before.trust, step.state.trust),
        openness=(before.openness, step.state.openness),
    )


def _kept_back(talk: Talk, step: Step) -> Layer | None:
    """What they would have told, had the line not closed them: there was trust enough for it when it came."""
    if step.decision.against is None or step.decision.does == "puzzled":
        return None
    before = state_before(talk, step)
    for layer in talk.setting.scenario.layers():
        waits = layer.id not in before.told and all(a in before.told for a in layer.after)
        if waits and before.trust >= layer.trust:
            return layer
    return None


def reason(step: Step, scenario: Scenario) -> str:
    """Why the partner did it, as they would say it. What they told is named beside it and not in it, for a scenario
    calls it by a name that others would use ("her Saturdays")."""
    decision = step.decision
    if decision.trigger is not None:
        return TOUCHED
    if not decision.layer:
        return decision.why
    about = scenario.layer(decision.layer).about
    return decision.why.replace(about, "it")


def _uncovered(talk: Talk, *, named: bool) -> Uncovered:
    told = talk.state.told
    starts = talk.setting.starts  # what a real person had told before the line counts neither way
    layers = [la for la in talk.setting.scenario.layers() if starts is None or la.id not in starts.told]
    at = {s.decision.layer: s for s in reversed(talk.steps) if s.decision.does == "disclose"}
    cells = tuple(
        CellTold(
            cell=cell,
            told=tuple(
                Told(id=la.id, about=la.about, turn=at[la.id].turn, words=_matter_of(at[la.id]))
                for la in sorted((x for x in layers if x.id in at and x.cell == cell), key=lambda x: told.index(x.id))
            ),
            of=sum(la.cell == cell for la in layers),
            closed=tuple(la.about for la in layers if la.cell == cell and la.id not in told) if named else (),
        )
        for cell in CELLS
    )
    return Uncovered(cells=cells, left=sum(la.id not in told for la in layers), named=named)


def _matter_of(step: Step) -> str:
    """What they said, without the words that only say that they felt understood."""
    return step.reply.text[step.reply.lead :].strip()


def _asked(talk: Talk) -> tuple[Asked, ...]:
    found = []
    for step in talk.steps:
        waits = state_before(talk, step).open
        if waits is None:
            continue
        words = next((s.text for s in reversed(talk.upto(step.turn).so_far) if s.who == "partner"), "")
        put_off = "deflected" in step.heard.closing or step.decision.against == "deflected"
        met = True if (step.heard.answered or 0.0) >= 0.5 else False if put_off else None
        found.append(Asked(turn=step.turn, ask=waits.ask, words=words, answer=step.said, met=met))
    return tuple(found)


def _letting_go(talk: Talk) -> LettingGo | None:
    """Whether the user went on pressing after they could know that letting go was right; None where they could not."""
    right = talk.setting.scenario.letting_go
    told = next(
        (s for s in talk.steps if right and s.decision.does == "disclose" and s.decision.layer == right.after), None
    )
    if right is None or told is None:
        return None
    after = talk.steps[told.turn :]
    pressed = tuple(
        (s.turn, s.said[a.span.start : a.span.end])
        for s in after
        for a in s.heard.acts
        if a.kind in PRESSES and a.confidence >= LIKELY
    )
    return LettingGo(
        after=talk.setting.scenario.layer(right.after).about,
        turn=told.turn,
        let_go=not pressed if after else None,
        pressed=tuple(dict.fromkeys(pressed)),
        why=right.why,
    )


def lines_of_moment(talk: Talk, moment: Moment) -> tuple[int, ...]:
    """The lines of the user's, from 1, that a moment touches."""
    return tuple(dict.fromkeys(line for t in moment.turns if (line := line_at(talk, t))))
