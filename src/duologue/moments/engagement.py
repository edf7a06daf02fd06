"""How much of themselves the other puts into the talk, and the point from which it stays low.

Ruling "Engagement": length alone proves nothing, a person is compared only with themselves in this conversation,
and the closing is left out. A stretch counts up for a disclosure, a question or invitation of their own, and
agreement or credit in words; it counts down for a withdrawal, or a shut answer to an open question. Everything else is
neither.

Where it fell: two means and one variance, fitted by maximum likelihood (`turning_point`). Whether it fell for good at
all: the same scores in other orders (`chance`). How sure its place is: the cuts that fit nearly as well (`place`). What
this takes for granted: that without a change any order of the scores is as likely as any other. Talk is not quite like
that: a disclosure comes rather beside a disclosure, and scores that hang together so fall by chance more often than one
time in twenty (the tests say how much). The interval is that of large samples; from a dozen scores it is a rough one,
and no cut lies within three stretches of either end.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, permutations

from duologue.moments.stage import Stage, Stretch

LEAST_BEFORE, LEAST_AFTER = 3, 3
# A fall that as large a share of other orders would show is no change: the usual convention.
CHANCE = 0.05
ORDERS, SEED = 399, 1
FEW = 7  # up to so many scores every order is looked at, else `ORDERS` drawn with `SEED`
_WITHIN = 3.841459  # 95 % of chi-square with one degree of freedom


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """`first`, `last`: the stretches from which and until which engagement is low; `size`: the fall of the mean.

    `between`: the first and the last of the stretches at which it may have begun, with 95 % confidence; `exchanges`:
    how many of this person's stretches it is from the one to the other.
    """

    first: int
    last: int
    size: float
    between: tuple[int, int]
    exchanges: int


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:good ?bye|bye|take care|see you|speak soon|talk soon|cheers|ta|have a (?:good|nice|great)|"
        r"thanks? (?:you )?for your time)\b",
        re.IGNORECASE,
    )


def is_closing(text: str) -> bool:
    """Whether a turn takes leave: then nothing in it says how the other was engaged."""
    return bool(_closing().search(text))


@cache
def _shut() -> re.Pattern[str]:
    return re.compile(
        r"^\W*(?:(?:um+|uh+|well|no|nah|er+)\W+)*(?:nothing(?: (?:really|particularly|much|comes to mind))?|"
        r"not really|dunno|"
        r"(?:i )?don['’]?t know|no idea|whatever|fine|no|nope|can['’]?t think of anything|not particularly)\W*$",
        re.IGNORECASE,
    )


def is_shut_answer(stage: Stage, said: Stretch | None, reaction: Stretch) -> bool:
    """Whether a reaction to an open question is one turn that opens nothing ("Fine.", "Not really.")."""
    text = stage.scene.conversation.turns[reaction.first].text
    return stage.in_stretch(said, "question.open") and len(reaction.turns) == 1 and bool(_shut().match(text))


def score(stage: Stage, stretch: Stretch) -> float:
    """How engaged a stretch is, from -1 to 2; None of it from length."""
    value = 0.0
    if stage.in_stretch(stretch, "disclosure"):
        value += 1.0
    if stage.in_stretch(stretch, "invitation", "follow_up", "question.open", "story.personal"):
        value += 1.0
    elif stage.in_stretch(stretch, "acknowledgement", "disagreement", "concern"):
        value += 0.5
    if stage.in_stretch(stretch, "agreement"):
        value += 0.25
    if stage.in_stretch(stretch, "withdrawal") or is_shut_answer(stage, stage.before(stretch.first), stretch):
        value -= 1.25
    return max(-1.0, min(2.0, value))


def turning_point(scores: Sequence[float]) -> tuple[int, float] | None:
    """The likeliest place of one fall of the mean, and its size; None where there are too few values to compare.

    The place is the index of the first low score. The size is at most 0 where the mean falls nowhere.
    """
    if len(scores) < LEAST_BEFORE + LEAST_AFTER:
        return None
    at, _ = _furthest(scores)
    return at, sum(scores[:at]) / at - sum(scores[at:]) / (len(scores) - at)


def _furthest(scores: Sequence[float]) -> tuple[int, float]:
    return max(_falls(scores), key=lambda fall: (fall[1], -fall[0]))


def _falls(scores: Sequence[float]) -> Iterator[tuple[int, float]]:
    """Each cut with the fall of the mean there, scaled so that its square is what two means explain beyond one."""
    n, total = len(scores), sum(scores)
    for at, head in enumerate(accumulate(scores), start=1):
        if LEAST_BEFORE <= at <= n - LEAST_AFTER:
            yield at, (head - total * at / n) * math.sqrt(n / (at * (n - at)))


def chance(scores: Sequence[float]) -> float:
    """In what share of their orders the same scores show as large a fall that lasts, this order among them.

    Above `CHANCE` the answer is "no change". 1.0 where there is no such fall, or too few values to compare.
    """
    seen = _lasting(scores) if len(scores) >= LEAST_BEFORE + LEAST_AFTER else 0.0
    if seen <= 0:
        return 1.0
    others = [_lasting(order) for order in _orders(scores)]
    return sum(fall >= seen for fall in others) / len(others)


def _lasting(scores: Sequence[float]) -> float:
    """The scaled fall at the likeliest place, where it stays low from there on; else 0."""
    at, fall = _furthest(scores)
    return round(fall, 9) if _for_good(scores[:at], scores[at:]) else 0.0  # equal falls are equal in every order


def _for_good(before: Sequence[float], after: Sequence[float]) -> bool:
    """They took part before, twice at least; then half pulls back, the first is low, and at most a quarter is not."""
    took_part, again, back = sum(s > 0.25 for s in before), sum(s > 0.25 for s in after), sum(s < 0 for s in after)
    return took_part >= 2 and back >= 2 and 2 * back >= len(after) and after[0] <= 0 and 4 * again <= len(after)


def _orders(scores: Sequence[float]) -> Iterable[Sequence[float]]:
    if len(scores) <= FEW:
        return set(permutations(scores))
    draw = random.Random(SEED)
    return [scores, *(draw.sample(scores, len(scores)) for _ in range(ORDERS))]


def place(scores: Sequence[float]) -> tuple[int, int]:
    """The first and the last cut whose profile likelihood lies within the 95 % bound of the best one's.

    Raises ValueError where there are too few values to compare.
    """
    mean = sum(scores) / len(scores)
    spread = sum((s - mean) ** 2 for s in scores)
    left = {at: max(0.0, spread - fall * fall) if fall > 0 else spread for at, fall in _falls(scores)}
    bound = min(left.values()) * math.exp(_WITHIN / len(scores)) + 1e-9
    inside = [at for at, rest in left.items() if rest <= bound]
    return min(inside), max(inside)


def fall_of(stage: Stage, rows: Sequence[int]) -> Fall | None:
    """Where one person's engagement falls for good; `rows`: the indices of their stretches.

    None: too few stretches to tell, or no change.
    """
    kept = list(rows)
    while kept and is_closing(stage.scene.conversation.turns[stage.stretches[kept[-1]].last].text):
        kept.pop()
    scores = [score(stage, stage.stretches[i]) for i in kept]
    point = turning_point(scores)
    if point is None or chance(scores) > CHANCE:
        return None
    at, size = point
    first, last = place(scores)
    return Fall(first=kept[at], last=rows[-1], size=size, between=(kept[first], kept[last]), exchanges=last - first)
