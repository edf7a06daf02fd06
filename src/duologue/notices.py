"""What a user has to know before reading on: what could not be known, and what was left out.

Each notice is one calm sentence or two. The reader's own come first; where one of them already speaks of a matter,
ours on the same matter is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from duologue.certainty import Certainty
from duologue.language import is_english
from duologue.model import Conversation, Kind, Speaker
from duologue.text import Scene

SHORT_FLOORS = 6  # fewer changes of the floor than three each are too few to count opportunities over
LONG_WORDS = 40_000  # some four hours of talk
_OUR_VOICE = re.compile(r"Voice \d+")  # as `audio/turns.py` calls those without a name
_KIND_WORDS = {
    "message": "a message", "selling": "a sales conversation", "consulting": "a consulting conversation",
    "managing": "a conversation between a manager and a report", "support": "a support conversation",
    "hiring": "a job interview", "everyday": "an everyday conversation",
}  # fmt: skip


def notices_about(
    scene: Scene, *, language: str | None, kind: Kind | None, sure: Certainty | None = None, apart: int = 0
) -> tuple[str, ...]:
    """The reader's own notices, then those about hearing, speakers, sides, times, language and length.

    `sure`: what was surely heard; `apart`: how many findings are set apart because something was not.
    """
    said = list(scene.conversation.notices)
    own = " ".join(said)
    for matter, notice in _ours(scene, language, kind):
        if not re.search(matter, own, re.IGNORECASE):
            said.append(notice)
    if sure is not None and (heard := _heard(sure, apart)):
        said.append(heard)
    return tuple(dict.fromkeys(said))


def _ours(scene: Scene, language: str | None, kind: Kind | None) -> Iterator[tuple[str, str]]:
    """Pairs of a pattern that tells whether a reader's notice speaks of the same matter, and our notice."""
    conversation = scene.conversation
    english = is_english(language)
    if not english:
        yield (
            r"not English",
            (
                f"The language looks like “{language}”, and acts and moments are known for English only: "
                "the measures that need no reading are given, and acts, moments, context and dials are withheld."
            ),
        )
    elif language is None:
        yield r"language", "There was too little to tell the language by, and it is read as English."
    if conversation.heard_by and conversation.consent is None:
        yield (
            r"--consent",
            "Nobody was asked whether the people who can be heard know of this recording and agree that it is looked "
            "back on. With --consent yes you say so, once.",
        )
    yield from _people(scene, english, message=kind == "message")
    if kind != "message":
        yield from _times(conversation)
    if english and kind is not None and conversation.kind is None:
        yield (
            r"--kind",
            f"Nobody said what kind of conversation this is. Its words point to {_KIND_WORDS[kind]}; --kind overrides.",
        )
    yield from _length(scene, english, kind)


def _heard(sure: Certainty, apart: int) -> str | None:
    """How much was not surely heard, and what follows; None where all was."""
    poor, words = sure.words
    turns = len(sure.unsure_turns)
    parts = []
    if poor:
        was = "was" if poor == 1 else "were"
        parts.append(f"of {words:,} {'word' if words == 1 else 'words'} {poor:,} {was} heard with little certainty")
    if turns:
        parts.append(f"of {turns} turn{'' if turns == 1 else 's'} it is not sure who spoke")
    if not parts:
        return None
    said = ", and ".join(parts)
    rest = f": {apart} findings that rest on them are set apart" if apart else ""
    rest = ": 1 finding that rests on them is set apart" if apart == 1 else rest
    return f"{said[0].upper()}{said[1:]}{rest}."


def is_short(scene: Scene) -> bool:
    """Whether the floor changed too seldom for dials and rates; acts and moments need two turns only."""
    return len(scene.floors) < SHORT_FLOORS


def _people(scene: Scene, english: bool, *, message: bool) -> Iterator[tuple[str, str]]:
    conversation = scene.conversation
    spoke = {t.speaker for t in conversation.turns}
    people = [s for s in conversation.speakers if s.id in spoke]
    if len(people) == 1 and not message:
        unseen = "There is one speaker only: what happens between two people cannot be seen"
        yield r"one speaker only", f"{unseen}, and dials and rates are withheld." if english else f"{unseen}."
    elif len(people) > 1 and scene.symmetric and english:
        yield (
            r"--us",
            (
                "Nobody is marked as your side, so all are looked at in the same way, and figures for each side and "
                'comparisons with your other conversations are left out. With --us "NAME" the review is about you.'
            ),
        )
    heard = conversation.source == "recording"  # by us: a voice that was told apart is one person's, or it says so
    shared = [
        s for s in people if not message and may_be_several(s.name) and not (heard and _OUR_VOICE.fullmatch(s.name))
    ]
    if shared:
        yield (
            r"several people",
            (
                f"{_quoted(shared)} may stand for several people who shared a microphone or a label, and "
                "what is said about one speaker there may be about more than one."
            ),
        )
    silent = [s for s in conversation.speakers if s.id not in spoke]
    if silent:
        yield r"never (?:spoke|got the floor)", f"Listed, and never got the floor: {_quoted(silent)}."


def _times(conversation: Conversation) -> Iterator[tuple[str, str]]:
    turns = conversation.turns
    starts = [t.start for t in turns if t.start is not None]
    if not starts:
        yield r"no times", "There are no times here: shares are counted in words, and measures of time are withheld."
        return
    if len(starts) < len(turns):
        yield (
            r"(?:no|lack|without) (?:a )?times? in places|some turns have no time",
            ("Some turns have no time, and measures of time rest on the others."),
        )
    if any("end" in t.estimated or "start" in t.estimated for t in turns):
        yield (
            r"estimate",
            "Some times are missing from the file and were estimated from the turns around them; they are marked so.",
        )
    elif all(t.end is None for t in turns):
        yield (
            r"\bends?\b",
            "No turn has an end time: shares are counted in words, and measures of time are withheld.",
        )
    if any(t.start is not None and t.end is not None and t.end < t.start for t in turns):
        yield r"end before they begin", "Some turns end before they begin; their lengths are not used."
    if min(starts) < 0:
        yield r"negative", "Some times are negative: they are taken as they stand."
    if any(b < a for a, b in pairwise(starts)):
        yield r"run backwards", "Some times run backwards: the turns are kept in the file's order."
    elif not conversation.separate_channels and any(
        a.speaker != b.speaker and a.end is not None and b.end is not None and b.start is not None and a.end > b.end
        for a, b in pairwise(turns)
    ):
        yield (
            r"overlap",
            "Some turns overlap in time: they stand in the order in which they began, and who spoke over whom "
            "is not judged.",
        )


def _length(scene: Scene, english: bool, kind: Kind | None) -> Iterator[tuple[str, str]]:
    if english and kind != "message" and 1 < len(scene.floors) < SHORT_FLOORS:
        yield (
            r"short",
            "This is a very short conversation: acts and moments are given, and dials and rates are withheld.",
        )
    elif sum(map(scene.words, range(len(scene.conversation.turns)))) > LONG_WORDS:
        yield (
            r"very long",
            "This is a very long conversation: the few moments shown first speak for a small part of it.",
        )


@cache
def _shared_name() -> re.Pattern[str]:
    """Names that a recorder gives to whoever it hears: rooms, numbered or unknown speakers."""
    return re.compile(
        r"(?:(?:unknown|unidentified|multiple)\s*)?(?:speaker|spk|participant|caller|user|guest|attendee|person|voice)s?"
        r"[\s_#-]*(?:\d+|[a-z])?(?:\s*\(.*\))?"
        r"|unknown(?:\s.*)?|unidentified(?:\s.*)?|everyone|all|audience|group|various"
        r"|(?:.*\b)?(?:(?:conference|meeting|board|class|huddle)\s*room|boardroom|room|lobby|auditorium|studio)\b(?:[\s#:-]*\w{1,12})?",
        re.IGNORECASE,
    )


def may_be_several(name: str) -> bool:
    return bool(_shared_name().fullmatch(" ".join(name.split())))


def _quoted(people: list[Speaker], most: int = 5) -> str:
    names = [f"“{s.name}”" for s in people[:most]]
    if len(people) > most:
        names.append(f"{len(people) - most} more")
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
