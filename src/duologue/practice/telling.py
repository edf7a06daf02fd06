"""What a partner may tell upon a line, and what of theirs a line is about. Pure."""

from __future__ import annotations

from functools import lru_cache

from duologue.moments.threads import stems
from duologue.practice.base import Heard, State
from duologue.practice.said import sentences_of
from duologue.practice.scenario import Earns, Layer, Scenario
from duologue.practice.temper import ECHO_ROOM, OPEN_ENOUGH, SURFACE
from duologue.text import words


def ready(
    scenario: Scenario, now: State, listens: dict[Earns, float], heard: Heard
) -> tuple[list[Layer], Layer | None]:
    """The layers that may be told upon this line, and the next one that lacked only trust or room (None: none did)."""
    able: list[Layer] = []
    close: Layer | None = None
    for layer in scenario.layers():
        if layer.id in now.told or any(a not in now.told for a in layer.after):
            continue
        surface = layer.trust <= SURFACE  # anybody hears it who asks, and however often they ask
        counts = heard.listening if surface else listens
        room = max((v for k, v in counts.items() if k in layer.earned_by), default=0.0)
        fits = now.trust >= layer.trust and (surface or (now.openness >= OPEN_ENOUGH and not heard.echo))
        if fits and room >= ECHO_ROOM and not heard.silent:
            able.append(layer)
        elif close is None and listens:
            close = layer
    return able, close


def chosen(able: list[Layer], heard: Heard, now: State, about: Layer | None) -> Layer:
    """The one that was asked for; then the one that goes on from what the line is about; then what takes least."""
    said = set(words(heard.text))
    wanted = {cell for cell, some in _WANTS.items() if not some.isdisjoint(said)}
    theirs = about.id if about else now.told[-1] if now.told else None

    def fit(layer: Layer) -> tuple[int, bool, bool, float]:
        asked = len(heard.stems & stems_of(layer.asked))
        return asked, layer.cell in wanted, theirs in layer.after, -layer.trust

    return max(able, key=fit)


# Small words that ask for a cell of the context: for them in person, or for what they want.
_PERSONAL = frozenset(("yourself", "personally", "feel", "feels", "feeling", "home", "sleep", "worry", "worries"))
_GOAL = frozenset(("want", "wants", "hope", "hoping", "wish", "like", "love", "goal", "goals", "ideal", "ideally"))
_WANTS: dict[str, frozenset[str]] = {"personal_impact": _PERSONAL, "goal": _GOAL, "personal_goal": _GOAL}


def stems_of(some: list[str]) -> frozenset[str]:
    return _stems(" ".join(some))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(words(text)))


def about_of(scenario: Scenario, now: State, heard: Heard) -> Layer | None:
    """The told layer that a line comes back to, by its words; else the last one told of which there is more to say."""
    told = [scenario.layer(id) for id in now.told]
    score = {la.id: len(heard.stems & stems_of([*la.asked, la.about, *la.keys])) for la in told}
    best = max(told, key=lambda la: (score[la.id], now.told.index(la.id)), default=None)
    if best is not None and score[best.id]:
        return best
    follows = max(heard.listening.get("followed_up", 0), heard.listening.get("reflected", 0)) >= 0.4
    return next((la for la in reversed(told) if has_more(la, now)), best) if follows else None


def has_more(layer: Layer | None, now: State) -> bool:
    """Whether a told layer has something to add that was not said yet."""
    if layer is None:
        return False
    texts = (t for w in layer.more for t in ((w,) if isinstance(w, str) else w.values()))
    return any(set(now.used).isdisjoint(sentences_of(t)) for t in texts)


def fact_of(heard: Heard, now: State, scenario: Scenario) -> str | None:
    """The plain fact that a question asks for, by its words; a phrase counts for two of them. None where none is."""
    best, found = 0, None
    for fact in scenario.facts if heard.question else ():
        score = len(heard.stems & stems_of(fact.asked)) + 2 * _phrase(fact.asked, heard.text)
        if score > best and fact.id not in now.given:
            best, found = score, fact.id
    # One word of many is an accident: "Do you have a written plan?" does not ask who writes the roster.
    return found if best >= 2 or 2 * best >= len(heard.stems) else None


def _phrase(asked: list[str], text: str) -> bool:
    """Whether one of several words, which stems would lose ("how many", "since when"), stands in the text."""
    said = " " + " ".join(words(text)) + " "
    return any(" " in a and f" {' '.join(words(a))} " in said for a in asked)


def trigger_of(scenario: Scenario, heard: Heard, now: State) -> int | None:
    said = " " + " ".join(words(heard.text)) + " "
    for i, trigger in enumerate(scenario.triggers):
        if f"trigger:{i}" not in now.given and any(f" {' '.join(words(w))} " in said for w in trigger.words):
            return i
    return None
