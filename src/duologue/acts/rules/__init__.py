"""Acts by rules and lexicons, the first version behind the `Labeller` interface.

To add a rule: write its phrases into the lexicon of its family's file, or a condition into the family's `find`; then a
sentence that has the act and a near miss that has not into `tests/acts/`. A new family joins the table below.
"""

from __future__ import annotations

from functools import cache

from duologue.acts.rules import asking, differing, disclosing, inviting, leading, listening, social, telling
from duologue.acts.rules.line import Family, Line, with_families
from duologue.acts.rules.phrases import Phrases, lexicon
from duologue.acts.rules.reading import History, here, read_line
from duologue.model import Act
from duologue.text import Scene

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


@cache
def _phrases() -> Phrases:
    return Phrases(lexicon(family.name) for family in FAMILIES)


class Rules:
    """The rule-based labeller."""

    name = "rules/1"

    def label(self, scene: Scene) -> tuple[Act, ...]:
        """Every act in the scene, sorted by turn, start and kind."""
        acts: list[Act] = []
        history = History()
        for floor in scene.floors:
            history.begin(floor.speaker)
            for turn in floor.turns:
                acts.extend(self._turn(scene, turn, history))
        return tuple(sorted(acts, key=lambda a: (a.span.turn, a.span.start, a.kind)))

    def note(self, scene: Scene) -> None:
        """Nothing."""

    def _turn(self, scene: Scene, turn: int, history: History) -> list[Act]:
        if scene.side(turn) == "relay":  # an interpreter carries another's words: these are not the relay's acts
            return []
        at = here(scene, turn)
        earlier: frozenset[str] = frozenset()
        before: frozenset[str] = frozenset()
        acts: list[Act] = []
        for index, sentence in enumerate(scene.sentences[turn]):
            line = read_line(sentence, index, at, history, _phrases(), earlier=earlier, before=before)
            found = judge(line)
            acts.extend(
                Act(kind=kind, span=sentence.span, confidence=round(sure, 3), by=self.name)
                for kind, sure in found.items()
            )
            before = with_families(found)
            earlier |= before
            history.add(line, found)
        return _settled(acts, earlier)


def _settled(acts: list[Act], kinds: frozenset[str]) -> list[Act]:
    """Information is what a turn does where it does nothing weightier: a problem told in answer is a disclosure."""
    if kinds & _WEIGHTIER:
        return [a for a in acts if a.kind != "information"]
    if kinds - _LIGHT:  # a fact that nobody asked for, beside something else: not what the turn is about
        return [a for a in acts if a.kind != "information" or a.confidence > _UNASKED]
    return acts


_UNASKED = 0.4
_LIGHT = frozenset(["information", "agreement", "backchannel"])
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


RULES = Rules()
