"""Questions: open, closed, leading; and those that follow up on what the other said."""

from __future__ import annotations

from duologue.acts.lexicon import overlap, word_set
from duologue.acts.rules.line import Family, Found, Line

_WIDE = word_set("what how why")
_WH = word_set("what how why who which when where whose")


def asks_unmarked(words: tuple[str, ...], tags: dict[str, float], raw: bool) -> bool:
    """Whether a sentence without a question mark asks: "Tell me about …" always, word order only in raw speech."""
    if not words:
        return False
    if "q.imp" in tags:
        return True
    if not raw or "q.told" in tags:
        return False
    return any(t in tags for t in ("q.aux", "q.where", "check")) or (
        bool(_WH.intersection(words[:5])) and any(t in tags for t in ("q.open", "q.fact"))
    )


def _openness(line: Line) -> Found:
    tag = line.tag
    facts = tag("q.fact", "q.where", "q.bare")
    told = tag("q.open") and any(w in ("tell", "walk", "describe", "explain", "hear", "curious") for w in line.words)
    if tag("q.open") and (told or not facts) and not _starts_closed(line):
        yield "question.open", 0.85
    elif told or _asks_at_large(line):
        yield "question.open", 0.7
    else:
        yield "question.closed", 0.8 if tag("q.aux") or facts else 0.65


def _asks_at_large(line: Line) -> bool:
    """No set phrase, and still open: a "what", "how" or "why" in a question that begins as none, or a bare "And?"."""
    if line.tag("q.fact", "q.where", "q.bare", "q.aux", "q.aux.first", "q.tag", "q.want"):
        return False
    return bool(_WIDE.intersection(line.words)) or line.words in (("and",), ("so",), ("because",), ("but",))


def _starts_closed(line: Line) -> bool:
    """Begins as a yes/no question that holds a wh-word further in: "Do you know what it costs?"."""
    told = any(w in ("tell", "walk", "describe", "explain", "say", "share", "elaborate") for w in line.words)
    return bool(line.tag("q.aux.first")) and not told


def find(line: Line, so_far: dict[str, float]) -> Found:
    if not line.asks:
        return
    lead = line.tag("q.lead") or (line.tag("q.want") and line.tag("q.down"))
    if lead and not line.tag("check"):
        yield "question.leading", 0.7
        return
    yield from _openness(line)
    if _follows(line):
        yield "follow_up", _follow_sure(line)


def _follows(line: Line) -> bool:
    """Its topic or its words are the other's: shared stems, a pronoun for their matter, or a bare "how come"."""
    heard = line.heard
    if heard.length < 2 or line.tag("logistics", "check", "permission", "cta", "small"):
        return False
    if line.tag("q.lead") and not line.tag("q.follow"):
        return False
    if line.content & heard.content:
        return True
    if heard.has("small_talk"):
        return False
    told = heard.has("disclosure", "concern", "story") and not heard.ends("question") and line.side != "theirs"
    if told and line.index <= 2 and len(line.content) <= 1 and not line.tag("q.next"):
        return True
    short = line.n <= 4 and line.index <= 1
    return bool((line.tag("q.follow") and (line.side != "theirs" or line.n <= 8)) or short)


def _follow_sure(line: Line) -> float:
    shared = overlap(line.content, line.heard.content)
    return min(0.9, 0.55 + 0.3 * shared + (0.15 if line.tag("q.follow") else 0.0))


FAMILY = Family(name="asking", find=find)
