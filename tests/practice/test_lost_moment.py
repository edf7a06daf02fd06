"""A real moment again: the right line, the real words, what was told by then, and a try beside what was said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from duologue import wire
from duologue.errors import NoConversation, UnknownName, UnreadableInput
from duologue.model import Act, Review, Span
from duologue.practice.base import Heard
from duologue.practice.replay import begins, judge_try, lost_moment, setting_of
from duologue.practice.session import Talk, answer, say
from duologue.practice.voices.written import Written
from duologue.readers import read
from duologue.reports.selection import rank, select
from duologue.reviewing import review
from duologue.sides import with_us
from practice.drawn_from import TALK, Line, review_of

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def call() -> Review:
    return review(with_us(read(str(EXAMPLES / "discovery-call.vtt")), ["Nora Feld"]))


def test_their_line_and_yours_are_verbatim() -> None:
    found = review_of()
    lost = lost_moment(found)
    assert (lost.number, lost.of, lost.turns) == (1, 1, (6,))
    assert lost.theirs == found.conversation.turns[5].text
    assert lost.yours == found.conversation.turns[6].text
    assert lost.after == "Right."
    assert lost.quotes == ("The cleaning rota breaks down every Monday.", "Our app does rotas better than anybody.")
    setting = setting_of(lost, "brisk", 7)
    assert [s.text for s in setting.before] == [t.text for t in found.conversation.turns[:6]]
    assert [s.who for s in setting.before[-2:]] == ["you", "partner"]
    assert (setting.temperament, setting.seed) == ("brisk", 7)


def test_what_was_told_before_is_told_and_the_rest_can_be_opened() -> None:
    lost = lost_moment(review_of())
    assert [la.cell for la in lost.told] == ["issue", "personal_impact"]
    assert [la.cell for la in lost.scenario.layers() if la not in lost.told] == ["goal", "personal_goal"]
    starts = setting_of(lost, "warm").starts
    assert starts is not None
    assert starts.told == ("issue-1", "personal-impact-1")
    assert "the cleaning rota breaks down every monday" in starts.used
    assert lost.scenario.facts == []  # the one that there is was given before


def test_the_moment_most_worth_working_on_is_the_one_of_the_report(call: Review) -> None:
    """None is the choice of the report, in its order where it shows none unasked; a number counts those in the list."""
    minus = [m for m in call.moments if m.sign == "-"]
    assert lost_moment(call).moment == (*select(call).work, *sorted(minus, key=rank))[0]
    assert [lost_moment(call, n).moment for n in range(1, len(minus) + 1)] == minus


def test_a_review_that_was_written_down_gives_the_same_moment(call: Review) -> None:
    kept = wire.review_from_json(wire.dumps(wire.review_to(call)))
    assert lost_moment(kept, 2) == replace(lost_moment(call, 2), review=kept)


def test_any_line_of_yours_can_be_chosen(call: Review) -> None:
    """Where nothing was found, or another line is on the user's mind."""
    lost = lost_moment(call, line=27)
    assert (lost.moment, lost.number) == (None, 0)
    assert lost.yours.startswith("Fair question.")
    with pytest.raises(UnknownName, match="line 26 is none of yours"):
        lost_moment(call, line=26)
    for line in (0, -1, 9999):
        with pytest.raises(UnknownName):
            lost_moment(call, line=line)


def test_their_open_question_waits(call: Review) -> None:
    """They had asked “What do you base that on?”: whoever tries that line again is waited for with it."""
    lost = lost_moment(call, line=27)
    waits = begins(lost, "warm").open
    assert waits is not None and waits.ask == "invitation.basis"
    assert begins(lost_moment(call, 1), "warm").open is None


def test_they_trust_as_far_as_they_had_told(call: Review) -> None:
    from duologue.practice.partner import begin

    early, late = lost_moment(call, line=3), lost_moment(call, line=27)
    assert begins(early, "wary").trust == begin("wary").trust
    assert begins(late, "wary").trust > begin("wary").trust


def test_several_turns_of_yours_in_a_row_are_one_line() -> None:
    lines: list[Line] = [*TALK[:7], ("A", [("And it is cheap.", ["pitch"])]), *TALK[7:]]
    lost = lost_moment(review_of(lines))
    assert lost.turns == (6, 7)
    assert lost.yours == "Our app does rotas better than anybody. And it is cheap."
    assert lost.after == "Right."


@pytest.mark.parametrize(
    ("number", "says"), [(0, "no moment 0"), (2, "There is one: --moment 1"), (-1, "no moment -1")]
)
def test_a_number_that_is_not_there(number: int, says: str) -> None:
    with pytest.raises(UnknownName) as error:
        lost_moment(review_of(), number)
    assert says in str(error.value)


def test_nothing_to_work_on_is_said_with_a_line_to_take() -> None:
    with pytest.raises(UnknownName) as error:
        lost_moment(review_of(moments=[("uncovered", (4, 5))]))
    assert "nothing was found" in str(error.value)
    assert "line 5" in str(error.value)
    with pytest.raises(UnknownName):
        lost_moment(review_of(moments=[]))


def test_what_cannot_be_replayed() -> None:
    with pytest.raises(UnknownName, match="which of them is you"):
        lost_moment(review_of(sides=False))
    with pytest.raises(UnreadableInput, match="message"):
        lost_moment(review_of(kind="message"))
    with pytest.raises(NoConversation):
        lost_moment(review_of([TALK[0]], moments=()))
    with pytest.raises(UnreadableInput, match="nothing of theirs comes before"):
        lost_moment(review_of(moments=[("assumed", (0,))]))


def _heard(text: str, kind: str) -> Heard:
    """A line that the partner heard as one act, whatever a labeller would find."""
    listens, closes = (({"reflected": 0.9}, {}), ({}, {"pitch": 0.9}))[kind == "pitch"]
    act = Act(kind=kind, span=Span(turn=0, start=0, end=len(text)), confidence=0.9, by="test")
    return Heard(text=text, listening=listens, closing=closes, acts=(act,))  # type: ignore[arg-type]


GOOD = "You end up scrubbing the floors yourself."
WORSE = "Our app also has the best dashboard."


def test_a_try_stands_beside_the_real_line() -> None:
    """The same again is said to be the same; what listens is seen, with the words; how they took it; and no score."""
    found = review_of()
    lost = lost_moment(found)
    tried = {
        text: judge_try(lost, answer(Talk(setting=setting_of(lost, "warm", 3)), _heard(text, kind), Written()))
        for text, kind in ((GOOD, "reflection"), (WORSE, "pitch"))
    }
    assert [(q.kind, q.text) for q in tried[GOOD].does] == [("reflection", GOOD)]
    assert [(q.kind, q.text) for q in tried[GOOD].did] == [("pitch", "Our app does rotas better than anybody.")]
    assert tried[WORSE].again is True
    assert tried[GOOD].again is False
    assert all(t.took and t.reply for t in tried.values())
    assert not any(m.kind == "dropped_thread" for m in tried[GOOD].work)
    assert {m.sign for m in tried[GOOD].kept} <= {"+"}
    assert not [name for name in dir(tried[GOOD]) if "score" in name or "point" in name]


def test_a_moment_that_needs_more_than_a_line_is_left_open() -> None:
    """Going cold shows at the end alone: that it is not found after one line says nothing."""
    lost = lost_moment(review_of(moments=[("went_cold", (6, 7))]))
    judged = judge_try(lost, answer(Talk(setting=setting_of(lost, "warm")), _heard(GOOD, "reflection"), Written()))
    assert judged.again is None


def test_nothing_said_is_nothing_to_judge() -> None:
    lost = lost_moment(review_of())
    with pytest.raises(ValueError, match="nothing was said"):
        judge_try(lost, Talk(setting=setting_of(lost, "warm")))


def test_what_they_said_before_is_not_said_again(call: Review) -> None:
    """The partner goes on; no sentence of the real conversation comes a second time."""
    lost = lost_moment(call, 1)
    talk = Talk(setting=setting_of(lost, "warm", 1))
    before = {s.text for s in lost.before}
    for text in ("What would that layout change for you?", "And what else is in the way?", "Tell me more about it."):
        talk = say(talk, text, Written())
    assert all(step.reply.text not in before for step in talk.steps)
    assert len({step.reply.text for step in talk.steps}) == 3
