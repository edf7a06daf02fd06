"""Context: what came to light about the other (S3.5), in four cells with their depth and quotes.

Depth, from acts alone: 0 nothing was said of it; 1 *named*: said once, in passing; 2 *explained*: said with some words
of its own, fewer in answer to a question or a reflection, or come back to; 3 *explored*: at least two follow-ups on it
were answered. Where sides are unknown, everybody is the other for everybody else. Words that were heard with little
certainty, or of which it is not sure who said them, are not quoted and add no depth.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import replace

from duologue.acts.base import Evidence
from duologue.certainty import Certainty, certainty_of
from duologue.model import Act, ContextCell, Moment, Span
from duologue.model.codebook import CELLS
from duologue.text import Floor

# Conventions of ours: some twenty words say more than that there is such a matter; in answer to a question, ten do.
EXPLAINED_WORDS, ANSWER_WORDS = 20, 10
EXPLORED_FOLLOW_UPS = 2  # the least that is more than one; `drilled_down` asks for three

_ASKING = ("question", "follow_up", "invitation", "reflection")
_ON_THE_MATTER = ("follow_up", "reflection", "question.open", "invitation")
_STAYING = ("follow_up", "reflection", "acknowledgement", "presence", "backchannel", "invitation")


def context_cells(
    evidence: Evidence, moments: tuple[Moment, ...], sure: Certainty | None = None
) -> tuple[ContextCell, ...]:
    """The four cells, in the codebook's order."""
    sure = sure or certainty_of(evidence.scene.conversation)
    surely = replace(evidence, acts=sure.acts(evidence.acts))
    said = disclosures(surely)
    explored = _follow_ups(surely, said)
    for m in moments:
        if m.kind == "drilled_down" and (kind := _drilled(said, m)):
            explored[kind] = max(explored[kind], EXPLORED_FOLLOW_UPS)
    uncovered = {t: m for m in moments if m.kind == "uncovered" for t in m.turns}
    return tuple(
        _cell(evidence, uncovered, name, [a for a in said if a.kind == entry.act], explored[entry.act])
        for name, entry in CELLS.items()
    )


def _cell(evidence: Evidence, uncovered: dict[int, Moment], name: str, acts: list[Act], follow_ups: int) -> ContextCell:
    by: dict[str, None] = {}
    for act in acts:
        by |= dict.fromkeys(_brought_out(evidence, uncovered, act))
    return ContextCell(
        name=name,
        depth=_depth(evidence, acts, asked=bool(by), follow_ups=follow_ups),
        quotes=tuple(sorted({a.span for a in acts}, key=lambda s: (s.turn, s.start, s.end))),
        brought_out_by=tuple(by),
    )


def _depth(evidence: Evidence, acts: list[Act], *, asked: bool, follow_ups: int) -> int:
    if not acts:
        return 0
    if follow_ups >= EXPLORED_FOLLOW_UPS:
        return 3
    turns = {a.span.turn for a in acts}
    if _is_issue(acts[0]):  # it is told over the sentences around the one that names it
        said = sum(evidence.scene.words(t) for t in turns)
    else:
        said = sum(_words(evidence, span) for span in {a.span for a in acts})
    return 2 if len(turns) > 1 or said >= (ANSWER_WORDS if asked else EXPLAINED_WORDS) else 1


def _is_issue(act: Act) -> bool:
    return act.kind == "disclosure.issue"


def disclosures(evidence: Evidence) -> tuple[Act, ...]:
    """The disclosures of everybody who is not coached; of everybody but a relay where no side is known."""
    scene = evidence.scene
    return tuple(
        a
        for a in evidence.acts
        if a.kind.startswith("disclosure.")
        and scene.side(a.span.turn) != "relay"
        and (scene.symmetric or not scene.is_coached(a.span.turn))
    )


def _follow_ups(evidence: Evidence, disclosed: tuple[Act, ...]) -> Counter[str]:
    """How many follow-ups were answered on each kind of disclosure.

    A follow-up is on what its answer discloses, else on what was disclosed last, for as long as the coached side stays
    with it. Where an answer discloses several things, it is on the first of them in the codebook's order: the issue
    before what it does to somebody.
    """
    order = {entry.act: i for i, entry in enumerate(CELLS.values())}
    said: dict[int, list[str]] = {}
    for act in disclosed:
        said.setdefault(evidence.scene.floor_of[act.span.turn], []).append(act.kind)
    first = {floor: min(kinds, key=order.__getitem__) for floor, kinds in said.items()}
    count: Counter[str] = Counter()
    current: str | None = None
    floors = evidence.scene.floors
    for i, floor in enumerate(floors):
        current = first.get(i, current)
        if not evidence.scene.is_coached(floor.first):
            continue
        if not evidence.find_in(floor, *_STAYING):
            current = None
        on = first.get(i + 1, current)
        if on is not None and i + 1 < len(floors) and evidence.find_in(floor, "follow_up"):
            count[on] += 1
    return count


def _drilled(said: tuple[Act, ...], m: Moment) -> str | None:
    """What a drill-down was on: an issue that had come up by its end, else what came up within it; None: unknown."""
    issue = next((a.span.turn for a in said if _is_issue(a)), None)
    if issue is not None and issue <= m.turns[-1]:
        return "disclosure.issue"
    first = bisect_left(said, m.turns[0], key=lambda a: a.span.turn)
    return said[first].kind if first < len(said) and said[first].span.turn <= m.turns[-1] else None


def _brought_out(evidence: Evidence, uncovered: dict[int, Moment], act: Act) -> list[str]:
    """The coached speakers whose question or reflection brought a disclosure out; none where it was volunteered."""
    scene, turn = evidence.scene, act.span.turn
    speaker = scene.conversation.turns[turn].speaker
    floor = scene.before(turn)
    if floor and _invites(evidence, floor):
        return [floor.speaker]
    # A side exchange may lie between question and answer: the moment knows.
    asked = (t for t in uncovered[turn].turns if t < turn) if turn in uncovered else ()
    return [who for t in asked if scene.is_coached(t) and (who := scene.conversation.turns[t].speaker) != speaker][:1]


def _invites(evidence: Evidence, floor: Floor) -> bool:
    """Whether a coached floor asks or reflects; what follows a question of scheduling or weather was volunteered."""
    if not evidence.scene.is_coached(floor.first) or not evidence.find_in(floor, *_ASKING):
        return False
    aside = bool(evidence.find_in(floor, "call_to_action", "small_talk"))
    return not aside or bool(evidence.find_in(floor, *_ON_THE_MATTER))


def _words(evidence: Evidence, span: Span) -> int:
    return sum(len(s.words) for s in evidence.scene.sentences[span.turn] if s.span.overlaps(span))
