"""Dials: six counts of opportunities, each opening onto its moments. There is no total score.

An opportunity is a place in the conversation; it is taken or not by what acts and moments say of it. A dial has a value
(with a 95 % Wilson interval) only from ten opportunities on. Where sides are unknown, everybody's opportunities count.

An opportunity that hangs on words or speakers that are not sure counts neither way: it is one that comes, goes or turns
when the conversation is read without them. The interval then covers all of those taken, and none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from duologue.acts.base import Evidence
from duologue.certainty import Certainty, certainty_of
from duologue.model import Act, Dial, Moment
from duologue.model.codebook import DIALS
from duologue.moments.base import Limits
from duologue.moments.exchanges import reflections
from duologue.moments.stage import Stage
from duologue.moments.wording import called, quoted
from duologue.notices import is_short
from duologue.text import Floor
from duologue.wire import moment_id

ENOUGH = 10  # the codebook's: a share of fewer says little
UNSURE = "words or speakers that are not sure"
_Z = 1.959964  # 95 %

_ASIDE = ("backchannel", "small_talk", "agreement")
_QUESTION = ("question", "follow_up", "invitation")
_DEVICES = ("gimmick", "assumed", "premature_solution", "broadcast_review")


@dataclass(frozen=True)
class _Counting:
    """What the six counts are read from."""

    evidence: Evidence
    moments: tuple[Moment, ...]

    def touched(self, *kinds: str) -> frozenset[int]:
        """The turns that moments of these kinds name."""
        return frozenset(t for m in self.moments if m.kind in kinds for t in m.turns)

    def coached_floors(self) -> Iterator[Floor]:
        return (f for f in self.evidence.scene.floors if self.evidence.scene.is_coached(f.first))

    def answered(self, *kinds: str) -> Iterator[tuple[Floor, Floor]]:
        """Floors of the other's that hold such an act, each with the coached floor that comes next."""
        floors = self.evidence.scene.floors
        for floor, reply in pairwise(floors):
            coached = self.evidence.scene.is_coached
            theirs = self.evidence.scene.symmetric or not coached(floor.first)
            if theirs and coached(reply.first) and self.evidence.find_in(floor, *kinds):
                yield floor, reply


class Opportunity(NamedTuple):
    """`at` names it among those of its dial; `turns`: the turns it depends on; and whether it was taken."""

    at: tuple[str | int, ...]
    turns: tuple[int, ...]
    taken: bool


_Opportunities = Iterator[Opportunity]


def dials(
    evidence: Evidence,
    moments: tuple[Moment, ...],
    limits: Limits,
    *,
    sure: Certainty | None = None,
    withheld: str | None = None,
) -> tuple[Dial, ...]:
    """The six dials, over all moments found. `sure`: what they may rest on. `withheld`: why none is given."""
    sure = sure or certainty_of(evidence.scene.conversation)
    if withheld is None and limits.kind == "message":
        withheld = "a message is one turn"
    elif withheld is None and is_short(evidence.scene):
        withheld = "the conversation is too short"
    counting = _Counting(evidence, moments)
    surely = _Counting(
        replace(evidence, acts=sure.acts(evidence.acts)), tuple(m for m in moments if sure.because(m) is None)
    )
    if surely == counting and not sure.unsure_turns:
        surely = counting
    return tuple(_dial(name, counting, surely, sure.unsure_turns, withheld) for name in DIALS)


def opportunities(name: str, evidence: Evidence, moments: tuple[Moment, ...]) -> tuple[Opportunity, ...]:
    """What the dial of this name counts, in order. KeyError where there is no such dial."""
    return tuple({o.at: o for o in _RULES[name][0](_Counting(evidence, moments))}.values())


def _dial(
    name: str, counting: _Counting, surely: _Counting, unsure_turns: frozenset[int], withheld: str | None
) -> Dial:
    rule, opens = _RULES[name]
    taken, hanging = ([], 0) if withheld else _taken(rule, counting, surely, unsure_turns)
    count, of = sum(taken), len(taken)
    conversation = counting.evidence.scene.conversation
    ids = () if withheld else tuple(moment_id(conversation, m) for m in surely.moments if m.kind in opens)
    met = _reflections_met(surely) if name == "understanding" and not withheld else None
    hangs = f"{hanging} more {'hangs' if hanging == 1 else 'hang'} on {UNSURE}" if hanging else None
    beside = "; ".join(said for said in (met, hangs) if said) or None
    few = withheld or (f"too few to say ({of} of {ENOUGH})" if of or hanging else "no opportunity came up")
    enough = of >= ENOUGH
    low, high = _interval(count, of, hanging) if enough else (None, None)
    return Dial(
        name=name,
        count=count,
        of=of,
        value=round(count / of, 3) if enough else None,
        low=low,
        high=high,
        moments=ids,
        reason=None if enough else few,
        beside=beside,
    )


def _taken(
    rule: Callable[[_Counting], _Opportunities], counting: _Counting, surely: _Counting, unsure_turns: frozenset[int]
) -> tuple[list[bool], int]:
    """The opportunities that stand, each taken or not, and how many more hang on what is not sure."""
    every = {o.at: o for o in rule(counting)}
    if surely is counting:
        return [o.taken for o in every.values()], 0
    still = {o.at: o.taken for o in rule(surely)}
    stand = [o.taken for o in every.values() if still.get(o.at) == o.taken and unsure_turns.isdisjoint(o.turns)]
    return stand, len(every.keys() | still.keys()) - len(stand)


def _interval(count: int, of: int, hanging: int) -> tuple[float, float]:
    """Wilson's interval, widened to where it lies with all that hang taken, and with none of them."""
    low, high = wilson(count, of)
    if not hanging:
        return low, high
    return min(low, wilson(count, of + hanging)[0]), max(high, wilson(count + hanging, of + hanging)[1])


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share, rounded outwards to three places. `of` is at least 1."""
    share, square = count / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    value = round(share, 3)
    return min(value, max(0.0, round(middle - half, 3))), max(value, min(1.0, round(middle + half, 3)))


def _balance(c: _Counting) -> _Opportunities:
    """Stretches in which the coached side held the floor (a bare sign of listening takes it from nobody)."""
    long = c.touched("soliloquy")
    stretch: list[Floor] = []
    for floor in c.evidence.scene.floors:
        if _only(c.evidence, floor, "backchannel"):
            continue
        if stretch and stretch[-1].speaker != floor.speaker:
            # Whoever spoke last in the conversation handed the floor to nobody: no opportunity, and none is yielded.
            if c.evidence.scene.is_coached(stretch[0].first):
                yield _stretch(stretch, not any(t in long for f in stretch for t in f.turns))
            stretch = []
        stretch.append(floor)
    if stretch and any(t in long for f in stretch for t in f.turns):
        yield _stretch(stretch, False)


def _stretch(floors: list[Floor], taken: bool) -> Opportunity:
    return Opportunity((floors[0].first,), tuple(t for f in floors for t in f.turns), taken)


def _curiosity(c: _Counting) -> _Opportunities:
    """Questions of the coached side's once the other had spoken; none of small talk, leave or the next step."""
    for floor in c.coached_floors():
        if c.evidence.scene.before(floor.first) is None:
            continue
        for question in _questions(c.evidence, floor):
            kinds = {a.kind for a in question}
            if not kinds & {"small_talk", "call_to_action", "permission"} or "follow_up" in kinds:
                taken = "follow_up" in kinds or any(k.startswith("invitation") for k in kinds)
                span = question[0].span
                yield Opportunity((span.turn, span.start), (span.turn,), taken)


def _understanding(c: _Counting) -> _Opportunities:
    """Floors of the other's with a concern, a difference or a disclosure, to which the coached side replied."""
    met = c.touched("acknowledged_first", "understood")
    for floor, reply in c.answered("concern", "disclosure", "disagreement"):
        taken = any(t in met for t in reply.turns) or _due_first(c.evidence, reply)
        yield Opportunity((floor.first,), (*floor.turns, *reply.turns), taken)


def _reflections_met(c: _Counting) -> str | None:
    """How the coached side's reflections were met, with the words of up to two corrections; None where there was none.

    Confirmed is what a moment says, so that a person's word against it, or for one more, counts here as well.
    """
    stage = Stage(scene=c.evidence.scene, acts=c.evidence.acts)
    understood = {m.turns[0] for m in c.moments if m.kind == "understood"}
    met: dict[str, list[str]] = {"confirmed": [], "corrected": [], "let pass": []}
    for r in reflections(stage):
        confirmed = r.reflection.span.turn in understood
        how = "confirmed" if confirmed else "let pass" if r.met == "confirmed" else r.met
        met[how].append(stage.text(stage.cut(r.words)))
    words = [quoted(text, called(stage)) or text for text in met["corrected"][:2]]
    said = {"corrected": f" ({', '.join(f'“{w}”' for w in words)})"} if words else {}
    counts = [f"{len(found)} {how}{said.get(how, '')}" for how, found in met.items() if found]
    return f"reflections: {', '.join(counts)}" if counts else None


def _responsiveness(c: _Counting) -> _Opportunities:
    """Invitations that were clearly answered or clearly not, and disclosures to which the coached side replied."""
    answered, deflected = c.touched("answered_invitation"), c.touched("deflected_invitation", "dodged_question")
    dropped = c.touched("dropped_thread")
    for floor, reply in c.answered("invitation"):
        both = {*floor.turns, *reply.turns}
        if both & deflected or both & answered:
            yield Opportunity(("invitation", floor.first), tuple(sorted(both)), not both & deflected)
    for floor, reply in c.answered("disclosure"):
        taken = not (dropped & set(floor.turns) and dropped & set(reply.turns))
        yield Opportunity(("disclosure", floor.first), (*floor.turns, *reply.turns), taken)


def _openness(c: _Counting) -> _Opportunities:
    """Places where views differed: the coached side disagreed, or replied to a concern or difference of the other's."""
    walls = c.touched("wall", "argument")
    replies = {reply.first: floor for floor, reply in c.answered("concern", "disagreement")}
    for floor in c.coached_floors():
        if floor.first in replies or c.evidence.find_in(floor, "disagreement", "either_or"):
            taken = not any(t in walls and c.evidence.has(t, "disagreement", "either_or") for t in floor.turns)
            before = tuple(replies[floor.first].turns) if floor.first in replies else ()
            yield Opportunity((floor.first,), (*before, *floor.turns), taken)


def _focus_on_the_other(c: _Counting) -> _Opportunities:
    """Floors of the coached side that do something."""
    devices = c.touched(*_DEVICES)
    for floor in c.coached_floors():
        acts = c.evidence.find_in(floor)
        if any(a.kind not in _ASIDE for a in acts):
            taken = not any(t in devices or c.evidence.has(t, "pitch", "persuasion") for t in floor.turns)
            yield Opportunity((floor.first,), tuple(floor.turns), taken)


_RULES: dict[str, tuple[Callable[[_Counting], _Opportunities], tuple[str, ...]]] = {
    "balance": (_balance, ("soliloquy", "argument")),
    "curiosity": (_curiosity, ("drilled_down", "uncovered")),
    "understanding": (_understanding, ("acknowledged_first", "understood")),
    "responsiveness": (
        _responsiveness,
        ("answered_invitation", "deflected_invitation", "dodged_question", "dropped_thread", "repaired"),
    ),
    "openness": (_openness, ("wall", "argument")),
    "focus_on_the_other": (_focus_on_the_other, ("bonded", "asked_permission", *_DEVICES, "put_off")),
}


def _only(evidence: Evidence, floor: Floor, kind: str) -> bool:
    acts = evidence.find_in(floor)
    return bool(acts) and all(a.kind == kind for a in acts)


def _questions(evidence: Evidence, floor: Floor) -> list[list[Act]]:
    """The acts of a floor grouped by question: those whose spans overlap one that asks."""
    groups: list[list[Act]] = []
    for turn in floor.turns:
        acts = sorted(evidence.find(turn), key=lambda a: (a.span.start, a.span.end))
        end = -1
        for act in (a for a in acts if a.kind.startswith(_QUESTION)):
            if act.span.start >= end:
                groups.append([])
            groups[-1].append(act)
            end = max(end, act.span.end)
        for group in groups:
            start, stop = group[0].span.start, max(a.span.end for a in group)
            if group[0].span.turn == turn:
                group += [a for a in acts if a not in group and a.span.start < stop and a.span.end > start]
    return groups


def _due_first(evidence: Evidence, reply: Floor) -> bool:
    """Whether a reply gives the other's view its due before anything of one's own."""
    own = ("advice", "pitch", "disagreement", "either_or", "persuasion", "call_to_action", "information", "assumption")
    acts = evidence.find_in(reply, "acknowledgement", "reflection", *own)
    if not acts:
        return False
    first = min(acts, key=lambda a: (a.span.turn, a.span.start, a.kind in own))
    return first.kind in ("acknowledgement", "reflection")
