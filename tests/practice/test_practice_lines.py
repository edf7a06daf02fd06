"""The house's own lines: there are enough of them for every temperament, none comes twice, and an ask is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec
import pytest

from duologue.acts import DEFAULT
from duologue.model import Conversation, Speaker, Turn
from duologue.practice.scenario import TEMPERAMENTS, Wording, wordings
from duologue.practice.voices.lines import HouseLines, house_lines
from duologue.text import scene

LEAST = {
    **{"confirms": 14, "opens_up": 10, "thinks": 8, "vague": 20, "unheard": 10, "silence": 10, "nothing_more": 10},
    **{"cools": 16, "leaves": 8, "leaves_well": 8, "warms": 12, "forward": 6, "small": 8, "hello": 6},
    **{"pushes_back": 12, "asks": 8, "asks_again": 8, "asks_deeper": 6},
    **{"puzzled_foreign": 6, "puzzled_order": 8, "puzzled_flood": 6, "puzzled": 6},
}
CLAIM = "most of the rework starts with how people hand over between shifts"
# What the user has just said when each kind of ask comes: a claim; something that puts the ask off; an answer to it.
BEFORE = {
    "asks": f"{CLAIM.capitalize()}.",
    "asks_again": "Let me show you on Thursday, that would be the easiest. Shall we say ten?",
    "asks_deeper": "Because the notes are written after the shift, so half of it is already forgotten.",
}


def _lists(holder: msgspec.Struct, within: str = "") -> Iterator[tuple[str, list[Wording]]]:
    for name in holder.__struct_fields__:
        value = getattr(holder, name)
        if isinstance(value, list):
            yield within + name, value
        else:
            yield from _lists(value, f"{within}{name}.")


LISTS = dict(_lists(house_lines()))
TEXTS = [
    (name, text)
    for name, lines in LISTS.items()
    for line in lines
    for text in ([line] if isinstance(line, str) else line.values())
]
ASKS = [(name, text) for name, text in TEXTS if name.startswith("asks")]
PEOPLE = (Speaker(id="you", name="You", side="ours"), Speaker(id="partner", name="Partner", side="theirs"))


def _acts(before: str, text: str) -> set[str]:
    said = (("partner", "It has been a hard few months for me."), ("you", before), ("partner", text))
    talk = Conversation(id="x", speakers=PEOPLE, turns=tuple(Turn(speaker=who, text=t) for who, t in said))
    return {act.kind for act in DEFAULT.label(scene(talk)) if act.span.turn == 2}


@pytest.mark.parametrize("temperament", TEMPERAMENTS)
def test_enough_for_a_session(temperament: str) -> None:
    """A list that runs dry makes a partner repeat themselves or look away."""
    few = {n: len(wordings(v, temperament)) for n, v in LISTS.items()}  # type: ignore[arg-type]
    assert {n: k for n, k in few.items() if k < LEAST[n.split(".")[0]]} == {}


def test_no_sentence_comes_twice() -> None:
    """What was said is remembered by the sentence: two lines that share one could not both be said."""
    cut = (s for _, text in TEXTS for s in re.split(r"(?<=[.?!…])\s+", text))
    times = Counter(re.sub(r"[^\w' {}]", "", s.lower()).strip() for s in cut)
    assert [s for s, n in times.items() if n > 1] == []


def test_every_line_ends() -> None:
    """Only a lead-in may trail off."""
    open_ended = [t for n, t in TEXTS if not re.search(r"[.?!]$", t) and n not in ("opens_up", "thinks")]
    assert open_ended == []
    assert [t for n, t in TEXTS if n in ("opens_up", "thinks") and t[-1] not in ".…"] == []


def test_confirming_is_short_and_more_than_yes() -> None:
    for name, text in TEXTS:
        if name == "confirms":
            assert 2 <= len(text.split()) <= 8, text
            assert not re.match(r"(?i)(yes|yeah|yep|no)\b", text), text


@pytest.mark.parametrize("temperament", TEMPERAMENTS)
def test_a_claim_is_quoted_by_half_of_the_first_asks_only(temperament: str) -> None:
    """Asked again or deeper there may be no claim to quote; a quotation stands in quotation marks, as it was said."""
    for name, lines in LISTS.items():
        said = wordings(lines, temperament)  # type: ignore[arg-type]
        quoting = [t for t in said if "{" in t]
        assert all(t.count("“{claim}”") == t.count("{") == 1 for t in quoting)
        if name.startswith("asks."):
            assert len(quoting) >= 4 and len(said) - len(quoting) >= 4, name
        else:
            assert not quoting, name


def test_an_ask_is_heard_as_one() -> None:
    """A session is reviewed like any other: an invitation that nobody recognises cannot be answered or deflected."""
    missed = [t for n, t in ASKS if not _invites(_acts(BEFORE[n.split(".")[0]], t.replace("{claim}", CLAIM)))]
    assert len(missed) <= 0.15 * len(ASKS), missed


def _invites(acts: set[str]) -> bool:
    return any(kind.startswith("invitation.") for kind in acts)


def test_nobody_is_a_customer() -> None:
    """The same lines are said at home and in a team (S4.3)."""
    trade = re.compile(r"(?i)\b(customers?|products?|compan(y|ies)|demo|vendor|price|budget|contract|business)\b")
    assert [t for _, t in TEXTS if trade.search(t)] == []


def test_a_slip_in_the_file_is_an_error() -> None:
    """The schema is what keeps "errors impossible" true: an unknown list, or a missing one, does not pass."""
    raw = msgspec.to_builtins(house_lines())
    assert msgspec.convert(raw, HouseLines) == house_lines()
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(raw | {"vauge": []}, HouseLines)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({k: v for k, v in raw.items() if k != "puzzled"}, HouseLines)
