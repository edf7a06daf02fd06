"""way_forward (+): each side puts something of its own into a next step, or each says what stays open (S1.1).

Rule: codebook §2. The coached side puts a step on the table (advice, a call to action, an offer to do something);
the other, without pulling back, adds a part, a condition or a date that was not in it. One a step: exchanges
within a few turns of each other are one step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import stems
from duologue.moments.wording import Voice, sure

KIND = "way_forward"
PROPOSAL = ("advice", "call_to_action")
REACH = 6  # turns between two exchanges that still are one step
STILL_OPEN = 2  # turns for which a step stays on the table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    act: Act | None
    ours: Span
    theirs: Span


@cache
def _offer() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:i['’]?ll|i will|i can|i could|we['’]ll|we can|we could|let['’]?s|shall (?:i|we)|should we|"
        r"how about|what if|why don['’]?t (?:i|we))\b",
        re.IGNORECASE,
    )


@cache
def _adds() -> re.Pattern[str]:
    """Words that add to a step: a further part, a condition, a day, an ask of one's own."""
    return re.compile(
        r"^(?:(?:yes|yeah|okay|ok|sure|right|well|good|fine)?\W+)?and (?:my|our|you|the|then|also|bring|maybe|a|one)\b|"
        r"\b(?:only if|as long as|provided|on condition|in writing|also|bring|as well|instead|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|next (?:week|month)|noon|by the (?:end|first)|"
        r"now['’]?s (?:fine|good)|"
        r"would you|could you|will you|what if|let['’]?s)\b",
        re.IGNORECASE,
    )


@cache
def _commits() -> re.Pattern[str]:
    """The other's own doing or wanting in it."""
    return re.compile(
        r"\b(?:i['’]?ll|i will|i could|i can|i['’]?d (?:want|like|need|rather|add|start)|i wan(?:na|t)|we['’]ll|"
        r"we could|we can|"
        r"we['’]d (?:want|like|need))\b",
        re.IGNORECASE,
    )


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each step that both sides put something into."""
    voice = Voice(evidence, KIND)
    step: list[_Part] = []
    pending: tuple[Act | None, Span] | None = None
    for said, reaction in evidence.reactions():
        pending = _proposal(evidence, said) or pending
        if pending is None or said.last - pending[1].turn > STILL_OPEN:
            continue
        addition = _addition(evidence, pending[1], said, reaction)
        if addition is None:
            continue
        if step and pending[1].turn - step[-1].theirs.turn > REACH:
            yield _told(evidence, step, voice)
            step = []
        step.append(_Part(act=pending[0], ours=pending[1], theirs=addition))
        pending = None
    if step:
        yield _told(evidence, step, voice)


def _proposal(stage: Stage, said: Stretch) -> tuple[Act | None, Span] | None:
    if stage.in_stretch(said, "pitch", "persuasion"):
        return None
    act = stage.first(said.turns, *PROPOSAL)
    if act:
        return act, act.span
    for turn in said.turns[:4]:
        for sentence in stage.scene.sentences[turn]:
            if _offer().search(sentence.text) and len(stems(sentence.words)) >= 2:
                return None, sentence.span
    return None


def _addition(stage: Stage, ours: Span, said: Stretch, reaction: Stretch) -> Span | None:
    """The sentence in which the other adds to the step; None where they pull back, or only take it."""
    if stage.in_stretch(reaction, "withdrawal", "disagreement"):
        return None
    known = stage.heard(ours.turn) | stage.matter(said.turns)
    for turn in reaction.turns[:4]:
        for sentence in stage.scene.sentences[turn]:
            new = len(stems(sentence.words) - known)
            if (new >= 1 and _adds().search(sentence.text)) or (new >= 2 and _commits().search(sentence.text)):
                return sentence.span
    return None


def _told(stage: Stage, step: list[_Part], voice: Voice) -> Moment:
    quotes = [stage.cut(q) for part in step for q in (part.ours, part.theirs)]
    why = voice.say(quotes[0], quotes[1], theirs_own="theirs").why
    known = [part.act for part in step if part.act]
    turns = tuple(q.turn for q in quotes)
    return moment(KIND, turns, quotes, why=why, confidence=sure(0.7 if known else 0.55, *known))


DETECTOR = Detector(kind=KIND, needs=(*PROPOSAL, "withdrawal", "disagreement", "pitch", "persuasion"), find=find)
