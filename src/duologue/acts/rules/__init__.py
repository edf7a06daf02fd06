"""Acts by rules and lexicons, the first version behind the `Labeller` interface.

To add a rule: write its phrases into the lexicon of its family's file, or a condition into the family's `find`; then a
sentence that has the act and a near miss that has not into `tests/acts/`. A new family joins the table below.
"""

from __future__ import annotations

import re
from collections import deque
from functools import cache

from duologue.acts.lexicon import BREAK, content, tokens
from duologue.acts.rules import asking, differing, disclosing, inviting, leading, listening, social, telling
from duologue.acts.rules.line import Family, Heard, Line
from duologue.acts.rules.phrases import Phrases, lexicon
from duologue.model import Act
from duologue.text import Scene, Sentence

# In order: a family sees what those before it found in the sentence.
FAMILIES: tuple[Family, ...] = (
    asking.FAMILY,
    inviting.FAMILY,
    social.FAMILY,
    listening.FAMILY,
    differing.FAMILY,
    leading.FAMILY,
    disclosing.FAMILY,
    telling.FAMILY,
)

_MARK = re.compile(r"[.?!]")  # a turn without any is raw speech, or chat: word order tells a question there
_RECENT = 8  # floors that "already said" looks back over: bounded, so that time stays linear
_DENIALS = frozenset(["not", "no", "never", "nobody", "nothing", "none", "without"])
_WANTS = frozenset(["ask.goal", "ask.impact", "ask.issue"])
_TAIL = 150  # tokens of the other's last floor that are looked at


@cache
def _phrases() -> Phrases:
    return Phrases(lexicon(family.name) for family in FAMILIES)


class Rules:
    """The rule-based labeller."""

    name = "rules/1"

    def label(self, scene: Scene) -> tuple[Act, ...]:
        """Every act in the scene, sorted by turn, start and kind."""
        acts: list[Act] = []
        history = _History()
        for floor in scene.floors:
            history.begin(floor.speaker)
            for turn in floor.turns:
                acts.extend(self._turn(scene, turn, history))
        return tuple(sorted(acts, key=lambda a: (a.span.turn, a.span.start, a.kind)))

    def _turn(self, scene: Scene, turn: int, history: _History) -> list[Act]:
        if scene.side(turn) == "relay":  # an interpreter carries another's words: these are not the relay's acts
            return []
        cut = scene.sentences[turn]
        raw = not _MARK.search(scene.conversation.turns[turn].text)
        earlier: frozenset[str] = frozenset()
        before: frozenset[str] = frozenset()
        acts: list[Act] = []
        for index, sentence in enumerate(cut):
            line = _line(scene, turn, index, sentence, raw, history, earlier, before)
            found = judge(line)
            acts.extend(
                Act(kind=kind, span=sentence.span, confidence=round(sure, 3), by=self.name)
                for kind, sure in found.items()
            )
            before = frozenset(found)
            earlier |= before
            history.add(line, found)
        return _settled(acts, earlier)


def _settled(acts: list[Act], kinds: frozenset[str]) -> list[Act]:
    """Information is what a turn does where it does nothing weightier: a problem told in answer is a disclosure."""
    if kinds & _WEIGHTIER:
        return [a for a in acts if a.kind != "information"]
    return acts


_WEIGHTIER = frozenset(
    [f"disclosure.{x}" for x in ("issue", "personal_impact", "goal", "personal_goal")]
    + ["withdrawal", "small_talk", "pitch", "persuasion", "concern", "story.personal", "story.third_party"]
)


def judge(line: Line) -> dict[str, float]:
    """Kind → confidence, of one sentence: every family in turn."""
    found: dict[str, float] = {}
    for family in FAMILIES:
        for kind, sure in family.find(line, found):
            if sure > found.get(kind, 0.0):
                found[kind] = sure
    if "question.open" in found and "question.closed" in found:  # one or the other: the surer
        found.pop("question.closed" if found["question.open"] >= found["question.closed"] else "question.open")
    return found


def _line(
    scene: Scene,
    turn: int,
    index: int,
    sentence: Sentence,
    raw: bool,
    history: _History,
    earlier: frozenset[str],
    before: frozenset[str],
) -> Line:
    marked = tokens(sentence.text)
    words = tuple(w for w in marked if w != BREAK)
    tags = _phrases().find(marked)
    cut = scene.sentences[turn]
    turns = len(scene.conversation.turns)
    return Line(
        sentence=sentence,
        words=words,
        tags=tags,
        asks=sentence.is_question or ("?" not in sentence.text and asking.asks_unmarked(words, tags, raw)),
        content=content(words),
        index=index,
        count=len(cut),
        length=scene.words(turn),
        side=scene.side(turn),
        heard=history.heard,
        earlier=earlier,
        before=before,
        own=history.own,
        place=turn,
        left=turns - 1 - turn,
        message=scene.conversation.kind == "message",
    )


class _History:
    """What was said so far, as far back as the rules look: the floor before in full, a few floors as stems."""

    def __init__(self) -> None:
        self.speaker = ""
        self.heard = Heard()
        self.own: frozenset[str] = frozenset()
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
        self.own = frozenset().union(*(stems for who, stems in self._floors if who == speaker))
        self.speaker = speaker
        self._acts, self._last, self._words, self._length = frozenset(), frozenset(), (), 0
        self._about_you, self._denies, self._wants = False, False, frozenset()

    def add(self, line: Line, found: dict[str, float]) -> None:
        """A sentence of the current floor was judged."""
        self._last = frozenset(found)
        self._acts |= self._last
        self._words = (self._words + line.words)[-_TAIL:]
        self._length += line.n
        if line.asks:
            self._wants = _WANTS.intersection(line.tags)
        self._denies = bool(_DENIALS.intersection(line.words))
        self._about_you = not line.asks and any(w in ("you", "your") for w in line.words)


RULES = Rules()
