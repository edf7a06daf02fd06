"""What a temperament is, in numbers, and how much each thing heard counts.

They are a convention of ours: chosen so that, with sentences that their author did not write, somebody who listens
hears most of a person and somebody who pitches, flatters or argues next to nothing (`benchmarks/practice.py` prints
what came out). They claim nothing about people.
"""

from __future__ import annotations

from dataclasses import dataclass

from duologue.practice.base import Closing
from duologue.practice.scenario import Earns, Temperament


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """Where a partner begins (0 to 1), how fast trust grows and falls a line, how fast patience goes, how often they
    ask on about a claim."""

    trust: float
    openness: float
    patience: float
    grows: float
    falls: float
    tires: float
    asks: float


TEMPERS: dict[Temperament, Temper] = {
    "warm": Temper(trust=0.38, openness=0.55, patience=1.0, grows=0.125, falls=0.165, tires=0.85, asks=0.8),
    "brisk": Temper(trust=0.36, openness=0.5, patience=0.9, grows=0.125, falls=0.165, tires=1.1, asks=0.9),
    "wary": Temper(trust=0.34, openness=0.45, patience=0.95, grows=0.12, falls=0.17, tires=1.0, asks=0.85),
}

# How much of a kind of listening counts, of 1: reflection beside questions is what separates good sessions from poor
# ones in people's own labels (AnnoMI: reflection less telling, AUC .96), so a question alone counts least.
LISTENS: dict[Earns, float] = {
    "reflected": 1.0,
    "acknowledged": 0.9,
    "answered": 0.9,
    "repaired": 0.8,
    "present": 0.8,
    "followed_up": 0.75,
    "asked": 0.3,
}

# How much of what closes counts, of 1.
CLOSES: dict[Closing, float] = {
    "pitch": 1.0,
    "call_to_action": 1.0,
    "persuasion": 1.0,
    "wall": 1.0,
    "insult": 1.0,
    "assumption": 0.7,
    "advice": 0.7,
    "deflected": 0.5,
    "flood": 0.6,
    "own_matter": 0.45,
    "repeated": 0.5,
    "dropped": 0.2,
    "order": 0.4,
}

# One way of listening, and no other, line after line: by how much it still counts the first time, the second, …
# A person notices that they are being echoed, or questioned from a list.
AGAIN = (1.0, 1.0, 0.9, 0.75, 0.6)
# The same for lines that only say back their words.
ECHOED = (0.8, 0.4, 0.1, 0.0)
LOOKS_BACK = 5  # lines
ECHO_ROOM = 0.3  # how much of listening there must be for somebody to go on
CLOSED = 0.5  # from here on what closes outweighs what was listening in the same line
OPEN_ENOUGH = 0.4  # the openness that a deeper layer takes, beside its trust
SURFACE = 0.35  # layers that take no more trust than this are told while openness is low, too
