"""What the partner heard: from a line of the user's to what of it was listening and what closed.

It rests on the acts (`acts/`) of the line, read beside the partner's last one, on the moments that end in it, and on
whether its words are theirs. Acts miss and mistake (docs/acts-measured.md), so a partner weighs what it hears over
several lines: no single label moves it far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from duologue.acts.base import Evidence, Exchange
from duologue.acts.trained.labeller import Trained
from duologue.frank import is_frank
from duologue.model import Act, Conversation, Kind, Moment, Span, Speaker, Turn
from duologue.moments import DETECTORS, Limits, find
from duologue.moments.threads import stems
from duologue.phrasing import asks, clause
from duologue.practice import signs
from duologue.practice.base import Closing, Heard, Open
from duologue.practice.ear import EAR, Hears
from duologue.practice.scenario import Earns
from duologue.text import WORD, scene, sentences, words

YOU, PARTNER = "you", "partner"
MOST_WORDS = 350  # more than two minutes of talk in one go: a flood, of which the beginning is taken in
WINDOW = 8  # turns that moments are looked for in: those of practice span a few
_MOMENTS = tuple(d for d in DETECTORS if d.kind in ("wall", "gimmick", "assumed", "premature_solution"))
_ECHO = 0.75  # share of a line's words that are theirs, from which on it only says back
_POINTING = frozenset(
    {"this", "that", "it", "they", "them", "then", "there", "those", "these", "he", "she", "him", "her", "his", "one"}
)
_TELLING = frozenset({"i", "i've", "i'd", "share", "suggest", "thought", "idea"})  # beside leave asked: an offer
_SHORT = 14  # words: a question that points at theirs ("and how is that for you?")
_HEARD = 0.5  # from here on what a line comes across as counts by itself
_ALONE = 0.6  # … and where no act says anything of the kind: somebody who listens is not to be told off by mistake
_SURELY = 0.7  # whoever asked wants to be surer of an answer than the judge's .5; chosen on `corpus/users/dev.jsonl`
_SOLD = 0.25  # an answer that sells as much as this is none, unless it is plainly meant for them
_FRANK = 0.9  # "I do not know" is an answer (codebook, ruling "Invitation")
_ASKING: dict[Earns, float] = {"asked": 1.0, "followed_up": 0.5}  # how far a list's questions count as asking at all
_SMALL_ASK = 5  # words: "Such as?", "And since when?" follow on because they can follow nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as it was said, with its acts (spans count turn 0)."""

    who: str
    text: str
    acts: tuple[Act, ...] = ()


def hear(
    text: str,
    before: Sequence[Line],
    *,
    labeller: Trained,
    kind: Kind,
    open_: Open | None = None,
    disclosed: bool = False,
    told: frozenset[str] = frozenset(),
) -> Heard:
    """What the partner hears in `text`, after the lines `before`.

    `open_`: their invitation that waits. `disclosed`: their last line told a layer. `told`: stems of the words of all
    that they have told, so that a user may come back to it.
    """
    spoken = words(text)
    if len(spoken) > MOST_WORDS:
        heard = hear(
            _beginning(text), before, labeller=labeller, kind=kind, open_=open_, disclosed=disclosed, told=told
        )
        return replace(heard, text=text, closing={**heard.closing, "flood": 1.0}, listening={})
    if not spoken:
        return Heard(text=text.strip(), listening={}, closing={}, silent=True)
    if signs.is_foreign(text):
        return Heard(text=text, listening={}, closing={}, foreign=True)
    out_of_place = _out_of_place(text, spoken, before)
    if out_of_place:
        return Heard(text=text, listening={}, closing={out_of_place: 1.0})
    if signs.is_greeting(text):
        return Heard(text=text, listening={}, closing={}, greeting=True)
    last = before[-1].text if before and before[-1].who == PARTNER else ""
    acts, likely = _acts(text, before, labeller, kind)
    own = frozenset(stems(spoken))
    line = _Read(
        text=text,
        spoken=spoken,
        own=own,
        shared=own & (told | stems_of(before[-3:])),
        p=likely,
        ear=EAR.hears(text, last, likely, asked=open_ is not None),
        question="?" in text or max(likely["question.open"], likely["question.closed"]) >= 0.4,
    )
    found = moments_of([*before, Line(who=YOU, text=text, acts=acts)], kind)
    return _weighed(line, before, acts, found, labeller, open_, disclosed)


def _beginning(text: str) -> str:
    """The first MOST_WORDS words of a text, as they stand."""
    return text[: max(m.end() for m in islice(WORD.finditer(text), MOST_WORDS))]


def stems_of(lines: Sequence[Line]) -> frozenset[str]:
    """The stems of what the partner said in these lines."""
    return frozenset(w for b in lines if b.who == PARTNER for w in stems(words(b.text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A line, read. `own`: stems of its content words; `shared`: those of the partner's. `p`: how likely each act is.
    `ear`: as which of six it comes across."""

    text: str
    spoken: tuple[str, ...]
    own: frozenset[str]
    shared: frozenset[str]
    p: dict[str, float]
    ear: dict[Hears, float]
    question: bool

    @property
    def about_you(self) -> bool:
        return any(w.startswith("you") for w in self.spoken)


def _out_of_place(text: str, spoken: tuple[str, ...], before: Sequence[Line]) -> Closing | None:
    """What needs no reading: a demand to leave the part, abuse, the very same words again."""
    if signs.is_order(text):
        return "order"
    if signs.is_insult(text):
        return "insult"
    again = any(tuple(words(b.text)) == spoken for b in before if b.who == YOU)
    return "repeated" if again and (len(spoken) > 2 or "?" in text) else None


def _acts(text: str, before: Sequence[Line], labeller: Trained, kind: Kind) -> tuple[tuple[Act, ...], dict[str, float]]:
    """The acts of the line, read beside the last one of the other's as the model was trained to, and how likely each
    act is in it, those that are not claimed too."""
    last = before[-1:] if before else ()
    claimed, likely = labeller.weigh(scene(_conversation([*last, Line(who=YOU, text=text)], kind)), len(last))
    return tuple(replace(a, span=replace(a.span, turn=0)) for a in claimed), likely


def _conversation(lines: Sequence[Line], kind: Kind) -> Conversation:
    return Conversation(
        id="practice",
        kind=kind,
        language="en",
        speakers=(Speaker(id=YOU, name="You", side="ours"), Speaker(id=PARTNER, name="Partner", side="theirs")),
        turns=tuple(Turn(speaker=b.who, text=b.text) for b in lines),
    )


def moments_of(lines: Sequence[Line], kind: Kind) -> tuple[Moment, ...]:
    """The moments to work on that name the last line."""
    some = list(lines[-WINDOW:])
    acts = tuple(
        replace(a, span=Span(turn=i, start=a.span.start, end=a.span.end)) for i, b in enumerate(some) for a in b.acts
    )
    evidence = Evidence(scene=scene(_conversation(some, kind)), acts=acts)
    return tuple(m for m in find(evidence, Limits(kind=kind), _MOMENTS) if len(some) - 1 in m.turns)


def _weighed(
    line: _Read,
    before: Sequence[Line],
    acts: tuple[Act, ...],
    found: tuple[Moment, ...],
    labeller: Trained,
    open_: Open | None,
    disclosed: bool,
) -> Heard:
    answered = _answered(line, before, open_, labeller)
    listening = _listening(line, waits=open_ is not None)
    if answered is not None and answered >= 0.5:
        listening["answered"] = answered
    closing = _closing(line, {m.kind for m in found}, listening, answered, open_)
    takes_up = any(v >= 0.4 for k, v in listening.items() if k != "asked")
    silent = not takes_up and _is_silent(line)
    if silent:
        closing = {}
    elif not listening and not closing and len(line.spoken) >= 3:
        closing["own_matter"] = 0.7 * (1 - line.ear["asks"])
    if disclosed and not takes_up and not silent and not line.shared:
        closing["dropped"] = 0.6
    lately = frozenset(w for b in before[-3:] if b.who == PARTNER for w in words(b.text))
    echo = _is_echo(line, lately)
    if echo:
        listening = {"reflected": min(0.9, max(listening.values(), default=0.6))}
    return Heard(
        text=line.text,
        listening={k: round(v, 3) for k, v in listening.items() if v >= 0.15},
        closing={k: round(v, 3) for k, v in closing.items()},
        question=line.question,
        claim=_claim(line.text) if not line.question or closing else None,
        stems=line.own,
        answered=answered,
        silent=silent,
        echo=echo,
        offers=line.question and line.p["permission"] >= 0.5 and not _TELLING.isdisjoint(line.spoken),
        acts=acts,
        moments=found,
    )


def _listening(line: _Read, *, waits: bool) -> dict[Earns, float]:
    """What of a line is listening: what its acts say, as far as it comes across so. `waits`: an invitation does, and
    then what merely comes across well is none; the judge says whether it is an answer."""
    p, ear = line.p, line.ear
    found: dict[Earns, float] = {}
    if line.about_you or line.shared:
        found["reflected"] = p["reflection"]
        named = stems(words(signs.without_stock(line.text)))
        found["acknowledged"] = p["acknowledgement"] if len(named) >= 2 or named & line.shared else 0.0
    found["present"] = max(p["presence"], p["permission"])
    found["repaired"] = p["repair"]
    if line.question and p["question.leading"] < 0.5:
        points = not _POINTING.isdisjoint(line.spoken) and len(line.spoken) <= _SHORT
        if line.shared and not waits:
            found["followed_up"] = max(p["follow_up"], 0.5)
        elif p["follow_up"] >= 0.5 and (len(line.spoken) <= _SMALL_ASK or points):
            found["followed_up"] = 0.8 * p["follow_up"]
        found["asked"] = max(0.7 * max(p["question.open"], p["invitation.more"]), 0.35)
    elif ear["asks"] >= _HEARD:  # "your three priorities, please": asks without a question's form
        found["asked"] = 0.35
    asking = {} if waits else _ASKING
    seconded = {k: v * min(1.0, 2 * (ear["listens"] + asking.get(k, 0.0) * ear["asks"])) for k, v in found.items()}
    most = max((v for k, v in seconded.items() if k != "asked"), default=0.0)
    if (
        ear["listens"] >= _HEARD and most < 0.4 and not waits
    ):  # the acts saw little in it; it comes across as listening all the same
        way: Earns = "followed_up" if line.question else "reflected" if line.shared else "acknowledged"
        seconded[way] = max(seconded.get(way, 0.0), ear["listens"] - 0.1)
    return {k: v for k, v in seconded.items() if v >= 0.25}


def _closing(
    line: _Read, kinds: set[str], listening: dict[Earns, float], answered: float | None, open_: Open | None
) -> dict[Closing, float]:
    """What of a line closes: what its acts and the moments that end in it say, or how it comes across."""
    p, ear = line.p, line.ear
    heard_well = max((v for k, v in listening.items() if k != "asked"), default=0.0)
    met = (answered or 0) >= 0.5
    given = max(listening.get("acknowledged", 0.0), listening.get("reflected", 0.0)) >= 0.4
    acts: dict[Closing, float] = {
        "pitch": p["pitch"],
        "call_to_action": p["call_to_action"],
        "persuasion": max(1.5 * p["persuasion"], p["question.leading"], 0.7 if "gimmick" in kinds else 0.0),
        "advice": 0.0 if met and open_ else max(p["advice"], 0.6 if "premature_solution" in kinds else 0.0),
    }
    if not given and not met:  # codebook: an acknowledgement anywhere in the turn makes no wall
        acts["wall"] = max(p["disagreement"], p["either_or"], 0.6 if "wall" in kinds else 0.0)
        acts["assumption"] = max(p["assumption"], 0.6 if "assumed" in kinds else 0.0)
    # A question off a list closes nobody by itself, however curt.
    open_to_them = max(ear["listens"], 0.7 * ear["asks"])
    closing: dict[Closing, float] = {k: v * min(1.0, 2 * (1 - open_to_them)) for k, v in acts.items()}
    comes_across: dict[Closing, float] = {"pitch": ear["sells"], "persuasion": ear["flatters"], "wall": ear["argues"]}
    for kind, value in comes_across.items():
        # What its acts say it is names it better than the ear does, where they say anything.
        named = max(closing, key=lambda k: closing[k])
        if value >= (_HEARD if closing[named] >= 0.2 else _ALONE):
            at = named if closing[named] >= 0.35 else kind
            closing[at] = max(closing.get(at, 0.0), value)
    if answered is not None and not met and (max(closing.values(), default=0.0) >= 0.3 or heard_well < 0.5):
        closing["deflected"] = (1.0 - answered) * (1 - 0.5 * ear["asks"])
    return {k: min(1.0, v) for k, v in closing.items() if v >= 0.3}


def _answered(line: _Read, before: Sequence[Line], open_: Open | None, labeller: Trained) -> float | None:
    """How likely their invitation was met. The judge knows sincere answers and sales talk, and was trained on neither
    scorn nor praise: what comes across as those, or has neither a matter nor a plain reason in it, is no answer."""
    if open_ is None:
        return None
    asked = next((b.text for b in reversed(before) if b.who == PARTNER), "")
    claim = next((b.text for b in reversed(before) if b.who == YOU), open_.claim or "")
    if any(is_frank(sentence.text) for sentence in sentences(line.text)[:2]):  # "Fair question. I don't know."
        return _FRANK
    judged = labeller.judge((Exchange(claim=claim, asked=asked, answer=line.text),))[0]
    ear, likely = line.ear, judged.responsive
    known = judged.specific >= 0.9 and judged.evidence >= 0.45 and ear["listens"] >= _HEARD
    if known:  # what is checkable and says where it is known from: the judge misses some that come as plain facts
        likely = max(likely, 0.7)
    content = max(judged.specific, judged.evidence, judged.hands_back, line.p["repair"]) >= 0.4
    plain = judged.responsive >= 0.85 and len(line.spoken) >= 8
    at_them = ear["argues"] >= _HEARD and line.about_you  # a reason may be blunt; blame is about the one who asked
    away = max(ear["flatters"], ear["asks"], ear["nothing"]) >= _HEARD or at_them
    sells = max(line.p["pitch"], line.p["call_to_action"]) >= 0.5 or (ear["sells"] >= _SOLD and ear["listens"] < 0.6)
    return min(likely, 0.4) if away or sells or not (content or plain) or likely < _SURELY else likely


def _claim(text: str) -> str | None:
    """A clause that states something, to be quoted; a question is none."""
    found = clause(text)
    return None if found is None or asks(found) or found.endswith("?") else found


def _is_echo(line: _Read, lately: frozenset[str]) -> bool:
    """Whether a line only gives their words back: three in four of all, "you" for "I" among them, or of those that
    carry the matter."""
    theirs = sum(w in lately or w in _TURNED for w in line.spoken)
    matter = sum(s in line.shared for s in line.own)
    only = theirs >= _ECHO * len(line.spoken) or (len(line.own) >= 2 and matter >= _ECHO * len(line.own))
    return bool(line.own) and len(line.spoken) >= 3 and only and not (line.question and line.p["question.open"] >= 0.5)


_TURNED = frozenset(("you", "your", "yours", "you're", "you've", "you'd", "you'll", "so", "and", "are", "were"))


def _is_silent(line: _Read) -> bool:
    """A bare sign of listening, or next to nothing."""
    if line.question or len(line.spoken) > 5 or line.p["either_or"] >= 0.5:
        return False
    return line.p["backchannel"] >= 0.2 or (len(line.own) <= 1 and line.ear["nothing"] >= 0.3)
