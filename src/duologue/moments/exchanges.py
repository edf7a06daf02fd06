"""Patterns that several moments rest on: walls, confirmed reflections, and how a question was met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from duologue.model import Act, Span
from duologue.moments.openings import confirms, confirms_strongly, denies, is_negated
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import changes_subject, stems
from duologue.text import Sentence

# Contradiction is what acts are least sure of: below this one is hardly likelier than not, and carries no `-` moment.
LIKELY = 0.55
OWN_MATTER = ("pitch", "call_to_action", "persuasion")


def wall_in(stage: Stage, stretch: Stretch | None) -> Act | None:
    """The disagreement or either/or that makes a stretch a wall; None where the other's view got its due in it.

    The ruling lifts a wall by an acknowledgement anywhere in the turn. A reflection or a repair lifts it here as well
    (the view was given back, or the contradiction taken back), and so does leave; where unsure nothing is claimed.
    """
    if stretch is None or stage.in_stretch(stretch, "acknowledgement", "reflection", "repair", "permission"):
        return None
    return next((a for a in stage.acts_in(stretch, "disagreement", "either_or") if _says_something(stage, a)), None)


def _says_something(stage: Stage, act: Act) -> bool:
    """A bare "Oh no" contradicts nothing, a view put as a question is left open, a guess at an act is no wall."""
    if act.confidence < LIKELY:
        return False
    if act.kind == "either_or":
        return True
    inside = stage.sentences_in(act.span)
    return any(not s.is_question and (len(s.words) >= 4 or stems(s.words)) for s in inside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A reflection with the words that confirmed it. `strength`: from 0 to 1."""

    reflection: Act
    confirmation: Span
    strength: float


def confirmed_reflections(stage: Stage) -> Iterator[Confirmed]:
    """Every reflection by the coached side that the other confirmed in words, or whose content they carried on."""
    for said, reaction in stage.reactions():
        reflections = stage.acts_in(said, "reflection")
        if not reflections:
            continue
        reflection, span = reflections[-1], stage.opening(reaction.first)
        strength = _confirmation(stage, said, reflection, reaction)
        if strength:
            agreed = stage.first(reaction.turns[:3], "agreement")
            yield Confirmed(reflection=reflection, confirmation=agreed.span if agreed else span, strength=strength)


def _confirmation(stage: Stage, said: Stretch, reflection: Act, reaction: Stretch) -> float:
    text = stage.scene.conversation.turns[reaction.first].text
    given = stage.text(reflection.span)
    negated = is_negated(given)
    if confirms_strongly(text):
        return 0.95
    if denies(text) and not negated:
        return 0.0
    if stage.in_stretch(reaction, "disagreement", "withdrawal"):
        return 0.0
    asked = _asked_beside(stage, said, reflection)
    if not asked and (confirms(text, negated=negated) or stage.in_stretch(reaction, "agreement")):
        return 0.9
    mine = stems(w for s in stage.scene.sentences[reflection.span.turn] for w in s.words)
    theirs = stage.matter(reaction.turns[:2])
    shared = len(mine & theirs)
    if shared and 2 * shared >= len(stage.heard(reaction.first)) and not asked:
        return 0.8
    if not asked and stage.in_stretch(reaction, "disclosure"):
        return 0.65
    return 0.0


def _asked_beside(stage: Stage, said: Stretch, reflection: Act) -> bool:
    """Whether another question came with the reflection: then a plain yes may answer that. A check is none."""
    questions = [
        a
        for a in stage.acts_in(said, "question", "follow_up")
        if a.span.start >= reflection.span.start or a.span.turn != reflection.span.turn
    ]
    return any(not _check().search(stage.text(stage.cut(q.span))) for q in questions if q.kind != "question.leading")


@cache
def _check() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(?:right|yes|yeah|correct|is that (?:it|right|fair|so|how)|that['’]?s how it is|(?:did|do|"
        r"have) i (?:get|got|have|hear|heard|lose|"
        r"lost|miss|missed|understand|understood)|is that the (?:whole|order|list)|am i (?:right|close|hearing|"
        r"getting)|close|fair|or did i)\b"
        r"[^?]{0,60}\?*\s*$)",
        re.IGNORECASE,
    )


Met = Literal["answer", "elsewhere", "nothing"]


@cache
def _frank() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:i (?:really |honestly )?(?:don['’]?t|do not) (?:actually |really )?know|no idea|i guess(?:ed)?\b|"
        r"(?:i['’]?m )?not sure|can['’]?t (?:say|promise|tell)|"
        r"i made (?:it|that) up|i haven['’]?t|we don['’]?t know|gut feeling|hunch)",
        re.IGNORECASE,
    )


def how_met(stage: Stage, asked: Span, reply: Stretch) -> tuple[Met | None, Span]:
    """How a question or invitation was met, and the words of the reply that decide it. None: not sure.

    What comes first decides. Sentences that only listen, or that say the claim or the question again, decide nothing.
    """
    before = stage.before(asked.turn)
    claim = stage.heard(asked.turn) | (stage.matter(before.turns[-2:]) if before else frozenset())
    cut = [s for t in reply.turns[:4] for s in stage.scene.sentences[t]][:14]
    for sentence in cut:
        met = _meets(stage, sentence, claim)
        if met != "nothing":
            return met, sentence.span
    return "nothing", cut[0].span


def _meets(stage: Stage, sentence: Sentence, claim: frozenset[str]) -> Met | None:
    kinds = {a.kind for a in stage.by_turn[sentence.span.turn] if _overlap(a.span, sentence.span)}
    content = stems(sentence.words)
    if _frank().search(sentence.text):
        return "answer"
    own = kinds.intersection(OWN_MATTER) or "small_talk" in kinds
    answers = kinds.intersection(("information", "story.personal", "story.third_party", "repair", "concern"))
    if answers and not kinds.intersection(("call_to_action",)):
        return "nothing" if _says_again(content, claim) else "answer"
    if own or changes_subject(sentence.text):
        return "elsewhere"
    if sentence.is_question or any(k.startswith("question") for k in kinds):
        return None
    if not content or _says_again(content, claim) or kinds.intersection(("backchannel", "acknowledgement")):
        return "nothing"
    return "answer"


def _says_again(content: set[str], claim: frozenset[str]) -> bool:
    """At most one word in three is new: the claim or the question over again."""
    return bool(content) and 3 * len(content - claim) <= len(content)


def _overlap(a: Span, b: Span) -> bool:
    return a.turn == b.turn and a.start < b.end and b.start < a.end
