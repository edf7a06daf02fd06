"""What is shown unasked: two to keep and the one most worth working on, and of the latter only what is right often."""

from __future__ import annotations

from dataclasses import replace

from duologue import reports
from duologue.model import Moment, Span
from duologue.model.codebook import MOMENTS
from duologue.reports.selection import KEEP, WORK, select
from reports import made


def _m(kind: str, turn: int, confidence: float) -> Moment:
    return Moment(
        kind=kind, sign=MOMENTS[kind].sign, turns=(turn,), quotes=(Span(turn=turn, start=0, end=2),), why="x",
        invitation=None, confidence=confidence,
    )  # fmt: skip


def test_every_kind_has_a_weight() -> None:
    """A moment that joins the codebook has to be placed in the order."""
    assert set(KEEP) == {k for k, e in MOMENTS.items() if e.sign == "+"}
    assert set(WORK) == {k for k, e in MOMENTS.items() if e.sign == "-"}


def test_each_moment_lands_once() -> None:
    """Nothing is lost and nothing is shown twice."""
    review = made.discovery()
    s = select(review)
    assert sorted(m.turns for m in (*s.keep, *s.work, *s.more, *s.held)) == sorted(m.turns for m in review.moments)
    assert (len(s.keep), len(s.work)) == (2, 1)


def test_second_is_of_another_kind_elsewhere() -> None:
    """Variety: the next best of the same kind, or at the same turns, gives way."""
    review = replace(
        made.discovery(),
        moments=(_m("own_reason", 3, 0.9), _m("own_reason", 9, 0.9), _m("repaired", 3, 0.9), _m("uncovered", 5, 0.5)),
    )
    assert {(m.kind, m.turns) for m in select(review).keep} == {("own_reason", (3,)), ("uncovered", (5,))}


def test_confidence_band_before_weight_before_order() -> None:
    """A sure lesser kind comes before an unsure greater one; within a band the kind decides."""
    review = replace(made.discovery(), moments=(_m("premature_solution", 3, 0.5), _m("deflected_invitation", 5, 0.85)))
    assert [m.kind for m in select(review).work] == ["deflected_invitation"]
    review = replace(made.discovery(), moments=(_m("premature_solution", 3, 0.81), _m("deflected_invitation", 5, 0.99)))
    assert [m.kind for m in select(review).work] == ["premature_solution"]


def test_less_sure_ones_are_counted_and_come_on_request() -> None:
    """P4: detectors that are right less often are not shown unasked; how many and how to see them is said."""
    review = made.discovery()
    for render in (reports.terminal.render, reports.markdown.render, reports.html.render):
        shown, full = render(review), render(review, all=True)
        assert "2 more possible moments to work on" in shown
        assert "pulled back in words" not in shown
        assert "pulled back in words" in full
        assert "2 more possible moments to work on" not in full


def test_agreement_is_printed_where_a_moment_is_shown() -> None:
    """P4, and what was never measured says so."""
    assert "right in 27 of 30 found, and found 27 of 40 labelled" in reports.terminal.render(
        made.discovery(), width=400
    )
    review = replace(made.discovery(), moments=(_m("common_ground", 3, 0.9),))
    assert "not yet measured" in reports.terminal.render(review)
