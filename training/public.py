"""Public sets that may train, and what of theirs is ours: one visible table.

| set | their label | our act | what it says about other acts |
|---|---|---|---|
| PersuasionForGood (Apache-2.0) | `personal-story`, said by the persuader | `story.personal` | nothing |

The other sets that may train know nothing that the codebook calls an act in the same sense (CaSiNo's small talk holds
greetings, its empathy holds agreement; uptake and receptiveness are ratings of a whole reply). Their words are read
without their labels: the accurate model says what it makes of them, and the fast one learns to say the same
(`unlabelled`; see `training.teach`). Where the folder is absent, nothing is loaded.

Of every set the share `ASIDE` of its dialogues or lessons is never read here, neither labels nor words: figures on a
set come from that part.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from duologue.text import sentences
from training.examples import Example, Sentence, split

PERSUASION = "persuasionforgood-dev.csv"
CASINO = "casino-train.json"
UPTAKE = "uptake-dev.csv"
FUNNELING = "funneling-dev.csv"
RECEPTIVE = "receptiveness-dev.csv"
ASIDE = 0.4
_NEGATIVES = 5  # units that are no story, for each that is one: more would only teach that stories are rare


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of what is read here."""
    files = [folder / name for name in (PERSUASION, CASINO, UPTAKE, FUNNELING, RECEPTIVE)]
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files if f.exists()}


def load(folder: Path, seed: int = 3) -> list[Example]:
    """Examples of every set in the table; empty where the folder is absent."""
    file = folder / PERSUASION
    return split(persuasion(file, seed), ASIDE)[1] if file.exists() else []


def unlabelled(folder: Path) -> list[Example]:
    """Turns of every set, without labels."""
    readers = {PERSUASION: _dialogues, CASINO: _bargains, UPTAKE: _lessons, FUNNELING: _lessons, RECEPTIVE: _replies}
    found = {
        (e.before, e.sentences): e
        for name, read in readers.items()
        if (folder / name).exists()
        for e in split(list(read(folder / name)), ASIDE)[1]
    }
    return list(found.values())


def _turn(group: str, side: str, before: str, text: str) -> Iterator[Example]:
    """A turn cut as at run time; nothing where it holds no words."""
    cut = tuple(Sentence(text=" ".join(s.text.split()), acts=frozenset()) for s in sentences(text))
    if cut:
        yield Example(group=group, source="public", domain="", style="clean", side=side, before=before,
                      sentences=cut, known=frozenset())  # fmt: skip


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _dialogues(file: Path) -> Iterator[Example]:
    """The persuader is `ours`. Units of one turn follow each other in the file."""
    before = ""
    for (dialogue, _, role), units in groupby(_rows(file), key=lambda r: (r["dialogue"], r["turn"], r["role"])):
        text = " ".join(u["text"] for u in units)
        yield from _turn(dialogue, "ours" if role == "0" else "theirs", before, text)
        before = text


def _bargains(file: Path) -> Iterator[Example]:
    """Campsite neighbours bargain as equals: the first of the two is read as `ours`."""
    for dialogue in json.loads(file.read_text(encoding="utf-8")):
        before = ""
        for said in dialogue["chat_logs"]:
            if said["task_data"]:  # a formal offer, made by pressing a button
                continue
            side = "ours" if said["id"].endswith("1") else "theirs"
            yield from _turn(f"casino-{dialogue['dialogue_id']}", side, before, said["text"])
            before = said["text"]


def _lessons(file: Path) -> Iterator[Example]:
    """The teacher is `ours`."""
    for row in _rows(file):
        yield from _turn(row["obs_id"], "theirs", "", row["student_text"])
        yield from _turn(row["obs_id"], "ours", row["student_text"], row["teacher_text"])


def _replies(file: Path) -> Iterator[Example]:
    for i, row in enumerate(_rows(file)):
        yield from _turn(f"receptive-{i}", "ours" if i % 2 else "theirs", "", row["text"])


def persuasion(file: Path, seed: int) -> list[Example]:
    """The persuader's units as turns of one sentence, with what the other said before."""
    stories: list[Example] = []
    others: list[Example] = []
    before, dialogue = "", ""
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["dialogue"] != dialogue:
                before, dialogue = "", row["dialogue"]
            if row["role"] == "1":
                before = row["text"]
            elif row["persuader"]:
                told = "personal-story" in (row["persuader"], row["persuader_2"])
                acts = frozenset({"story.personal"}) if told else frozenset()
                (stories if told else others).append(
                    Example(
                        group=dialogue,
                        source="persuasionforgood",
                        domain="selling",
                        style="clean",
                        side="ours",
                        before=before,
                        sentences=(Sentence(text=row["text"], acts=acts),),
                        known=frozenset({"story.personal"}),
                    )
                )
    picked = random.Random(seed).sample(others, min(len(others), _NEGATIVES * len(stories)))
    return stories + picked
