"""Several conversations: a line each, then the whole. Counts and ranges; nobody is ranked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from duologue.model import Dial, Review
from duologue.model.codebook import DIALS, MOMENTS
from duologue.reports import figures, trust, wording
from duologue.reports.excerpts import name_of
from duologue.reports.outline import withheld
from duologue.reports.people import headline, length_said, people, session_seconds
from duologue.reports.safe import on_one_line
from duologue.reports.selection import select

FROM = 10  # opportunities from which a dial has a value (codebook, section 4)
NAME_WIDTH = 28


def line(name: str, review: Review) -> str:
    """One conversation in a line: its name, who, how long, and how much there is to look at."""
    seconds = session_seconds(review.conversation.turns)
    turns = len(review.conversation.turns)
    length = wording.duration(seconds) if seconds is not None else wording.plural(turns, "turn")
    if review.focus is not None:
        length = length_said(review.conversation)
    parts = [
        on_one_line(name).ljust(NAME_WIDTH),
        on_one_line(headline(people(review), message=review.focus is not None)),
        length,
    ]
    if review.focus is not None:
        parts.append(wording.focus_said(review.focus).partition(":")[0].rstrip(".").lower())
    elif withheld(review):
        parts.append(f"findings withheld: {withheld(review)}")
    else:
        selection = select(review)
        keep = sum(m.sign == "+" for m in (*selection.keep, *selection.more))
        work = len(selection.work) + sum(m.sign == "-" for m in selection.more)
        parts.append(
            f"{keep} to keep, {work} to work on" + (f", {len(selection.held)} less sure" if selection.held else "")
        )
    return "  ".join(parts)


def whole(reviews: Sequence[Review], names: Sequence[str]) -> str:
    """The conversations together: for each coached person figures with their range, dials added up, what recurs."""
    total = sum(s for r in reviews if (s := session_seconds(r.conversation.turns)) is not None)
    out = [
        wording.plural(len(reviews), "conversation")
        + (" together" if len(reviews) > 1 else "")
        + (f", {wording.duration(total)}" if total else "")
    ]
    for person in _coached(reviews):
        theirs = [(n, r) for n, r in zip(names, reviews, strict=True) if person in _ours(r)]
        out += ["", f"{person}, in {wording.plural(len(theirs), 'conversation')}", *_person(person, theirs)]
    if not _coached(reviews):
        out += ["", "Nobody was named as the one reviewed (--us NAME), so nothing is added up for a person."]
    held = sum(len(select(r).held) for r in reviews)
    if held:
        out += ["", wording.held_back(held).replace("--all", "review one FILE with --all")]
    return "\n".join(out) + "\n"


def _ours(review: Review) -> list[str]:
    return [on_one_line(name_of(review.conversation, s.id)) for s in review.conversation.speakers if s.side == "ours"]


def _coached(reviews: Iterable[Review]) -> list[str]:
    """Coached people by name, those with most conversations first."""
    counts = Counter(name for r in reviews for name in dict.fromkeys(_ours(r)))
    return sorted(counts, key=lambda n: (-counts[n], n))


def _person(person: str, theirs: Sequence[tuple[str, Review]]) -> Iterable[str]:
    reviews = [r for _, r in theirs]
    yield from _dials(reviews)
    yield from _figures(person, reviews)
    yield from _recurring(theirs)


def _dials(reviews: Sequence[Review]) -> Iterable[str]:
    for name, entry in DIALS.items():
        dials = [d for r in reviews for d in r.dials if d.name == name and r.focus is None]
        count, of = sum(d.count for d in dials), sum(d.of for d in dials)
        if not of:
            continue
        low, high = wilson(count, of)
        enough = of >= FROM
        added = Dial(
            name=name, count=count, of=of, value=count / of if enough else None,
            low=low if enough else None, high=high if enough else None, moments=(), reason=None,
        )  # fmt: skip
        yield f"  {entry.label}: {wording.dial_said(added)}; {wording.dial_value(added)}"


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): stays within 0 and 1, and is fair to small counts."""
    z2 = 1.96**2
    p = count / of
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = 1.96 * ((p * (1 - p) + z2 / (4 * of)) / of) ** 0.5 / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def _figures(person: str, reviews: Sequence[Review]) -> Iterable[str]:
    """Median and range of each main figure of this person, where at least two conversations have it."""
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for r in reviews:
        ids = {s.id for s in r.conversation.speakers if on_one_line(name_of(r.conversation, s.id)) == person}
        for m in r.measures:
            if m.value is not None and (m.speaker in ids) and figures.is_main(m.name):
                values[m.name, m.unit].append(m.value)
    for (name, unit), found in values.items():
        if len(found) < 2:
            continue
        spread, middle = figures.spread_said(min(found), max(found), unit), figures.number(median(found), unit)
        yield f"  {figures.label_of(name)}: median {middle}, from {spread} ({len(found)} conversations)"


def _recurring(theirs: Sequence[tuple[str, Review]]) -> Iterable[str]:
    """Moments that were found in at least two of the conversations, in the codebook's order."""
    where: dict[str, list[str]] = defaultdict(list)
    for name, r in theirs:
        for m in r.moments:
            if trust.is_sure(m.kind):
                where[m.kind].append(name)
    for kind, entry in MOMENTS.items():
        found = where.get(kind, [])
        if len(set(found)) > 1:
            times = f"{len(found)} times in {len(set(found))} conversations"
            yield f"  {entry.sign} {entry.label}: {times} ({trust.agreement_said(kind)})"
