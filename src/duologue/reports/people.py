"""Who talked with whom and for how long; with more than two people, each of the others for themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from duologue.certainty import certainty_of
from duologue.model import Act, Conversation, Review, Side, Turn
from duologue.model.codebook import ACTS
from duologue.reports import trust
from duologue.reports.excerpts import Line, line, name_of
from duologue.reports.wording import duration, listed, plural, share
from duologue.text import WORD

SIDE_SAID: dict[Side, str] = {"ours": "reviewed", "theirs": "", "relay": "interpreter", "unknown": ""}
QUOTES_EACH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One speaker: `words` and `turns` are counts, `share` is of all words (0 to 1), None where nobody said any."""

    id: str
    name: str
    side: Side
    words: int
    turns: int
    share: float | None
    floor: bool

    @property
    def said(self) -> str:
        """One line about this person's part."""
        if not self.turns:
            return "said nothing that the transcript holds"
        part = f"{plural(self.words, 'word')} in {plural(self.turns, 'turn')}"
        return part if self.share is None else f"{share(self.share)} of the words ({part})"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPerson:
    """One of several others: what they took part in, and their words that matter most."""

    name: str
    said: str
    lines: tuple[tuple[str, Line], ...]


def people(review: Review) -> tuple[Person, ...]:
    """Every speaker, in the order of the file."""
    conversation = review.conversation
    words: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    for t in conversation.turns:
        words[t.speaker] += sum(1 for _ in WORD.finditer(t.text))
        turns[t.speaker] += 1
    total = sum(words.values())
    floor = _with_floor(review)
    return tuple(
        Person(
            id=s.id,
            name=name_of(conversation, s.id),
            side=s.side,
            words=words[s.id],
            turns=turns[s.id],
            share=words[s.id] / total if total else None,
            floor=s.id in floor,
        )
        for s in conversation.speakers
    )


def _with_floor(review: Review) -> set[str]:
    """Who held the floor at least once: said something other than a sign of listening."""
    listening = {a.span.turn for a in review.acts if a.kind == "backchannel"}
    more = {a.span.turn for a in review.acts if a.kind != "backchannel"}
    return {
        t.speaker
        for i, t in enumerate(review.conversation.turns)
        if t.text.strip() and (i not in listening or i in more or len(t.text.split()) > 4)
    }


def length_said(conversation: Conversation) -> str:
    """How long it was: in time where times are known, and always in turns."""
    turns = plural(len(conversation.turns), "turn")
    if conversation.kind == "message":
        return plural(sum(1 for t in conversation.turns for _ in WORD.finditer(t.text)), "word")
    seconds = session_seconds(conversation.turns)
    if seconds is None:
        return f"{turns}; the file holds no times"
    estimated = any(t.estimated for t in conversation.turns)
    return f"{duration(seconds)}, {turns}" + (" (some times are estimates)" if estimated else "")


def session_seconds(turns: Iterable[Turn]) -> float | None:
    """Seconds from the first word to the last; None where fewer than two times are known."""
    times = [x for t in turns for x in (t.start, t.end) if x is not None]
    return max(times) - min(times) if len(times) > 1 and max(times) > min(times) else None


def headline(everybody: tuple[Person, ...], *, message: bool = False) -> str:
    """Who talked with whom, in a line."""
    active = [p for p in everybody if p.side != "relay"]
    if message:
        return "A message from " + listed([p.name for p in active if p.turns]) if active else "A message"
    ours = [p.name for p in active if p.side == "ours"]
    others = [p.name for p in active if p.side != "ours"]
    if ours and others:
        return f"{listed(ours)} with {listed(others)}"
    return listed([p.name for p in active]) if active else "A conversation without speakers"


def others_one_by_one(review: Review, everybody: tuple[Person, ...]) -> tuple[OtherPerson, ...]:
    """Each person beside the coached side, where more than two took part (everybody, where no side is known)."""
    active = [p for p in everybody if p.side != "relay"]
    if len(active) < 3:
        return ()
    acts: dict[str, list[Act]] = {}
    for a in review.acts:
        acts.setdefault(review.conversation.turns[a.span.turn].speaker, []).append(a)
    # Without acts there is nothing to add to a share, but that somebody never got the floor.
    return tuple(
        _other(review, p, acts.get(p.id, [])) for p in active if p.side != "ours" and (review.acts or not p.floor)
    )


def _other(review: Review, person: Person, mine: list[Act]) -> OtherPerson:
    conversation = review.conversation
    told = [a for a in mine if a.kind.startswith("disclosure.") or a.kind in ("concern", "withdrawal")]
    asked = {a.span.turn for a in mine if a.kind.split(".")[0] in ("question", "invitation", "follow_up")}
    said = person.said
    if not person.floor:
        said += "" if not person.turns else "; never got the floor: only signs of listening"
    elif asked:
        said += f"; asked in {plural(len(asked), 'turn')}"
    if person.floor and review.acts and not told:
        said += "; no issue, goal or concern of theirs came to light"
    quotable = certainty_of(conversation, review.acts).acts(tuple(told))
    lines = tuple(
        (
            f"{ACTS[a.kind].label} ({trust.f1_said(a.kind)})",
            line(conversation, a.span.turn, (a.span,), quote_only=True),
        )
        for a in sorted(sorted(quotable, key=lambda a: -a.confidence)[:QUOTES_EACH], key=lambda a: a.span.turn)
    )
    return OtherPerson(name=person.name, said=said, lines=lines)
