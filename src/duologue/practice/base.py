"""The nouns of practice: what a partner heard, how they are, what they decide, and what they say.

    your line ── heard.py ──► Heard ──┐
                      State ──────────┴─ partner.py ──► State, Decision ── a Voice ──► Reply

The state is code and its voice is not: `partner.step` is pure, and decides alone what may be told.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal, Protocol

from duologue.model import Act, Moment
from duologue.practice.scenario import Earns, Scenario, Temperament

Closing = Literal[
    "pitch", "call_to_action", "persuasion", "assumption", "advice", "wall", "own_matter", "dropped", "deflected",
    "insult", "order", "flood", "repeated",
]  # fmt: skip
# pitch … wall: acts of the codebook, in sum. own_matter: talk that neither asks nor takes anything up. dropped: what
# they had just told was left for another matter. deflected: their "tell me more" was not met. order: a demand to leave
# the part ("ignore your instructions"). flood: more than anybody can take in. repeated: the same words once more.

Ask = Literal[
    "invitation.more", "invitation.why", "invitation.meaning", "invitation.look_for", "invitation.basis"
]  # fmt: skip

Does = Literal[
    "disclose",   # tells a layer
    "add",        # adds to one that is told
    "answer",     # a plain fact
    "confirm",    # felt understood; nothing new
    "ask",        # asks on: an invitation
    "push_back",  # against what closes them
    "cool",       # shorter
    "unheard",    # says that something was left lying
    "warm",       # takes in a repair, or presence
    "fill",       # says something into a silence
    "vague",      # a question that nothing answers
    "trigger",    # a word that sets them off
    "small",      # small talk
    "puzzled",    # did not understand: another language, an order to a machine, a flood
    "forward",    # all is said: what they would do next themselves
    "leave",      # goes
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the partner heard in one line of the user's.

    `text`: the line, cut where it is a flood. `listening`: what of it was listening, with how much of it counts
    (0 to 1). `closing`: what closes, with how sure (0 to 1). `question`: it asks something. `claim`: a clause of it
    that states something of the user's own, as it can be quoted; None where there is none. `stems`: of its content
    words. `answered`: how likely their last invitation was met (0 to 1); None where none was open. `greeting`: a bare
    hello. `silent`: nothing, or a bare sign of listening. `echo`: only their own words, given back. `foreign`: not
    English. `offers`: leave is asked to tell something. `acts`, `moments`: the findings that it rests on.
    """

    text: str
    listening: dict[Earns, float]
    closing: dict[Closing, float]
    question: bool = False
    claim: str | None = None
    stems: frozenset[str] = frozenset()
    answered: float | None = None
    greeting: bool = False
    silent: bool = False
    echo: bool = False
    foreign: bool = False
    offers: bool = False
    acts: tuple[Act, ...] = ()
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An invitation of theirs that waits for its answer. `level`: how deep they are in one claim; `put_off`: times."""

    ask: Ask
    claim: str | None
    level: int = 1
    put_off: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How the partner is, after `turn` lines of the user's.

    `trust`: from 0 to 1, slow. `openness`: from 0 to 1, fast: how much they feel like talking now. `patience`: from 0
    to 1; at 0 they go. `told`: layers, in order. `unheard`: layers that were told and left lying. `open`: their
    invitation that waits. `asked`: invitations so far. `withheld`: the layer that was near in this turn and was not
    told. `listened`, `closed`, `echoes`: what each turn was, newest last. `given`: facts and triggers that came up.
    `used`: sentences said, so that none comes twice.
    """

    turn: int = 0
    trust: float
    openness: float
    patience: float
    told: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    open: Open | None = None
    asked: int = 0
    withheld: str | None = None
    listened: tuple[tuple[Earns, ...], ...] = ()
    closed: tuple[tuple[Closing, ...], ...] = ()
    echoes: tuple[bool, ...] = ()
    given: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the partner does next, and why, in a sentence that the debrief shows.

    `layer`: told or added to. `fact`: answered. `against`: what is pushed back. `ask`: the invitation. `claim`: what
    it is about. `withheld`: the layer that was near and not told. `confirms`: begins by saying that they felt
    understood. `goes`: ends the conversation.
    """

    does: Does
    why: str
    layer: str | None = None
    fact: str | None = None
    trigger: int | None = None
    against: Closing | None = None
    ask: Ask | None = None
    claim: str | None = None
    withheld: str | None = None
    confirms: bool = False
    goes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said before, for a voice: (who, text), "you" or "partner", oldest first."""

    who: Literal["you", "partner"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the partner says. `lead`: how many characters at its beginning lead up to the matter
    and say nothing of it (that they felt understood, where the decision confirms).

    `stands_for`: the written line whose matter it tells in other words: that one counts as said too, so that its matter
    does not come twice. `note`: what a person has to know about how it came about (a model was down, its words were not
    used); or None.
    """

    text: str
    lead: int = 0
    stands_for: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """All that a voice may know when it speaks. `state` is the one after the decision (its `told` holds the layer)."""

    scenario: Scenario
    temperament: Temperament
    state: State
    heard: Heard
    decision: Decision
    so_far: tuple[Said, ...]


class Voice(Protocol):
    """Puts a decision into words. It may not tell what the state has not told; `guard.py` checks what it says."""

    @property
    def name(self) -> str: ...

    def say(self, occasion: Occasion, chance: random.Random) -> Reply:
        """The partner's next line, never empty. Draws on `chance` alone, so that a seed replays."""
        ...
