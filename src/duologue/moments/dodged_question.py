"""dodged_question (-): a direct question about the speaker's claim, offer, price, reasons or instructions gets no
answer in the next turn (S3.1).

Rule: codebook §2. "I don't know" answers; the claim said again does not. Where the turn also holds an invitation,
that takes it. Successive questions are counted together: levels answered, of levels asked. Not yet measured: kept
to clear cases, where the whole reply sells, and holds no fact, no agreement and no story (a contradiction settles what
a yes or a no would).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import how_met
from duologue.moments.openings import confirms, denies, is_logistics
from duologue.moments.stage import Stage, Stretch
from duologue.moments.wording import Voice, sure

KIND = "dodged_question"
SETTLED = (
    "information",
    "agreement",
    "repair",
    "story",
    "acknowledgement",
    "concern",
    "reflection",
    "advice",
)


@cache
def _about_us() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:you|your|yours|price|cost|costs|how much|why|fee|fees|discount|guarantee|contract|what happens if|"
        r"how long|does it|can it|is it|will it|would it)\b",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    asked: Act
    reply: Span
    dodged: bool


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each run of successive questions of which at least one was dodged."""
    voice = Voice(evidence, KIND)
    run: list[_Level] = []
    for said, reply in evidence.replies():
        level = _level(evidence, said, reply)
        if level:
            run.append(level)
        else:
            yield from _told(evidence, run, voice)
            run = []
    yield from _told(evidence, run, voice)


def _level(stage: Stage, said: Stretch, reply: Stretch) -> _Level | None:
    if stage.in_stretch(said, "invitation"):
        return None
    asked = next(
        (a for a in reversed(stage.acts_in(said, "question.open", "question.closed")) if _direct(stage, a)), None
    )
    if asked is None:
        return None
    met, words = how_met(stage, asked.span, reply)
    text = stage.scene.conversation.turns[reply.first].text
    short_yes = asked.kind == "question.closed" and (confirms(text) or denies(text))
    settled = stage.in_stretch(reply, *SETTLED) or (
        not _wants_more(stage, asked) and stage.in_stretch(reply, "disagreement")
    )
    dodged = met in ("elsewhere", "nothing") and not short_yes and not settled
    return _Level(
        asked=asked,
        reply=words,
        dodged=dodged and stage.in_stretch(reply, "pitch", "call_to_action", "persuasion"),
    )


@cache
def _wh() -> re.Pattern[str]:
    return re.compile(r"\b(?:who|whose|whom|what|which|how|why|when|where)\b", re.IGNORECASE)


def _wants_more(stage: Stage, act: Act) -> bool:
    """A question that a no does not answer: to contradict is no answer to "How much?"."""
    return bool(_wh().search(stage.text(stage.cut(act.span))))


def _direct(stage: Stage, act: Act) -> bool:
    """About the speaker or their offer, or building on what they just said."""
    text = stage.text(stage.cut(act.span))
    follows = any(a.span == act.span for a in stage.find(act.span.turn, "follow_up"))
    return (
        (follows or bool(_about_us().search(text)))
        and not is_logistics(text)
        and not stage.has(act.span.turn, "small_talk", "permission")
    )


def _told(stage: Stage, run: list[_Level], voice: Voice) -> Iterator[Moment]:
    dodged = [level for level in run if level.dodged]
    if not dodged:
        return
    quotes = [stage.cut(q) for level in dodged[:3] for q in (level.asked.span, level.reply)]
    words = voice.say(quotes[1], quotes[0], answered=str(len(run) - len(dodged)), asked=str(len(run)))
    turns = tuple(q.turn for q in quotes)
    yield moment(KIND, turns, quotes, why=words.why, invitation=words.invitation, confidence=sure(0.6, dodged[0].asked))


DETECTOR = Detector(
    kind=KIND, needs=("question", "invitation", "pitch", "call_to_action", "persuasion", *SETTLED), find=find
)
