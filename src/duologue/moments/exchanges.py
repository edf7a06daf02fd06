"""Patterns that several moments rest on: walls, confirmed reflections, and how a question was met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from duologue.model import Act, Span
from duologue.moments.openings import confirms, confirms_strongly, denies, is_negated
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import changes_subject, stems
from duologue.text import words

# Contradiction and selling are what acts are least sure of: below this one is hardly likelier than not, and where a
# detector leans on it alone, it is left aside.
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
    """A bare "Oh no" contradicts nothing, and a view put as a question is left open."""
    if act.kind == "either_or":
        return True
    inside = stage.sentences_in(act.span)
    return any(not s.is_question and (len(s.words) >= 4 or stems(s.words)) for s in inside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflected:
    """A reflection, how the other met it, and the words that say so. `strength`: of a confirmation, from 0 to 1."""

    reflection: Act
    met: Literal["confirmed", "corrected", "let pass"]
    words: Span
    strength: float


def reflections(stage: Stage) -> Iterator[Reflected]:
    """How the other met each reflection by the coached side: the last of a stretch, where there is a reply at all.

    Confirmed: in words, or its content carried on. Corrected: met with a "no" of its own or a contradiction. Let pass:
    neither, a sign of listening or the answer to another question among them.
    """
    for said, reaction in stage.reactions():
        given = stage.acts_in(said, "reflection")
        if not given:
            continue
        opening = stage.opening(reaction.first)
        strength = _confirmation(stage, said, given[-1], reaction)
        if strength:
            agreed = stage.first(reaction.turns[:3], "agreement")
            words = agreed.span if agreed else opening
            yield Reflected(reflection=given[-1], met="confirmed", words=words, strength=strength)
        else:
            against = _correction(stage, said, given[-1], reaction)
            met: Literal["corrected", "let pass"] = "corrected" if against else "let pass"
            yield Reflected(reflection=given[-1], met=met, words=against or opening, strength=0.0)


def confirmed_reflections(stage: Stage) -> Iterator[Reflected]:
    """Every reflection by the coached side that the other confirmed in words, or whose content they carried on."""
    return (r for r in stage.once(reflections) if r.met == "confirmed")


def _correction(stage: Stage, said: Stretch, reflection: Act, reaction: Stretch) -> Span | None:
    against = next((a for a in stage.acts_in(reaction, "disagreement") if a.confidence >= LIKELY), None)
    if against:
        return against.span
    denied = denies(stage.scene.conversation.turns[reaction.first].text)
    if denied and not is_negated(stage.text(reflection.span)) and not _asked_beside(stage, said, reflection):
        return stage.opening(reaction.first)
    return None


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
_Part = Literal["answer", "elsewhere", "nothing", "empty", "asks"]


@cache
def _frank() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:i (?:really |honestly )?(?:don['’]?t|do not) (?:actually |really )?know|no idea|"
        r"i (?:was )?guess(?:ed|ing)?\b|(?:it['’]?s|just|only) a guess\b|"
        r"(?:i['’]?m )?not sure|can['’]?t (?:say|promise|tell)|"
        r"i made (?:it|that) up|i haven['’]?t|we don['’]?t know|gut feeling|hunch)",
        re.IGNORECASE,
    )


# Below NOT an answer to an invitation is taken for none whatever the rule says, from YES on for one; between NOT and
# HARDLY nothing is claimed. Chosen on the half of our contrast pairs that is not kept aside.
NOT, HARDLY, YES = 0.1, 0.2, 0.8


def how_met(stage: Stage, asked: Span, reply: Stretch) -> tuple[Met | None, Span]:
    """How a question or invitation was met, and the words of the reply that decide it. None: not sure.

    Rules over acts say it (`_met_by_rules`). Where a judge reads answers to invitations, it has to agree: acts say
    what a sentence does, and not whether it is what was asked for. "I guessed", said frankly, answers by the codebook.
    """
    met, words = _met_by_rules(stage, asked, reply)
    invited = any(a.kind.startswith("invitation") and a.span.overlaps(asked) for a in stage.by_turn[asked.turn])
    judged = stage.responsive(asked, reply) if invited else None
    if judged is None:
        return met, words
    if met == "answer" and judged < HARDLY and not _frank().search(stage.text(words)):
        return ("elsewhere" if judged < NOT else None), words
    if met != "answer" and judged >= YES:
        return ("answer" if met is None else None), words
    return met, words


def _met_by_rules(stage: Stage, asked: Span, reply: Stretch) -> tuple[Met | None, Span]:
    """What comes first decides. Words that only listen, that say the claim or the question again, or that no act calls
    an answer (form without a fact, a reason or an experience) decide nothing. A question back is left open, unless
    such words stand before it and it asks about something else: then the subject was changed.
    """
    before = stage.before(asked.turn)
    claim = stage.heard(asked.turn) | (stage.matter(before.turns[-2:]) if before else frozenset())
    wanted = frozenset(a.kind for a in stage.by_turn[asked.turn] if a.span.overlaps(asked))
    pieces = [p for t in reply.turns[:4] for p in _pieces(stage, t)][:14]
    spoke = False
    for piece in pieces:
        met = _meets(stage, piece, claim, wanted)
        if met == "asks":
            return ("elsewhere" if spoke and not _shares(piece.content, claim) else None), piece.span
        if met == "empty":
            spoke = True
        elif met != "nothing":
            return met, piece.span
    return "nothing", pieces[0].span if pieces else stage.opening(reply.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A sentence, or the part of it for which the acts are the same."""

    span: Span
    text: str
    content: frozenset[str]
    acts: tuple[Act, ...]
    kinds: frozenset[str]


def _pieces(stage: Stage, turn: int) -> Iterator[_Piece]:
    """A turn's sentences in order, cut where an act begins or ends: raw speech has no marks, and order decides."""
    acts = stage.by_turn[turn]
    edges = {edge for a in acts for edge in (a.span.start, a.span.end)}
    for sentence in stage.scene.sentences[turn][:14]:
        inside = (e for e in edges if sentence.span.start < e < sentence.span.end)
        cuts = [sentence.span.start, *sorted(inside), sentence.span.end]
        for start, end in pairwise(cuts):
            text = stage.text(Span(turn=turn, start=start, end=end))
            span = Span(turn=turn, start=end - len(text.lstrip()), end=end)
            here = tuple(a for a in acts if a.span.overlaps(span))
            if said := words(text):
                kinds = frozenset(a.kind for a in here)
                yield _Piece(span=span, text=text, content=frozenset(stems(said)), acts=here, kinds=kinds)


def _meets(stage: Stage, piece: _Piece, claim: frozenset[str], wanted: frozenset[str]) -> _Part | None:
    if _frank().search(piece.text):
        return "answer"
    own = max((a.confidence for a in piece.acts if a.kind in (*OWN_MATTER, "small_talk")), default=0.0)
    facts = not piece.kinds.isdisjoint(("information", "repair", "concern")) or _discloses(piece)
    story = max((a.confidence for a in piece.acts if a.kind.startswith("story")), default=0.0)
    if (facts or story > own) and "call_to_action" not in piece.kinds:
        picks = "question.closed" in wanted  # "By number or by value?", "By number.": its words, and an answer
        return "empty" if _says_again(piece.content, claim) and not picks else "answer"
    if 0.0 < own < LIKELY:
        return None
    asks = [a for a in piece.acts if a.kind.startswith("question")]
    if own or changes_subject(piece.text) or any(changes_subject(stage.text(stage.cut(a.span))) for a in asks):
        return "elsewhere"
    if asks or piece.text.rstrip("\"'”’)] ").endswith("?"):
        return "asks"
    if not piece.content or piece.kinds.intersection(("backchannel", "acknowledgement")):
        return "nothing"
    if _says_again(piece.content, claim) or not piece.kinds.intersection(_spoken(wanted)):
        return "empty"
    return "answer"


def _discloses(piece: _Piece) -> bool:
    return any(k.startswith("disclosure") for k in piece.kinds)


def _spoken(wanted: frozenset[str]) -> set[str]:
    """The acts, beside the facts, that take up what was asked: what to do is no reason, a guess at them no basis."""
    spoken = {"agreement", "disagreement", "reflection", "advice", "assumption"}
    if not wanted.isdisjoint(("invitation.why", "invitation.meaning", "invitation.basis")):
        spoken.discard("advice")
    if "invitation.basis" in wanted:
        spoken.discard("assumption")
    return spoken


def _shares(content: frozenset[str], claim: frozenset[str]) -> bool:
    """Whether words are still about the claim, or hold too little to tell."""
    return len(content) < 2 or not content.isdisjoint(claim)


def _says_again(content: frozenset[str], claim: frozenset[str]) -> bool:
    """At most one word in three is new: the claim or the question over again."""
    return bool(content) and 3 * len(content - claim) <= len(content)
