"""RTTM: who spoke when, and no words. Alone it is refused; beside a transcript it names the speakers.

A line is `SPEAKER file channel start duration <NA> <NA> name <NA> <NA>` (NIST, Rich Transcription 2009, appendix A).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

from duologue.errors import NoConversation, UnreadableInput
from duologue.model import Conversation, Speaker, Turn, Word
from duologue.readers.base import ReadOptions, Source, Sure
from duologue.wire import content_id

_TYPES = "SPEAKER|SPKR-INFO|LEXEME|NON-LEX|NON-SPEECH|SEGMENT|NOSCORE|SU|FILLER|EDIT|IP|CB|A/P"
_LINE = re.compile(
    rf"(?:{_TYPES})[ \t]+\S+[ \t]+\S+[ \t]+(?:<NA>|[\d.]+)[ \t]+(?:<NA>|[\d.]+)(?:[ \t]+\S+){{3,6}}[ \t]*$"
)
# A speaker whom a tool numbered: RTTM may know better. “Ana” was named by somebody.
_GENERIC = re.compile(
    r"unknown(?:[ _-]?speaker)?(?:[ _-]?\d+)?|"
    r"(?:speaker|spk|voice|participant|channel|user|guest)[ _-]?(?:\d+|[a-z])?",
    re.IGNORECASE,
)
_ALONE = "RTTM says who spoke when and holds no words"


class RTTM:
    name = "rttm"
    label = "RTTM speaker times (.rttm), beside a transcript (--rttm)"
    extensions = ("rttm",)

    def sniff(self, source: Source) -> Sure:
        text = source.text
        lines = [line for line in (text or "")[:4000].split("\n") if line.strip() and not line.startswith(";")]
        return Sure.YES if lines and _LINE.match(lines[0].strip()) else Sure.NO

    def read(self, source: Source, options: ReadOptions) -> Conversation:
        raise NoConversation(_ALONE, hint="Give it with --rttm beside a transcript")


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: float
    end: float
    name: str


def join(conversation: Conversation, text: str, *, name: str = "") -> Conversation:
    """The conversation with the speakers of an RTTM where its own are unknown or numbered by a tool.

    `name`: of the transcript's file, which chooses among several recordings in one RTTM. A turn whose words have times
    is split where the speaker changes; any other turn goes whole to whoever spoke most in it. Raises UnreadableInput
    where the RTTM has no line of speech, or several recordings none of which is the transcript's.
    """
    stretches = _chosen(_parsed(text), name)
    generic = {s.id for s in conversation.speakers if _GENERIC.fullmatch(s.name.strip())}
    if not generic:
        said = "The RTTM was not used: the transcript names every speaker itself."
        return replace(conversation, notices=(*conversation.notices, said))
    lookup = _Lookup(stretches)
    turns: list[Turn] = []
    unheard = 0
    for turn in conversation.turns:
        if turn.speaker not in generic:
            turns.append(turn)
            continue
        parts = _split(turn, lookup)
        unheard += sum(part.speaker == turn.speaker for part in parts)
        turns += parts
    merged = tuple(_merged(turns))
    return _named(conversation, merged, generic, unheard)


def _named(conversation: Conversation, turns: tuple[Turn, ...], generic: set[str], unheard: int) -> Conversation:
    """The conversation with these turns: speakers in the order in which they speak, those who fell silent left out."""
    known = {s.id: s for s in conversation.speakers}
    spoke = dict.fromkeys(t.speaker for t in turns)
    silent = [s for s in conversation.speakers if s.id not in spoke and s.id not in generic]
    speakers = [known.get(id) or Speaker(id=id, name=id) for id in spoke]
    notices = [n for n in conversation.notices if unheard or not n.startswith("The file does not say who spoke")]
    notices.append("Who spoke when is taken from the RTTM that was given.")
    if unheard:
        notices.append(f"The RTTM hears nobody in {unheard} of the turns: those keep the speaker they had.")
    own_id = conversation.id == content_id(conversation.turns)
    return replace(
        conversation,
        id=content_id(turns) if own_id else conversation.id,
        speakers=(*speakers, *silent),
        turns=turns,
        notices=tuple(dict.fromkeys(notices)),
    )


def _parsed(text: str) -> dict[str, list[_Stretch]]:
    """File id → its stretches of speech, in order of time. Lines of other types and unreadable ones are passed over."""
    files: dict[str, list[_Stretch]] = {}
    for line in text.split("\n"):
        fields = line.split()
        if len(fields) < 8 or fields[0] != "SPEAKER":
            continue
        try:
            start, length = float(fields[3]), float(fields[4])
        except ValueError:
            continue
        if math.isfinite(start) and math.isfinite(length) and start >= 0 and length > 0:
            files.setdefault(fields[1], []).append(_Stretch(start, start + length, fields[7]))
    return {file: sorted(found, key=lambda s: s.start) for file, found in files.items()}


def _chosen(files: dict[str, list[_Stretch]], name: str) -> list[_Stretch]:
    if not files:
        raise UnreadableInput("the RTTM has no line of speech (SPEAKER …) in it", hint="Check the file given to --rttm")
    if len(files) == 1:
        return next(iter(files.values()))
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()
    fitting = [file for file in files if file.casefold() == stem]
    if not fitting and stem:
        fitting = [file for file in files if file.casefold() in stem or stem in file.casefold()]
    if len(fitting) != 1:
        listed = ", ".join(f"“{file}”" for file in list(files)[:12])
        raise UnreadableInput(
            f"the RTTM holds {len(files)} recordings and none is named as the transcript: {listed}",
            hint="Give an RTTM with one of them, or name the transcript as it does",
        )
    return files[fitting[0]]


class _Lookup:
    """Who speaks most between two times; a search, so that a hundred thousand words stay quick."""

    def __init__(self, stretches: list[_Stretch]) -> None:
        self.stretches = stretches
        self.starts = [s.start for s in stretches]
        self.longest = max(s.end - s.start for s in stretches)

    def speaker(self, start: float, end: float) -> str | None:
        heard: dict[str, float] = {}
        i = bisect_left(self.starts, start - self.longest)
        while i < len(self.stretches) and self.starts[i] <= end:
            s = self.stretches[i]
            overlap = min(end, s.end) - max(start, s.start)
            if overlap > 0 or (start == end and overlap == 0):
                heard[s.name] = heard.get(s.name, 0.0) + overlap
            i += 1
        return max(heard, key=lambda n: (heard[n], n)) if heard else None


def _split(turn: Turn, lookup: _Lookup) -> list[Turn]:
    """A turn cut where the speaker changes between its words; whole where its words have no times."""
    if turn.start is None:
        return [turn]
    whole = lookup.speaker(turn.start, turn.end if turn.end is not None else turn.start)
    cuts = _places(turn)
    if not cuts:
        return [replace(turn, speaker=whole or turn.speaker)]
    runs: list[tuple[str, list[int]]] = []
    last = whole or turn.speaker
    for i, word in enumerate(turn.words):
        if word.start is not None:
            last = lookup.speaker(word.start, word.end if word.end is not None else word.start) or last
        if runs and runs[-1][0] == last:
            runs[-1][1].append(i)
        else:
            runs.append((last, [i]))
    if len(runs) == 1:
        return [replace(turn, speaker=runs[0][0])]
    return [_part(turn, who, run, cuts) for who, run in runs]


def _places(turn: Turn) -> list[int]:
    """Where each word begins in the text; empty where words lack times or are not those of the text."""
    if not turn.words or sum(w.start is not None for w in turn.words) * 2 < len(turn.words):
        return []
    at, places = 0, []
    for word in turn.words:
        found = turn.text.find(word.text.strip(), at)
        if found < 0 or not word.text.strip():
            return []
        places.append(found)
        at = found + len(word.text.strip())
    return places


def _part(turn: Turn, who: str, run: list[int], cuts: list[int]) -> Turn:
    first, after = run[0], run[-1] + 1
    begin = cuts[first] if first else 0
    until = cuts[after] if after < len(cuts) else len(turn.text)
    words = tuple(turn.words[i] for i in run)
    start = turn.start if first == 0 else _edge(words)
    ends = [w.end for w in words if w.end is not None]
    end = turn.end if after == len(cuts) else (ends[-1] if ends else None)
    return replace(turn, speaker=who, text=turn.text[begin:until].strip(), start=start, end=end, words=words, pieces=())


def _edge(words: Iterable[Word]) -> float | None:
    return next((w.start for w in words if w.start is not None), None)


def _merged(turns: list[Turn]) -> list[Turn]:
    """Neighbours of one speaker as one turn, as every other format has them."""
    done: list[Turn] = []
    for turn in turns:
        before = done[-1] if done else None
        if before is None or before.speaker != turn.speaker:
            done.append(turn)
            continue
        pieces = _stretches(before) + _stretches(turn)
        if len(pieces) == 2 and pieces[0][1] == pieces[1][0]:
            pieces = ()  # two stretches that meet are one
        complete = turn.end is not None and before.end is not None and turn.start is not None
        done[-1] = replace(
            before,
            text=f"{before.text} {turn.text}",
            start=before.start if before.start is not None else turn.start,
            end=max(before.end, turn.end) if complete and before.end is not None and turn.end is not None else turn.end,
            words=before.words + turn.words,
            estimated=tuple(dict.fromkeys(before.estimated + turn.estimated)),
            pieces=pieces if complete else (),
        )
    return done


def _stretches(turn: Turn) -> tuple[tuple[float, float], ...]:
    if turn.pieces:
        return turn.pieces
    return ((turn.start, turn.end),) if turn.start is not None and turn.end is not None else ()
