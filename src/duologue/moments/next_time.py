"""Next time: what they asked and was not answered, threads left open, assumptions to check; as open questions.

Each is one open question in the user's own voice, with the words that it comes from. No two rest on the same turn, and
no wording is used twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from duologue.acts.base import Evidence
from duologue.model import Moment, Next, Span
from duologue.moments.context import disclosures
from duologue.moments.wording_next import WORDINGS
from duologue.text import Sentence

MOST = 7  # more than one talk can hold
LONGEST = 16  # words of a quote inside a question
_TAKEN_UP = ("follow_up", "reflection", "acknowledgement", "presence", "repair", "question.open")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """Something left open: which pool of wordings fits it, and the span that it rests on."""

    pool: str
    span: Span


def next_time(evidence: Evidence, moments: tuple[Moment, ...]) -> tuple[Next, ...]:
    """Open questions for the next conversation, each with its quote, the most worth asking first."""
    scene = evidence.scene
    if scene.symmetric and len({f.speaker for f in scene.floors}) < 2:
        return ()  # nobody is there to ask
    mended = {t for m in moments if m.kind == "repaired" for t in m.turns}
    sources = (
        (_unanswered(evidence, moments), 3),
        (_concerns(evidence, moments), 2),
        (_dropped(evidence, moments), 2),
        (_assumed(evidence, moments), 2),
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
            if item.span.turn in turns | mended:
                continue
            made = _question(evidence, item, used)
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


def _question(evidence: Evidence, item: _Open, used: set[str]) -> Next | None:
    """The question, in the first unused wording of its pool; None where no wording or no quote is left."""
    sentence = _sentence(evidence, item)
    if sentence is None:
        return None
    names = {part for s in evidence.scene.conversation.speakers for part in s.name.casefold().split()}
    said = _snippet(sentence.text, frozenset(names))
    # Raw recogniser output has no question marks.
    pool = "concern.asked" if item.pool == "concern" and _ASKED.match(said) else item.pool
    wording = next((w for w in WORDINGS[pool] if w not in used), None)
    if not said or wording is None:
        return None
    used.add(wording)
    return Next(question=wording.replace("{}", f"“{said}”"), quotes=(sentence.span,))


def _sentence(evidence: Evidence, item: _Open) -> Sentence | None:
    """The sentence of a span that says most in few words; where they asked, the one that asks."""
    span = item.span
    inside = [s for s in evidence.scene.sentences[span.turn] if s.span.start < span.end and span.start < s.span.end]
    asks = item.pool == "asked" or item.pool.startswith("invitation.") or item.pool == "concern.asked"
    if asks and any(s.is_question for s in inside):
        inside = [s for s in inside if s.is_question]
    # Between four and the longest that can be quoted whole; then the one with the most words of its own.
    return max(inside, key=lambda s: (4 <= len(s.words) <= LONGEST, _weight(s)), default=None)


def _weight(sentence: Sentence) -> int:
    return sum(len(w) > 3 for w in sentence.words[:LONGEST])


def _quote(evidence: Evidence, span: Span) -> str:
    return evidence.scene.conversation.turns[span.turn].text[span.start : span.end]


def _snippet(text: str, names: frozenset[str] = frozenset()) -> str:
    """The words as they can stand inside a question: no opening fillers, no full stop, and cut at a clause if long."""
    said = " ".join(c for c in re.split(r"[\s\x00-\x1f\x7f-\x9f]+", text) if c)
    said = _fillers().sub("", said)
    called, comma, rest = said.partition(", ")
    if comma and called.casefold() in names and " " in rest:
        said = _fillers().sub("", rest)
    said = said.translate({0x201C: "‘", 0x201D: "’", 0x22: "’"})
    parts = said.split(" ")
    if len(parts) > LONGEST:
        head = " ".join(parts[:LONGEST])
        clause = list(_CLAUSE.finditer(head))
        cut = clause[-1].start() if clause and len(head[: clause[-1].start()].split()) >= LONGEST // 2 else len(head)
        said = head[:cut].rstrip(" ,;:–—-") + "…"
    return said.rstrip(" .,;:!–—-") if not said.endswith("…") else said


_ASKED = re.compile(
    r"(?:is|are|will|would|do|does|did|can|could|what if|how) (?:it|that|this|they|we|you|i|the)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:–—](?=\s)|\s(?=(?:and|but|because|so|which|when|where|if)\s)")


@cache
def _fillers() -> re.Pattern[str]:
    """Words that open a turn without saying anything yet; two words at least stay after them."""
    return re.compile(
        r"^(?:(?:well|yeah|yes|no|oh|um+|uh+|er+m?|hm+|mm+|so|and|but|look|see|okay|ok|right|honestly|frankly|"
        r"i mean|you know"
        r"|like|actually|the thing is|i'll be (?:frank|honest)|to be (?:frank|honest|fair)|if i'm honest|i have to say"
        r"|(?:can i|i'm|let me) just say(?:ing)?(?: that| this)?|i'm just gonna say(?: this)?|before (?:we|the|"
        r"you|i) [^,]{1,30})"
        r"(?:\s*[,.:…–—-]+\s*|\s+))+(?=\S+\s+\S)",
        re.IGNORECASE,
    )
