"""Examples → padded tensors. Turns of like length share a batch; what a labeller did not look for is masked."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor

from duologue.acts.trained.inputs import Window, judged, windows
from duologue.acts.trained.spelling import alike
from training.examples import COLUMNS, Example


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One window with, for each of its sentences, targets and which of them count."""

    window: Window
    targets: npt.NDArray[np.float32]
    counts: npt.NDArray[np.float32]


Soft = dict[str, "npt.NDArray[np.float32]"]  # example key → probabilities (sentences, acts), of the accurate model
HARD = 0.5  # what people's label weighs beside the accurate model's probability, where there are both


def key(e: Example) -> str:
    """Names an example by what is read of it."""
    said = "\x1f".join([e.side, *filter(None, [e.claim]), e.before, *(s.text for s in e.sentences)])
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def load_soft(file: Path) -> Soft:
    """What `training.teach` wrote."""
    with np.load(file, allow_pickle=False) as held:
        ends, values = held["ends"], held["values"].astype(np.float32) / 255
        return dict(zip(held["keys"].tolist(), np.split(values, ends[:-1]), strict=True))


def save_soft(soft: Soft, file: Path) -> None:
    """Probabilities in 255 steps: their errors are far below those of the model that gave them."""
    values = np.concatenate(list(soft.values()))
    ends = np.cumsum([len(v) for v in soft.values()])
    np.savez(file, keys=np.array(list(soft)), ends=ends, values=np.round(values * 255).astype(np.uint8))


def rows(examples: Sequence[Example], tokenizer: Tokenizer, soft: Soft | None = None) -> list[Row]:
    """Every window of every example. With `soft`, targets lean on the accurate model's probabilities, and where people
    said nothing, or were unsure, those alone are the target."""
    made = []
    texts = [alike(t) for e in examples for t in (e.claim, e.before, *(s.text for s in e.sentences))]
    pieces = iter([e.ids for e in tokenizer.encode_batch_fast(texts, add_special_tokens=False)])
    for e in examples:
        claim, before, *sentences = (next(pieces) for _ in range(2 + len(e.sentences)))
        taught = soft.get(key(e)) if soft else None
        if e.claim:
            cut = [judged(claim=claim, asked=before, answer=sentences[0], side=e.side)]
        else:
            cut = windows(before=before, sentences=sentences, side=e.side)
        for w in cut:
            own = [e.sentences[i] for i, _, _ in w.spans]
            targets = np.array([[k in s.acts for k in COLUMNS] for s in own], np.float32)
            counts = np.array([[k in e.known and k not in s.unsure for k in COLUMNS] for s in own], np.float32)
            if taught is not None:
                said = taught[[i for i, _, _ in w.spans]]
                targets = np.where(counts > 0, HARD * targets + (1 - HARD) * said, said)
                counts = np.ones_like(counts)
            made.append(Row(window=w, targets=targets, counts=counts))
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    ids: Tensor
    types: Tensor
    mask: Tensor
    pool: Tensor
    targets: Tensor
    counts: Tensor


def batch(some: Sequence[Row]) -> Batch:
    """Pad windows to the longest of them; `pool` averages each sentence's tokens."""
    length = max(len(r.window.ids) for r in some)
    ids = torch.zeros(len(some), length, dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    sentences = sum(len(r.window.spans) for r in some)
    pool = torch.zeros(sentences, len(some) * length)
    at = 0
    for i, r in enumerate(some):
        n = len(r.window.ids)
        ids[i, :n] = torch.tensor(r.window.ids)
        types[i, :n] = torch.tensor(r.window.types)
        mask[i, :n] = 1
        for _, start, end in r.window.spans:
            pool[at, i * length + start : i * length + end] = 1 / (end - start)
            at += 1
    return Batch(
        ids=ids,
        types=types,
        mask=mask,
        pool=pool,
        targets=torch.from_numpy(np.concatenate([r.targets for r in some])),
        counts=torch.from_numpy(np.concatenate([r.counts for r in some])),
    )


def batches(some: Sequence[Row], size: int, rng: random.Random | None) -> Iterator[Batch]:
    """Batches of so many windows; in random order with `rng`, else in the order given."""
    order = list(range(len(some)))
    if rng is not None:
        rng.shuffle(order)
        # Windows of like length sit together within stretches of fifty batches: little padding, still random.
        stretch = size * 50
        order = [
            i
            for a in range(0, len(order), stretch)
            for i in sorted(order[a : a + stretch], key=lambda i: len(some[i].window.ids))
        ]
    groups = [order[a : a + size] for a in range(0, len(order), size)]
    if rng is not None:
        rng.shuffle(groups)
    for group in groups:
        yield batch([some[i] for i in group])
