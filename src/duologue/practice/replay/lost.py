"""A real moment, to try again: their line, your line, and what another one would have done (the default start).

The partner begins with the real person's words and has what that person told later on. Nothing about a try is a score:
it stands beside the line that was said, with what each of the two does and whether the moment would be found again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec.structs import replace as with_

from duologue.errors import UnknownName, UnreadableInput
from duologue.model import Conversation, Moment, Review
from duologue.phrasing import clause
from duologue.practice.base import Ask, Open, Said, State
from duologue.practice.making.drawing import Drawn, draw
from duologue.practice.partner import begin
from duologue.practice.said import sentences_of
from duologue.practice.scenario import Fact, Layer, Scenario, Temperament, wordings
from duologue.practice.session import Setting
from duologue.reports.selection import rank, select

NAME = "lost-moment"
TITLE = "A moment of your own"
_INVITES: tuple[Ask, ...] = (
    "invitation.more", "invitation.why", "invitation.meaning", "invitation.look_for", "invitation.basis"
)  # fmt: skip
_SURE_INVITES = 0.5  # of an act of theirs, from which on the partner waits for an answer to it
_TRUSTED = 0.6  # somebody who told what takes this much begins with it; more has to be earned anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A line of the user's in a real conversation, to be tried again.

    `moment`: what was found there, None where the user chose the line. `number`: it counts the moments to work on, from
    1; 0 where the user chose. `of`: how many there are. `turns`: the user's line, as turns of the conversation.
    `theirs`, `yours`: the line before and the line, word for word; `after`: what they really replied, or empty.
    `told`: the layers of `scenario` that they had told by then; the others came later, and can be opened.
    """

    review: Review
    moment: Moment | None
    number: int
    of: int
    turns: tuple[int, ...]
    theirs: str
    yours: str
    after: str
    quotes: tuple[str, ...]
    scenario: Scenario
    told: tuple[Layer, ...]

    @property
    def before(self) -> tuple[Said, ...]:
        """Every real line up to the user's, one for each turn."""
        return tuple(_said(self.review.conversation, range(self.turns[0])))


def lost_moment(review: Review, number: int | None = None, *, line: int | None = None) -> Lost:
    """The moment to try again.

    `number`: of the moments to work on, as the review lists them, from 1; None for the one most worth working on.
    `line`: a turn of the user's instead, from 1, whatever was found there. Raises UnknownName where there is no such
    moment, or none at all, or it is not known who the user is; UnreadableInput where it is not English, is a message
    that nobody answered, or nothing of theirs comes before; NoConversation where nobody but the user speaks.
    """
    if review.kind == "message":
        raise UnreadableInput(
            "this is a message: nobody says anything before it", hint="Take a conversation with an answer"
        )
    drawn = draw(review, NAME, mask=False, most=None)
    listed = [m for m in review.moments if m.sign == "-" and _ours(review, m)]
    if line is not None:
        moment, at = None, _line(review, line)
        number = 0
    else:
        moment = _chosen(review, listed, number)
        number = listed.index(moment) + 1
        at = _ours(review, moment)[0]
    turns = _floor(review.conversation, at)
    if turns[0] == 0 or not any(_is_theirs(review.conversation, n) for n in range(turns[0])):
        raise UnreadableInput(
            f"nothing of theirs comes before your line {turns[0] + 1}, so there is nothing to answer",
            hint="Choose another moment: --moment N",
        )
    return _lost(review, drawn, moment, number, len(listed), turns)


def setting_of(lost: Lost, temperament: Temperament, seed: int = 0) -> Setting:
    """What the try is played with. The partner has told what was told by then; the rest may be opened."""
    return Setting(
        scenario=lost.scenario,
        temperament=temperament,
        seed=seed,
        before=lost.before,
        starts=begins(lost, temperament),
    )


def begins(lost: Lost, temperament: Temperament) -> State:
    """How the partner is at that point: they trust as far as they had told, and wait where they had asked something."""
    state = begin(temperament)
    trusted = max((min(la.trust, _TRUSTED) for la in lost.told), default=0.0)
    waits = _open(lost)
    return replace(
        state,
        trust=max(state.trust, trusted),
        told=tuple(la.id for la in lost.told),
        open=waits,
        asked=int(waits is not None),
        used=tuple(s for said in lost.before if said.who == "partner" for s in sentences_of(said.text)),
    )


def _chosen(review: Review, listed: Sequence[Moment], number: int | None) -> Moment:
    if not listed:
        best = [m for m in review.moments if m.sign == "+" and _ours(review, m)]
        weakest = max(best, key=rank, default=None)
        at = _ours(review, weakest)[0] if weakest else None
        words = f" What was kept up least surely is line {at + 1}" if at is not None else ""
        raise UnknownName(
            "nothing was found in this conversation that you would have to do again",
            hint=f"A line of yours can be tried all the same: say which.{words}",
        )
    if number is None:
        picked = [m for m in select(review).work if m in listed]
        return picked[0] if picked else min(listed, key=rank)
    if not 1 <= number <= len(listed):
        raise UnknownName(
            f"there is no moment {number} to work on in this review",
            hint="There is one: --moment 1"
            if len(listed) == 1
            else f"There are {len(listed)}: --moment 1 to {len(listed)}",
        )
    return listed[number - 1]


def _line(review: Review, line: int) -> int:
    conversation = review.conversation
    if (
        not 1 <= line <= len(conversation.turns)
        or conversation.speaker(conversation.turns[line - 1].speaker).side != "ours"
    ):
        ours = [n + 1 for n in range(len(conversation.turns)) if _is_ours(conversation, n)]
        raise UnknownName(
            f"line {line} is none of yours",
            hint=f"Yours are: {', '.join(map(str, ours[:12]))}{' …' if len(ours) > 12 else ''}",
        )
    return line - 1


def _is_ours(conversation: Conversation, turn: int) -> bool:
    return conversation.speaker(conversation.turns[turn].speaker).side == "ours"


def _is_theirs(conversation: Conversation, turn: int) -> bool:
    return conversation.speaker(conversation.turns[turn].speaker).side == "theirs"


def _ours(review: Review, m: Moment) -> list[int]:
    """The user's turns of a moment that its quotes are from; all of them where no quote is."""
    turns = [n for n in m.turns if _is_ours(review.conversation, n)]
    quoted = {q.turn for q in m.quotes}
    return [n for n in turns if n in quoted] or turns


def _floor(conversation: Conversation, at: int) -> tuple[int, ...]:
    """The turns around `at` in which the user's side went on: one line."""
    first = last = at
    while first > 0 and _is_ours(conversation, first - 1):
        first -= 1
    while last + 1 < len(conversation.turns) and _is_ours(conversation, last + 1):
        last += 1
    return tuple(range(first, last + 1))


def _said(conversation: Conversation, turns: Sequence[int]) -> list[Said]:
    return [Said(who="you" if _is_ours(conversation, n) else "partner", text=conversation.turns[n].text) for n in turns]


def _lost(review: Review, drawn: Drawn, moment: Moment | None, number: int, of: int, turns: tuple[int, ...]) -> Lost:
    conversation = review.conversation
    before = turns[0] - 1
    while before > 0 and not _is_ours(conversation, before - 1):
        before -= 1
    after = turns[-1] + 1
    end = after
    while end < len(conversation.turns) and not _is_ours(conversation, end):
        end += 1
    layers = drawn.scenario.layers()
    told = tuple(la for la in layers if drawn.turns[la.id] < turns[0])
    return Lost(
        review=review,
        moment=moment,
        number=number,
        of=of,
        turns=turns,
        theirs=_joined(conversation, range(before, turns[0])),
        yours=_joined(conversation, turns),
        after=_joined(conversation, range(after, end)),
        quotes=tuple(conversation.turns[q.turn].text[q.start : q.end] for q in moment.quotes) if moment else (),
        scenario=with_(drawn.scenario, title=TITLE, facts=_unsaid(drawn.scenario, conversation, turns[0])),
        told=told,
    )


def _joined(conversation: Conversation, turns: Sequence[int]) -> str:
    return " ".join(conversation.turns[n].text for n in turns if conversation.turns[n].text.strip())


def _unsaid(scenario: Scenario, conversation: Conversation, until: int) -> list[Fact]:
    """The plain facts that they had not given by then: nothing is said twice."""
    said = {s for n in range(until) for s in sentences_of(conversation.turns[n].text)}
    return [
        f for f in scenario.facts if not said & {s for text in wordings(f.says, "warm") for s in sentences_of(text)}
    ]


def _open(lost: Lost) -> Open | None:
    """What they had asked in the line before, and wait for: a "tell me more"."""
    review = lost.review
    last = [n for n in range(lost.turns[0]) if not _is_ours(review.conversation, n)][-1:]
    asked = [a for a in review.acts if a.span.turn in last and a.kind in _INVITES and a.confidence >= _SURE_INVITES]
    best = max(asked, key=lambda a: a.confidence, default=None)
    ask = next((k for k in _INVITES if best and k == best.kind), None)
    if ask is None:
        return None
    claims = [review.conversation.turns[n].text for n in range(lost.turns[0]) if _is_ours(review.conversation, n)]
    return Open(ask=ask, claim=clause(claims[-1]) if claims else None)
