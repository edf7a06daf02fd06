"""Gaps, patience and interruptions, only where the file carries what they need (issue: never guessed)."""

from __future__ import annotations

import pytest

from measuring import found, labelled, spoken
from support import talk

NAMES = ("gap_median", "patience_after_turn", "patience_after_question", "interruptions", "cooperative_overlaps")


def _exchange(n: int, gap: float = 0.3) -> list[tuple[str, str]]:
    """A asks for a second, B answers for a second, with the same gap before each."""
    rows, at = [], 0.0
    for _ in range(n):
        rows.append(("A", f"really@{at:.1f}-{at + 0.5:.1f} so?@{at + 0.5:.1f}-{at + 1:.1f}"))
        at += 1 + gap
        rows.append(("B", f"yes@{at:.1f}-{at + 0.5:.1f} so@{at + 0.5:.1f}-{at + 1:.1f}"))
        at += 1 + gap
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_without_word_times_on_separate_channels(name: str) -> None:
    """Turn times, one microphone, or a turn without word times: None with the reason, never 0."""
    assert found(talk("A: one", "B: two"), name, "A").reason == "the file has no times"
    mono = spoken(*_exchange(6), channels=False)
    assert found(mono, name, "A").value is None
    assert "channel" in str(found(mono, name, "A").reason)


def test_gap_and_patience() -> None:
    """A gap of 0.3 s throughout is the median of each; six questions, the last of them answered too."""
    c = spoken(*_exchange(6))
    gap = found(c, "gap_median", "B")
    assert (gap.value, gap.n) == (0.3, 6)
    assert found(c, "gap_median", "A").n == 5
    assert found(c, "patience_after_turn", "B").value == 0.3
    wait = found(c, "patience_after_question", "A")
    assert (wait.value, wait.n) == (0.3, 6)
    assert found(c, "patience_after_question", "B").reason == "too few to say (0 of 5 questions)"


def test_an_early_start_is_a_gap_below_zero_and_no_patience() -> None:
    """Overlaps count in the gap and are left out of the silences."""
    c = spoken(*_exchange(6, gap=-0.2))
    assert found(c, "gap_median", "B").value == -0.2
    assert found(c, "patience_after_turn", "B").reason == "too few to say (0 of 5 silences)"
    assert found(c, "interruptions", "B").value == 0  # 0.2 s is an ordinary early start


def test_what_is_said_wholly_within_anothers_speech_is_no_change_of_the_floor() -> None:
    """A talks on over B and then pauses: neither has B taken the floor, nor did A wait since B's last word."""
    rows = []
    for t in range(0, 60, 10):
        rows += [
            ("A", f"one@{t}-{t + 1} two@{t + 1}-{t + 3} three@{t + 3}-{t + 5}"),
            ("B", f"never@{t + 1}-{t + 1.5} mind@{t + 1.5}-{t + 2} that@{t + 2}-{t + 2.5}"),
            ("A", f"four@{t + 6}-{t + 7} five@{t + 7}-{t + 8}"),
            ("B", f"well@{t + 8.2}-{t + 8.6} then@{t + 8.6}-{t + 9}"),
        ]
    c = spoken(*rows)
    gap = found(c, "gap_median", "B")
    assert (gap.value, gap.n) == (0.2, 6)
    assert (found(c, "gap_median", "A").value, found(c, "gap_median", "A").n) == (1.0, 5)


def test_a_question_within_a_turn_counts_the_askers_own_next_word() -> None:
    """One who asks and goes straight on left no silence."""
    rows = [("A", f"so?@{t}-{t + 1} well@{t + 1}-{t + 2}") for t in (0, 10, 20, 30, 40)]
    between = [("B", f"ja@{t}-{t + 1} ja@{t + 1}-{t + 2} ja@{t + 2}-{t + 3}") for t in (5, 15, 25, 35, 45)]
    c = spoken(*[r for pair in zip(rows, between, strict=True) for r in pair])
    assert found(c, "patience_after_question", "A").value == 0


HOLD = "and@0-1 then@1-2 we@2-3 saw@3-4"


@pytest.mark.parametrize(
    ("second", "cut_in", "along"),
    [
        ("no@3-3.5 wait@3.5-4.5 listen@4.5-5 here@5-6", 1, 0),  # A stops first, 1 s after B came in
        ("mm-hm@2-2.4", 0, 1),  # a sign of listening
        ("you@1-1.5 poor@1.5-2 thing@2-2.5", 0, 1),  # A talks on past it
        ("no@1-2 wait@2-3 listen@3-4 here@4-5", 0, 1),  # A holds on for 3 s: nothing was taken
        ("but@3.7-4.2 why@4.2-5 so@5-6", 0, 0),  # 0.3 s: an early start
    ],
)
def test_interruption_or_going_along(second: str, cut_in: int, along: int) -> None:
    """The written rule: at least 0.5 s in, more than two words, the other stops first and within 2 s."""
    c = spoken(("A", HOLD), ("B", second))
    assert found(c, "interruptions", "B").value == cut_in
    assert found(c, "cooperative_overlaps", "B").value == along
    assert found(c, "interruptions", "A").value == 0


def test_no_moment_and_no_other_measure_rests_on_timing() -> None:
    """Timing feeds nothing: the same words with and without word times give the same measures otherwise."""
    with_words = labelled("A: {pitch} One two three.", "B: Four five.")
    assert found(with_words, "interruptions", "A").value is None
    assert found(with_words, "longest_floor_words", "A").value == 3
