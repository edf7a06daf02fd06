"""Several conversations: a line each, then the whole for each person, as counts and ranges; nobody is ranked."""

from __future__ import annotations

import pytest

from duologue import reports
from duologue.reports.figures import number
from duologue.reports.selection import select
from duologue.reports.summary import wilson
from reports import made


def test_line_is_one_line() -> None:
    """Name, who, how long, how much there is to look at; a name with a new line or an escape stays one line."""
    line = reports.summary.line("ca\nll\x1b[31m.vtt", made.discovery())
    assert "\n" not in line
    assert "\x1b" not in line
    assert "Mira Lindqvist with Jonas Weber" in line
    assert "5 minutes" in line
    assert f"{6} to keep" in line


def test_message_says_its_focus() -> None:
    """A message has no moments to count; whose matter it serves is what a reader wants to see."""
    assert "read as serving both" in reports.summary.line("mail.eml", made.message())


def test_whole_adds_up_counts() -> None:
    """Dials add up as counts and have a value from ten opportunities on; moments in two conversations recur."""
    out = reports.summary.whole([made.discovery(), made.discovery(), made.team()], ["a", "b", "c"])
    assert "3 conversations together" in out
    assert "Mira Lindqvist, in 2 conversations" in out
    assert "curiosity: 8 of 14 questions" in out
    assert "0.57 (0.33 to 0.79)" in out
    assert "+ own reason: 2 times in 2 conversations" in out
    assert "Ada, in 1 conversation" in out
    assert f"{2 * len(select(made.discovery()).held)} more possible moments" in out


def test_whole_without_sides() -> None:
    """Where nobody was named there is no person to add up for, and that is said."""
    out = reports.summary.whole([made.symmetric()], ["a"])
    assert "--us" in out


@pytest.mark.parametrize(
    ("count", "of", "low", "high"), [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (5, 10, 0.237, 0.763)]
)
def test_wilson(count: int, of: int, low: float, high: float) -> None:
    """Textbook values of the interval, to three places."""
    assert wilson(count, of) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.414, "share of words", "41% of words"), (0.002, "share", "under 1%"), (12.34, "s", "12.3 s"),
        (303.5, "s", "5:03"), (1.0, "levels", "1 level"), (3.0, "levels", "3 levels"),
        (1.274, "per 100 words", "1.27 per 100 words"),
        (0.666, "to 1", "0.67 : 1"), (-0.23, "", "−0.23"), (12400.0, "words", "12,400 words"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(value: float, unit: str, said: str) -> None:
    """Units as the definitions have them."""
    assert number(value, unit) == said
