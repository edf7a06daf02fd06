"""One mail taken apart: its headers decoded, its words as text. Attachments are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from duologue.errors import UnreadableInput
from duologue.readers.html_text import html_text, looks_like_html
from duologue.readers.mail_body import own_words

_NOT_PARSED = (MessageError, ValueError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail. `speaker`: its sender's address; `sent`: epoch seconds; `references`: ids of the mails it answers."""

    speaker: str
    name: str
    people: frozenset[str]
    subject: str
    sent: float | None
    id: str
    references: frozenset[str]
    text: str
    quoted: bool


def mail_from(data: bytes) -> Mail:
    """One mail from its bytes, headers first. Raises UnreadableInput where it cannot be taken apart."""
    try:
        message = message_from_bytes(data)
        text = body_text(message)
    except _NOT_PARSED as error:
        raise UnreadableInput(f"this is no e-mail that can be taken apart: {error}") from None
    own = own_words(text)
    name, address = _sender(message)
    ids = _ids(_header(message, "Message-ID"))
    people = frozenset(a for h in ("From", "To", "Cc") for _, a in _addresses(message, h))
    return Mail(
        speaker=address or name,
        name=name or address,
        people=people or frozenset((address or name,)),
        subject=_header(message, "Subject"),
        sent=_sent(message),
        id=next(iter(ids), ""),
        references=frozenset(_ids(_header(message, "References")) + _ids(_header(message, "In-Reply-To"))),
        text=own.text,
        quoted=own.quoted,
    )


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    value = str(value)[:20_000]  # decoding takes its time, and no header of a real mail that matters here is longer
    raw = value.encode("ascii", "surrogateescape").decode("utf-8", "replace") if _escaped(value) else value
    try:
        decoded = str(make_header(decode_header(raw)))
    except _NOT_PARSED:
        decoded = raw
    return " ".join(decoded.encode("utf-8", "replace").decode("utf-8").split())


def _escaped(value: str) -> bool:
    try:
        value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return any("\udc80" <= c <= "\udcff" for c in value)


def _ids(value: str) -> list[str]:
    return re.findall(r"<([^<>\s]{1,400})>", value)


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    return [(n.strip(), a.strip().lower()) for n, a in getaddresses([_header(message, name)]) if a or n]


def _sender(message: Message) -> tuple[str, str]:
    """Name as displayed and address; either may be empty. A typed header "From: Ana" has no address."""
    for header in ("From", "Sender", "Reply-To", "Return-Path"):
        raw = _header(message, header)
        for name, address in _addresses(message, header):
            if "@" in address:
                return name, address
        if raw:
            return raw.strip('"<> '), ""
    return "", ""


def _sent(message: Message) -> float | None:
    for header in ("Date", "Sent"):
        raw = _header(message, header)
        try:
            return parsedate_to_datetime(raw).timestamp() if raw else None
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def body_text(message: Message) -> str:
    """The words of a mail: its plain text, else its HTML as text. Attachments and forwarded mails are left out."""
    plain, rich = _texts(message)
    return plain if plain.strip() else html_text(rich)


def _texts(part: Message) -> tuple[str, str]:
    if part.get_content_disposition() == "attachment" or part.get_content_maintype() == "message":
        return "", ""
    if part.is_multipart():
        found = [_texts(p) for p in part.get_payload() if isinstance(p, Message)]
        return "\n".join(p for p, _ in found if p.strip()), "\n".join(r for _, r in found if r.strip())
    kind = part.get_content_type()
    if kind not in ("text/plain", "text/html") and part.get_content_maintype() != "text":
        return "", ""
    text = _decoded(part)
    if kind == "text/html" or (kind == "text/plain" and looks_like_html(text)):
        return "", text
    return (_reflowed(text) if part.get_param("format") == "flowed" else text), ""


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")
    charset = part.get_content_charset() or "utf-8"
    for encoding in (charset if charset != "us-ascii" else "utf-8", "utf-8"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _reflowed(text: str) -> str:
    """`format=flowed` (RFC 3676): a line that ends in a space goes on in the next."""
    return re.sub(r"(?m)(?<!^--) \n(?![ >]|-- $)", " ", text)
