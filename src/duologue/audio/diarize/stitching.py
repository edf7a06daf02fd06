"""From who each local voice is to who speaks when: overlapping windows vote."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from duologue.audio.base import Spoke, Voice
from duologue.audio.diarize.tracks import within

BLINK = 0.1  # seconds; what is shorter is an edge on which two windows differ, no speech

Floats = npt.NDArray[np.float64]


def stitched(voices: Sequence[Voice], who: Sequence[int], sure: Sequence[float], people: int) -> list[Spoke]:
    """Who speaks from when to when, in order of time. `who`: of each voice, 0 to people - 1; `sure`: 0 to 1.

    Between two bounds that any window sees nothing changes: there as many speak as the windows say on average, and
    those whom most windows hear. The confidence of a stretch is the mean of its voices', by time.
    """
    spans = [(s, e, i) for i, voice in enumerate(voices) for s, e in voice.stretches if e > s]
    if not spans:
        return []
    looked = {voice.window: within(voice) for voice in voices}
    bounds = np.unique(np.array([t for s, e, _ in spans for t in (s, e)] + [t for w in looked.values() for t in w]))
    cover = _counted(bounds, np.array(list(looked.values())), None)
    votes, weight = np.zeros((people, len(bounds))), np.zeros((people, len(bounds)))
    for k in range(people):
        mine = [(s, e, i) for s, e, i in spans if who[i] == k]
        if mine:
            times = np.array([(s, e) for s, e, _ in mine])
            votes[k] = _counted(bounds, times, None)
            weight[k] = _counted(bounds, times, np.array([sure[i] for *_, i in mine]))
    share = np.minimum(votes / np.maximum(cover, 1), 1.0)
    speaking = np.floor(share.sum(0) + 0.5)
    rank = np.empty_like(share, dtype=np.int64)
    np.put_along_axis(rank, np.argsort(-share, axis=0, kind="stable"), np.arange(people)[:, None], axis=0)
    on = (rank < speaking) & (share > 0)
    confidence = np.where(votes > 0, weight / np.maximum(votes, 1), 0.0)
    found = [spoke for k in range(people) for spoke in _runs(k, bounds, on[k], confidence[k])]
    return sorted(found, key=lambda s: (s.start, s.end, s.who))


def _counted(bounds: Floats, times: Floats, weights: Floats | None) -> Floats:
    """How many (or how much of) `times` hold from each bound to the next."""
    steps = np.zeros(len(bounds))
    np.add.at(steps, np.searchsorted(bounds, times[:, 0]), 1.0 if weights is None else weights)
    np.add.at(steps, np.searchsorted(bounds, times[:, 1]), -1.0 if weights is None else -weights)
    return np.maximum(np.cumsum(steps), 0.0)


def _runs(who: int, bounds: Floats, on: npt.NDArray[np.bool_], confidence: Floats) -> list[Spoke]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], on, [False]]).astype(np.int8)))
    lengths = np.diff(bounds, append=bounds[-1])
    made: list[list[float]] = []  # start, end, seconds, confidence times seconds
    for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        start, end = float(bounds[a]), float(bounds[b])
        held = float((confidence[a:b] * lengths[a:b]).sum())
        if made and start - made[-1][1] < BLINK:
            made[-1][1] = end
            made[-1][2] += end - start
            made[-1][3] += held
        else:
            made.append([start, end, end - start, held])
    return [
        Spoke(who=who, start=start, end=end, confidence=round(min(1.0, held / seconds), 3))
        for start, end, seconds, held in made
        if seconds >= BLINK
    ]
