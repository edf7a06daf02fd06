"""Questions, chains, levels: values known by hand."""

from __future__ import annotations

import pytest

from measuring import found, labelled

LONG = "word " * 46 + "end."


def test_counts_shares_and_rates() -> None:
    """Questions are counted a sentence; shares need five, rates a hundred words (S0.6)."""
    e = labelled(
        "A: {question.open} What happens then?",
        f"B: {LONG}",
        "A: {question.closed follow_up} Does it happen daily? {question.open follow_up} How so?",
        f"B: {LONG}",
        f"A: {LONG} {{question.leading}} Surely you agree? {{question.closed}} Is it blue?",
        f"B: {LONG}",
        f"A: {LONG}",
    )
    assert found(e, "questions", "A").value == 5
    share = found(e, "open_share", "A")
    assert (share.value, share.n) == (0.4, 5)
    assert (share.low, share.high) == pytest.approx((0.1176, 0.7693), abs=1e-3)  # Wilson, 2 of 5
    assert found(e, "follow_up_share", "A").value == 0.4
    words = found(e, "words", "A").value
    assert words and found(e, "questions_per_100_words", "A").value == round(500 / words, 4)
    assert found(e, "questions", "B").value == 0


def test_too_few_to_say() -> None:
    """Below the minimum there is a reason with the count, and no value."""
    e = labelled("A: {question.open} What happens then?", "B: Nothing at all.")
    share = found(e, "open_share", "A")
    assert (share.value, share.n, share.reason) == (None, 1, "too few to say (1 of 5 questions)")
    assert found(e, "questions_per_100_words", "A").reason == "too few to say (3 of 100 words)"
    assert found(e, "question_spread", "A").reason == "too few to say (1 of 5 questions)"


def test_spread_is_the_share_of_quarters_with_a_question() -> None:
    """All questions in the first quarter: a quarter. One in each: the whole."""
    asked = "{question.closed} Is it so?"
    early = labelled(f"A: {' '.join([asked] * 5)}", *[f"B: {LONG}"] * 4)
    assert found(early, "question_spread", "A").value == 0.25
    even = labelled(*[line for _ in range(5) for line in (f"A: {asked}", f"B: {LONG}")])
    assert found(even, "question_spread", "A").value == 1


def test_a_chain_needs_answers_and_ends_with_another_matter() -> None:
    """S3.2: three follow-ups in a row, a reflection between, are a chain of three; one's own next item ends it."""
    up, told = "A: {question.open follow_up} And what then?", "B: {disclosure.issue} Then it breaks again."
    reflected = "A: {reflection} So it breaks."
    assert (
        found(labelled(told, up, told, reflected, told, up, told, up, told), "longest_follow_up_chain", "A").value == 3
    )
    other = "A: {question.closed} What is your budget?"
    assert found(labelled(told, up, told, other, told, up, told), "longest_follow_up_chain", "A").value == 1
    # The last one got no answer; a sign of listening is none.
    assert found(labelled(told, up, told, up), "longest_follow_up_chain", "A").value == 1
    bare = labelled(told, up, "B: {backchannel} Hm.", "A: {information} It rains.")
    assert found(bare, "longest_follow_up_chain", "A").value == 0
    assert (
        found(labelled("A: {question.open} What?"), "longest_follow_up_chain", "A").reason
        == "never spoke after another"
    )


def test_levels_asked_and_answered() -> None:
    """S3.1: three levels into one claim, two of them answered; the pitch is no answer."""
    e = labelled(
        "A: {pitch} Ours halves the returns.",
        "B: {invitation.basis question.open} Where is that from?",
        "A: {information} Twelve sites counted them.",
        "B: {question.open follow_up} Which twelve sites?",
        "A: {pitch} We are the market leader. {information} In Spain.",
        "B: {invitation.more} Tell me more.",
        "A: {information} They are warehouses.",
        "B: {agreement} I see the point now.",
        "A: {call_to_action} Shall we book a demo?",
    )
    assert (found(e, "levels_asked", "A").value, found(e, "levels_asked", "A").n) == (3, 4)
    assert (found(e, "levels_answered", "A").value, found(e, "levels_answered", "A").n) == (2, 3)
    assert found(e, "levels_asked", "side:ours").value == 3
    assert found(e, "levels_asked", "B").reason == "made no claim after which another spoke"


def test_nobody_asked_is_known_and_no_claim_is_not() -> None:
    """0 levels where there was a claim; None where there was none to ask into."""
    e = labelled("A: {pitch} Ours is best.", "B: {disclosure.issue} We lose money.", "A: {reflection} You lose money.")
    assert found(e, "levels_asked", "A").value == 0
    assert found(e, "levels_answered", "A").reason == "nobody asked into a claim of theirs"
