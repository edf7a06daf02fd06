"""Context: what came to light about the other, how deeply, and who brought it out (S3.5)."""

from __future__ import annotations

from duologue.acts.base import Evidence
from duologue.model import Act, ContextCell, Conversation
from duologue.model.codebook import CELLS
from duologue.moments.base import moment
from duologue.moments.context import context_cells
from duologue.text import scene
from support import talk, whole_turn


def labelled(conversation: Conversation, acts: dict[int, str]) -> Evidence:
    """Evidence with the acts named, each over its whole turn: `{0: "follow_up question.open"}`."""
    cut = scene(conversation)
    made = []
    for turn, kinds in acts.items():
        span = whole_turn(cut, turn)
        assert span is not None
        made += [Act(kind=kind, span=span, confidence=0.9, by="test") for kind in kinds.split()]
    return Evidence(scene=cut, acts=tuple(sorted(made, key=lambda a: (a.span.turn, a.span.start, a.kind))))


def cells(evidence: Evidence) -> dict[str, ContextCell]:
    return {c.name: c for c in context_cells(evidence, ())}


TALK = (
    "A: What brings you here?",
    "B: The boiler leaks.",
    "A: Where does it leak?",
    "B: At the back, by the valve.",
    "A: And what happens then?",
    "B: The cellar floods and the shop shuts.",
)


def test_nothing_said_is_depth_nought() -> None:
    """A cell that was not touched says so, with no quote and nobody named."""
    found = cells(labelled(talk(*TALK), {0: "question.open"}))
    assert list(found) == list(CELLS)
    assert all(c.depth == 0 and not c.quotes and not c.brought_out_by for c in found.values())


def test_said_once_in_passing_is_named() -> None:
    """Volunteered in a few words: depth 1, brought out by nobody."""
    found = cells(labelled(talk("A: Good morning.", "B: The boiler leaks."), {1: "disclosure.issue"}))
    assert found["business_issues"].depth == 1
    assert found["business_issues"].brought_out_by == ()


def test_an_answer_to_a_question_is_explained_and_says_who_asked() -> None:
    """Brought out by a question, ten words explain; the asker's id and the words as its quote stand beside it."""
    told = "The boiler leaks at the back, by the valve, whenever the heating has run overnight."
    evidence = labelled(talk(TALK[0], f"B: {told}"), {0: "question.open", 1: "disclosure.issue"})
    cell = cells(evidence)["business_issues"]
    assert (cell.depth, cell.brought_out_by) == (2, ("A",))
    assert evidence.scene.conversation.turns[1].text[cell.quotes[0].start : cell.quotes[0].end] == told


def test_a_short_answer_only_names() -> None:
    """Three words in answer to a question name an issue, and explain nothing yet."""
    evidence = labelled(talk(*TALK[:2]), {0: "question.open", 1: "disclosure.issue"})
    cell = cells(evidence)["business_issues"]
    assert (cell.depth, cell.brought_out_by) == (1, ("A",))


def test_many_words_explain_without_a_question() -> None:
    """Volunteered at some length is explained, and still brought out by nobody."""
    long = "B: " + "The boiler leaks at the back and the cellar floods and we have to shut the shop every week. " * 2
    cell = cells(labelled(talk("A: Good morning.", long), {1: "disclosure.issue"}))["business_issues"]
    assert (cell.depth, cell.brought_out_by) == (2, ())


def test_two_answered_follow_ups_are_explored() -> None:
    """Depth 3 is reached over follow-ups that were answered, even where the answers in between are plain facts."""
    acts = {
        0: "question.open",
        1: "disclosure.issue",
        2: "follow_up",
        3: "information",
        4: "follow_up",
        5: "information",
    }
    assert cells(labelled(talk(*TALK), acts))["business_issues"].depth == 3


def test_a_follow_up_that_nobody_answered_explores_nothing() -> None:
    """The last follow-up has no answer: one answered follow-up is not two."""
    acts = {1: "disclosure.issue", 2: "follow_up", 3: "information", 4: "follow_up"}
    assert cells(labelled(talk(*TALK[:5]), acts))["business_issues"].depth == 1


def test_follow_ups_on_another_matter_explore_nothing() -> None:
    """Once the coached side has left the matter, later follow-ups are on something else."""
    acts = {1: "disclosure.issue", 2: "pitch", 3: "information", 4: "follow_up", 5: "information"}
    assert cells(labelled(talk(*TALK), acts))["business_issues"].depth == 1


def test_what_follows_a_scheduling_question_was_volunteered() -> None:
    """The ruling on `uncovered`: a question about the next meeting brought nothing out."""
    evidence = labelled(
        talk("A: Shall we say Thursday?", "B: My son is ill, I hardly sleep."),
        {0: "question.closed call_to_action", 1: "disclosure.personal_impact"},
    )
    assert cells(evidence)["personal_impact"].brought_out_by == ()


def test_an_uncovered_moment_bridges_a_side_exchange() -> None:
    """A side exchange may lie between question and answer: the moment says who asked."""
    conversation = talk("A: What worries you?", "C: Coffee, anyone?", "B: I may lose my job.")
    evidence = labelled(conversation, {0: "question.open", 2: "disclosure.personal_impact"})
    span = whole_turn(evidence.scene, 2)
    assert span is not None
    uncovered = moment("uncovered", (0, 2), (span,), why="", confidence=0.9)
    found = {c.name: c for c in context_cells(evidence, (uncovered,))}
    assert found["personal_impact"].brought_out_by == ("A",)


def test_only_the_other_is_in_the_cells() -> None:
    """The coached side's own troubles are not what came to light about the other."""
    found = cells(labelled(talk("A: My boss is on my back.", "B: Oh dear."), {0: "disclosure.personal_impact"}))
    assert found["personal_impact"].depth == 0


def test_without_sides_everybody_is_the_other() -> None:
    """A symmetric review takes everybody's disclosures, and an asker is never the one who answered."""
    evidence = labelled(talk(*TALK[:2], sides={}), {0: "question.open", 1: "disclosure.issue"})
    cell = cells(evidence)["business_issues"]
    assert (cell.depth, cell.brought_out_by) == (1, ("A",))


def test_a_drill_down_explores_the_issue() -> None:
    """Three follow-ups on one matter, found as a moment, are depth 3 for the issue that was on the table."""
    evidence = labelled(talk(*TALK), {1: "disclosure.issue"})
    span = whole_turn(evidence.scene, 2)
    assert span is not None
    drilled = moment("drilled_down", (2, 5), (span,), why="", confidence=0.9)
    assert {c.name: c.depth for c in context_cells(evidence, (drilled,))}["business_issues"] == 3
    assert all(c.depth == 0 for c in context_cells(labelled(talk(*TALK), {}), (drilled,)))
