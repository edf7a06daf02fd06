"""A person's corrections of a review (P1): read from JSON Lines, held to the conversation, and applied.

Applying means: a turn is given to its speaker before anything is looked for; an act is taken out or put in before
moments are looked for; a moment is taken out or put in before dials, context and next time are worked out. All of it
is pure; `reviewing` does the looking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from duologue.clock import epoch
from duologue.errors import UnreadableInput
from duologue.model import (
    Act,
    Conversation,
    Dial,
    DialChange,
    Dispute,
    Disputed,
    Moment,
    Pointed,
    Review,
    Span,
    Verdict,
)
from duologue.model.codebook import ACTS, MOMENTS
from duologue.model.dispute import by_person
from duologue.wire import act_id, finding_id, moment_id

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):([0-5]\d)")
_NUMBER = re.compile(r"(?:turn\s*|#?t)?(\d{1,9})", re.IGNORECASE)
_SHAPE = '{"finding": "…", "verdict": "not_so, also_here or other_speaker", "by": "…", "at": "…", "note": "…"}'
_ORDER = {kind: i for i, kind in enumerate(MOMENTS)}
_IDS = "`duologue review FILE --ids` lists those there are"


class _WireDispute(msgspec.Struct, forbid_unknown_fields=True):
    verdict: Verdict
    finding: str | None = None
    turn: int | str | list[int | str] | None = None
    kind: str | None = None
    speaker: str | None = None
    quote: str | None = None
    by: str | None = None
    at: str | None = None
    note: str | None = None


def parse(text: str, conversation: Conversation) -> tuple[Dispute, ...]:
    """The corrections in a file, one JSON object a line. Turns count from 1 there, or are named by their time.

    Raises UnreadableInput that names the first line that cannot be taken, and what to do next.
    """
    found: list[Dispute] = []
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        try:
            wire = msgspec.json.decode(row.encode("utf-8", "replace"), type=_WireDispute)
        except msgspec.DecodeError as error:
            raise _refused(number, f"this is no correction: {error}", f"A line looks like {_SHAPE}") from None
        turns = wire.turn if isinstance(wire.turn, list) else [] if wire.turn is None else [wire.turn]
        dispute = Dispute(
            verdict=wire.verdict,
            finding=wire.finding or None,
            turns=tuple(sorted({_turn(number, t, conversation) for t in turns})),
            kind=wire.kind or None,
            speaker=wire.speaker or None,
            quote=wire.quote or None,
            by=wire.by or "",
            at=wire.at or "",
            note=wire.note or "",
            line=number,
        )
        check(dispute, conversation)
        found.append(dispute)
    if not found:
        raise UnreadableInput("there is no correction in it", hint=f"A line looks like {_SHAPE}")
    return tuple(found)


def _refused(line: int, what: str, hint: str) -> UnreadableInput:
    return UnreadableInput(f"line {line}: {what}" if line else what, hint=hint)


def _turn(line: int, said: int | str, conversation: Conversation) -> int:
    """The turn that a person names: 14, "turn 14" or "t14" (from 1, as reports count), or its time, "2:42"."""
    last = len(conversation.turns)
    if isinstance(said, str) and (clock := _CLOCK.fullmatch(said.strip())):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        at = 3600 * hours + 60 * minutes + seconds
        hits = [
            i
            for i, t in enumerate(conversation.turns)
            if t.start is not None and t.end is not None and int(max(t.start, 0)) == at
        ]
        if len(hits) == 1:
            return hits[0]
        which = f"turns {', '.join(str(i + 1) for i in hits[:6])} begin" if hits else "no turn with an end begins"
        raise _refused(line, f"{which} at “{said}”", f"Give the turn’s number, from 1 to {last}; --ids shows it")
    number = _NUMBER.fullmatch(str(said).strip())
    if number is None or not 1 <= int(number[1]) <= last:
        raise _refused(line, f"there is no turn “{said}”", f"Turns count from 1 to {last} here; --ids shows them")
    return int(number[1]) - 1


def check(d: Dispute, conversation: Conversation) -> None:
    """Hold one correction to the conversation. Raises UnreadableInput: what is wrong, in which line, what to do."""
    if d.at and epoch(d.at) is None:
        raise _refused(d.line, f"“{d.at}” is no date and time", "Write it as 2026-11-22T09:30, or leave it empty")
    if any(not 0 <= t < len(conversation.turns) for t in d.turns):
        raise _refused(d.line, f"there is no turn {d.turns[-1] + 1}", f"The last one is {len(conversation.turns)}")
    if d.verdict == "not_so":
        if not d.finding:
            raise _refused(d.line, "“not_so” needs the id of a finding", f"Add “finding”: {_IDS}")
    elif d.verdict == "other_speaker":
        if len(d.turns) != 1 or not d.speaker:
            raise _refused(d.line, "“other_speaker” needs one turn and a speaker", "Add “turn” and “speaker”")
        _speaker(d, conversation)
    elif d.turns and d.kind:
        _check_kind(d)
        _spans(d, conversation)
    elif not d.finding or d.turns or d.kind:
        raise _refused(
            d.line, "“also_here” needs a turn and a kind", "Add “turn” and “kind”, or a “finding” alone that stands"
        )


def _check_kind(d: Dispute) -> None:
    if d.kind not in ACTS and d.kind not in MOMENTS:
        raise _refused(d.line, f"“{d.kind}” is no act and no moment", "`duologue explain` lists them")
    if d.kind in ACTS and len(d.turns) > 1:
        raise _refused(d.line, f"“{d.kind}” is an act, and an act lies in one turn", "Give one turn; one line for each")


def _speaker(d: Dispute, conversation: Conversation) -> str:
    """The id of the speaker that a correction names, by id or else by name, whatever its case."""
    said = " ".join((d.speaker or "").split()).casefold()
    hits = [s.id for s in conversation.speakers if s.id == d.speaker]
    hits = hits or [s.id for s in conversation.speakers if said in (s.name.casefold().strip(), s.id.casefold())]
    if len(hits) != 1:
        listed = ", ".join(f"“{s.name}”" for s in conversation.speakers[:12])
        fits = "fits several speakers" if hits else "is not among the speakers"
        raise _refused(d.line, f"“{d.speaker}” {fits}: {listed}", "Name one as the file spells it")
    return hits[0]


def _spans(d: Dispute, conversation: Conversation) -> tuple[Span, ...]:
    """The words that an `also_here` rests on: its quote, in the first of its turns that holds it, else whole turns."""
    spans = []
    for t in d.turns:
        text = conversation.turns[t].text
        if d.quote is not None:
            start = text.find(d.quote)
            if start >= 0 and d.quote.strip():
                return (Span(turn=t, start=start, end=start + len(d.quote)),)
        elif text.strip():
            spans.append(Span(turn=t, start=len(text) - len(text.lstrip()), end=len(text.rstrip())))
    if d.quote is not None:
        raise _refused(d.line, f"“{d.quote}” is not said there", "Copy the words as they stand, or leave “quote” out")
    if not spans:
        raise _refused(d.line, "there are no words in that turn", "No quote, no finding: name a turn with words")
    return tuple(spans)


def target(d: Dispute, conversation: Conversation) -> str:
    """What a correction is about: the id of a finding, or "turn 3" where it is about who spoke (from 0)."""
    if d.verdict == "other_speaker":
        return f"turn {d.turns[0]}"
    if d.verdict == "also_here" and d.kind:
        start = _spans(d, conversation)[0].start if d.kind in ACTS else None
        return finding_id(conversation.id, d.kind, d.turns, start)
    return d.finding or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A correction in its place among the others. `later`: the one on the same matter that counts instead of it."""

    dispute: Dispute
    target: str
    later: Dispute | None


def settle(disputes: Sequence[Dispute], conversation: Conversation) -> tuple[Settled, ...]:
    """Corrections in the order in which they were said (`at`; where it is empty, that of the line before).

    Of several on one matter the last one counts. Raises UnreadableInput where one does not fit the conversation.
    """
    for d in disputes:
        check(d, conversation)
    ordered = [d for _, d in sorted(_dated(disputes), key=lambda pair: pair[0])]
    last = {target(d, conversation): d for d in ordered}
    out = []
    for d in ordered:
        matter = target(d, conversation)
        out.append(Settled(dispute=d, target=matter, later=last[matter] if last[matter] is not d else None))
    return tuple(out)


def _dated(disputes: Iterable[Dispute]) -> Iterator[tuple[float, Dispute]]:
    at = float("-inf")
    for d in disputes:
        said = epoch(d.at) if d.at else None
        at = at if said is None else said
        yield at, d


def notices_of(settled: Sequence[Settled], conversation: Conversation) -> tuple[str, ...]:
    """What to know where several corrections are about one matter."""
    said = []
    for s in settled:
        if s.later is None:
            continue
        pair = f"Of your corrections, {_line(s.dispute)} and {_line(s.later)}"
        if _same(s.dispute, s.later, conversation):
            said.append(f"{pair} say the same, and count once.")
        else:
            said.append(f"{pair} differ about one matter: {_line(s.later)}, the later one, counts.")
    return tuple(dict.fromkeys(said))


def _line(d: Dispute) -> str:
    return f"line {d.line}" if d.line else f"the one of {d.at or 'no date'}"


def _same(a: Dispute, b: Dispute, conversation: Conversation) -> bool:
    if a.verdict == b.verdict == "other_speaker":
        return _speaker(a, conversation) == _speaker(b, conversation)
    return a.verdict == b.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """Corrections made ready to apply. `speakers`: (turn, id). `gone`: ids of findings. What is added has its words."""

    speakers: tuple[tuple[int, str], ...] = ()
    gone: frozenset[str] = frozenset()
    acts: tuple[Act, ...] = ()
    moments: tuple[Moment, ...] = ()

    def conversation(self, conversation: Conversation) -> Conversation:
        """The conversation with each corrected turn given to its speaker; as many turns, and the same words.

        Whose turn it is is sure from there on, also where a person says that it was right.
        """
        if not self.speakers:
            return conversation
        turns = list(conversation.turns)
        for t, speaker in self.speakers:
            if turns[t].speaker != speaker or turns[t].speaker_confidence is not None:
                turns[t] = replace(turns[t], speaker=speaker, speaker_confidence=None)
        return replace(conversation, turns=tuple(turns))

    def acts_of(self, conversation: Conversation, found: tuple[Act, ...]) -> tuple[Act, ...]:
        """The acts found, without those that are not so, and with those that a person added."""
        if not self.gone and not self.acts:
            return found
        ids = [act_id(conversation, a) for a in found]
        kept = [a for a, i in zip(found, ids, strict=True) if i not in self.gone]
        kept += [a for a in self.acts if act_id(conversation, a) not in ids]
        return tuple(sorted(kept, key=lambda a: (a.span.turn, a.span.start, a.kind)))

    def moments_of(self, conversation: Conversation, found: tuple[Moment, ...]) -> tuple[Moment, ...]:
        """The moments found, without those that are not so, and with those that a person added."""
        if not self.gone and not self.moments:
            return found
        ids = [moment_id(conversation, m) for m in found]
        kept = [m for m, i in zip(found, ids, strict=True) if i not in self.gone]
        kept += [m for m in self.moments if moment_id(conversation, m) not in ids]
        return tuple(sorted(kept, key=lambda m: (m.turns[0], m.turns, _ORDER[m.kind])))


def corrections(disputes: Iterable[Dispute], conversation: Conversation, seen: Mapping[str, Pointed]) -> Corrections:
    """What these corrections come to. `seen`: every finding so far by its id, for those that name one that stands."""
    speakers: list[tuple[int, str]] = []
    gone: set[str] = set()
    acts: list[Act] = []
    moments: list[Moment] = []
    for d in disputes:
        if d.verdict == "other_speaker":
            speakers.append((d.turns[0], _speaker(d, conversation)))
        elif d.verdict == "not_so":
            gone.add(d.finding or "")
        else:
            there = _said_to_be(d, conversation, seen)
            if there.kind in ACTS:
                acts.append(Act(kind=there.kind, span=there.quotes[0], confidence=1.0, by=by_person(d.by)))
            else:
                moments.append(_moment(there, d))
    return Corrections(speakers=tuple(speakers), gone=frozenset(gone), acts=tuple(acts), moments=tuple(moments))


def _said_to_be(d: Dispute, conversation: Conversation, seen: Mapping[str, Pointed]) -> Pointed:
    """The finding that an `also_here` puts there: the one that it spells out, or the one seen before that it names."""
    if d.kind is None:
        return seen[d.finding or ""]
    spans = _spans(d, conversation)
    return Pointed(id=target(d, conversation), kind=d.kind, turns=d.turns, quotes=spans)


def _moment(there: Pointed, d: Dispute) -> Moment:
    said = f"{d.by or 'You'} said so"
    return Moment(
        kind=there.kind,
        sign=MOMENTS[there.kind].sign,
        turns=there.turns,
        quotes=there.quotes,
        why=f"{said}: “{d.note}”" if d.note else f"{said}.",
        invitation=None,
        confidence=1.0,
        by=by_person(d.by),
    )


def findings(review: Review) -> dict[str, Pointed]:
    """Every act and moment of a review by its id."""
    c = review.conversation
    acts = {
        act_id(c, a): Pointed(id=act_id(c, a), kind=a.kind, turns=(a.span.turn,), quotes=(a.span,)) for a in review.acts
    }
    return acts | {
        moment_id(c, m): Pointed(id=moment_id(c, m), kind=m.kind, turns=m.turns, quotes=m.quotes)
        for m in review.moments
    }


def known(review: Review) -> dict[str, Pointed]:
    """What a correction may name: every act and moment of a review, and the moments that are set apart."""
    apart = [u.moment for u in review.unsure]
    return findings(review) | (findings(replace(review, acts=(), moments=tuple(apart))) if apart else {})


def check_known(settled: Sequence[Settled], at: int, seen: Mapping[str, Pointed]) -> None:
    """Hold the id that a correction names to what was found, or added by a correction, before it."""
    d = settled[at].dispute
    if d.verdict == "other_speaker" or (d.verdict == "also_here" and d.kind):
        return  # it spells out what it is about
    added = {s.target for s in settled[:at] if s.dispute.verdict == "also_here" and s.dispute.kind}
    if d.finding not in seen and not (d.verdict == "not_so" and d.finding in added):
        what = f"there is no finding “{d.finding}” in the review of this conversation"
        raise _refused(d.line, what, f"It may be one of another file or version: {_IDS}")


def told_at(settled: Sequence[Settled], at: int) -> Settled | None:
    """The last of a run of speakers put right, where this correction is one of the run and not its last."""
    last = None
    for s in (s for s in settled[at:] if s.later is None):
        if s.dispute.verdict != "other_speaker":
            break
        last = s
    return None if last is settled[at] else last


def outcome(s: Settled, before: Review, after: Review, seen: Mapping[str, Pointed]) -> Disputed:
    """What came of a correction: the reviews just before and just after it was applied, and every finding so far."""
    d = s.dispute
    then, now = findings(before), findings(after)
    there = (
        then if d.verdict == "also_here" else known(before)
    )  # one set apart is there to be denied, and to be made stand
    speaker = before.conversation.turns[d.turns[0]].speaker if d.verdict == "other_speaker" else None
    if s.later is not None:
        standing = "repeated" if _same(d, s.later, before.conversation) else "superseded"
    elif d.verdict == "other_speaker":
        standing = "as_found" if speaker == _speaker(d, before.conversation) else "applied"
    else:
        standing = "as_found" if (s.target in there) == (d.verdict == "also_here") else "applied"
    return Disputed(
        dispute=d,
        about=None if d.verdict == "other_speaker" else s.target,
        found=None if d.verdict == "other_speaker" else there.get(s.target) or seen.get(s.target),
        found_speaker=speaker,
        standing=standing,  # type: ignore[arg-type]
        instead=s.later.line if s.later else 0,
        gone=tuple(p for i, p in then.items() if i not in now),
        joined=tuple(p for i, p in now.items() if i not in then),
        dials=tuple(_dials(before.dials, after.dials)),
    )


def _dials(before: Sequence[Dial], after: Sequence[Dial]) -> Iterator[DialChange]:
    for a, b in zip(before, after, strict=True):
        if (a.count, a.of) != (b.count, b.of):
            yield DialChange(name=a.name, before=(a.count, a.of), after=(b.count, b.of))
