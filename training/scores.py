"""Thresholds by act, and F1: what is chosen on development data, and what is reported."""

from __future__ import annotations

import statistics

import torch
from torch import Tensor

from training.examples import KINDS


def f1(found: Tensor, wanted: Tensor, counted: Tensor) -> float:
    """F1 of one act; 0 where there is nothing to find and nothing found."""
    hit = (found * wanted * counted).sum().item()
    total = (found * counted).sum().item() + (wanted * counted).sum().item()
    return 2 * hit / total if total else 0.0


# On recorded talk the model is less sure than it might be: on AnnoMI's development part the best cut of what it labels
# lies far below the best on what we wrote. These acts take the lowest of the good cuts, the others the middle.
EARLY = frozenset(["question.open", "question.closed", "follow_up", "reflection", "information"])


def thresholds(found: Tensor, wanted: Tensor, counted: Tensor, weight: float = 12.0) -> Tensor:
    """For each act a cut whose F1 is within a hundredth of the best: the lowest for EARLY acts, the middle one for the
    others, pulled towards the median of its kind where few positives speak for it.

    `weight`: as many positives as that median counts for. Without it an act with five positives takes any cut that
    chance likes.
    """
    cuts = torch.arange(0.05, 0.86, 0.01)
    own = []
    for k, kind in enumerate(KINDS):
        scores = torch.tensor([f1((found[:, k] >= c).float(), wanted[:, k], counted[:, k]) for c in cuts])
        good = cuts[scores >= scores.max() - 0.01]
        own.append(good.min().item() if kind in EARLY else good.median().item())
    n = (wanted * counted).sum(0)
    chosen = []
    for k, kind in enumerate(KINDS):
        alike = [cut for other, cut in zip(KINDS, own, strict=True) if (other in EARLY) == (kind in EARLY)]
        chosen.append((n[k].item() * own[k] + weight * statistics.median(alike)) / (n[k].item() + weight))
    return torch.tensor(chosen)


def by_act(found: Tensor, wanted: Tensor, counted: Tensor, cut: Tensor) -> dict[str, tuple[int, float]]:
    """Act → (positives, F1)."""
    said = (found >= cut).float()
    return {
        k: (int((wanted[:, i] * counted[:, i]).sum().item()), f1(said[:, i], wanted[:, i], counted[:, i]))
        for i, k in enumerate(KINDS)
    }


def macro(found: Tensor, wanted: Tensor, counted: Tensor, cut: Tensor, least: int = 12) -> float:
    """Mean F1 over the acts with `least` positives or more."""
    rows = [score for n, score in by_act(found, wanted, counted, cut).values() if n >= least]
    return sum(rows) / len(rows) if rows else 0.0
