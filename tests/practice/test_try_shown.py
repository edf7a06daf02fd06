"""A real moment and a try at it, in words: both lines, what they do, and nobody's score."""

from __future__ import annotations

from dataclasses import replace

from duologue.acts.rules import RULES
from duologue.model import Conversation, Moment, Review, Span, Speaker, Turn
from duologue.practice.debriefing.shown import moment_said, try_said
from duologue.practice.replay.lost import Lost, lost_moment
from duologue.practice.replay.tried import Judged, Quoted
from duologue.reviewing import Options, review

LINES = (
    ("you", "Thanks for the time. Our platform cuts errors by half."),
    ("ana", "What do you mean by errors?"),
    ("you", "We are the market leader. Shall we book a demo on Tuesday?"),
    ("ana", "Just send me something. The Friday orders go out late, and I stay until nine."),
)


def _review() -> Review:
    conversation = Conversation(
        id="real",
        kind="selling",
        language="en",
        speakers=(Speaker(id="you", name="Sam", side="ours"), Speaker(id="ana", name="Ana\x1b[1m", side="theirs")),
        turns=tuple(Turn(speaker=who, text=text) for who, text in LINES),
    )
    return review(conversation, Options(labeller=RULES))


def _lost() -> Lost:
    return lost_moment(_review(), line=3)


def _judged(**other: object) -> Judged:
    judged = Judged(
        said="Boxes that are not there. How is it with you?",
        reply="The Friday orders go out late.",
        does=(Quoted(kind="question.open", text="How is it with you?"),),
        did=(
            Quoted(kind="pitch", text="We are the market leader."),
            Quoted(kind="persuasion", text="We are the market leader."),
        ),
        again=None,
        kept=(),
        work=(),
        took="You met my question before anything else.",
        lost=_lost(),
    )
    return replace(judged, **other)  # type: ignore[arg-type]


def test_the_moment_is_shown_in_the_words_of_both() -> None:
    said = moment_said(_lost())
    for _, text in LINES[1:]:
        assert text in said
    assert said.endswith("What would you like to have said?\n")
    assert "\x1b" not in said


def test_a_try_stands_beside_the_real_line() -> None:
    """What the words do is named with how far such labels agree with people's; the words once for all their acts."""
    said = try_said(_judged())
    assert said.count("We are the market leader.") == 1
    assert "Then: “We are the market leader.” pitch (" in said
    assert "Now: “How is it with you?” open question (" in said
    assert "You met my question before anything else." in said
    assert "nobody knows" in said


def test_a_moment_that_is_there_again_or_not() -> None:
    moment = Moment(
        kind="deflected_invitation", sign="-", turns=(1, 2), quotes=(Span(turn=2, start=0, end=24),), why="They asked.",
        invitation="What had they asked?", confidence=0.8,
    )  # fmt: skip
    lost = replace(_lost(), moment=moment)
    assert "moments to work on" in moment_said(replace(lost, number=2, of=3))
    assert "is not found here (agreement" in try_said(_judged(lost=lost, again=False))
    assert "is found here, too (agreement" in try_said(_judged(lost=lost, again=True))
    assert "cannot be seen" in try_said(_judged(lost=lost))
    assert "found here" not in try_said(_judged())


def test_words_without_a_name() -> None:
    assert "Now: nothing that this instrument has a name for" in try_said(_judged(does=()))
