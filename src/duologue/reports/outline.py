"""What a report says, in the order it is read, before any format: every text in it is safe to show (see `safe`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duologue.compare import Comparison
from duologue.model import Conversation, Moment, Review, Span
from duologue.model.codebook import CELLS, DEPTHS, DIALS, MOMENTS
from duologue.model.dispute import is_by_person
from duologue.reports import figures, trust, wording
from duologue.reports.apart import Apart, apart
from duologue.reports.corrections import Correction, TurnIds, corrections, paste, said_by, turn_ids
from duologue.reports.excerpts import Line, at, date_of, line, lines_of, name_of
from duologue.reports.figures import Row
from duologue.reports.message import Message, message_of
from duologue.reports.people import OtherPerson, Person, headline, length_said, others_one_by_one, people
from duologue.reports.safe import visible
from duologue.reports.selection import SURE_ENOUGH, Selection, select
from duologue.wire import moment_id

QUOTES_PER_CELL = 3
MOST_ALIKE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A moment as it is shown. `turn`: its first. `also`: (moment id, time) of others of its kind.

    `also_more`: how many of those there are besides. `paste`: the line that says it is not so. `numbers`: its id and
    turns (from 1), where ids were asked for.
    """

    id: str
    kind: str
    label: str
    sign: str
    at: str
    turn: int
    quotes: tuple[Span, ...]
    lines: tuple[Line, ...]
    why: str
    invitation: str | None
    unsure: bool
    agreement: str
    also: tuple[tuple[str, str], ...]
    also_more: int
    paste: str
    numbers: str

    @property
    def trust(self) -> str:
        """What is known of the detector, and whether it is sure of this finding (P4)."""
        return (wording.NOT_SURE if self.unsure else "") + self.agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Moments of one kind, so that what holds for all of them is said once."""

    label: str
    sign: str
    unsure: bool
    trust: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellShown:
    """One of the four matters. `more`: how many quotes there are beside those shown."""

    label: str
    definition: str
    depth: int
    depth_said: str
    lines: tuple[Line, ...]
    more: int
    brought_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialShown:
    """`count` of `of` opportunities, in words: `said`. `opens`: kind by kind, the (id, time) of the moments shown."""

    label: str
    definition: str
    count: int
    of: int
    said: str
    value: str
    opens: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question for next time with the words that it comes from."""

    question: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The whole report. `length` stands beside every rate; `intro` is that and the kind.

    `withheld`: why nothing is said about what happened, where that is so; `no_dials`: why no dial is given.
    `apart`: moments that rest on what was not surely heard, and `apart_more` how many more there are on request.
    `corrected`: what a person said against it; `ids`: every turn with its findings' ids, where they were asked for.
    """

    headline: str
    length: str
    intro: str
    before: str
    about: str
    symmetric: bool
    people: tuple[Person, ...]
    withheld: str | None
    corrected: tuple[Correction, ...]
    context: tuple[CellShown, ...]
    context_agreement: str
    keep: tuple[Finding, ...]
    work: tuple[Finding, ...]
    more: tuple[Finding, ...]
    held: tuple[Finding, ...]
    no_work: str
    apart: tuple[Apart, ...]
    apart_more: int
    dials: tuple[DialShown, ...]
    no_dials: str
    rows: tuple[Row, ...]
    figures_note: str
    others: tuple[OtherPerson, ...]
    unknown: tuple[str, ...]
    next: tuple[Ask, ...]
    next_note: str
    no_next: str
    message: Message | None
    instrument: str
    ids: tuple[TurnIds, ...]


def outline(review: Review, *, all: bool = False, comparisons: Sequence[Comparison] = (), ids: bool = False) -> Outline:
    """Work out what a report of this review says. `all`: the less sure moments are shown too. `ids`: ids are shown."""
    conversation = review.conversation
    selection = select(review)
    everybody = people(review)
    symmetric = not any(p.side == "ours" for p in everybody)
    left_out = withheld(review)
    no_dials = _no_dials(review, everybody)
    shown = (*selection.keep, *selection.work, *selection.more, *(selection.held if all else ()))
    set_apart, apart_more = apart(review, all=all, ids=ids)
    return Outline(
        headline=headline(everybody, message=review.kind == "message"),
        length=length_said(conversation),
        before=wording.BEFORE_MESSAGE if review.kind == "message" else wording.BEFORE,
        intro=_intro(review),
        about=_about(review, everybody, symmetric),
        symmetric=symmetric,
        people=everybody,
        withheld=left_out,
        corrected=corrections(review),
        context=() if left_out or review.kind == "message" else _cells(review),
        context_agreement=wording.capital(trust.agreement_said("context")),
        keep=_findings(review, selection.keep, selection, ids=ids),
        work=_findings(review, selection.work, selection, ids=ids),
        more=_findings(review, selection.more, None, ids=ids),
        held=_findings(review, selection.held, None, ids=ids),
        no_work=wording.NO_SURE_WORK if selection.held else wording.NO_WORK,
        apart=set_apart,
        apart_more=apart_more,
        dials=() if left_out or no_dials or review.kind == "message" else _dials(review, shown),
        no_dials="" if left_out or review.kind == "message" else no_dials,
        rows=figures.rows(review, comparisons),
        figures_note=figures.note(
            length_said(conversation), comparisons, symmetric=symmetric, message=review.kind == "message"
        ),
        others=others_one_by_one(review, everybody),
        unknown=figures.unknown(review),
        next=asks(review),
        next_note=next_note(review),
        no_next=no_next(review),
        message=message_of(review, withheld=left_out) if review.kind == "message" else None,
        instrument=wording.instrument(review, withheld=left_out is not None),
        ids=turn_ids(review) if ids else (),
    )


def withheld(review: Review) -> str | None:
    """The reason for which acts, moments and dials were not looked for; the dials carry it."""
    reasons = {d.reason for d in review.dials}
    reason = next(iter(reasons)) if len(reasons) == 1 else None
    read = any(not is_by_person(a.by) for a in review.acts)
    return visible(reason) if reason and not read and reason.startswith("the language") else None


def _no_dials(review: Review, everybody: tuple[Person, ...]) -> str:
    """Why there is no dial, where the reason is the same for all and lies in the conversation."""
    reasons = {d.reason for d in review.dials if not d.of}
    if len(reasons) != 1 or any(d.of for d in review.dials) or "no opportunity came up" in reasons:
        return ""
    if sum(p.turns > 0 for p in everybody) < 2:
        return "Withheld: there is one speaker only."
    return visible(f"Withheld: {reasons.pop()}.")


def _intro(review: Review) -> str:
    """When it was, where the file says; how long; what kind of conversation it is taken for."""
    day = date_of(review.conversation)
    length = length_said(review.conversation)
    return f"{f'{day}: ' if day else ''}{length}. {wording.kind_said(review)}".strip()


def _about(review: Review, everybody: tuple[Person, ...], symmetric: bool) -> str:
    """Whose conduct this is about."""
    if review.kind == "message":
        return "This looks at its writer’s own words, and at nothing quoted from others."
    if symmetric:
        return wording.SYMMETRIC if sum(p.turns > 0 for p in everybody) > 1 else wording.ONE_SPEAKER
    ours = [p.name for p in everybody if p.side == "ours"]
    others = [p.name for p in everybody if p.side not in ("ours", "relay")]
    what = f"; what {wording.listed(others)} did is told as what came next" if others else ""
    return f"This looks at how {wording.listed(ours)} talked{what}."


def _cells(review: Review) -> tuple[CellShown, ...]:
    conversation = review.conversation
    sure = {(a.kind, a.span): a.confidence for a in review.acts}
    shown = []
    for cell in review.context:
        act = CELLS[cell.name].act
        surest = sorted(cell.quotes, key=lambda q: -sure.get((act, q), 0.0))
        lines, rest = _surest(conversation, surest)
        by = [name_of(conversation, s) for s in cell.brought_out_by]
        shown.append(
            CellShown(
                label=wording.cell_label(cell.name, review.kind),
                definition=wording.cell_definition(cell.name, review.kind),
                depth=cell.depth,
                depth_said=DEPTHS[cell.depth],
                lines=lines,
                more=rest,
                brought_out="" if not cell.depth else f"brought out by {wording.listed(by)}" if by else "told unasked",
            )
        )
    return tuple(shown)


def _surest(conversation: Conversation, quotes: Sequence[Span]) -> tuple[tuple[Line, ...], int]:
    """The turns that hold the first of these quotes, as they were said, and how many turns are left out."""
    turns = list(dict.fromkeys(q.turn for q in quotes))
    shown = set(turns[:QUOTES_PER_CELL])
    own = sorted((q for q in quotes if q.turn in shown), key=lambda q: (q.turn, q.start, q.end))
    return quoted(conversation, own), len(turns) - len(shown)


def _findings(
    review: Review, moments: Sequence[Moment], selection: Selection | None, *, ids: bool
) -> tuple[Finding, ...]:
    """`selection`: given where the others of the same kind are to be pointed at."""
    conversation = review.conversation
    alike: dict[str, list[Moment]] = {}
    for other in selection.more if selection else ():
        alike.setdefault(other.kind, []).append(other)
    return tuple(
        Finding(
            id=moment_id(conversation, m),
            kind=m.kind,
            label=MOMENTS[m.kind].label,
            sign=m.sign,
            at=_when(conversation, m),
            turn=m.turns[0],
            quotes=m.quotes,
            lines=lines_of(conversation, m),
            why=visible(m.why),
            invitation=visible(m.invitation) if m.invitation else None,
            unsure=m.confidence < SURE_ENOUGH,
            agreement=said_by(m) if m.by else wording.capital(trust.agreement_said(m.kind)),
            also=tuple(
                (moment_id(conversation, other), at(conversation, other.turns[0]))
                for other in alike.get(m.kind, [])[:MOST_ALIKE]
            ),
            also_more=max(0, len(alike.get(m.kind, [])) - MOST_ALIKE),
            paste=paste(moment_id(conversation, m)),
            numbers=f"id {moment_id(conversation, m)}, {_turns_said(m)}" if ids else "",
        )
        for m in moments
    )


def by_kind(findings: Sequence[Finding]) -> tuple[Alike, ...]:
    """Findings grouped by kind, in the codebook's order of kinds; a person's word stands apart from what was found."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for f in findings:
        groups.setdefault((f.kind, f.agreement), []).append(f)
    return tuple(
        Alike(
            label=found[0].label,
            sign=found[0].sign,
            unsure=all(f.unsure for f in found),
            trust=_trust(found),
            findings=tuple(found),
        )
        for found in (group for kind in MOMENTS for (k, _), group in groups.items() if k == kind)
    )


def _trust(found: Sequence[Finding]) -> str:
    """One line for all: how sure they are where that is the same, and the agreement of their detector."""
    if not all(f.unsure for f in found):
        return found[0].agreement
    return (wording.NOT_SURE if len(found) == 1 else wording.NOT_SURE_OF_ANY) + found[0].agreement


def _turns_said(m: Moment) -> str:
    numbers = [str(t + 1) for t in m.turns]
    return f"{'turn' if len(numbers) == 1 else 'turns'} {wording.listed(numbers)}"


def _when(conversation: Conversation, m: Moment) -> str:
    first, last = at(conversation, m.turns[0]), at(conversation, m.turns[-1])
    if first == last:
        return first
    return f"turns {m.turns[0] + 1} to {m.turns[-1] + 1}" if first.startswith("turn") else f"{first} to {last}"


def _dials(review: Review, shown: Sequence[Moment]) -> tuple[DialShown, ...]:
    there = {moment_id(review.conversation, m): m for m in shown}
    return tuple(
        DialShown(
            label=DIALS[d.name].label,
            definition=DIALS[d.name].definition,
            count=d.count,
            of=d.of,
            said=wording.dial_said(d),
            value=visible(wording.dial_value(d)),
            opens=_opens(review, d.moments, there) if d.of else (),
        )
        for d in review.dials
    )


def _opens(
    review: Review, ids: Sequence[str], shown: dict[str, Moment]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The moments that a dial opens onto, kind by kind."""
    places: dict[str, list[tuple[str, str]]] = {}
    for i in ids:
        if i in shown:
            places.setdefault(shown[i].kind, []).append((i, at(review.conversation, shown[i].turns[0])))
    return tuple((MOMENTS[kind].label, tuple(found[:MOST_ALIKE])) for kind, found in places.items())


def opens_said(d: DialShown) -> str:
    """Where the moments of a dial are: "uncovered at 0:54 and 1:22; wall at 2:42"."""
    return "; ".join(f"{label} at {wording.listed([time for _, time in places])}" for label, places in d.opens)


def next_note(review: Review) -> str:
    """What to know of the questions for next time, where nobody is marked as the one who asks them."""
    several = len({t.speaker for t in review.conversation.turns}) > 1
    ours = any(s.side == "ours" for s in review.conversation.speakers)
    return wording.EITHER_ASKS if review.next and several and not ours else ""


def untouched_said(o: Outline) -> str:
    """The matters of which nothing came to light, in one line; empty where each was touched."""
    labels = [c.label for c in o.context if not c.depth]
    return f"Not touched, as far as the words show: {wording.listed(labels)}." if labels else ""


def also_said(f: Finding) -> str:
    """Where else a moment of this kind was."""
    more = f" and {wording.plural(f.also_more, 'more time')}" if f.also_more else ""
    return ", ".join(time for _, time in f.also) + more


def asks(review: Review) -> tuple[Ask, ...]:
    """Next time: open questions with their quotes."""
    return tuple(Ask(question=visible(n.question), lines=quoted(review.conversation, n.quotes)) for n in review.next)


def no_next(review: Review) -> str:
    """What is said where no question came out of the words."""
    if withheld(review):
        return wording.NO_NEXT_WITHHELD
    return wording.NO_NEXT_MESSAGE if review.kind == "message" else wording.NO_NEXT


def quoted(conversation: Conversation, quotes: Sequence[Span]) -> tuple[Line, ...]:
    """The quotes, a line a turn."""
    by_turn: dict[int, list[Span]] = {}
    for q in quotes:
        by_turn.setdefault(q.turn, []).append(q)
    return tuple(line(conversation, t, by_turn[t], quote_only=True) for t in sorted(by_turn))
