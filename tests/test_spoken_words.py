"""Words in the text of their turn: what a page plays when one clicks on a word (S2.6)."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from duologue.model import Turn, Word
from duologue.spoken_words import words_in


def turn(text: str, *words: str) -> Turn:
    return Turn(speaker="A", text=text, words=tuple(Word(text=w, start=float(i)) for i, w in enumerate(words)))


def found(text: str, *words: str) -> list[tuple[str, str]]:
    return [(w.text, text[a:b]) for w, a, b in words_in(turn(text, *words))]


SPOKEN = st.lists(st.text(min_size=1, max_size=8).filter(lambda w: w.split() == [w]), max_size=30)


@given(SPOKEN, st.sampled_from([" ", "  ", "\n", "\u00a0 "]))
def test_every_word_of_an_uncorrected_turn_is_found_exactly(spoken: list[str], between: str) -> None:
    """Whatever people say and however it is spelled: emoji, marks alone, scripts of any kind."""
    text = between.join(spoken)
    assert found(text, *spoken) == [(w, w) for w in spoken]


@given(SPOKEN, SPOKEN, st.data())
def test_spans_are_in_order_and_never_overlap_whatever_was_corrected(
    spoken: list[str], instead: list[str], data: st.DataObject
) -> None:
    """A corrected text never gives a span outside it or a word that is somewhere else."""
    at = data.draw(st.integers(0, len(spoken)))
    text = " ".join([*spoken[:at], *instead, *spoken[at + 1 :]])
    last = 0
    for word, start, end in words_in(turn(text, *spoken)):
        assert last <= start < end <= len(text)
        letters = [c for c in word.text.casefold() if c.isalnum()]
        assert [c for c in text[start:end].casefold() if c.isalnum()] == letters
        last = end


def test_words_without_spaces_between_them() -> None:
    """Scripts without spaces: the words tile the text, and a corrected letter loses its own word alone."""
    assert found("你好世界。", "你好", "世界。") == [("你好", "你好"), ("世界。", "世界。")]
    assert found("你好视界很大", "你好", "世界", "很大") == [("你好", "你好"), ("很大", "很大")]


def test_a_corrected_word_is_left_out_and_the_others_keep_their_places() -> None:
    """ "Slightly corrected": one word another, one added, marks and capitals added."""
    assert found("Well, we met Ana Ruiz there.", "well", "we", "met", "Anna", "Ruiz", "there.") == [
        ("well", "Well"),
        ("we", "we"),
        ("met", "met"),
        ("Ruiz", "Ruiz"),
        ("there.", "there."),
    ]


def test_a_word_is_no_part_of_another() -> None:
    """ "I" was not said where the text has "It"; "can not" is no "cannot" that one could play in two halves."""
    assert found("It rains", "I", "rains") == [("rains", "rains")]
    assert found("so we cannot go", "we", "can", "not", "go") == [("we", "we"), ("go", "go")]


def test_marks_of_a_word_belong_to_it_where_the_text_has_them() -> None:
    """A hyphenated word and an apostrophe are one word each."""
    assert found("Oh the twenty-five, don't you?", "the", "twenty-five,", "don't", "you?") == [
        ("the", "the"),
        ("twenty-five,", "twenty-five,"),
        ("don't", "don't"),
        ("you?", "you?"),
    ]


def test_no_words_no_places() -> None:
    """A turn from a transcript has text alone."""
    assert words_in(Turn(speaker="A", text="Hello there")) == ()
    assert words_in(turn("", "gone")) == ()


def test_a_long_corrected_turn_takes_no_long_time() -> None:
    """A monologue of an hour, corrected at both ends: seconds would be felt where a page is made of many turns."""
    spoken = [f"w{i % 700}" for i in range(9000)]
    corrected = ["other", *spoken[1:-1], "other"]
    corrected[4500] = "middle"
    began = time.perf_counter()
    placed = words_in(turn(" ".join(corrected), *spoken))
    assert len(placed) == 8997
    assert time.perf_counter() - began < 5
