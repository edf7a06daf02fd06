"""Thresholds by act, and F1: what is chosen on development data, and what is reported."""

from __future__ import annotations

import torch
from torch import Tensor

from training.examples import KINDS


def f1(found: Tensor, wanted: Tensor, counted: Tensor) -> float:
    """F1 of one act; 0 where there is nothing to find and nothing found."""
    hit = (found * wanted * counted).sum().item()
    total = (found * counted).sum().item() + (wanted * counted).sum().item()
    return 2 * hit / total if total else 0.0


def thresholds(found: Tensor, wanted: Tensor, counted: Tensor, prior: float = 0.45, weight: float = 6.0) -> Tensor:
    """For each act the cut with the best F1, pulled towards `prior` where few positives speak for it.

    `weight`: as many positives as the prior counts for. Without it an act with five positives takes any cut that
    chance likes.
    """
    cuts = torch.arange(0.1, 0.86, 0.02)
    chosen = []
    for k in range(len(KINDS)):
        scores = torch.tensor([f1((found[:, k] >= c).float(), wanted[:, k], counted[:, k]) for c in cuts])
        # The middle of the cuts that are as good as the best: a peak of one point is noise.
        good = cuts[scores >= scores.max() - 0.01]
        n = (wanted[:, k] * counted[:, k]).sum().item()
        chosen.append((n * good.median().item() + weight * prior) / (n + weight))
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
