"""deflected_invitation (-): an invitation is met with a pitch, a call to action, a change of subject or nothing
(S3.1).

Rule: codebook §2. Pitched with the answer tucked in at the end is deflected. A question back, and whatever else
leaves it open whether the reply was on its way to an answer, is not claimed.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Act, Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.exchanges import how_met
from duologue.moments.stage import Stage
from duologue.moments.wording import Voice, sure

KIND = "deflected_invitation"

WHY = (
    "{they} opened a door with “{theirs}”, then the reply began with “{ours}”.",
    "“{theirs}” asked for what stands behind the claim, and “{ours}” came instead.",
    "“{theirs}” is an interest of {their} own, and what followed was “{ours}”.",
)
INVITATIONS = (
    "What did {they} want to know with “{theirs}”? One way in: answer that alone, in two plain sentences, then "
    "ask “What made you ask?”",
    "If “{theirs}” were the only thing {they} ever asked, what would the honest answer be? “I guessed” counts, "
    "and then: “How does it look at your end?”",
    "What might “{theirs}” have been about for {them}? One way: “Let me answer that first”, then the answer, and "
    "“{ours}” only if {they} asked for it.",
    "How would a good colleague have answered “{theirs}”? One way: say what you have seen yourself, where you "
    "saw it, and then hand it back: “Does that fit what you see?”",
    "What would have been enough as an answer to “{theirs}”? One way: one example that could be checked, and "
    "then silence for {them} to go on.",
)


def deflections(stage: Stage) -> Iterator[tuple[Act, Span, float]]:
    """Every deflected invitation, with the words that met it and how sure the rule is."""
    for said, reply in stage.replies():
        asked = stage.acts_in(said, "invitation")
        if not asked:
            continue
        met, words = how_met(stage, asked[-1].span, reply)
        if met == "elsewhere":
            yield asked[-1], words, 0.88
        elif met == "nothing" and not stage.only_listens(reply) and stage.in_stretch(reply, *_ELSEWHERE):
            yield asked[-1], words, 0.7


_ELSEWHERE = ("pitch", "call_to_action", "persuasion", "small_talk", "question")


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each deflection: the invitation's turn and the reply's."""
    voice = Voice(evidence, WHY, INVITATIONS)
    for asked, words, base in evidence.once(deflections):
        quotes = [evidence.cut(asked.span), evidence.cut(words)]
        said = voice.say(quotes[1], quotes[0])
        yield moment(
            KIND, (asked.span.turn, words.turn), quotes,
            why=said.why, invitation=said.invitation, confidence=sure(base, asked),
        )  # fmt: skip


DETECTOR = Detector(kind=KIND, needs=("invitation", "information", *_ELSEWHERE), find=find)
