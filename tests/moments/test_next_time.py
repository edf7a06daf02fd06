"""Next time: open questions for the next conversation, each with its quote (the review's last part; P1, P2)."""

from __future__ import annotations

import re

from duologue.acts.base import Evidence
from duologue.model import Act, Conversation, Moment, Next
from duologue.moments.base import moment
from duologue.moments.next_time import MOST, next_time
from duologue.moments.wording_next import WORDINGS
from duologue.text import scene
from support import talk, whole_turn


def labelled(conversation: Conversation, acts: dict[int, str]) -> Evidence:
    cut = scene(conversation)
    made = []
    for turn, kinds in acts.items():
        span = whole_turn(cut, turn)
        assert span is not None
        made += [Act(kind=kind, span=span, confidence=0.9, by="test") for kind in kinds.split()]
    return Evidence(scene=cut, acts=tuple(made))


def at(evidence: Evidence, kind: str, *turns: int) -> Moment:
    span = whole_turn(evidence.scene, turns[0])
    assert span is not None
    return moment(kind, turns, (span,), why="", confidence=0.9)


def words_of(evidence: Evidence, item: Next) -> list[str]:
    return [evidence.scene.conversation.turns[q.turn].text[q.start : q.end] for q in item.quotes]


def test_what_they_asked_and_was_not_answered_comes_first() -> None:
    """A deflected invitation is asked about in the user's voice, with the other's own words as its quote."""
    conversation = talk(
        "A: Your depots lose a day on every claim.",
        "B: I doubt it. What are you basing that on?",
        "A: We are the leading provider. Shall we book a demo?",
        "B: My people work Sundays because of it.",
        "A: Thursday at two, then.",
    )
    evidence = labelled(conversation, {1: "invitation.basis", 3: "disclosure.personal_impact"})
    found = next_time(evidence, (at(evidence, "deflected_invitation", 1, 2), at(evidence, "dropped_thread", 3, 4)))
    assert len(found) == 2
    assert words_of(evidence, found[0]) == ["What are you basing that on?"]
    assert "“What are you basing that on?”" in found[0].question
    assert "“My people work Sundays because of it”" in found[1].question


def test_an_assumption_is_asked_about_unless_they_put_it_right() -> None:
    """What they corrected at once need not be asked again."""
    conversation = talk(
        "A: You are losing money on every order.",
        "B: Are we now, that is new to me.",
        "A: And nobody trains the new drivers.",
        "B: Every one of them gets three days, actually.",
    )
    evidence = labelled(conversation, {0: "assumption", 2: "assumption", 3: "disagreement"})
    found = next_time(evidence, (at(evidence, "assumed", 0, 1), at(evidence, "assumed", 2, 3)))
    assert [words_of(evidence, n) for n in found] == [["You are losing money on every order."]]


def test_a_concern_that_was_given_its_due_is_not_asked_about() -> None:
    """Only concerns that nobody acknowledged stay open."""
    lines = ("A: It starts in May.", "B: May is too early for us.", "A: I can see that, with the audit on.", "B: Yes.")
    assert next_time(labelled(talk(*lines), {1: "concern", 2: "acknowledgement"}), ()) == ()
    left = next_time(labelled(talk(*lines), {1: "concern", 2: "pitch"}), ())
    assert len(left) == 1 and "May is too early for us" in left[0].question


def test_a_disclosure_that_nobody_followed_stays_open() -> None:
    """A thread left open, even where no moment names it."""
    lines = ("A: It starts in May.", "B: The cold store fails every summer.", "A: It comes in blue.", "B: Does it.")
    found = next_time(labelled(talk(*lines), {1: "disclosure.issue", 2: "information"}), ())
    assert len(found) == 1 and found[0].question.startswith("You said the cold store fails every summer")
    assert next_time(labelled(talk(*lines), {1: "disclosure.issue", 2: "follow_up"}), ()) == ()


def test_what_was_mended_is_left_alone() -> None:
    """A thread that the same speaker took up again is no longer open."""
    lines = ("A: So.", "B: My back hurts.", "A: It comes in blue.", "B: Right.", "A: I went past your back just now.")
    evidence = labelled(talk(*lines), {1: "disclosure.personal_impact"})
    dropped = at(evidence, "dropped_thread", 1, 2)
    assert len(next_time(evidence, (dropped,))) == 1
    assert next_time(evidence, (dropped, at(evidence, "repaired", 1, 2, 4))) == ()


def test_no_two_on_the_same_words_no_wording_twice_and_no_more_than_can_be_asked() -> None:
    """A long list is cut to what one conversation can hold, and reads as written, not as printed."""
    lines = []
    acts: dict[int, str] = {}
    kinds = ("concern", "disclosure.issue", "invitation.why concern", "disclosure.goal", "disclosure.personal_goal")
    for i in range(40):
        lines += [f"A: Here is part number {i} of the brochure.", f"B: Reason number {i} is why we cannot do this."]
        acts[2 * i + 1] = kinds[i % len(kinds)]
    evidence = labelled(talk(*lines), acts)
    moments = tuple(at(evidence, "dropped_thread", t, t + 1) for t, k in acts.items() if "disclosure" in k and t < 78)
    moments += tuple(at(evidence, "deflected_invitation", t, t + 1) for t, k in acts.items() if "invitation" in k)
    found = next_time(evidence, moments)
    assert 4 < len(found) <= MOST
    assert len({n.quotes[0].turn for n in found}) == len(found)
    bare = [re.sub(r"reason number \d+|“.*?”", "{}", n.question, flags=re.I) for n in found]
    assert len(set(bare)) == len(bare)


def test_a_long_sentence_is_cut_between_clauses_and_fillers_and_names_are_left_out() -> None:
    """What is said back is short enough to say aloud; the quote itself stays whole and verbatim."""
    said = (
        "Well, um, Ana, our cold store fails every summer in the heat, and then we drive the milk to the "
        "neighbours, because nobody here can mend it before the autumn."
    )
    conversation = talk("Ana: Go on.", f"B: {said}", "Ana: It comes in blue.", sides={"Ana": "ours", "B": "theirs"})
    found = next_time(labelled(conversation, {1: "disclosure.issue"}), ())
    assert found[0].question.startswith("You said your cold store fails every summer in the heat:")
    assert conversation.turns[1].text[found[0].quotes[0].start : found[0].quotes[0].end] == said


def test_every_wording_is_one_open_question() -> None:
    """Each ends in its only question mark, asks openly, has room for their words once, and accuses nobody (P2)."""
    opening = re.compile(r"\b(?:what|how|where|who|which|why)\b", re.IGNORECASE)
    seen = [w for pool in WORDINGS.values() for w in pool]
    assert len(set(seen)) == len(seen)
    for wording in seen:
        assert wording.count("{") <= 1 and wording.count("?") == 1 and wording.endswith("?")
        assert opening.search(wording), wording
        assert not re.search(r"!|should have|fail|wrong|\bwhy did you\b|\bbut\b", wording, re.IGNORECASE), wording
    assert all(sum("ecall}" in w for w in pool) >= 3 and "{" not in pool[-1] for pool in WORDINGS.values())


def test_what_cannot_be_said_back_is_asked_about_without_its_words() -> None:
    """A sentence whose parts mean something else on their own leaves a plain question; an exclamation none."""
    long = "I would sign the whole thing tomorrow morning with a good heart if the price came down to what we have."
    lines = ("A: It starts in May.", f"B: {long}", "A: It comes in blue.", "B: Does it.")
    [found] = next_time(labelled(talk(*lines), {1: "concern"}), ())
    assert found.question == WORDINGS["concern"][-1]
    bare = ("A: It starts in May.", "B: Blimey.", "A: It comes in blue.", "B: Does it.")
    assert next_time(labelled(talk(*bare), {1: "concern"}), ()) == ()


def test_what_they_ask_about_is_a_term_of_theirs_where_no_clause_can_be() -> None:
    """ "The Friday cut-off" can be gone back to, though the sentence around it cannot."""
    long = "I would sign it tomorrow morning with a good heart, all of it, if only the Friday cut-off were gone."
    lines = ("A: It starts in May.", f"B: {long}", "A: It comes in blue.", "B: Does it.")
    [found] = next_time(labelled(talk(*lines), {1: "concern"}), ())
    assert found.question == "What about the Friday cut-off troubles you most?"


def test_nothing_open_gives_nothing() -> None:
    """No question is made up where none is left."""
    assert next_time(labelled(talk("A: Hello there.", "B: Hello to you."), {}), ()) == ()


def test_a_lone_speaker_has_nobody_to_ask() -> None:
    """One unknown speaker, as captions have: no question to oneself."""
    assert next_time(labelled(talk("X: Our cellar floods every spring.", sides={}), {0: "disclosure.issue"}), ()) == ()
