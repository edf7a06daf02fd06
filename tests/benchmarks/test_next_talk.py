"""The next turn: shuffling within a session, folds that keep groups whole, and figures that are what they say."""

from __future__ import annotations

import numpy as np
from benchmarks.next_talk import until
from benchmarks.regression import auc, fit, macro_f1, out_of_fold, shuffled

from duologue.text import scene
from support import talk


def test_a_shuffle_stays_in_its_session_and_moves_everything() -> None:
    """Every row gets another one of its own session, and every row is used once."""
    session = np.array(["a"] * 5 + ["b"] * 2 + ["a"] * 3)
    at = shuffled(session, 0)
    assert sorted(at.tolist()) == list(range(10))
    assert (at != np.arange(10)).all()
    assert (session[at] == session).all()
    assert (shuffled(session, 1) != at).any()


def test_a_group_never_tells_itself() -> None:
    """A feature that only marks its own group says nothing about a group that was left out."""
    groups = np.array([f"g{i}" for i in range(10) for _ in range(4)])
    heard = np.array([i % 2 for i in range(10) for _ in range(4)])
    marks = (groups[:, None] == np.unique(groups)).astype(float)
    scores = out_of_fold(marks, heard, groups, classes=2)
    assert (auc(scores[:, 0], heard == 0) or 0) < 0.6
    told = out_of_fold(heard[:, None].astype(float), heard, groups, classes=2)
    assert auc(told[:, 0], heard == 0) == 1.0


def test_the_regression_finds_the_weight_that_made_the_answers() -> None:
    """The right sign, nothing for noise, less with a larger ridge."""
    drawn = np.random.default_rng(0)
    x = drawn.normal(size=(800, 2))
    yes = drawn.random(800) < 1 / (1 + np.exp(-2 * x[:, 0]))
    weights = fit(x, yes, ridge=1.0)
    assert 1.5 < weights[1] < 2.6
    assert abs(weights[2]) < 0.4
    assert abs(fit(x, yes, ridge=500.0)[1]) < weights[1]


def test_auc_counts_ties_as_half() -> None:
    """By hand: of the four pairs two are right, one tied, one wrong."""
    yes = np.array([True, True, False, False])
    assert auc(np.array([0.9, 0.4, 0.4, 0.5]), yes) == 0.625
    assert auc(np.ones(4), yes) == 0.5
    assert auc(np.ones(4), np.ones(4, bool)) is None


def test_macro_f1_weighs_each_class_alike() -> None:
    """By hand: one class whole, one half found and nothing else given to it, one never found."""
    scores = np.eye(3)[[0, 0, 1, 0]]
    assert macro_f1(scores, np.array([0, 0, 1, 1])) == round((2 * 2 / 5 + 2 / 3 + 0) / 3, 4)


def test_what_came_later_is_not_in_the_scene() -> None:
    """A scene cut off at a floor is the scene of the talk up to it."""
    whole = talk("A: How was it?", "B: Long. Very long.", "A: Tell me more.", "A: I have time.", "B: It began at six.")
    for end in (1, 2, 4, 5):
        some = until(scene(whole), end)
        again = scene(some.conversation)
        assert (some.sentences, some.floors, some.floor_of) == (again.sentences, again.floors, again.floor_of)
        assert len(some.conversation.turns) == end
