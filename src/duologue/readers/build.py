"""From the segments that a file holds to a Conversation: the rules that all formats share.

Consecutive segments of one speaker become one turn (words and times kept). A chat message or an e-mail is one turn
(`merge=False`). Times are checked: what is not finite or is negative becomes None with a notice, an end before its
start is dropped, and starts that run backwards are kept in the file's order with a notice. A missing end is estimated
from the next start, and marked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from duologue.errors import NoConversation
from duologue.model import Conversation, Kind, Measure, Side, Speaker, Turn, Word
from duologue.model.conversation import Estimate
from duologue.wire import MOST_SECONDS, content_id

UNKNOWN = "unknown"
# An end that the file lacks is put at the next start, but no later than slow speech would need (120 words a minute).
_SLOW_WORDS_A_SECOND = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One piece of speech or one message as the file has it. `speaker`: a key, usually the name; "" where unknown."""

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None
    words: tuple[Word, ...] = ()
    speaker_confidence: float | None = None
    start_estimated: bool = False
    end_estimated: bool = False  # set here too, where the file lacks the end
    apart: bool = False  # a turn of its own, though the one before is the same speaker's: said during another's talk


def conversation(
    segments: Iterable[Segment],
    *,
    source: str,
    names: Mapping[str, str] | None = None,
    sides: Mapping[str, Side] | None = None,
    silent: Sequence[str] = (),
    id: str | None = None,
    kind: Kind | None = None,
    started_at: str | None = None,
    language: str | None = None,
    merge: bool = True,
    estimate: bool = True,
    notices: Sequence[str] = (),
    reported: Sequence[Measure] = (),
    separate_channels: bool = False,
) -> Conversation:
    """Make a Conversation. `names`: speaker key → name as the file spells it; `sides`: speaker key → side.

    `silent`: keys of participants who never spoke, in the file's list. `merge=False` for messages, `estimate=False`
    where a time is that of sending and has no end. Raises NoConversation where no segment has words.
    """
    said = list(notices)
    kept = [_clean(s, said) for s in segments if s.text.strip()]
    if not kept:
        raise NoConversation("there are no words in it that anybody said", hint="Is this the file with the transcript?")
    if any(not s.speaker for s in kept):
        said.append(
            "The file does not say who spoke"
            + (" in places" if any(s.speaker for s in kept) else "")
            + ": those words are kept under one unknown speaker, who may be several people."
        )
    if estimate:
        kept = _estimate_ends(kept)
    groups = _grouped(kept) if merge else [[s] for s in kept]
    turns = [_turn(group) for group in groups]
    # Within a turn and from turn to turn: what one says during another's turn may begin before that turn's last piece.
    if any(map(_backwards, groups)) or _backwards(turns):
        said.append("Some times run backwards: the turns are kept in the file's order.")
    keys = dict.fromkeys(t.speaker for t in turns) | dict.fromkeys(silent)
    ids = _ids(keys)
    speakers = tuple(
        Speaker(
            id=ids[key],
            name=_printable((names or {}).get(key) or key) or "Unknown speaker",
            side=(sides or {}).get(key, "unknown"),
        )
        for key in keys
    )
    final = tuple(t if ids[t.speaker] == t.speaker else replace(t, speaker=ids[t.speaker]) for t in turns)
    return Conversation(
        id=id or content_id(final),
        kind=kind,
        speakers=speakers,
        turns=final,
        source=source,
        started_at=started_at,
        language=language,
        notices=tuple(dict.fromkeys(said)),
        reported=tuple(reported),
        separate_channels=separate_channels,
    )


def _ids(keys: Iterable[str]) -> dict[str, str]:
    """Speaker key → id: the key itself, and for nobody's words one that no speaker of the file has."""
    taken = set(keys)
    nobody = next(n for n in (UNKNOWN, *(f"{UNKNOWN}-{i}" for i in range(2, len(taken) + 3))) if n not in taken)
    return {key: key or nobody for key in taken | {""}}


def _printable(name: str) -> str:
    """A name without what moves a cursor: control characters other than line ends and tabs are left out."""
    return "".join(c for c in name if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def _time(value: float | None) -> float | None:
    return round(value, 3) if value is not None and 0 <= value < MOST_SECONDS else None


def _clean(s: Segment, notices: list[str]) -> Segment:
    start, end = _time(s.start), _time(s.end)
    if (s.start is not None and start is None) or (s.end is not None and end is None):
        notices.append("Some times are no possible times (negative, not finite or centuries away) and are left out.")
    if start is not None and end is not None and end < start:
        notices.append("Some turns end before they begin: those ends are left out.")
        end = None
    if not s.words and (start, end) == (s.start, s.end) and s.text == s.text.strip():
        return s
    words = tuple(replace(w, start=_time(w.start), end=_time(w.end)) for w in s.words)
    return replace(s, text=s.text.strip(), start=start, end=end, words=words)


def _backwards(timed: Sequence[Segment | Turn]) -> bool:
    starts = [t.start for t in timed if t.start is not None]
    return any(b < a for a, b in pairwise(starts))


def _grouped(segments: list[Segment]) -> list[list[Segment]]:
    groups: list[list[Segment]] = []
    for s in segments:
        if groups and groups[-1][-1].speaker == s.speaker and not s.apart:
            groups[-1].append(s)
        else:
            groups.append([s])
    return groups


def _turn(group: list[Segment]) -> Turn:
    ends = [s.end for s in group if s.end is not None]
    confidences = [s.speaker_confidence for s in group if s.speaker_confidence is not None]
    # Only the last piece says when a turn ended; where it lacks an end, the turn does.
    end = max(ends) if ends and group[-1].end is not None else None
    return Turn(
        speaker=group[0].speaker,
        text=" ".join(s.text for s in group),
        start=next((s.start for s in group if s.start is not None), None),
        end=end,
        words=tuple(w for s in group for w in s.words),
        estimated=_estimated(group, end),
        speaker_confidence=min(confidences) if confidences else None,
        pieces=_pieces(group),
    )


def _estimated(group: list[Segment], end: float | None) -> tuple[Estimate, ...]:
    return (
        *(("start",) if group[0].start_estimated else ()),
        *(("end",) if end is not None and any(s.end_estimated for s in group) else ()),
    )


def _pieces(group: list[Segment]) -> tuple[tuple[float, float], ...]:
    """The stretches of speech in a merged turn, so that the silences between them are not taken for talk.

    Stretches that meet are one. Empty where a time is missing, or where one stretch is left and says nothing new.
    """
    pieces: list[tuple[float, float]] = []
    for s in group:
        if s.start is None or s.end is None:
            return ()
        if pieces and pieces[-1][1] == s.start:
            pieces[-1] = (pieces[-1][0], s.end)
        else:
            pieces.append((s.start, s.end))
    return tuple(pieces) if len(pieces) > 1 else ()


def _estimate_ends(segments: list[Segment]) -> list[Segment]:
    """Before merging, so that a merged turn ends where its last piece does, and not at a guess from its first."""
    done = []
    for i, s in enumerate(segments):
        if s.start is None or s.end is not None:
            done.append(s)
            continue
        latest = s.start + max(1.0, len(s.text.split()) / _SLOW_WORDS_A_SECOND)
        # Clocks of whole seconds give neighbours the same start: the next later one says when this was over.
        following = next((n.start for n in segments[i + 1 : i + 6] if n.start is not None and n.start > s.start), None)
        end = latest if following is None else min(latest, following)
        done.append(replace(s, end=round(end, 3), end_estimated=True))
    return done


def seconds(clock: str) -> float | None:
    """Seconds of a clock such as 1:02, 00:01:02, 00:01:02.345 or 01:02,5; None where it is none."""
    parts = clock.strip().replace(",", ".").split(":")
    if not 1 < len(parts) <= 3:
        return None
    try:
        numbers = [float(p) for p in parts]
    except ValueError:
        return None
    total = 0.0
    for n in numbers:
        if not 0 <= n < 1e6:
            return None
        total = total * 60 + n
    return round(total, 3)
