"""E-mail: .eml and .mbox, texts that begin with mail headers, and bare texts with a quoted reply.

One mail is a message of one turn; a thread has a turn a mail, by date. What a mail quotes is left out: it was said in
another mail, and who said it is a guess.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from duologue.clock import iso
from duologue.errors import NoConversation, UnreadableInput
from duologue.model import Conversation
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment, conversation
from duologue.readers.choice import choose, counted
from duologue.readers.mail_body import has_quote, own_words

if TYPE_CHECKING:
    from duologue.readers.mail import Mail

_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,40})[ \t]*:(.*)")
_NAMED = frozenset(
    """from to subject date cc bcc sent received return-path message-id delivered-to mime-version reply-to in-reply-to
    references content-type sender importance envelope-to dkim-signature authentication-results""".split()  # noqa: SIM905
)
_MBOX = re.compile(rb"^From \S+.{0,60}\d\d:\d\d.{0,40}$", re.MULTILINE)
_CHAT = re.compile(r"\s*(?:\[|\d{1,4}[./:-]\d|WEBVTT|-->|<)")
_REPLY_PREFIX = re.compile(r"\s*(?:(?:re|aw|sv|antw|fwd?|wg|tr|rv|vs|odp)(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)


class Email:
    name = "email"
    label = "E-mail (.eml, .mbox, or the text of one)"
    extensions = ("eml", "mbox", "mbx", "msg", "txt")

    def sniff(self, source: Source) -> Sure:
        if source.path is not None or source.data.startswith(b"PK"):
            return Sure.NO
        text = source.text
        if text is None:
            return Sure.NO
        if _MBOX.match(text.lstrip("\n")[:500].encode("utf-8", "replace")) or _has_headers(text):
            return Sure.YES
        if _CHAT.match(text) or not has_quote(text):
            # "-- " on a line of its own is how mail marks a signature, and nothing else does.
            return Sure.YES if "\n-- \n" in text and not _CHAT.match(text) else Sure.NO
        return Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        from duologue.readers.mail import mail_from  # the standard library's mail parser is slow to load

        if source.path is not None or source.text is None:
            raise UnreadableInput("this is no e-mail as text", hint="Save the mail as .eml or .mbox, or as plain text")
        data = source.data if b"\x00" not in source.data[:4096] else source.text.encode("utf-8")
        data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n")
        if _MBOX.match(data):
            return _thread([mail_from(part) for part in _split(data)], options.channel)
        if _has_headers(source.text):
            return _single(mail_from(data))
        return _bare(source.text)


def _has_headers(text: str) -> bool:
    """Whether a text opens with mail headers: two known ones, one of them From, To or Subject; or a Subject alone."""
    seen: list[str] = []
    known: list[str] = []
    for line in text.lstrip("\n").split("\n", 200)[:200]:
        match = _HEADER_LINE.match(line)
        if match:
            seen.append(match[1].lower())
            known += [seen[-1]] if seen[-1] in _NAMED else []
            if seen[-1] not in _NAMED and not known:
                return False
        elif not (line[:1] in " \t" and line.strip() and seen):
            ended = not line.strip()
            break
    else:
        ended = True
    if seen == ["subject"]:
        return ended
    main = {"from", "to", "subject"} & set(known)
    return (
        len(set(known)) >= 2 and bool(main) and len(known) == len(set(known) - {"received"}) + known.count("received")
    )


def _split(data: bytes) -> list[bytes]:
    """The mails of an mbox; a line "From …" within a body was written as ">From …"."""
    found = (m.start() for m in _MBOX.finditer(data))
    starts = [at for at in found if at == 0 or data[max(0, at - 2) : at] == b"\n\n"]
    parts = [data[a:b] for a, b in zip(starts, [*starts[1:], len(data)], strict=True)]
    return [re.sub(rb"^>(>*From )", rb"\1", p.partition(b"\n")[2], flags=re.MULTILINE) for p in parts]


def _single(mail: Mail) -> Conversation:
    if not mail.text:
        raise NoConversation(
            "the mail holds no words of its sender's own" + (", only quoted ones" if mail.quoted else ""),
            hint="Give the mail in which they were written",
        )
    said = (
        ["The mail that it answers is quoted in it and left out; a thread as .mbox shows both sides."]
        if mail.quoted
        else []
    )
    return _built([mail], kind_message=True, notices=said, id=mail.id)


def _bare(text: str) -> Conversation:
    from duologue.readers.mail import Mail

    own = own_words(text)
    mail = Mail(
        speaker="sender", name="Unknown sender", people=frozenset(), subject="", sent=None, id="",
        references=frozenset(), text=own.text, quoted=own.quoted,
    )  # fmt: skip
    made = _single(mail)
    return replace(made, notices=("The text does not say who wrote it.", *made.notices))


def _thread(mails: list[Mail], wanted: str | None) -> Conversation:
    unique = list({m.id or f"#{i}": m for i, m in enumerate(mails)}.values())
    threads = _threads(unique)
    if len(threads) > 1:
        counts = {subject: len(ms) for subject, ms in threads.items()}
        mails = threads[choose(counts, wanted, what="thread", of="mailbox", unit="mails")]
    else:
        mails = unique
    mails = [m for m in _by_date(mails) if m.text]
    if not mails:
        raise NoConversation("the mails in it hold no words of their senders' own")
    if len(mails) == 1:
        return _single(mails[0])
    quoted = sum(m.quoted for m in mails)
    said = (
        [f"What {counted(quoted, 'mail').rsplit(' ', 1)[0]} quoting from earlier ones is left out."] if quoted else []
    )
    return _built(mails, kind_message=False, notices=said)


def _by_date(mails: list[Mail]) -> list[Mail]:
    """By date; a mail without one stays behind the one that it follows in the file."""
    last = float("-inf")
    keyed = []
    for m in mails:
        last = m.sent if m.sent is not None else last
        keyed.append((last, m))
    return [m for _, m in sorted(keyed, key=lambda pair: pair[0])]


def _threads(mails: list[Mail]) -> dict[str, list[Mail]]:
    """Subject → mails that answer each other: by their references, else by subject; the same people talk on."""
    group_of: dict[str, int] = {}
    groups: dict[int, list[Mail]] = {}
    for i, m in enumerate(mails):
        subject = _REPLY_PREFIX.sub("", m.subject).strip().casefold()
        keys = [f"id:{k}" for k in (m.id, *m.references) if k] + ([f"subject:{subject}"] if subject else [])
        joined = sorted({group_of[k] for k in keys if k in group_of})
        home = joined[0] if joined else i
        groups.setdefault(home, []).append(m)
        for other in joined[1:]:
            groups[home] += groups.pop(other)
        for key, group in list(group_of.items()) if joined[1:] else ():
            if group in joined:
                group_of[key] = home
        group_of.update(dict.fromkeys(keys, home))
    people = {frozenset(p for m in ms for p in m.people) for ms in groups.values()}
    if len(people) == 1:
        return {"": mails}
    named: dict[str, list[Mail]] = {}
    for ms in groups.values():
        subject = _REPLY_PREFIX.sub("", ms[0].subject).strip() or "(no subject)"
        named[subject if subject not in named else f"{subject} ({len(named) + 1})"] = ms
    return named


def _built(mails: list[Mail], *, kind_message: bool, notices: list[str], id: str = "") -> Conversation:
    first = next((m.sent for m in mails if m.sent is not None), None)
    return conversation(
        [
            Segment(
                speaker=m.speaker,
                text=m.text,
                start=m.sent - first if m.sent is not None and first is not None else None,
            )
            for m in mails
        ],
        source="email",
        names={m.speaker: m.name for m in reversed(mails)},
        id=id or None,
        kind="message" if kind_message else None,
        started_at=iso(first),
        merge=False,
        estimate=False,
        notices=notices,
    )
