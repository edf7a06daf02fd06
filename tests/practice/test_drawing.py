"""A partner out of a review: their own sentences in layers, names masked, and a file that passes the check."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from duologue.errors import NoConversation, UnknownName, UnreadableInput
from duologue.practice.base import Closing, Heard
from duologue.practice.making.checking import check
from duologue.practice.making.drawing import draw
from duologue.practice.making.masking import Mask
from duologue.practice.making.reachable import SESSION
from duologue.practice.making.writing import as_yaml, file_name
from duologue.practice.scenario import Earns, every_text, read_scenario
from duologue.practice.session import Setting, Talk, answer
from duologue.practice.voices.written import Written
from duologue.readers import read
from duologue.reviewing import review
from duologue.sides import with_us
from practice.drawn_from import TALK, Line, review_of

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_what_they_told_becomes_layers_in_their_own_words() -> None:
    drawn = draw(review_of(), "clinic", mask=False)
    layers = {la.id: la for la in drawn.scenario.layers()}
    assert {la.cell: la.says for la in layers.values()} == {
        "issue": ["The cleaning rota breaks down every Monday."],
        "personal_impact": ["I end up scrubbing floors myself, Marcus."],
        "goal": ["A rota that holds until the weekend would be plenty."],
        "personal_goal": ["And I'd love to teach again, like Rosa said I should."],
    }
    assert drawn.turns == {"issue-1": 5, "personal-impact-1": 5, "goal-1": 9, "personal-goal-1": 9}
    assert layers["personal-impact-1"].after == ["issue-1"]
    assert layers["personal-goal-1"].after == ["goal-1"]
    assert drawn.scenario.opens == "Busy, thank you."
    assert [(f.says, "rooms" in f.asked) for f in drawn.scenario.facts] == [
        (["We have fourteen rooms at Harrow Street."], True)
    ]
    assert (drawn.scenario.kind, drawn.scenario.domain) == ("consulting", "sales")


def test_nothing_is_said_that_they_did_not_say() -> None:
    """Nothing is invented: every text of the partner's is theirs, but for the mark at its end (P1)."""
    found = draw(review_of(), "clinic", mask=False)
    theirs = " ".join(s for who, said in TALK if who == "B" for s, _ in said).replace("(sighs) ", "")
    assert all(text in theirs for text in every_text(found.scenario))


def test_names_and_numbers_are_masked() -> None:
    drawn = draw(review_of(), "clinic")
    whole = as_yaml(drawn)
    for name in ("Marcus", "Vale", "Dana", "Whitlock", "Rosa", "Harrow", "Street", "fourteen"):
        assert name not in whole, name
    assert "like R. said I should" in whole
    assert "so many rooms" in whole
    assert drawn.scenario.person.name == "D."
    assert drawn.masked is not None
    assert (drawn.masked.people, drawn.masked.numbers) == (("Marcus", "Rosa"), 1)


def test_keep_words_keeps_everything_but_people() -> None:
    whole = as_yaml(draw(review_of(), "clinic", keep_words=True))
    assert "fourteen rooms at Harrow Street" in whole
    assert all(name not in whole for name in ("Marcus", "Dana", "Rosa"))
    assert "maybe names of people: Harrow, Street" in whole


def test_a_speaker_without_a_name() -> None:
    drawn = draw(review_of(names=("Speaker 1", "Speaker 2")), "clinic")
    assert drawn.scenario.person.name == "Other"


@pytest.mark.parametrize("keep_words", [False, True])
@pytest.mark.parametrize(("file", "us"), [("discovery-call.vtt", "Nora Feld"), ("one-to-one.txt", "Maren")])
def test_a_real_one_can_be_written_read_and_played(tmp_path: Path, file: str, us: str, *, keep_words: bool) -> None:
    drawn = draw(review(with_us(read(str(EXAMPLES / file)), [us])), "own", keep_words=keep_words)
    path = tmp_path / "own.yaml"
    path.write_text(as_yaml(drawn), encoding="utf-8")
    assert read_scenario(path) == drawn.scenario
    assert [f for f in check(drawn.scenario) if f.level == "error"] == []
    assert len(drawn.scenario.layers()) >= 5


PUSHES: tuple[Closing, ...] = ("pitch", "call_to_action", "wall", "advice")


@pytest.mark.parametrize("pushed", [False, True])
def test_what_was_drawn_has_words_for_a_whole_session(*, pushed: bool) -> None:
    """It has no lines of its own: with the house's the voice is never at a loss, and says nothing twice."""
    drawn = draw(review_of(), "clinic")
    talk = Talk(setting=Setting(scenario=drawn.scenario, temperament="wary", seed=5))
    for i in range(SESSION):
        if talk.state.ended:
            break
        listens: dict[Earns, float] = {} if pushed else {"reflected": 0.8, "followed_up": 0.8}
        heard = Heard(
            text=f"line {i}",
            listening=listens,
            closing={PUSHES[i % len(PUSHES)]: 0.9} if pushed else {},
            question=not pushed,
            claim="it works" if pushed else None,
            answered=None if talk.state.open is None else float(not pushed),
        )
        talk = answer(talk, heard, Written())
    replies = [step.reply.text for step in talk.steps]
    assert "…" not in replies
    assert len(set(replies)) == len(replies) >= 8
    assert len(talk.state.told) == (0 if pushed else 4)


def test_a_long_conversation_is_cut_to_layers_that_a_session_holds() -> None:
    """Beyond twelve, what they told is added to what is there; unmasked for a replay, all of it is kept apart."""
    words = [
        f"{first}{end}" for first in ("apple", "bench", "cider") for end in ("wood", "gate", "field", "hill", "yard")
    ]
    talk: list[Line] = [("A", [("How are things?", ["question.open"])]), ("B", [("Fine so far, really.", [])])]
    for w in words:
        talk += [
            ("A", [("And then?", ["question.open"])]),
            ("B", [(f"We lost the whole {w} order again.", ["disclosure.issue"])]),
        ]
    found = draw(review_of(talk, moments=()), "long")
    assert len(found.scenario.layers()) == 12
    assert sum(len(la.more) for la in found.scenario.layers()) == len(words) - 12
    assert len(draw(review_of(talk, moments=()), "long", mask=False, most=None).scenario.layers()) == len(words)
    assert [f for f in check(found.scenario) if f.level == "error"] == []


def test_the_first_line_gives_nothing_away() -> None:
    """Somebody who began with what hurts cannot begin so again: the file says that it is not known."""
    talk: list[Line] = [
        ("A", [("Hello.", ["small_talk"])]),
        ("B", [("We lost our licence on Tuesday.", ["disclosure.issue"])]),
    ]
    drawn = draw(review_of(talk, moments=()), "x")
    assert drawn.scenario.opens == "Hello."
    assert any("`opens`" in what for what in drawn.unknown)


def test_what_cannot_be_drawn_from() -> None:
    with pytest.raises(UnknownName, match="which of them is you"):
        draw(review_of(sides=False), "x")
    with pytest.raises(NoConversation, match="only one person"):
        draw(review_of([TALK[0]], moments=()), "x")
    german: list[Line] = [
        ("A", [("Wie läuft es denn mit der neuen Anlage, seit wir das letzte Mal gesprochen haben?", [])]),
        ("B", [("Es läuft überhaupt nicht gut, die Maschine steht jeden zweiten Tag still und keiner kommt.", [])]),
    ]
    broken = review_of(german, moments=())
    with pytest.raises(UnreadableInput, match="not in English"):
        draw(replace(broken, conversation=replace(broken.conversation, language="de")), "x")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Petra knows it all. Ask Petra.", "P. knows it all. Ask P."),
        ("We met in Hamburg, on Monday.", "We met in H., on Monday."),
        ("That's Petra's desk.", "That's P.'s desk."),
        ("It cost $12,500 or 40% more.", "It cost so many or so many more."),
        ("Forty of us, at two thirty.", "So many of us, at so many."),
        ("Two of my friends were there.", "Two of my friends were there."),
        ("I said so. It is what it is.", "I said so. It is what it is."),
    ],
)
def test_masking(text: str, masked: str) -> None:
    mask = Mask(
        speakers=("Nora Feld", "Speaker 2"), said=(text, "You know how Petra is, and my hamster is not Hamburg.")
    )
    assert mask.text(text) == masked


def test_names_in_small_letters_are_masked_where_nothing_has_capitals() -> None:
    mask = Mask(speakers=("Kofi Mensah", "Dale"), said=("so kofi said it was late and dale said nothing at all",))
    assert mask.text("so kofi said it") == "so K. said it"


@pytest.mark.parametrize(("name", "becomes"), [("My Partner", "my-partner"), ("a_b", "a-b"), ("x9", "x9")])
def test_a_name_for_the_file(name: str, becomes: str) -> None:
    assert file_name(name) == becomes


@pytest.mark.parametrize("name", ["", "../x", "a/b", "é", "-x", "x" * 80])
def test_no_name_for_a_file(name: str) -> None:
    with pytest.raises(UnknownName):
        file_name(name)
