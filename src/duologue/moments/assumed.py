"""assumed (-): a statement about the other that they neither said before nor confirm after (S2.1).

Rule: codebook §2. Confirmation is a yes in words, or the content carried on by the other as theirs; a vague "hm"
confirms nothing. An assumption with no reply at all (the last turn, a message) is not claimed: nobody could
confirm it.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.broadcast_review import requires
from duologue.moments.openings import confirms, denies
from duologue.moments.stage import Stage, Stretch
from duologue.moments.threads import stems
from duologue.moments.wording import Voice, sure

KIND = "assumed"


def assumptions(stage: Stage) -> Iterator[tuple[Act, Span, float]]:
    """Assumptions not said before nor confirmed after, one a turn, each with the reaction and how sure the rule is."""
    heard: set[str] = set()
    for stretch, reaction in zip(stage.stretches, stage.stretches[1:], strict=False):
        if not stretch.coached:
            heard.update(stem for turn in stretch.turns for stem in stage.heard(turn))
        for turn in stretch.turns if stretch.coached else ():
            for act in _claims(stage, turn):
                verdict = _verdict(stage, act, reaction, heard)
                if verdict:
                    yield act, *verdict
                    break


def _claims(stage: Stage, turn: int) -> list[Act]:
    """The assumptions of a turn, less the sentences that flatter or threaten: `gimmick` takes those."""
    devices = {a.span for a in stage.find(turn, "persuasion") if len(stage.sentences_in(a.span)) == 1}
    return [a for a in stage.find(turn, "assumption") if a.span not in devices]


def _verdict(stage: Stage, act: Act, reaction: Stretch, heard: set[str]) -> tuple[Span, float] | None:
    inside = stage.sentences_in(act.span)
    if inside and all(requires(s.text) for s in inside):
        return None  # tells them what to do, and claims no fact
    content = stems(w for s in inside for w in s.words)
    said = sum(c in heard for c in content)
    if said >= 2 and 2 * said >= len(content):
        return None  # half of it and more in their own words already
    text = stage.scene.conversation.turns[reaction.first].text
    opening = stage.opening(reaction.first)
    if denies(text):
        return opening, 0.9
    if stage.in_stretch(reaction, "disagreement"):
        against = stage.first(reaction.turns, "disagreement")
        return (against.span if against else opening), 0.9
    if confirms(text) or stage.in_stretch(reaction, "agreement"):
        return None
    # Their own going on with it confirms; a question with its words in it only asks back.
    asks = stage.in_stretch(reaction, "question", "invitation", "follow_up")
    if not asks and len(content & stage.matter(reaction.turns[:2])) >= 2:
        return None
    return opening, 0.72


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each stretch with an unconfirmed assumption: its turn and the reaction's."""
    voice = Voice(evidence, KIND)
    for act, reaction, base in evidence.once(assumptions):
        quotes = [evidence.cut(act.span), evidence.cut(reaction)]
        words = voice.say(quotes[0], quotes[1])
        yield moment(
            KIND, (act.span.turn, reaction.turn), quotes,
            why=words.why, invitation=words.invitation, confidence=sure(base, act),
        )  # fmt: skip


DETECTOR = Detector(kind=KIND, needs=("assumption", "agreement", "disagreement"), find=find)
