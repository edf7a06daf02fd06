"""Reflection, acknowledgement, presence, permission and agreement: what is done with what the other said."""

from __future__ import annotations

from duologue.acts.lexicon import overlap, word_set
from duologue.acts.rules.line import Family, Found, Line

_BUT = word_set("but though however yet")
_YOU = word_set("you your yours yourself")
_ME = word_set("i me my mine we our us")


def _reflects(line: Line) -> float:
    """How surely a statement gives back what the other said; 0 where it does not."""
    heard, tag = line.heard, line.tag
    if heard.length < 3 or tag("logistics", "advice", "cta", "pitch.ours", "small", "disagree.strong"):
        return 0.0
    if tag("refl") and line.n > 3:
        return 0.8
    if tag("refl.not") or line.said("pitch", "advice", "story", "persuasion") or line.index > 3:
        return 0.0
    you = any(w in _YOU for w in line.words)
    me = any(w in _ME for w in line.words)
    known = bool(line.content & (heard.content | heard.recent))
    shared = overlap(line.content, heard.content | heard.recent)
    so = line.words[0] == "so"
    # A guess put as a question counts where its order of words is a statement's: "So you stayed?"
    plain = not line.asks or (not tag("q.aux", "q.open", "q.fact", "q.where", "cta") and line.n > 2)
    if me or not plain:
        return 0.0
    if so and you:
        return 0.75 if known else 0.6
    asked = heard.ends("question")
    if asked or line.side == "theirs":  # an answer, or the other's own matter, till the words say otherwise
        return 0.0
    if tag("refl.you") and (known or line.n > 3):
        return 0.7 if known else 0.5
    if (so or you) and known:
        return 0.6
    return 0.6 if line.content and shared >= 0.6 and line.n <= 14 else 0.0


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
    """Taking up the other's point: a strong yes after a statement, a weak one after a proposal or a reflection."""
    if line.asks or line.index > 1 or line.tag("disagree.strong", "withdraw", "small"):
        return
    heard = line.heard
    if any(w in _BUT for w in line.words[1:4]):
        return
    offered = heard.has(
        "reflection", "advice", "call_to_action", "permission", "repair", "disagreement", "acknowledgement"
    )
    if line.tag("agree") and (offered or line.side != "ours" or line.n > 2):
        yield "agreement", 0.7 if offered else 0.5
    elif line.tag("agree.weak") and line.first and offered and line.side != "ours":
        yield "agreement", 0.55


FAMILY = Family(name="listening", find=find)
