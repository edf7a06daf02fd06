"""Examples → padded tensors. Turns of like length share a batch; what a labeller did not look for is masked."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.examples import KINDS, Example
from training.runtime.inputs import Window, windows


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One window with, for each of its sentences, targets and which of them count."""

    window: Window
    targets: tuple[tuple[float, ...], ...]
    counts: tuple[tuple[float, ...], ...]


def tokens(tokenizer: Tokenizer):  # type: ignore[no-untyped-def]
    """Texts → token ids without special tokens, as `windows` wants them."""
    return lambda texts: [e.ids for e in tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def rows(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Row]:
    """Every window of every example."""
    encode = tokens(tokenizer)
    made = []
    for e in examples:
        for w in windows(encode, before=e.before, sentences=[s.text for s in e.sentences], side=e.side):
            own = [e.sentences[i] for i, _, _ in w.spans]
            made.append(
                Row(
                    window=w,
                    targets=tuple(tuple(float(k in s.acts) for k in KINDS) for s in own),
                    counts=tuple(tuple(float(k in e.known and k not in s.unsure) for k in KINDS) for s in own),
                )
            )
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
        targets=torch.tensor([t for r in some for t in r.targets]),
        counts=torch.tensor([c for r in some for c in r.counts]),
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
