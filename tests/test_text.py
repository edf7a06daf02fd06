"""Sentences, clauses and offsets: every finding points at words through them (P1)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.acts import RULES
from duologue.acts.lexicon import content, overlap, stem, tokens
from duologue.model import Span
from duologue.text import is_punctuated, quote, scene, sentences, words
from support import talk

PIECES = st.sampled_from(
    [
        "so",
        "what do you",
        "think?",
        "Well.",
        "🙂",
        "👩‍🚒",
        "I don't",
        "\n",
        "…",
        "“Yes,”",
        "\x1b[2J",
        "Dr. No",
        "3.5%",
        "e\u0301",
        "and",
    ]
)


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200), st.booleans())
@settings(max_examples=120, deadline=None)
def test_spans_are_exact(text: str, message: bool) -> None:
    """P1: whatever the text (emoji, combining marks, escapes), each span is its sentence; none overlap."""
    at = 0
    for sentence in sentences(text, 3, message=message):
        span = sentence.span
        assert span.turn == 3
        assert at <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == sentence.text == sentence.text.strip()
        at = span.end


@given(st.lists(st.lists(PIECES, max_size=12).map(" ".join), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_acts_point_at_sentences(said: list[str]) -> None:
    """P1: every act of any talk lies on one sentence of its turn, and the same talk gives the same acts."""
    conversation = talk(*(f"{'AB'[i % 2]}: {text}" for i, text in enumerate(said)))
    cut = scene(conversation)
    spans = {s.span for row in cut.sentences for s in row}
    acts = RULES.label(cut)
    assert all(a.span in spans for a in acts)
    assert acts == RULES.label(scene(conversation))


@given(st.text(max_size=300))
@settings(max_examples=80, deadline=None)
def test_no_word_is_lost(text: str) -> None:
    """What is spoken is all in some sentence: a splitter that drops words would hide them from every finding."""
    joined = [w for s in sentences(text) for w in s.words]
    assert "".join(joined) == "".join(words(text))


@pytest.mark.parametrize(
    ("raw", "clauses"),
    [
        (
            "okay so what happened when the pump failed did anybody call you i mean how did you find out",
            ["okay", "so what happened when the pump failed", "did anybody call you", "i mean how did you find out"],
        ),
        (
            "the invoices went out late and nobody told us so we paid twice but the bank sent it back",
            ["the invoices went out late", "and nobody told us", "so we paid twice", "but the bank sent it back"],
        ),
        (
            "tell me more about the night shift what do you do when somebody falls ill",
            ["tell me more about the night shift", "what do you do when somebody falls ill"],
        ),
        (
            "could you uh could you tell me what it was like for them",
            ["could you uh could you tell me what it was like for them"],
        ),
        (
            "i know what you mean and i don't know how they do it",
            ["i know what you mean", "and i don't know how they do it"],
        ),
        (
            "the thing is we were so tired that nobody noticed the smell",
            ["the thing is we were so tired that nobody noticed the smell"],
        ),
    ],
)
def test_raw_speech_is_cut_into_clauses(raw: str, clauses: list[str]) -> None:
    """Recogniser output has no marks: questions and new clauses are told by the order of words."""
    assert [s.text for s in sentences(raw)] == clauses


def test_what_counts_as_punctuated() -> None:
    """A few words need no marks; forty words without any are raw output."""
    assert is_punctuated("yes I think so")
    assert is_punctuated("It broke. We fixed it, and then it broke again the very next day.")
    assert not is_punctuated("it broke we fixed it and then it broke again the very next day")


def test_abbreviations_and_numbers_do_not_end_a_sentence() -> None:
    """A cut at "Dr." or "3.5" would tear a quote in two."""
    found = [s.text for s in sentences("Dr. Sato paid 3.5 million for it. Was it worth it?")]
    assert found == ["Dr. Sato paid 3.5 million for it.", "Was it worth it?"]


def test_headers_and_quotes_of_a_message_are_no_sentences() -> None:
    """Design: header lines are no sentences of the sender's, quoted lines neither, and offsets still count them."""
    text = "From: Ana <ana@example.org>\nTo: Ben\nSubject: What now?\n\nHello Ben. Shall we talk?\n> old words\n\nAna"
    found = sentences(text, message=True)
    assert [s.text for s in found] == ["Hello Ben.", "Shall we talk?", "Ana"]
    assert all(text[s.span.start : s.span.end] == s.text for s in found)
    assert sentences(text)[0].text.startswith("From:")


def test_a_quote_outside_its_turn_is_refused() -> None:
    """P1: no quote, no finding; a span that lies elsewhere must not pass for one."""
    conversation = talk("A: Hello there.")
    assert quote(conversation, Span(turn=0, start=0, end=5)) == "Hello"
    for start, end in ((0, 99), (4, 4), (-1, 3)):
        with pytest.raises(ValueError, match="not within"):
            quote(conversation, Span(turn=0, start=start, end=end))


def test_floors_join_neighbouring_turns() -> None:
    """Design: neighbouring turns of one speaker are one floor; the next turn is the next by somebody else."""
    cut = scene(talk("A: One.", "A: Two.", "B: Three.", "A: Four."))
    assert cut.floor_of == (0, 0, 1, 2)
    before, after = cut.before(2), cut.after(0)
    assert before is not None and list(before.turns) == [0, 1]
    assert after is not None and list(after.turns) == [2]
    assert cut.before(0) is None and cut.after(3) is None


def test_tokens_mean_the_same_however_they_are_spelt() -> None:
    """A variety or a recogniser may write "dont", "don’t" or "do not": the rules see one thing."""
    assert tokens("I don't") == tokens("i dont") == tokens("I don’t") == ("i", "do", "not")
    assert tokens("um it's, uh, the the van") == ("it", "is", ",", "the", "van")
    assert tokens("could you could you stay") == ("could", "you", "stay")


def test_stems_and_content_meet() -> None:
    """Uptake of the other's words rests on this: forms of a word meet, words of talk itself do not count."""
    assert stem("shipments") == stem("shipment") == stem("shipped") == stem("shipping") == stem("ship")
    assert content(words("Well, I think the deliveries were late")) == content(words("a late delivery"))
    assert overlap(content(["van", "driver"]), content(["vans"])) == 0.5
    assert overlap(frozenset(), frozenset(["x"])) == 0.0


@pytest.mark.parametrize(
    "sentence", ["So we did it again and then it broke. ", "well i think so and then we did it again "]
)
def test_time_grows_with_the_words_alone(sentence: str) -> None:
    """A turn of many thousand words, clean or raw, must not take quadratic time."""

    def seconds(times: int) -> float:
        conversation = talk("A: " + sentence * times)
        best = 9.0
        for _ in range(2):
            start = time.perf_counter()
            RULES.label(scene(conversation))
            best = min(best, time.perf_counter() - start)
        return best

    seconds(10)
    assert seconds(1200) < 10 * seconds(300)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("A piece 'bout as wide. Cotton gon' burn now.", 2),
        ("’Cause of the rain. Right?", 2),
        ("honest of u. u cld get a throw. they r cheap", 3),
        ("It's him, forgive me. You've got until ten.", 2),
        ("I was... thinking", 1),
        ("Dr. Okoro rang, approx ten times vs. twice.", 1),
    ],
)
def test_dropped_letters_and_typing_without_capitals_are_cut_alike(text: str, cut: int) -> None:
    """P2: a way of writing is no reason to see less: a dropped letter's mark is no quotation mark."""
    assert len(sentences(text)) == cut
