"""What to try: one thing, as a question, with the user's own line and one way that it could have gone."""

from __future__ import annotations

from dataclasses import dataclass

from duologue import phrasing
from duologue.agreement import agreement_of
from duologue.model import Moment, Review
from duologue.moments.wording import filled, recalled
from duologue.practice.debriefing.chances import Looked, chances, line_at, state_before
from duologue.practice.debriefing.focus import Focus, suggested
from duologue.practice.session import Talk
from duologue.reports.selection import rank

# By focus: the wordings for a chance that was not taken; the first whose words are at hand. {recall}, {claim}: the
# partner's words said back ("you said the trucks leave late", "the trucks leave late"); {they}: their first name.
_WAYS: dict[str, tuple[str, ...]] = {
    "answer_before_you_offer": (
        "What would {they} have taken for an answer? One way is one plain sentence about exactly that, a frank “I do "
        "not know” among them, and then: “What made you ask?”",
    ),
    "ask_on": (
        "What would you have liked to know about that? One way: “{Recall}. What does that look like on an ordinary "
        "day?”",
        "What would you have liked to know about what {they} had just said? One way: “Can you take me through the last "
        "time that happened?”",
    ),
    "give_back_first": (
        "What did {they} need you to have heard? One way, before anything of your own: “So {claim}.” And then a pause.",
        "What did {they} need you to have heard? One way is to say it back in one sentence of yours, and then a pause.",
    ),
    "and_not_or": (
        "What is right in what {they} said? The AND form begins there: “{Recall}, AND I see a second side to it. Shall "
        "we look at both?”",
        "What is right in what {they} said? The AND form begins there, and puts yours beside it.",
    ),
    "stay_with_it": (
        "What might {they} have told you next? One way to stay: “{Recall}. What is that like for you?”",
        "What might {they} have told you next? One way to stay: “Before anything else: what is that like for you?”",
    ),
    "ask_leave": (
        "How would it have been to ask first? One way: “{Recall}, and I have a thought on that. Would you like to hear "
        "it, or is there more that I should know?”",
        "How would it have been to ask first? One way: “I have a thought on that. Would you like to hear it, or is "
        "there more that I should know?”",
    ),
    "drill_down": (
        "What lies under that? One way to ask one level further: “{Recall}. And what comes of it?”",
        "What lies under that? One way to ask one level further: “And what comes of that, for you?”",
    ),
    "let_them_want_it": (
        "What would {they} want, with that taken out? One way to learn it: “What would you like to happen, leaving me "
        "aside?”",
    ),
}
_OPEN = "What are you still curious about? For another talk one thing is open: “{question}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One thing to try. `turn`, `said`: the user's own line (None: it is about none of them).

    `question`: what to think about, with one way that it could have gone. `kind`: the moment that it comes from; None
    where it comes from how the partner heard the line. `focus`: the skill that it belongs to.
    """

    question: str
    turn: int | None
    said: str | None
    kind: str | None
    focus: str


def to_try(talk: Talk, review: Review, focus: Focus | None) -> Try | None:
    """The one thing most worth trying; None where no line asks for one and nothing was left open.

    Of the moments to work on (of the focus, where there is one) that on which the partner closed most; then a chance
    of the focus that was not taken; then what was left open.
    """
    chosen = focus or suggested(review)
    moment = _moment(talk, review, focus)
    if moment is not None:
        turn = max(line_at(talk, t) for t in moment.turns if _is_own(talk, t))
        return Try(
            question=moment.invitation or "",
            turn=turn,
            said=talk.steps[turn - 1].said,
            kind=moment.kind,
            focus=chosen.name,
        )
    missed = [c.turn for c in chances(chosen.name, Looked(talk, review)) if not c.taken]
    missed = [n for n in missed if not talk.steps[n - 1].heard.silent]  # a silence after theirs may be just right
    if focus is None:  # where the line did them good, nobody asked for another one
        missed = [n for n in missed if _moved(talk, n) <= 0 and talk.steps[n - 1].decision.does != "disclose"]
    if missed:
        turn = min(missed, key=lambda t: (_moved(talk, t), t))
        return Try(
            question=_way(talk, turn, chosen), turn=turn, said=talk.steps[turn - 1].said, kind=None, focus=chosen.name
        )
    if review.next:
        return Try(
            question=_OPEN.format(question=review.next[0].question), turn=None, said=None, kind=None, focus=chosen.name
        )
    return None


def _moment(talk: Talk, review: Review, focus: Focus | None) -> Moment | None:
    """The moment to work on at which the partner's trust fell most."""
    fit = [
        m
        for m in review.moments
        if m.sign == "-"
        and any(_is_own(talk, t) for t in m.turns)
        and m.invitation
        and (m.kind in focus.moments if focus else _is_measured(m) or _moved_by(talk, m) < 0)
    ]
    return min(fit, key=lambda m: (min(0.0, _moved_by(talk, m)), not _is_measured(m), rank(m)), default=None)


def _is_measured(m: Moment) -> bool:
    """Whether people ever agreed with the detector: its words are preferred where several moments are there."""
    known = agreement_of(m.kind)
    return known is not None and bool(known.precision)


def _is_own(talk: Talk, turn: int) -> bool:
    """Whether a turn is a line of the user's in this session."""
    at = turn - len(talk.setting.before)
    return at >= 0 and at % 2 == 0


def _moved_by(talk: Talk, m: Moment) -> float:
    return min(_moved(talk, line_at(talk, t)) for t in m.turns if _is_own(talk, t))


def _moved(talk: Talk, line: int) -> float:
    step = talk.steps[line - 1]
    return round(step.state.trust - state_before(talk, step).trust, 3)


def _way(talk: Talk, line: int, focus: Focus) -> str:
    """What could have been said at a line, out of the partner's words before it."""
    before = talk.steps[line - 2] if line > 1 else None
    own_matter = before is not None and before.decision.does not in ("answer", "vague", "small", "puzzled")
    theirs = before.reply.text[before.reply.lead :] if before and own_matter else ""
    name = talk.setting.scenario.person.name.split()[0]
    names = frozenset(part.casefold() for part in talk.setting.scenario.person.name.split())
    recall = recalled(theirs, names) if theirs else None
    claim = phrasing.to_second_person(phrasing.clause(theirs, names) or "?") if theirs else None
    fields = {
        "they": name,
        "Recall": recall[:1].upper() + recall[1:] if recall and not recall.startswith("you asked") else "",
        "claim": claim or "",
    }
    frames = _WAYS[focus.name]
    frame = next((f for f in frames if all(fields[k] or f"{{{k}}}" not in f for k in fields)), frames[-1])
    return filled(frame, fields)
