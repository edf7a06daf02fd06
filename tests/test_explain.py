"""`explain`: every name a report can show is explained, and an unknown one is met with what is near (P4)."""

from __future__ import annotations

import pytest

from duologue.errors import UnknownName
from duologue.explain import explain, names
from duologue.measures import DEFINITIONS
from duologue.model.codebook import ACTS, CELLS, DIALS, MOMENTS

EVERY = [name for members in names().values() for name in members]


def test_names_are_those_of_the_codebook_and_the_definitions() -> None:
    """Nothing is left out and nothing stands twice."""
    assert sorted(EVERY) == sorted([*ACTS, *MOMENTS, *CELLS, *DIALS, *DEFINITIONS])
    assert len(EVERY) == len(set(EVERY))


@pytest.mark.parametrize("name", EVERY)
def test_everything_is_explained(name: str) -> None:
    """Each has what it is, a definition, a source and its minimum; a threshold says what it rests on."""
    e = explain(name)
    assert e.name == name
    assert name in names()[e.what]
    assert e.label and e.definition and e.source and e.minimum
    assert e.threshold_is in ((None,) if e.threshold is None else ("evidence", "convention", "user"))


def test_thresholds_are_honest_about_their_ground() -> None:
    """A vendor's habit and a manual's expert opinion are conventions; a study is evidence, and named."""
    assert explain("questions").threshold_is == "convention"
    assert "MITI 4" in str(explain("reflections_to_questions").threshold)
    assert explain("reflections_to_questions").threshold_is == "convention"
    assert explain("gap_median").threshold_is == "evidence"
    assert explain("soliloquy").threshold_is == "convention"


def test_names_as_people_type_them() -> None:
    """Case, spaces and hyphens do not matter."""
    assert explain(" Talk Share ").name == "talk_share"
    assert explain("Acknowledged-First").name == "acknowledged_first"


def test_an_unknown_name_is_met_with_what_is_near() -> None:
    """Exit 2 with a clear line is the face's; the line is here."""
    with pytest.raises(UnknownName, match="“talk_share”"):
        explain("talkshare")
    with pytest.raises(UnknownName, match="lists every name"):
        explain("xyzzy-plugh-qwerty")


def test_agreement_is_said_in_words_where_it_was_measured() -> None:
    """P4: the figure comes with what it was measured on; where nothing was measured there is none."""
    said = explain("question.open").agreement
    assert said is None or " on " in said
    assert explain("common_ground").agreement is None  # too rare in the labelled conversations to be scored
    assert "Spearman" in str(explain("uptake").agreement)
