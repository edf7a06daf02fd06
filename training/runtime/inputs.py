"""What the encoder reads: who speaks, the end of the floor before, and the turn, as token ids with a span a sentence.

    [CLS] side  …the last tokens of the floor before [SEP]  the sentences of the turn [SEP]

A turn is encoded once and pooled by sentence. A turn longer than the window is cut between sentences, and each further
window reads the sentence before it as context too. Training and run time both use this file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

CLS, SEP = 101, 102
SIDES = {"ours": 1, "theirs": 2}  # [unused0] and [unused1] of the vocabulary
LENGTH = 160  # tokens in a window: nine turns in ten fit whole
BEFORE = 48  # tokens of the floor before: its end is what a reply takes up


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Token ids, segment ids (0 before, 1 the turn), and for each sentence its index and half-open token span."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    spans: tuple[tuple[int, int, int], ...]


def windows(
    tokens: Callable[[Sequence[str]], Sequence[Sequence[int]]], *, before: str, sentences: Sequence[str], side: str
) -> list[Window]:
    """One window, or several for a long turn. `tokens`: texts → token ids without special tokens."""
    # Only the end of what came before is read: cutting by characters first keeps a long floor cheap.
    encoded = tokens([before[-BEFORE * 8 :], *sentences])
    head = [CLS, SIDES[side], *encoded[0][-BEFORE:], SEP]
    room = LENGTH - len(head) - 1
    made: list[Window] = []
    body: list[int] = []
    spans: list[tuple[int, int, int]] = []

    def close() -> None:
        ids = [*head, *body, SEP]
        types = [0] * len(head) + [1] * (len(body) + 1)
        made.append(Window(ids=tuple(ids), types=tuple(types), spans=tuple(spans)))

    for i, piece in enumerate(encoded[1:]):
        own = list(piece[:room]) or [3]
        if body and len(body) + len(own) > room:
            close()
            last = body[spans[-1][1] - len(head) : spans[-1][2] - len(head)]
            body = list(last) if len(last) + len(own) <= room else []
            spans = []
        spans.append((i, len(head) + len(body), len(head) + len(body) + len(own)))
        body += own
    close()
    return made
