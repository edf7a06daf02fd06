"""Disclosures: a problem, how it touches the one who has it, what the business is after, what they are after."""

from __future__ import annotations

from duologue.acts.rules.line import Family, Found, Line


def find(line: Line, so_far: dict[str, float]) -> Found:
    if not line.is_theirs or line.asks or line.message or line.n < 4:
        return
    if "small_talk" in so_far:
        return
    if any(k in so_far for k in ("agreement", "withdrawal", "permission", "reflection")) and line.n < 8:
        return
    known = line.side == "theirs"
    less = 0.0 if known else 0.15
    tag = line.tag
    mine = tag("goal.mine")
    if tag("impact") and not ("concern" in so_far and tag("impact") < 0.8):
        yield "disclosure.personal_impact", tag("impact") - 0.1 - less
    if mine and not tag("withdraw", "goal"):
        yield "disclosure.personal_goal", 0.5 - less
    elif tag("goal"):
        yield "disclosure.goal", 0.5 - less
    if (
        (tag("issue") or (tag("issue.neg") and not tag("impact")))
        and "repair" not in so_far
        and not mine
        and "advice" not in so_far
    ):
        yield "disclosure.issue", 0.55 - less
    if known and not so_far.keys() & _ANSWERED:
        yield from _answer(line, mine)


_ANSWERED = frozenset(["agreement", "withdrawal", "disagreement", "concern", "permission", "advice", "reflection"])


def _answer(line: Line, mine: float) -> Found:
    """What was asked for says what the answer is about, where its own words do not."""
    wants = line.heard.wants
    if line.index > 2 or line.tag("issue", "impact", "goal", "goal.mine") or line.words[0] in ("no", "not"):
        return
    personal = any(w in ("i", "me", "my", "myself") for w in line.words)
    if "ask.goal" in wants:
        yield "disclosure.personal_goal" if personal else "disclosure.goal", 0.45
    elif "ask.impact" in wants and personal:
        yield "disclosure.personal_impact", 0.45
    elif "ask.issue" in wants and line.first:
        yield "disclosure.issue", 0.4


FAMILY = Family(name="disclosing", find=find)
