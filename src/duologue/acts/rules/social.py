"""Small talk, and bare signs of listening."""

from __future__ import annotations

from duologue.acts.lexicon import word_set
from duologue.acts.rules.line import Family, Found, Line

_BARE = word_set(
    "mm mhm mm-hm mm-hmm mmhm mmhmm uh-huh uhuh hmm hm huh right okay yeah yes sure oh ah wow really gotcha i see got "
    "it you all is ok cool interesting aha mmm m-hm mhmm hum gosh ha well so and no then understood indeed"
)
_SIGNS = word_set("mm mhm mm-hm mm-hmm mmhm mmhmm uh-huh uhuh hmm hm mmm m-hm mhmm huh hum aha")

_EDGE = 6  # turns at either end of a talk in which a topic alone is taken for small talk


def find(line: Line, so_far: dict[str, float]) -> Found:
    if line.length <= 5 and _is_bare(line):
        yield "backchannel", 0.75 if line.words and line.words[0] in _SIGNS else 0.6
    if "follow_up" in so_far and not line.heard.has("small_talk"):
        return
    if line.tag("small"):
        yield "small_talk", line.tag("small")
    elif line.tag("small.topic") and not line.message:
        at_edge = line.place < _EDGE or line.left < 3
        if (line.heard.has("small_talk") and at_edge) or (line.place < 2 and line.n < 30):
            yield "small_talk", 0.65
    elif (
        line.heard.has("small_talk")
        and line.place < _EDGE
        and line.index == 0
        and line.n < 25
        and not line.tag("matter")
    ):
        yield "small_talk", 0.5
    elif (
        "small_talk" in line.before and line.place < _EDGE and not line.tag("matter") and not line.asks and line.n < 15
    ):
        yield "small_talk", 0.45


def _is_bare(line: Line) -> bool:
    """The whole turn is a sign of listening, and no answer to a question or an ask."""
    if line.asks and line.words not in (("really",), ("yeah",), ("right",)):
        return False
    if not line.words or not all(w in _BARE for w in line.words):
        return False
    heard = line.heard
    if heard.ends("question", "permission", "call_to_action"):
        return line.words[0] in _SIGNS and not heard.ends("question.closed")
    return line.words[0] in _SIGNS or not heard.has("reflection", "advice")


FAMILY = Family(name="social", find=find)
