"""The clock of a recording: stamps that jitter are ignored, gaps are kept, wrong stamps lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue.audio.base import RATE
from duologue.audio.timeline import Timeline, odd

PACKET = 0.02


def fed(line: Timeline, stamps: list[float | None], start: float = 0.0) -> list[int | None]:
    return [line.place(stamp, PACKET, start) for stamp in stamps]


def test_what_follows_goes_on_where_the_last_ended() -> None:
    """Stamps rounded to a millisecond, as Matroska's are, move nothing."""
    line = Timeline(limit=3600)
    stamps: list[float | None] = [round(n * PACKET + 0.0004, 3) for n in range(500)]
    assert fed(line, stamps) == [None] * 500
    assert line.seconds == pytest.approx(10.0) and odd([line], None) == ()


@given(st.lists(st.floats(-0.014, 0.014), min_size=2, max_size=200))
def test_jitter_never_moves_the_clock(jitter: list[float]) -> None:
    """A browser's stamps come some milliseconds early or late; the count of samples leads."""
    line = Timeline(limit=3600)
    stamps: list[float | None] = [0.0, *(n * PACKET + off for n, off in enumerate(jitter[1:], 1))]
    assert fed(line, stamps) == [None] * len(jitter)


def test_a_lost_packet_leaves_its_length() -> None:
    """One packet of 20 ms lost: the next one starts 20 ms later. Too little for a notice."""
    line = Timeline(limit=3600)
    assert fed(line, [0.0, 0.02, 0.06, 0.08]) == [None, None, round(0.06 * RATE), None]
    assert odd([line], None) == ()


def test_a_pause_is_silence_and_is_told() -> None:
    """Half a second and more missing is worth a word, with where."""
    line = Timeline(limit=3600)
    fed(line, [n * PACKET for n in range(50)])
    assert line.place(3.0, PACKET, 0.0) == 3 * RATE
    assert odd([line], None) == (
        "Parts of the recording are missing (2.0 s in all, the first at 0:01): silence, as heard.",
    )


def test_what_was_primed_is_cut_off_and_what_starts_late_starts_late() -> None:
    """Before second 0 there is nothing; a first stamp above the container's start is silence before it."""
    early, late, live = (Timeline(limit=3600) for _ in range(3))
    assert early.place(-0.02, PACKET, 0.0) == -round(0.02 * RATE)
    assert late.place(1.5, PACKET, 0.0) == round(1.5 * RATE)
    assert live.place(90_000.0, PACKET, 90_000.0) is None, "a stream that was joined late starts when it was joined"


def test_a_stamp_far_out_loses_nothing() -> None:
    """A bit turned over in a stamp, or a clock that begins anew: the sound goes on, and the notice says so."""
    line = Timeline(limit=1e9, claim=60.0)
    fed(line, [0.0, 0.02])
    assert line.place(95_443.7, PACKET, 0.0) is None
    assert line.place(95_443.72, PACKET, 0.0) is None
    again = Timeline(limit=1e9)
    fed(again, [n * PACKET for n in range(100)])
    assert fed(again, [0.0, 0.02, 0.04]) == [None] * 3
    assert again.seconds == pytest.approx(103 * PACKET)
    assert "jump" in odd([line], None)[0] and "jump" in odd([again], None)[0]


def test_frames_without_a_stamp_follow_each_other() -> None:
    """Some containers stamp only now and then."""
    line = Timeline(limit=3600)
    assert fed(line, [0.0, None, None, 0.06]) == [None] * 4


def test_damage_is_counted_by_the_stretch_and_told_with_its_place() -> None:
    """Ten broken packets in a row are one place; two places are two."""
    line = Timeline(limit=3600)
    fed(line, [n * PACKET for n in range(100)])
    for _ in range(10):
        line.broken()
    fed(line, [2.2 + n * PACKET for n in range(100)])
    assert odd([line], None) == ("The recording is damaged in one place (at 0:02); nothing was heard there.",)
    line.broken()
    line.place(line.seconds, PACKET, 0.0)
    assert odd([line], None)[0] == "The recording is damaged in 2 places (the first at 0:02); nothing was heard there."


def test_damage_at_the_end_is_a_recording_that_breaks_off() -> None:
    """By its last packet, or by a header that claims more; a second less is a coder's padding."""
    line = Timeline(limit=3600)
    fed(line, [n * PACKET for n in range(100)])
    assert odd([line], 2.9) == ()
    said = ("The recording breaks off at 0:02: what comes before that was heard.",)
    assert odd([line], 3.5) == said
    line.broken()
    assert odd([line], None) == said
