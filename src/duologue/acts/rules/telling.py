"""Stories and plain information: what is told, judged last, for information is what nothing else is."""

from __future__ import annotations

from duologue.acts.lexicon import word_set
from duologue.acts.rules.line import Family, Found, Line

_TWO = word_set("i me my mine you your yours we us our")
_SPEECH = word_set("yes no yeah okay sure maybe")
_OTHER = (
    "question", "follow_up", "advice", "pitch", "persuasion", "disagreement", "concern", "withdrawal", "repair",
    "small_talk", "permission", "presence", "call_to_action", "reflection", "acknowledgement", "backchannel",
    "either_or", "assumption", "story", "disclosure", "invitation",
)  # fmt: skip


def find(line: Line, so_far: dict[str, float]) -> Found:
    if not line.words:
        return
    told = not line.asks and not line.message
    if (
        line.tag("story.other")
        and line.tag("past")
        and not _own_story(line)
        and told
        and line.n > 5
        and "repair" not in so_far
    ):
        yield "story.third_party", line.tag("story.other") - 0.15
    elif line.tag("story.mine") and told and line.n > 5 and not line.tag("repair"):
        yield "story.personal", line.tag("story.mine") - (0.2 if line.is_ours else 0.35)
    yield from _information(line, so_far)


def _own_story(line: Line) -> bool:
    """Whose experience it is decides: somebody else in one's own story leaves it one's own."""
    return bool(line.tag("story.self") or (line.tag("story.mine") and line.words[0] == "i"))


def _information(line: Line, so_far: dict[str, float]) -> Found:
    """Facts, mostly as an answer: told after a question, or with a figure, where nothing else fits."""
    if line.asks or any(k.partition(".")[0] in _OTHER for k in so_far) or line.n < 2:
        return
    if line.tag("story.other", "story.mine"):
        return
    asked = line.heard.has("question", "invitation")
    if "agreement" in so_far and line.heard.has("reflection"):
        return
    if asked and line.n >= 3 and not all(w in _SPEECH for w in line.words):
        yield "information", 0.7 if line.heard.ends("question") else 0.55
    elif line.n >= 6 and line.tag("fact") and (any(w[0].isdigit() for w in line.words) or _states(line)):
        yield "information", 0.4


def _states(line: Line) -> bool:
    """A plain statement about neither of the two, by the side that is listened to for telling."""
    return line.side == "ours" and line.n >= 10 and not _TWO.intersection(line.words)


FAMILY = Family(name="telling", find=find)
