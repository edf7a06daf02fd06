"""broadcast_review (-): a manager tells a report what they lack or must do without asking for their view in that
stretch (S1.4).

Rule: codebook §2, conversations of the kind `managing` alone. A stretch starts with a demand or a lack put to the
report (at least two of them) and ends where their view is asked for: an open question, or leave to speak. A
question the asker answers, or a closing "yeah?", does not ask. What leave was asked for, and what the report
asked for, is no broadcast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from duologue.model import Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.openings import asks_for_advice
from duologue.moments.stage import Stage, Stretch
from duologue.moments.wording import Voice

KIND = "broadcast_review"
LEAST = 2


@cache
def _demand() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:you (?:really |just |also |still )*(?:need|must|have to|ought to|should|can['’]?t keep|go quiet|"
        r"never|don['’]?t|didn['’]?t|haven['’]?t|lack)\b|"
        r"you['’]?(?:ve|re) (?:got |\w+ )?(?:to\b|behind|below|short|light|late|not|only|missing|too|under|still|"
        r"spending)|"
        r"you (?:are|were) (?:behind|below|short|light|late|not|missing|too|under)|i (?:need|want|expect) (?:you|"
        r"them|it|that|those|to see|more)|"
        r"what(?:['’]s| is) needed|make sure|(?:has|have) (?:got )?to (?:stop|start|be|go|come)|stop (?:\w+ing)|"
        r"sort out|not good enough|more effort|"
        r"(?:next|this|every) \w+ you (?:\w+)|you (?:do|open|start|log|send|call) (?:it|the|them|this|that))\b",
        re.IGNORECASE,
    )


@cache
def _must() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:you (?:really |just |also |still )*(?:need to|must|have to|ought to|should)|"
        r"you['’]?(?:ve|re) (?:got )?to)\b",
        re.IGNORECASE,
    )


def requires(text: str) -> bool:
    """Whether a text says that the listener must do something."""
    return bool(_must().search(text))


def demands(text: str) -> bool:
    """Whether a text tells the listener what they lack or must do."""
    return bool(_demand().search(text))


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each stretch of telling: its turns by the manager."""
    if limits.kind != "managing":
        return
    voice = Voice(evidence, KIND)
    told: list[tuple[Span, bool]] = []
    before: Stretch | None = None
    for stretch in evidence.stretches:
        if stretch.coached:
            if _asks_view(evidence, stretch):
                yield from _moment(evidence, voice, told)
                told = []
            elif not (before and _wanted(evidence, before)):
                told += _musts(evidence, stretch)
        before = stretch
    yield from _moment(evidence, voice, told)


def _asks_view(stage: Stage, stretch: Stretch) -> bool:
    return stage.in_stretch(stretch, "question.open", "permission", "follow_up", "repair")


def _wanted(stage: Stage, before: Stretch) -> bool:
    """The report asked for it, or had just granted leave."""
    leave = stage.before(before.first)
    granted = leave is not None and leave.coached and stage.in_stretch(leave, "permission")
    asked = any(asks_for_advice(s.text) for t in before.turns[-2:] for s in stage.scene.sentences[t] if s.is_question)
    return granted or asked or stage.in_stretch(before, "invitation")


def _musts(stage: Stage, stretch: Stretch) -> list[tuple[Span, bool]]:
    """The sentences with a demand or a lack; True where an act of advice or assumption says the same."""
    found: list[tuple[Span, bool]] = []
    for turn in stretch.turns:
        acts = stage.find(turn, "advice", "assumption", "disagreement")
        backed = {s.span for a in acts for s in stage.sentences_in(a.span)}
        for sentence in stage.scene.sentences[turn]:
            if not sentence.is_question:
                hits = len(_demand().findall(sentence.text))
                found += [(sentence.span, sentence.span in backed)] * min(hits, 3)
    return found


def _moment(stage: Stage, voice: Voice, told: list[tuple[Span, bool]]) -> Iterator[Moment]:
    spans = [span for span, _ in told]
    if len(spans) < LEAST or not any(backed for _, backed in told):
        return
    other = stage.after(spans[0].turn) or stage.before(spans[0].turn)
    if other is None:
        return
    words = voice.say(spans[0], stage.opening(other.first), count=str(len(spans)))
    turns = tuple(s.turn for s in spans)
    yield moment(
        KIND,
        turns,
        spans[:5],
        why=words.why,
        invitation=words.invitation,
        confidence=0.8 if len(spans) > LEAST else 0.7,
    )


DETECTOR = Detector(
    kind=KIND, needs=("advice", "assumption", "disagreement", "question.open", "permission", "reflection"), find=find
)
