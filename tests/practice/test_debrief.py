"""The debrief: what it finds in a talk, what it keeps to itself, and what it may not claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duologue.acts.base import Judge
from duologue.practice.base import Said
from duologue.practice.debriefing.debrief import debrief
from duologue.practice.debriefing.focus import FOCUSES
from duologue.practice.debriefing.reviewed import as_heard, reviewed
from duologue.practice.known import BY
from duologue.practice.session import Talk, conversation_of
from duologue.text import scene
from practice import debriefed as made

QUIET = made.Unlabelled()


def test_acts_of_the_review_are_those_of_the_session() -> None:
    """The user's lines as they were heard, the partner's as they were meant; nothing of the session is read anew."""
    labeller = made.Unlabelled()
    review = reviewed(made.mixed(), labeller)
    assert labeller.read == [made.OPENS]
    by = {review.conversation.turns[a.span.turn].speaker: a.by for a in review.acts}
    assert by == {"you": "made/1", "partner": BY}
    told = [a for a in review.acts if a.kind == "disclosure.issue"]
    assert next(review.conversation.turns[a.span.turn].text for a in told).startswith("The frost")
    assert {a.span.turn for a in review.acts if a.kind == "invitation.basis"} == {6}


def test_a_judge_is_offered_where_the_labeller_is_one() -> None:
    """Rules of moments are seconded by a judge; a labeller that is none must not look like one."""
    talk = made.listener()
    assert isinstance(as_heard(talk, made.Judging()), Judge)
    assert not isinstance(as_heard(talk, made.Unlabelled()), Judge)


def test_only_the_last_line_before_the_session_is_read() -> None:
    """A session may go on from a real conversation; its acts belong to the words that they stand in."""

    class Asking(made.Unlabelled):
        def label(self, scene):  # type: ignore[no-untyped-def]
            return made.acts(scene.conversation.turns[0].text, ("concern", "but it is dear"))

    before = (Said(who="you", text="We have a plan."), Said(who="partner", text="Maybe, but it is dear."))
    talk = Talk(setting=replace(made.begun().setting, before=before))
    found = as_heard(made.told_frost(talk), Asking()).label(scene(conversation_of(made.told_frost(talk))))
    assert [(a.kind, a.span.turn) for a in found if a.kind == "concern"] == [("concern", 1)]


def test_what_came_to_light_and_how_much_did_not() -> None:
    """By cell, with the line and the words; what stayed closed is counted and not named."""
    u = debrief(made.mixed(), labeller=QUIET).uncovered
    assert [(t.id, t.turn) for t in u.told] == [("frost", 1), ("debt", 2)]
    assert (u.of, u.left, u.named) == (4, 2, False)
    assert [(c.cell, len(c.told), c.of) for c in u.cells] == [
        ("issue", 2, 2), ("personal_impact", 0, 1), ("goal", 0, 0), ("personal_goal", 0, 1),
    ]  # fmt: skip
    assert not any(c.closed for c in u.cells)


def test_what_stayed_closed_is_named_when_it_is_asked_for() -> None:
    u = debrief(made.mixed(), reveal=True, labeller=QUIET).uncovered
    assert [c.closed for c in u.cells] == [(), ("her nights among the candles",), (), ("that she wants to sell",)]


def test_what_was_near_and_kept_back() -> None:
    """At the pitch there was trust enough for the nights: that it was near is told, and its name only afterwards."""
    talk = made.mixed()
    view = debrief(talk, labeller=QUIET).views[2]
    assert (view.near, view.withheld) == ("nights", None)
    assert debrief(talk, labeller=QUIET, reveal=True).views[2].withheld == "her nights among the candles"
    last = talk.steps[-1]
    ended = Talk(setting=talk.setting, steps=(*talk.steps[:-1], replace(last, state=replace(last.state, ended=True))))
    assert debrief(ended, labeller=QUIET).views[2].withheld == "her nights among the candles"
    assert not debrief(ended, labeller=QUIET).uncovered.named


def test_what_was_told_later_is_no_secret_any_more() -> None:
    """A matter that was held back at one line and told after another is named at both."""
    talk = made.pitched(made.told_frost(made.begun()))
    assert debrief(talk, labeller=QUIET).views[1].withheld is None
    after = made.gave_back(talk)
    assert debrief(after, labeller=QUIET).views[1].withheld == "what the nets cost her"


def test_the_partners_reason_speaks_of_itself_in_the_first_person() -> None:
    """A scenario calls a matter “her nights”; a sentence of hers must not."""
    talk = made.touched(made.told_to_sell(made.listener()))
    whys = [v.why for v in debrief(talk, labeller=QUIET).views]
    assert whys[0] == "You asked."
    assert whys[1] == "You gave back what I had said."
    assert not any(" her " in why or " she " in why for why in whys)


def test_where_it_closed_for_good() -> None:
    t = debrief(made.mixed(), labeller=QUIET).turned
    assert t is not None
    assert (t.turn, t.up, t.steady) == (3, False, False)
    assert t.why == "You praised something, and I had not asked for it."
    assert t.trust == (0.58, 0.4)


def test_where_it_opened_line_by_line() -> None:
    """Nobody was turned round where every line went the same way: the one that moved most is given as that."""
    t = debrief(made.told_to_sell(made.listener()), labeller=QUIET).turned
    assert t is not None
    assert (t.turn, t.up, t.steady) == (2, True, True)


def test_what_was_taken_back_turned_nothing() -> None:
    """A pitch that later lines mended is not where it turned."""
    talk = made.told_to_sell(made.pitched(made.told_frost(made.begun())))
    t = debrief(talk, labeller=QUIET).turned
    assert t is None or t.up


def test_a_last_line_turns_nothing_unless_it_ended_the_talk() -> None:
    talk = made.pitched(made.told_frost(made.begun()))
    assert debrief(talk, labeller=QUIET).turned is None


def test_what_the_partner_asked_and_was_not_told() -> None:
    asked = debrief(made.mixed(), labeller=QUIET).asked
    assert [(a.turn, a.ask, a.met) for a in asked] == [(4, "invitation.basis", False)]
    assert asked[0].words == "What is your basis for that?"
    assert asked[0].answer.startswith("Everybody")


def test_letting_go() -> None:
    """Where it was right: asked for nothing afterwards, or asked for it again, in whose words; or nothing shows yet."""
    told = made.told_to_sell(made.listener())
    assert debrief(made.listener(), labeller=QUIET).letting_go is None
    nothing = debrief(told, labeller=QUIET).letting_go
    assert nothing is not None
    assert nothing.let_go is None
    pressed = debrief(made.pitched(told), labeller=QUIET).letting_go
    assert pressed is not None
    assert pressed.let_go is False
    assert (4, "Shall we book a visit?") in pressed.pressed
    let = debrief(made.told_frost(told), labeller=QUIET).letting_go
    assert let is not None
    assert (let.let_go, let.pressed, let.after) == (True, (), "that she wants to sell")
    assert let.why.startswith("She has decided")


def test_one_thing_to_try_is_about_a_line_of_the_users() -> None:
    """The focus chooses which; it is a question with one way that it could have gone."""
    for name in ("answer_before_you_offer", "let_them_want_it", "give_back_first", "stay_with_it", "ask_leave"):
        t = debrief(made.mixed(), focus=FOCUSES[name], labeller=QUIET).to_try
        assert t is not None
        assert t.turn in (3, 4)
        assert t.said == made.mixed().steps[t.turn - 1].said
        assert "?" in t.question
        assert "{" not in t.question


def test_no_line_is_asked_for_again_that_did_them_good() -> None:
    """Without a focus, a line after which they told something is not put up for another try."""
    t = debrief(made.listener(), labeller=QUIET).to_try
    assert t is None or t.turn is None


def test_nothing_to_keep_where_trust_was_lost() -> None:
    """A pattern that a detector takes for good is none where this partner closed at it."""
    for m in debrief(made.mixed(), labeller=QUIET).keep:
        assert max(m.turns) < 5


def test_branches_stand_side_by_side() -> None:
    """The same counts for each, where they part in both's words, and nobody's rank."""
    one, other = made.mixed(), made.told_to_sell(made.listener())
    b = debrief(other, focus=FOCUSES["stay_with_it"], others=[one, other], labeller=QUIET).branches
    assert b is not None
    assert [r.label for r in b.rows] == ["try 1", "this one"]
    assert [len(r.told) for r in b.rows] == [2, 3]
    assert [r.offers for r in b.rows] == [2, 0]
    assert [(r.met, r.asked) for r in b.rows] == [(0, 1), (0, 0)]
    assert [(r.focus.count, r.focus.of) for r in b.rows if r.focus] == [(1, 2), (2, 2)]
    assert b.partings[0].turn == 3
    assert b.partings[0].other.said == one.steps[2].said
    assert b.partings[0].this.told == "that she wants to sell"


def test_a_branch_that_ended_sooner_parts_where_it_ended() -> None:
    b = debrief(made.mixed(), others=[made.listener()], labeller=QUIET).branches
    assert b is not None
    assert (b.partings[0].turn, b.partings[0].other.said) == (3, None)


def test_branches_are_with_one_partner() -> None:
    from msgspec.structs import replace as with_

    other = made.listener()
    other = replace(other, setting=replace(other.setting, scenario=with_(made.SCENARIO, name="another")))
    with pytest.raises(ValueError, match="another"):
        debrief(made.mixed(), others=[other], labeller=QUIET)


def test_nothing_said_is_nothing_to_look_back_on() -> None:
    with pytest.raises(ValueError, match="nothing was said"):
        debrief(made.begun(), labeller=QUIET)


def test_what_cannot_be_known_is_said() -> None:
    said = " ".join(debrief(made.listener(), labeller=QUIET).notices)
    assert "meant" in said
    assert "rules" in said
    assert "times" not in said
