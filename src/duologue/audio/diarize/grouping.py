"""Which tracks are one person: the nearest two are joined, again and again, while they are near enough.

Nearness is the cosine of two groups' mean prints. Two that speak in one window as two voices are two people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from duologue.audio.diarize.tracks import Track

# Cosine of mean prints from which two groups may be one person. On a half of the AMI clips, each alone and joined with
# another, .50 and .55 did best; on single clips all from .40 to .55 do alike.
NEAR = 0.50
AT_ONCE = 1000  # groups compared all with all; more are joined block by block first
SURELY = 0.15  # within a block only what is that much nearer than it need be is joined: the rest sees all the others
NEVER = -2.0  # below any cosine

Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Group:
    """Tracks (as indices) of one person so far."""

    tracks: list[int]
    windows: set[int]
    sum: Floats
    clean: float


def unit(vector: Floats) -> Floats:
    """At unit length; zero stays zero."""
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def grouped(found: Sequence[Track], near: float, *, least: int = 1) -> list[Group]:
    """Groups of the tracks that have a print, joined while two are nearer than `near` and over `least` are left."""
    groups = [
        Group([i], set(track.windows), track.sum.copy(), track.clean) for i, track in enumerate(found) if track.clean
    ]
    size = AT_ONCE
    while len(groups) > AT_ONCE:
        joined: list[Group] = []
        for at in range(0, len(groups), size):
            joined += _joined(groups[at : at + size], near + SURELY, 1)
        if len(joined) > 0.9 * len(groups):  # blocks help no more: the smallest go to who is nearest, later
            joined = sorted(joined, key=lambda g: -g.clean)[:AT_ONCE]
        groups = joined
    return _joined(groups, near, least)


def _joined(groups: list[Group], near: float, least: int) -> list[Group]:
    groups = list(groups)
    if not groups:
        return groups
    means = np.array([unit(g.sum) for g in groups])
    alike = means @ means.T
    for i, a in enumerate(groups):
        for j in range(i):
            if not a.windows.isdisjoint(groups[j].windows):
                alike[i, j] = alike[j, i] = NEVER
    np.fill_diagonal(alike, NEVER)
    barred = alike == NEVER
    alive = np.ones(len(groups), bool)
    best = alike.argmax(1)
    while int(alive.sum()) > least:
        rows = np.arange(len(groups))
        i = int(alike[rows, best].argmax())
        j = int(best[i])
        if alike[i, j] <= max(near, NEVER):
            break
        i, j = min(i, j), max(i, j)
        a, b = groups[i], groups[j]
        a.tracks, a.sum, a.clean = a.tracks + b.tracks, a.sum + b.sum, a.clean + b.clean
        a.windows |= b.windows
        means[i], means[j] = unit(a.sum), 0
        barred[i] |= barred[j]
        barred[:, i] = barred[i]
        barred[j] = barred[:, j] = True
        row = np.where(barred[i], NEVER, means @ means[i])
        alike[i], alike[:, i] = row, row
        alike[j] = alike[:, j] = NEVER
        alive[j] = False
        stale = (best == i) | (best == j)
        stale[[i, j]] = True
        best[stale] = alike[stale].argmax(1)
        better = row > alike[rows, best]
        best[better] = i
    return [group for group, is_alive in zip(groups, alive, strict=True) if is_alive]
