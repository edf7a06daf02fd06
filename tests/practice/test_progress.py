"""Progress: measured behaviour over sessions, beside oneself, and nothing said of too few chances."""

from __future__ import annotations

from duologue.practice.debriefing.progress import NOTHING, Practised, pooled, progress, progress_said


def _row(when: str, count: int, of: int, focus: str = "ask_on", scenario: str = "orchard") -> Practised:
    return Practised(when=when, focus=focus, count=count, of=of, scenario=scenario, temperament="warm")


def test_oldest_first_and_each_skill_beside_itself() -> None:
    skills = progress([_row("2026-02", 1, 2), _row("2026-01", 0, 3), _row("2026-03", 2, 2, focus="and_not_or")])
    assert [s.focus for s in skills] == ["ask_on", "and_not_or"]
    assert [r.when for r in skills[0].rows] == ["2026-01", "2026-02"]


def test_no_share_of_fewer_than_ten() -> None:
    """The codebook's: a value only from ten opportunities on."""
    assert pooled([_row("1", 3, 4), _row("2", 2, 5)]).value is None
    p = pooled([_row("1", 3, 4), _row("2", 2, 6)])
    assert p.value == 0.5
    assert p.low is not None
    assert p.high is not None
    assert p.low < 0.5 < p.high
    assert "too few to say" in progress_said(progress([_row("1", 3, 4)]))


def test_a_difference_is_claimed_only_beyond_chance() -> None:
    clear = progress([_row("1", 1, 20), _row("2", 19, 20)])[0]
    assert "more often" in clear.said
    less = progress([_row("1", 19, 20), _row("2", 1, 20)])[0]
    assert "less often" in less.said
    near = progress([_row("1", 9, 20), _row("2", 12, 20)])[0]
    assert near.said.startswith("No clear difference")
    few = progress([_row("1", 1, 2), _row("2", 2, 2)])[0]
    assert few.said.startswith("Too few")
    assert "nothing to compare" in progress([_row("1", 1, 2)])[0].said


def test_a_focus_that_is_no_more_is_left_out() -> None:
    assert progress([_row("1", 1, 2, focus="gone")]) == ()
    assert progress_said(()) == NOTHING


def test_what_is_printed() -> None:
    said = progress_said(progress([_row("2026-01-02", 2, 5), _row("2026-01-09", 8, 10, scenario="two-colleagues")]))
    assert said.splitlines() == [
        "Ask on (ask_on): of your questions, those that built on what they had just said",
        "  2026-01-02  orchard:warm         2 of 5, too few to say",
        "  2026-01-09  two-colleagues:warm  8 of 10, .80 (.49 to .94)",
        "  together: 10 of 15, .67 (.42 to .85)",
        "  earlier half: 2 of 5, too few to say",
        "  later half: 8 of 10, .80 (.49 to .94)",
        "  Too few to say how it moved: each half of the sessions needs 10 chances.",
    ]


def test_names_from_a_file_stay_on_their_line() -> None:
    assert "\x1b" not in progress_said(progress([_row("1", 1, 2, scenario="a\x1b[2J\nb")]))
