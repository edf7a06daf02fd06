"""A diarizer sees every sample, in windows that do not depend on how the samples came in."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from duologue.audio.base import RATE
from duologue.audio.windows import Windows


def cut(samples: np.ndarray, sizes: list[int], length: float, step: float) -> list[tuple[int, np.ndarray, float]]:
    windows, found, at = Windows(length=length, step=step), [], 0
    while at < len(samples):
        for size in sizes:
            found += list(windows.feed(samples[at : at + size]))
            at += size
    return found + list(windows.close())


@given(
    n=st.integers(0, 900),
    sizes=st.lists(st.integers(1, 400), min_size=1, max_size=4),
    length=st.integers(2, 200),
    step=st.integers(1, 200),
)
def test_windows_depend_on_the_samples_alone(n: int, sizes: list[int], length: int, step: int) -> None:
    step = min(step, length)
    samples = np.arange(n, dtype=np.float32)
    found = cut(samples, sizes, length / RATE, step / RATE)
    whole = cut(samples, [max(n, 1)], length / RATE, step / RATE)
    assert [(i, list(w), s) for i, w, s in found] == [(i, list(w), s) for i, w, s in whole]
    assert {float(x) for _, w, _ in found for x in w} == {float(x) for x in samples}  # all are seen
    most = round(length / RATE * RATE)
    for _, window, start in found:
        at = round(start * RATE)
        assert list(window) == list(samples[at : at + len(window)])
        assert len(window) == min(most, n)
    assert [round(s * RATE) for _, _, s in found[:-1]] == [i * step for i in range(len(found) - 1)]


def test_no_window_looks_at_nothing_new() -> None:
    samples = np.zeros(RATE * 10, dtype=np.float32)
    assert len(cut(samples, [RATE], 10.0, 2.5)) == 1
