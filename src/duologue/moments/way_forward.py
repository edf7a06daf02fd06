"""way_forward (+): each side puts something of its own into a next step, or each says what stays open (S1.1).

Rule: codebook §2. The coached side puts a step on the table (advice, a call to action, an offer to do something); the other,
without pulling back, adds a part, a condition or a date that was not in it. One a step: exchanges within a few turns of
each other are one step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import stems
from duologue.moments.wording import Voice, sure

KIND = "way_forward"
PROPOSAL = ("advice", "call_to_action")
REACH = 6  # turns between two exchanges that still are one step

WHY = (
    "“{ours}” and “{theirs}” both went into the step, one from each side.",
    "{they} added “{theirs}” to the step, and it became a shared one.",
    "The next step holds something of {your} own, “{ours}”, and something of {theirs_own}: “{theirs}”.",
)


@cache
def _offer() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:i['’]?ll|i will|i can|i could|we['’]?ll|we can|we could|let['’]?s|shall (?:i|we)|should we|how about|what if|why don['’]?t (?:i|we))\b",
        re.IGNORECASE,
    )


@cache
def _adds() -> re.Pattern[str]:
    """The other's own part: something they will do, want in it, or ask for; a condition; a day."""
    return re.compile(
        r"\b(?:i['’]?ll|i will|i could|i can\b|i['’]?d (?:want|like|need|rather|add|start)|i wan(?:na|t)|we['’]?ll|we could|we can|we['’]?d (?:want|like|need)|"
        r"let['’]?s|only if|as long as|provided|on condition|in writing|and (?:my|our|you|the|then|also|bring|maybe)\b|also|bring|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|next (?:week|month)|noon|by the (?:end|first)|would you|could you|will you|what if)\b",
        re.IGNORECASE,
    )


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each step that both sides put something into."""
    voice = Voice(evidence, WHY)
    step: list[tuple[Act | None, Span, Span]] = []
    for said, reaction in evidence.reactions():
        proposal = _proposal(evidence, said)
        addition = _addition(evidence, said, reaction) if proposal else None
        if proposal is None or addition is None:
            continue
        if step and proposal[1].turn - step[-1][2].turn > REACH:
            yield _told(evidence, step, voice)
            step = []
        step.append((proposal[0], proposal[1], addition))
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


def _addition(stage: Stage, said: Stretch, reaction: Stretch) -> Span | None:
    if stage.in_stretch(reaction, "withdrawal", "disagreement"):
        return None
    known = stage.matter(said.turns)
    for turn in reaction.turns[:4]:
        for sentence in stage.scene.sentences[turn]:
            if _adds().search(sentence.text) and set(stems(sentence.words)) - known:
                return sentence.span
    return None


def _told(stage: Stage, step: list[tuple[Act | None, Span, Span]], voice: Voice) -> Moment:
    quotes = [stage.cut(q) for _, ours, theirs in step for q in (ours, theirs)]
    why = voice.say(quotes[0], quotes[1], theirs_own="theirs").why
    known = [act for act, _, _ in step if act]
    turns = tuple(q.turn for q in quotes)
    return moment(KIND, turns, quotes, why=why, confidence=sure(0.7 if known else 0.55, *known))


DETECTOR = Detector(kind=KIND, needs=(*PROPOSAL, "withdrawal", "disagreement", "pitch", "persuasion"), find=find)
