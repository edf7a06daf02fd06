"""When a rung is asked again: over days, by FSRS (a public model of forgetting, library `fsrs`).

What the judge found becomes one of its four ratings, from the first try alone: a second try comes minutes after the
answer was on the screen, and says nothing of what will be there next week.

| found | rating | because |
|---|---|---|
| not responsive, or a frank "I don't know" | again | the answer is not there yet: to be found out, and asked soon |
| responsive, without what this kind of asking wants | hard | it is there, and cannot be checked yet |
| responsive, with it | good | |
| all four: with evidence, and handed back | easy | it is a conversation already |

"What this kind wants" is evidence where somebody asks for the basis or the source, and something specific elsewhere.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from duologue.preparation.asked import Asked
from duologue.preparation.judging import NAMES, Judged, Name
from duologue.preparation.remembering import Memory

if TYPE_CHECKING:
    from fsrs import Card, Rating, Scheduler

MOST_DAYS = 90  # a convention
Mix = Callable[[list[Asked]], None]
WANTS: dict[str, tuple[Name, ...]] = {
    "evidence": ("evidence",),
    "source": ("evidence", "specific"),
}  # any of them is enough
_ELSEWHERE: tuple[Name, ...] = ("specific",)


def rating(judged: Judged, kind: str) -> Rating:
    """The rating of a first try."""
    from fsrs import Rating

    if judged.frank or not judged.has("responsive"):
        return Rating.Again
    if all(judged.has(name) for name in NAMES):
        return Rating.Easy
    wanted = WANTS.get(kind, _ELSEWHERE)
    return Rating.Good if any(judged.has(name) for name in wanted) else Rating.Hard


@cache
def _scheduler() -> Scheduler:
    """Its own defaults, but no steps within a day (this is a thing of days), no chance (a run can be repeated), and
    no more than a quarter between two times: claims age."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=MOST_DAYS)


def reviewed(card: Card | None, key: str, given: Rating, now: datetime) -> Card:
    """The rung's card after a first try."""
    from fsrs import Card

    at = now.astimezone(UTC)
    card = card or Card(card_id=zlib.crc32(key.encode()), due=at)
    moved, _ = _scheduler().review_card(card, given, at)
    return moved


def is_due(card: Card, now: datetime) -> bool:
    """Whether a card is due today: who drills every morning should not miss it by minutes."""
    return card.due.astimezone(now.tzinfo).date() <= now.date()


def in_order(
    rungs: list[Asked], memory: Memory, now: datetime, shuffle: Mix, *, everything: bool = False
) -> list[Asked]:
    """Those to be asked now: what is due first, then what was never asked, each in random order.

    `everything`: then also what is not due yet, the soonest first. `shuffle`: takes a list and mixes it in place.
    """
    due = [r for r in rungs if r.key in memory.cards and is_due(memory.cards[r.key], now)]
    new = [r for r in rungs if r.key not in memory.cards]
    later = [r for r in rungs if r.key in memory.cards and not is_due(memory.cards[r.key], now)]
    shuffle(due)
    shuffle(new)
    later.sort(key=lambda r: memory.cards[r.key].due)
    return [*due, *new, *(later if everything else [])]


def when(card: Card, now: datetime) -> str:
    """When a card is due, as people say it."""
    days = (card.due.astimezone(now.tzinfo).date() - now.date()).days
    return "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"
