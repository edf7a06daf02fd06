"""Dials: six counts of opportunities, each opening onto its moments. There is no total score.

An opportunity is a place in the conversation; it is taken or not by what acts and moments say of it. A dial has a value
(with a 95 % Wilson interval) only from ten opportunities on. Where sides are unknown, everybody's opportunities count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from duologue.acts.base import Evidence
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


_Opportunities = Iterable[bool]  # one for each: whether it was taken


def dials(
    evidence: Evidence, moments: tuple[Moment, ...], limits: Limits, *, withheld: str | None = None
) -> tuple[Dial, ...]:
    """The six dials. `withheld`: a reason for which none is given."""
    if withheld is None and limits.kind == "message":
        withheld = "a message is one turn"
    elif withheld is None and is_short(evidence.scene):
        withheld = "the conversation is too short"
    counting = _Counting(evidence, moments)
    return tuple(_dial(name, counting, withheld) for name in DIALS)


def _dial(name: str, counting: _Counting, withheld: str | None) -> Dial:
    rule, opens = _RULES[name]
    taken = [] if withheld else list(rule(counting))
    count, of = sum(taken), len(taken)
    conversation = counting.evidence.scene.conversation
    ids = () if withheld else tuple(moment_id(conversation, m) for m in counting.moments if m.kind in opens)
    beside = _reflections_met(counting) if name == "understanding" and not withheld else None
    few = withheld or (f"too few to say ({of} of {ENOUGH})" if of else "no opportunity came up")
    enough = of >= ENOUGH
    low, high = wilson(count, of) if enough else (None, None)
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
                yield not any(t in long for f in stretch for t in f.turns)
            stretch = []
        stretch.append(floor)
    if stretch and any(t in long for f in stretch for t in f.turns):
        yield False


def _curiosity(c: _Counting) -> _Opportunities:
    """Questions of the coached side's once the other had spoken; none of small talk, leave or the next step."""
    for floor in c.coached_floors():
        if c.evidence.scene.before(floor.first) is None:
            continue
        for question in _questions(c.evidence, floor):
            kinds = {a.kind for a in question}
            if not kinds & {"small_talk", "call_to_action", "permission"} or "follow_up" in kinds:
                yield "follow_up" in kinds or any(k.startswith("invitation") for k in kinds)


def _understanding(c: _Counting) -> _Opportunities:
    """Floors of the other's with a concern, a difference or a disclosure, to which the coached side replied."""
    met = c.touched("acknowledged_first", "understood")
    for _, reply in c.answered("concern", "disclosure", "disagreement"):
        yield any(t in met for t in reply.turns) or _due_first(c.evidence, reply)


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
            yield not both & deflected
    for floor, reply in c.answered("disclosure"):
        yield not (dropped & set(floor.turns) and dropped & set(reply.turns))


def _openness(c: _Counting) -> _Opportunities:
    """Places where views differed: the coached side disagreed, or replied to a concern or difference of the other's."""
    walls = c.touched("wall", "argument")
    replies = {reply.first for _, reply in c.answered("concern", "disagreement")}
    for floor in c.coached_floors():
        if floor.first in replies or c.evidence.find_in(floor, "disagreement", "either_or"):
            yield not any(t in walls and c.evidence.has(t, "disagreement", "either_or") for t in floor.turns)


def _focus_on_the_other(c: _Counting) -> _Opportunities:
    """Floors of the coached side that do something."""
    devices = c.touched(*_DEVICES)
    for floor in c.coached_floors():
        acts = c.evidence.find_in(floor)
        if any(a.kind not in _ASIDE for a in acts):
            yield not any(t in devices or c.evidence.has(t, "pitch", "persuasion") for t in floor.turns)


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
