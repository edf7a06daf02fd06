"""`scenario check`: each rule finds what it is for, and every partner that comes with the package passes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.practice.making.checking import Finding, check
from duologue.practice.making.enough import CELLS
from duologue.practice.making.writing import template
from duologue.practice.scenario import (
    LISTENING,
    SHIPPED,
    TEMPERAMENTS,
    Asks,
    Fact,
    Issue,
    Layer,
    LettingGo,
    Lines,
    Person,
    PushesBack,
    Scenario,
    Trigger,
)


def _template() -> dict[str, Any]:
    import yaml

    value: dict[str, Any] = yaml.safe_load(template("test-partner"))
    return value


def _layer(value: dict[str, Any], id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(la for issue in value["issues"] for la in issue["layers"] if la["id"] == id)
    return found


def _check(value: dict[str, Any]) -> tuple[Finding, ...]:
    return check(msgspec.convert(value, Scenario))


def _errors(value: dict[str, Any]) -> list[str]:
    return [f"{f.where}: {f.what}" for f in _check(value) if f.level == "error"]


@pytest.mark.parametrize("name", sorted(SHIPPED.paths))
def test_every_partner_that_comes_with_the_package_holds(name: str) -> None:
    assert [f for f in check(SHIPPED.get(name)) if f.level == "error"] == []


def test_the_template_holds_as_it_stands() -> None:
    assert _check(_template()) == ()


def test_a_circle_is_named() -> None:
    value = _template()
    _layer(value, "backlog")["after"] = ["promise"]
    _layer(value, "backlog")["trust"] = 0.5
    assert any("wait for each other" in e and "backlog" in e and "promise" in e for e in _errors(value))


def test_a_layer_after_itself_is_a_circle() -> None:
    value = _template()
    _layer(value, "backlog")["after"] = ["backlog"]
    assert any("backlog → backlog" in e for e in _errors(value))


def test_two_circles_are_both_named() -> None:
    value = _template()
    for a, b in (("backlog", "promise"), ("evenings", "races")):
        _layer(value, a).update(after=[b], trust=0.5)
        _layer(value, b).update(after=[a], trust=0.5)
    assert sum("wait for each other" in e for e in _errors(value)) == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"after": ["nobody"]}, "there is no such layer"),
        ({"trust": 0.4}, "takes less trust (0.4) than “backlog”"),
        ({"trust": 1.5}, "trust goes from 0 to 1"),
        ({"earned_by": []}, "nothing opens it"),
        ({"keys": []}, "it has no key"),
        ({"keys": ["submarine"]}, "none of its keys stands in what it says"),
        ({"says": [{"warm": "I keep my word on Fridays, mostly."}]}, "no words for the temperament brisk"),
        ({"says": []}, "no words for the temperament warm"),
        ({"more": ["It was {claim} that did it."]}, "filled in only where they ask"),
        ({"more": ["It was {name} that did it."]}, "would be said as it stands"),
        ({"more": [" "]}, "there is an empty line"),
        ({"id": "backlog"}, "2 of this id"),
    ],
)
def test_what_cannot_be_played_is_an_error(change: dict[str, Any], says: str) -> None:
    value = _template()
    if change.get("trust") == 0.4:
        _layer(value, "backlog")["trust"] = 0.45
    _layer(value, "promise").update(change)
    assert any(says in e for e in _errors(value)), _errors(value)


def test_a_layer_that_even_the_best_listener_never_hears() -> None:
    """Thirty layers do not fit into a session; what is left over is found by playing, not by counting."""
    value = _template()
    value["issues"][0]["layers"] += [
        {
            "id": f"n{i}",
            "cell": "issue",
            "about": f"number {i}",
            "trust": 0.25,
            "keys": [f"keyword{i}"],
            "says": [f"There is the matter of keyword{i}."],
        }
        for i in range(30)
    ]
    assert any("nobody hears it in 24 lines" in e for e in _errors(value))


@pytest.mark.parametrize("place", ["opens", "you", "fact", "more", "trigger", "lines", "asks", "layer"])
def test_a_key_is_found_wherever_it_may_come_too_early(place: str) -> None:
    """“Head torch” gives the evenings away; every text that may come before is read."""
    value, text = _template(), "You should see my head-torch."
    if place in ("opens", "you"):
        value[place] = text
    elif place == "fact":
        value["facts"][0]["says"] += [text]
    elif place == "more":
        _layer(value, "backlog")["more"] += [text]
    elif place == "trigger":
        value["triggers"][0]["says"] += [text]
    elif place == "lines":
        value["lines"]["cools"] = [{"brisk": text}]
    elif place == "asks":
        value["lines"]["asks"]["why"] = [text]
    else:
        _layer(value, "promise")["says"][0]["wary"] += f" {text}"
    assert any("“head torch” gives layer “evenings” away" in e for e in _errors(value))


def test_what_comes_after_a_layer_may_name_it() -> None:
    value = _template()
    _layer(value, "races")["more"] += ["With a head torch you could even do it at night."]
    value["lines"]["forward"] = ["I'll put the head torch in a drawer, for a start."]
    assert _errors(value) == []


def test_two_numbers_for_one_thing() -> None:
    """In one fact it is an error; across the file it is a question, for both may be true."""
    value = _template()
    value["facts"][0]["says"] = ["We have forty regulars.", "There's 50 regulars, about."]
    assert any("one matter, told in two ways" in e for e in _errors(value))
    value["facts"][0]["says"] = ["We have forty regulars."]
    _layer(value, "backlog")["more"] += ["There's fifty regulars in here every week."]
    found = [f for f in _check(value) if "two numbers" in f.what]
    assert [f.level for f in found] == ["advice"]


@pytest.mark.parametrize(
    "texts",
    [
        ("Around forty regulars.", "Forty regulars, more or less."),
        ("Two hours a day.", "Nine hours a day."),
        ("Eleven bikes are done and nineteen bikes are not.", "Nineteen bikes wait."),
        ("One bike at a time.", "Two bikes hang there."),
    ],
)
def test_numbers_that_do_not_contradict(texts: tuple[str, str]) -> None:
    """The same number in other words; measures; a text that knows both; “one”, which is mostly no number."""
    value = _template()
    value["facts"][0]["says"] = list(texts)
    assert [f for f in _check(value) if "two numbers" in f.what or "two ways" in f.what] == []


def test_the_same_sentence_twice_cannot_be_said_twice() -> None:
    value = _template()
    same = "I wouldn't know where to look."
    value["lines"]["vague"] += [f"Hm. {same}"]
    value["lines"]["cools"] = [same]
    assert any("the same sentence as at" in e for e in _errors(value))
    # Two temperaments never meet.
    value["lines"]["vague"][-1] = {"warm": same}
    value["lines"]["cools"] = [{"brisk": same}]
    assert _errors(value) == []


def test_advice_is_given_and_leaves_the_choice() -> None:
    """Deep for a mere question; opened in one way alone; no layer for a beginner; a cell that is missing; few lines."""
    value = _template()
    del _layer(value, "promise")["earned_by"]
    _layer(value, "races")["earned_by"] = ["reflected"]
    _layer(value, "backlog")["trust"] = 0.4
    _layer(value, "evenings")["cell"] = "issue"
    _layer(value, "backlog")["keys"] += ["submarine", "Look"]
    del value["lines"]
    said = [f"{f.where}: {f.what}" for f in _check(value)]
    assert _errors(value) == []
    for part in (
        "a mere question opens it",
        "only this opens it: reflected",
        "every layer takes more trust than",
        "no layer fills the cell personal_impact",
        "“submarine” stands nowhere",
        "no lines of their own",
        "the house's lines hold the key “Look”",
    ):
        assert any(part in s for s in said), (part, said)


def test_asks_with_and_without_a_claim() -> None:
    value = _template()
    value["lines"]["asks"]["basis"] = ["Says who?"]
    value["lines"]["asks"]["why"] = ["“{claim}”, and why is that?"]
    said = [f"{f.where}: {f.what}" for f in _check(value)]
    assert any(s.startswith("asks.basis: none of them holds {claim}") for s in said)
    assert any(s.startswith("asks.why: every one of them holds {claim}") for s in said)


def test_nobody_can_ask_for_it() -> None:
    value = _template()
    value["facts"][0]["asked"] = ["what", "is"]
    value["triggers"][0]["words"] = ["…"]
    assert any("no question asks for it" in e for e in _errors(value))
    assert any("trigger 1" in e for e in _errors(value))


def test_empty_all_through() -> None:
    """Nothing at all is not a partner, and nothing breaks over it."""
    value = _template() | {"issues": [], "temperaments": [], "lines": {}, "triggers": [], "facts": []}
    del value["lines"]
    assert any("there is no layer" in e for e in _errors(value))
    assert any("nobody can be played" in e for e in _errors(value))


def test_letting_go_after_a_layer_that_is_not_there() -> None:
    value = _template() | {"letting_go": {"after": "nowhere", "why": "They have no need."}}
    assert any(e.startswith("letting_go") for e in _errors(value))


def test_the_same_scenario_gives_the_same_findings() -> None:
    value = _template()
    _layer(value, "promise")["trust"] = 2
    assert _check(value) == _check(value)
    assert [f.level for f in _check(value)] == sorted((f.level for f in _check(value)), key=["error", "advice"].index)


def test_the_guide_names_every_key() -> None:
    """docs/scenarios.md is what somebody writes by: a key that is not there would never be found."""
    guide = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text("utf-8")
    structs = (Scenario, Person, Issue, Layer, Fact, Trigger, Lines, PushesBack, Asks, LettingGo)
    fields = {name for struct in structs for name in struct.__struct_fields__}
    wanted = fields | set(LISTENING) | set(TEMPERAMENTS) | set(CELLS)
    assert sorted(w for w in wanted if not re.search(rf"\b{w}\b", guide)) == []


_IDS = st.sampled_from(["a", "b", "c", ""])
_WORDS = st.sampled_from(
    ["", " ", "{claim}", "{", "Forty bins.", "Two bins, honestly.", "We lost the audit.", "…", "🙂"]
)
_LAYERS = st.lists(
    st.fixed_dictionaries(
        {
            "id": _IDS,
            "cell": st.sampled_from(CELLS),
            "about": _WORDS,
            "trust": st.floats(allow_nan=False, min_value=-2, max_value=3),
            "says": st.lists(_WORDS, max_size=2),
            "keys": st.lists(_WORDS, max_size=2),
            "after": st.lists(_IDS, max_size=2),
            "earned_by": st.lists(st.sampled_from(LISTENING), max_size=2),
        }
    ),
    max_size=4,
)


@settings(max_examples=15)
@given(layers=_LAYERS, opens=_WORDS)
def test_whatever_a_file_holds_the_check_says_something_and_does_not_break(
    layers: list[dict[str, Any]], opens: str
) -> None:
    value = _template() | {"issues": [{"id": "i", "about": "x", "layers": layers}], "opens": opens}
    for f in _check(value):
        assert f.what and f.where and f.next
