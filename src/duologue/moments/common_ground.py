"""common_ground (+): each says, as their own and in the present, the same interest, need or want (S2.5).

Rule: codebook §2. Two neighbouring stretches, each with a present "I/we want, need, like, care …", where the
second takes up the matter of the first and says that it is theirs too. A matching past is `bonded`. Not yet
measured: kept to clear cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from duologue.model import Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import stems
from duologue.moments.wording import Voice
from duologue.text import Sentence

KIND = "common_ground"


@cache
def _wants() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:i|we)(?:['’](?:d|m|re))?\s+(?:\w+ly |just |also |do |too )?(?:want|need|like|love|care about|hope|"
        r"enjoy|would like|would love|am after|are after|"
        r"keen on|after|interested in|like to|love to|rather have|believe in|mad about|fond of)\b",
        re.IGNORECASE,
    )


@cache
def _too() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:me too|so do (?:i|we)|same (?:here|for me|for us)|as well|too\b(?! (?:much|many|late|soon|far|big|"
        r"long))|both of us|we both|also|neither do (?:i|we))",
        re.IGNORECASE,
    )


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each want that both said within two neighbouring stretches."""
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
    wanted = [
        s for t in first.turns[-3:] for s in stage.scene.sentences[t] if not s.is_question and _wants().search(s.text)
    ]
    if not wanted:
        return None
    for turn in second.turns[:3]:
        if stage.has(turn, "pitch", "persuasion", "disagreement", "reflection"):
            continue
        for sentence in stage.scene.sentences[turn]:
            if not sentence.is_question and _wants().search(sentence.text) and _too().search(sentence.text):
                match = next((w for w in wanted if stems(w.words) & stems(sentence.words)), None)
                if match:
                    return match, sentence
    return None


DETECTOR = Detector(kind=KIND, needs=("pitch", "persuasion", "disagreement", "reflection"), find=find)
