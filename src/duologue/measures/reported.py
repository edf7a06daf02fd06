"""What the file itself reports, under its maker's own definition, beside ours. Shown, never used."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from duologue.measures.base import PLACES, Definition, Family, given
from duologue.measures.floor import talk_seconds
from duologue.measures.material import Material
from duologue.model import Measure

_SUFFIX = "_reported"

REPORTED = Definition(
    name="talk_time_reported",
    label="talk time, as the file has it",
    unit="s",
    definition="The talk time that the maker of the file put into it. How it was counted only they know.",
    source="The file; each figure names its maker.",
    minimum="a figure in the file",
)
DIFFERENCE = Definition(
    name="talk_time_difference",
    label="talk time, ours less the file's",
    unit="s",
    definition="Our talk time, which is the sum of the file's own times, less the figure that the file reports.",
    source="A plain difference.",
    minimum="a figure in the file, and our own talk time of the same speaker",
)


def measure(m: Material) -> Iterator[Measure]:
    """Each figure of the file under a name of its own, and the difference where there is a figure of ours."""
    known = {subject.key: subject for subject in m.subjects}
    for theirs in m.conversation.reported:
        name = theirs.name if theirs.name.endswith(_SUFFIX) else theirs.name + _SUFFIX
        value = theirs.value if theirs.value is not None and math.isfinite(theirs.value) else None
        yield replace(
            theirs,
            name=name,
            value=None if value is None else round(value, PLACES),
            reason=theirs.reason or ("the file's figure is no number" if value is None else None),
            source=theirs.source or m.conversation.source or "the file",
        )
        if name != REPORTED.name or value is None or theirs.unit != REPORTED.unit or theirs.speaker not in known:
            continue
        ours = talk_seconds(m, known[theirs.speaker])
        if ours.value is not None:
            yield given(DIFFERENCE, ours.value - value, theirs.speaker, n=ours.n, caveat=ours.reason)


FAMILY = Family(name="reported", definitions=(REPORTED, DIFFERENCE), measure=measure)
