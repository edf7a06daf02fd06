"""Whether there are words for everything that the partner may come to do, and enough of them for a session.

How many lines a session needs is not guessed: users of several kinds are played against the partner's own rules, and
what they make the partner do is counted.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from duologue.moments.threads import stems
from duologue.practice.base import Closing, Does, Heard
from duologue.practice.making.findings import Finding, layer_at, shortened, texts_of
from duologue.practice.making.reachable import SESSION
from duologue.practice.partner import begin, step
from duologue.practice.scenario import Asks, Earns, Lines, PushesBack, Scenario, Temperament, Wording, wordings
from duologue.practice.voices.lines import house_lines
from duologue.text import words

CELLS = ("issue", "personal_impact", "goal", "personal_goal")
SEEDS = 2
_PARTS = ("pushes_back", "asks")  # lists of `lines` that are groups of lists
_BLANK = re.compile(r"_{2,}|\bTODO\b|\bFIXME\b")
_BRACES = re.compile(r"\{[^{}]*\}?")
# The list that a line comes from, by what it does.
_FIELDS: dict[Does, str] = {
    "fill": "silence", "confirm": "confirms", "warm": "warms", "cool": "cools", "vague": "vague", "unheard": "unheard",
    "forward": "forward", "leave": "leaves", "small": "small",
}  # fmt: skip
# What the users of the play bring, line after line; the session begins again with the first.
_Line = tuple[dict[Earns, float], dict[Closing, float]]
_USERS: dict[str, tuple[_Line, ...]] = {
    "sells": (({}, {"pitch": 0.9}), ({}, {"call_to_action": 0.9}), ({}, {"persuasion": 0.9}), ({}, {"pitch": 0.9})),
    "argues": (({}, {"wall": 0.9}), ({}, {"assumption": 0.8}), ({}, {"advice": 0.8})),
    "is beside the point": (({}, {"own_matter": 0.7}), ({"asked": 0.4}, {"dropped": 0.6})),
    "only asks": (({"asked": 0.7}, {}),),
    "says nothing": (({}, {}),),
    "listens": (({"reflected": 0.8, "followed_up": 0.8}, {}), ({"acknowledged": 0.9}, {}), ({"present": 0.8}, {})),
}


def missing(scenario: Scenario) -> Iterator[Finding]:
    """Words that are not there, or that can never be said."""
    yield from _said_by_all(scenario)
    yield from _unsayable(scenario)
    yield from _cells(scenario)
    yield from _nobody_asks(scenario)
    yield from _few(scenario)
    yield from _claims(scenario)


def _said_by_all(s: Scenario) -> Iterator[Finding]:
    told = [(f"{layer_at(la)}, says", la.says, "told") for la in s.layers()]
    told += [(f"fact “{f.id}”, says", f.says, "answered") for f in s.facts]
    told += [(f"trigger {i}, says", t.says, "said") for i, t in enumerate(s.triggers, 1)]
    for place, lines, done in told:
        for temperament in dict.fromkeys(s.temperaments):
            if not any(w.strip() for w in wordings(lines, temperament)):
                yield Finding(
                    level="error",
                    what=f"there are no words for the temperament {temperament}, so it cannot be {done}",
                    where=place,
                    next=f"Write how somebody {temperament} says it, or take {temperament} out of `temperaments`",
                )


def _unsayable(s: Scenario) -> Iterator[Finding]:
    for t in texts_of(s):
        if not t.text.strip():
            yield Finding(level="error", what="there is an empty line", where=t.where, next="Write it, or take it out")
        elif _BLANK.search(t.text):
            yield Finding(
                level="advice",
                what=f"a blank is left, and would be said as it stands: {shortened(t.text)}",
                where=t.where,
                next="Fill it in",
            )
        for m in _BRACES.finditer(t.text):
            if m[0] != "{claim}":
                yield Finding(
                    level="error",
                    what=f"“{m[0]}” would be said as it stands",
                    where=t.where,
                    next="Only {claim} is filled in, and only in lines.asks",
                )
            elif not t.place.startswith("asks."):
                yield Finding(
                    level="error",
                    what="{claim} is filled in only where they ask about something of yours: this is never said",
                    where=t.where,
                    next="Say it without",
                )


def _cells(s: Scenario) -> Iterator[Finding]:
    there = {la.cell for la in s.layers()}
    lacking = [cell for cell in CELLS if cell not in there]
    if there and lacking:
        yield Finding(
            level="advice",
            what=f"no layer fills {'the cell' if len(lacking) == 1 else 'these cells:'} {', '.join(lacking)}",
            where="issues",
            next="People have all four: what is wrong, what it does to them, what is wanted, what they want themselves",
        )


def _nobody_asks(s: Scenario) -> Iterator[Finding]:
    for fact in s.facts:
        if not any(" " in a.strip() or stems(words(a)) for a in fact.asked):
            yield Finding(
                level="error",
                what="no question asks for it: its `asked` holds no word that carries a matter",
                where=f"fact “{fact.id}”, asked",
                next="Write words of the question (budget, deadline), or a phrase (how many people)",
            )
    for i, trigger in enumerate(s.triggers, 1):
        if not any(words(w) for w in trigger.words):
            yield Finding(
                level="error", what="it has no words", where=f"trigger {i}, words", next="Write what sets them off"
            )


def _few(s: Scenario) -> Iterator[Finding]:
    """Lists that run dry within a session, the house's lines counted in; and those that are left to the house."""
    house = house_lines()
    short: dict[tuple[str, str], tuple[int, str]] = {}  # list → (how many lack, in words), where most do
    for temperament in dict.fromkeys(s.temperaments):
        for (holder, field), most in sorted(_needed(s, temperament).items()):
            own: list[Wording] = getattr(_part(s.lines, holder), field, [])
            parts = ("asks", "asks_again", "asks_deeper") if holder == "asks" else (holder,)
            shared = [w for part in parts for w in getattr(_part(house, part), field, [])]
            there = len(wordings(own, temperament)) + len(wordings(shared, temperament))
            if most - there > short.get((holder, field), (0, ""))[0]:
                what = f"may need {most} of them, and there are {there}, the house's counted in ({temperament})"
                short[holder, field] = most - there, what
    for (holder, field), (lack, what) in short.items():
        yield Finding(
            level="advice",
            what=f"a session of {SESSION} lines {what}",
            where=f"{holder}.{field}",
            next=f"Write {lack} more",
        )
    if not any(getattr(part, f) for part in _parts(s.lines) for f in part.__struct_fields__ if f not in _PARTS):
        yield Finding(
            level="advice",
            what="they have no lines of their own: the house's, which fit anybody, stand in",
            where="lines",
            next="Write some in the words of their matter, if you like: the partner becomes more of a person",
        )


def _parts(lines: Lines) -> tuple[msgspec.Struct, ...]:
    return (lines, lines.pushes_back, lines.asks)


def _part(lines: msgspec.Struct, holder: str) -> msgspec.Struct:
    part: msgspec.Struct = lines if holder == "lines" else getattr(lines, holder)
    return part


def _needed(s: Scenario, temperament: Temperament) -> dict[tuple[str, str], int]:
    """Of each list of lines, how many the session takes that takes most of them."""
    most: dict[tuple[str, str], int] = {}
    for user in _USERS.values():
        for seed in range(SEEDS):
            for at, times in _used(s, temperament, user, seed).items():
                most[at] = max(most.get(at, 0), times)
    return most


def _used(s: Scenario, temperament: Temperament, user: tuple[_Line, ...], seed: int) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    state = begin(temperament)
    for turn in range(SESSION):
        listening, closing = user[turn % len(user)]
        heard = Heard(
            text="",
            listening=listening,
            closing=closing,
            question="asked" in listening,
            silent=not listening and not closing,
            claim="it works" if closing else None,
            answered=None if state.open is None else 0.0 if closing else 1.0,
        )
        state, decision = step(state, heard, s, temperament, random.Random(f"{seed}/{turn}"))
        if decision.ask:
            found["asks", decision.ask.partition(".")[2]] += 1
        elif decision.does == "push_back" and decision.against in PushesBack.__struct_fields__:
            found["pushes_back", str(decision.against)] += 1
        else:
            field = _FIELDS.get(decision.does)
            if field:
                found["lines", field] += 1
        if decision.confirms:
            found["lines", "confirms"] += 1
        if state.ended:
            break
    return found


def _claims(s: Scenario) -> Iterator[Finding]:
    """Asks that all quote a claim cannot be said where there is none; asks that never do are deaf to it."""
    for field in Asks.__struct_fields__:
        lines: list[Wording] = getattr(s.lines.asks, field)
        for temperament in dict.fromkeys(s.temperaments):
            said = wordings(lines, temperament)
            quoting = [w for w in said if "{claim}" in w]
            if said and len(quoting) in (0, len(said)):
                which, other = ("none", "with") if not quoting else ("every one", "without")
                yield Finding(
                    level="advice",
                    what=f"{which} of them holds {{claim}} ({temperament})",
                    where=f"asks.{field}",
                    next=f"Write one {other} it too",
                )
                break
