"""repaired (+): after something went wrong, the same side names it as its own doing, or takes the stake up again
(S0.3).

Rule: codebook §2. What went wrong is a wall, a dropped thread, an assumption, a deflected invitation, a device,
or advice, a pitch, a story or an ask that was turned down. Two ways back: a `repair`; or, after a dropped thread,
a follow-up or reflection on that very matter with nothing of one's own beside it. It names the turn that went
wrong and the turn that comes back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from duologue.model import Act, Moment, Span
from duologue.moments.assumed import assumptions
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.deflected_invitation import deflections
from duologue.moments.dropped_thread import dropped
from duologue.moments.exchanges import wall_in
from duologue.moments.gimmick import devices
from duologue.moments.stage import Stage, Stretch
from duologue.moments.wording import Voice, sure

KIND = "repaired"
TURNED_DOWN = ("advice", "pitch", "story", "call_to_action", "persuasion", "assumption")
REACH = 30  # turns a repair may look back; people come back to what is fresh
BACK = 12  # turns after which a dropped matter that comes up again is no longer a coming back to it


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each turn that comes back: the latest turn that went wrong before it, and itself."""
    voice = Voice(evidence, KIND)
    last = -1
    wrongs = sorted(_wrongs(evidence), key=lambda s: (s.turn, s.start))
    turns = [w.turn for w in wrongs]
    done: set[int] = set()
    for stretch in evidence.stretches:
        act = evidence.first(stretch.turns, "repair") if stretch.coached else None
        at = bisect_left(turns, stretch.first) - 1
        while act and at >= 0 and stretch.first - turns[at] <= REACH and not _same(evidence, turns[at], stretch):
            at -= 1
        if act and at >= 0 and act.span.turn - turns[at] <= REACH and _fits(evidence, wrongs[at], act, last):
            done.add(act.span.turn)
            yield _told(evidence, voice, wrongs[at], act, 0.85 if act.span.turn - turns[at] <= 8 else 0.7)
        last = act.span.turn if act else last
    yield from _taken_up_again(evidence, voice, done)


def _fits(stage: Stage, wrong: Span, act: Act, last: int) -> bool:
    """What was put right already is come back to only where the words say so."""
    return wrong.turn > last or bool(stage.heard(wrong.turn) & stage.heard(act.span.turn))


def _same(stage: Stage, turn: int, stretch: Stretch) -> bool:
    """The same side, or where sides are unknown the same speaker."""
    turns = stage.scene.conversation.turns
    return not stage.scene.symmetric or turns[turn].speaker == turns[stretch.first].speaker


def _wrongs(stage: Stage) -> Iterator[Span]:
    """The words by which the coached side went wrong, in no order."""
    for said, reply in stage.replies():
        wall = wall_in(stage, reply)
        if wall and not stage.only_listens(said):
            yield wall.span
    yield from (words for _, words, _ in stage.once(dropped))
    yield from (words for _, words, _ in stage.once(deflections))
    yield from (act.span for act, _, _ in stage.once(assumptions))
    for said, reaction in stage.reactions():
        yield from (act.span for act in devices(stage, said))
        matter = stage.first(said.turns, *TURNED_DOWN)
        if matter and stage.in_stretch(reaction, "withdrawal", "disagreement"):
            yield matter.span


def _taken_up_again(stage: Stage, voice: Voice, done: set[int]) -> Iterator[Moment]:
    for told, left, _ in stage.once(dropped):
        matter = stage.heard(told.span.turn)
        # From the stretch that dropped it on, every second one is the same side's where sides are known.
        later = [stage.after(left.turn, n) for n in (2, 4)]
        for stretch in later:
            if stretch is None or stretch.first - left.turn > BACK or stretch.first in done or not stretch.coached:
                continue
            act = stage.first(stretch.turns, "follow_up", "reflection")
            alone = not stage.in_stretch(stretch, "pitch", "call_to_action", "persuasion", "advice")
            between = stage.before(stretch.first)
            afresh = matter & stage.matter(stretch.turns) - (stage.matter(between.turns) if between else frozenset())
            if act and alone and len(afresh) >= 2:
                done.add(stretch.first)
                yield _told(stage, voice, left, act, 0.6)
                break


def _told(stage: Stage, voice: Voice, wrong: Span, back: Act, base: float) -> Moment:
    quotes = [stage.cut(wrong), stage.cut(back.span)]
    before = stage.before(back.span.turn)
    why = voice.say(quotes[1], stage.opening(before.last) if before else quotes[0], wrong=voice.short(quotes[0])).why
    return moment(KIND, (wrong.turn, back.span.turn), quotes, why=why, confidence=sure(base, back))


DETECTOR = Detector(
    kind=KIND,
    needs=("repair", "disagreement", "either_or", "withdrawal", "disclosure", "follow_up", *TURNED_DOWN),
    find=find,
)
