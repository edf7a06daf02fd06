"""Reflecting and telling, uptake, focus: values known by hand."""

from __future__ import annotations

from duologue.measures.uptake import taken_up
from duologue.text import words
from measuring import found, labelled

ASK = "B: {question.open} How does that work?"
SAY = "B: {disclosure.issue} We lose a lot of parcels."


def test_reflections_to_questions() -> None:
    """Turns with a reflection for each turn with a question, each once a turn, as MITI counts a volley."""
    both = "A: {reflection} So they are lost. {reflection} Every week. {question.open} And then?"
    asked = "A: {question.open} What else? {question.closed} Is it far?"
    e = labelled(*[line for turn in (both, both, asked, asked, asked) for line in (SAY, turn)])
    ratio = found(e, "reflections_to_questions", "A")
    assert (ratio.value, ratio.n) == (0.4, 5)
    few = found(labelled(SAY, both), "reflections_to_questions", "A")
    assert (few.value, few.reason) == (None, "too few to say (1 of 5 turns with a question)")


def test_telling_asked_for_and_not() -> None:
    """S2.2: an answer is told and asked for; the same sentence after a disclosure nobody asked for."""
    told = "A: {information} It runs at night. {pitch} Nothing else does."
    e = labelled(ASK, told, SAY, told, SAY, told, SAY, "A: One more. And two. And three. And four.")
    asked, unasked = found(e, "told_asked", "A"), found(e, "told_unasked", "A")
    assert (asked.value, asked.n) == (0.2, 10)
    assert unasked.value == 0.4


def test_leave_asked_for_and_given_makes_it_asked() -> None:
    """S4.0: after “may I” and a yes, telling is no longer unasked; after “may I” and no yes it is."""
    may, tell = "A: {permission question.closed} May I say what I saw?", "A: " + "{advice} Try the night run. " * 10
    yes, hm = "B: {agreement} Please do that.", "B: {disclosure.issue} We lost them."
    assert found(labelled(SAY, may, yes, tell), "told_unasked", "A").value == 0
    assert found(labelled(SAY, may, hm, tell), "told_unasked", "A").value == round(10 / 11, 4)


def test_a_colleagues_question_is_not_the_others() -> None:
    """With two on our side, what one asks the other did not come from the other."""
    e = labelled(
        SAY,
        "A: {question.open} How does ours do that?",
        "C: " + "{pitch} Ours is best. " * 10,
        sides={"A": "ours", "C": "ours", "B": "theirs"},
    )
    assert found(e, "told_unasked", "C").value == 1


def test_reflection_less_unasked_telling() -> None:
    """The line that research found: turns with a reflection less turns with unasked telling, over at least ten."""
    reflect, tell, other = "A: {reflection} You lose them.", "A: {advice} Try the night run.", "A: {question.open} How?"
    turns = [reflect] * 5 + [tell] * 2 + [other] * 3
    e = labelled(*[line for t in turns for line in (SAY, t)])
    minus = found(e, "reflection_minus_unasked_telling", "A")
    assert (minus.value, minus.n) == (0.3, 10)
    short = found(labelled(SAY, reflect), "reflection_minus_unasked_telling", "A")
    assert (short.value, short.reason) == (None, "too few to say (1 of 10 turns)")


def test_uptake_joins_word_forms_and_skips_empty_words() -> None:
    """Two of the four content words come back, one in another form; “the” and “we” count for nothing."""
    heard = list(words("we ship the parcels late every winter"))
    assert taken_up(heard, list(words("So shipping a parcel, the cost is what we see"))) == 0.5
    assert taken_up(list(words("yes we do")), list(words("yes"))) is None


def test_uptake_is_the_mean_over_replies() -> None:
    """Five replies at least; half of them take up both words, half none."""
    take, leave, said = "A: Late parcels again.", "A: Our brochure explains everything.", "B: We have late parcels."
    e = labelled(*[line for t in (take, leave, take, leave, take, leave) for line in (said, t)])
    assert (found(e, "uptake", "A").value, found(e, "uptake", "A").n) == (0.5, 6)
    assert found(labelled(said, take), "uptake", "A").reason == "too few to say (1 of 5 replies)"


def test_self_focus_counts_forms() -> None:
    """S1.2: eight of ten point at the speaker's own side, contractions among them."""
    e = labelled("A: We've grown. I'm proud. Our team and my boss. I see us, we win, me too. You're next, your call.")
    focus = found(e, "self_focus", "A")
    assert (focus.value, focus.n) == (0.8, 10)
    assert found(labelled("A: I see."), "self_focus", "A").reason == "too few to say (1 of 10 pronouns)"
