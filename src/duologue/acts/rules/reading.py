"""Reading a conversation sentence by sentence: what the rules get to see of each, and of what was said before."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

from duologue.acts.lexicon import BREAK, content, tokens, word_set
from duologue.acts.rules.asking import asks_unmarked
from duologue.acts.rules.line import Heard, Line, with_families
from duologue.acts.rules.phrases import Phrases
from duologue.model import Side
from duologue.text import Scene, Sentence

_MARK = re.compile(r"[.?!]")  # a turn without any is raw speech, or chat: word order tells a question there
_RECENT = 8  # floors that "already said" looks back over: bounded, so that time stays linear
_TAIL = 150  # tokens of the other's last floor that are looked at
_WANTS = word_set("ask.goal ask.impact ask.issue")
_DENIALS = word_set("not no never nobody nothing none without")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What is the same for every sentence of a turn. `raw`: without sentence marks; `left`: turns to the end."""

    turn: int
    side: Side
    raw: bool
    count: int
    length: int
    left: int
    message: bool


def here(scene: Scene, turn: int) -> Here:
    """Where in the scene a turn stands."""
    turns = scene.conversation.turns
    return Here(
        turn=turn,
        side=scene.side(turn),
        raw=not _MARK.search(turns[turn].text),
        count=len(scene.sentences[turn]),
        length=scene.words(turn),
        left=len(turns) - 1 - turn,
        message=scene.conversation.kind == "message",
    )


def read_line(
    sentence: Sentence,
    index: int,
    at: Here,
    history: History,
    phrases: Phrases,
    *,
    earlier: frozenset[str],
    before: frozenset[str],
) -> Line:
    """One sentence with all that the rules may look at."""
    marked = tokens(sentence.text)
    words = tuple(w for w in marked if w != BREAK)
    tags = phrases.find(marked)
    return Line(
        sentence=sentence,
        words=words,
        tags=tags,
        asks=sentence.is_question or ("?" not in sentence.text and asks_unmarked(words, tags, at.raw)),
        content=content(words),
        index=index,
        count=at.count,
        length=at.length,
        side=at.side,
        heard=history.heard,
        earlier=earlier,
        before=before,
        place=at.turn,
        left=at.left,
        message=at.message,
    )


class History:
    """What was said so far, as far back as the rules look: the floor before in full, a few floors as stems."""

    def __init__(self) -> None:
        self.speaker = ""
        self.heard = Heard()
        self._floors: deque[tuple[str, frozenset[str]]] = deque(maxlen=_RECENT)
        self._acts: frozenset[str] = frozenset()
        self._last: frozenset[str] = frozenset()
        self._words: tuple[str, ...] = ()
        self._length = 0
        self._about_you = self._denies = False
        self._wants: frozenset[str] = frozenset()

    def begin(self, speaker: str) -> None:
        """A new floor: what was the current one becomes what was heard."""
        if self.speaker:
            self._floors.append((self.speaker, content(self._words)))
            self.heard = Heard(
                acts=self._acts,
                last=self._last,
                words=self._words,
                content=content(self._words),
                recent=frozenset().union(*(stems for who, stems in self._floors if who != speaker)),
                length=self._length,
                about_you=self._about_you,
                denies=self._denies,
                wants=self._wants,
            )
        self.speaker = speaker
        self._acts, self._last, self._words, self._length = frozenset(), frozenset(), (), 0
        self._about_you, self._denies, self._wants = False, False, frozenset()

    def add(self, line: Line, found: dict[str, float]) -> None:
        """A sentence of the current floor was judged."""
        self._last = with_families(found)
        self._acts |= self._last
        self._words = (self._words + line.words)[-_TAIL:]
        self._length += line.n
        if line.asks:
            self._wants = _WANTS.intersection(line.tags)
        self._denies = bool(_DENIALS.intersection(line.words))
        self._about_you = not line.asks and any(w in ("you", "your") for w in line.words)
