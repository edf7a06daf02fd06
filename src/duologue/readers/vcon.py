"""vCon (IETF drafts, 0.0.x to 0.4): parties, dialogs and analyses of one conversation in a JSON container.

Words come from text dialogs (chat, e-mail) and from analyses of recordings. Signed ones (JWS) are opened, their
signature is not checked; encrypted ones (JWE) are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from duologue.clock import epoch, iso
from duologue.errors import NoConversation, UnreadableInput
from duologue.model import Conversation
from duologue.readers import _json as js
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation
from duologue.readers.choice import choose
from duologue.readers.html_text import html_text, looks_like_html
from duologue.readers.mail_body import has_quote, own_words
from duologue.readers.vcon_transcript import Party, Spoken, body_of, spoken
from duologue.wire import CONVERSATION, conversation_from

_TRANSCRIPT = re.compile(r"transcri|diari[sz]|caption|subtitle|^wtf", re.IGNORECASE)
_KEYS = ("parties", "dialog", "analysis", "attachments", "uuid", "subject", "created_at", "text")


class VCon:
    name = "vcon"
    label = "vCon container (0.0.x to 0.4; also signed)"
    extensions = ("vcon", "json")

    def sniff(self, source: Source) -> Sure:
        return Sure.YES if any(True for _ in _containers(source)) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        found = list(_containers(source))
        if not found:
            raise UnreadableInput("this is no vCon")
        opened = [_opened(value) for value in found]
        said = ["The vCon is signed; its signature was not checked."] if opened[0] is not found[0] else []
        if len(opened) == 1:
            return _conversation(opened[0], said)
        keyed = {str(v.get("uuid") or i): v for i, v in enumerate(opened)}
        counts = {key: len(js.members(v.get("dialog"))) for key, v in keyed.items()}
        titles = {key: str(v["subject"]) for key, v in keyed.items() if v.get("subject")}
        return _conversation(
            keyed[choose(counts, options.channel, what="vCon", of="file", unit="dialogs", titles=titles)], said
        )


def _containers(source: Source) -> list[dict[str, Any]]:
    for view in source.views():
        values = [v for v in (view if isinstance(view, list) else [view]) if _is_container(v)]
        if values:
            return values
    return []


def _is_container(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("vcon"), str | int | float) and any(key in value for key in _KEYS):
        return True
    encrypted = isinstance(value.get("ciphertext"), str) and ("recipients" in value or "protected" in value)
    return encrypted or (isinstance(value.get("payload"), str) and isinstance(value.get("signatures"), list))


def _opened(value: dict[str, Any]) -> dict[str, Any]:
    """The container itself: as it is, or out of its signature. Raises UnreadableInput where it is encrypted."""
    for _ in range(4):  # a signed vCon may be signed again
        if "ciphertext" in value:
            raise UnreadableInput(
                "this vCon is encrypted, so that its words cannot be read",
                hint="Decrypt it first with the key of one of its recipients, then give the result",
            )
        if "vcon" in value:
            return value
        inner = body_of({"body": value.get("payload"), "encoding": "base64url"})
        if not isinstance(inner, dict):
            break
        value = inner
    raise UnreadableInput("this is signed (JWS), and what it signs is no vCon")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one dialog brings. `began`: epoch of its start. `mail`: whether it is an e-mail."""

    began: float | None
    segments: tuple[Segment, ...]
    transcript: Spoken | None = None
    mail: bool = False


def _conversation(vcon: dict[str, Any], said: list[str]) -> Conversation:
    analyses = js.members(vcon.get("analysis"))
    for analysis in analyses:
        body = body_of(analysis) if analysis.get("schema") == CONVERSATION else None
        if isinstance(body, dict):
            return conversation_from(body)
    parties = _parties(vcon)
    dialogs = js.members(vcon.get("dialog"))
    transcripts = _transcripts(analyses + js.members(vcon.get("attachments")), dialogs, parties)
    parts = [_part(i, d, parties, transcripts.get(i)) for i, d in enumerate(dialogs)]
    if -1 in transcripts and not any(p.segments for p in parts):  # an analysis that names no dialog
        began = next((p.began for p in parts if p.began is not None), None)
        parts.append(_Part(began=began, segments=transcripts[-1].segments, transcript=transcripts[-1]))
    parts = [p for p in parts if p.segments]
    if not parts:
        raise _wordless(dialogs)
    if all(p.began is not None for p in parts):
        parts.sort(key=lambda p: p.began or 0.0)  # the drafts do not promise that dialogs stand in order of time
    return _joined(vcon, parts, parties, said + _about(vcon, analyses, dialogs, parties, parts))


def _joined(vcon: dict[str, Any], parts: list[_Part], parties: tuple[Party, ...], said: list[str]) -> Conversation:
    zero = next((p.began for p in parts if p.began is not None), None)
    segments = [
        _moved(s, p.began - zero if p.began is not None and zero is not None else None)
        for p in parts
        for s in p.segments
    ]
    heard = [p.transcript for p in parts if p.transcript is not None]
    names = {p.key: p.name for p in parties}
    sides = {p.key: p.side for p in parties}
    for transcript in heard:
        names = {**transcript.names, **names}
        sides = {**transcript.sides, **sides}
        said = said + list(transcript.notices)
    speaking = {s.speaker for s in segments}
    all_known = speaking <= {p.key for p in parties}
    return conversation(
        segments,
        source="vcon",
        names=names,
        sides=sides,
        silent=[p.key for p in parties if p.key not in speaking] if all_known else (),
        id=str(vcon["uuid"]) if vcon.get("uuid") else None,
        kind="message" if len(parts) == 1 and parts[0].mail else None,
        started_at=iso(zero),
        language=next((t.language for t in heard if t.language), None),
        merge=bool(heard),
        estimate=bool(heard),
        notices=said,
        separate_channels=len(heard) == len(parts) and all(t.separate_channels for t in heard),
    )


def _moved(s: Segment, by: float | None) -> Segment:
    """A segment on the time line of the whole; without times where its dialog's place there is not known."""
    if not by:
        return s if by == 0 or by is None else replace(s, start=None, end=None)
    words = tuple(
        replace(w, start=w.start + by if w.start is not None else None, end=w.end + by if w.end is not None else None)
        for w in s.words
    )
    start, end = (t + by if t is not None else None for t in (s.start, s.end))
    return replace(s, start=start, end=end, words=words)


def _parties(vcon: Mapping[str, Any]) -> tuple[Party, ...]:
    parties: list[Party] = []
    listed = vcon.get("parties")
    for i, value in enumerate(listed if isinstance(listed, list) else ()):
        p = value if isinstance(value, dict) else {}
        tel, mailto = (js.text(p.get(k)).partition(":")[2] or js.text(p.get(k)) for k in ("tel", "mailto"))
        name = js.text(p.get("name")) or mailto or tel or js.text(p.get("sip")) or f"Party {i + 1}"
        key = mailto or tel or js.text(p.get("name")) or f"party-{i}"
        if any(key == other.key for other in parties):
            key = f"{key} ({i})"
        role = js.pick(p, "role") or js.inside(p, "meta").get("role")
        parties.append(Party(key=key, name=name, side=js.side(role)))
    return tuple(parties)


def _index(value: Any) -> int | None:
    """The first index in an index, a list of them, or a list of lists (a list a channel)."""
    while isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _transcripts(
    holders: list[dict[str, Any]], dialogs: list[dict[str, Any]], parties: tuple[Party, ...]
) -> dict[int, Spoken]:
    """Dialog → the transcript that tells most voices apart, unredacted before redacted; -1 for one of no dialog."""
    found: dict[int, tuple[tuple[bool, bool, bool], Spoken]] = {}
    recordings = [i for i, d in enumerate(dialogs) if d.get("type") != "text"]
    for holder in holders:
        kind = str(holder.get("type") or holder.get("purpose") or "")
        if not _TRANSCRIPT.search(kind) and not _TRANSCRIPT.search(str(holder.get("purpose") or "")):
            continue
        index = _index(holder.get("dialog"))
        if index is None or index >= len(dialogs):
            index = recordings[0] if len(recordings) == 1 else -1
        began = _start(dialogs[index]) if 0 <= index < len(dialogs) else None
        made = spoken(holder, parties, began)
        if made is None:
            continue
        rank = (made.voices > 1, "redact" not in kind, any(s.start is not None for s in made.segments))
        if index not in found or rank > found[index][0]:
            found[index] = rank, made
    return {index: made for index, (_, made) in found.items()}


def _start(dialog: Mapping[str, Any]) -> float | None:
    return epoch(dialog.get("start"))


def _part(index: int, dialog: dict[str, Any], parties: tuple[Party, ...], transcript: Spoken | None) -> _Part:
    began = _start(dialog)
    if dialog.get("type") == "text" or (transcript is None and _is_text(dialog)):
        text, mail = _message(dialog)
        own = _index(dialog.get("originator"))
        party = own if own is not None else _index(dialog.get("parties"))
        key = parties[party].key if party is not None and party < len(parties) else ""
        segments = (Segment(speaker=key, text=text, start=0.0 if began is not None else None),) if text else ()
        return _Part(began=began, segments=segments, mail=mail)
    return _Part(began=began, segments=transcript.segments if transcript else (), transcript=transcript)


def _media(dialog: dict[str, Any]) -> str:
    return js.text(js.pick(dialog, "mediatype", "mimetype")).lower()


def _is_text(dialog: dict[str, Any]) -> bool:
    return dialog.get("body") is not None and _media(dialog).startswith(("text/", "message/"))


def _message(dialog: dict[str, Any]) -> tuple[str, bool]:
    """The words of a text dialog, and whether it is an e-mail (then without what it quotes)."""
    body, media = body_of(dialog), _media(dialog)
    if isinstance(body, dict):
        body = js.pick(body, "text", "body", "content", "message")
    if not isinstance(body, str) or media.startswith(("audio/", "video/", "image/")):
        return "", False
    if media.startswith(("message/rfc822", "multipart/")):
        from duologue.readers.mail import mail_from  # the standard library's mail parser is slow to load

        head = "" if media.startswith("message/") else f"Content-Type: {js.pick(dialog, 'mediatype', 'mimetype')}\n\n"
        return mail_from((head + body).encode("utf-8", "replace")).text, True
    text = html_text(body) if media.startswith("text/html") or (not media and looks_like_html(body)) else body
    mail = bool(dialog.get("message_id")) or js.text(dialog.get("application")).lower() in ("email", "e-mail", "mail")
    return (own_words(text).text if mail or has_quote(text) else text.strip()), mail


def _about(
    vcon: Mapping[str, Any],
    analyses: list[dict[str, Any]],
    dialogs: list[dict[str, Any]],
    parties: tuple[Party, ...],
    parts: list[_Part],
) -> list[str]:
    """What the user has to know about this container."""
    said: list[str] = []
    redacted = js.inside(vcon, "redacted")
    if redacted or any("redact" in str(a.get("type") or "") for a in analyses):
        how = js.text(redacted.get("type"))
        said.append(
            f"Words were taken out of this vCon before you got it{f' ({how})' if how else ''}: gaps are not silence."
        )
    keys = {p.key for p in parties}
    labels = {s.speaker for p in parts for s in p.segments if s.speaker} - keys
    if labels and parties:
        listed = ", ".join(p.name for p in parties[:6])
        said.append(f"The transcript tells voices apart without saying whose they are; the vCon names {listed}.")
    untold = sum(1 for d in dialogs if d.get("type") in ("recording", "text", "audio", "video")) - len(parts)
    if untold > 0:
        said.append(f"The vCon holds {untold} more dialog{'s' * (untold > 1)} without words that can be read here.")
    return said


def _wordless(dialogs: list[dict[str, Any]]) -> NoConversation:
    recordings = [d for d in dialogs if d.get("type") != "text"]
    urls = [d["url"] for d in dialogs if isinstance(d.get("url"), str)]
    if urls:
        what = "points at a recording" if recordings else "points at its text elsewhere"
        return NoConversation(
            f"this vCon holds no words: it only {what} ({urls[0][:200]})",
            hint="Transcribe the recording first, and give the transcript" if recordings else "Fetch it, and give that",
        )
    if any(d.get("body") for d in recordings) or any(d.get("type") == "recording" for d in recordings):
        return NoConversation(
            "this vCon holds a recording and no words", hint="Transcribe the recording first, and give the transcript"
        )
    return NoConversation("this vCon holds no dialog with words")
