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
    if line.tag("small"):
        yield "small_talk", line.tag("small")
    elif line.tag("small.back") and line.heard.has("small_talk"):
        yield "small_talk", 0.6
    elif (not line.message and line.place < _EDGE) or line.left < 3:
        yield from _light(line)


def _light(line: Line) -> Found:
    """At either end of a talk: a topic of small talk, or a few words that carry it on."""
    if line.tag("matter", "issue", "refl", "cta", "pitch.ours", "small.farewell"):
        return
    going = line.heard.has("small_talk") if line.first else "small_talk" in line.before
    if line.tag("small.topic") and (going or line.place < 2):
        yield "small_talk", 0.6
    elif going and line.place and not line.asks and not line.tag("impact", "goal") and line.n < 14:
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
