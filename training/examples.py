"""What the model is trained on: turns, cut into sentences, with the labels that people gave each of them.

One example is a turn with the floor before it. `known` says which acts its labeller looked for: a public set that
only knows personal stories says nothing about questions, and what it does not know costs the model nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.check import items, second

from duologue.model.codebook import ACTS

KINDS = tuple(ACTS)
JUDGEMENTS = ("responsive", "specific", "evidence", "hands_back")  # of an answer to an invitation (codebook, rulings)
COLUMNS = (*KINDS, *JUDGEMENTS)  # what the model gives a sentence, or a whole answer
DEV = 0.12  # the share of items that thresholds and calibration are chosen on, and that are never trained on
TEST = 0.10  # the share of items that nothing is chosen on: figures come from these
CORPUS = Path(__file__).parents[1] / "corpus" / "written"
PAIRS_ASIDE = 0.5  # the share of contrast pairs that only figures come from
PAIRS, LADDERS = CORPUS.parent / "pairs", CORPUS.parent / "ladders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with its acts; `unsure` ones are scored neither for nor against."""

    text: str
    acts: frozenset[str]
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A turn: `group` is what must not be split between training and test (a conversation, a lesson)."""

    group: str
    source: str
    domain: str
    style: str
    side: str
    before: str
    sentences: tuple[Sentence, ...]
    known: frozenset[str] = frozenset(KINDS)
    claim: str = ""  # what `before` asks about, where the turn is an answer that is judged as one piece


def corpus() -> list[Example]:
    """Our own corpus, a turn at a time. What a second coder saw otherwise is unsure: scored neither for nor against."""
    again = second()
    return [e for _, item in items() for e in _turns(item, again.get(item["id"]))]


def kept_aside(item: dict[str, Any]) -> bool:
    """Whether a contrast pair is of the half that nothing is trained or chosen on, by a hash of its id."""
    return place(item["pair"], "pairs") < PAIRS_ASIDE


def open_pairs() -> list[Example]:
    """Turns of our contrast pairs, of the half that is not kept aside for figures."""
    found: list[Example] = []
    for file in sorted(PAIRS.glob("*.jsonl")):
        for row in file.read_text(encoding="utf-8").splitlines():
            item = json.loads(row)
            if not kept_aside(item):
                found += _turns(item | {"speakers": {k: v["side"] for k, v in item["speakers"].items()}}, None)
    return found


def answers(folder: Path = LADDERS) -> list[Example]:
    """Answers to invitations, each one piece with its four judgements; by default those that may train. Files are named
    WRITER-NN: a second coding beside them is none."""
    return [
        Example(
            group=row["group"],
            source="ladders/" + row["writer"],
            domain=row["domain"],
            style=row.get("style", "clean"),
            side="ours",
            claim=row["insight"],
            before=row["ask"],
            sentences=(Sentence(text=row["answer"], acts=frozenset(j for j in JUDGEMENTS if row[j])),),
            known=frozenset(JUDGEMENTS),
        )
        for row in rows_of_answers(folder)
    ]


def rows_of_answers(folder: Path) -> list[dict[str, Any]]:
    """The same as they were written, in the same order."""
    return [
        json.loads(line)
        for file in sorted(folder.glob("*-*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def _turns(item: dict[str, Any], again: list[list[list[str]]] | None) -> Iterator[Example]:
    before: list[str] = []  # the last floor by somebody else
    floor: list[str] = []
    speaker = None
    for t, turn in enumerate(item["turns"]):
        if turn["speaker"] != speaker:
            before, floor, speaker = floor, [], turn["speaker"]
        rows = [(row, again[t][i] if again else None) for i, row in enumerate(turn["sentences"])]
        sentences = tuple(_sentence(row, other) for row, other in rows if row[0].strip())
        if sentences:
            yield Example(
                group=item["id"],
                source="corpus/" + item["writer"],
                domain=item["domain"],
                style=item["style"],
                side=item["speakers"][speaker],
                before=" ".join(before),
                sentences=sentences,
            )
        floor += [s.text for s in sentences]


def _sentence(row: list[Any], other: list[str] | None) -> Sentence:
    acts, unsure = frozenset(row[1]), frozenset(row[2] if len(row) > 2 else ())
    if other is not None:
        unsure |= acts ^ frozenset(other)
    return Sentence(text=" ".join(row[0].split()), acts=acts - unsure, unsure=unsure)


def as_raw(example: Example) -> Example:
    """The same turn as a recogniser would write it: no capitals, no punctuation (a label does not hang on either)."""
    kept = tuple(replace(s, text=text) for s in example.sentences if (text := flat(s.text)))
    plain = replace(example, before=flat(example.before), claim=flat(example.claim), sentences=kept, style="asr")
    return plain if kept else example


def flat(text: str) -> str:
    """Text as a recogniser without marks and capitals would write it."""
    return " ".join(re.sub(r"[^\w\s'’-]", " ", text.lower()).split())


def parts(examples: Sequence[Example]) -> tuple[list[Example], list[Example], list[Example]]:
    """(to train on, to choose on, to report on), by item. An item's part hangs on its id alone: what was kept aside
    stays aside when the corpus grows."""
    dev = [e for e in examples if place(e.group) < DEV]
    test = [e for e in examples if DEV <= place(e.group) < DEV + TEST]
    return [e for e in examples if place(e.group) >= DEV + TEST], dev, test


def place(group: str, salt: str = "") -> float:
    """Where a group falls in [0, 1)."""
    return int(hashlib.sha256((salt + group).encode()).hexdigest()[:8], 16) / 0x100000000


def split(examples: Sequence[Example], share: float, salt: str = "") -> tuple[list[Example], list[Example]]:
    """Two parts by group, never by line: the first holds about `share` of the groups."""
    first = [e for e in examples if place(e.group, salt) < share]
    return first, [e for e in examples if place(e.group, salt) >= share]
