"""A file's own figures stand beside ours, with the difference, and are never used."""

from __future__ import annotations

import math
from dataclasses import replace

from duologue.measures import measure
from duologue.model import Measure
from measuring import evidence, found, timed

AMAZON = "Amazon Transcribe Call Analytics, its own definition"


def test_reported_talk_time_and_its_difference() -> None:
    """The vendor's figure under a name of its own, and ours less theirs (the AWS check of the issue)."""
    c = timed(("A", 0, 30, "one"), ("B", 30, 40, "two"))
    theirs = Measure(name="talk_time", value=28.5, unit="s", speaker="A", source=AMAZON)
    c = replace(c, reported=(theirs,))
    shown = found(c, "talk_time_reported", "A")
    assert (shown.value, shown.source) == (28.5, AMAZON)
    assert found(c, "talk_time_difference", "A").value == 1.5
    assert found(c, "talk_time", "A").value == 30


def test_no_difference_without_a_figure_of_ours() -> None:
    """Where our talk time is not known there is nothing to subtract from; a figure that is no number has its reason."""
    c = timed(("A", None, None, "one"), ("B", 30, 40, "two"))
    c = replace(
        c,
        reported=(
            Measure(name="talk_time", value=28.5, unit="s", speaker="A", source=AMAZON),
            Measure(name="mood", value=math.nan, unit="", speaker="A", source=AMAZON),
        ),
    )
    measures = measure(evidence(c))
    assert not [m for m in measures if m.name == "talk_time_difference"]
    mood = next(m for m in measures if m.name == "mood_reported")
    assert (mood.value, mood.reason) == (None, "the file's figure is no number")
