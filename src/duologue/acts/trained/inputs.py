"""What the encoder reads: who speaks, the end of the floor before, and the turn, as token ids with a span a sentence.

    [CLS] side  …the last tokens of the floor before [SEP]  the sentences of the turn [SEP]

An answer to an invitation is judged by the same encoder, with the claim that was asked about before the question:

    [CLS] side  …the claim [SEP] the question [SEP]  the answer [SEP]

A turn is encoded once and pooled by sentence. A turn longer than the window is cut between sentences, and each further
window reads the sentence before it as context too. Training and run time both use this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CLS, SEP = 101, 102
EMPTY = 3  # [unused2]: a sentence without any word piece
SIDES = {"ours": 1, "theirs": 2}  # [unused0] and [unused1] of the vocabulary
LENGTH = 160  # tokens in a window: nineteen turns in twenty fit whole
BEFORE = 32  # tokens of the floor before: its end is what a reply takes up
ASKED = 72  # tokens of claim and question, where an answer is judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Token ids, segment ids (0 before, 1 the turn), and for each sentence its index and half-open token span."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    spans: tuple[tuple[int, int, int], ...]


def windows(
    *, before: Sequence[int], sentences: Sequence[Sequence[int]], side: str, keep: int = BEFORE
) -> list[Window]:
    """One window, or several for a long turn. `before`: token ids of the floor before; `sentences`: of each sentence of
    the turn; all without special tokens. `keep`: how many of `before` are read, from its end."""
    head = [CLS, SIDES[side], *before[-keep:], SEP]
    room = LENGTH - len(head) - 1
    made: list[Window] = []
    body: list[int] = []
    spans: list[tuple[int, int, int]] = []

    def close() -> None:
        ids = [*head, *body, SEP]
        types = [0] * len(head) + [1] * (len(body) + 1)
        made.append(Window(ids=tuple(ids), types=tuple(types), spans=tuple(spans)))

    for i, piece in enumerate(sentences):
        own = list(piece[:room]) or [EMPTY]
        if body and len(body) + len(own) > room:
            close()
            last = body[spans[-1][1] - len(head) : spans[-1][2] - len(head)]
            body = list(last) if len(last) + len(own) <= room else []
            spans = []
        spans.append((i, len(head) + len(body), len(head) + len(body) + len(own)))
        body += own
    close()
    return made


def judged(*, claim: Sequence[int], asked: Sequence[int], answer: Sequence[int], side: str) -> Window:
    """The window in which an answer is judged as one piece; what is longer than a window is read to its end only as
    far as fits, because what comes first decides."""
    before = [*claim, SEP, *asked]
    return windows(before=before, sentences=[answer], side=side, keep=ASKED)[0]
