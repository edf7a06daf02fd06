"""Amazon Transcribe Call Analytics and Amazon Connect Contact Lens: `Transcript`, a list of turns with roles.

A turn is {ParticipantRole or ParticipantId, Content, BeginOffsetMillis, EndOffsetMillis, Items}. Turns that follow
each other are merged and their own times kept as pieces, so that talk time is their sum. The file's own TalkTime is
reported beside.
"""

from __future__ import annotations

from duologue.model import Conversation, Measure, Side, Word
from duologue.readers._json import (
    JsonObject,
    found,
    inside,
    label,
    members,
    milliseconds,
    moment,
    objects,
    pick,
    side,
    started,
    text,
    word,
)
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation

_TALK_TIME = "Amazon Transcribe Call Analytics: TalkTime, its maker's own definition"


class AwsCallAnalytics:
    name = "aws-call-analytics"
    label = "Amazon Transcribe Call Analytics, Amazon Connect Contact Lens (JSON)"
    extensions = ("json",)

    def sniff(self, source: Source) -> Sure:
        return Sure.NO if _call(source) is None else Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        call = found(_call(source), self.label)
        turns = _turns(call)
        people = _people(call)
        names: dict[str, str] = {}
        sides: dict[str, Side] = {}
        for o in [*turns, *members(call.get("Participants"))]:
            key, role = _key(o, people), _role(o, people)
            names[key] = text(o.get("DisplayName")) or names.get(key) or role or key
            sides[key] = side(role)
        speaking = {_key(t, people) for t in turns if _said(t)}
        chat = bool(turns) and all(t.get("BeginOffsetMillis") is None and t.get("AbsoluteTime") for t in turns)
        return conversation(
            _segments(turns, people, chat),
            source=self.name,
            names=names,
            sides=sides,
            silent=[key for key in names if key and key not in speaking],
            id=label(pick(call, "JobName", "ContactId") or inside(call, "CustomerMetadata").get("ContactId")) or None,
            started_at=started(*(t.get("AbsoluteTime") for t in turns[:1])),
            language=text(call.get("LanguageCode")) or None,
            merge=not chat,
            estimate=not chat,
            # Both services take only recordings with a participant on each channel.
            separate_channels=not chat and len(speaking) > 1,
            reported=_reported(call, people, {key for key in names if key}),
        )


def _people(call: JsonObject) -> dict[str, str]:
    """Participant id → role, from the file's list of participants."""
    return {label(p.get("ParticipantId")): text(p.get("ParticipantRole")) for p in members(call.get("Participants"))}


def _role(o: JsonObject, people: dict[str, str]) -> str:
    id = label(o.get("ParticipantId"))
    return text(o.get("ParticipantRole")) or people.get(id) or (id if side(id) != "unknown" else "")


def _key(o: JsonObject, people: dict[str, str]) -> str:
    """Which speaker this is: the role where one person has it, else the participant's id."""
    id, role = label(o.get("ParticipantId")), _role(o, people)
    shared = sum(r == role for r in people.values()) > 1
    return id if id and (not role or shared) else role


def _call(source: Source) -> JsonObject | None:
    return next((o for o in objects(source) if _is_call(o)), None)


def _is_call(o: JsonObject) -> bool:
    if any(_is_turn(t) for t in _turns(o)):
        return True
    return o.get("Transcript") == [] and bool({"ConversationCharacteristics", "Participants", "JobName"} & o.keys())


def _is_turn(t: JsonObject) -> bool:
    return bool({"ParticipantRole", "ParticipantId"} & t.keys()) and bool({"Content", "Items"} & t.keys())


def _turns(call: JsonObject) -> list[JsonObject]:
    """The turns of a finished analysis, or of the segments of one in real time."""
    live = [inside(s, "Transcript") or inside(s, "Utterance") for s in members(call.get("Segments"))]
    return members(call.get("Transcript")) or [s for s in live if s]


def _words(t: JsonObject) -> list[tuple[str, Word]]:
    """Each word with how it is shown: with the punctuation that follows it."""
    heard: list[tuple[str, Word]] = []
    for i in members(t.get("Items")):
        times = milliseconds(i.get("BeginOffsetMillis")), milliseconds(i.get("EndOffsetMillis"))
        w = word(i, texts=("Content",), start=times[0], end=times[1], sure=i.get("Confidence"))
        if w is None:
            continue
        if text(i.get("Type")) == "punctuation":
            heard[-1:] = [(heard[-1][0] + w.text, heard[-1][1])] if heard else []
        else:
            heard.append((w.text, w))
    return heard


def _said(t: JsonObject) -> str:
    return text(t.get("Content")) or " ".join(shown for shown, _ in _words(t))


def _segments(turns: list[JsonObject], people: dict[str, str], chat: bool) -> list[Segment]:
    first = min((at for t in turns if (at := moment(t.get("AbsoluteTime")))), default=None) if chat else None

    def begin(t: JsonObject) -> float | None:
        at = moment(t.get("AbsoluteTime")) if first else None
        return (at - first).total_seconds() if at and first else milliseconds(t.get("BeginOffsetMillis"))

    return [
        Segment(
            speaker=_key(t, people),
            text=_said(t),
            start=begin(t),
            end=milliseconds(t.get("EndOffsetMillis")),
            words=tuple(w for _, w in _words(t)),
        )
        for t in turns
    ]


def _reported(call: JsonObject, people: dict[str, str], known: set[str]) -> list[Measure]:
    details = inside(call, "ConversationCharacteristics", "TalkTime", "DetailsByParticipant")
    measures = []
    for who, figures in details.items():
        took = milliseconds(figures.get("TotalTimeMillis")) if isinstance(figures, dict) else None
        key = who if who in known else _key({"ParticipantId": who}, people)
        if took is not None and key in known:
            measures.append(Measure(name="talk_time", value=took, unit="s", speaker=key, source=_TALK_TIME))
    return measures
