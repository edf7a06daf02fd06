"""Windows that overlap vote on who speaks when."""

from __future__ import annotations

from duologue.audio.base import Voice
from duologue.audio.diarize.stitching import stitched
from duologue.audio.diarize.tracks import agreement, shared


def _voice(window: int, *stretches: tuple[float, float]) -> Voice:
    return Voice(window=window, stretches=stretches, clean=1.0, print=None, within=(2.5 * window, 2.5 * window + 10))


def test_what_one_window_in_four_hears_is_not_speech() -> None:
    voices = [_voice(0, (1.0, 9.0)), _voice(1, (2.5, 9.0)), _voice(2, (5.0, 9.0)), _voice(3, (7.5, 9.0), (9.4, 9.9))]
    spoke = stitched(voices, [0] * 4, [0.9] * 4, 1)
    assert [(s.start, s.end) for s in spoke] == [(1.0, 9.0)]


def test_where_windows_differ_most_of_them_decide() -> None:
    voices = [_voice(w, (8.0, 9.5)) for w in range(4)]
    split = stitched(voices, [0, 0, 0, 1], [0.9, 0.8, 0.7, 0.1], 2)
    assert [(s.who, s.start, s.end, s.confidence) for s in split] == [(0, 8.0, 9.5, 0.8)]


def test_stretches_shared_and_in_agreement() -> None:
    assert shared([(0, 2), (3, 5)], [(1, 4)]) == 2
    together, share = agreement(_voice(0, (0.0, 8.0)), _voice(1, (3.0, 8.0)))
    assert (together, round(share, 3)) == (5.0, round(5 / 5.5, 3))
