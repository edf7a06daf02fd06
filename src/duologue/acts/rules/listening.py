"""Reflection, acknowledgement, presence, permission and agreement: what is done with what the other said."""

from __future__ import annotations

from duologue.acts.lexicon import overlap
from duologue.acts.rules.line import Family, Found, Line

_NEGATED = frozenset(["but", "though", "however", "yet"])


def _reflects(line: Line) -> float:
    """How surely a statement gives back what the other said; 0 where it does not."""
    heard = line.heard
    if heard.length < 2 and not line.tag("refl"):
        return 0.0
    if line.tag("logistics", "advice", "cta", "pitch.ours", "small", "disagree", "disagree.strong"):
        return 0.0
    known = line.content & (heard.content | heard.recent)
    shared = overlap(line.content, heard.content | heard.recent)
    you = any(w in ("you", "your", "yours", "yourself") for w in line.words)
    me = any(w in ("i", "me", "my", "mine") for w in line.words)
    if line.tag("refl") and line.n > 3 and not line.tag("refl.not"):
        return 0.8 if known or you else 0.6
    if line.said("pitch", "advice", "information", "story") or line.asks:
        return 0.0 if not (line.asks and line.tag("check") and line.index) else 0.4
    opening = line.index <= 2
    if line.words[:1] == ("so",) and you and not me and opening:
        return 0.75 if known else 0.6
    if line.tag("refl.you") and opening and not me and not heard.ends("question"):
        return 0.7 if known else 0.45 * (line.n > 3)
    if line.tag("refl.so") and line.words[0] == "so" and opening and not me and known and not heard.ends("question"):
        return 0.65
    if opening and not me and line.content and shared >= 0.6 and line.n <= 14 and not heard.ends("question"):
        return 0.6
    return 0.0


def find(line: Line, so_far: dict[str, float]) -> Found:
    if not line.words:
        return
    permitted = line.tag("permission")
    if permitted and not (line.asks and "follow_up" in so_far and not line.tag("permission")):
        yield "permission", permitted - 0.1
        if line.asks:
            yield "question.closed", 0.6
    if line.tag("presence") and not line.message:
        yield "presence", line.tag("presence") - 0.1
    heard = line.heard
    if heard.words:
        sure = _reflects(line)
        if sure >= 0.4:
            yield "reflection", sure
        if line.tag("ack") and not (line.asks and "acknowledge" in line.words):
            yield "acknowledgement", line.tag("ack") - 0.15
        yield from _agreement(line, so_far)


def _agreement(line: Line, so_far: dict[str, float]) -> Found:
    """Taking up the other's point: a strong yes after anything, a weak one after a proposal or a reflection."""
    if line.asks or line.index > 1 or line.tag("disagree", "disagree.strong", "withdraw"):
        return
    heard = line.heard
    if any(w in _NEGATED for w in line.words[1:3]):
        return
    if line.tag("agree"):
        yield "agreement", 0.7 if heard.ends("reflection", "advice", "call_to_action", "permission") else 0.6
    elif (
        line.tag("agree.weak")
        and line.first
        and heard.has(
            "reflection",
            "advice",
            "call_to_action",
            "permission",
            "question.leading",
            "disagreement",
            "acknowledgement",
        )
    ):
        yield "agreement", 0.55


FAMILY = Family(name="listening", find=find)
