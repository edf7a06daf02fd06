"""broadcast_review (-): a manager tells a report what they lack or must do without asking for their view in that
stretch (S1.4).

Rule: codebook §2, conversations of the kind `managing` alone. A stretch has two parts at least: a demand, and beside
it a second one or the lack that is told with it. It ends where their view is asked for: an open question, leave to
speak, or a closed question that is left standing. A question the asker answers, or a closing "yeah?", does not ask.
What takes up theirs, what leave was asked for, what the report asked for, what answers a trouble of theirs and what
is only suggested ("you could…") is no broadcast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from duologue.model import Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import LIKELY
from duologue.moments.openings import asks_for_advice
from duologue.moments.stage import Stage, Stretch
from duologue.moments.wording import Voice
from duologue.text import Sentence

KIND = "broadcast_review"
LEAST = 2
NEEDS = ("advice", "information", "assumption", "disagreement", "question", "permission", "reflection", "concern")


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


@cache
def _suggests() -> re.Pattern[str]:
    """What one may leave: no demand."""
    return re.compile(
        r"\b(?:i['’]?d|i would|(?:you|we) (?:could|might|may)|maybe|perhaps|what if|if you (?:like|want))\b",
        re.IGNORECASE,
    )


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r",\s*\w+(?: \w+){0,2}\s*\?\s*$")


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each stretch of telling: its turns by the manager."""
    if limits.kind != "managing":
        return
    voice = Voice(evidence, KIND)
    turns = evidence.scene.conversation.turns
    told: dict[str, list[tuple[Span, bool]]] = {}  # by teller: where sides are unknown, both may tell
    before: Stretch | None = None
    for stretch in evidence.stretches:
        if stretch.coached:
            teller = turns[stretch.first].speaker if evidence.scene.symmetric else ""
            if _asks_view(evidence, stretch):
                yield from _moment(evidence, voice, told.pop(teller, []))
            elif not (before and _wanted(evidence, before)):
                told.setdefault(teller, []).extend(_musts(evidence, stretch, before))
        before = stretch
    for rest in told.values():
        yield from _moment(evidence, voice, rest)


def _asks_view(stage: Stage, stretch: Stretch) -> bool:
    if stage.in_stretch(stretch, "question.open", "permission", "follow_up", "repair"):
        return True
    last = stage.scene.sentences[stretch.last][-1]
    closed = any(a.span.end >= last.span.start for a in stage.find(stretch.last, "question.closed"))
    return closed and not _tag().search(last.text) and not _tells(stage, last)


def _tells(stage: Stage, sentence: Sentence) -> bool:
    """Whether a sentence says what to do, and does not only suggest it."""
    acts = stage.find(sentence.span.turn, "advice")
    sure = any(a.confidence >= LIKELY and a.span.overlaps(sentence.span) for a in acts)
    return sure and not _suggests().search(sentence.text)


def _wanted(stage: Stage, before: Stretch) -> bool:
    """The report asked for it, or had just granted leave."""
    leave = stage.before(before.first)
    granted = leave is not None and leave.coached and stage.in_stretch(leave, "permission")
    asked = any(asks_for_advice(s.text) for t in before.turns[-2:] for s in stage.scene.sentences[t] if s.is_question)
    return granted or asked or stage.in_stretch(before, "invitation")


def _musts(stage: Stage, stretch: Stretch, before: Stretch | None) -> list[tuple[Span, bool]]:
    """The sentences with a demand or a lack; True where an act says the same. Twice where one holds two of them."""
    sentences = [s for t in stretch.turns for s in stage.scene.sentences[t]]
    backed = {
        s.span
        for a in stage.acts_in(stretch, "advice", "assumption", "disagreement")
        for s in stage.sentences_in(a.span)
    }
    facts = {s.span for a in stage.acts_in(stretch, "information") for s in stage.sentences_in(a.span)}
    answers = stage.in_stretch(before, "disclosure", "concern") or stage.in_stretch(
        stretch, "acknowledgement", "reflection", "agreement", "presence"
    )
    demands_here = {s.span for s in sentences if not answers and _tells(stage, s)}
    found: list[tuple[Span, bool]] = []
    for s in sentences:
        told = bool(demands_here) and s.span in facts | backed
        hits = 0 if s.is_question and s.span not in demands_here else len(_demand().findall(s.text))
        count = max(min(hits, 3), (s.span in demands_here) + (told and s.span in facts), int(told))
        found += [(s.span, s.span in backed)] * count
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


DETECTOR = Detector(kind=KIND, needs=NEEDS, find=find)
