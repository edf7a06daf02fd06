"""docs/practice.md says what is so: its session is the one that comes out, its tables are those of the code."""

from __future__ import annotations

import re

import pytest

from duologue.practice.base import Said
from duologue.practice.debriefing.debrief import debrief
from duologue.practice.debriefing.focus import FOCUSES
from duologue.practice.debriefing.shown import as_json, render
from duologue.practice.scenario import SHIPPED
from duologue.practice.session import Setting, Talk, say
from duologue.practice.temper import AGAIN, CLOSES, ECHOED, LISTENS
from duologue.practice.voices.written import Written
from support import ROOT

PAGE = (ROOT / "docs" / "practice.md").read_text(encoding="utf-8")


def _section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def _rows(section: str) -> list[list[str]]:
    found = [row.strip("| ").split(" | ") for row in section.splitlines() if row.startswith("| ")]
    return [row for row in found if len(row) > 1]


@pytest.fixture(scope="module")
def played() -> Talk:
    """The session of the page, played again."""
    yours = [m[1] for m in re.finditer(r"^> \*\*You:\*\* (.*)$", _section("A session"), re.MULTILINE)]
    scenario = SHIPPED.get("warehouse-vp")
    opens = Said(who="partner", text=scenario.opens)
    talk = Talk(setting=Setting(scenario=scenario, temperament="warm", seed=7, before=(opens,)))
    for text in yours:
        talk = say(talk, text, Written())
    return talk


def test_the_session_is_what_comes_out(played: Talk) -> None:
    """Every line, and every line of the debrief that is shown, in its order."""
    section = _section("A session")
    shown = re.findall(r"^> \*\*(\w+):\*\* (.*)$", section, re.MULTILINE)
    assert len(shown) >= 11
    assert shown == [("You" if s.who == "you" else "Gail", s.text) for s in played.so_far]
    page = iter([" ".join(row.split()) for row in render(debrief(played)).splitlines()])
    quoted = [" ".join(row.split()) for row in section.splitlines() if row.startswith("    ")]
    for row in quoted:
        if row and row != "…":
            assert row in page, row


def test_what_counts_is_what_is_counted() -> None:
    """Each way of listening and of closing stands in the tables with its weight."""
    section = _section("How the partner is moved")
    weights = {
        name.strip().replace(" ", "_"): float(row[1])
        for row in _rows(section)
        if re.fullmatch(r"[\d.]+", row[1])
        for name in row[0].split(",")
    }
    assert weights == {**LISTENS, **CLOSES}
    for figures in (AGAIN, ECHOED):
        assert ", ".join(f"{f:g}".replace("0.", ".") for f in figures) in section


def test_everybody_is_there() -> None:
    """Every partner with its domain, every skill with its requirement, every scenario that lets go."""
    partners = {
        row[0].strip("`"): (row[1], row[2]) for row in _rows(_section("Who is there")) if row[0].startswith("`")
    }
    assert {name: domain for name, (domain, _) in partners.items()} == {
        name: SHIPPED.get(name).domain for name in SHIPPED.paths
    }
    lets_go = {name for name, (_, said) in partners.items() if "letting go may be right" in said}
    assert lets_go == {name for name in SHIPPED.paths if SHIPPED.get(name).letting_go}
    skills = re.findall(r"^\| `(\w+)` \((S[\d.]+)\)", _section("One skill at a time"), re.MULTILINE)
    assert skills == [(f.name, f.requirement) for f in FOCUSES.values()]


def test_the_keys_for_programs_are_those_that_are_written(played: Talk) -> None:
    """Every key of the debrief, and every one of its rows' that a program would look for."""
    section = _section("For programs")
    found = as_json(debrief(played, others=(played.upto(4),)))
    rows = {name: row[1] for row in _rows(section) for name in re.findall(r"`(\w+)`", row[0])}
    assert set(found) <= set(rows)
    for key in ("partner_view", "asked"):
        missing = [name for name in found[key][0] if f"`{name}`" not in rows[key]]
        assert missing == [], key
    for key in ("uncovered", "turned", "try", "branches"):
        assert found[key], key
        assert [name for name in found[key] if f"`{name}`" not in rows[key]] == [], key
