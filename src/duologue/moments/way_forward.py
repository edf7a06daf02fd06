"""way_forward (+): each side puts something of its own into a next step, or each says what stays open (S1.1).

Rule: codebook §2. One side puts a step on the table (advice, a call to action, an offer to do something); the other,
without pulling back, adds a part, a condition or a date that was not in it. Facts, stories and feelings that are told
in reply add nothing to a step. Where the other brought the step, the coached side adds by advice, by an offer of its
own or with leave given. Or each says in turn what they leave open. One a step: exchanges within a few turns of each
other are one step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import LIKELY
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import stem, stems
from duologue.moments.wording import Voice, sure

KIND = "way_forward"
PROPOSAL = ("advice", "call_to_action")
REACH = 6  # turns between two exchanges that still are one step
TOLD = (
    "information", "story", "disclosure.issue", "disclosure.personal_impact", "question.open", "invitation",
)  # fmt: skip
STILL_OPEN = 2  # turns for which a step stays on the table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    act: Act | None
    ours: Span
    theirs: Span

    @property
    def turns(self) -> tuple[int, int]:
        return min(self.ours.turn, self.theirs.turn), max(self.ours.turn, self.theirs.turn)


@cache
def _offer() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:i['’]?ll|i will|i can(?!['’]?t)|i could|we['’]ll|we can(?!['’]?t)|we could|let['’]?s|shall (?:i|we)|"
        r"should we|how about|what if|why don['’]?t (?:i|we))\b",
        re.IGNORECASE,
    )


@cache
def _adds() -> re.Pattern[str]:
    """Words that add to a step: a further part, a condition, a day, an ask of one's own."""
    return re.compile(
        r"^(?:(?:yes|yeah|okay|ok|sure|right|well|good|fine)?\W+)?and (?:my|our|you|the|then|also|bring|maybe|a|one)\b|"
        r"\b(?:only if|as long as|provided|on condition|in writing|also|bring|as well|instead|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tomorrow|next (?:week|month)|noon|by the (?:end|first)|"
        r"now['’]?s (?:fine|good)|if (?:i|we)|unless|"
        r"would you|could you|will you|what if|let['’]?s(?! see))\b",
        re.IGNORECASE,
    )


@cache
def _commits() -> re.Pattern[str]:
    """The other's own doing or wanting in it."""
    return re.compile(
        r"\b(?:i['’]?ll|i will|i could|i can(?!['’]?t)|i['’]?d (?:want|like|need|rather|add|start)|i wan(?:na|t)|"
        r"we['’]ll|we could|we can(?!['’]?t)|"
        r"we['’]d (?:want|like|need))\b",
        re.IGNORECASE,
    )


@cache
def _promises() -> re.Pattern[str]:
    return re.compile(r"\b(?:i|we)(?:['’]ll| will)\b", re.IGNORECASE)


@cache
def _open() -> re.Pattern[str]:
    """Leaving something open, or differing about it."""
    return re.compile(
        r"\b(?:leav(?:e|es|ing)|keep|stays?|left) (?:\w+ ){0,4}open\b|"
        r"\b(?:agree to|can|could|may|let['’]?s) (?:disagree|differ)\b",
        re.IGNORECASE,
    )


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each step that both sides put something into."""
    voice = Voice(evidence, KIND)
    step: list[_Part] = []
    for part in sorted((*_ours(evidence), *_theirs(evidence), *_left_open(evidence)), key=lambda p: p.turns):
        if step and part.turns[0] - step[-1].turns[1] > REACH:
            yield _told(evidence, step, voice)
            step = []
        step.append(part)
    if step:
        yield _told(evidence, step, voice)


def _ours(stage: Stage) -> Iterator[_Part]:
    """Steps that the coached side put on the table and the other added to."""
    pending: tuple[Act | None, Span] | None = None
    for said, reaction in stage.reactions():
        pending = _proposal(stage, said) or pending
        if pending is None or said.last - pending[1].turn > STILL_OPEN:
            continue
        addition = _addition(stage, pending[1], said, reaction)
        if addition is not None:
            yield _Part(act=pending[0], ours=pending[1], theirs=addition)
            pending = None


def _theirs(stage: Stage) -> Iterator[_Part]:
    """Steps that the other put on the table and the coached side added to."""
    if stage.scene.symmetric:
        return  # there every speaker is coached, and `_ours` has seen each of them
    pending: tuple[Act | None, Span] | None = None
    for said, reply in stage.replies():
        pending = _brought(stage, said) or pending
        if pending is None or said.last - pending[1].turn > STILL_OPEN:
            continue
        addition = _ours_added(stage, pending[1], said, reply)
        if addition is not None:
            yield _Part(act=pending[0], ours=addition, theirs=pending[1])
            pending = None


def _left_open(stage: Stage) -> Iterator[_Part]:
    """Each of two neighbouring stretches leaves something open."""
    for first, second in pairwise(stage.stretches):
        if first.coached == second.coached and not stage.scene.symmetric:
            continue
        one, other = _says_open(stage, first), _says_open(stage, second)
        if one and other and (first.coached or second.coached):
            yield _Part(act=None, ours=one if first.coached else other, theirs=other if first.coached else one)


def _says_open(stage: Stage, stretch: Stretch) -> Span | None:
    return next((s.span for t in stretch.turns[:4] for s in stage.scene.sentences[t] if _open().search(s.text)), None)


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


def _brought(stage: Stage, said: Stretch) -> tuple[Act, Span] | None:
    """The step that the other proposes, or takes upon themselves as they agree."""
    act = stage.first(said.turns, *PROPOSAL)
    if act:
        return act, act.span
    agreed = stage.first(said.turns, "agreement")
    if agreed and _promises().search(stage.text(agreed.span)) and len(_content(stage, agreed.span)) >= 2:
        return agreed, agreed.span
    return None


def _addition(stage: Stage, ours: Span, said: Stretch, reaction: Stretch) -> Span | None:
    """The sentence in which the other adds to the step; None where they pull back, or only take it."""
    if stage.in_stretch(reaction, "withdrawal", "disagreement"):
        return None
    known = stage.heard(ours.turn) | stage.matter(said.turns)
    for turn in reaction.turns[:4]:
        for sentence in stage.scene.sentences[turn]:
            new = len(stems(sentence.words) - known)
            if not new or _tells(stage, sentence.span, reaction):
                continue
            if _adds_to(sentence.text, known) or (new >= 2 and _commits().search(sentence.text)):
                return sentence.span
    return None


def _ours_added(stage: Stage, theirs: Span, said: Stretch, reply: Stretch) -> Span | None:
    """The words in which the coached side adds to the other's step."""
    if stage.in_stretch(reply, "disagreement", "either_or", "pitch", "persuasion", "withdrawal"):
        return None
    known = stage.heard(theirs.turn) | stage.matter(said.turns)
    for act in stage.acts_in(reply, "advice", "permission"):
        text = stage.text(act.span)
        adds = _adds_to(text, known) or _commits().search(text)
        # To ask leave to say something is no part of a step.
        if (act.kind == "advice" or (adds and not text.endswith("?"))) and _content(stage, act.span) - known:
            return act.span
    return None


def _adds_to(text: str, known: frozenset[str]) -> bool:
    """Whether words add to a step: a day that was named already adds nothing."""
    found = (m.group().lower() for m in _adds().finditer(text))
    return any(stem(m) not in known or not m.rstrip("s").endswith("day") for m in found)


def _content(stage: Stage, span: Span) -> set[str]:
    return stems(w for s in stage.sentences_in(span) for w in s.words)


def _tells(stage: Stage, span: Span, reaction: Stretch) -> bool:
    """Whether a sentence tells or asks something and puts nothing into a step."""
    here = [a for a in stage.by_turn[span.turn] if a.span.overlaps(span)]
    if any(a.kind in ("agreement", *PROPOSAL) for a in here):
        return False
    # A reservation alone is no condition; beside a yes it is one.
    told = TOLD if stage.in_stretch(reaction, "agreement", *PROPOSAL) else (*TOLD, "concern")
    return any(a.kind.startswith(told) and a.confidence >= LIKELY for a in here)


def _told(stage: Stage, step: list[_Part], voice: Voice) -> Moment:
    quotes = [stage.cut(q) for part in step for q in (part.ours, part.theirs)]
    why = voice.say(quotes[0], quotes[1], theirs_own="theirs").why
    known = [part.act for part in step if part.act]
    turns = tuple(q.turn for q in quotes)
    return moment(KIND, turns, quotes, why=why, confidence=sure(0.7 if known else 0.55, *known))


DETECTOR = Detector(
    kind=KIND, needs=(*PROPOSAL, "agreement", "withdrawal", "disagreement", "pitch", "persuasion"), find=find
)
