"""The ear: its weights are there and whole, and what it says are probabilities."""

from __future__ import annotations

import math
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue.model.codebook import ACTS
from duologue.practice.ear import EAR, HEARS, Ear, features, grams

THEIRS = "The boiler in the school failed twice this winter."
LINES = ("So twice you stood there.", "Our boilers are the best!", "", "…", "word " * 2000, "Was? 你好 🙂", "you", "?")


def test_the_weights_are_whole() -> None:
    """Six for each feature, of acts that there are; a file that was cut would be heard in every line."""
    weights = EAR.weights
    assert weights.name and set(weights.acts) <= set(ACTS)
    assert {"bias", "shares", "question", "asked"} <= set(weights.features)
    assert any(name.startswith("act:") for name in weights.features)
    for name, row in weights.features.items():
        assert len(row) == len(HEARS) and all(map(math.isfinite, row)), name


def test_its_card_comes_with_it() -> None:
    """What it was trained on, how well it does and where it fails."""
    assert len(files("duologue.practice.ear").joinpath("CARD.md").read_text("utf-8")) > 500


def test_the_weights_are_read_when_the_first_line_comes() -> None:
    """`duologue --help` waits for no model."""
    ear = Ear()
    assert "weights" not in vars(ear)
    ear.hears("Hello.", "", {}, asked=False)
    assert "weights" in vars(ear)


probabilities = st.dictionaries(st.sampled_from(sorted(ACTS)), st.floats(0, 1), max_size=6)


@given(text=st.text(max_size=80) | st.sampled_from(LINES), acts=probabilities, asked=st.booleans())
def test_six_probabilities_that_sum_to_one(text: str, acts: dict[str, float], asked: bool) -> None:
    found = EAR.hears(text, THEIRS, acts, asked=asked)
    assert tuple(found) == HEARS
    assert all(0 <= v <= 1 for v in found.values()) and math.isclose(sum(found.values()), 1)
    assert EAR.hears(text, THEIRS, acts, asked=asked) == found


@pytest.mark.parametrize("text", LINES)
def test_features_are_the_same_each_time_and_each_comes_once(text: str) -> None:
    kinds = EAR.weights.acts
    found = list(features(text, THEIRS, {}, asked=True, kinds=kinds))
    assert found == list(features(text, THEIRS, {}, asked=True, kinds=kinds))
    assert len({name for name, _ in found}) == len(found)
    assert all(math.isfinite(value) for _, value in found)


def test_what_it_rests_on_beside_the_words() -> None:
    """What was said before, the acts, and whether they had asked: none of them is forgotten."""
    plain = dict(features("How was the boiler then?", THEIRS, {}, asked=False, kinds=["pitch"]))
    assert plain["shares"] > 0 and plain["question"] == 1 and plain["asked"] == 0
    assert dict(features("How was the boiler then?", "", {}, asked=False, kinds=["pitch"]))["shares"] == 0
    sold = dict(features("How was the boiler then?", THEIRS, {"pitch": 0.99}, asked=True, kinds=["pitch"]))
    assert sold["act:pitch"] > 0 > plain["act:pitch"] and sold["asked"] == 1
    assert math.isfinite(dict(features("x", "", {"pitch": 1.0}, asked=False, kinds=["pitch"]))["act:pitch"])


def test_the_acts_move_it() -> None:
    """The same words, taken for a pitch or for a reflection."""
    said = "You have had two of them this winter."
    sold = EAR.hears(said, THEIRS, {"pitch": 0.95}, asked=False)
    given_back = EAR.hears(said, THEIRS, {"reflection": 0.95}, asked=False)
    assert given_back["listens"] > sold["listens"] and sold["sells"] > given_back["sells"]


def test_words_and_pairs_with_where_a_line_begins_and_ends() -> None:
    """Each once, small letters, one apostrophe."""
    assert grams("So, you’re in. You're in!") == [
        "so",
        "you're",
        "in",
        "^ so",
        "so you're",
        "you're in",
        "in you're",
        "in $",
    ]
    assert grams("") == ["^ $"]
