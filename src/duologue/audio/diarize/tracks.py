"""Voices of neighbouring windows that are one, by when they speak: the windows overlap, and so do their voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from duologue.audio.base import Voice

AGREE = 0.75  # of the time that either speaks, where both windows look: below, one may be two people seen as one
SHARED = 0.5  # seconds; less agreement than that is chance

Stretches = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Voices (as indices) of one person, at most one a window. `clean`: seconds behind `sum`, which is the sum of
    their prints, each as long as its clean speech; zero where none has a print."""

    voices: tuple[int, ...]
    windows: frozenset[int]
    clean: float
    sum: npt.NDArray[np.float64]


def within(voice: Voice) -> tuple[float, float]:
    """The stretch of the recording that its window looked at, or that it is known to have looked at."""
    if voice.within is not None:
        return voice.within
    return (voice.stretches[0][0], voice.stretches[-1][1]) if voice.stretches else (0.0, 0.0)


def shared(a: Stretches, b: Stretches) -> float:
    """Seconds in which both speak. Stretches in order, none overlapping another of the same voice."""
    i = j = 0
    total = 0.0
    while i < len(a) and j < len(b):
        total += max(0.0, min(a[i][1], b[j][1]) - max(a[i][0], b[j][0]))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    return total


def agreement(a: Voice, b: Voice) -> tuple[float, float]:
    """Seconds that both speak where both windows look, and their share of the seconds in which either does."""
    both = [(max(within(a)[0], within(b)[0]), min(within(a)[1], within(b)[1]))]
    together = shared(a.stretches, b.stretches)
    either = shared(a.stretches, both) + shared(b.stretches, both) - together
    return together, together / either if either > 0 else 0.0


def tracks(voices: Sequence[Voice], size: int) -> list[Track]:
    """The voices joined where neighbouring windows agree on when they speak, in order of time. `size`: of a print."""
    by_window: dict[int, list[int]] = {}
    for i, voice in enumerate(voices):
        by_window.setdefault(voice.window, []).append(i)
    before: dict[int, int] = {}
    for (w, left), (v, right) in pairwise(sorted(by_window.items())):
        if v == w + 1:
            before.update(_pairs(voices, left, right))
    chains: dict[int, list[int]] = {}
    head: dict[int, int] = {}
    for w in sorted(by_window):
        for i in by_window[w]:
            head[i] = head[before[i]] if i in before else i
            chains.setdefault(head[i], []).append(i)
    return [_track(voices, chain, size) for chain in chains.values()]


def _pairs(voices: Sequence[Voice], left: Sequence[int], right: Sequence[int]) -> dict[int, int]:
    """Of each voice of the right window that is one of the left: which. Best agreement first."""
    found = sorted(
        ((-share, i, j) for i in left for j in right for together, share in [agreement(voices[i], voices[j])]
         if together >= SHARED and share >= AGREE)
    )  # fmt: skip
    taken: dict[int, int] = {}
    for _, i, j in found:
        if j not in taken and i not in taken.values():
            taken[j] = i
    return taken


def _track(voices: Sequence[Voice], chain: Sequence[int], size: int) -> Track:
    total = np.zeros(size)
    clean = 0.0
    for i in chain:
        made = voices[i].print
        if made is not None:
            total += voices[i].clean * made.astype(np.float64)
            clean += voices[i].clean
    return Track(voices=tuple(chain), windows=frozenset(voices[i].window for i in chain), clean=clean, sum=total)
