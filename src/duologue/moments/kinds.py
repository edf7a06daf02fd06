"""What kind of conversation this is, where nobody said.

A message is known by its form. Of talk, its words are weighed: each of some 3,100 says how much likelier it makes each
kind (`kinds.json`, a naive Bayes made by `python -m training.kinds`). A word counts once, however often it is said.
Below a confidence at which 14 in 15 were right the kind is None, and mostly it is: an honest "not known" costs less
than a wrong guess (a review as managing looks for other moments).
"""

from __future__ import annotations

import json
import re
import string
from functools import cache
from math import exp, sqrt
from pathlib import Path
from typing import NamedTuple, cast

from duologue.acts.base import Evidence
from duologue.model import Kind

WEIGHTS = Path(__file__).with_name("kinds.json")
LETTERS, ZERO = string.ascii_letters, 26  # a weight is a letter: A is nought, a is -26, Z is 25
# Words are not independent, so that sums grow too sure with length: what n words say is divided by √(n + FEW) and
# multiplied by PULL. Few words then hardly move the prior.
PULL, FEW = 3.0, 10
_MAIL_SOURCES = ("email", "eml", "mbox")
_HEADER = re.compile(
    r"\A\s*(?:(?:from|to|date|sent)\s*:\s*\S.*\n\s*(?:from|to|cc|subject|date|sent)|subject)\s*:", re.IGNORECASE
)
_LETTER = re.compile(r"\A\s*(?:dear|hi|hello|hey|good (?:morning|afternoon))\b[^\n]{0,60}[,:!]?\s*\n", re.IGNORECASE)
_SIGNED = re.compile(
    r"\n\s*(?:best(?: regards| wishes)?|kind regards|regards|thanks|cheers|yours \w+|sincerely)\b[^\n]{0,40},?\s*\n?",
    re.IGNORECASE,
)

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

# Characters looked at, of a turn and in all: about an hour of talk, and a bound for a turn without end.
LONGEST, MOST = 20_000, 60_000


class Model(NamedTuple):
    """Weights in tenths of a natural logarithm, in the order of `kinds`; `least`: the confidence to say anything."""

    kinds: tuple[str, ...]
    prior: tuple[int, ...]
    least: float
    words: dict[str, tuple[int, ...]]


def infer_kind(evidence: Evidence) -> Kind | None:
    """The kind that the words point to, or None where they are not sure enough."""
    conversation = evidence.scene.conversation
    if len(conversation.turns) == 1:
        text = conversation.turns[0].text
        written = (conversation.source or "").lower() in _MAIL_SOURCES
        letter = bool(_LETTER.match(text) and _SIGNED.search(text))
        return "message" if written or _HEADER.match(text) or letter else None
    model = _model()
    kind, sure = told(model, "\n".join(t.text[:LONGEST] for t in conversation.turns[:400])[:MOST])
    return cast(Kind, kind) if sure >= model.least else None


def told(model: Model, text: str) -> tuple[str, float]:
    """The kind that a text's words make likeliest, and how sure that is, from 0 to 1."""
    known = [model.words[w] for w in sorted(words_of(text)) if w in model.words]
    scale = PULL / sqrt(len(known) + FEW)
    total = [prior + scale * sum(w[i] for w in known) for i, prior in enumerate(model.prior)]
    best = max(range(len(total)), key=total.__getitem__)
    return model.kinds[best], 1 / sum(exp((x - total[best]) / 10) for x in total)


def words_of(text: str) -> frozenset[str]:
    """The different words of a text, in small letters."""
    return frozenset(w.replace("’", "'") for w in _WORD.findall(text.lower()))


@cache
def _model() -> Model:
    made = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Model(
        kinds=tuple(made["kinds"]),
        prior=tuple(made["prior"]),
        least=made["least"],
        words={word: tuple(LETTERS.index(x) - ZERO for x in letters) for word, letters in made["words"].items()},
    )
