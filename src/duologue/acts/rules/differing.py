"""Disagreement, either/or, concern, withdrawal and repair."""

from __future__ import annotations

from duologue.acts.rules.line import Family, Found, Line


def find(line: Line, so_far: dict[str, float]) -> Found:
    if not line.words:
        return
    tag, heard = line.tag, line.heard
    due = "acknowledgement" in so_far or line.said("acknowledgement")
    repaired = tag("repair")
    if repaired and not (tag("repair.slip") and repaired < 0.8) and not line.asks:
        yield "repair", repaired - 0.1
    if tag("either") and not tag("time"):
        yield "either_or", tag("either") - 0.15
    if heard.words and not repaired:
        yield from _disagreement(line, so_far, due)
    if tag("concern") and not line.message and "repair" not in so_far and not (line.side == "ours" and due):
        if line.is_theirs:
            yield "concern", tag("concern") - 0.1
        elif not line.asks:
            yield "concern", 0.3
    if tag("withdraw") and line.is_theirs and heard.words and not repaired and "question.open" not in so_far:
        yield "withdrawal", tag("withdraw") - 0.2


def _disagreement(line: Line, so_far: dict[str, float], due: bool) -> Found:
    """Contradiction in words; a bare no to a question is an answer, a no to a claim is none."""
    tag, heard = line.tag, line.heard
    if line.asks and not tag("disagree.strong"):
        return
    if tag("disagree.strong"):
        yield "disagreement", 0.5 if due else 0.7
    elif tag("disagree") and line.index <= 1:
        asked = heard.ends("question")
        if line.words[0] == "no" and asked:
            return
        yield "disagreement", 0.5 if due or asked else 0.6
    elif line.words == ("no",) and not heard.ends("question") and heard.length > 3:
        yield "disagreement", 0.5


FAMILY = Family(name="differing", find=find)
