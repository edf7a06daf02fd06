"""Plain text in any of the shapes that tools and people write; `marks` says what a line may be, this file decides.

What no line alone can tell is decided over the whole file: a name before a colon is one where it recurs or where the
file is laid out in turns; a name on a line of its own where it recurs; a clock is a wall clock where nobody could have
said so many words in so few seconds. Lines before the first turn are left out with a notice.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

import msgspec

from duologue.errors import NoConversation, UnreadableInput
from duologue.model import Conversation
from duologue.readers import build, names
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.readers.build import Segment
from duologue.readers.marks import Mark, Shape, mark

_TURNS = (Shape.TIMED, Shape.HEAD, Shape.LABEL, Shape.ZOOM, Shape.CHAT)
_DAY = 24 * 3600.0
# Faster than anybody talks for minutes on end (auctioneers reach about four words a second).
_TOO_FAST = 5.0
_HEADING = re.compile(r"\W*(?:full |meeting |call )?transcript(?:ion)?\W*$", re.IGNORECASE)
_PEOPLE = re.compile(r"\W*(?:participants?|attendees|speakers|present|in attendance)\b\W*(.*)$", re.IGNORECASE)
_DATE = re.compile(
    r"\W*(?:date|recorded|recorded on|started|start time)\W*:\W*(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?)\b",
    re.IGNORECASE,
)
_LONGEST_VALUE = 1_000_000  # characters; longer is hardly a bare value, and plain text is not parsed in vain
_REPLYING = re.compile(r"\s*Replying to [\"“].{0,400}[\"”]:?\s*", re.DOTALL)


class Plain:
    name = "plain"
    label = "plain text (.txt, .md): “Name: text”, with or without times; Otter, Zoom, Meet, Fathom, Rev and others"
    extensions = ("txt", "md", "text", "transcript", "log")

    def sniff(self, source: Source) -> Sure:
        """PERHAPS for any text that is not of a syntax of its own, so that every other format wins."""
        text = source.text
        if source.path is not None or text is None or not text.strip():
            return Sure.NO
        start = text.lstrip()[:2]
        syntax = start[0] in "{<" or (start[0] == "[" and re.match(r"\[\s*[\[{\"\]]", text.lstrip()[:200]) is not None)
        return Sure.NO if syntax or _is_json_value(text) else Sure.PERHAPS

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        if source.text is None:
            raise UnreadableInput("this is binary and no text")
        return conversation(source.text, source=self.name, merge=options.rttm is None)


def _is_json_value(text: str) -> bool:
    """Whether the whole is one bare value of JSON: null, a number, a string, a list of numbers. Nobody said that."""
    if text.strip()[-1:] not in '"]el0123456789' or len(text) > _LONGEST_VALUE:
        return False
    try:
        msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
    return True


@dataclass(slots=True)
class _Head:
    """What stood before the first turn."""

    lines: list[str] = field(default_factory=list)

    def people(self) -> list[str]:
        """Participants that the head lists in one line, as it spells them."""
        for i, line in enumerate(self.lines):
            match = _PEOPLE.match(line)
            listed = match.group(1) if match else ""
            if match and not listed.strip("*_ ") and i + 1 < len(self.lines):
                listed = self.lines[i + 1]
            found = [names.clean(p) for p in re.split(r"[,;•]", re.sub(r"<[^<>]*>", "", listed))]
            if match and len(found) > 1:
                return [p for p in found if names.likely(p) and "notetaker" not in p.casefold()]
        return []

    def date(self) -> str | None:
        return next((m.group(1).replace(" ", "T") for line in self.lines if (m := _DATE.match(line))), None)


def conversation(text: str, *, source: str, merge: bool = True) -> Conversation:
    """A conversation from the text of a transcript. Raises NoConversation where it holds no words."""
    lines = text.split("\n")
    marks = [mark(line) for line in lines]
    begin = _begin(marks, lines)
    marks, head = marks[begin:], _Head(lines=[line.strip() for line in lines[:begin] if line.strip()])
    marks = _names_alone(marks)
    marks, spoken = _decided(marks)
    if not spoken:
        return _unknown(marks, head, source=source, merge=merge)

    first = next(i for i, m in enumerate(marks) if m.shape in _TURNS)
    # A section's time may stand before its first turn (Google Meet).
    before = first - 1
    while before > 0 and marks[before].shape in (Shape.BLANK, Shape.DROPPED):
        before -= 1
    if before >= 0 and marks[before].shape is Shape.TIME:
        first = before
    head.lines += [m.text if m.shape is not Shape.LABEL else m.raw for m in marks[:first] if m.text]
    chat = sum(m.shape is Shape.CHAT for m in marks) * 2 > sum(m.shape in _TURNS for m in marks)
    segments, dropped = _segments(marks[first:], chat=chat)
    notices = []
    if head.lines:
        notices.append(_left_out(len(head.lines), "before the first turn", "such as a title or a date"))
    if dropped:
        notices.append(_left_out(dropped, "between the turns", "what a tool adds, or a rule"))
    said = {s.speaker.casefold() for s in segments}
    dates = [m.date for m in marks if m.date]
    started = (
        f"{dates[0]}T{_hms(segments[0].start)}" if dates and segments and segments[0].start is not None else head.date()
    )
    return build.conversation(
        _relative(segments, marks),
        source=source,
        silent=[p for p in head.people() if not any(p.casefold() in s or s in p.casefold() for s in said)],
        started_at=started,
        merge=merge and not chat,
        estimate=not chat,
        notices=notices,
    )


def _left_out(n: int, where: str, such: str) -> str:
    return f"One line {where} was left out ({such})." if n == 1 else f"{n} lines {where} were left out ({such})."


def _hms(value: float) -> str:
    return f"{int(value // 3600) % 24:02}:{int(value // 60) % 60:02}:{int(value) % 60:02}"


def _begin(marks: list[Mark], lines: list[str]) -> int:
    """Where the transcript begins: after a heading “Transcript”, if at least two turns could follow it; else at 0."""
    for i, m in enumerate(marks):
        if m.shape is Shape.DROPPED and _HEADING.match(lines[i].strip()):
            return i + 1 if sum(n.shape in _TURNS for n in marks[i:]) > 1 else 0
    return 0


# ------------------------------------------------------------------------------------------------ who is a speaker


def _names_alone(marks: list[Mark]) -> list[Mark]:
    """Names on a line of their own become marks: beside a time on its own line, or recurring between blank lines."""
    if any(m.shape in (Shape.ZOOM, Shape.CHAT) for m in marks):
        return marks
    beside, apart = [], []
    for i, m in enumerate(marks):
        if m.shape is not Shape.TEXT or len(m.text) > names.LONGEST:
            continue
        name = names.clean(m.text.replace("#", ""))
        if m.text[-1:] in ".,;" or not names.likely(name):
            continue
        before = marks[i - 1].shape if i else Shape.BLANK
        after = marks[i + 1].shape if i + 1 < len(marks) else Shape.BLANK
        if Shape.TIME in (before, after):
            beside.append((i, name))
        elif before in (Shape.BLANK, Shape.DROPPED) and _followed(marks, i):
            apart.append((i, name))
    times = sum(m.shape is Shape.TIME for m in marks)
    others = sum(m.shape in _TURNS for m in marks)
    chosen: list[tuple[int, str]] = []
    if len(beside) > 1 and len(beside) * 2 >= times:
        chosen = beside
    elif others < 2 or len(apart) > others * 2:
        counts = Counter(name for _, name in apart)
        # Two voices that recur, or one that does with others beside it: else these are headings.
        if len(counts) > 1 and any(k > 1 for k in counts.values()):
            recurring = sum(k for k in counts.values() if k > 1)
            chosen = [(i, name) for i, name in apart if counts[name] > 1 or recurring * 2 >= counts.total()]
    result = list(marks)
    for i, name in chosen:
        result[i] = Mark(Shape.HEAD, marks[i].text, name)
    return result


def _followed(marks: list[Mark], i: int) -> bool:
    """Whether words follow this line before anything else does."""
    following = marks[i + 1 : i + 3]
    return any(m.shape is Shape.TEXT for m in following[:1]) or (
        len(following) == 2 and following[0].shape is Shape.BLANK and following[1].shape is Shape.TEXT
    )


def _decided(marks: list[Mark]) -> tuple[list[Mark], set[str]]:
    """Every mark of a turn that is none turned back into words; and the names that were accepted."""
    timed = Counter(m.name for m in marks if m.shape in (Shape.TIMED, Shape.ZOOM, Shape.CHAT))
    heads = [(i, m) for i, m in enumerate(marks) if m.shape is Shape.HEAD]
    # “0:05 Yes” is no head: words stand below a head.
    good = sum(_followed(marks, i) or _timed_below(marks, i) for i, _ in heads)
    head_counts = Counter(m.name for _, m in heads) if heads and good * 2 >= len(heads) else Counter[str]()
    loose = {m.name for _, m in heads if not m.firm}
    strong = {n for n, k in timed.items() if k > 1 or names.likely(n)}
    if len(heads) + timed.total() > 1:
        # A time and a capital word with no mark between: believed where they recur, or where all are of that kind.
        alike = good * 10 >= len(heads) * 9 and any(head_counts[n] > 1 for n in loose)
        strong |= {n for n, k in head_counts.items() if names.likely(n) and (k > 1 or n not in loose or alike)}
        strong |= {n for n, k in head_counts.items() if k > 1 and n not in loose}
    elif len(heads) == 1:
        strong |= {n for n in head_counts if names.likely(n) and n not in loose}
    number = sum(timed[n] + head_counts[n] for n in strong)
    weak = _labels(marks)
    labelled = sum(1 for m in marks if m.shape is Shape.LABEL and m.name in weak)
    # Where turns carry times, a colon in the words makes no new speaker.
    known = strong | (weak if labelled > number else set())
    return [_back(m, known, strong) for m in marks], known


def _timed_below(marks: list[Mark], i: int) -> bool:
    return i + 1 < len(marks) and marks[i + 1].shape in (Shape.TIME, Shape.STAMPED)


def _back(m: Mark, known: set[str], strong: set[str]) -> Mark:
    if m.shape not in _TURNS or m.name in (known if m.shape is Shape.LABEL else strong | known):
        return m
    if m.start is not None and m.shape is Shape.TIMED and m.raw.startswith(("[", "(")):
        return replace(m, shape=Shape.STAMPED, text=f"{m.name}: {m.text}", name="")
    if m.shape is Shape.HEAD and m.text:
        return replace(m, shape=Shape.STAMPED, name="")
    return Mark(Shape.TEXT, m.raw)


def _labels(marks: list[Mark]) -> set[str]:
    """The names among what stands before a colon at the beginning of a line."""
    counts: Counter[str] = Counter()
    starts: Counter[str] = Counter()  # how often each stands where a paragraph begins
    paragraphs = words = 0
    before = Shape.BLANK
    for m in marks:
        begins = before in (Shape.BLANK, Shape.TIME, Shape.DROPPED)
        if m.shape in (Shape.LABEL, Shape.TEXT):
            words += 1
            paragraphs += begins
        if m.shape is Shape.LABEL:
            counts[m.name] += 1 if m.firm or names.likely(m.name) else 0
            starts[m.name] += begins
        before = m.shape
    # Where nothing recurs, only what looks like a name speaks for turns.
    total = sum(k for n, k in counts.items() if k > 1 or names.likely(n))
    if total == 0:
        return set()
    recurring = [n for n, k in counts.items() if k > 1]
    spaced = sum(starts[n] for n in recurring) * 5 >= sum(counts[n] for n in recurring) * 4 > 0
    laid_out = total > 1 and (total * 2 >= words or starts.total() * 2 >= paragraphs)
    lone = total == 1 and paragraphs == 1
    singles = [n for n, k in counts.items() if k == 1 and (starts[n] or not spaced)]
    return names.accepted(counts, singles, laid_out=laid_out or lone)


# ------------------------------------------------------------------------------------------------ segments


def _segments(marks: list[Mark], *, chat: bool) -> tuple[list[Segment], int]:
    """The turns as the file has them, continuation lines joined on; and how many lines were left out."""
    found: list[Segment] = []
    parts: list[str] = []
    speaker, start, end = "", None, None
    pending: tuple[float | None, float | None] | None = None
    dropped, gap = 0, False

    def flush() -> None:
        words = "".join(parts).strip()
        if chat:
            words = _REPLYING.sub("", words, count=1) if words.startswith("Replying") else words
        if words:
            found.append(Segment(speaker=speaker, text=words, start=start, end=end))
        parts.clear()

    for m in marks:
        if m.shape in _TURNS:
            flush()
            times = (m.start, m.end) if m.start is not None else pending or (None, None)
            speaker, (start, end), pending = m.name, times, None
            parts.append(m.text if m.shape is not Shape.HEAD else "")
        elif m.shape is Shape.TIME or (m.shape is Shape.STAMPED and m.firm):
            if m.shape is Shape.TIME and speaker and not _any(parts):
                start, end = m.start, m.end  # the name's own time, on the line below it
            elif m.shape is Shape.TIME:
                pending = (m.start, m.end)
            else:
                flush()
                start, end, pending = m.start, m.end, None
                parts.append(m.text)
        elif m.shape is Shape.DROPPED:
            dropped += 1
        elif m.shape is Shape.BLANK:
            gap = True
            continue
        else:
            if pending is not None:
                flush()
                (start, end), pending = pending, None
            words = m.raw if m.shape is Shape.STAMPED else m.text
            joint = "\n" if chat or gap or words[:2] in ("- ", "* ", "• ") else " "
            parts.append((joint if _any(parts) else "") + words)
        gap = False
    flush()
    return found, dropped


def _any(parts: list[str]) -> bool:
    """Whether any words have been gathered yet."""
    return any(parts)


def _relative(segments: list[Segment], marks: list[Mark]) -> list[Segment]:
    """Wall clocks as seconds from the first, over midnight if need be; other times as they are."""
    times = [s.start for s in segments if s.start is not None]
    if not times:
        return segments
    minutes_only = False
    wall = any(m.wall for m in marks) or times[0] >= 6 * 3600
    if not wall and times[0] >= 7 * 60 and max(times) < 24 * 60:
        spoken = sum(len(s.text.split()) for s in segments[:-1])
        minutes_only = wall = spoken > _TOO_FAST * max(times[-1] - times[0], 1.0) and spoken > 30
    if not wall:
        return segments
    scale = 60.0 if minutes_only else 1.0
    origin, last, days = times[0] * scale, times[0] * scale, 0.0
    result = []
    for s in segments:
        if s.start is None:
            result.append(s)
            continue
        at = s.start * scale
        if at < last - _DAY / 2:
            days += _DAY
        last = at
        end = None if s.end is None else s.end * scale + days - origin + (_DAY if s.end * scale < at else 0)
        result.append(replace(s, start=at + days - origin, end=end))
    return result


def _unknown(marks: list[Mark], head: _Head, *, source: str, merge: bool) -> Conversation:
    """Text that names nobody: paragraphs of one unknown speaker, with the times that stand before them."""
    stamped = sum(m.shape in (Shape.TIME, Shape.STAMPED) for m in marks) > 1
    found: list[Segment] = []
    parts: list[str] = []
    start: float | None = None
    end: float | None = None

    def flush() -> None:
        if any(p.strip() for p in parts):
            found.append(Segment(speaker="", text=" ".join(parts).strip(), start=start, end=end))
        parts.clear()

    for m in marks:
        if stamped and m.shape in (Shape.TIME, Shape.STAMPED):
            flush()
            start, end = m.start, m.end
            parts.append(m.text)
        elif m.shape is Shape.BLANK and not stamped:
            flush()
        elif m.shape is not Shape.DROPPED:
            parts.append(m.raw or m.text)
    flush()
    if not found:
        raise NoConversation("there are no words in it that anybody said", hint="Is this the file with the transcript?")
    notices = [_left_out(len(head.lines), "before the transcript", "such as a summary")] if head.lines else []
    return build.conversation(_relative(found, marks), source=source, merge=merge, notices=notices)
