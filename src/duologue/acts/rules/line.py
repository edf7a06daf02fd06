"""A sentence as the rules see it: its words, the phrases in it, and what was said around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from duologue.model import Side
from duologue.text import Sentence

Found = Iterator[tuple[str, float]]


def with_families(kinds: Iterable[str]) -> frozenset[str]:
    """Kinds of acts with the families that they belong to: "question.open" and "question"."""
    return frozenset(k for kind in kinds for k in (kind, kind.partition(".")[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The floor before this one, somebody else's: the last thing that was said to the speaker.

    `acts`: the kinds found in it and their families ("question"); `last`: those of its last sentence. `words`: its
    tokens, the last 150 of them; `content`: their stems; `recent`: stems of the few floors before, its own included;
    `length` in words. `wants`: what its questions were after ("ask.goal", "ask.impact", "ask.issue"). `about_you`: its
    last sentence is a statement that speaks of the listener; `denies`: it holds a "not".
    """

    acts: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    content: frozenset[str] = frozenset()
    recent: frozenset[str] = frozenset()
    length: int = 0
    about_you: bool = False
    denies: bool = False
    wants: frozenset[str] = frozenset()

    def has(self, *kinds: str) -> bool:
        """Whether it held an act of one of these kinds, or of their families."""
        return not self.acts.isdisjoint(kinds)

    def ends(self, *kinds: str) -> bool:
        """Whether its last sentence held an act of one of these kinds, or of their families."""
        return not self.last.isdisjoint(kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence with what the rules may look at.

    `words`: tokens without breaks; `tags`: the phrases found, by name, with their confidence. `asks`: it is a question
    in form. `content`: its stems. `index`, `count`: its place among the sentences of the turn; `length`: words of the
    whole turn. `place`: turns from the start, `left`: turns to the end. `earlier`: kinds and families found
    earlier in the turn.
    """

    sentence: Sentence
    words: tuple[str, ...]
    tags: dict[str, float]
    asks: bool
    content: frozenset[str]
    index: int
    count: int
    length: int
    side: Side
    heard: Heard
    earlier: frozenset[str]
    before: frozenset[str]
    place: int
    left: int
    message: bool

    def tag(self, *names: str) -> float:
        """The highest confidence of these phrases in the sentence; 0 where there is none."""
        best = 0.0
        for name in names:
            sure = self.tags.get(name)
            if sure is not None and sure > best:
                best = sure
        return best

    def said(self, *kinds: str) -> bool:
        """Whether an act of one of these kinds was found earlier in this turn."""
        return not self.earlier.isdisjoint(kinds)

    @property
    def is_theirs(self) -> bool:
        """Not known to be coached: whom gold and moments look to for disclosures."""
        return self.side != "ours"

    @property
    def is_ours(self) -> bool:
        """Not known to be the other side: whom moments look to for pitch, persuasion and assumption."""
        return self.side != "theirs"

    @property
    def first(self) -> bool:
        return self.index == 0

    @property
    def last(self) -> bool:
        return self.index == self.count - 1

    @property
    def n(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Acts that are found together: the function that judges a sentence; its phrases are in `lexicons/NAME.txt`.

    `find(line, so_far)` yields (kind, confidence); `so_far` holds what families before it in the table found here.
    """

    name: str
    find: Callable[[Line, dict[str, float]], Found]
