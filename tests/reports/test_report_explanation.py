"""`duologue explain`: what a word means, its source, what it is held against, how far it agrees with people (P4)."""

from __future__ import annotations

from duologue import reports
from duologue.explain import Explanation, explain, names


def test_all_parts_are_said() -> None:
    """Definition, source, unit, least data, threshold with its ground, agreement."""
    e = Explanation(
        name="made", what="measure", label="made up", definition="A thing.", source="A book.", unit="s",
        threshold="3 s", threshold_is="convention", minimum="ten", agreement="F1 0.5",
    )  # fmt: skip
    out = reports.explanation.render(e)
    for part in ("made up (measure, made)", "A thing.", "A book.", "a convention: 3 s", "ten", "F1 0.5"):
        assert part in out


def test_every_name_renders() -> None:
    """No entry of any table breaks it, and a moment that was never measured says so."""
    for members in names().values():
        for name in members:
            assert reports.explanation.render(explain(name)).endswith("\n")
    assert "not yet measured" in reports.explanation.render(explain("common_ground"))
