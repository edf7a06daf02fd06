"""WhatsApp's exported chat (_chat.txt, “WhatsApp Chat with ….txt”), from Android and from iPhones, in any locale.

Every message begins with a stamp; lines without one go on with the message before. Day and month are told apart over
the whole file. A line with a stamp and without a sender is the system's, in whatever language it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

from duologue.errors import NoConversation, UnreadableInput
from duologue.model import Conversation
from duologue.readers import build, names
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment

# Marks of direction, which iPhones put before what is no text of the sender's, and the spaces of some locales.
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " "})
_ORDERS = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}  # where year, month and day stand


@cache
def _re(name: str) -> re.Pattern[str]:
    half = r"(?:[ap]\.?\s?m\.?|[上下]午|午[前後后]|오[전후]|[πμ]\.?μ\.?|[öÖ][öÖsS]|[صم]|π\.μ\.|μ\.μ\.|पूर्वाह्न|अपराह्न)"
    day = r"(\d{1,4})(?:\s?[./\-]\s?)(\d{1,2})(?:\s?[./\-]\s?)(\d{1,4})\.?"
    return re.compile(
        {
            # “klo”, “às”, “um”: some locales put a word between the day and the time.
            "stamp": rf"(\[)?{day},?\s+(?:(?:klo|at|um|à|às|a las|le|kl\.?)\s+)?({half}\s?)?"
            rf"(\d{{1,2}})[:.h](\d{{2}})(?:[:.](\d{{2}}))?(?:\s?({half}))?(?(1)\]\s?|\s?(?:-|–|:)\s)(.*)$",
            "sender": r"([^:]{1,100}?):(?:\s(.*)|([^\s/\d].*)|)$",
            "media": r"<[^<>]{3,60}>$|null$"
            r"|(?:image|video|audio|sticker|GIF|document|contact card|photo|voice message) omitted$"
            r"|(?:Bild|Video|Audio|Sticker|GIF|Dokument|Kontaktkarte) weggelassen$",
            # Said in the name of a group or of the other, by every version and in many languages.
            "encrypted": r"\W*\w.{0,80}"
            r"(?:end-to-end|ende-zu-ende|extremo a extremo|bout en bout|ponta a ponta"
            r"|сквозн|uçtan uca|端到端|エンドツーエンド|종단간)",
            "attached": r"\S{1,120}\.\w{2,5}\s\([^()]{4,40}\)(?:\n|$)|<[^<>:]{3,30}:\s?[^<>]{3,120}>\s?",
            "deleted": r"(?:this message was deleted|you deleted this message|this message was deleted by admin .*"
            r"|diese nachricht wurde gelöscht|du hast diese nachricht gelöscht|(?:se )?eliminó este mensaje"
            r"|eliminaste este mensaje|esta mensagem foi apagada|mensagem apagada|você apagou esta mensagem"
            r"|ce message a été supprimé|vous avez supprimé ce message|questo messaggio è stato eliminato"
            r"|dit bericht is verwijderd|missed (?:voice|video|group).{0,20} call.*|waiting for this message.*)\.?$",
            "edited": r"\s*<[^<>]{0,40}(?:edited|bearbeitet|editad[oa]|modifi|bewerkt|edytowan|изменен)"
            r"[^<>]{0,20}>\s*$",
        }[name],
        re.IGNORECASE if name != "sender" else 0,
    )


@dataclass(slots=True)
class _Line:
    """One stamped line with the lines that go on with it. `marked`: an iPhone's mark stands before the text."""

    day: tuple[int, int, int]
    time: tuple[int, int, int]
    half: bool
    rest: list[str]
    marked: bool


class WhatsApp:
    name = "whatsapp"
    label = "WhatsApp chat export (.txt)"
    extensions = ("txt",)

    def sniff(self, source: Source) -> Sure:
        if source.path is not None or source.text is None:
            return Sure.NO
        lines = [line for line in source.text[:8000].split("\n")[:60] if line.strip()]
        if not lines or _stamped(lines[0]) is None:
            return Sure.NO
        return Sure.YES

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        if source.text is None:
            raise UnreadableInput("this is binary, and a WhatsApp export is text")
        lines = _lines(source.text)
        if not lines:
            raise UnreadableInput("there is no line with a WhatsApp stamp in it", hint="Is this “_chat.txt”?")
        order, notices = _order(lines)
        return _conversation(lines, order, notices)


def _stamped(line: str) -> _Line | None:
    """A line that begins with a stamp, else None."""
    head = line[:60].translate(_MARKS).lstrip()
    if not head[:1].isdigit() and not (head[:1] == "[" and head[1:2].isdigit()):
        return None
    match = _re("stamp").match(line.translate(_MARKS).translate(_SPACES).strip())
    if match is None:
        return None
    _, a, b, c, before, hour, minute, second, after, rest = match.groups()
    half = (before or after or "").strip()
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    if half:
        hours = hours % 12 + (12 if _is_afternoon(half) else 0)
    colon = line.find(": ", 20)
    marked = line[colon + 2 : colon + 3] == "\u200e" if colon > 0 else False
    return _Line((int(a), int(b), int(c)), (hours, minutes, seconds), bool(half), [rest], marked)


def _is_afternoon(half: str) -> bool:
    low = half.lower().replace(" ", "").replace(".", "")
    return low.startswith("p") or low in ("下午", "午後", "午后", "오후", "μμ", "ös", "م", "अपराह्न")


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    for line in text.split("\n"):
        stamped = _stamped(line)
        if stamped is not None:
            found.append(stamped)
        elif found:
            found[-1].rest.append(line.rstrip())
    return found


def _order(lines: list[_Line]) -> tuple[tuple[int, int, int], list[str]]:
    """Where year, month and day stand in this file's dates, with a notice where nothing in it tells day from month."""
    days = [line.day for line in lines]
    if any(d[0] > 31 for d in days):
        return _ORDERS["ymd"], []
    fits = [key for key in ("dmy", "mdy") if all(_possible(d, _ORDERS[key]) for d in days)]
    if not fits:
        return _ORDERS["ymd" if all(_possible(d, _ORDERS["ymd"]) for d in days) else "dmy"], []
    if len(fits) == 1:
        return _ORDERS[fits[0]], []
    # A chat is written in order of time: the reading in which it runs backwards is the wrong one.
    back = {key: _backwards(days, _ORDERS[key]) for key in fits}
    if back["dmy"] != back["mdy"]:
        return _ORDERS[min(back, key=lambda key: back[key])], []
    what = "the date it began on" if len(set(days)) == 1 else "the days between messages"
    # Month first goes with the clock of twelve hours (the American locale); the rest of the world puts the day first.
    key = "mdy" if sum(line.half for line in lines) * 2 > len(lines) else "dmy"
    first = "month" if key == "mdy" else "day"
    return _ORDERS[key], [
        f"Nothing in the dates tells day from month: they are read as {first} first, and {what} may be others."
    ]


def _possible(day: tuple[int, int, int], order: tuple[int, int, int]) -> bool:
    return 1 <= day[order[1]] <= 12 and 1 <= day[order[2]] <= 31


def _backwards(days: list[tuple[int, int, int]], order: tuple[int, int, int]) -> int:
    dates = [tuple(d[k] for k in order) for d in days]
    return sum(b < a for a, b in pairwise(dates))


def _moment(line: _Line, order: tuple[int, int, int]) -> datetime | None:
    year, month, day = (line.day[k] for k in order)
    year += 2000 if year < 100 else -543 if year > 2400 else 0  # the Thai calendar counts from the Buddha
    try:
        return datetime(year, month, day, *line.time)
    except ValueError:
        return None


def _conversation(lines: list[_Line], order: tuple[int, int, int], notices: list[str]) -> Conversation:
    system = wordless = undated = 0
    messages: list[tuple[str, str, datetime | None]] = []
    for line in lines:
        sender, text = _sender(line)
        if not sender or (len(messages) < 2 and _re("encrypted").match(text)):
            system += 1
            continue
        text = _spoken(text, marked=line.marked)
        if not text:
            wordless += 1
            continue
        at = _moment(line, order)
        undated += at is None
        messages.append((sender, text, at))
    if system:
        notices.append(_left_out(system, "line of the system", "lines of the system", "such as who joined"))
    if wordless:
        notices.append(_left_out(wordless, "message without words", "messages without words", "media, deleted, calls"))
    if undated:
        notices.append(f"Messages with an impossible date are kept without a time: {undated}.")
    if not messages:
        raise NoConversation("there are no words in it that anybody said", hint="It may hold media and notices alone")
    first = next((at for _, _, at in messages if at is not None), None)
    segments = [
        Segment(speaker=who, text=text, start=_seconds(at - first) if at and first else None)
        for who, text, at in messages
    ]
    return build.conversation(
        segments,
        source="whatsapp",
        started_at=first.isoformat() if first else None,
        merge=False,
        estimate=False,
        notices=notices,
    )


def _seconds(span: timedelta) -> float | None:
    # Summer time ends once a year, and clocks are set: a minute back is kept at the time of the first message.
    return max(0.0, span.total_seconds())


def _sender(line: _Line) -> tuple[str, str]:
    """(sender, text), or ("", "") for a line of the system."""
    match = _re("sender").match(line.rest[0])
    if match is None:
        return "", ""
    name = names.clean(match.group(1).lstrip("~ "))
    # “Ana changed the subject to “Plan: B””: a quotation mark before the colon is no name's.
    if not name or any(c in name for c in '"“”„«»'):
        return "", ""
    first = match.group(2) or match.group(3) or ""
    return name, "\n".join([first, *line.rest[1:]]).strip()


def _spoken(text: str, *, marked: bool) -> str:
    """What a message says in words: no media, no deleted message, without the note that it was edited."""
    text = _re("edited").sub("", text)
    if _re("media").match(text) or _re("deleted").match(text):
        return ""
    match = _re("attached").match(text)
    if match:
        text = text[match.end() :]
    elif marked and "\n" not in text and len(text) < 400:
        return ""  # an iPhone's mark before the text: its own words, in whatever language
    return text.strip()


def _left_out(n: int, one: str, many: str, such: str) -> str:
    return f"One {one} was left out ({such})." if n == 1 else f"{n} {many} were left out ({such})."
