"""The skills of which a session practises one: what to do, why, and how it is measured.

One behaviour at a time, in short rounds and three tries, quantity before quality (Rackham). What is measured is a count
of chances taken, in the user's own lines; there is no score and there are no stars.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from duologue.model import Review
from duologue.practice.debriefing.chances import Looked, chances, longest_run
from duologue.practice.debriefing.reviewed import reviewed
from duologue.practice.session import Talk
from duologue.reports.trust import precision_of

ROUND = 6  # lines of the user's in a short round
TRIES = 3  # rounds from the same start, before they are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """A skill. `what`: what to do, in a sentence. `why`: with the requirement's id. `measured`: what is counted.

    `chance`, `taken`: the words of the count: "2 of 5 {chance} {taken}". `moments`: of the codebook, those that say
    that it was missed.
    """

    name: str
    title: str
    what: str
    why: str
    requirement: str
    measured: str
    chance: tuple[str, str]
    taken: str
    moments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A line of the user's that was a chance. `turn`: counted from 1."""

    turn: int
    said: str
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """`count` of `of` chances taken, with every one of them in `quotes`. `beside`: what else was counted, or ""."""

    count: int
    of: int
    quotes: tuple[Quoted, ...]
    beside: str = ""


FOCUSES: dict[str, Focus] = {
    f.name: f
    for f in (
        Focus(
            name="answer_before_you_offer",
            title="Answer before you offer",
            what="When they ask you to say more, answer that first, plainly, and let anything of your own wait.",
            why="A “tell me more” is interest; met with an offer it goes away.",
            requirement="S3.1",
            measured="of their invitations to say more, those that the next line answered on their own terms",
            chance=("invitation of theirs", "invitations of theirs"),
            taken="answered",
            moments=("deflected_invitation", "dodged_question"),
        ),
        Focus(
            name="ask_on",
            title="Ask on",
            what="Let each question grow out of what they have just said, in their words where you can.",
            why="Curiosity is what moves a conversation; a list of questions is about the list.",
            requirement="S0.6",
            measured="of your questions, those that built on what they had just said",
            chance=("question of yours", "questions of yours"),
            taken="built on what they had said",
            moments=("assumed", "soliloquy"),
        ),
        Focus(
            name="give_back_first",
            title="Give it back first",
            what="When they tell you a worry, a view or something of theirs, give it back or give it its due before "
            "anything of your own.",
            why="To understand comes before being understood.",
            requirement="S0.2",
            measured="of their concerns, differences and disclosures, those given their due before anything of yours",
            chance=("concern, difference or disclosure of theirs", "concerns, differences and disclosures of theirs"),
            taken="given due weight first",
            moments=("premature_solution", "went_cold"),
        ),
        Focus(
            name="and_not_or",
            title="AND, not OR",
            what="Where you see it otherwise, say what is right in their view first, and put yours beside it with AND.",
            why="Nobody changes their mind in an argument, and a wall is built by two.",
            requirement="S0.4",
            measured="of the places where your views differed, those without a wall",
            chance=("place where views differed", "places where views differed"),
            taken="met without a wall",
            moments=("wall", "argument"),
        ),
        Focus(
            name="stay_with_it",
            title="Stay with it",
            what="When they tell you something, let your next line be about that, and about nothing else.",
            why="Somebody who is left alone with what they said does not say the next thing.",
            requirement="S2.4",
            measured="of what they told you, what your next line took up",
            chance=("thing that they told you", "things that they told you"),
            taken="taken up in your next line",
            moments=("dropped_thread",),
        ),
        Focus(
            name="ask_leave",
            title="Ask leave",
            what="Before you advise or present, ask whether they would like to hear it, and wait for the answer.",
            why="A solution that was not asked for is one more thing to fend off.",
            requirement="S2.2",
            measured="of the lines in which you advised or presented unasked, those for which you had asked leave",
            chance=("line with advice or a pitch", "lines with advice or a pitch"),
            taken="came after asking leave",
            moments=("broadcast_review", "put_off"),
        ),
        Focus(
            name="drill_down",
            title="Drill down",
            what="Choose one matter of theirs and ask on it three times before you go to another.",
            why="What is worth knowing lies several questions down.",
            requirement="S3.2",
            measured="of their answers, those on which your next line asked on; and how many times in a row at most",
            chance=("answer of theirs", "answers of theirs"),
            taken="asked on",
        ),
        Focus(
            name="let_them_want_it",
            title="Let them want it",
            what="Ask for nothing, hurry nobody, and flatter nobody; leave the next step for them to name.",
            why="What people do for their own reasons, they go on doing.",
            requirement="S4.0",
            measured="of your lines, those without a call to action or a device",
            chance=("line of yours", "lines of yours"),
            taken="without a call to action or a device",
            moments=("gimmick",),
        ),
    )
}

# Where no moment says what went wrong: the dial with the largest share of chances not taken.
_BY_DIAL = {
    "curiosity": "ask_on",
    "understanding": "give_back_first",
    "responsiveness": "stay_with_it",
    "openness": "and_not_or",
    "focus_on_the_other": "let_them_want_it",
}
_ENOUGH = 3  # chances: of fewer a share says nothing


def measured(talk: Talk, focus: Focus, review: Review | None = None) -> Count:
    """How often the skill was shown in a talk. `review`: of the talk, where it was made before."""
    found = chances(focus.name, Looked(talk, review or reviewed(talk)))
    run = longest_run(found) if focus.name == "drill_down" else 0
    return Count(
        count=sum(c.taken for c in found),
        of=len(found),
        quotes=tuple(Quoted(turn=c.turn, said=talk.steps[c.turn - 1].said, taken=c.taken) for c in found),
        beside=f"{run} in a row at most" if run > 1 else "",
    )


def suggested(review: Review) -> Focus:
    """The skill that most of what went wrong in a conversation asks for; how deep one goes, where nothing did.

    Each moment counts as much as its detector was right on people's labels.
    """
    wrong: Counter[str] = Counter()
    for m in review.moments:
        for f in FOCUSES.values():
            if m.kind in f.moments:
                wrong[f.name] += round(100 * precision_of(m.kind))
    if wrong:
        return max(FOCUSES.values(), key=lambda f: wrong[f.name])
    shares = {d.name: (d.of - d.count) / d.of for d in review.dials if d.of >= _ENOUGH and d.name in _BY_DIAL}
    most = max(shares, key=lambda name: shares[name], default=None)
    return FOCUSES[_BY_DIAL[most] if most and shares[most] > 0 else "drill_down"]


def round_over(talk: Talk, since: int = 0) -> bool:
    """Whether a short round that began after line `since` is over: its lines are said, or the partner went."""
    return talk.state.ended or len(talk.steps) - since >= ROUND
