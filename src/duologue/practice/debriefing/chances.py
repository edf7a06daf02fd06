"""Where in a session a skill could be shown, and where it was. A chance is a line of the user's.

What a dial of the codebook counts is counted here by the same rule, so that the two never differ. The rest goes by how
the partner heard the line: that is what moved them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from duologue.acts.base import Evidence
from duologue.model import Review
from duologue.moments.dials import opportunities
from duologue.practice.base import Closing, Heard, State
from duologue.practice.session import Step, Talk
from duologue.text import scene

HEARD = 0.4  # from here on the partner takes a way of listening for one (`partner.py`)
LIKELY = 0.5  # an act below this is less likely there than not
TELLS = ("disclose", "add")
_PRESSES: tuple[Closing, ...] = ("call_to_action", "persuasion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A line of the user's in which a skill could be shown. `turn`: counted from 1. `taken`: it was."""

    turn: int
    taken: bool


@dataclass(frozen=True)
class Looked:
    """A talk with its review, read line by line."""

    talk: Talk
    review: Review

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(scene=scene(self.review.conversation), acts=self.review.acts)

    @property
    def lines(self) -> Iterator[tuple[Step | None, State, Step]]:
        """Each line with the one before it (None: it is the first) and the state in which it was heard."""
        before: Step | None = None
        for step in self.talk.steps:
            yield before, state_before(self.talk, step), step
            before = step

    def turn_of(self, at: int) -> int:
        """The line of the user's that a turn of the conversation belongs to: their own, or the one it replies to."""
        return line_at(self.talk, at)


def state_before(talk: Talk, step: Step) -> State:
    """How the partner was when they heard this line."""
    return talk.upto(step.turn).state


def line_at(talk: Talk, at: int) -> int:
    """The line of the user's, from 1, for turn `at` of `conversation_of`; 0 for what was said before the session."""
    return (at - len(talk.setting.before)) // 2 + 1 if at >= len(talk.setting.before) else 0


def turn_at(talk: Talk, line: int) -> int:
    """The turn of `conversation_of` in which line `line` (from 1) of the user's stands."""
    return len(talk.setting.before) + 2 * (line - 1)


def chances(name: str, looked: Looked) -> tuple[Chance, ...]:
    """The chances of the skill of this name, in order. KeyError where there is none."""
    return tuple(RULES[name](looked))


def longest_run(found: tuple[Chance, ...]) -> int:
    """How many chances in a row were taken, at most."""
    most = now = 0
    for c in found:
        now = now + 1 if c.taken else 0
        most = max(most, now)
    return most


def takes_up(heard: Heard) -> bool:
    """Whether a line takes up what was said: any listening but a bare question."""
    return any(value >= HEARD for kind, value in heard.listening.items() if kind != "asked")


def _of_dial(name: str) -> Callable[[Looked], Iterator[Chance]]:
    def found(looked: Looked) -> Iterator[Chance]:
        coached = looked.evidence.scene.is_coached
        for o in opportunities(name, looked.evidence, looked.review.moments):
            own = [t for t in o.turns if coached(t)]
            line = looked.turn_of(own[-1]) if own else 0
            if line:
                yield Chance(turn=line, taken=o.taken)

    return found


def _invitations(looked: Looked) -> Iterator[Chance]:
    for _, state, step in looked.lines:
        if state.open is not None and step.heard.answered is not None:
            yield Chance(turn=step.turn, taken=step.heard.answered >= 0.5)


def _disclosures(looked: Looked) -> Iterator[Chance]:
    for before, _, step in looked.lines:
        if before and before.decision.does in TELLS and not step.heard.silent:
            yield Chance(turn=step.turn, taken=takes_up(step.heard))


def _deeper(looked: Looked) -> Iterator[Chance]:
    for before, _, step in looked.lines:
        if before and before.decision.does in (*TELLS, "answer"):
            yield Chance(turn=step.turn, taken=step.heard.listening.get("followed_up", 0.0) >= HEARD)


def _telling(looked: Looked) -> Iterator[Chance]:
    """Lines that advise or pitch unasked; taken where leave was asked before that, here or in the line before."""
    for before, state, step in looked.lines:
        tells = [a for a in step.heard.acts if a.kind in ("advice", "pitch") and a.confidence >= LIKELY]
        asked_for = state.open is not None and not (before and before.heard.offers)
        if not tells or (asked_for and (step.heard.answered or 0.0) >= 0.5):
            continue
        first = min(a.span.start for a in tells)
        asks = [a for a in step.heard.acts if a.kind == "permission" and a.confidence >= LIKELY]
        leave = any(a.span.start < first for a in asks) or (before is not None and before.heard.offers)
        yield Chance(turn=step.turn, taken=leave)


def _unpressed(looked: Looked) -> Iterator[Chance]:
    for _, _, step in looked.lines:
        if step.heard.silent or step.heard.greeting:
            continue
        pressed = any(step.heard.closing.get(kind, 0.0) >= LIKELY for kind in _PRESSES)
        yield Chance(turn=step.turn, taken=not pressed)


RULES: dict[str, Callable[[Looked], Iterator[Chance]]] = {
    "answer_before_you_offer": _invitations,
    "ask_on": _of_dial("curiosity"),
    "give_back_first": _of_dial("understanding"),
    "and_not_or": _of_dial("openness"),
    "stay_with_it": _disclosures,
    "ask_leave": _telling,
    "drill_down": _deeper,
    "let_them_want_it": _unpressed,
}
