"""What a report of several talks says, in the order it is read, before any format: every text in it is safe to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from duologue.model.codebook import ACTS, DEPTHS, MOMENTS
from duologue.model.together import CellOverTime, CellStep, Cold, Coming, Mend, Place, Thread, Together
from duologue.reports import trust, wording
from duologue.reports.excerpts import Line, date_of, line, shown_name
from duologue.reports.people import length_said
from duologue.reports.safe import on_one_line, visible
from duologue.reports.wording import capital, listed, plural

BEFORE = "Before you read on: what do you remember leaving open, and what might they remember?"
TITLES = {
    "open": "What was left, and what came of it",
    "cold": "Where they pulled back, and what they said of it later",
    "mended": "Put right later",
    "over": "What came to light over time",
    "next": "Next time",
    "how": "How this was made",
}
ORDERS = {
    "started_at": "In the order of their dates.",
    "given": "In the order in which they were given, and not every file says when it was; another order may say more.",
}
HOW = (
    "Whether two passages are about one matter is told by rare words that they share. That rule was tried on a few "
    "written conversations of ours, and nobody measured it against people: it will miss what comes back in other "
    "words, and may join what only sounds alike. What came later is shown beside what came before; why it came, the "
    "page does not say. Each conversation alone: duologue review FILE."
)
SYMMETRIC = "Nobody was named as the one reviewed (--us NAME): what one brought up, anybody else may have come back to."
NO_THREADS = "Nothing that was left open was found, as far as the words show. What do you remember?"
NO_COLD = "No such place was found before the last conversation, as far as the words show."
NO_COLD_SAID = "Nothing was said of one since, as far as the words show."
NO_MENDS = "Nothing was found that was put right in a later conversation. What would you like to come back to?"
NO_NEXT = "No question is left of those that came up. What would you still like to know?"
NOTHING_SINCE = "Nothing was said of it since, as far as the words show."
QUOTES_PER_STEP = 1
MOST_WORDS = 4  # of those that two passages share


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a report, and the words of one talk that it is about. `talk`: from 0; None: no words beneath it."""

    said: str
    talk: int | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One matter: a heading and its rows in the order of the talks. `note`: what is known of how it was found."""

    heading: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section. `said`: paragraphs before its entries; `after`: one after them."""

    id: str
    title: str
    said: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkShown:
    """One of the talks: "conversation 1", what its file is called, and when and how long it was."""

    label: str
    name: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherShown:
    """Everything that a report shows. `depths`: of each matter, (what it is called, the depth in each talk)."""

    headline: str
    order: str
    talks: tuple[TalkShown, ...]
    depths: tuple[tuple[str, tuple[int, ...]], ...]
    parts: tuple[Part, ...]


def shown(t: Together, *, all: bool = False) -> TogetherShown:
    """Work out what is shown. `all`: also possible moments, less sure, of which nothing came later."""
    s = _Showing(t, all)
    return TogetherShown(
        headline=f"{s.who_with_whom()}, over {plural(len(t.reviews), 'conversation')}",
        order=ORDERS[t.order] + ("" if any(p.side == "ours" for p in t.people) else f" {SYMMETRIC}"),
        talks=tuple(s.talk_shown(i) for i in range(len(t.reviews))),
        depths=tuple((s.cell_label(c), tuple(step.reached for step in c.steps)) for c in t.cells),
        parts=s.parts(),
    )


@dataclass(frozen=True, slots=True)
class _Showing:
    t: Together
    all: bool

    def parts(self) -> tuple[Part, ...]:
        how = _part("how", said=(HOW,))
        return (self._threads(), self._cold(), self._mended(), self._over(), self._next(), how)

    # Who and when

    def who_with_whom(self) -> str:
        people = [p for p in self.t.people if p.side != "relay"]
        ours = [shown_name(p.name) for p in people if p.side == "ours"]
        others = [shown_name(p.name) for p in people if p.side != "ours"]
        return f"{listed(ours)} with {listed(others)}" if ours and others else listed(ours or others)

    def name(self, person: int) -> str:
        return shown_name(self.t.people[person].name)

    def talk_shown(self, talk: int) -> TalkShown:
        conversation = self.t.reviews[talk].conversation
        day = date_of(conversation)
        missing = [shown_name(p.name) for p in self.t.people if p.ids[talk] is None]
        said = (f"{day}, " if day else "") + length_said(conversation)
        return TalkShown(
            label=self._in(talk),
            name=on_one_line(self.t.names[talk]),
            said=said + (f"; without {listed(missing)}" if missing else ""),
        )

    def _in(self, talk: int) -> str:
        return f"conversation {talk + 1}"

    def _row(self, said: str, *places: Place, after: int | None = None) -> Row:
        """A row with the words of these places, a line a turn; all in one talk, which is named unless it is `after`."""
        talk = places[0].talk
        said = capital(said) if talk == after else f"In {self._in(talk)} {said}".strip()
        conversation = self.t.reviews[talk].conversation
        turns = sorted({p.span.turn for p in places})
        lines = (line(conversation, n, [p.span for p in places if p.span.turn == n]) for n in turns)
        return Row(said=said, talk=talk, lines=tuple(lines))

    # What was left

    def _threads(self) -> Part:
        order = sorted(self.t.threads, key=lambda x: (x.open, not x.came, x.place.talk, x.place.span.turn))
        dropped = trust.agreement_said("dropped_thread")
        said = (
            "What somebody brought up and nobody took up just then; what came back stands first. (Dropped threads, "
            f"{dropped}.)",
        )
        return _part("open", said=said if order else (NO_THREADS,), entries=map(self._thread, order))

    def _thread(self, x: Thread) -> Entry:
        rows = [self._row(f"{self.name(x.by)} said", x.place)]
        if x.left:
            rows.append(self._row("then came", x.left, after=x.place.talk))
        for c in x.came:
            rows.append(self._row(f"{self.name(c.by)} {self._came(c)}", c.place, after=rows[-1].talk))
        rows += [Row(said=said) for said in self._since(x)]
        return Entry(heading=capital(self._fate(x)), rows=tuple(rows), note=_by_which(x.came))

    def _came(self, c: Coming) -> str:
        act = ACTS[c.act].label if c.act else ""
        if c.how == "raised":
            return "brought it up again"
        if c.how == "reused":
            return f"came to it with something of their own beside it ({act})"
        if c.how == "spoken_of":
            return "spoke of it"
        return f"picked it up ({act})"

    def _fate(self, x: Thread) -> str:
        label = ACTS[x.kind].label
        if not x.open:
            back = next(c for c in x.came if c.how == "picked_up")
            return f"{label}: came back in {self._in(back.place.talk)}"
        if x.came:
            return f"{label}: named again in {self._in(x.came[-1].place.talk)}, and still open"
        last = x.place.talk == len(self.t.reviews) - 1
        return f"{label}: left open in {self._in(x.place.talk)}" + (", the last so far" if last else "")

    def _since(self, x: Thread) -> Iterator[str]:
        if x.came or x.place.talk == len(self.t.reviews) - 1:
            return
        if not x.findable:
            yield "It has too few words of its own to be found again by. Did it come back?"
        elif not x.there_later:
            yield f"{self.name(x.by)} was in no later conversation, and nothing was said of it there."
        else:
            yield NOTHING_SINCE

    # Where they pulled back

    def _cold(self) -> Part:
        told = [c for c in self.t.cold if c.said]
        silent = [c for c in self.t.cold if not c.said]
        some = [*told, *(silent if self.all else ())]
        held = len(self.t.cold) - len(some)
        after = "" if not held else f"{_possible(held)}, of which nothing was said since: --all"
        said = ("Turns that came one after the other; whether one led to the other, they know.",) if some else ()
        none = () if some else (NO_COLD_SAID if held else NO_COLD,)
        return _part("cold", said=(*said, *none), entries=map(self._withdrew, some), after=after)

    def _withdrew(self, c: Cold) -> Entry:
        stayed = ", and so to the end" if c.kind == "went_cold" else ""
        rows = [
            self._row(f"{self.name(self._said_by(c.before))} said", c.before),
            self._row(f"then {self.name(c.by)} drew back, as far as the words show{stayed}", c.low, after=c.low.talk),
        ]
        for x in c.said:
            rows.append(self._row(f"{self.name(c.by)} said", x.place, after=rows[-1].talk))
        if not c.said:
            away = f"{self.name(c.by)} was in no later conversation." if not c.there_later else NOTHING_SINCE
            rows.append(Row(said=away))
        return Entry(
            heading=capital(MOMENTS[c.kind].label), rows=tuple(rows), note=_agreement(c.kind, _by_which(c.said))
        )

    def _said_by(self, place: Place) -> int:
        speaker = self.t.reviews[place.talk].conversation.turns[place.span.turn].speaker
        return next(n for n, p in enumerate(self.t.people) if p.ids[place.talk] == speaker)

    # Put right

    def _mended(self) -> Part:
        came = [m for m in self.t.mends if m.came]
        rest = [m for m in self.t.mends if not m.came]
        some = [*came, *(rest if self.all else ())]
        whole = tuple(self._whole(c) for c in self.t.whole)
        held = len(self.t.mends) - len(some)
        less = "from detectors that are right less often"
        after = "" if not held else f"{_possible(held)} that nobody came back to, {less}: --all"
        said = () if came or whole else (NO_MENDS,)
        entries = (*map(self._mend, came), *whole, *map(self._mend, some[len(came) :]))
        return _part("mended", said=said, entries=entries, after=after)

    def _mend(self, m: Mend) -> Entry:
        rows = [self._row("", *m.places)]
        if m.came:
            act = ACTS[m.came.act].label if m.came.act else ""
            verb = "put it right" if m.came.how == "repaired" else f"came back to it ({act})"
            rows.append(self._row(f"{self.name(m.came.by)} {verb}", m.came.place))
        else:
            rows.append(Row(said=NOTHING_SINCE))
        note = _agreement(m.kind, _by_which([m.came] if m.came else ()))
        return Entry(heading=capital(MOMENTS[m.kind].label), rows=tuple(rows), note=note)

    def _whole(self, c: Coming) -> Entry:
        row = self._row(f"{self.name(c.by)} took something back that was of an earlier one", c.place)
        return Entry(heading="Of an earlier conversation as a whole", rows=(row,))

    # Their matters

    def cell_label(self, cell: CellOverTime) -> str:
        kind = next((r.kind for r in self.t.reviews if r.kind), None)
        return wording.cell_label(cell.name, kind)

    def _over(self) -> Part:
        entries = tuple(self._cell(c) for c in self.t.cells if c.steps[-1].depth)
        untouched = [self.cell_label(c) for c in self.t.cells if not c.steps[-1].depth]
        after = f"Not touched in any, as far as the words show: {listed(untouched)}. " if untouched else ""
        return _part("over", entries=entries, after=f"{after}({capital(trust.agreement_said('context'))}.)")

    def _cell(self, cell: CellOverTime) -> Entry:
        """The talks in which a matter was touched; its words where it got deeper than before."""
        rows = []
        for step in cell.steps:
            if not step.reached:
                continue
            before = cell.steps[step.talk - 1].depth if step.talk else 0
            if step.depth > before and step.quotes:
                rows.append(self._row(f"it was {self._depth(step)}", *self._first(step)))
            else:
                rows.append(Row(said=f"In {self._in(step.talk)} it was {self._depth(step)}: no deeper than before."))
        return Entry(heading=capital(f"{self.cell_label(cell)}: {DEPTHS[cell.steps[-1].depth]}"), rows=tuple(rows))

    def _depth(self, step: CellStep) -> str:
        by = [self.name(n) for n in step.brought_out_by]
        return f"{DEPTHS[step.reached]}, {f'brought out by {listed(by)}' if by else 'told unasked'}"

    def _first(self, step: CellStep) -> list[Place]:
        """The words of the turns that hold most of it: the surest first, in the order in which they were said."""
        sure = {a.span: a.confidence for a in self.t.reviews[step.talk].acts}
        ranked = sorted(step.quotes, key=lambda p: -sure.get(p.span, 0.0))
        turns = list(dict.fromkeys(p.span.turn for p in ranked))[:QUOTES_PER_STEP]
        return [p for p in step.quotes if p.span.turn in turns]

    def _next(self) -> Part:
        entries = tuple(Entry(heading=visible(a.question), rows=(self._row("", *a.places),)) for a in self.t.next)
        return _part("next", said=() if entries else (NO_NEXT,), entries=entries)


def _part(id: str, *, said: Sequence[str] = (), entries: Iterable[Entry] = (), after: str = "") -> Part:
    return Part(id=id, title=TITLES[id], said=tuple(said), entries=tuple(entries), after=after)


def _by_which(came: Iterable[Coming | None]) -> str:
    """The words by which passages were taken to be about one matter."""
    words = list(dict.fromkeys(visible(w).lower() for c in came if c for w in c.shared))[:MOST_WORDS]
    return f"Taken for the same matter by {listed([f'“{w}”' for w in words])}." if words else ""


def _agreement(kind: str, by_which: str) -> str:
    return f"{by_which} {capital(trust.agreement_said(kind))}.".strip()


def _possible(n: int) -> str:
    return "1 possible moment" if n == 1 else f"{n} possible moments"
