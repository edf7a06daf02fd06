"""Nouns ↔ JSON: `duologue.conversation/1`, `duologue.review/1` and `duologue.together/1`.

The wire is a promise to others: optional keys may join within /1, none is renamed or removed, and unknown keys are
ignored. Numbers are rounded (times to milliseconds, confidences to three places, measures as each says), so that the
same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

import msgspec

from duologue.errors import UnreadableInput
from duologue.model import (
    Act,
    Consent,
    ContextCell,
    Conversation,
    Dial,
    Disputed,
    Focus,
    Kind,
    Measure,
    Moment,
    Next,
    Pointed,
    Review,
    Sign,
    Span,
    Speaker,
    Turn,
    Unsure,
    Word,
)
from duologue.model.codebook import ACTS, MOMENTS
from duologue.model.together import Coming, Place, Together

CONVERSATION = "duologue.conversation/1"
REVIEW = "duologue.review/1"
TOGETHER = "duologue.together/1"
MOST_SECONDS = 1e10  # three centuries: no conversation is longer, and arithmetic on it stays exact to microseconds
_TIMES = "Give seconds from the start of the conversation, or null"
# Keys under `meta` of ConvoKit's utterances: what a conversation has beside its turns, a turn beside text and speaker.
CONVOKIT_HEADER = "duologue.conversation"
CONVOKIT_TURN = "duologue.turn"


class _WireWord(msgspec.Struct):
    text: str
    start: float | None = None
    end: float | None = None
    confidence: float | None = None


class _WireSpeaker(msgspec.Struct):
    id: str
    name: str | None = None
    side: Literal["ours", "theirs", "relay", "unknown"] = "unknown"


class _WireTurn(msgspec.Struct):
    speaker: str
    text: str
    start: float | None = None
    end: float | None = None
    words: list[_WireWord] | None = None
    estimated: list[Literal["start", "end"]] | None = None
    speaker_confidence: float | None = None
    pieces: list[tuple[float, float]] | None = None


class _WireMeasure(msgspec.Struct):
    name: str
    unit: str
    value: float | None = None
    speaker: str | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None
    source: str = ""


class _WireConsent(msgspec.Struct):
    given: bool
    at: str | None = None


class _WireConversation(msgspec.Struct):
    format: Literal["duologue.conversation/1"]
    turns: list[_WireTurn]
    speakers: Annotated[list[_WireSpeaker], msgspec.Meta(min_length=0)] = []
    id: str | None = None
    kind: Literal["message", "selling", "consulting", "managing", "support", "hiring", "everyday"] | None = None
    source: str | None = None
    started_at: str | None = None
    language: str | None = None
    notices: list[str] = []
    reported: list[_WireMeasure] = []
    separate_channels: bool = False
    consent: _WireConsent | None = None
    heard_by: str | None = None


def content_id(turns: tuple[Turn, ...]) -> str:
    """An id for a conversation whose file brings none: a hash of order, text and times, not of names and sides."""
    digest = hashlib.sha256()
    for turn in turns:
        digest.update(msgspec.json.encode([turn.text, turn.start, turn.end]))
    return digest.hexdigest()[:16]


def conversation_from(value: object) -> Conversation:
    """A conversation from decoded JSON. Raises UnreadableInput that names the place where it is not of the format."""
    try:
        wire = msgspec.convert(value, _WireConversation)
    except msgspec.ValidationError as error:
        raise UnreadableInput(
            f"this is not a {CONVERSATION} document: {error}", hint="docs/wire-format.md shows every key"
        ) from None
    speakers = {s.id: Speaker(id=s.id, name=s.name or s.id, side=s.side) for s in wire.speakers}
    if len(speakers) != len(wire.speakers):
        raise UnreadableInput("two speakers have the same id", hint="Give each speaker an id of their own")
    for i, t in enumerate(wire.turns):
        speakers.setdefault(t.speaker, Speaker(id=t.speaker, name=t.speaker))
        for key, time in (("a start", t.start), ("an end", t.end)):
            if time is not None and not abs(time) < MOST_SECONDS:
                raise UnreadableInput(
                    f"turn {i} has {key} that is no finite, possible number of seconds",
                    hint=_TIMES,
                )
        if any(not abs(time) < MOST_SECONDS for piece in t.pieces or () for time in piece):
            raise UnreadableInput(
                f"turn {i} has a piece with a time that is no finite, possible number of seconds", hint=_TIMES
            )
    turns = tuple(
        Turn(
            speaker=t.speaker,
            text=t.text,
            start=t.start,
            end=t.end,
            words=tuple(Word(text=w.text, start=w.start, end=w.end, confidence=w.confidence) for w in t.words or ()),
            estimated=tuple(t.estimated or ()),
            speaker_confidence=t.speaker_confidence,
            pieces=tuple(t.pieces or ()),
        )
        for t in wire.turns
    )
    return Conversation(
        id=wire.id or content_id(turns),
        kind=wire.kind,
        speakers=tuple(speakers.values()),
        turns=turns,
        source=wire.source,
        started_at=wire.started_at,
        language=wire.language,
        notices=tuple(wire.notices),
        reported=tuple(msgspec.convert(msgspec.to_builtins(m), Measure) for m in wire.reported),
        separate_channels=wire.separate_channels,
        consent=Consent(given=wire.consent.given, at=wire.consent.at) if wire.consent else None,
        heard_by=wire.heard_by,
    )


def conversation_to(conversation: Conversation) -> dict[str, Any]:
    """A conversation as plain values, in the wire's order of keys; optional keys only where they say something."""
    wire: dict[str, Any] = {
        "format": CONVERSATION,
        "id": conversation.id,
        "kind": conversation.kind,
        "source": conversation.source,
        "started_at": conversation.started_at,
        "language": conversation.language,
        "speakers": [{"id": s.id, "name": s.name, "side": s.side} for s in conversation.speakers],
        "turns": [_turn_to(t) for t in conversation.turns],
    }
    if conversation.notices:
        wire["notices"] = list(conversation.notices)
    if conversation.reported:
        wire["reported"] = [_measure_to(m) for m in conversation.reported]
    if conversation.separate_channels:
        wire["separate_channels"] = True
    if conversation.consent is not None:
        wire["consent"] = {"given": conversation.consent.given, "at": conversation.consent.at}
    if conversation.heard_by is not None:
        wire["heard_by"] = conversation.heard_by
    return wire


def _turn_to(turn: Turn) -> dict[str, Any]:
    wire: dict[str, Any] = {"speaker": turn.speaker, "start": turn.start, "end": turn.end, "text": turn.text}
    if turn.words:
        wire["words"] = [
            {"text": w.text, "start": w.start, "end": w.end, "confidence": w.confidence} for w in turn.words
        ]
    if turn.estimated:
        wire["estimated"] = list(turn.estimated)
    if turn.speaker_confidence is not None:
        wire["speaker_confidence"] = turn.speaker_confidence
    if turn.pieces:
        wire["pieces"] = [list(piece) for piece in turn.pieces]
    return wire


def finding_id(conversation_id: str, kind: str, turns: tuple[int, ...], start: int | None = None) -> str:
    """The stable id of a finding: a hash of conversation, kind and turns (and, for an act, where it starts)."""
    parts: list[object] = [conversation_id, kind, list(turns)]
    if start is not None:
        parts.append(start)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:12]


def moment_id(conversation: Conversation, moment: Moment) -> str:
    """The stable id of a moment, as the wire and the dials name it."""
    return finding_id(conversation.id, moment.kind, moment.turns)


def act_id(conversation: Conversation, act: Act) -> str:
    """The stable id of an act: of conversation, kind, turn and start."""
    return finding_id(conversation.id, act.kind, (act.span.turn,), act.span.start)


def _quote_to(conversation: Conversation, span: Span) -> dict[str, Any]:
    text = conversation.turns[span.turn].text[span.start : span.end]
    return {"turn": span.turn, "start": span.start, "end": span.end, "text": text}


def _moment_to(conversation: Conversation, m: Moment) -> dict[str, Any]:
    wire: dict[str, Any] = {
        "id": moment_id(conversation, m),
        "kind": m.kind,
        "sign": m.sign,
        "turns": list(m.turns),
        "quotes": [_quote_to(conversation, q) for q in m.quotes],
        "why": m.why,
        "invitation": m.invitation,
        "confidence": round(m.confidence, 3),
    }
    return wire | ({"by": m.by} if m.by else {})


def _measure_to(m: Measure) -> dict[str, Any]:
    return {
        "name": m.name,
        "speaker": m.speaker,
        "value": m.value,
        "unit": m.unit,
        "n": m.n,
        "low": m.low,
        "high": m.high,
        "reason": m.reason,
        "source": m.source,
    }


def review_to(review: Review) -> dict[str, Any]:
    """A review as plain values, in the wire's order of keys."""
    conversation = review.conversation
    wire: dict[str, Any] = {
        "format": REVIEW,
        "version": review.version,
        "conversation": conversation_to(conversation),
        "kind": review.kind,
        "acts": [
            {
                "id": act_id(conversation, a),
                "turn": a.span.turn,
                "start": a.span.start,
                "end": a.span.end,
                "act": a.kind,
                "confidence": round(a.confidence, 3),
                "by": a.by,
            }
            for a in review.acts
        ],
        "moments": [_moment_to(conversation, m) for m in review.moments],
        "context": {
            c.name: {
                "depth": c.depth,
                "quotes": [_quote_to(conversation, q) for q in c.quotes],
                "brought_out_by": list(c.brought_out_by),
            }
            for c in review.context
        },
        "dials": {
            d.name: {
                "count": d.count,
                "of": d.of,
                "value": d.value,
                "low": d.low,
                "high": d.high,
                "moments": list(d.moments),
                "reason": d.reason,
                **({"beside": d.beside} if d.beside else {}),
            }
            for d in review.dials
        },
        "measures": [_measure_to(m) for m in review.measures],
        "next": [
            {"question": n.question, "quotes": [_quote_to(conversation, q) for q in n.quotes]} for n in review.next
        ],
        "notices": list(review.notices),
    }
    if review.focus is not None:
        wire["message"] = {"focus": review.focus}
    if review.unsure:
        wire["unsure"] = [_moment_to(conversation, u.moment) | {"because": u.because} for u in review.unsure]
    if review.disputes:
        wire["disputes"] = [_disputed_to(conversation, d) for d in review.disputes]
    return wire


class _WireQuote(msgspec.Struct):
    turn: int
    start: int
    end: int


class _WireAct(_WireQuote):
    act: str
    confidence: float
    by: str


class _WireMoment(msgspec.Struct):
    kind: str
    sign: Sign
    turns: list[int]
    quotes: list[_WireQuote]
    why: str
    confidence: float
    invitation: str | None = None
    by: str | None = None


class _WireUnsure(_WireMoment, kw_only=True):
    because: str


class _WireCell(msgspec.Struct):
    depth: int
    quotes: list[_WireQuote]
    brought_out_by: list[str]


class _WireDial(msgspec.Struct):
    count: int
    of: int
    moments: list[str]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None
    beside: str | None = None


class _WireNext(msgspec.Struct):
    question: str
    quotes: list[_WireQuote]


class _WireMessage(msgspec.Struct):
    focus: Focus


class _WireReview(msgspec.Struct):
    format: Literal["duologue.review/1"]
    version: str
    conversation: msgspec.Raw
    acts: list[_WireAct]
    moments: list[_WireMoment]
    kind: Kind | None = None
    context: dict[str, _WireCell] = {}
    dials: dict[str, _WireDial] = {}
    measures: list[_WireMeasure] = []
    next: list[_WireNext] = []
    notices: list[str] = []
    message: _WireMessage | None = None
    unsure: list[_WireUnsure] = []


def review_from_json(data: bytes | str) -> Review:
    """A review out of its JSON, as it stands: nothing in it is found anew.

    Its corrections (`disputes`) are applied in what it holds and are not read themselves. Raises UnreadableInput: no
    such document; a quote that does not lie in its turn, for no quote is no finding (P1).
    """
    try:
        wire = msgspec.json.decode(data, type=_WireReview)
        conversation = conversation_from(msgspec.json.decode(wire.conversation))
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableInput(
            f"this is not a {REVIEW} document: {error}", hint="`duologue review FILE -o review.json` writes one"
        ) from None

    def span(q: _WireQuote) -> Span:
        if not (0 <= q.turn < len(conversation.turns) and 0 <= q.start < q.end <= len(conversation.turns[q.turn].text)):
            raise UnreadableInput(
                f"a quote at turn {q.turn}, {q.start} to {q.end}, lies in no turn of the conversation",
                hint="Review the conversation again",
            )
        return Span(turn=q.turn, start=q.start, end=q.end)

    def moment(m: _WireMoment) -> Moment:
        if m.kind not in MOMENTS or not all(0 <= t < len(conversation.turns) for t in m.turns):
            raise UnreadableInput(f"there is a moment “{m.kind}” that this version does not know, or in no turn")
        return Moment(
            kind=m.kind,
            sign=m.sign,
            turns=tuple(m.turns),
            quotes=tuple(span(q) for q in m.quotes),
            why=m.why,
            invitation=m.invitation,
            confidence=m.confidence,
            by=m.by,
        )

    return Review(
        conversation=conversation,
        kind=wire.kind,
        acts=tuple(Act(kind=a.act, span=span(a), confidence=a.confidence, by=a.by) for a in wire.acts if a.act in ACTS),
        moments=tuple(moment(m) for m in wire.moments),
        measures=tuple(msgspec.convert(msgspec.to_builtins(m), Measure) for m in wire.measures),
        context=tuple(
            ContextCell(
                name=name,
                depth=c.depth,
                quotes=tuple(span(q) for q in c.quotes),
                brought_out_by=tuple(c.brought_out_by),
            )
            for name, c in wire.context.items()
        ),
        dials=tuple(msgspec.convert(msgspec.to_builtins(d) | {"name": name}, Dial) for name, d in wire.dials.items()),
        next=tuple(Next(question=n.question, quotes=tuple(span(q) for q in n.quotes)) for n in wire.next),
        notices=tuple(wire.notices),
        version=wire.version,
        focus=wire.message.focus if wire.message else None,
        unsure=tuple(Unsure(moment=moment(u), because=u.because) for u in wire.unsure),
    )


def _disputed_to(conversation: Conversation, d: Disputed) -> dict[str, Any]:
    said = d.dispute
    return {
        "line": said.line or None,
        "finding": said.finding,
        "verdict": said.verdict,
        "turns": list(said.turns),
        "kind": said.kind,
        "speaker": said.speaker,
        "quote": said.quote,
        "by": said.by,
        "at": said.at,
        "note": said.note,
        "about": d.about,
        "found": _pointed_to(conversation, d.found) if d.found else None,
        "found_speaker": d.found_speaker,
        "standing": d.standing,
        "applied": d.standing in ("applied", "as_found"),
        "instead": d.instead or None,
        "told_at": d.told_at or None,
        "gone": [_pointed_to(conversation, p) for p in d.gone],
        "joined": [_pointed_to(conversation, p) for p in d.joined],
        "dials": {
            c.name: {
                "before": {"count": c.before[0], "of": c.before[1]},
                "after": {"count": c.after[0], "of": c.after[1]},
            }
            for c in d.dials
        },
    }


def _pointed_to(conversation: Conversation, p: Pointed) -> dict[str, Any]:
    quotes = [_quote_to(conversation, q) for q in p.quotes]
    return {"id": p.id, "kind": p.kind, "turns": list(p.turns), "quotes": quotes}


def together_to(t: Together) -> dict[str, Any]:
    """Several talks with the same people as plain values. Talks and people are named by their place in the lists."""

    def place(p: Place | None) -> dict[str, Any] | None:
        return {"talk": p.talk, **_quote_to(t.reviews[p.talk].conversation, p.span)} if p else None

    def coming(c: Coming | None) -> dict[str, Any] | None:
        if c is None:
            return None
        said = {"how": c.how, "by": c.by, "act": c.act, "shared": list(c.shared), "refers": c.refers}
        return {**said, "quote": place(c.place)}

    return {
        "format": TOGETHER,
        "version": t.version,
        "order": t.order,
        "conversations": [
            {"name": name, "kind": r.kind, "conversation": conversation_to(r.conversation)}
            for name, r in zip(t.names, t.reviews, strict=True)
        ],
        "people": [{"name": p.name, "side": p.side, "ids": list(p.ids)} for p in t.people],
        "threads": [
            {
                "kind": x.kind,
                "by": x.by,
                "quote": place(x.place),
                "left": place(x.left),
                "came": [coming(c) for c in x.came],
                "open": x.open,
                "findable": x.findable,
                "there_later": x.there_later,
            }
            for x in t.threads
        ],
        "cold": [
            {
                "kind": x.kind,
                "moment": x.moment,
                "by": x.by,
                "before": place(x.before),
                "low": place(x.low),
                "said": [coming(c) for c in x.said],
                "there_later": x.there_later,
            }
            for x in t.cold
        ],
        "mends": [
            {"kind": m.kind, "moment": m.moment, "quotes": [place(p) for p in m.places], "came": coming(m.came)}
            for m in t.mends
        ],
        "whole": [coming(c) for c in t.whole],
        "context": {
            c.name: [
                {
                    "talk": s.talk,
                    "reached": s.reached,
                    "depth": s.depth,
                    "quotes": [place(p) for p in s.quotes],
                    "brought_out_by": list(s.brought_out_by),
                }
                for s in c.steps
            ]
            for c in t.cells
        },
        "next": [{"question": a.question, "quotes": [place(p) for p in a.places]} for a in t.next],
    }


def dumps(value: dict[str, Any], *, indent: int = 1) -> str:
    """JSON text, UTF-8 characters as they are, with a final newline."""
    return msgspec.json.format(msgspec.json.encode(value), indent=indent).decode() + "\n"


def conversation_schema() -> dict[str, Any]:
    """The JSON Schema of `duologue.conversation/1`, made from the type that reads it."""
    return msgspec.json.schema(_WireConversation)
