"""common_ground (+): each says, as their own and in the present, the same interest, need or want (S2.5).

Rule: codebook §2. One says a want of their own in the present ("I'm after …"); the other, in the next stretch or after
a side question, says that it is theirs: in words that need nothing more ("so do I"), or with a present want of their
own that is the same by two signs of three: it points back ("I want that"), it says "too", it shares the matter (two
words of it, where they are most of what is said, are two signs). A matching past is `bonded`. Not yet measured: kept
to clear cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from duologue.model import Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import LIKELY
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import stems
from duologue.moments.wording import Voice
from duologue.text import Sentence

KIND = "common_ground"
FOR_THEM = ("pitch", "persuasion", "call_to_action")  # a want of these is for the other to serve
_WANT = (
    r"\b(?<!\bdo )(?<!\bshould )(?<!\bcan )(?<!\bif )(?:i|we)(?:['’](?:d|m|re))?\s+"
    r"(?:\w+ly |just |also |do |too |don['’]?t )?"
    r"(?:want|need|like|love|care about|hope|enjoy|would like|would love|(?:am |are )?after(?! \w+ing\b)|"
    r"keen on|interested in|like to|love to|rather have|believe in|mad about|fond of)\b"
)


@cache
def _wants() -> re.Pattern[str]:
    return re.compile(_WANT, re.IGNORECASE)


@cache
def _wants_that() -> re.Pattern[str]:
    """A want of what was just said."""
    return re.compile(_WANT + r"\s+(?:that|it|the same|one|exactly)\b", re.IGNORECASE)


@cache
def _too() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:me too|so do (?:i|we)|same (?:here|for me|for us)|as well|too\b(?! (?:much|many|late|soon|far|big|"
        r"long))|both of us|we both|also|neither do (?:i|we))",
        re.IGNORECASE,
    )


@cache
def _likewise() -> re.Pattern[str]:
    """Words that make the other's last statement one's own, at the start of a reply."""
    return re.compile(
        r"^(?:(?:and|then|well|oh|yes|yeah|ah|honestly|but)\W+)*(?:me too\b|so (?:do|would|am) (?:i|we)\b|same here\b|"
        r"same for (?:me|us)\b|(?:neither|nor) (?:do|would|am) (?:i|we)\b|likewise\b|"
        r"(?:that makes|there are|there['’]?s) (?:the )?two of us\b)",
        re.IGNORECASE,
    )


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each want that both said within two neighbouring stretches, or with a side question between."""
    voice = Voice(evidence, KIND)
    for first, second in zip(evidence.stretches, evidence.stretches[1:], strict=False):
        if not (first.coached or second.coached):
            continue
        pair = _pair(evidence, first, second)
        if pair:
            quotes = [pair[0].span, pair[1].span]
            ours, theirs = quotes if first.coached and not second.coached else quotes[::-1]
            why = voice.say(ours, theirs).why
            yield moment(KIND, (quotes[0].turn, quotes[1].turn), quotes, why=why, confidence=0.55)


def _pair(stage: Stage, first: Stretch, second: Stretch) -> tuple[Sentence, Sentence] | None:
    said = _said(stage, first.turns[-3:])
    side = stage.before(first.first)
    earlier = stage.before(first.first, 2) if stage.in_stretch(side, "question", "follow_up") else None
    if earlier and _speaker(stage, earlier) == _speaker(stage, first):
        said = _said(stage, earlier.turns[-3:]) + said
    wanted = [i for i, s in enumerate(said) if _wants().search(s.text) and not _is_for_them(stage, s)]
    reply = _said(stage, second.turns[:3])
    if not wanted or not reply:
        return None
    fresh = wanted[-1] >= len(said) - 2
    if fresh and _likewise().search(reply[0].text) and not stage.has(second.first, "disagreement"):
        return said[wanted[-1]], reply[0]
    for own in reply:
        if not own.is_question and _wants().search(own.text) and not _is_for_them(stage, own):
            match = next((n for n in wanted if _signs(said[n : n + 2], own) >= 2), None)
            if match is not None and not stage.has(own.span.turn, "disagreement"):
                return said[match], own
    return None


def _said(stage: Stage, turns: tuple[int, ...]) -> list[Sentence]:
    return [s for t in turns for s in stage.scene.sentences[t]][:40]


def _speaker(stage: Stage, stretch: Stretch) -> str:
    return stage.scene.conversation.turns[stretch.first].speaker


def _is_for_them(stage: Stage, sentence: Sentence) -> bool:
    span = sentence.span
    acts = (a for a in stage.find(span.turn, *FOR_THEM) if a.confidence >= LIKELY)
    return any(a.span.overlaps(span) for a in acts)


def _signs(wanted: list[Sentence], own: Sentence) -> int:
    """How many signs say that the two want the same. A want often stands in one sentence and its object in the next."""
    mine = stems(own.words)
    shared = mine & stems(w for s in wanted for w in s.words)
    matter = 2 if len(shared) >= 2 and 2 * len(shared) >= len(mine) else 1 if shared else 0
    return matter + bool(_wants_that().search(own.text)) + bool(_too().search(own.text))


DETECTOR = Detector(kind=KIND, needs=(*FOR_THEM, "disagreement", "question", "follow_up"), find=find)
