"""Disagreement, either/or, concern, withdrawal and repair."""

from __future__ import annotations

from duologue.acts.lexicon import word_set
from duologue.acts.rules.line import Family, Found, Line


def find(line: Line, so_far: dict[str, float]) -> Found:
    if not line.words:
        return
    tag, heard = line.tag, line.heard
    due = "acknowledgement" in so_far or line.said("acknowledgement", "repair")
    owned = tag("repair", "repair.ours") if line.side == "ours" else tag("repair")
    repaired = bool(owned) and not line.asks and not tag("repair.slip")
    if repaired:
        yield "repair", owned - 0.1
    if tag("either") and not tag("time"):
        yield "either_or", tag("either") - 0.15
    if heard.words and not repaired:
        yield from _disagreement(line, due)
    invited = any(k.startswith("invitation") for k in so_far)
    if tag("concern") and not (line.message or invited or repaired or (line.side == "ours" and due)):
        if line.is_theirs:
            yield "concern", tag("concern") - 0.1
        elif not line.asks and tag("concern.own"):
            yield "concern", 0.45
    if heard.words and line.is_theirs and not repaired and "question.open" not in so_far:
        yield from _withdrawal(line)


def _disagreement(line: Line, due: bool) -> Found:
    """Contradiction in words. A bare no to a question is an answer; to a claim or an ask it contradicts."""
    tag, heard = line.tag, line.heard
    if (line.asks and not tag("disagree.strong")) or tag("disagree.not"):
        return
    asked = heard.ends("question") and not heard.ends("call_to_action", "question.leading", "advice")
    if tag("disagree.strong"):
        yield "disagreement", 0.5 if due else 0.7
    elif line.index > 1 or asked or due or heard.ends("acknowledgement", "presence", "reflection", "repair"):
        return
    elif tag("disagree") or line.words == ("no",):
        yield "disagreement", 0.6
    elif line.first and tag("rebut", "emphatic") and _contested(line):
        yield "disagreement", 0.5
    elif line.first and _stands_by_it(line):
        yield "disagreement", 0.45


def _stands_by_it(line: Line) -> bool:
    """A brief answer to a contradiction that yields nothing: the argument goes on."""
    yields = ("agree", "agree.weak", "agree.short", "agree.true", "withdraw", "withdraw.short", "ack", "small")
    heard = line.heard
    return line.length <= _BRIEF and heard.has("disagreement", "either_or", "assumption") and not line.tag(*yields)


def _contested(line: Line) -> bool:
    """The other claimed something about the speaker, or the same matter, in a way that can be denied."""
    heard = line.heard
    if heard.has("assumption", "advice", "pitch", "disagreement"):
        return line.is_theirs or heard.has("disagreement")
    return heard.about_you and bool(line.content & heard.content) and not heard.has("reflection")


_BRIEF = 12  # words of a turn that stands by what was contradicted
_SHORT = 4  # words of a whole turn
_SHUT = word_set("fine great sure mm hm hmm whatever lovely super brilliant wonderful noted nothing")


def _withdrawal(line: Line) -> Found:
    """Words that pull back; or next to nothing in return for a pitch or a device."""
    heard = line.heard
    if line.tag("withdraw") or (line.tag("withdraw.short") and line.length <= 8):
        yield "withdrawal", max(line.tag("withdraw", "withdraw.short") - 0.2, 0.3)
    elif (
        line.length <= 2
        and line.words[0] in _SHUT
        and heard.has("advice", "disagreement", "pitch", "persuasion", "story", "assumption")
        and not heard.ends("question", "reflection")
    ):
        yield "withdrawal", 0.5
    elif (
        line.length <= _SHORT
        and line.last
        and not line.asks
        and heard.has("pitch", "persuasion", "assumption")
        and not line.tag("agree", "disagree.strong")
    ):
        yield "withdrawal", 0.45


FAMILY = Family(name="differing", find=find)
