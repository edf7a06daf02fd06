"""Whether words of a later talk are about a matter of an earlier one: shared rare stems, and words that look back.

Two passages are about one matter where they share at least two stems that were rare in the talk where the matter came
up, or one rare term of several words that stand side by side. Names of people, calendar words and words that fit any
talk do not count. Where the later words say that they look back ("last time you …"), one rare stem is enough. How
much a stem says, where one passage has to be chosen among several, is its inverse frequency over the floors of all
talks. These are conventions of ours, tried on a handful of written talks; nobody measured them against people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from math import log

from duologue.model import Span
from duologue.moments.stage import Stage
from duologue.moments.threads import stem
from duologue.text import WORD

RARE_SHARE, RARE_FLOORS = 0.1, 3  # rare: in at most this share of a talk's floors, or in at most so many
LEAST_SHARED = 2
# Words that anybody may say in any talk: that two talks share them says nothing of a matter.
_WORDS = """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december morning afternoon evening tonight tomorrow yesterday week weekend month year hour minute
    moment half quarter three four five six seven eight nine ten hundred thousand number ring ringing rang call called
    calling phone email mail meet meeting spoke speak talked talking chat conversation question answer ask asked problem
    issue idea team business company customer client people person everyone work working start started stop stopped find
    found hear heard listen help show write wrote written read send sent bring worry worried hope care carry believe
    feel felt remember forget wait guess suppose decide change different difference important easy hard big small new
    old full open close bit couple rest part side end name today early late run running man woman guy away down
    together along across aye sit stand enough
"""
_ANY_TALK = frozenset(map(stem, _WORDS.split()))
_EARLIER = r"(?:last|first|previous|earlier)"
_TALK = r"(?:call|talk|chat|meeting|conversation|visit|session|round|one-to-one|one-on-one)"
_MET = r"(?:spoke|talked|met|last spoke|last talked|last met)"


@cache
def _looks_back() -> re.Pattern[str]:
    """Words that speak of an earlier talk between the same people, whatever else they say."""
    return re.compile(
        rf"(?<!the )\blast time\b(?=[^.?!]*\b(?:we|you)\b)|\b(?:we|you)\b[^.?!]*(?<!the )\blast time\b|"
        rf"\b(?:when|since|after|before|as) we {_MET}\b|\b(?:our|that) {_EARLIER} {_TALK}\b|"
        rf"\bafter (?:our|that) {_TALK}\b|\bin (?:our|that) {_TALK}\b|\b(?:came|went) away from (?:our|that)\b",
        re.IGNORECASE,
    )


@cache
def _recalls() -> re.Pattern[str]:
    """Words that recall something said, which may be of this talk too."""
    return re.compile(
        r"\b(?:when|what|as|like|because|that) (?:you|i) (?:just )?(?:said|told|asked|called|mentioned|talked|went on|"
        r"showed|explained|promised)\b|\byou(?: had|['’]d)? asked (?:me|what|why|how|where|who|about|for)\b|"
        r"\b(?:you|i) (?:had )?(?:just )?(?:told|asked|promised|said to) (?:me|you)\b|"
        r"\b(?:i|we|you)\b[^.?!]*\b(?:last (?:time|week|month|year)|the other day|back then|(?:weeks|months) ago)\b",
        re.IGNORECASE,
    )


def looks_back(text: str) -> bool:
    """Whether a passage speaks of an earlier talk ("last time you …", "since we spoke")."""
    return bool(_looks_back().search(text))


def recalls(text: str) -> bool:
    """Whether a passage speaks of an earlier talk, or recalls something said that may have been in one."""
    return looks_back(text) or bool(_recalls().search(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One or two neighbouring sentences of a turn, with the stems of their content words and pairs of such words."""

    span: Span
    text: str
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Talk:
    """A stage seen as passages. `names`: words that name people over all talks; they are no matter."""

    stage: Stage
    names: frozenset[str]

    @cached_property
    def floors(self) -> Counter[str]:
        """In how many floors each stem stands."""
        return Counter(s for f in self._by_floor for s in f)

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        """In how many turns each pair of neighbouring content words stands."""
        turns = range(len(self.stage.scene.conversation.turns))
        return Counter(p for t in turns for p in frozenset().union(*(x.pairs for x in self.passages(t))))

    @cached_property
    def _by_floor(self) -> tuple[frozenset[str], ...]:
        return tuple(
            frozenset(s for t in f.turns for x in self.stage.scene.sentences[t] for s in self.content(x.words))
            for f in self.stage.scene.floors
        )

    @property
    def size(self) -> int:
        return len(self.stage.scene.floors)

    def content(self, words: Iterable[str]) -> list[str]:
        """The stems of the content words, in order, with "" for every other word."""
        found = []
        for word in words:
            s = "" if word.removesuffix("'s") in self.names else stem(word)
            found.append("" if s in _ANY_TALK else s)
        return found

    def rare(self, s: str) -> bool:
        """Whether a stem was said in few floors of this talk."""
        return bool(s) and self.floors[s] <= max(RARE_FLOORS, RARE_SHARE * self.size)

    def passages(self, turn: int) -> tuple[Passage, ...]:
        """Each two neighbouring sentences of a turn; the one sentence where there is no second."""
        if turn not in self._passages:
            self._passages[turn] = tuple(self._cut(turn))
        return self._passages[turn]

    @cached_property
    def _passages(self) -> dict[int, tuple[Passage, ...]]:
        return {}

    def _cut(self, turn: int) -> Iterator[Passage]:
        row = self.stage.scene.sentences[turn]
        for pair in pairwise(row) if len(row) > 1 else [(s, s) for s in row]:
            yield self.passage(Span(turn=turn, start=pair[0].span.start, end=pair[1].span.end))

    def passage(self, span: Span) -> Passage:
        """The sentences that a span touches, as one passage."""
        rows = [self.content(s.words) for s in self.stage.sentences_in(span)]
        return Passage(
            span=span,
            text=self.stage.text(span),
            stems=frozenset(s for row in rows for s in row if s),
            pairs=frozenset((a, b) for row in rows for a, b in pairwise(row) if a and b and a != b),
        )


@dataclass(frozen=True)
class Matter:
    """What an earlier talk held: the rare stems and terms of a few of its sentences. `core`: of those named alone."""

    core: frozenset[str]
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @property
    def findable(self) -> bool:
        """Whether there is enough to know it again by."""
        return len(self.stems) >= LEAST_SHARED

    def shared(self, passage: Passage, *, back: bool = False) -> frozenset[str]:
        """The stems in common where they are enough, or belong to a term of several words; else none.

        `back`: the passage looks back, so that one is enough where it is of the core.
        """
        found = self.stems & passage.stems
        terms = {s for pair in self.pairs & passage.pairs for s in pair}
        enough = len(found) >= LEAST_SHARED or terms or (back and self.core & passage.stems)
        return found | terms if enough else frozenset()


def matter_of(talk: Talk, spans: Iterable[Span], *, around: int = 0) -> Matter:
    """The matter of the sentences that these spans touch, and of so many to either side in the same turn."""
    core: set[str] = set()
    stems: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for span in spans:
        row = talk.stage.scene.sentences[span.turn]
        touched = [i for i, s in enumerate(row) if s.span.overlaps(span)]
        if not touched:
            continue
        near = row[max(0, touched[0] - around) : touched[-1] + 1 + around]
        passage = talk.passage(Span(turn=span.turn, start=near[0].span.start, end=near[-1].span.end))
        stems |= {s for s in passage.stems if talk.rare(s)}
        core |= stems & talk.passage(span).stems
        # Side by side, and in few turns so: a term, though one of its words alone may be common.
        pairs |= {p for p in passage.pairs if talk.pairs[p] <= RARE_FLOORS and (talk.rare(p[0]) or talk.rare(p[1]))}
    return Matter(core=frozenset(core), stems=frozenset(stems), pairs=frozenset(pairs))


def weights(talks: Iterable[Talk]) -> Mapping[str, float]:
    """How much each stem says: its inverse frequency over the floors of all talks."""
    rows = list(talks)
    count = sum((t.floors for t in rows), Counter[str]())
    total = sum(t.size for t in rows)
    return {s: log((total + 1) / n) for s, n in count.items()}


def as_said(talk: Talk, passage: Passage, shared: frozenset[str]) -> tuple[str, ...]:
    """The shared stems as the words that stand in a passage, each once, in order."""
    said: dict[str, str] = {}
    for m in WORD.finditer(passage.text):
        (s,) = talk.content((m.group().lower().replace("’", "'"),))
        if s in shared:
            said.setdefault(s, m.group())
    return tuple(said.values())
