"""What one gets for nothing: every candidate place of a moment, and a handful of words a moment.

*All-positive* takes the acts as found and claims the moment wherever they leave room for it: what the rule of a moment
earns is what lies above. *Keyword-only* looks at words and at who speaks, and at no act.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.moments_common import Found
from duologue.model import Conversation
from duologue.moments.stage import Stage, Stretch

Places = Iterator[tuple[int, ...]]
_PUSHED = ("story", "pitch", "advice", "assumption", "persuasion", "call_to_action", "disagreement", "either_or")


def all_positive(stage: Stage, kind: str | None) -> Found:
    """Every candidate place. `kind`: of the conversation, since only a manager can hold a broadcast review."""
    return [
        (name, turns)
        for name, places in CANDIDATES.items()
        if name != "broadcast_review" or kind == "managing"
        for turns in places(stage)
    ]


def _mine(*acts: str) -> Callable[[Stage], Places]:
    """Every coached stretch with one of these acts."""
    return lambda stage: ((_at(stage, s, *acts),) for s in stage.stretches if s.coached and stage.in_stretch(s, *acts))


def _replies(*acts: str) -> Callable[[Stage], Places]:
    """Every reply of the coached side's to one of these acts of the other's."""
    return lambda stage: ((s.last, r.first) for s, r in stage.replies() if stage.in_stretch(s, *acts))


def _reactions(*acts: str) -> Callable[[Stage], Places]:
    """Every reaction of the other's to one of these acts of the coached side's."""
    return lambda stage: ((_at(stage, s, *acts), r.first) for s, r in stage.reactions() if stage.in_stretch(s, *acts))


def _at(stage: Stage, stretch: Stretch, *acts: str) -> int:
    act = stage.first(stretch.turns, *acts)
    return act.span.turn if act else stretch.first


def _disclosures(stage: Stage) -> Places:
    return ((_at(stage, s, "disclosure"),) for s in _theirs(stage) if stage.in_stretch(s, "disclosure"))


def _agreements(stage: Stage) -> Places:
    return ((_at(stage, s, "agreement"),) for s in _theirs(stage) if stage.in_stretch(s, "agreement"))


def _theirs(stage: Stage) -> Iterator[Stretch]:
    return (s for s in stage.stretches if stage.scene.symmetric or not s.coached)


def _runs(stage: Stage) -> Places:
    """Every run of neighbouring coached stretches with a follow-up, however short."""
    run: list[int] = []
    for said, reaction in stage.reactions():
        if stage.in_stretch(said, "follow_up"):
            run += [said.first, reaction.first]
        elif run:
            yield run[0], run[-1]
            run = []
    if run:
        yield run[0], run[-1]


def _clashes(stage: Stage) -> Places:
    for a, b in pairwise(stage.stretches):
        if all(stage.in_stretch(s, "disagreement", "either_or") for s in (a, b)):
            yield a.last, b.first


def _cold(stage: Stage) -> Places:
    """From the first withdrawal to the end, in every conversation that has one."""
    first = next((s for s in _theirs(stage) if stage.in_stretch(s, "withdrawal")), None)
    if first and stage.stretches:
        yield max(0, first.first - 1), stage.stretches[-1].last


def _long(stage: Stage) -> Places:
    """Every coached stretch past half of the limit of a soliloquy."""
    return ((s.first,) for s in stage.stretches if s.coached and sum(map(stage.scene.words, s.turns)) > 90)


CANDIDATES: dict[str, Callable[[Stage], Places]] = {
    "drilled_down": _runs,
    "acknowledged_first": _replies("concern", "disclosure", "disagreement"),
    "understood": _reactions("reflection"),
    "answered_invitation": _replies("invitation"),
    "bonded": _reactions("story.personal", "presence"),
    "uncovered": _disclosures,
    "asked_permission": _mine("permission"),
    "own_reason": _reactions("question.open", "reflection", "presence"),
    "way_forward": _reactions("advice", "call_to_action"),
    "common_ground": _agreements,
    "repaired": _mine("repair"),
    "deflected_invitation": _replies("invitation"),
    "dodged_question": _replies("question"),
    "soliloquy": _long,
    "premature_solution": _mine("advice", "pitch"),
    "assumed": _mine("assumption"),
    "wall": _mine("disagreement", "either_or"),
    "argument": _clashes,
    "dropped_thread": _replies("disclosure"),
    "put_off": _reactions(*_PUSHED),
    "went_cold": _cold,
    "gimmick": _mine("persuasion", "question.leading"),
    "broadcast_review": _mine("advice"),
}

_INVITED = r"tell me more|\bwhy\b|what do you mean|meaning what|how do you know|what.* look(?:ing)? (?:for|at)|based on"
_SELL = r"\b(?:we|our|demo|book|platform|meeting|show you|sign|free)\b"
_TOLD = (
    r"\b(?:problem|worr\w+|trouble|struggl\w+|tired|scared|afraid|lost|want|hope|losing|hard|"
    r"issue|can't|never|always|hate|late|broken?|cost\w*|stuck|pain|wrong|nobody|need|pressure|stress\w*|enough)\b"
)
_OFF = (
    r"\b(?:send me|busy|another (?:call|meeting)|have to go|gotta go|think about it|not sure|leave it|fine|"
    r"maybe|i guess|we'll see)\b"
)
_LEAD = r"(?:right|isn't it|don't you|wouldn't you|won't you|agree)\s*\?|\b(?:only|last|today|everyone|limited)\b"


@dataclass(frozen=True, kw_only=True)
class Words:
    """`here`: in a turn of `side`; `before`: in the turn of the other's before it; `times`: so many turns of that side
    in a row."""

    here: str
    side: str = "ours"
    before: str | None = None
    times: int = 1


_SO_YOU = r"\b(?:so you|sounds like|you're saying|it seems)\b"
_STEP = r"\b(?:let's|how about|what if|shall we|we could|i'll)\b"
_DUE = r"^\W*(?:\w+\W+){0,3}?(?:that makes sense|i (?:see|hear|understand|get)|fair|sorry)"

KEYWORDS: dict[str, Words] = {
    "drilled_down": Words(here=r"\b(?:what|how|why|when|who)\b.*\?", times=3),
    "acknowledged_first": Words(here=_DUE),
    "understood": Words(here=r"\b(?:exactly|that's (?:it|right)|yes|yeah)\b", side="theirs", before=_SO_YOU),
    "answered_invitation": Words(here=r"\b(?:because|means?|for example|from|when)\b", before=_INVITED),
    "bonded": Words(here=_TOLD, side="theirs", before=r"\b(?:i remember|when i was|happened to me|i'm here)\b"),
    "uncovered": Words(here=_TOLD, side="theirs", before=r"\?"),
    "asked_permission": Words(here=r"\b(?:may i|can i|could i|would it help|mind if|is it (?:ok|okay) if)\b"),
    "own_reason": Words(here=r"\b(?:because|i(?:'ve)? realis?ze?d?|i never thought|the reason)\b", side="theirs"),
    "way_forward": Words(here=_STEP + r"|\bi could\b", side="theirs", before=_STEP),
    "common_ground": Words(here=r"\b(?:me too|same here|so do i|both)\b", side="theirs"),
    "repaired": Words(here=r"\b(?:sorry|my fault|my mistake|apologi\w+|i shouldn't have|i was wrong)\b"),
    "deflected_invitation": Words(here=_SELL, before=_INVITED),
    "dodged_question": Words(here=_SELL, before=r"\b(?:price|cost|how much|why|what)\b.*\?"),
    "premature_solution": Words(here=r"\b(?:you (?:should|could|need)|try|why don't you|we can|our)\b", before=_TOLD),
    "assumed": Words(here=r"\b(?:you're (?:probably|clearly|obviously)|you must|i bet you|i know you|your team is)\b"),
    "wall": Words(here=r"\b(?:but|no|wrong|actually|disagree|either)\b"),
    "argument": Words(here=r"\b(?:but|no|wrong|actually|disagree)\b", times=2),
    "dropped_thread": Words(here=r"\b(?:anyway|by the way|moving on|next|so|our)\b", before=_TOLD),
    "put_off": Words(here=_OFF, side="theirs"),
    "went_cold": Words(here=_OFF, side="theirs", times=2),
    "gimmick": Words(here=_LEAD),
    "broadcast_review": Words(
        here=r"\b(?:you need to|you have to|your numbers|targets?|expect|you should|you're not|behind)\b"
    ),
    # Acts that contrast pairs are about:
    "reflection": Words(here=_SO_YOU),
    "story.personal": Words(here=r"\b(?:i remember|when i|happened to me|my (?:own|first))\b"),
    "story.third_party": Words(here=r"\b(?:a (?:client|customer|friend|colleague) of|somebody i|this (?:guy|woman))\b"),
}


def keyword_only(c: Conversation, kind: str | None) -> Found:
    """Moments by words alone. A soliloquy has no word: the limit in one turn stands for one."""
    sides = {s.id: s.side for s in c.speakers}
    texts = [(i, sides[t.speaker], t.text.lower().replace("’", "'")) for i, t in enumerate(c.turns)]
    found: Found = [("soliloquy", (i,)) for i, side, text in texts if side == "ours" and len(text.split()) > 180]
    for name, words in KEYWORDS.items():
        if name == "broadcast_review" and kind != "managing":
            continue
        run: list[int] = []
        for i, side, text in texts:
            if side != words.side:
                continue
            led = words.before is None or (i > 0 and re.search(words.before, texts[i - 1][2]) is not None)
            run = [*run, i] if led and re.search(words.here, text) else []
            if run and len(run) % words.times == 0:
                found.append((name, (run[-words.times] if words.before is None else i - 1, i)))
    return found
