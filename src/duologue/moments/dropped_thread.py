"""dropped_thread (-): the other discloses something, and the next turn leaves it for another matter (S2.4).

Rule: codebook §2. A backchannel alone drops nothing; a backchannel and then another matter does. Reusing their
words for one's own matter drops it too. What takes the stake up in any way (a follow-up, a reflection, an
acknowledgement, presence, advice on it, even a rebuttal) is no dropped thread.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import changes_subject
from duologue.moments.wording import Voice, sure

KIND = "dropped_thread"
TAKEN_UP = ("reflection", "acknowledgement", "presence", "repair", "advice", "story.personal", "permission")
OWN = ("pitch", "call_to_action", "persuasion")


def dropped(stage: Stage) -> Iterator[tuple[Act, Span, float]]:
    """Every disclosure that was left, with the words that left it and how sure the rule is."""
    for said, reply in stage.replies():
        told = [a for t in said.turns[-4:] for a in stage.find(t, "disclosure") if not stage.has(t, "small_talk")]
        if told:
            left = _left(stage, told[-1], reply)
            if left:
                yield told[-1], left[0], left[1]


def _left(stage: Stage, told: Act, reply: Stretch) -> tuple[Span, float] | None:
    if stage.in_stretch(reply, *TAKEN_UP):
        return None
    shift = next((s.span for t in reply.turns[:3] for s in stage.scene.sentences[t] if changes_subject(s.text)), None)
    if stage.in_stretch(reply, "follow_up") and not shift:
        return None
    own = stage.first(reply.turns[:3], *OWN)
    if own:
        return own.span, 0.85
    if stage.in_stretch(reply, "disagreement", "either_or", "agreement", "information", "story"):
        return (shift, 0.7) if shift and not stage.in_stretch(reply, "information", "story") else None
    other = stage.first(reply.turns[:3], "question", "small_talk")
    if other is None:
        return (shift, 0.75) if shift else None
    if shift:
        return shift, 0.85
    shared = stage.heard(told.span.turn) & stage.matter(reply.turns[:3])
    # A bare "Since when?" shares no word with what it asks about: only a question with a matter of its own leaves one.
    return (other.span, 0.78) if not shared and len(stage.heard(other.span.turn)) >= 2 else None


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each thread that was left: the disclosure's turn and the reply's."""
    voice = Voice(evidence, KIND)
    for told, words, base in evidence.once(dropped):
        quotes = [evidence.cut(told.span), evidence.cut(words)]
        said = voice.say(quotes[1], quotes[0])
        yield moment(
            KIND, (told.span.turn, words.turn), quotes,
            why=said.why, invitation=said.invitation, confidence=sure(base, told),
        )  # fmt: skip


DETECTOR = Detector(kind=KIND, needs=("disclosure", "follow_up", "question", "small_talk", *TAKEN_UP, *OWN), find=find)
