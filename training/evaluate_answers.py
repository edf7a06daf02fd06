"""The figures of the model card on answers to invitations: through the judge that ships, on what was kept aside.

Each judgement of an answer is a claim like that of an act (`Said`), its group of answers the item. Needs no torch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.moments_pairs import agreed, second, written

from duologue.acts import DEFAULT
from duologue.acts.base import Exchange, Judge, Judgement
from training.evaluate_figures import Said
from training.examples import JUDGEMENTS, Example, answers, as_raw, kept_aside, parts

KINDS_OF_PAIRS = ("answered_invitation", "deflected_invitation")
# A cue in the answer's words that goes with a judgement: what the judge has to be worth more than.
NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|twice|third|quarter)\b",
    re.IGNORECASE,
)
CUES = {"specific": NUMBER, "hands_back": re.compile(r"\?")}


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPairs:
    """Answers of the contrast pairs kept aside: how many were judged as people did, and in how many pairs both were."""

    items: int
    right: int
    both: int


def kept() -> list[Example]:
    """The answers that nothing was trained or chosen on, by group."""
    return parts(answers())[2]


def judged(some: Sequence[Example], *, raw: bool = False) -> list[Said]:
    """The four judgements of each answer. `raw`: no capitals, no marks. A judgement is made from .5 on."""
    read = _judge([_exchange(as_raw(e) if raw else e) for e in some])
    return [
        _said(e, name, getattr(given, name), getattr(given, name) >= 0.5)
        for e, given in zip(some, read, strict=True)
        for name in JUDGEMENTS
    ]


def by_cue(some: Sequence[Example], name: str) -> list[Said]:
    """A judgement of each answer by its cue alone; every answer gets it where it has none."""
    cue = CUES.get(name)
    found = [cue is None or bool(cue.search(e.sentences[0].text)) for e in some]
    return [_said(e, name, float(claimed), claimed) for e, claimed in zip(some, found, strict=True)]


def denied(some: Sequence[Said]) -> list[Said]:
    """The same judgements with yes and no in each other's place: what `f1` says of the noes."""
    return [replace(x, said=not x.said, true=not x.true) for x in some]


def on_pairs() -> OnPairs:
    """Pairs whose items are a claim, an invitation and an answer, that a second coder did not see otherwise: is an
    answer that meets the invitation judged responsive (.5 and more), and one that does not, not?"""
    some = [x for x in agreed(written(), second()) if x["kind"] in KINDS_OF_PAIRS and kept_aside(x)]
    some.sort(key=lambda x: str(x["pair"]))
    exchanges = []
    for x in some:
        claim, asked, answer = (" ".join(row[0] for row in t["sentences"]) for t in x["turns"])
        exchanges.append(Exchange(claim=claim, asked=asked, answer=answer))
    right = [
        (given.responsive >= 0.5) == (x["label"] == (x["kind"] == "answered_invitation"))
        for x, given in zip(some, _judge(exchanges), strict=True)
    ]
    both = sum(a and b for a, b in zip(right[::2], right[1::2], strict=True))
    return OnPairs(items=len(some), right=sum(right), both=both)


def _judge(exchanges: Sequence[Exchange]) -> tuple[Judgement, ...]:
    if not isinstance(DEFAULT, Judge):
        raise TypeError(f"{DEFAULT.name} judges no answers")
    return DEFAULT.judge(exchanges)


def _exchange(e: Example) -> Exchange:
    return Exchange(claim=e.claim, asked=e.before, answer=e.sentences[0].text)


def _said(e: Example, name: str, probability: float, claimed: bool) -> Said:
    answer = e.sentences[0]
    return Said(
        item=e.group, kind=name, probability=probability, said=claimed, true=name in answer.acts, text=answer.text,
        domain=e.domain,
    )  # fmt: skip
