"""Public sets that may train, and what of theirs is ours: one visible table.

| set | their label | our act | what it says about other acts |
|---|---|---|---|
| PersuasionForGood (Apache-2.0) | `personal-story`, said by the persuader | `story.personal` | nothing |

The other sets that may train know nothing that the codebook calls an act in the same sense (CaSiNo's small talk holds
greetings, its empathy holds agreement; uptake and receptiveness are ratings of a whole reply): they are checked
against, not trained on. Where the folder is absent, nothing is loaded.
"""

from __future__ import annotations

import csv
import hashlib
import random
from pathlib import Path

from training.examples import Example, Sentence

PERSUASION = "persuasionforgood-dev.csv"
_NEGATIVES = 5  # units that are no story, for each that is one: more would only teach that stories are rare


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of what `load` reads."""
    file = folder / PERSUASION
    return {PERSUASION: hashlib.sha256(file.read_bytes()).hexdigest()} if file.exists() else {}


def load(folder: Path, seed: int = 3) -> list[Example]:
    """Examples of every set in the table; empty where the folder is absent."""
    file = folder / PERSUASION
    return persuasion(file, seed) if file.exists() else []


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
