"""Next time: what they asked and was not answered, threads left open, assumptions to check; as open questions.

Each is one open question in the user's own voice, with the words that it comes from as they are said back to the other
(`phrasing.py`). No two rest on the same turn, and no wording is used twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duologue import phrasing
from duologue.acts.base import Evidence
from duologue.certainty import Certainty, certainty_of
from duologue.model import Moment, Next, Span
from duologue.moments.context import disclosures
from duologue.moments.wording import called, filled, recalled
from duologue.moments.wording_next import WORDINGS
from duologue.text import Sentence

MOST = 7  # more than one talk can hold
LONGEST = phrasing.MOST
SAID = 3  # words of a clause that can be come back to
LEAST = 6  # words of a sentence that is asked about although no clause of it can stand in a question
_TAKEN_UP = ("follow_up", "reflection", "acknowledgement", "presence", "repair", "question.open")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """Something left open: which pool of wordings fits it, and the span that it rests on."""

    pool: str
    span: Span


def next_time(evidence: Evidence, moments: tuple[Moment, ...], sure: Certainty | None = None) -> tuple[Next, ...]:
    """Open questions for the next conversation, each with its quote, the most worth asking first.

    None comes from words or speakers that are not sure; what may have been taken up there is not asked again.
    """
    scene = evidence.scene
    sure = sure or certainty_of(scene.conversation)
    stand = tuple(m for m in moments if sure.because(m) is None)
    if scene.symmetric and len({f.speaker for f in scene.floors}) < 2:
        return ()  # nobody is there to ask
    mended = {t for m in moments if m.kind == "repaired" for t in m.turns}
    sources = (
        (_unanswered(evidence, stand), 3),
        (_concerns(evidence, moments), 2),
        (_dropped(evidence, stand), 2),
        (_assumed(evidence, stand), 2),
        (_never_followed(evidence), 2),
    )
    asked: list[Next] = []
    turns: set[int] = set()
    used: set[str] = set()
    for source, most in sources:
        taken = 0
        for item in source:
            if taken == most or len(asked) == MOST:
                break
            if item.span.turn in turns | mended or not sure.holds(item.span):
                continue
            made = _question(evidence, item, used, sure)
            if made is None:
                continue
            asked.append(made)
            turns.add(item.span.turn)
            taken += 1
    return tuple(asked)


def _unanswered(evidence: Evidence, moments: tuple[Moment, ...]) -> Iterator[_Open]:
    """What the other asked and got no answer to."""
    for m in sorted((m for m in moments if m.kind in ("deflected_invitation", "dodged_question")), key=_surest):
        kinds = ("invitation",) if m.kind == "deflected_invitation" else ("question", "follow_up")
        span, kind = _theirs(evidence, m, kinds)
        if span:
            yield _Open(pool=kind if kind.startswith("invitation.") else "asked", span=span)


def _concerns(evidence: Evidence, moments: tuple[Moment, ...]) -> Iterator[_Open]:
    """Concerns that nobody gave their due, neither in the reply nor in the one after."""
    met = {t for m in moments if m.kind == "acknowledged_first" for t in m.turns}
    for act in (a for a in evidence.acts if a.kind == "concern"):
        turn = act.span.turn
        if _is_theirs(evidence, turn) and turn not in met and not _taken_up(evidence, turn, _TAKEN_UP[:5]):
            asks = evidence.has(turn, "question") and _quote(evidence, act.span).rstrip().endswith("?")
            yield _Open(pool="concern.asked" if asks else "concern", span=act.span)


def _dropped(evidence: Evidence, moments: tuple[Moment, ...]) -> Iterator[_Open]:
    """Threads that were left for another matter; what touches them personally first."""
    found = []
    for m in sorted((m for m in moments if m.kind == "dropped_thread"), key=_surest):
        span, kind = _theirs(evidence, m, ("disclosure.personal_impact", "disclosure.personal_goal", "disclosure"))
        if span:
            found.append(_Open(pool=kind if kind.startswith("disclosure.") else "disclosure.issue", span=span))
    yield from sorted(found, key=lambda o: "personal" not in o.pool)


def _assumed(evidence: Evidence, moments: tuple[Moment, ...]) -> Iterator[_Open]:
    """What was taken for granted about the other, but for what they put right at once."""
    scene = evidence.scene
    for m in sorted((m for m in moments if m.kind == "assumed"), key=_surest):
        act = evidence.first((t for t in m.turns if scene.is_coached(t)), "assumption")
        span = act.span if act else next((q for q in m.quotes if scene.is_coached(q.turn)), None)
        if span and not evidence.find_in(scene.after(span.turn), "disagreement"):
            yield _Open(pool="assumed", span=span)


def _never_followed(evidence: Evidence) -> Iterator[_Open]:
    """What the other brought out and nobody came back to."""
    found = [a for a in disclosures(evidence) if not _taken_up(evidence, a.span.turn, _TAKEN_UP)]
    for act in sorted(found, key=lambda a: "personal" not in a.kind):
        yield _Open(pool=act.kind, span=act.span)


def _surest(m: Moment) -> tuple[float, tuple[int, ...]]:
    return (-m.confidence, m.turns)


def _is_theirs(evidence: Evidence, turn: int) -> bool:
    scene = evidence.scene
    return scene.side(turn) != "relay" and (scene.symmetric or not scene.is_coached(turn))


def _theirs(evidence: Evidence, m: Moment, kinds: tuple[str, ...]) -> tuple[Span | None, str]:
    """The other's words in a moment that an act of these kinds rests on, the first kind first; else its first quote."""
    turns = [t for t in m.turns if _is_theirs(evidence, t)]
    for kind in kinds:
        act = evidence.first(turns, kind)
        if act:
            return act.span, act.kind
    return next((q for q in m.quotes if _is_theirs(evidence, q.turn)), None), ""


def _taken_up(evidence: Evidence, turn: int, kinds: tuple[str, ...]) -> bool:
    """Whether one of the two coached floors that follow does something of these kinds."""
    scene = evidence.scene
    speaker = scene.conversation.turns[turn].speaker
    after = scene.floor_of[turn] + 1
    later = [f for f in scene.floors[after : after + 4] if scene.is_coached(f.first) and f.speaker != speaker]
    return any(evidence.find_in(f, *kinds) for f in later[:2])


def _question(evidence: Evidence, item: _Open, used: set[str], sure: Certainty) -> Next | None:
    """The question, in the first unused wording of its pool; None where no wording or no matter is left."""
    sentence = _sentence(evidence, item)
    if sentence is None or not sure.is_heard(sentence.span):
        return None
    names = called(evidence)
    said = phrasing.clause(sentence.text, names)
    asked = item.pool == "asked" or item.pool.startswith("invitation.")
    if not asked and (said is None or len(said.split()) < SAID) and len(sentence.words) < LEAST:
        return None  # "Blimey" or "the codes" is nothing to come back to
    # Raw recogniser output has no question marks.
    pool = "concern.asked" if item.pool == "concern" and said and phrasing.asks(said) else item.pool
    fields = _fields(sentence.text, names, own=pool == "assumed")
    fits = (w for w in WORDINGS[pool] if w not in used and fields.keys() >= set(re.findall(r"\{(\w+)\}", w)))
    wording = next(fits, None)
    if wording is None:
        return None
    used.add(wording)
    return Next(question=filled(wording, fields), quotes=(sentence.span,))


def _fields(text: str, names: frozenset[str], *, own: bool) -> dict[str, str]:
    """What of these words can stand in a question: recalled, and a term of theirs."""
    recall = recalled(text, names, who="I" if own else "you", marks="“”")
    term = None if own else phrasing.term(text)
    made = {"recall": recall, "term": phrasing.your(term) if term and len(term.split()) > 2 else None}
    made["Recall"] = recall[0].upper() + recall[1:] if recall else None
    return {key: phrase for key, phrase in made.items() if phrase}


def _sentence(evidence: Evidence, item: _Open) -> Sentence | None:
    """The sentence of a span that says most in few words; where they asked, the one that asks."""
    span = item.span
    inside = [s for s in evidence.scene.sentences[span.turn] if s.span.overlaps(span)]
    asks = item.pool == "asked" or item.pool.startswith("invitation.") or item.pool == "concern.asked"
    if asks and any(s.is_question for s in inside):
        inside = [s for s in inside if s.is_question]
    # Between four and the longest that can be quoted whole; then the one with the most words of its own.
    return max(inside, key=lambda s: (4 <= len(s.words) <= LONGEST, _weight(s)), default=None)


def _weight(sentence: Sentence) -> int:
    return sum(len(w) > 3 for w in sentence.words[:LONGEST])


def _quote(evidence: Evidence, span: Span) -> str:
    return evidence.scene.conversation.turns[span.turn].text[span.start : span.end]
