"""Conversations with acts written by hand, for tests of measures: no labeller stands between them and the numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from duologue.acts.base import Evidence
from duologue.measures import measure
from duologue.model import Act, Conversation, Measure, Side, Speaker, Turn, Word
from duologue.text import scene
from support import talk

_MARK = re.compile(r"\{([^}]*)\}\s*")


def labelled(*lines: str, sides: dict[str, Side] | None = None) -> Evidence:
    """Evidence from lines such as "A: {question.open follow_up} What then? {pitch} Ours is best."

    Each mark labels the one sentence that follows it; a sentence without a mark has no act.
    """
    conversation = talk(*(_MARK.sub("", line) for line in lines), sides=sides)
    cut = scene(conversation)
    acts = []
    for i, line in enumerate(lines):
        at = 0
        text = line.partition(": ")[2]
        for mark in _MARK.finditer(text):
            at = len(_MARK.sub("", text[: mark.start()]))
            sentence = next(s for s in cut.sentences[i] if s.span.end > at)
            acts += [Act(kind=k, span=sentence.span, confidence=1.0, by="hand") for k in mark.group(1).split()]
    return Evidence(scene=cut, acts=tuple(acts))


def evidence(conversation: Conversation) -> Evidence:
    """A conversation without acts."""
    return Evidence(scene=scene(conversation), acts=())


def found(of: Evidence | Conversation, name: str, speaker: str | None = None, *, with_acts: bool = True) -> Measure:
    """The one measure of this name and speaker."""
    given = of if isinstance(of, Evidence) else evidence(of)
    hits = [m for m in measure(given, with_acts=with_acts) if (m.name, m.speaker) == (name, speaker)]
    assert len(hits) == 1, f"{len(hits)} measures {name} of {speaker}"
    return hits[0]


def timed(*rows: tuple[str, float | None, float | None, str], **changes: object) -> Conversation:
    """A conversation from (speaker, start, end, text); A is ours, the others theirs."""
    turns = tuple(Turn(speaker=s, start=a, end=b, text=text) for s, a, b, text in rows)
    names = list(dict.fromkeys(t.speaker for t in turns))
    speakers = tuple(Speaker(id=n, name=n, side="ours" if n == "A" else "theirs") for n in names)
    return replace(Conversation(id="test", speakers=speakers, turns=turns), **changes)  # type: ignore[arg-type]


def spoken(*rows: tuple[str, str], channels: bool = True) -> Conversation:
    """A conversation with word times, from (speaker, "word@start-end word@start-end"); turns run as their words do."""
    turns = []
    for speaker, line in rows:
        words = []
        for part in line.split():
            text, _, times = part.partition("@")
            start, _, end = times.partition("-")
            words.append(Word(text=text, start=float(start), end=float(end)))
        text = " ".join(w.text for w in words)
        turns.append(Turn(speaker=speaker, text=text, start=words[0].start, end=words[-1].end, words=tuple(words)))
    names = list(dict.fromkeys(t.speaker for t in turns))
    speakers = tuple(Speaker(id=n, name=n, side="ours" if n == "A" else "theirs") for n in names)
    return Conversation(id="test", speakers=speakers, turns=tuple(turns), separate_channels=channels)
