"""acknowledged_first (+): a view, concern or objection is given its due before any view of the speaker's own (S0.2,
S0.3).

Rule: codebook §2. Concern is meant broadly: a concern, a disclosure, a disagreement, a pulling back. The turn has
to open with what gives it its due; a few words of listening may come before it, a question or a view may not. Beside
an acknowledgement or a reflection this is a repair (what they minded is named as one's own doing), and an agreement
in their words ("they do press a button"), which gives back what they said. A bare yes is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Act, Moment
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import stems
from duologue.moments.wording import Voice, sure

KIND = "acknowledged_first"
VIEWS = ("concern", "disclosure", "disagreement", "withdrawal")
DUE = ("acknowledgement", "reflection", "repair")
OWN = (
    "advice", "pitch", "disagreement", "either_or", "persuasion", "call_to_action", "information", "assumption",
    "story",
    "question", "follow_up",
)  # fmt: skip
# Words of listening that may come before it ("Okay, I see, give me a second").
LEAD_WORDS = 10


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each reply that opens with what the other had brought."""
    voice = Voice(evidence, KIND)
    for said, reply in evidence.replies():
        views = [a for t in said.turns[-6:] for a in evidence.find(t, *VIEWS)]
        due = opens_with_due(evidence, reply, views[-1].span.turn) if views else None
        if due:
            view = views[-1]
            quotes = [evidence.cut(view.span), evidence.cut(due.span)]
            why = voice.say(quotes[1], quotes[0]).why
            weak = view.kind == "withdrawal"
            turns = (view.span.turn, due.span.turn)
            yield moment(KIND, turns, quotes, why=why, confidence=sure(0.7 if weak else 0.88, view, due))


def opens_with_due(stage: Stage, reply: Stretch, view: int) -> Act | None:
    """What a stretch opens with that gives the view in turn `view` its due, in its first turn that does more than
    listen; None where something of the speaker's own comes first."""
    turn = next((t for t in reply.turns[:3] if stage.has(t, *DUE, *OWN) or _in_their_words(stage, t, view)), None)
    if turn is None:
        return None
    due = stage.first((turn,), *DUE) or _in_their_words(stage, turn, view)
    if due is None or any(a.span.start < due.span.start for a in stage.find(turn, *OWN)):
        return None
    lead = sum(len(s.words) for s in stage.scene.sentences[turn] if s.span.end <= due.span.start)
    return due if lead <= LEAD_WORDS else None


def _in_their_words(stage: Stage, turn: int, view: int) -> Act | None:
    """The first agreement of a turn that takes up a word of the view."""
    for act in stage.find(turn, "agreement"):
        if any(stems(s.words) & stage.heard(view) for s in stage.sentences_in(act.span)):
            return act
    return None


DETECTOR = Detector(kind=KIND, needs=(*VIEWS, *DUE, "agreement", *OWN), find=find)
