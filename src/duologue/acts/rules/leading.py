"""Advice, pitch, persuasion, assumption and calls to action: where the speaker wants to take the other."""

from __future__ import annotations

from duologue.acts.lexicon import overlap
from duologue.acts.rules.line import Family, Found, Line


def find(line: Line, so_far: dict[str, float]) -> Found:
    if not line.words:
        return
    yield from _ask(line, so_far)
    yield from _advice(line, so_far)
    if line.is_ours:
        yield from _selling(line, so_far)


def _ask(line: Line, so_far: dict[str, float]) -> Found:
    if not line.tag("cta") or "invitation" in "".join(so_far) or line.tag("small"):
        return
    sure = 0.7 if line.is_ours else 0.45
    if line.tag("withdraw"):
        return
    yield "call_to_action", sure
    if line.asks:
        yield "question.closed", 0.7


def _advice(line: Line, so_far: dict[str, float]) -> Found:
    if any(k in so_far for k in ("repair", "permission", "small_talk", "withdrawal", "presence")) or line.tag("cta"):
        return
    if line.tag("reported"):
        return
    # "I would start with …" is advice from the coached side; from the other it is mostly their own plan.
    sure = line.tag("advice", "advice.self") if line.side == "ours" else line.tag("advice")
    mild = line.tag("advice.do") if not line.tag("advice.not") else 0.0
    if line.asks and not sure:
        return
    if sure and not (line.asks and "invitation.look_for" in so_far):
        if "reflection" in so_far and line.heard.recent and overlap(line.content, line.heard.recent) > 0.5:
            return
        yield "advice", sure - (0.1 if line.is_ours else 0.2)
    elif mild and not line.asks and line.side != "theirs":
        yield "advice", mild


def _selling(line: Line, so_far: dict[str, float]) -> Found:
    tag = line.tag
    asked = line.heard.ends("question") and line.index == 0
    if tag("pitch.ours") and not line.asks and "repair" not in so_far:
        yield "pitch", 0.45 if asked else 0.75
    elif tag("pitch.praise") and tag("ours") and not line.asks and "acknowledgement" not in so_far:
        yield "pitch", 0.5
    if tag("persuade") and "repair" not in so_far:
        yield "persuasion", tag("persuade") - 0.15
    if (
        tag("assume")
        and not line.asks
        and not any(k in so_far for k in ("repair", "acknowledgement", "permission", "small_talk", "pitch"))
    ):
        known = overlap(line.content, line.heard.recent)
        if known < 0.5 and line.tag("refl") == 0:
            yield "assumption", 0.65 if not known else 0.5


FAMILY = Family(name="leading", find=find)
