"""Does our reading of the helper's turn say what the client talks like next? Recorded talk, coded by others (AnnoMI).

What is read: the acts of the helper's floor just before, and the moments that end in it, found on the conversation up
to that floor and no further: a moment such as `understood` rests on the answer, and would give it away. What is told:
whether people heard the client's next turn as change talk, sustain talk or neither. A logistic regression with a fixed
ridge, sessions kept whole in five folds. For looking only: nothing is chosen by it.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.agreement import _session
from benchmarks.moments_common import SHARED, Table, absent, difference, reviewed, with_interval
from benchmarks.regression import Indices, Matrix, auc, macro_f1, out_of_fold, shuffled
from duologue import moments
from duologue.acts.base import Evidence
from duologue.model import Act
from duologue.model.codebook import ACTS, MOMENTS
from duologue.moments import Limits
from duologue.text import Floor, Scene, scene

TALK = ("change", "sustain", "neutral")
SHUFFLES = 5
_KINDS = (*ACTS, *MOMENTS)
_PEOPLE = ("therapist_input_subtype", "reflection_subtype", "question_subtype", "main_therapist_behaviour")

Rows = list[dict[str, str]]
Measure = Callable[[Matrix, Indices], float | None]  # scores a class, what people heard → a figure


@dataclass(frozen=True, kw_only=True)
class Data:
    """One row for each turn of a client's that follows a helper's: its session, what people heard, what was read."""

    session: NDArray[np.str_]
    title: NDArray[np.str_]
    heard: Indices
    reading: Matrix
    length: Matrix
    people: Matrix


def next_talk() -> Iterator[Table]:
    """How well each reading tells the next talk, and how far ours lies above its controls."""
    path = SHARED / "data" / "annomi-dev.csv"
    if not path.exists():
        yield from absent("The next turn", path)
        return
    data = read(sessions(path))
    x = data.reading
    told = {
        "our reading (acts and moments)": [x],
        "acts alone": [x[:, : len(ACTS)]],
        "our reading, with length": [np.hstack([x, data.length])],
        "shuffled: another helper turn of the session": [x[shuffled(data.session, s)] for s in range(SHUFFLES)],
        "length alone": [data.length],
        "people's own coding of the helper's turn": [data.people],
    }
    scores = {
        name: [out_of_fold(x, data.heard, data.title, classes=len(TALK)) for x in some] for name, some in told.items()
    }
    rows_of = {s: np.flatnonzero(data.session == s) for s in dict.fromkeys(data.session.tolist())}
    ids = list(rows_of)
    figures = {
        (name, measure): _figure(scores[name], data.heard, rows_of, of)
        for name in told
        for measure, of in MEASURES.items()
    }
    n = [int((data.heard == i).sum()) for i in range(len(TALK))]
    yield Table(
        title="The next turn",
        words=(
            f"{len(ids)} sessions, {len(x)} turns of clients: {', '.join(f'{k} {TALK[i]}' for i, k in enumerate(n))}. "
            f"Five folds by session; intervals by session. Shuffled: the mean of {SHUFFLES} shuffles.",
        ),
        head=("read", *MEASURES),
        rows=[(name, *(with_interval(ids, figures[name, m]) for m in MEASURES)) for name in told],
    )
    ours, *_, shuffle, length, _people = told
    yield Table(
        title="Above its controls",
        head=("", *MEASURES),
        rows=[
            (what, *(with_interval(ids, difference(figures[a, m], figures[b, m]), signed=True) for m in MEASURES))
            for what, a, b in (
                ("our reading less shuffled", ours, shuffle),
                ("our reading less length alone", ours, length),
                ("our reading with length, less length alone", "our reading, with length", length),
                ("acts and moments less acts alone", ours, "acts alone"),
            )
        ],
    )


def sessions(path: Path) -> dict[str, Rows]:
    """The utterances of each session in order, the first coding of each."""
    found: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["utterance_text"].strip():
                found[row["transcript_id"]].setdefault(int(row["utterance_id"]), row)
    return {id: [by[u] for u in sorted(by)] for id, by in found.items()}


def read(found: dict[str, Rows]) -> Data:
    """A row for each client turn that comes straight after a helper's floor, of sessions with two or more."""
    people = {code: i for i, code in enumerate(_codes(found))}
    rows: list[tuple[Any, ...]] = []
    for id, utterances in found.items():
        own = [
            (id, utterances[0]["video_title"], TALK.index(utterances[floor.end]["client_talk_type"]),
             *_read(floor, made, acts), _coded(utterances[floor.first : floor.end], people))
            for floor, made, acts in _helpers(id, utterances)
            if utterances[floor.end]["client_talk_type"] in TALK
        ]  # fmt: skip
        rows += own if len(own) > 1 else []
    session, title, heard, reading, length, coded = zip(*rows, strict=True)
    return Data(
        session=np.array(session), title=np.array(title), heard=np.array(heard),
        reading=np.array(reading), length=np.array(length), people=np.array(coded),
    )  # fmt: skip


def _helpers(id: str, utterances: Rows) -> Iterator[tuple[Floor, Scene, tuple[Act, ...]]]:
    """Each floor of the helper's that a client's follows, with the scene and the acts of the session up to its end."""
    got = reviewed(_session(id, utterances))
    whole = scene(got.conversation)
    for floor, after in zip(whole.floors, whole.floors[1:], strict=False):
        if floor.speaker == "therapist" and after.speaker == "client":
            yield floor, until(whole, floor.end), tuple(a for a in got.acts if a.span.turn < floor.end)


def until(whole: Scene, end: int) -> Scene:
    """A scene cut off before a turn at which a floor begins: what was said until then."""
    return Scene(
        conversation=replace(whole.conversation, turns=whole.conversation.turns[:end]),
        sentences=whole.sentences[:end],
        floors=tuple(f for f in whole.floors if f.end <= end),
        floor_of=whole.floor_of[:end],
    )


def _read(floor: Floor, made: Scene, acts: tuple[Act, ...]) -> tuple[list[float], list[float]]:
    """Confidences summed a kind, of the floor's acts and of the moments that end in it; and how long it is."""
    sums = dict.fromkeys(_KINDS, 0.0)
    for act in acts:
        if act.span.turn in floor.turns:
            sums[act.kind] += act.confidence
    for m in moments.find(Evidence(scene=made, acts=acts), Limits(kind="support")):
        if m.turns[-1] in floor.turns:
            sums[m.kind] += m.confidence
    words = sum(made.words(t) for t in floor.turns)
    return list(sums.values()), [words, math.log1p(words), sum(len(made.sentences[t]) for t in floor.turns)]


def _codes(found: dict[str, Rows]) -> list[tuple[str, str]]:
    """Every value that people gave a helper's turn, with its column."""
    return sorted({(c, row[c]) for rows in found.values() for row in rows for c in _PEOPLE if row[c]})


def _coded(rows: Rows, people: dict[tuple[str, str], int]) -> list[float]:
    coded = [0.0] * len(people)
    for row in rows:
        for column in _PEOPLE:
            if row[column]:
                coded[people[column, row[column]]] += 1.0
    return coded


MEASURES: dict[str, Measure] = {
    "macro-F1": macro_f1,
    "AUC, change": lambda scores, heard: auc(scores[:, 0], heard == 0),
    "AUC, sustain": lambda scores, heard: auc(scores[:, 1], heard == 1),
}


def _figure(
    scores: list[Matrix], heard: Indices, rows_of: dict[str, Indices], of: Measure
) -> Callable[[list[str]], float | None]:
    """A measure over the sessions asked for, as a mean where there are several sets of scores."""

    def figure(ids: list[str]) -> float | None:
        at = np.concatenate([rows_of[i] for i in ids])
        values = [of(s[at], heard[at]) for s in scores]
        return None if any(v is None for v in values) else sum(v for v in values if v is not None) / len(values)

    return figure
