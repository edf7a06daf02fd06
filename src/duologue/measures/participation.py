"""Who took part where there are more than two, and who never got the floor."""

from __future__ import annotations

import math
from collections.abc import Iterator

from duologue.measures.base import Definition, Family, given, unknown
from duologue.measures.material import Material
from duologue.model import Measure

PARTICIPATION = Definition(
    name="participation",
    label="participation",
    unit="share of floors",
    definition="Of all the times that somebody took the floor, those in which this speaker did; 0 for one who is "
    "listed and never got it. Why somebody was silent the page does not say.",
    source="A plain share.",
    minimum="three people, and one turn that takes the floor",
)
EVENNESS = Definition(
    name="participation_evenness",
    label="evenness of participation (0 to 1)",
    unit="",
    definition="How evenly the words are spread over the people listed: 1 where all said the same amount, 0 where "
    "one said it all (Shannon entropy, divided by the most that it can be).",
    source="Pielou's evenness (1966), a standard index; that evenness is good for a meeting is not claimed.",
    minimum="three people, and one word",
)
SILENT = Definition(
    name="silent_participants",
    label="never got the floor",
    unit="people",
    definition="How many of the people listed never took the floor: no turn, or signs of listening alone.",
    source="A plain count.",
    minimum="three people",
)


def measure(m: Material) -> Iterator[Measure]:
    """Participation of each person, then evenness and silence of the whole; nothing where only two are listed."""
    if len(m.people) < 3:
        return
    floors = dict.fromkeys(m.people, 0)
    for stretch in m.stretches:
        if stretch.speaker in floors:
            floors[stretch.speaker] += 1
    total = sum(floors.values())
    for subject in m.subjects:
        if total:
            taken = sum(floors[s] for s in subject.speakers)
            yield given(PARTICIPATION, taken / total, subject.key, n=total)
        else:
            yield unknown(PARTICIPATION, subject.key, "nobody took the floor", n=0)
    yield _evenness(m)
    yield given(SILENT, sum(n == 0 for n in floors.values()), None, n=len(floors))


def _evenness(m: Material) -> Measure:
    amounts = [m.words_by[p] for p in m.people]
    total = sum(amounts)
    if not total:
        return unknown(EVENNESS, None, "nobody said a word", n=0)
    entropy = -sum(a / total * math.log(a / total) for a in amounts if a)
    return given(EVENNESS, min(1.0, entropy / math.log(len(amounts))), None, n=total)


FAMILY = Family(name="participation", definitions=(PARTICIPATION, EVENNESS, SILENT), measure=measure)
