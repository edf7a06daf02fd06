"""Where a document itself says why, how it is known, for whom it is not true: cues in its sentences.

A cue never writes anything: it says which rung the words belong to that stand there already. What has no cue is left as
something more to tell, and what the document does not say stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duologue.preparation.ladder import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """`to`: the rung. `whole`: its words are the whole sentence; else from the cue to the end or the next cue."""

    to: Place
    pattern: re.Pattern[str]
    whole: bool = False


def _cue(to: Place, pattern: str, *, whole: bool = False) -> Cue:
    return Cue(to=to, pattern=re.compile(pattern, re.IGNORECASE), whole=whole)


_MANY = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"a hundred|"
    r"hundred)"
)
CUES: tuple[Cue, ...] = (
    _cue(
        "stands_behind.evidence",
        r"\b(?:we|they|our \w+)(?: have|['’]ve)? (?:measured|counted|timed|tested|asked|surveyed|compared|tracked|"
        r"interviewed|weighed|logged)\b|\b(?:measured|counted|tested|timed|surveyed) (?:in|at|over|with|on|by|"
        r"across)\b|"
        r"\baccording to\b|\b(?:in|from|during) (?:a|an|our|the|two|three|\d+) (?:[\w-]+ ){0,2}(?:pilots?|trials?|"
        r"study|studies|tests?|surveys?|audits?|experiments?)\b|\b(?:study|survey|report|audit|trial|pilot) "
        r"(?:by|of|from|shows?|showed|found)\b|"
        rf"\b{_MANY} (?:out )?of (?:the |our |their )?{_MANY} \w+|\(source: ",
        whole=True,
    ),
    _cue(
        "stands_behind.not_true_for",
        r"\b(?:it is |it['’]s |this is |is |are )?not (?:(?:so |true )?(?:for|with|in)|meant for|made for|"
        r"suited|suitable|worth)\b|"
        r"\bonly (?:when|if|where|for|with|in|from|works?|pays?)\b|"
        rf"\bfrom {_MANY} [\w-]+(?: [\w-]+){{0,2}} (?:on|up|onwards?|upwards?)\b|\bunless\b|\bexcept (?:for|"
        rf"where|when|in)\b|"
        r"\b(?:does not|doesn['’]t|do not|don['’]t|will not|won['’]t|cannot|can['’]t) (?:work|help|pay|apply|"
        r"make sense)\b|"
        rf"\b(?:at least|no fewer than|up to|below|fewer than|less than) {_MANY} (?!per ?cent|%)|\brequires?\b|"
        r"\bno use (?:to|for|where)\b",
        whole=True,
    ),
    _cue(
        "look_for",
        r"\blook (?:at|for|into|in|out for|whether)\b|\bcheck (?:whether|if|how|the|your|what)\b|\bwatch (?:for|"
        r"out for|"
        r"how|whether)\b|\byou can (?:see|tell|spot) (?:it |this )?(?:by|in|from|at|when)\b|\b(?:a|one|"
        r"the) (?:sure |first "
        r"|typical )?(?:sign|symptom)s? (?:is|are|of)\b|\bcount (?:how|the|your)\b|\bask (?:your|who|how often|"
        r"whoever)\b",
    ),
    _cue(
        "follow_ups.meaning.1",
        r"\bin other words\b|\bthat is to say\b|\bi\.e\.|\bby [“\"'‘][^”\"'’]+[”\"'’] we mean\b|"
        r"\b(?:by that |by this |what )?we mean\b|^[“\"'‘][^”\"'’]+[”\"'’] (?:means|is)\b",
    ),
    _cue(
        "means.business",
        r"\b(?:this|that|which|it) means (?:that )?|\bmeaning that\b|\bso (?:that )?(?:you|your|nobody|"
        r"no one)\b(?! far)|"
        r"\bwhich (?:lets|gives|saves|spares|leaves) (?:you|your|them|the)\b|\b(?:saves|spares) (?:you|your)\b|"
        r"\byou no longer\b|\bfor you,? (?:this|that|it)\b",
    ),
    _cue(
        "follow_ups.why.1",
        r"\bbecause\b|\bso that\b(?! (?:you|your|nobody|no one)\b)|\bthe reason (?:is|for this|why)\b|\bdue to\b|"
        r"\bas a result of\b|\bthanks to\b|\bthat['’]s why\b|\bthis is why\b",
    ),
    _cue("matters_to", r"\bfor (?:anyone|anybody|people|teams?|firms?|companies|whoever) (?:who|that|with|whose)\b"),
)
SOURCE = re.compile(
    r"\baccording to (?P<a>[^,;.()]+)|\(?\bsource: (?P<b>[^);]+)|(?P<c>https?://[^\s)>\]]+)|"
    r"\b(?P<d>(?:the |our |a )?[^,;.()]{0,40}\b(?:study|survey|report|audit|paper|log) (?:by|of|from) [^,;.()]+)",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:evenings?|weekends?|sleep|home|stress\w*|worr\w+|(?:has|have|had) to stay|stay(?:s|ing)? late|"
    r"overtime|night shifts?|calm|proud|blame|"
    r"on your own|yourself|your desk|your boss|holidays?|family|phone (?:rings|call))\b",
    re.IGNORECASE,
)
# What heads a column, a section or a line ("Source: …") and says which rung is meant.
_HEADS: tuple[tuple[Place, str], ...] = (
    ("stands_behind.evidence", r"evidence|proof|measured|how we know|how do we know|data|results?|proof points?"),
    ("stands_behind.source", r"sources?|references?|where from|study|link"),
    (
        "stands_behind.not_true_for",
        r"not for|not true for|limits?|limitations?|exceptions?|caveats?|only for|requirements?|conditions?|when not",
    ),
    ("look_for", r"look for|what to look for|signs?|symptoms?|how to spot(?: it)?|check"),
    ("means.person", r"for the person|personally|person|for you(?:rself)?"),
    (
        "means.business",
        r"benefits?|business|value|so what|outcomes?|impact|why it matters|for the business|what it means",
    ),
    ("follow_ups.why.1", r"why|reasons?|because|how it works|cause"),
    ("follow_ups.meaning.1", r"meaning|definition|in other words|in plain words"),
    ("matters_to", r"for whom|who|audience|personas?|target(?: group)?|roles?|customers?|matters to"),
    ("follow_ups.more.1", r"details?|description|notes?|more|background"),
)
_HEAD = tuple((to, re.compile(rf"(?:{words})\W*", re.IGNORECASE)) for to, words in _HEADS)
_LABEL = re.compile(r"^\W{0,2}([A-Za-z][A-Za-z ]{1,24}?)\W{0,2}:\W{0,2}\s+(?=\S)")


LEAST_BEFORE = 16  # characters before the first cue that are worth a rung of their own: three words or so


def named(head: str) -> Place | None:
    """The rung that a head names ("Evidence", "Not for"); None where it names none."""
    return next((to for to, words in _HEAD if words.fullmatch(head.strip())), None)


def labelled(raw: str) -> tuple[Place, int] | None:
    """The rung that a line names before its words ("Source: …"), and where these begin."""
    found = _LABEL.match(raw)
    to = named(found.group(1)) if found else None
    return (to, found.end()) if found and to else None


def pieces(raw: str) -> Iterator[tuple[Place, int, int]]:
    """The rungs that a sentence speaks to, in order: (rung, start, end) into it. Nothing where it has no cue."""
    found = sorted(
        ((m.start(), cue) for cue in CUES if (m := cue.pattern.search(raw))), key=lambda f: (f[0], CUES.index(f[1]))
    )
    cuts = [at for at, cue in found if not cue.whole]
    if found and cuts and not any(cue.whole for _, cue in found) and cuts[0] >= LEAST_BEFORE:
        yield "follow_ups.more.1", 0, cuts[0]
    for at, cue in found:
        if cue.whole:
            yield cue.to, 0, len(raw)
            continue
        end = next((c for c in cuts if c > at), len(raw))
        if at == 0 and cue.to.startswith("follow_ups.why") and (comma := raw.find(",")) > 0:
            end = min(end, comma)  # "Because the shelf is full, pickers walk": the reason ends there
        yield _whose(cue.to, raw[at:end]), at, end


def sources(raw: str) -> Iterator[tuple[int, int]]:
    """Where a sentence names its source: (start, end)."""
    for m in SOURCE.finditer(raw):
        name = next(k for k, v in m.groupdict().items() if v)
        yield m.start(name), m.end(name)


def _whose(to: Place, words: str) -> Place:
    """What it means for the business, or for the person: by words of their own day."""
    return "means.person" if to == "means.business" and _PERSON.search(words) else to
