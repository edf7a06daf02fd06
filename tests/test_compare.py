"""A conversation beside the person's own others: first oneself, then any convention (S1.1)."""

from __future__ import annotations

from dataclasses import replace

from duologue.compare import compare
from duologue.model import Measure, Review
from support import talk


def _review(id: str, **values: float | None) -> Review:
    """A review with these figures of the coached side."""
    conversation = replace(talk("A: one", "B: two"), id=id)
    measures = tuple(
        Measure(name=n, value=v, unit="share of words" if n == "talk_share" else "", speaker="side:ours", source=n)
        for n, v in values.items()
    )
    return Review(
        conversation=conversation, kind=None, acts=(), moments=(), measures=measures, context=(), dials=(), next=(),
        notices=(), version="test",
    )  # fmt: skip


def test_own_median_and_range_then_the_convention() -> None:
    """The median and range are over the others alone; the threshold's text follows, with its ground."""
    others = [_review(str(i), talk_share=v, questions=4.0) for i, v in enumerate((0.2, 0.8, 0.4))]
    share, asked = compare(_review("now", talk_share=0.6, questions=9.0), others)
    assert (share.name, share.value, share.median, share.low, share.high, share.n) == (
        "talk_share",
        0.6,
        0.4,
        0.2,
        0.8,
        3,
    )
    assert share.threshold_is == "convention"
    assert (asked.value, asked.median) == (9, 4)


def test_fewer_than_two_others_is_no_comparison() -> None:
    """The value stands with the reason; a figure that an other lacks does not count for it."""
    (share,) = compare(_review("now", talk_share=0.6), [_review("a", talk_share=0.2), _review("b", talk_share=None)])
    assert (share.median, share.low, share.high, share.n) == (None, None, None, 1)
    assert share.reason == "too few to compare (1 of 2 other conversations have it)"


def test_the_conversation_itself_is_no_other() -> None:
    """A folder that holds the file itself does not make it its own yardstick."""
    now = _review("now", talk_share=0.6)
    (share,) = compare(now, [now, _review("a", talk_share=0.2), _review("b", talk_share=0.4)])
    assert (share.n, share.median) == (2, 0.3)


def test_a_share_of_time_is_not_held_against_a_share_of_words() -> None:
    """Figures meet by name, side and unit."""
    timed = _review("a", talk_share=0.2)
    timed = replace(timed, measures=tuple(replace(m, unit="share of time") for m in timed.measures))
    (share,) = compare(_review("now", talk_share=0.6), [timed, _review("b", talk_share=0.4)])
    assert share.n == 1


def test_what_has_no_value_or_no_side_is_not_compared() -> None:
    """No value, no comparison; the other side is not the person's own."""
    now = _review("now", talk_share=None)
    theirs = replace(
        now, measures=(Measure(name="turns", value=3, unit="turns", speaker="side:theirs", source="turns"),)
    )
    assert compare(now, []) == ()
    assert compare(theirs, []) == ()
