"""The skills: a closed table, counts in the user's own lines, one of them suggested."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duologue.model.codebook import MOMENTS
from duologue.practice.debriefing.chances import RULES
from duologue.practice.debriefing.focus import FOCUSES, ROUND, Count, measured, round_over, suggested
from duologue.practice.debriefing.reviewed import reviewed
from duologue.practice.session import Talk
from practice import debriefed as made

QUIET = made.Unlabelled()


def _of(talk: Talk, name: str) -> tuple[int, int]:
    c = measured(talk, FOCUSES[name], reviewed(talk, QUIET))
    return c.count, c.of


def test_every_skill_is_measured_and_says_why() -> None:
    assert list(FOCUSES) == list(RULES)
    for name, f in FOCUSES.items():
        assert f.name == name
        assert f.requirement[0] == "S"
        assert all(m in MOMENTS and MOMENTS[m].sign == "-" for m in f.moments)
        assert f.what.endswith(".")
        assert f.why.endswith(".")
    moments = [m for f in FOCUSES.values() for m in f.moments]
    assert sorted(moments) == sorted(set(moments)), "a moment belongs to one skill"
    assert set(moments) == {m for m in MOMENTS if MOMENTS[m].sign == "-"}, "each to one"


@pytest.mark.parametrize(
    ("name", "count", "of"),
    [
        ("answer_before_you_offer", 0, 1),  # asked at line 3, and not answered at line 4
        ("ask_on", 0, 1),  # one question that follows nothing; the call to action is none
        ("give_back_first", 1, 2),  # the frosts given back, the debt met with a pitch
        ("stay_with_it", 1, 2),
        ("ask_leave", 0, 1),  # a pitch without leave; social proof is a device and no telling
        ("drill_down", 0, 2),
        ("let_them_want_it", 2, 4),
    ],
)
def test_counts_of_a_mixed_talk(name: str, count: int, of: int) -> None:
    assert _of(made.mixed(), name) == (count, of)


def test_each_chance_is_quoted() -> None:
    """No count without the lines that it counts (P1)."""
    talk = made.mixed()
    for f in FOCUSES.values():
        c = measured(talk, f, reviewed(talk, QUIET))
        assert len(c.quotes) == c.of
        assert sum(q.taken for q in c.quotes) == c.count
        assert all(q.said == talk.steps[q.turn - 1].said for q in c.quotes)


def test_an_invitation_that_was_met_counts() -> None:
    talk = made.pitched(made.listener())
    talk = made.step(
        talk, "I do not know; I can find out.", "Thank you.", does="warm", why="…", trust=0.5, answered=0.9
    )
    assert _of(talk, "answer_before_you_offer") == (1, 1)


def test_leave_asked_before_counts() -> None:
    said = "May I say what I have seen elsewhere? You should prune later."
    talk = made.step(
        made.listener(), said, "Hm.", does="confirm", why="…", trust=0.6,
        found=(("permission", "May I say what I have seen elsewhere?"), ("advice", "You should prune later.")),
    )  # fmt: skip
    assert _of(talk, "ask_leave") == (1, 1)
    said = "You should prune later. May I say why?"
    talk = made.step(
        made.listener(), said, "Hm.", does="confirm", why="…", trust=0.6,
        found=(("advice", "You should prune later."), ("permission", "May I say why?")),
    )  # fmt: skip
    assert _of(talk, "ask_leave") == (0, 1)


def test_how_deep_is_said_beside_the_count() -> None:
    talk = made.told_frost(made.begun())
    for question in ("What did that do?", "And then?", "And what came of it?"):
        talk = made.step(
            talk, question, "It froze.", does="add", layer="frost", why="…", trust=0.5, listening={"followed_up": 0.8}
        )
    c = measured(talk, FOCUSES["drill_down"], reviewed(talk, QUIET))
    assert (c.count, c.of, c.beside) == (3, 3, "3 in a row at most")


def test_a_silence_is_no_chance() -> None:
    talk = made.step(made.listener(), "", "Hm.", does="fill", why="…", trust=0.5)
    assert _of(talk, "stay_with_it") == _of(made.listener(), "stay_with_it")


def test_what_went_wrong_most_is_suggested() -> None:
    review = reviewed(made.mixed(), QUIET)
    wrong = {m.kind for m in review.moments if m.sign == "-"}
    assert wrong
    assert wrong & set(suggested(review).moments)
    only = replace(review, moments=tuple(m for m in review.moments if m.sign == "+"), dials=())
    assert suggested(only).name == "drill_down"


def test_a_dial_suggests_where_no_moment_does() -> None:
    review = reviewed(made.mixed(), QUIET)
    dials = tuple(replace(d, count=0 if d.name == "openness" else 4, of=4) for d in review.dials)
    assert suggested(replace(review, moments=(), dials=dials)).name == "and_not_or"


def test_a_round_is_short() -> None:
    talk = made.begun()
    for n in range(ROUND):
        assert not round_over(talk)
        talk = made.step(talk, f"Line {n}.", "Hm.", does="vague", why="…", trust=0.4)
    assert round_over(talk)
    assert not round_over(talk, since=1)


def test_a_count_without_chances() -> None:
    assert measured(made.listener(), FOCUSES["answer_before_you_offer"]) == Count(count=0, of=0, quotes=())
