"""Who is who, on prints that were made: what must hold whatever the voices are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.diarize.people import SIZE, print_of, seen, talk
from duologue.audio.base import Voice
from duologue.audio.diarize import grouping, tell_apart
from duologue.audio.diarize.grouping import NEAR, grouped
from duologue.audio.diarize.tracks import tracks


def _who_at(spoke, at: float) -> set[int]:
    return {s.who for s in spoke if s.start <= at < s.end}


@given(people=st.integers(1, 6), turns=st.integers(6, 14), noise=st.floats(0, 0.6))
@settings(max_examples=12, deadline=None)
def test_each_turn_is_its_speakers(people: int, turns: int, noise: float) -> None:
    said = talk(people, turns)
    spoke = tell_apart(seen(said, said[-1][1], noise)).spoke
    heard = [_who_at(spoke, (a + b) / 2) for a, b, _ in said]
    assert heard == [{p} for *_, p in said]  # numbered by appearance, as the talk is


@given(order=st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_in_which_voices_come_changes_nothing(order) -> None:
    voices = seen([*talk(3, 9), (10.0, 12.0, 2)], 40.0)
    told = tell_apart(voices)
    order.shuffle(voices)
    assert tell_apart(voices) == told


@pytest.mark.parametrize("known", [1, 2, 3, 5])
def test_a_number_that_is_known_is_kept_to(known: int) -> None:
    said = talk(4, 16)
    told = tell_apart(seen(said, said[-1][1], 0.6), speakers=known)
    assert len({s.who for s in told.spoke}) == known or told.notices


def test_fewer_than_said_is_said() -> None:
    told = tell_apart(seen([(0.0, 4.0, 0)], 10.0), speakers=2)
    assert len({s.who for s in told.spoke}) == 1
    assert told.notices == ("2 people were said to speak; only 1 could be told apart.",)


@pytest.mark.parametrize(("least", "most", "found"), [(1, 2, 2), (1, None, 4), (4, 6, 4)])
def test_bounds_are_kept_to(least: int, most: int | None, found: int) -> None:
    said = talk(4, 16)
    told = tell_apart(seen(said, said[-1][1]), at_least=least, at_most=most)
    assert len({s.who for s in told.spoke}) == found


def test_numbers_that_cannot_be_are_refused() -> None:
    for wrong in ({"speakers": 0}, {"at_least": 0}, {"at_least": 3, "at_most": 2}):
        with pytest.raises(ValueError, match="at least one"):
            tell_apart([], **wrong)


def test_silence_has_nobody() -> None:
    assert tell_apart([]).spoke == ()
    assert tell_apart([Voice(window=0, stretches=(), clean=0.0, print=None)]).spoke == ()


def test_two_voices_of_one_window_are_two_people() -> None:
    """Even with prints that are nearly one: segmentation heard them at once."""
    same = print_of(0)
    voices = [
        Voice(window=w, stretches=((2.5 * w + a, 2.5 * w + b),), clean=4.0, print=same, within=(2.5 * w, 2.5 * w + 10))
        for w in range(4)
        for a, b in ((0.0, 4.0), (5.0, 9.0))
    ]
    for group in grouped(tracks(voices, SIZE), NEAR):
        windows = [w for t in group.tracks for w in tracks(voices, SIZE)[t].windows]
        assert len(windows) == len(set(windows))


def test_both_are_kept_where_two_speak_at_once() -> None:
    said = [(0.0, 8.0, 0), (6.0, 14.0, 1), (15.0, 22.0, 0)]
    spoke = tell_apart(seen(said, 22.5)).spoke
    assert len(_who_at(spoke, 7.0)) == 2
    assert len(_who_at(spoke, 3.0)) == len(_who_at(spoke, 12.0)) == 1


def test_an_enrolled_name_lands_on_its_voice() -> None:
    said = talk(3, 12)
    told = tell_apart(
        seen(said, said[-1][1]), enrolled={"Ada": print_of(2, 0.3, 99), "Nobody": print_of(9), "Ben": print_of(0)}
    )
    assert told.who_is == {2: "Ada", 0: "Ben"}


def test_speech_too_short_for_a_print_is_someones_and_little_sure() -> None:
    told = tell_apart(seen([*talk(2, 6), (25.0, 25.3, 2)], 36.0))
    (grunt,) = [s for s in told.spoke if s.start < 25.1 < s.end]
    assert len({s.who for s in told.spoke}) == 2
    assert grunt.confidence < 0.6 < min(s.confidence for s in told.spoke if s.start < 19)


def test_confidence_is_lower_where_voices_are_alike() -> None:
    said = talk(2, 10)
    clear = tell_apart(seen(said, said[-1][1], 0.1)).spoke
    alike = [replace(v, print=v.print + 0.55) if v.print is not None else v for v in seen(said, said[-1][1], 0.8)]
    alike = [replace(v, print=v.print / np.linalg.norm(v.print)) if v.print is not None else v for v in alike]
    doubtful = tell_apart(alike, speakers=2).spoke
    assert np.mean([s.confidence for s in doubtful]) < np.mean([s.confidence for s in clear])
    assert all(0 <= s.confidence <= 1 for s in (*clear, *doubtful))


def test_stretches_of_one_person_do_not_overlap_and_come_in_order() -> None:
    spoke = tell_apart(seen([*talk(3, 12), (4.0, 9.0, 2)], 40.0)).spoke
    assert list(spoke) == sorted(spoke, key=lambda s: (s.start, s.end, s.who))
    for who in {s.who for s in spoke}:
        mine = [s for s in spoke if s.who == who]
        assert all(a.end <= b.start for a, b in pairwise(mine))


def test_a_long_talk_is_told_apart_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """More tracks than are compared at once: the matrix stays small, and people are the same in every block."""
    monkeypatch.setattr(grouping, "AT_ONCE", 100)
    said = talk(3, 25, 11.7)
    voices = seen(said, 300.0)
    many = [
        replace(
            v,
            window=v.window + 120 * k,
            stretches=tuple((a + 300 * k, b + 300 * k) for a, b in v.stretches),
            within=(v.within[0] + 300 * k, v.within[1] + 300 * k) if v.within else None,
        )
        for k in range(12)
        for v in voices
    ]
    assert len(tracks(many, SIZE)) > 3 * grouping.AT_ONCE
    told = tell_apart(many)
    assert len({s.who for s in told.spoke}) == 3
    for k in range(12):
        for a, b, person in said[:-1]:
            assert _who_at(told.spoke, 300 * k + (a + b) / 2) == {person}
