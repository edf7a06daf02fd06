"""The sentences of practising users have their form, are varied, and the half for reporting is another one.

The lines that the ear is trained on have theirs, and are none of those that it is measured with.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from corpus.check_users import ASKS, HEARS, MOVES, heard, pieces, users

from support import ROOT

FOLDER = ROOT / "corpus" / "users"
HALVES = ("dev", "kept")
# policy → how many sentences, and how many answers to an invitation, each half has at least: 24 turns of a session
# should not have to repeat one
LEAST = {
    "listener": (48, 15),
    "pitcher": (48, 12),
    "interrogator": (45, 12),
    "flatterer": (45, 12),
    "arguer": (45, 12),
    "silent": (36, 8),
    "parrot": (30, 0),
    "formula": (30, 0),
    "such_as": (1, 0),
    "halting": (48, 12),
}
SINCERE = ("listener", "halting")
EARS = sorted(FOLDER.glob("hears-*.jsonl"))
BARE = 3  # words: signs and minimal replies, which are alike whoever wrote them
PHRASE = 9  # words: the longest that is everybody's has eight (“Where do you see yourself in five years?”)
OPENING, ALIKE = 2, 6  # so many sentences of a policy may begin alike; a run of so many words stands in one half only


def _half(name: str) -> list[dict[str, Any]]:
    return users(FOLDER / f"{name}.jsonl")


def _runs(some: list[dict[str, Any]], length: int) -> set[tuple[str, ...]]:
    said = [pieces(item["text"]) for item in some]
    return {p[n : n + length] for p in said for n in range(len(p) - length + 1)}


@pytest.mark.parametrize("half", HALVES)
def test_every_policy_has_enough_to_say(half: str) -> None:
    """Enough sentences and answers, every move, and an answer to each of the five where a policy answers at all."""
    some = _half(half)
    assert set(LEAST) == set(MOVES)
    for policy, (sentences, answers) in LEAST.items():
        said = [x for x in some if x["policy"] == policy and x["move"] != "answer"]
        answered = [x for x in some if x["policy"] == policy and x["move"] == "answer"]
        assert len(said) >= sentences, policy
        assert len(answered) >= answers, policy
        assert {x["move"] for x in said} == MOVES[policy], policy
        assert not answers or {x["ask"] for x in answered} == set(ASKS), policy


@pytest.mark.parametrize("half", HALVES)
def test_it_can_be_used_in_every_domain(half: str) -> None:
    """Some three in five of a listener's sentences fit everywhere, half of these take up the partner's words."""
    said = [x for x in _half(half) if x["policy"] == "listener" and x["move"] != "answer"]
    anywhere = [x for x in said if x["domain"] == "any"]
    assert 0.5 < len(anywhere) / len(said) < 0.7
    assert 0.4 < sum("{" in x["text"] for x in anywhere) / len(anywhere) < 0.65
    assert min(Counter(x["domain"] for x in said).values()) >= 6


@pytest.mark.parametrize("half", HALVES)
def test_it_does_not_repeat_itself(half: str) -> None:
    """No text comes twice in a half, and no three of a policy begin with the same three words."""
    some = _half(half)
    assert max(Counter(x["text"].casefold() for x in some).values()) == 1
    begun = Counter((x["policy"], pieces(x["text"])[:3]) for x in some)
    assert [opening for opening, times in begun.items() if times > OPENING] == []


def test_the_half_for_reporting_is_another_one() -> None:
    """No text and no run of six words is in both; a silence and a bare echo are alike whoever wrote them."""
    dev, kept = (_half(half) for half in HALVES)
    texts = [{pieces(x["text"]) for x in some} - {(), ("{echo}",), ("{word}",)} for some in (dev, kept)]
    assert texts[0] & texts[1] == set()
    assert _runs(dev, ALIKE) & _runs(kept, ALIKE) == set()


def test_sincere_listeners_use_no_formula() -> None:
    """What the formula says before it asks stands in neither half of those who listen."""
    some = [x for half in HALVES for x in _half(half)]
    stock = {pieces(x["text"].split(". ")[0]) for x in some if x["policy"] == "formula" and ". " in x["text"]}
    assert ("that", "makes", "total", "sense") in stock
    heard = [x for x in some if x["policy"] in SINCERE]
    assert [s for s in stock if len(s) > 1 and s in _runs(heard, len(s))] == []


@pytest.mark.parametrize("half", HALVES)
def test_every_policy_also_talks_as_a_recogniser_writes(half: str) -> None:
    """Some without capitals and without a stop at the end, of every policy that has more than one sentence."""
    raw = {x["policy"] for x in _half(half) if x["text"] == x["text"].lower() and x["text"][-1:].isalpha()}
    assert set(MOVES) - raw <= {"such_as", "parrot"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"policy": "salesman"}, "salesman is no policy"),
        ({"move": "pitch"}, "pitch is no move of listener"),
        ({"domain": "selling"}, "selling is no domain"),
        ({"text": "And {name}?"}, "placeholder"),
        ({"text": "And {word?"}, "placeholder"),
        ({"text": " …"}, "says nothing"),
        ({"text": 3}, "each a string"),
        ({"ask": "invitation.more"}, "are wanted"),
        ({"move": "answer"}, "'ask'"),
        ({"move": "answer", "ask": "invitation.what"}, "invitation.what is no invitation"),
    ],
)
def test_a_sentence_out_of_form_is_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    """Each rule is broken once, and file and line are named."""
    good = {"policy": "listener", "move": "follow_up", "domain": "any", "text": "And {word}?"}
    file = tmp_path / "some.jsonl"
    file.write_text("\n".join(json.dumps(x) for x in (good, good)), encoding="utf-8")
    assert users(file) == [good, good]
    file.write_text("\n".join(json.dumps(x) for x in (good, good | change)), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"some\.jsonl:2: .*{says}"):
        users(file)


def _heard() -> list[dict[str, Any]]:
    return [item for file in EARS for item in heard(file)]


def test_every_class_that_the_ear_knows_has_lines_in_every_domain() -> None:
    """The corpus names the six classes of the model, each has lines in every file, and in every domain."""
    from duologue.practice.ear import HEARS as KNOWN

    assert HEARS == KNOWN
    assert len(EARS) >= 4
    for file in EARS:
        counts = Counter(x["hears"] for x in heard(file))
        assert set(counts) == set(HEARS), file.name
        assert min(counts.values()) >= 30, file.name
    assert {(x["hears"], x["domain"]) for x in _heard()} == {
        (h, d) for h in HEARS for d in ("sales", "managing", "home")
    }


def test_one_line_is_heard_in_one_way() -> None:
    """No text comes twice, bare signs apart; and most of what is said before has answers of several classes, so that it
    does not tell the class by itself."""
    some = _heard()
    twice = [p for p, times in Counter(pieces(x["text"]) for x in some).items() if times > 1]
    assert [p for p in twice if len(p) > BARE] == []
    assert max(Counter((x["before"], pieces(x["text"])) for x in some).values()) == 1
    classes: dict[str, set[str]] = {}
    for x in some:
        classes.setdefault(x["before"], set()).add(x["hears"])
    assert sum(len(c) > 1 for c in classes.values()) / len(classes) > 0.9


@pytest.mark.parametrize("half", HALVES)
def test_the_ear_is_trained_on_nothing_that_it_is_measured_with(half: str) -> None:
    """No text of the scripted users is in it, and no run of nine words; bare signs apart."""
    theirs = _half(half)
    texts = {pieces(x["text"]) for x in theirs}
    some = _heard()
    assert [x["text"] for x in some if len(pieces(x["text"])) > BARE and pieces(x["text"]) in texts] == []
    assert _runs(some, PHRASE) & _runs(theirs, PHRASE) == set()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"hears": "agrees"}, "agrees is nothing"),
        ({"domain": "any"}, "any is no domain"),
        ({"text": " "}, "both wanted"),
        ({"before": "…"}, "both wanted"),
        ({"text": "And {word}?"}, "placeholder"),
        ({"text": None}, "each a string"),
        ({"policy": "listener"}, "are wanted"),
    ],
)
def test_a_line_for_the_ear_out_of_form_is_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    """Each rule is broken once, and file and line are named."""
    good = {"before": "The van is late.", "text": "Again?", "hears": "listens", "domain": "sales"}
    file = tmp_path / "hears-9.jsonl"
    file.write_text(json.dumps(good), encoding="utf-8")
    assert heard(file) == [good]
    file.write_text("\n".join(json.dumps(x) for x in (good, good | change)), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"hears-9\.jsonl:2: .*{says}"):
        heard(file)
