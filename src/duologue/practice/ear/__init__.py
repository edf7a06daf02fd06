"""The ear: as which of six a line of the user's comes across, beside what its sentences do.

The acts were trained on conversations; somebody who practises also scorns, flatters and reads from a list, and there
the acts alone miss or mistake. A linear model over the acts' probabilities and the line's words seconds them
(`CARD.md` says what it was trained on, how well it does and where it fails; `python -m training.ear` makes it again).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Literal, get_args

import msgspec

from duologue.moments.threads import stems
from duologue.text import WORD, words

Hears = Literal["listens", "asks", "sells", "flatters", "argues", "nothing"]
HEARS: tuple[Hears, ...] = get_args(Hears)
_US = frozenset(["we", "we're", "we've", "we'll", "our", "ours", "us", "i", "i'm", "i've", "i'll", "my", "mine"])


class Weights(msgspec.Struct):
    """What training wrote: for each feature six weights in the order of HEARS, `bias` among them."""

    name: str
    acts: list[str]
    features: dict[str, list[float]]


class Ear:
    """Reads its weights when the first line comes."""

    @cached_property
    def weights(self) -> Weights:
        text = files("duologue.practice.ear").joinpath("model.json").read_bytes()
        return msgspec.json.decode(text, type=Weights)

    def hears(self, text: str, before: str, acts: Mapping[str, float], *, asked: bool) -> dict[Hears, float]:
        """How likely a line comes across as each of the six, from 0 to 1, in sum 1.

        `before`: what the partner said just before. `acts`: the probability of each act, the highest of its sentences.
        `asked`: the partner had asked on (an invitation).
        """
        known = self.weights.features
        z = [0.0] * len(HEARS)
        for name, value in features(text, before, acts, asked=asked, kinds=self.weights.acts):
            for i, w in enumerate(known.get(name, ())):
                z[i] += w * value
        top = max(z)
        e = [math.exp(v - top) for v in z]
        return {kind: v / sum(e) for kind, v in zip(HEARS, e, strict=True)}


def features(
    text: str, before: str, acts: Mapping[str, float], *, asked: bool, kinds: list[str]
) -> Iterator[tuple[str, float]]:
    """The features of a line by name: of its acts, of its words and pairs of words, and of what it shares."""
    yield "bias", 1.0
    for kind in kinds:
        p = min(max(acts.get(kind, 0.0), 0.005), 0.995)
        yield f"act:{kind}", math.log(p / (1 - p)) / 4
    tokens = grams(text)
    unit = 1 / math.sqrt(max(1, len(tokens)))
    for gram in tokens:
        yield f"gram:{gram}", unit
    own, theirs = stems(words(text)), stems(words(before))
    shared = own & theirs
    yield "shares", min(len(shared), 3) / 3
    yield "share", len(shared) / max(1, len(own))
    spoken = words(text)
    n = max(1, len(spoken))
    yield "you", sum(w.startswith("you") for w in spoken) / n
    yield "us", sum(w in _US for w in spoken) / n
    yield "length", math.log(n) / 4
    yield "question", float("?" in text)
    yield "asked", float(asked)


def grams(text: str) -> list[str]:
    """The words of a line, each once, and its pairs of neighbours, with where it begins and ends."""
    tokens = ["^", *(m.group().lower().replace("’", "'") for m in WORD.finditer(text)), "$"]
    return list(dict.fromkeys([*tokens[1:-1], *(f"{a} {b}" for a, b in pairwise(tokens))]))


EAR = Ear()
