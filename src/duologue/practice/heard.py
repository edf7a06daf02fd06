"""What the partner heard: from a line of the user's to what of it was listening and what closed.

It rests on the acts (`acts/`) of the line, read beside the partner's last one, on the moments that end in it, and on
whether its words are theirs. Acts miss and mistake (docs/acts-measured.md), so a partner weighs what it hears over
several lines: no single label moves it far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from duologue.acts.base import Evidence, Exchange, Judge, Labeller
from duologue.model import Act, Conversation, Kind, Moment, Span, Speaker, Turn
from duologue.moments import DETECTORS, Limits, find
from duologue.moments.threads import stems
from duologue.phrasing import asks, clause
from duologue.practice import signs
from duologue.practice.base import Closing, Heard, Open
from duologue.practice.scenario import Earns
from duologue.text import scene, words

YOU, PARTNER = "you", "partner"
MOST_WORDS = 350  # more than two minutes of talk in one go: a flood, of which the beginning is taken in
WINDOW = 8  # turns that moments are looked for in: those of practice span a few
_MOMENTS = tuple(
    d for d in DETECTORS if d.kind in ("deflected_invitation", "wall", "gimmick", "assumed", "premature_solution")
)
_ECHO = 0.75  # share of a line's words that are theirs, from which on it only says back
_POINTING = frozenset(
    {"this", "that", "it", "they", "them", "then", "there", "those", "these", "he", "she", "him", "her", "his", "one"}
)
_TELLING = frozenset({"i", "i've", "i'd", "share", "suggest", "thought", "idea"})  # beside leave asked: an offer
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
    labeller: Labeller,
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
        cut = " ".join(text.split()[:MOST_WORDS])
        heard = hear(cut, before, labeller=labeller, kind=kind, open_=open_, disclosed=disclosed, told=told)
        return replace(heard, closing={**heard.closing, "flood": 1.0}, listening={})
    if not spoken:
        return Heard(text=text.strip(), listening={}, closing={}, silent=True)
    if signs.is_foreign(text):
        return Heard(text=text, listening={}, closing={}, foreign=True)
    if signs.is_greeting(text):
        return Heard(text=text, listening={}, closing={}, greeting=True)
    out_of_place = _out_of_place(text, tuple(spoken), before)
    if out_of_place:
        return Heard(text=text, listening={}, closing={out_of_place: 1.0})
    acts = _acts(text, before, labeller, kind)
    return _weighed(text, tuple(spoken), before, acts, labeller, kind, open_, disclosed, told)


def _out_of_place(text: str, spoken: tuple[str, ...], before: Sequence[Line]) -> Closing | None:
    """What needs no reading: a demand to leave the part, abuse, the very same words again."""
    if signs.is_order(text):
        return "order"
    if signs.is_insult(text):
        return "insult"
    again = any(tuple(words(b.text)) == spoken for b in before if b.who == YOU)
    return "repeated" if again and (len(spoken) > 2 or "?" in text) else None


def _acts(text: str, before: Sequence[Line], labeller: Labeller, kind: Kind) -> tuple[Act, ...]:
    """The acts of the line, read beside the last one of the other's, as the model was trained to."""
    last = before[-1:] if before else ()
    cut = scene(_conversation([*last, Line(who=YOU, text=text)], kind))
    at = len(last)
    return tuple(replace(a, span=replace(a.span, turn=0)) for a in labeller.label(cut) if a.span.turn == at)


def _conversation(lines: Sequence[Line], kind: Kind) -> Conversation:
    return Conversation(
        id="practice",
        kind=kind,
        language="en",
        speakers=(Speaker(id=YOU, name="You", side="ours"), Speaker(id=PARTNER, name="Partner", side="theirs")),
        turns=tuple(Turn(speaker=b.who, text=b.text) for b in lines),
    )


def moments_of(lines: Sequence[Line], kind: Kind, labeller: Labeller) -> tuple[Moment, ...]:
    """The moments to work on that name the last line."""
    some = list(lines[-WINDOW:])
    acts = tuple(
        replace(a, span=Span(turn=i, start=a.span.start, end=a.span.end)) for i, b in enumerate(some) for a in b.acts
    )
    judge = labeller if isinstance(labeller, Judge) else None
    evidence = Evidence(scene=scene(_conversation(some, kind)), acts=acts, judge=judge)
    return tuple(m for m in find(evidence, Limits(kind=kind), _MOMENTS) if len(some) - 1 in m.turns)


def _weighed(
    text: str,
    spoken: tuple[str, ...],
    before: Sequence[Line],
    acts: tuple[Act, ...],
    labeller: Labeller,
    kind: Kind,
    open_: Open | None,
    disclosed: bool,
    told: frozenset[str],
) -> Heard:
    p: dict[str, float] = {}
    for a in acts:
        p[a.kind] = max(p.get(a.kind, 0.0), a.confidence)
    own = frozenset(stems(spoken))
    recent = frozenset(w for b in before[-3:] if b.who == PARTNER for w in stems(words(b.text)))
    lately = frozenset(w for b in before[-3:] if b.who == PARTNER for w in words(b.text))
    shared = own & (recent | told)
    found = _moments(text, before, acts, kind, labeller)
    kinds = {m.kind for m in found}
    question = "?" in text or max(p.get("question.open", 0), p.get("question.closed", 0)) >= 0.4

    praised = False
    listening = _listening(p, text, spoken, own, shared, question=question, praised=praised)
    echo = _is_echo(spoken, lately, own)
    answered = _answered(text, before, open_, labeller, p, praised)
    if answered is not None and answered >= 0.5:
        listening["answered"] = answered
    closing = _closing(p, kinds, praised=praised, answered=answered, open_=open_, listening=listening)
    takes_up = any(v >= 0.4 for k, v in listening.items() if k != "asked")
    silent = _is_silent(spoken, p, own, question=question) and not takes_up
    if not listening and not closing and not silent and len(spoken) >= 3:
        closing["own_matter"] = 0.7
    if disclosed and not takes_up and not silent and not shared:
        closing["dropped"] = 0.6
    if echo and "reflected" in listening:
        listening = {"reflected": min(listening["reflected"], 0.9)}
    return Heard(
        text=text,
        listening={k: round(v, 3) for k, v in listening.items() if v >= 0.15},
        closing={k: round(v, 3) for k, v in closing.items() if v >= 0.15},
        question=question,
        claim=_claim(text) if not question or closing else None,
        stems=own,
        answered=answered,
        silent=silent,
        echo=echo,
        offers=question and p.get("permission", 0.0) >= 0.5 and bool(_TELLING & set(spoken)),
        acts=acts,
        moments=found,
    )


def _moments(
    text: str, before: Sequence[Line], acts: tuple[Act, ...], kind: Kind, labeller: Labeller
) -> tuple[Moment, ...]:
    return moments_of([*before, Line(who=YOU, text=text, acts=acts)], kind, labeller)


def _listening(
    p: dict[str, float],
    text: str,
    spoken: tuple[str, ...],
    own: frozenset[str],
    shared: frozenset[str],
    *,
    question: bool,
    praised: bool,
) -> dict[Earns, float]:
    found: dict[Earns, float] = {}
    about_you = any(w.startswith("you") for w in spoken)
    about_us = any(w in ("we", "we're", "our", "ours", "us", "we've", "mine") for w in spoken)
    sell = max(p.get("pitch", 0), p.get("persuasion", 0), p.get("call_to_action", 0), 0.6 if praised else 0)

    reflected = p.get("reflection", 0.0)
    if not reflected and about_you and shared and not about_us and not question and sell < 0.3:
        reflected = 0.5 if len(shared) >= 2 or len(own) <= 3 else 0.35  # theirs, said back; the model saw no act in it
    if about_you and len(shared) >= 2 and question and not p.get("question.leading", 0) and sell < 0.3:
        reflected = max(reflected, 0.35)
    if not about_you and not shared:
        reflected = 0.0
    named = stems(words(signs.without_stock(text)))
    acknowledged = p.get("acknowledgement", 0.0) if len(named) >= 2 or (named & shared) else 0.0
    if not about_you and not shared:
        acknowledged = 0.0
    if praised:
        reflected, acknowledged = 0.0, 0.0
    if sell >= 0.5 and sell > reflected:
        reflected *= 0.3
    present = max(p.get("presence", 0.0), p.get("permission", 0.0))
    found["reflected"], found["acknowledged"], found["present"] = reflected, acknowledged, present * (sell < 0.3)
    found["repaired"] = p.get("repair", 0.0)
    if question and p.get("question.leading", 0) < 0.5 and not praised:
        follows = p.get("follow_up", 0.0)
        points = bool(_POINTING & set(spoken)) and len(spoken) <= 14
        if shared and not sell >= 0.5:
            found["followed_up"] = max(follows, 0.5)
        elif follows >= 0.5 and (len(spoken) <= _SMALL_ASK or points):
            found["followed_up"] = 0.8 * follows
        opens = max(p.get("question.open", 0.0), p.get("invitation.more", 0.0))
        found["asked"] = max(0.7 * opens, 0.35)
    return {k: v for k, v in found.items() if v >= 0.25}


def _closing(
    p: dict[str, float],
    kinds: set[str],
    *,
    praised: bool,
    answered: float | None,
    open_: Open | None,
    listening: dict[Earns, float],
) -> dict[Closing, float]:
    heard_well = max((v for k, v in listening.items() if k != "asked"), default=0.0)
    closing: dict[Closing, float] = {
        "pitch": p.get("pitch", 0.0),
        "call_to_action": p.get("call_to_action", 0.0),
        "persuasion": max(p.get("persuasion", 0.0) * 1.5, p.get("question.leading", 0.0), 0.8 if praised else 0.0),
    }
    if "gimmick" in kinds:
        closing["persuasion"] = max(closing["persuasion"], 0.7)
    given = max(listening.get("acknowledged", 0.0), listening.get("reflected", 0.0))
    if given < 0.4 and not (answered or 0) >= 0.5:
        closing["wall"] = max(p.get("disagreement", 0.0), p.get("either_or", 0.0), 0.6 if "wall" in kinds else 0.0)
        closing["assumption"] = max(p.get("assumption", 0.0), 0.6 if "assumed" in kinds else 0.0)
    asked_for = open_ is not None and (answered or 0) >= 0.4
    if not asked_for and listening.get("present", 0.0) < 0.5:
        closing["advice"] = max(p.get("advice", 0.0), 0.6 if "premature_solution" in kinds else 0.0)
    sells = max(closing["pitch"], closing["call_to_action"], closing["persuasion"])
    if answered is not None and answered < 0.5 and (sells >= 0.3 or heard_well < 0.5):
        closing["deflected"] = 1.0 - answered
    return {k: min(1.0, v) for k, v in closing.items() if v >= 0.3}


def _answered(
    text: str, before: Sequence[Line], open_: Open | None, labeller: Labeller, p: dict[str, float], praised: bool
) -> float | None:
    """How likely their invitation was met: what the judge says, less where the answer sells before it says anything."""
    if open_ is None:
        return None
    asked = next((b.text for b in reversed(before) if b.who == PARTNER), "")
    claim = next((b.text for b in reversed(before) if b.who == YOU), open_.claim or "")
    if not isinstance(labeller, Judge):
        return None
    judged = labeller.judge((Exchange(claim=claim, asked=asked, answer=text),))[0]
    likely = judged.responsive
    # The judge knows sincere answers and sales talk; it was not trained on scorn. What names nothing that could be
    # checked, says nothing of where it is known from and hands nothing back is no answer.
    if max(judged.specific, judged.evidence, judged.hands_back, p.get("repair", 0)) < 0.4:
        likely = min(likely, 0.4)
    if praised or max(p.get("pitch", 0), p.get("call_to_action", 0)) >= 0.3:
        likely = min(likely, 0.4)
    return likely


def _claim(text: str) -> str | None:
    """A clause that states something, to be quoted; a question is none."""
    found = clause(text)
    return None if found is None or asks(found) or found.endswith("?") else found


def _is_echo(spoken: tuple[str, ...], lately: frozenset[str], own: frozenset[str]) -> bool:
    """Whether a line only gives their words back: three in four are theirs, "you" for "I" among them."""
    theirs = sum(w in lately or w in _TURNED for w in spoken)
    return len(own) >= 1 and len(spoken) >= 3 and theirs >= _ECHO * len(spoken)


_TURNED = frozenset(["you", "your", "yours", "you're", "you've", "you'd", "you'll", "so", "and", "are", "were"])


def _is_silent(spoken: tuple[str, ...], p: dict[str, float], own: frozenset[str], *, question: bool) -> bool:
    """Nothing, or a bare sign of listening."""
    if question:
        return False
    return len(spoken) <= 4 and (p.get("backchannel", 0.0) >= 0.2 or len(own) <= 1) and not p.get("either_or")
