"""Several talks with the same people: what was left in one and came back in a later one (S2.6).

Threads that were left open and what came of them; where the other withdrew, and what they said of it later; what went
wrong in one talk and was put right in a later one; the four matters of the other, talk by talk. Whether two passages
are about one matter is decided in `moments/matters.py`. Nothing here says why anybody did anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from duologue.errors import UnreadableInput
from duologue.language import is_english, language_of
from duologue.model import Moment, Review, Side, Span, Speaker
from duologue.model.together import (
    Asked,
    CellOverTime,
    CellStep,
    Cold,
    Coming,
    How,
    Mend,
    Order,
    Person,
    Place,
    Thread,
    Together,
)
from duologue.moments.matters import Matter, Passage, Talk, as_said, looks_back, matter_of, recalls, weights
from duologue.moments.stage import Stage
from duologue.notices import may_be_several
from duologue.text import scene, words
from duologue.version import VERSION
from duologue.wire import moment_id

TAKEN_UP = ("follow_up", "reflection", "repair", "presence", "acknowledgement", "question", "invitation")
ANSWERED = ("information", *TAKEN_UP)
OWN = ("pitch", "call_to_action", "persuasion")
DEFLECTED = ("deflected_invitation", "dodged_question")
WRONG = ("assumed", "wall", "gimmick", *DEFLECTED)
COLD = ("went_cold", "put_off")
NEAR = 2  # turns before the words that came just before: what those were about
MOST_SAID = 2  # of what they said later of one place: the first words of it, and one more
MOST_ASKED = 7  # more than one talk can hold


def together(reviews: Sequence[Review], names: Sequence[str] = ()) -> Together:
    """What these talks say together. Pure. `names`: what to call them; by default "conversation 1" and so on.

    They are put in the order of `started_at` where all have it, else left as they are given. Raises UnreadableInput
    where there are fewer than two, one is a message, not in English or given twice, or where nobody on the other side
    is in more than one of them.
    """
    called = tuple(names) or tuple(f"conversation {i + 1}" for i in range(len(reviews)))
    _check(reviews, called)
    order, at = _order(reviews)
    reviews, called = tuple(reviews[i] for i in at), tuple(called[i] for i in at)
    people = _people(reviews)
    _check_people(reviews, people)
    over = _Over(reviews, people)
    threads = over.threads()
    mends, whole = over.mends()
    return Together(
        reviews=reviews,
        names=called,
        order=order,
        people=people,
        threads=threads,
        cold=over.cold(),
        mends=mends,
        whole=whole,
        cells=over.cells(),
        next=over.asked(threads, mends),
        version=VERSION,
    )


def _check(reviews: Sequence[Review], names: Sequence[str]) -> None:
    if len(reviews) < 2:
        raise UnreadableInput("one conversation has no later one", hint="Give two or more with the same people")
    seen: dict[str, str] = {}
    for review, name in zip(reviews, names, strict=True):
        if review.kind == "message":
            raise UnreadableInput(
                "this is a message, and what comes back is looked for in talk", where=name, hint="Leave it out"
            )
        language = language_of(review.conversation)
        if not is_english(language):
            raise UnreadableInput(
                f"the language looks like “{language}”, and what was said can be followed in English only",
                where=name,
                hint="Leave it out",
            )
        if review.conversation.id in seen:
            raise UnreadableInput(
                f"this is the same conversation as {seen[review.conversation.id]}", where=name, hint="Give each once"
            )
        seen[review.conversation.id] = name


def _order(reviews: Sequence[Review]) -> tuple[Order, list[int]]:
    """By start where every file says when; dates without a zone stand as they are written."""
    given = list(range(len(reviews)))
    starts = [_start(r.conversation.started_at) for r in reviews]
    if None in starts or len(set(starts)) == 1:
        return "given", given
    return "started_at", sorted(given, key=lambda i: starts[i] or datetime.min)


def _start(said: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(said).replace(tzinfo=None) if said else None
    except ValueError:
        return None


def _people(reviews: Sequence[Review]) -> tuple[Person, ...]:
    """Everybody, once: the same name, or the same id in files of the same format. Numbered voices are nobody."""
    rows: list[tuple[set[tuple[str, str]], list[str | None], Speaker]] = []
    for talk, review in enumerate(reviews):
        for s in review.conversation.speakers:
            keys = _keys(review, s)
            row = next((r for r in rows if r[0] & keys and r[1][talk] is None), None)
            if row is None:
                row = (set(), [None] * len(reviews), s)
                rows.append(row)
            row[0].update(keys)
            row[1][talk] = s.id
    return tuple(Person(name=s.name.strip() or s.id, side=_side(reviews, ids, s), ids=tuple(ids)) for _, ids, s in rows)


def _keys(review: Review, s: Speaker) -> set[tuple[str, str]]:
    source = review.conversation.source or ""
    name = " ".join(words(s.name.partition("(")[0]))
    keys = {("name", name)} if name and not may_be_several(s.name) else set()
    # A diariser's "A" or "spk_0" is a number within one file.
    return keys | ({(source, s.id)} if source and len(s.id) > 4 and not may_be_several(s.id) else set())


def _side(reviews: Sequence[Review], ids: Sequence[str | None], s: Speaker) -> Side:
    sides = [r.conversation.speaker(i).side for r, i in zip(reviews, ids, strict=True) if i is not None]
    return "ours" if "ours" in sides else sides[-1] if sides else s.side


def _check_people(reviews: Sequence[Review], people: Sequence[Person]) -> None:
    again = [p for p in people if sum(i is not None for i in p.ids) > 1]
    sided = any(p.side == "ours" for p in people)
    others = [p for p in again if p.side not in ("ours", "relay")]
    if len(others) >= (1 if sided else 2):
        return
    hint = "Spell people alike in the files (`duologue convert` writes one that you can edit), or review each alone"
    if sided and again:
        raise UnreadableInput(f"only {again[0].name} is in more than one of these: nobody they talked with", hint=hint)
    who = "; ".join(_said(f"in {i + 1}", r) for i, r in enumerate(reviews[:4]))
    raise UnreadableInput(f"no two people are in more than one of these ({who})", hint=hint)


def _said(where: str, review: Review) -> str:
    return f"{where}: {', '.join(s.name or s.id for s in review.conversation.speakers[:6])}"


@dataclass(frozen=True, slots=True)
class _Hit:
    """A passage of a turn that is about a matter, and the stems that say so."""

    passage: Passage
    shared: frozenset[str]


@dataclass(frozen=True)
class _Over:
    """The talks in order, cut once."""

    reviews: tuple[Review, ...]
    people: tuple[Person, ...]

    @cached_property
    def talks(self) -> tuple[Talk, ...]:
        names = frozenset(w for p in self.people for w in words(p.name))
        return tuple(Talk(Stage(scene=scene(r.conversation), acts=r.acts), names) for r in self.reviews)

    @cached_property
    def _weights(self) -> dict[str, float]:
        return dict(weights(self.talks))

    @cached_property
    def _who(self) -> dict[tuple[int, str], int]:
        return {(talk, id): n for n, p in enumerate(self.people) for talk, id in enumerate(p.ids) if id is not None}

    def who(self, talk: int, turn: int) -> int:
        """Who says a turn, as an index into the people."""
        return self._who[talk, self.reviews[talk].conversation.turns[turn].speaker]

    def _coached(self, talk: int, turn: int, other: int) -> bool:
        """Whether a turn is the coached side's, seen from one of the others."""
        return self.talks[talk].stage.scene.is_coached(turn) and self.who(talk, turn) != other

    def _turns(self, talk: int, start: int = 0) -> Iterator[int]:
        stage = self.talks[talk].stage
        return (t for t in range(start, len(stage.scene.conversation.turns)) if t in stage.index)

    def _hit(self, talk: int, turn: int, matter: Matter, *, looser: bool = False) -> _Hit | None:
        """The passage of a turn that shares most with a matter; one rare stem is enough where the words look back."""
        best: tuple[float, _Hit] | None = None
        for passage in self.talks[talk].passages(turn):
            shared = matter.shared(passage, back=looser or recalls(passage.text))
            weight = sum(self._weights.get(s, 0.0) for s in shared)
            if shared and (best is None or weight > best[0]):
                best = (weight, _Hit(passage, shared))
        return best[1] if best else None

    def _coming(self, how: How, talk: int, span: Span, hit: _Hit | None, act: str | None = None) -> Coming:
        stage = self.talks[talk].stage
        text = hit.passage.text if hit else stage.text(span)
        return Coming(
            how=how,
            place=Place(talk=talk, span=stage.cut(span)),
            by=self.who(talk, span.turn),
            act=act,
            shared=as_said(self.talks[talk], hit.passage, hit.shared) if hit else (),
            refers=recalls(text),
        )

    # Threads

    def threads(self) -> tuple[Thread, ...]:
        """What was brought up and left, in the order in which it was said."""
        found: list[Thread] = []
        for talk, review in enumerate(self.reviews):
            matters: list[Matter] = []
            for told, left in self._left(talk, review):
                matter = matter_of(self.talks[talk], [told], around=1)
                again = {(c.place.talk, c.place.span.turn) for t in found for c in t.came}
                same = any(len(matter.stems & m.stems) >= 2 for m in matters)
                if same or (talk, told.turn) in again:
                    continue  # told already: the same matter twice in one talk, or an earlier one that came up again
                by = self.who(talk, told.turn)
                start = (left.turn if left else told.turn) + 1
                here = self._came(talk, start, matter, by)
                if any(c.how == "picked_up" for c in here):
                    continue  # it was left, and picked up before the talk was over
                matters.append(matter)
                found.append(self._thread(talk, told, left, matter, by))
        return tuple(found)

    def _thread(self, talk: int, told: Span, left: Span | None, matter: Matter, by: int) -> Thread:
        stage = self.talks[talk].stage
        came: list[Coming] = []
        for later in range(talk + 1, len(self.talks)):
            came += self._came(later, 0, matter, by)
            if came and came[-1].how == "picked_up":
                break
        kinds = [a.kind for a in stage.find(told.turn) if a.span.overlaps(told)]
        told_as = [k for k in kinds if k.partition(".")[0] in ("disclosure", "concern", "invitation", "question")]
        return Thread(
            place=Place(talk=talk, span=stage.cut(told)),
            by=by,
            kind=(told_as or kinds or ["concern"])[0],
            left=Place(talk=talk, span=stage.cut(left)) if left else None,
            came=tuple(came),
            findable=matter.findable,
            there_later=self._there_later(talk, by),
        )

    def _there_later(self, talk: int, by: int) -> bool:
        return any(i is not None for i in self.people[by].ids[talk + 1 :])

    def _left(self, talk: int, review: Review) -> list[tuple[Span, Span | None]]:
        """The other's words that were left, each with the words that left them where a moment names those."""
        mended = {t for m in review.moments if m.kind == "repaired" for t in m.turns}
        deflected = {t for m in review.moments if m.kind in DEFLECTED for t in m.turns}
        found: dict[int, tuple[Span, Span | None]] = {}
        for m in review.moments:
            told, ours = self._quotes(talk, m)
            if m.kind == "dropped_thread" and told and not (ours and ours.turn in mended):
                found[told.turn] = (told, ours)
        for n in review.next:
            span = n.quotes[0]
            theirs = not self._is_ours(talk, span.turn)
            if theirs and span.turn not in found and span.turn not in deflected:
                found[span.turn] = (span, None)
        return [found[t] for t in sorted(found)]

    def _is_ours(self, talk: int, turn: int) -> bool:
        scene = self.talks[talk].stage.scene
        return not scene.symmetric and scene.is_coached(turn)

    def _quotes(self, talk: int, m: Moment) -> tuple[Span | None, Span | None]:
        """The other's and the coached side's words in a moment; where sides are unknown, the first is the other's."""
        if self.talks[talk].stage.scene.symmetric:
            ordered = sorted(m.quotes, key=lambda q: q.turn)
            return ordered[0], ordered[1] if len(ordered) > 1 else None
        theirs = next((q for q in m.quotes if not self._is_ours(talk, q.turn)), None)
        return theirs, next((q for q in m.quotes if self._is_ours(talk, q.turn)), None)

    def _came(self, talk: int, start: int, matter: Matter, by: int) -> list[Coming]:
        """How a matter came up in a talk from a turn on: of each way the first, and nothing once it is picked up."""
        stage = self.talks[talk].stage
        found: list[Coming] = []
        for turn in self._turns(talk, start):
            ours = self._coached(talk, turn, by)
            hit = self._hit(talk, turn, matter, looser=ours and stage.has(turn, "repair"))
            last = found[-1] if found else None
            if hit is None:
                # Their own words were on it just now: whatever takes up the turn before takes it up.
                if ours and last and last.how == "raised" and stage.before(turn) is not None:
                    before = stage.before(turn)
                    picked = stage.first((turn,), "follow_up", "reflection", "acknowledgement", "presence")
                    if before and last.place.span.turn in before.turns and picked and not stage.has(turn, *OWN):
                        inside = (p.span for p in self.talks[talk].passages(turn) if p.span.start <= picked.span.start)
                        span = max(inside, key=lambda s: s.start, default=picked.span)
                        return [*found, self._coming("picked_up", talk, span, None, picked.kind)]
                continue
            coming = self._came_so(talk, hit, ours=ours)
            if coming.how == "picked_up":
                return [*found, coming]
            if not any(c.how == coming.how for c in found):
                found.append(coming)
        return found

    def _came_so(self, talk: int, hit: _Hit, *, ours: bool) -> Coming:
        stage, span = self.talks[talk].stage, hit.passage.span
        if not ours:
            return self._coming("raised", talk, span, hit)
        own = stage.first((span.turn,), *OWN)
        if own:
            return self._coming("reused", talk, span, hit, own.kind)
        act = self._act(talk, span, TAKEN_UP)
        return self._coming("picked_up" if act else "spoken_of", talk, span, hit, act)

    def _act(self, talk: int, span: Span, kinds: Sequence[str]) -> str | None:
        """The first of these kinds that the words of a span do, in the order of the list."""
        here = [a.kind for a in self.talks[talk].stage.find(span.turn, *kinds) if a.span.overlaps(span)]
        order = {kind: i for i, kind in enumerate(kinds)}
        return min(here, key=lambda k: order.get(k, order.get(k.partition(".")[0], 0)), default=None)

    # Where they withdrew

    def cold(self) -> tuple[Cold, ...]:
        """Where the other withdrew before the last talk, with what they said of it later."""
        found: list[Cold] = []
        for talk, review in enumerate(self.reviews[:-1]):
            covered: set[int] = set()
            for m in sorted((m for m in review.moments if m.kind in COLD), key=lambda m: COLD.index(m.kind)):
                low, before = self._quotes(talk, m)
                if self.talks[talk].stage.scene.symmetric:
                    low, before = before, low
                if low is None or before is None or low.turn in covered:
                    continue
                covered |= set(range(m.turns[0], m.turns[-1] + 1))
                found.append(self._cold(talk, m, before, low))
        return tuple(sorted(found, key=lambda c: (c.before.talk, c.before.span.turn)))

    def _cold(self, talk: int, m: Moment, before: Span, low: Span) -> Cold:
        stage, by = self.talks[talk].stage, self.who(talk, low.turn)
        near = (t for t in range(max(0, before.turn - NEAR), before.turn + 1) if stage.scene.sentences[t])
        turns = stage.scene.conversation.turns
        matter = matter_of(self.talks[talk], [Span(turn=t, start=0, end=len(turns[t].text)) for t in near])
        said = [c for later in range(talk + 1, len(self.talks)) for c in self._said_of(talk, later, matter, by, m.kind)]
        told = [c for c in said if c.refers] or said
        return Cold(
            kind=m.kind,
            moment=moment_id(self.reviews[talk].conversation, m),
            by=by,
            before=Place(talk=talk, span=before),
            low=Place(talk=talk, span=low),
            said=tuple(told[:MOST_SAID]),
            there_later=self._there_later(talk, by),
        )

    def _said_of(self, talk: int, later: int, matter: Matter, by: int, kind: str) -> Iterator[Coming]:
        for turn in self._turns(later):
            if self.who(later, turn) != by:
                continue
            hit = self._hit(later, turn, matter)
            if hit:
                yield self._coming("said", later, hit.passage.span, hit)
            elif kind == "went_cold" and later == talk + 1:
                back = next((p for p in self.talks[later].passages(turn) if looks_back(p.text)), None)
                if back:
                    yield self._coming("said", later, back.span, _Hit(back, frozenset()))

    # What went wrong, and was put right

    def mends(self) -> tuple[tuple[Mend, ...], tuple[Coming, ...]]:
        """What was not put right in its own talk, with how it was later; and repairs of an earlier talk as a whole."""
        wrongs = [(talk, m) for talk, r in enumerate(self.reviews[:-1]) for m in self._wrongs(r)]
        came: dict[int, Coming] = {}
        whole: list[Coming] = []
        for later in range(1, len(self.talks)):
            here = {t for m in self.reviews[later].moments if m.kind == "repaired" for t in m.turns[-1:]}
            for turn in self._turns(later):
                repair = self.talks[later].stage.first((turn,), "repair")
                if repair:
                    best = self._best(wrongs, later, turn, came)
                    told = best[1] if best else self._whole(later, repair.span)
                    # A repair that does not look back, and that a moment of its own talk explains, is of that talk.
                    if told is None or (turn in here and not told.refers):
                        continue
                    came |= {best[0]: told} if best else {}
                    whole += [] if best else [told]
        for n, (talk, m) in enumerate(wrongs):
            if n not in came and m.kind != "gimmick":
                taken = self._taken_up(talk, m)
                came |= {n: taken} if taken else {}
        mends = tuple(
            Mend(
                kind=m.kind,
                moment=moment_id(self.reviews[talk].conversation, m),
                places=tuple(Place(talk=talk, span=q) for q in sorted(m.quotes, key=lambda q: (q.turn, q.start))),
                came=came.get(n),
            )
            for n, (talk, m) in enumerate(wrongs)
            if n in came or m.kind != "gimmick"  # a device is spoken of where it was taken back, and only there
        )
        return mends, tuple(whole)

    @staticmethod
    def _wrongs(review: Review) -> Iterable[Moment]:
        mended = {m.turns[0] for m in review.moments if m.kind == "repaired"}
        return (m for m in review.moments if m.kind in WRONG and mended.isdisjoint(m.turns))

    def _stake(self, talk: int, m: Moment) -> Matter:
        """What a moment was about: the sentences that it quotes; of what was asked, also the claim just before."""
        stage, spans = self.talks[talk].stage, list(m.quotes)
        claim = stage.before(m.turns[0]) if m.kind in DEFLECTED else None
        if claim:
            end = len(stage.scene.conversation.turns[claim.last].text)
            spans.append(Span(turn=claim.last, start=0, end=end))
        return matter_of(self.talks[talk], spans)

    def _best(
        self, wrongs: Sequence[tuple[int, Moment]], later: int, turn: int, taken: dict[int, Coming]
    ) -> tuple[int, Coming] | None:
        """What a repair shares most with, of the talks before: one rare stem is enough, since it names a mistake."""
        best: tuple[float, int, _Hit] | None = None
        for n, (talk, m) in enumerate(wrongs):
            if talk >= later or n in taken or not self._same_side(talk, m, later, turn):
                continue
            hit = self._hit(later, turn, self._stake(talk, m), looser=True)
            weight = sum(self._weights.get(s, 0.0) for s in hit.shared) if hit else 0.0
            if hit and (best is None or weight >= best[0]):
                best = (weight, n, hit)
        if best is None:
            return None
        return best[1], self._coming("repaired", later, best[2].passage.span, best[2], "repair")

    def _whole(self, later: int, span: Span) -> Coming | None:
        back = next((p for p in self.talks[later].passages(span.turn) if looks_back(p.text)), None)
        return self._coming("repaired", later, back.span, _Hit(back, frozenset()), "repair") if back else None

    def _same_side(self, talk: int, m: Moment, later: int, turn: int) -> bool:
        """Whether a turn is by the side that the moment is about: one person, where sides are unknown."""
        scene = self.talks[later].stage.scene
        if not scene.is_coached(turn):
            return False
        return not scene.symmetric or self.who(later, turn) in {self.who(talk, t) for t in m.turns}

    def _taken_up(self, talk: int, m: Moment) -> Coming | None:
        """Their stake taken up again in a later talk, with nothing of one's own beside it."""
        kinds = ANSWERED if m.kind in DEFLECTED else TAKEN_UP
        matter = self._stake(talk, m)
        for later in range(talk + 1, len(self.talks)):
            stage = self.talks[later].stage
            for turn in self._turns(later):
                if not self._same_side(talk, m, later, turn) or stage.has(turn, *OWN):
                    continue
                hit = self._hit(later, turn, matter)
                act = self._act(later, hit.passage.span, kinds) if hit else None
                if hit and act:
                    return self._coming("picked_up", later, hit.passage.span, hit, act)
        return None

    # The other's matters, and what to ask

    def cells(self) -> tuple[CellOverTime, ...]:
        """The four cells: the depth reached in each talk, and the deepest so far."""
        found = []
        for n, first in enumerate(self.reviews[0].context):
            steps: list[CellStep] = []
            for talk, review in enumerate(self.reviews):
                cell = review.context[n]
                deepest = max(cell.depth, steps[-1].depth if steps else 0)
                by = dict.fromkeys(self._who[talk, s] for s in cell.brought_out_by)
                places = tuple(Place(talk=talk, span=q) for q in cell.quotes)
                steps.append(
                    CellStep(talk=talk, reached=cell.depth, depth=deepest, quotes=places, brought_out_by=tuple(by))
                )
            found.append(CellOverTime(name=first.name, steps=tuple(steps)))
        return tuple(found)

    def asked(self, threads: Sequence[Thread], mends: Sequence[Mend]) -> tuple[Asked, ...]:
        """The questions for next time that are still open, those of the last talk first; none in the same words."""
        still = {(t.place.talk, t.place.span.turn) for t in threads if t.open}
        still |= {(p.talk, p.span.turn) for m in mends if m.came is None for p in m.places}
        last = len(self.reviews) - 1
        still |= {(last, t) for m in self._wrongs(self.reviews[last]) for t in m.turns}
        found: dict[str, Asked] = {}
        for talk in reversed(range(len(self.reviews))):
            for n in self.reviews[talk].next:
                if any((talk, q.turn) in still for q in n.quotes) and len(found) < MOST_ASKED:
                    places = tuple(Place(talk=talk, span=q) for q in n.quotes)
                    found.setdefault(n.question, Asked(question=n.question, places=places))
        return tuple(found.values())
