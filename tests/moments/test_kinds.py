"""The kind of a conversation, inferred from its words where nobody said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duologue.acts.base import Evidence
from duologue.model import Conversation
from duologue.moments.kinds import infer_kind
from duologue.text import scene
from support import talk


def inferred(conversation: Conversation) -> str | None:
    return infer_kind(Evidence(scene=scene(conversation), acts=()))


KINDS = {
    "selling": (
        "A: Thanks for taking the demo. How did our platform look to you?",
        "B: Fine, but the pricing is steep. We have a quote for half from a competitor.",
        "A: We can look at a discount. Who else has a say, is procurement involved?",
        "B: My director signs off. Send me the proposal.",
    ),
    "consulting": (
        "A: In the interviews with your stakeholders one thing kept coming up.",
        "B: I thought the audit would show the same.",
        "A: The findings go a little further. Before the workshop I would like your view on the roadmap.",
        "B: Leave the recommendations out for now.",
    ),
    "managing": (
        "A: So this is our one-to-one. How is your workload at the moment?",
        "B: The rota is a mess and I have three late shifts in a row.",
        "A: I saw your numbers. Before the appraisal I would like to hear how you see them.",
        "B: My targets went up when the team got smaller.",
    ),
    "support": (
        "A: Thank you for calling, how can I help?",
        "B: I can't log in, and my password is right. There is an error message.",
        "A: Let me open a ticket. Could you restart it once?",
        "B: It stopped working again. I would like a refund.",
    ),
    "hiring": (
        "A: Walk me through your CV, if you would.",
        "B: In my last job I ran the archive. My notice period is a month.",
        "A: Tell me about a time when a candidate or a colleague disagreed with you.",
        "B: At my previous employer that happened weekly.",
    ),
    "everyday": (
        "A: Mum, can you help me with my homework tonight?",
        "B: After dinner, sweetheart. How was football practice?",
        "A: The coach made us run round the school.",
        "B: Poor thing. Dad will do the dishes.",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_told_by_its_words(kind: str) -> None:
    """Each kind, in a few turns of its own."""
    assert inferred(talk(*KINDS[kind])) == kind


def test_words_of_no_kind_give_none() -> None:
    """Unsure is said, not guessed."""
    assert inferred(talk("A: Where did you put it?", "B: Over there, I think.", "A: Right, I see it.")) is None


def test_home_spoken_of_at_work_is_no_everyday_talk() -> None:
    """A manager who asks after somebody's children is still at work."""
    lines = (
        *KINDS["managing"],
        "A: And the kids, how was the birthday party?",
        "B: My wife did the dinner, the dog ate the cake.",
    )
    assert inferred(talk(*lines)) == "managing"


def test_one_word_said_often_decides_nothing() -> None:
    """The same word counts three times at most."""
    assert inferred(talk(*("A: the price the price", "B: the price the price") * 10)) is None


@pytest.mark.parametrize(
    "text",
    [
        "From: Ana\nTo: Bo\nSubject: The key\n\nIt is in the box.",
        "Subject: The key\n\nIt is in the box.",
        "Dear Bo,\n\nThe key is in the box.\n\nKind regards,\nAna",
    ],
)
def test_one_turn_in_the_shape_of_a_message_is_one(text: str) -> None:
    """Header lines, or a greeting and a closing on lines of their own."""
    one = talk("A: x")
    assert inferred(replace(one, turns=(replace(one.turns[0], text=text),))) == "message"


def test_one_turn_from_a_mail_file_is_a_message() -> None:
    """The source says so, whatever the words."""
    assert inferred(replace(talk("A: It is in the box."), source="email")) == "message"


def test_one_spoken_turn_is_no_message() -> None:
    """A lone stretch of speech has no shape of a letter."""
    assert inferred(talk("A: So we went to the sea and it rained all day.")) is None
