"""Agreement with ratings that others published: uptake, receptiveness, personal stories. Read by `agreement`.

The words of two of these sets were read without their labels when the fast model was taught, and personal stories are
trained on: figures here come from the dialogues that training keeps aside (`training.public.ASIDE`), where it does.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import numpy as np
import pandas as pd
from training.examples import place
from training.public import ASIDE

from duologue.acts import ACCURATE, DEFAULT
from duologue.agreement import Agreement
from duologue.measures.uptake import taken_up
from duologue.model import Conversation, Side, Speaker, Turn
from duologue.text import scene, words

People = tuple[tuple[str, Side], ...]
Bootstrap = Callable[[list[str], Callable[[list[str]], float | None]], tuple[float | None, float | None]]


def ratings(data: Path, bootstrap: Bootstrap) -> Iterator[Agreement]:
    """An entry a set; sets whose file is absent are left out."""
    if (path := data / "uptake-dev.csv").exists():
        yield uptake(path, bootstrap)
    if (path := data / "receptiveness-dev.csv").exists():
        yield receptiveness(path, bootstrap)
    if (path := data / "persuasionforgood-dev.csv").exists():
        yield stories(path, bootstrap)


def uptake(path: Path, bootstrap: Bootstrap) -> Agreement:
    """Our measure of uptake against what raters saw in classroom exchanges."""
    pairs: dict[str, list[tuple[float, float]]] = {}
    for row in _rows(path):
        if row["uptake_zscore"]:
            share = taken_up(list(words(row["student_text"])), list(words(row["teacher_text"])))
            pairs.setdefault(row["obs_id"], []).append((share or 0.0, float(row["uptake_zscore"])))
    return _ranked("rated.uptake", f"{sum(map(len, pairs.values()))} classroom exchanges", pairs, bootstrap)


def receptiveness(path: Path, bootstrap: Bootstrap) -> Agreement:
    """Acknowledgement against disagreement (the log of their mean probabilities' ratio) and how receptive others found
    a written reply. Probabilities, not claims: a reply on its own, without what it answers, gets few claims."""
    pairs: dict[str, list[tuple[float, float]]] = {}
    at = [ACCURATE.facts.kinds.index(k) for k in ("acknowledgement", "disagreement")]
    for i, row in enumerate(_rows(path)):
        made = scene(_conversation((("r", "theirs"),), (Turn(speaker="r", text=row["text"]),)))
        due, against = np.mean(list(ACCURATE.probabilities(made).values()), axis=0)[at]
        pairs[str(i)] = [(math.log(due + 0.02) - math.log(against + 0.02), float(row["receptive"]))]
    return _ranked("rated.receptiveness", f"{len(pairs)} written replies", pairs, bootstrap)


def stories(path: Path, bootstrap: Bootstrap) -> Agreement:
    """Personal stories of persuaders, by unit, in the dialogues that were kept aside."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for dialogue, rows in groupby(_rows(path), key=lambda r: r["dialogue"]):
        if place(dialogue) >= ASIDE:
            continue
        turns, units = [], []
        for (_, role), said in groupby(rows, key=lambda r: (r["turn"], r["role"])):
            at = 0
            for unit in (own := list(said)):
                told = "personal-story" in (unit["persuader"], unit["persuader_2"])
                if role == "0":
                    units.append((len(turns), at, at + len(unit["text"]), told))
                at += len(unit["text"]) + 1
            turns.append(Turn(speaker=role, text=" ".join(u["text"] for u in own)))
        made = _conversation((("0", "ours"), ("1", "theirs")), tuple(turns))
        spans = [a.span for a in DEFAULT.label(scene(made)) if a.kind == "story.personal"]
        for turn, start, end, told in units:
            said_so = any(s.turn == turn and s.start < end and s.end > start for s in spans)
            right[dialogue] += told and said_so
            wrong[dialogue] += said_so and not told
            missed[dialogue] += told and not said_so
    ids = sorted(right)

    def f1(chosen: list[str]) -> float | None:
        hit, off, lost = (sum(c[i] for i in chosen) for c in (right, wrong, missed))
        return round(2 * hit / (2 * hit + off + lost), 3) if hit + off + lost else None

    low, high = bootstrap(ids, f1)
    hit, off, lost = (sum(c.values()) for c in (right, wrong, missed))
    return Agreement(
        name="persuasion.personal_story", kind="rating", set=f"PersuasionForGood, {len(ids)} dialogues kept aside",
        n=hit + lost, found=hit + off, precision=round(hit / max(1, hit + off), 3),
        recall=round(hit / max(1, hit + lost), 3), f1=f1(ids), low=low, high=high,
    )  # fmt: skip


def _ranked(name: str, where: str, pairs: dict[str, list[tuple[float, float]]], bootstrap: Bootstrap) -> Agreement:
    def rho(ids: list[str]) -> float | None:
        table = pd.DataFrame([pair for i in ids for pair in pairs[i]])
        return round(float(table[0].rank().corr(table[1].rank())), 3)

    low, high = bootstrap(list(pairs), rho)
    n = sum(map(len, pairs.values()))
    return Agreement(name=name, kind="rating", set=where, n=n, found=n, f1=rho(list(pairs)), low=low, high=high,
                     measure="Spearman ρ")  # fmt: skip


def _conversation(people: People, turns: tuple[Turn, ...]) -> Conversation:
    speakers = tuple(Speaker(id=id, name=id, side=side) for id, side in people)
    return Conversation(id="rated", language="en", speakers=speakers, turns=turns)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
