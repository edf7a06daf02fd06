"""Words that were hardly heard: the same scene without them, for findings that have to stand without them too.

A recogniser that is not sure of a word may have heard "not" where there was none, or lost it. Which sentences an act
hangs on by such a word is found by reading them again without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from duologue.text import Scene, Sentence

# Below this a recogniser's word is as likely wrong as right; a convention, confidences differ from maker to maker.
HARDLY_HEARD = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A scene to read again: the turns to read, and (turn, index) of the sentences that lost a word."""

    scene: Scene
    turns: frozenset[int]
    sentences: frozenset[tuple[int, int]]


def without_doubtful(scene: Scene) -> Iterator[Again]:
    """The scene without its doubtful words; nothing where no word is doubtful or their places cannot be known.

    A sentence that would lose all its words keeps them: it hangs on them whatever is read into it.
    """
    cut = list(scene.sentences)
    touched: set[tuple[int, int]] = set()
    for turn, said in enumerate(scene.conversation.turns):
        if not any(w.confidence is not None and w.confidence < HARDLY_HEARD for w in said.words):
            continue
        places = [m.span() for m in re.finditer(r"\S+", said.text)]
        if len(places) != len(said.words):
            continue
        doubtful = [
            place
            for place, word in zip(places, said.words, strict=True)
            if word.confidence is not None and word.confidence < HARDLY_HEARD
        ]
        cut[turn] = tuple(_without(s, doubtful) for s in scene.sentences[turn])
        touched |= {
            (turn, i) for i, (a, b) in enumerate(zip(cut[turn], scene.sentences[turn], strict=True)) if a is not b
        }
    if touched:
        yield Again(
            scene=replace(scene, sentences=tuple(cut)),
            turns=frozenset(t for t, _ in touched),
            sentences=frozenset(touched),
        )


def _without(s: Sentence, doubtful: list[tuple[int, int]]) -> Sentence:
    inside = [(a - s.span.start, b - s.span.start) for a, b in doubtful if s.span.start <= a < s.span.end]
    text, at = [], 0
    for a, b in inside:
        text.append(s.text[at:a])
        at = b
    left = " ".join("".join([*text, s.text[at:]]).split())
    return replace(s, text=left) if inside and left else s
