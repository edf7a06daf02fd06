"""A logistic regression with a ridge, by numpy alone: folds that keep groups whole, and the figures that judge it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FOLDS, RIDGE, SEED = 5, 10.0, 4  # chosen once, before anything was measured

Matrix = NDArray[np.float64]
Indices = NDArray[np.int64]


def shuffled(session: NDArray[np.str_], seed: int) -> Indices:
    """For each row another one of its session, never itself; every row stands in for one other."""
    drawn, at = np.random.default_rng(seed), np.arange(len(session))
    for id in dict.fromkeys(session.tolist()):
        own = drawn.permutation(np.flatnonzero(session == id))
        at[own] = np.roll(own, 1)
    return at


def out_of_fold(x: Matrix, heard: Indices, groups: NDArray[np.str_], *, classes: int) -> Matrix:
    """For each row the score of each class by a model that saw nothing of its group, from 0 to 1."""
    names = np.array(sorted(set(groups.tolist())))
    fold_of = dict(zip(np.random.default_rng(SEED).permutation(names).tolist(), range(len(names)), strict=True))
    fold = np.array([fold_of[g] % FOLDS for g in groups.tolist()])
    scores = np.zeros((len(x), classes))
    for k in range(FOLDS):
        seen, held = fold != k, fold == k
        middle, spread = x[seen].mean(0), x[seen].std(0)
        z = (x - middle) / np.where(spread > 0, spread, 1.0)
        for c in range(classes):
            weights = fit(z[seen], heard[seen] == c)
            scores[held, c] = 1 / (1 + np.exp(-(z[held] @ weights[1:] + weights[0])))
    return scores


def fit(z: Matrix, yes: NDArray[np.bool_], ridge: float = RIDGE) -> Matrix:
    """The weights (the constant first) of a logistic regression in which both answers weigh the same, by Newton."""
    x = np.hstack([np.ones((len(z), 1)), z])
    w = np.where(yes, 0.5 / max(1, yes.sum()), 0.5 / max(1, (~yes).sum())) * len(yes)
    penalty = np.diag([1e-6, *[ridge] * z.shape[1]])
    weights = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (w * (p - yes)) + penalty @ weights
        step = np.linalg.solve((x * (w * p * (1 - p))[:, None]).T @ x + penalty, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def macro_f1(scores: Matrix, heard: Indices) -> float | None:
    """The mean F1 of the classes, each row given to the class with the highest score."""
    told = scores.argmax(1)
    of = []
    for c in range(scores.shape[1]):
        right, either = int(((told == c) & (heard == c)).sum()), int((told == c).sum() + (heard == c).sum())
        of.append(2 * right / either if either else 0.0)
    return round(sum(of) / len(of), 4)


def auc(score: Matrix, yes: NDArray[np.bool_]) -> float | None:
    """How often a row of the class has the higher score than one that is not; ties half."""
    theirs, others = score[yes], np.sort(score[~yes])
    if not len(theirs) or not len(others):
        return None
    below = np.searchsorted(others, theirs, "left") + np.searchsorted(others, theirs, "right")
    return round(float(below.mean() / 2 / len(others)), 4)
