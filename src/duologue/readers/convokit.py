"""ConvoKit: utterances as JSON Lines, or a corpus (folder or zip) with its speakers and conversations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from duologue.clock import epoch, iso
from duologue.errors import NoConversation, UnreadableInput
from duologue.model import SIDES, Conversation, Side
from duologue.readers import archive
from duologue.readers.archive import Archive
from duologue.readers.base import ReadOptions, Source, Sure, decode
from duologue.readers.build import Segment, conversation
from duologue.readers.choice import choose
from duologue.wire import CONVERSATION, CONVOKIT_HEADER, CONVOKIT_TURN, conversation_from

_FILES = ("utterances.jsonl", "utterances.json")


class ConvoKit:
    name = "convokit"
    label = "ConvoKit utterances (.jsonl) or corpus (folder or zip; --channel names a conversation)"
    extensions = ("jsonl", "zip")

    def sniff(self, source: Source) -> Sure:
        if archive.is_archive(source):
            held = any(n.rpartition("/")[2] in _FILES for n in archive.names(source))
            return Sure.YES if held else Sure.NO
        return Sure.YES if _is_utterance(_first(source)) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        speakers: dict[str, Any] = {}
        if archive.is_archive(source):
            corpus = Archive(source)
            path = min((n for n in corpus.names if n.rpartition("/")[2] in _FILES), key=len, default=None)
            if path is None:
                raise UnreadableInput("this holds no utterances.jsonl", hint="Give the folder of a ConvoKit corpus")
            text = decode(corpus.read(path)) or ""
            folder = path[: -len(path.rpartition("/")[2])]
            held = next((folder + n for n in ("speakers.json", "users.json") if folder + n in corpus.names), None)
            listed = corpus.json(held) if held else {}
            speakers = listed if isinstance(listed, dict) else {}
        else:
            text = source.text or ""
        return _conversation(_utterances(text), speakers, options.channel)


def _first(source: Source) -> Any:
    """The first utterance of JSON Lines or of a JSON list; None where the text is neither."""
    text = source.text
    if not text or text.lstrip()[:1] not in ("{", "["):
        return None
    line = text.lstrip().split("\n", 1)[0]
    if line.startswith("{") and line.rstrip().endswith("}"):
        try:
            return Source(data=line.encode("utf-8", "replace")).json
        except UnreadableInput:
            return None
    value = source.json
    return value[0] if isinstance(value, list) and value else value


def _is_utterance(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("text"), str)
        and ("conversation_id" in value or "root" in value)
        and ("speaker" in value or "user" in value)
    )


def _utterances(text: str) -> list[dict[str, Any]]:
    if text.lstrip().startswith("["):
        found = Source(data=text.encode("utf-8", "replace")).json
        return [u for u in found or () if _is_utterance(u)]
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = Source(data=line.encode("utf-8", "replace")).json
        except UnreadableInput as error:
            raise UnreadableInput(f"line {number}: {error.what}") from None
        if not _is_utterance(value):
            raise UnreadableInput(f"line {number} is no utterance (it needs text, speaker and conversation_id)")
        found.append(value)
    return found


def _conversation(utterances: list[dict[str, Any]], speakers: dict[str, Any], wanted: str | None) -> Conversation:
    if not utterances:
        raise NoConversation("there are no utterances in it")
    grouped: dict[str, list[dict[str, Any]]] = {}
    for u in utterances:
        grouped.setdefault(str(u.get("conversation_id", u.get("root"))), []).append(u)
    counts = {key: len(us) for key, us in grouped.items()}
    key = next(iter(grouped)) if len(grouped) == 1 else choose(
        counts, wanted, what="conversation", of="corpus", unit="utterances"
    )  # fmt: skip
    said = grouped[key]
    return _ours(said) or _theirs(key, said, speakers)


def _ours(utterances: list[dict[str, Any]]) -> Conversation | None:
    """A conversation that our own writer wrote, as it was; None where it is another's."""
    metas = [u["meta"] if isinstance(u.get("meta"), dict) else {} for u in utterances]
    header = metas[0].get(CONVOKIT_HEADER)
    if not isinstance(header, dict):
        return None
    turns = [
        {**m.get(CONVOKIT_TURN, {}), "speaker": u.get("speaker"), "text": u["text"]}
        for u, m in zip(utterances, metas, strict=True)
        if isinstance(m.get(CONVOKIT_TURN, {}), dict)
    ]
    return conversation_from({**header, "format": CONVERSATION, "turns": turns})


def _theirs(key: str, utterances: list[dict[str, Any]], speakers: dict[str, Any]) -> Conversation:
    times = [epoch(u.get("timestamp")) for u in utterances]
    if all(t is not None for t in times):
        order = sorted(range(len(times)), key=lambda i: times[i] or 0.0)
        utterances, times = [utterances[i] for i in order], [times[i] for i in order]
    # A time of day is given as epoch seconds; smaller numbers count from the start of the conversation.
    first = next((t for t in times if t is not None), None)
    wall = first is not None and first > 1e8
    zero = (first or 0.0) if wall else 0.0
    keys = [_speaker(u) for u in utterances]
    names, sides = _about(dict.fromkeys(keys), speakers, utterances)
    return conversation(
        [
            Segment(speaker=k, text=u["text"], start=t - zero if t is not None else None)
            for k, u, t in zip(keys, utterances, times, strict=True)
        ],
        source="convokit",
        names=names,
        sides=sides,
        id=key if key != "None" else None,
        started_at=iso(first) if wall else None,
        merge=False,
        estimate=False,
    )


def _speaker(u: dict[str, Any]) -> str:
    value = u.get("speaker", u.get("user"))
    if isinstance(value, dict):
        value = value.get("id", value.get("name"))
    return "" if value is None else str(value)


def _about(
    keys: Iterable[str], speakers: dict[str, Any], utterances: list[dict[str, Any]]
) -> tuple[dict[str, str], dict[str, Side]]:
    """Names and sides that the corpus keeps under a speaker's meta."""
    names: dict[str, str] = {}
    sides: dict[str, Side] = {}
    inline = {_speaker(u): u["speaker"] for u in utterances if isinstance(u.get("speaker"), dict)}
    for key in keys:
        entry = speakers.get(key, inline.get(key))
        meta = entry.get("meta", entry) if isinstance(entry, dict) else None
        if not isinstance(meta, dict):
            continue
        name = next((meta[k] for k in ("display_name", "name", "screen_name") if isinstance(meta.get(k), str)), None)
        if name:
            names[key] = name
        for side in SIDES:
            if meta.get("side") == side:
                sides[key] = side
    return names, sides
