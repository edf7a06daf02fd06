"""The partner: from how they are and what they heard to how they are then, and what they do about it. Pure.

`step` is all of it. What it decides may be told is all that any voice can tell.
"""

from __future__ import annotations

import random
from dataclasses import replace

from duologue.practice.base import Ask, Closing, Decision, Heard, Open, State
from duologue.practice.moved import chill_of, counted, felt, warmth_of, worst_of
from duologue.practice.reasons import because
from duologue.practice.scenario import Earns, Scenario, Temperament
from duologue.practice.telling import about_of, chosen, fact_of, has_more, ready, stems_of, trigger_of
from duologue.practice.temper import CLOSED, LISTENS, TEMPERS, Temper

__all__ = ["begin", "step"]

LEAST_TURNS = 8  # nobody goes before: there has to be time to mend what went wrong
PACE = 0.7  # layers a line: faster than this nobody tells, and stays with what was asked about
MOST_PUT_OFF = 3  # times one invitation is put before its claim is left alone
SELLS: tuple[Closing, ...] = ("pitch", "call_to_action", "persuasion")
_ASKED_BY: dict[Closing, tuple[Ask, ...]] = {
    "pitch": ("invitation.basis", "invitation.why", "invitation.meaning", "invitation.look_for"),
    "call_to_action": ("invitation.more", "invitation.look_for"),  # a request claims nothing: "tell me more first"
    "persuasion": ("invitation.basis", "invitation.meaning", "invitation.why"),
    "assumption": ("invitation.basis", "invitation.meaning", "invitation.look_for"),
    "advice": ("invitation.why", "invitation.look_for", "invitation.basis"),
    "wall": ("invitation.basis", "invitation.meaning", "invitation.why"),
    "own_matter": ("invitation.why", "invitation.more", "invitation.meaning"),
    "deflected": ("invitation.why", "invitation.meaning", "invitation.basis"),
}
_ODD: tuple[Closing, ...] = ("order", "flood")  # no talk between two people


def begin(temperament: Temperament) -> State:
    """How a partner of this temperament is before a word was said."""
    t = TEMPERS[temperament]
    return State(trust=t.trust, openness=t.openness, patience=t.patience)


def step(
    state: State, heard: Heard, scenario: Scenario, temperament: Temperament, chance: random.Random
) -> tuple[State, Decision]:
    """What the partner does upon a line, and how they are then. Raises ValueError where the conversation has ended."""
    if state.ended:
        raise ValueError("the partner has left: there is nothing more to hear")
    temper = TEMPERS[temperament]
    listens = counted(state, heard)
    warmth, chill = warmth_of(listens), chill_of(heard, state)
    now = felt(state, heard, warmth, chill, temper)
    decision = _decide(state, now, heard, listens, warmth, chill, scenario, temper, chance)
    now = _after(now, decision, heard, state)
    return now, decision


def _decide(
    before: State,
    now: State,
    heard: Heard,
    listens: dict[Earns, float],
    warmth: float,
    chill: float,
    scenario: Scenario,
    temper: Temper,
    chance: random.Random,
) -> Decision:
    worst = worst_of(heard)
    if now.patience <= 0 and now.turn >= LEAST_TURNS:
        return Decision(does="leave", why=because("tired", against=worst), goes=True)
    if heard.greeting:
        return Decision(does="small", why=because("greeting"))
    if heard.foreign:
        return Decision(does="puzzled", why=because("foreign"))
    odd = next((kind for kind in _ODD if heard.closing.get(kind, 0) >= 0.5), None)
    if odd:  # whatever else was in it
        return Decision(does="puzzled", why=because(odd), against=odd)
    if chill >= 0.4 and heard.echo and not heard.closing:
        return Decision(does="push_back", why=because("echoed"), against="repeated")
    if worst in ("insult", "repeated"):
        return Decision(does="push_back", why=because(worst), against=worst)
    waits = before.open
    missed = waits is not None and (heard.answered or 0) < 0.5 and heard.listening.get("repaired", 0) < 0.5
    # Whoever takes up something of theirs instead may do so; nothing else stands in for an answer.
    takes_up = max(listens.get(k, 0.0) for k in ("reflected", "acknowledged", "followed_up")) >= 0.5
    put_off = missed and (bool(heard.closing) or not takes_up)
    if waits and put_off:
        return _put_off(waits, worst, chance)
    if worst and chill >= max(0.3, warmth):
        return _closed(now, heard, worst, chill, scenario, temper, chance)
    trigger = trigger_of(scenario, heard, now)
    if trigger is not None and warmth < 0.5:
        return Decision(does="trigger", why=because("trigger", about=scenario.triggers[trigger].why), trigger=trigger)
    if waits and (heard.answered or 0) >= 0.5 and _digs(waits, now, heard, chance):
        deeper = _deeper(waits)
        return Decision(does="ask", why=because("deeper"), ask=deeper, claim=heard.claim)
    if heard.offers and not waits:
        return Decision(does="ask", why=because("offer"), ask="invitation.more", claim=None)
    return _opens(before, now, heard, listens, warmth, scenario, chance)


def _put_off(waits: Open, worst: Closing | None, chance: random.Random) -> Decision:
    """They asked, and were not answered: asked again, otherwise, and never as if it had been."""
    if waits.put_off + 1 < MOST_PUT_OFF:
        kind = waits.ask if chance.random() < 0.6 else chance.choice(_ASKED_BY["deflected"])
        return Decision(does="ask", why=because("put_off"), against="deflected", ask=kind, claim=waits.claim)
    if worst in SELLS or worst in ("wall", "assumption", "advice"):
        return Decision(does="push_back", why=because("given_up"), against=worst)
    return Decision(does="cool", why=because("given_up"), against="deflected")


def _closed(
    now: State,
    heard: Heard,
    worst: Closing,
    chill: float,
    scenario: Scenario,
    temper: Temper,
    chance: random.Random,
) -> Decision:
    trigger = trigger_of(scenario, heard, now)
    if trigger is not None:
        return Decision(does="trigger", why=because("trigger", about=scenario.triggers[trigger].why), trigger=trigger)
    if worst == "dropped":
        if now.unheard and chance.random() < 0.5:
            return Decision(does="unheard", why=because("dropped"), against=worst)
        return _plain(heard, now, scenario)
    asks = _ASKED_BY.get(worst, ())
    first = now.asked == 0 or (now.asked < 3 and now.turn >= LEAST_TURNS - 3)
    if asks and (first or chance.random() < temper.asks * 0.75):
        # Each claim is asked about in another way than the last one was.
        ask = asks[now.asked % len(asks)]
        return Decision(does="ask", why=because(worst), against=worst, ask=ask, claim=heard.claim)
    if chill >= CLOSED and now.trust < 0.2 and chance.random() < 0.5:
        return Decision(does="cool", why=because(worst), against=worst)
    return Decision(does="push_back", why=because(worst), against=worst)


def _digs(waits: Open, now: State, heard: Heard, chance: random.Random) -> bool:
    """Whether an answer makes them ask one level further: where the answer made a claim of its own, three at most."""
    return waits.level < 3 and heard.claim is not None and chance.random() < 0.3 and now.turn < 14


def _deeper(waits: Open) -> Ask:
    way: tuple[Ask, ...] = ("invitation.more", "invitation.meaning", "invitation.why", "invitation.basis")
    at = way.index(waits.ask) if waits.ask in way else 1
    return way[at + 1] if at + 1 < len(way) else "invitation.look_for"


def _opens(
    before: State,
    now: State,
    heard: Heard,
    listens: dict[Earns, float],
    warmth: float,
    scenario: Scenario,
    chance: random.Random,
) -> Decision:
    """They were not pushed: what may be told, is; else something that fits."""
    able, close = ready(scenario, now, listens, heard)
    about = about_of(scenario, now, heard)
    fact = fact_of(heard, now, scenario) if set(heard.listening) <= {"asked", "followed_up"} else None
    if fact and not any(heard.stems & stems_of(la.asked) for la in able):
        return Decision(does="answer", why=because("fact"), fact=fact)
    ahead = len(now.told) >= PACE * now.turn + 1 and about is not None and about.id in before.told
    if able and not (ahead and has_more(about, now)):
        layer = chosen(able, heard, before, about)
        felt = max(listens.get("reflected", 0), listens.get("acknowledged", 0)) >= 0.4
        return Decision(does="disclose", why=because("opened", by=_most(listens)), layer=layer.id, confirms=felt)
    if heard.silent:
        return _filled(now)
    kept = close.id if close else None
    if listens.get("repaired", 0) >= 0.4 or (listens.get("present", 0) >= 0.5 and not heard.question):
        why = because("repaired" if "repaired" in listens else "present")
        return Decision(does="warm", why=why, withheld=kept)
    done = len(now.told) == len(scenario.layers())
    if about is not None and (heard.question or warmth >= 0.4) and not (done and chance.random() < 0.4):
        return Decision(
            does="add",
            why=because("asked_on", about=about.about),
            layer=about.id,
            confirms=not heard.question,
            withheld=kept,
        )
    if done and warmth >= 0.3:
        return Decision(does="forward", why=because("all_told"), goes="forward" in now.given)
    if warmth >= 0.4 and not heard.question:
        return Decision(does="confirm", why=because("understood"), withheld=kept)
    return replace(_plain(heard, now, scenario), withheld=kept)


def _most(listens: dict[Earns, float]) -> tuple[Earns, ...]:
    """The listening that counted most; none where there was none."""
    return (max(listens, key=lambda kind: LISTENS[kind] * listens[kind]),) if listens else ()


def _filled(now: State) -> Decision:
    """Into a silence they go on about what they have told, once or twice; a silence opens nothing new."""
    quiet = 0
    for kinds in reversed(now.listened):
        if kinds:
            break
        quiet += 1
    if now.told and quiet <= 2 and not now.closed[-1]:
        return Decision(does="add", why=because("silence"), layer=now.told[-1])
    return Decision(does="fill", why=because("silent"))


def _plain(heard: Heard, now: State, scenario: Scenario) -> Decision:
    """To a question: the fact that it asks for, else that they cannot say; to anything else little."""
    fact = fact_of(heard, now, scenario)
    if fact:
        return Decision(does="answer", why=because("fact"), fact=fact)
    if heard.silent:
        return Decision(does="fill", why=because("silent"))
    if any(a.kind == "small_talk" and a.confidence >= 0.5 for a in heard.acts):
        return Decision(does="small", why=because("small_talk"))
    return Decision(does="vague", why=because("vague" if heard.question else "nothing_taken_up"))


def _after(now: State, decision: Decision, heard: Heard, before: State) -> State:
    """The state with what was decided written down."""
    told, unheard = now.told, now.unheard
    if decision.does == "disclose" and decision.layer:
        told = (*told, decision.layer)
    if "dropped" in heard.closing and before.told and before.told[-1] not in unheard:
        unheard = (*unheard, before.told[-1])
    if unheard and decision.does == "add" and decision.layer in unheard:
        unheard = tuple(u for u in unheard if u != decision.layer)
    given = now.given
    if decision.fact:
        given = (*given, decision.fact)
    if decision.trigger is not None:
        given = (*given, f"trigger:{decision.trigger}")
    if decision.does == "forward":
        given = (*given, "forward")
    opened: Open | None = None
    if decision.ask:
        waits = before.open
        again = decision.against == "deflected" and waits is not None
        deeper = waits is not None and not again and (heard.answered or 0) >= 0.5
        opened = Open(
            ask=decision.ask,
            claim=decision.claim,
            level=(waits.level + 1 if deeper and waits else waits.level if again and waits else 1),
            put_off=waits.put_off + 1 if again and waits else 0,
        )
    return replace(
        now,
        told=told,
        unheard=unheard,
        given=given,
        withheld=decision.withheld,
        open=opened,
        asked=now.asked + (decision.ask is not None),
        ended=decision.goes,
    )
