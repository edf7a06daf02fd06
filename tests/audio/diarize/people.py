"""Made voices: people whose prints are known, seen through overlapping windows as a diarizer would see them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from duologue.audio.base import Voice

SIZE = 32
WINDOW, STEP = 10.0, 2.5


def print_of(person: int, noise: float = 0.0, seed: int = 0) -> np.ndarray:
    """The unit-length print of somebody: each person's is at right angles to every other's."""
    made = np.zeros(SIZE)
    made[person] = 1.0
    made += noise * np.random.default_rng([seed, person]).normal(0, 1 / np.sqrt(SIZE), SIZE)
    return (made / np.linalg.norm(made)).astype(np.float32)


def seen(said: Sequence[tuple[float, float, int]], seconds: float, noise: float = 0.4) -> list[Voice]:
    """The local voices of every window over (start, end, person); of two at once neither is clean."""
    voices = []
    starts = [i * STEP for i in range(1 + int(max(0.0, seconds - WINDOW) // STEP))]
    if starts[-1] + WINDOW < seconds:
        starts.append(seconds - WINDOW)  # the last window ends where the recording does
    for index, start in enumerate(starts):
        within = (start, start + WINDOW)
        for person in sorted({p for *_, p in said}):
            spans = [(max(a, start), min(b, within[1])) for a, b, p in said if p == person]
            spans = [(a, b) for a, b in spans if b - a > 0.05]
            if not spans:
                continue
            others = [(a, b) for a, b, p in said if p != person]
            over = sum(max(0.0, min(b, d) - max(a, c)) for a, b in spans for c, d in others)
            clean = sum(b - a for a, b in spans) - over
            made = print_of(person, noise, index) if clean >= 0.5 else None
            voices.append(Voice(window=index, stretches=tuple(spans), clean=clean, print=made, within=within))
    return voices


def talk(people: int, turns: int, length: float = 3.0) -> list[tuple[float, float, int]]:
    """People who speak in turn, with a short silence between."""
    return [(i * (length + 0.3), i * (length + 0.3) + length, i % people) for i in range(turns)]
