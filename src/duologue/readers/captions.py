"""What WebVTT, SRT and SBV share: from cues to segments. Each format's own file cuts its text into cues.

Speakers stand in voice tags, in a prefix (`Name: `, `[Name] `, `>> NAME: `) or on a line of their own (`(Name)`).
Captions that roll, each cue repeating lines of the one before, are reduced to what is new.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from duologue.model import Word
from duologue.readers import names
from duologue.readers.build import Segment, seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One caption as the file has it: `lines` with their tags; times in seconds, None where the file's are unusable."""

    lines: tuple[str, ...]
    start: float | None
    end: float | None
    timed: bool = True  # False: text that stood without a line of times


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one cue by one voice. `voice` None: the cue does not mark one."""

    voice: str | None
    text: str
    start: float | None
    end: float | None
    words: tuple[Word, ...] = ()


@cache
def _re(name: str) -> re.Pattern[str]:
    return re.compile(
        {
            "voice": r"<v(?:\.[^\s>]{1,80})*[ \t]+([^<>]{0,200})>|(</v>)",
            "stamp": r"<((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})>",
            # What closes or opens a known tag, and SRT's position marks; “<laughs>” or “a < b” are text.
            "tag": r"</?(?:c|i|b|u|s|v|em|strong|ruby|rt|lang|font|span|p|div)(?:[.\s][^<>]{0,200})?/?>"
            r"|\{\\[^{}]{0,40}\}",
            "break": r"<br\s*/?>",
            "entity": r"&(?:amp|lt|gt|quot|apos|nbsp|lrm|rlm|#\d{1,7}|#x[0-9a-fA-F]{1,6});",
            "prefix": r"(?:>>+\s*|[-–—]\s*)?(?:\[([^\[\]:\n]{1,80})\]\s*:?|\(([^()\n]{1,80})\)\s*:?$"
            r"|([^:：\n]{1,80}?)\s?[:：](?!//))"
            r"(?:\s+|$|(?<=：))",
            "dash": r"(?:>>+|[-–—‐])\s*(?=\S)|[-–—‐]$",
        }[name],
        re.IGNORECASE if name in ("tag", "break", "voice") else 0,
    )


def clock(text: str) -> float | None:
    """Seconds of a cue's clock, None where it is none. Minutes and seconds beyond 59 are no clock."""
    value = seconds(text)
    parts = text.strip().replace(",", ".").split(":")
    return None if value is None or any(float(p) >= 60 for p in parts[1:]) else value


def segments(cues: list[Cue]) -> list[Segment]:
    """The cues as segments with speakers, in the file's order; "" is the speaker where none is marked."""
    fresh = _unrolled([replace(c, lines=tuple(line for line in c.lines if line.strip())) for c in cues])
    pieces = [piece for cue in fresh for piece in _voices(cue)]
    if not any(p.voice for p in pieces):
        return _by_prefix(pieces)
    return [_segment(p.voice or "", p, " ".join(p.text.split())) for p in pieces if p.text.strip()]


def _segment(speaker: str, piece: Piece, text: str) -> Segment:
    return Segment(speaker=speaker, text=text, start=piece.start, end=piece.end, words=piece.words)


# ------------------------------------------------------------------------------------------------ rolling captions


def _unrolled(cues: list[Cue]) -> list[Cue]:
    """Drop what a cue repeats of the one before, where the file does so throughout (YouTube's automatic captions)."""
    bare = [[plain(line) for line in cue.lines] for cue in cues]
    rolls = sum(len(now) > 1 and bool(before) and now[0] == before[-1] for before, now in pairwise(bare))
    if rolls < 2 or rolls * 4 < len(cues) - 1:
        return cues
    kept: list[Cue] = []
    shown: list[str] = []
    for cue, lines in zip(cues, bare, strict=True):
        new = next((k for k in range(min(len(shown), len(lines)), 0, -1) if shown[-k:] == lines[:k]), 0)
        shown = lines or shown
        if cue.lines[new:]:
            kept.append(replace(cue, lines=cue.lines[new:]))
    return kept


# -------------------------------------------------------------------------------------------- voices, tags and words


def plain(line: str) -> str:
    """A line of a cue without tags, entities resolved."""
    text = _re("tag").sub("", _re("stamp").sub("", _re("break").sub("\n", line)))
    return _re("entity").sub(_entity, text).strip() if "&" in text else text.strip()


def words_of(cue: Cue) -> str:
    """All the words of a cue, without its voices."""
    return " ".join(" ".join(plain(_re("voice").sub("", line)) for line in cue.lines).split())


def _entity(match: re.Match[str]) -> str:
    name = match.group()
    if name in ("&lrm;", "&rlm;"):
        return ""
    return " " if name == "&nbsp;" else html.unescape(name)


def _voices(cue: Cue) -> list[Piece]:
    """A cue cut at its voice tags; a voice that is not closed lasts until the next one or to the end of the cue."""
    text = "\n".join(cue.lines)
    if "<v" not in text and "<V" not in text:
        return [_piece(None, text, cue)]
    pieces: list[Piece] = []
    at, voice = 0, None
    for match in _re("voice").finditer(text):
        if text[at : match.start()].strip():
            pieces.append(_piece(voice, text[at : match.start()], cue))
        voice = None if match.group(2) else names.clean(_re("entity").sub(_entity, match.group(1)))
        at = match.end()
    if text[at:].strip():
        pieces.append(_piece(voice, text[at:], cue))
    return _share(pieces, cue) if len(pieces) > 1 else pieces


def _piece(voice: str | None, raw: str, cue: Cue) -> Piece:
    text = "\n".join(line for line in (plain(part) for part in raw.split("\n")) if line)
    return Piece(voice=voice, text=text, start=cue.start, end=cue.end, words=_words(raw, cue))


def _share(pieces: list[Piece], cue: Cue) -> list[Piece]:
    """Two voices in one cue: who spoke when within it is not known, so that only the outer times stay."""
    last = len(pieces) - 1
    return [
        replace(p, start=cue.start if i == 0 else None, end=cue.end if i == last else None)
        for i, p in enumerate(pieces)
    ]


def _words(raw: str, cue: Cue) -> tuple[Word, ...]:
    """The words of a cue that stamps times inside its text; none elsewhere. A word between stamps has no time."""
    stamps = list(_re("stamp").finditer(raw))
    if not stamps:
        return ()
    starts = [cue.start, *(clock(m.group(1)) for m in stamps)]
    cuts = [0, *(m.start() for m in stamps), len(raw)]
    words: list[Word] = []
    for i, start in enumerate(starts):
        tokens = plain(raw[cuts[i] : cuts[i + 1]]).split()
        end = starts[i + 1] if i + 1 < len(starts) else cue.end
        if start is not None and end is not None and end < start:
            end = None
        for k, token in enumerate(tokens):
            words.append(Word(text=token, start=start if k == 0 else None, end=end if k == len(tokens) - 1 else None))
    return tuple(words)


# ------------------------------------------------------------------------------------------------ names as a prefix


def _by_prefix(pieces: list[Piece]) -> list[Segment]:
    """Speakers from what stands before the text: `Name: `, `[Name] `, `>> NAME: `, or `(Name)` on a line of its own."""
    counts: Counter[str] = Counter()
    openers: set[str] = set()
    prefixed = 0
    for piece in pieces:
        for i, line in enumerate(piece.text.split("\n")):
            name, _, _ = _split(line)
            if name:
                counts[name] += 1
                openers |= {name} if i == 0 or line[0] in "[(>" else set()
                prefixed += i == 0 and names.likely(name)
    laid_out = prefixed * 2 >= len(pieces)
    known = names.accepted(counts, openers, laid_out=laid_out)
    found: list[Segment] = []
    speaker = ""
    everywhere = sum(_split(p.text.split("\n")[0])[0] in known for p in pieces) * 5 >= len(pieces) * 3
    for piece in pieces:
        # Where nearly every cue names its speaker, one without a name is somebody whom the tool did not know.
        if everywhere:
            speaker = ""
        found += _lines(piece, known, speaker)
        speaker = found[-1].speaker if found else speaker
    return found


def _lines(piece: Piece, known: set[str], speaker: str) -> list[Segment]:
    """One cue, cut where a line of it names another speaker."""
    parts: list[tuple[str, list[str]]] = [(speaker, [])]
    for line in piece.text.split("\n"):
        name, rest, loud = _split(line)
        if name in known:
            parts.append((name, [rest]))
        elif loud:  # “>>” is the broadcasters' mark for somebody else
            parts.append(("", [_re("dash").sub("", line, count=1)]))
        else:
            parts[-1][1].append(_re("dash").sub("", line, count=1) if line[:1] in "-–—‐" else line)
    spoken = [(who, " ".join(" ".join(text).split())) for who, text in parts]
    spoken = [(who, text) for who, text in spoken if text]
    if len(spoken) < 2:
        dropped = len(piece.text.split()) - sum(len(text.split()) for _, text in spoken)
        return [_segment(who, replace(piece, words=piece.words[dropped:]), text) for who, text in spoken]
    last = len(spoken) - 1
    return [
        Segment(speaker=who, text=text, start=piece.start if i == 0 else None, end=piece.end if i == last else None)
        for i, (who, text) in enumerate(spoken)
    ]


def _split(line: str) -> tuple[str, str, bool]:
    """(name or "", the rest, whether the line is marked as somebody else's by “>>”)."""
    loud = line.startswith(">>")
    match = _re("prefix").match(line) if line[:1] in "[(>-–—" or ":" in line[:90] or "：" in line[:90] else None
    if match is None:
        return "", line, loud
    square, rounded, before_colon = match.groups()
    name, rest = names.clean(square or rounded or before_colon or ""), line[match.end() :].strip()
    if not names.possible(name) or names.is_sound(name):
        return "", line, loud
    # Brackets also hold what is heard: there a name must look like one, and “[Door slams]” alone says nothing.
    if before_colon is None and (not names.likely(name) or (square is not None and not rest)):
        return "", line, loud
    return name, rest, loud
