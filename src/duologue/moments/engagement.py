"""How much of themselves the other puts into the talk, and the point from which it stays low.

Ruling "Engagement": length alone proves nothing, a person is compared only with themselves in this conversation,
and the closing is left out. A stretch counts up for a disclosure, a question or invitation of their own, and
agreement or credit in words; it counts down for a withdrawal or a shut answer. Everything else is neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from duologue.moments.stage import Stage, Stretch

LEAST_BEFORE, LEAST_AFTER = 3, 3
# Engagement before has to be there at all, and has to fall by at least this much on average.
FALL = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """`first`, `last`: the stretches from which and until which engagement is low; `size`: the fall of the mean."""

    first: int
    last: int
    size: float


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
    if stage.in_stretch(stretch, "withdrawal"):
        value -= 1.25
    return max(-1.0, min(2.0, value))


def turning_point(scores: Sequence[float]) -> tuple[int, float] | None:
    """The cut with the largest fall of the mean, and its size; None where there are too few values to compare."""
    total, best, running = sum(scores), None, 0.0
    for at in range(1, len(scores)):
        running += scores[at - 1]
        if at < LEAST_BEFORE or len(scores) - at < LEAST_AFTER:
            continue
        fall = running / at - (total - running) / (len(scores) - at)
        # Scaled as a difference of two means is: a long low tail says more than a short one.
        weight = fall * (at * (len(scores) - at) / len(scores)) ** 0.5
        if best is None or weight > best[2]:
            best = (at, fall, weight)
    return None if best is None else (best[0], best[1])


def fall_of(stage: Stage, rows: Sequence[int]) -> Fall | None:
    """Where one person's engagement falls for good; `rows`: the indices of their stretches. None: no change."""
    kept = list(rows)
    while kept and is_closing(stage.scene.conversation.turns[stage.stretches[kept[-1]].last].text):
        kept.pop()
    scores = [score(stage, stage.stretches[i]) for i in kept]
    point = turning_point(scores)
    if point is None:
        return None
    at, size = point
    before, after = scores[:at], scores[at:]
    low = (
        2 * sum(s < 0 for s in after) >= len(after)
        and sum(s < 0 for s in after) >= 2
        and after[0] <= 0
        and sum(s > 0.25 for s in after) * 4 <= len(after)
    )
    if size < FALL or not low or sum(after) > 0 or sum(s > 0.25 for s in before) < 2:
        return None
    return Fall(first=kept[at], last=rows[-1], size=size)
