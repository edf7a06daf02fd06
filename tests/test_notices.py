"""Notices: what a user has to know before reading on, each once and calmly (P2, P4)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from duologue.model import Conversation, Kind, Speaker, Turn
from duologue.notices import notices_about
from duologue.text import scene
from support import talk

LINES = tuple(f"{'AB'[i % 2]}: This is what was said in turn {i}." for i in range(8))


def notices(
    conversation: Conversation, *, language: str | None = "en", kind: Kind | None = "selling"
) -> tuple[str, ...]:
    return notices_about(scene(conversation), language=language, kind=kind)


def timed(conversation: Conversation, *times: tuple[float | None, float | None], **more: object) -> Conversation:
    """The same with a (start, end) for each turn; `more` goes into each turn."""
    turns = tuple(
        replace(t, start=a, end=b, **more)  # type: ignore[arg-type]
        for t, (a, b) in zip(conversation.turns, times, strict=True)
    )
    return replace(conversation, turns=turns)


GOOD = tuple((float(i), i + 0.9) for i in range(8))


def test_a_plain_conversation_needs_none() -> None:
    """English, two named people, sides and times known, of some length, kind stated: nothing to say."""
    assert notices(timed(talk(*LINES, kind="selling"), *GOOD)) == ()


def test_the_readers_own_come_first_and_are_not_said_again() -> None:
    """Never two notices about the same matter."""
    own = ("Some times run backwards: the turns are kept in the file's order.", "A picture was left out.")
    backwards = timed(talk(*LINES, kind="selling"), *reversed(GOOD))
    assert notices(replace(backwards, notices=own)) == own


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (tuple((None, None) for _ in range(8)), "no times"),
        (tuple(reversed(GOOD)), "backwards"),
        (tuple((t[0], None) for t in GOOD), "end time"),
        (((None, None), *GOOD[1:]), "Some turns have no time"),
        (((0.0, 5.0), *GOOD[1:]), "overlap"),
        (((0.5, 0.1), *GOOD[1:]), "end before they begin"),
    ],
)
def test_times(times: tuple[tuple[float | None, float | None], ...], words: str) -> None:
    """Each trouble with times has one notice, for `duologue.conversation/1` input "
    "as well, which no builder has seen."""
    found = notices(timed(talk(*LINES, kind="selling"), *times))
    assert len(found) == 1 and words in found[0]


def test_overlap_on_channels_of_their_own_is_no_defect() -> None:
    """There the times are real, and who came in on whom is measured."""
    over = timed(talk(*LINES, kind="selling"), (0.0, 5.0), *GOOD[1:])
    assert notices(replace(over, separate_channels=True)) == ()


def test_voices_that_we_told_apart_are_people() -> None:
    """ "Voice 2" of a file may be a room; of our own listening it is one voice, and a room's name stays a room's."""
    lines = tuple(line.replace("B:", "Voice 2:") for line in LINES)
    file = timed(talk(*lines, kind="selling"), *GOOD)
    assert "several people" in " ".join(notices(file))
    assert notices(replace(file, source="recording")) == ()
    room = timed(talk(*(line.replace("B:", "Meeting room:") for line in LINES), kind="selling"), *GOOD)
    assert "several people" in " ".join(notices(replace(room, source="recording")))


def test_estimated_ends_are_said() -> None:
    """Estimates are marked as such."""
    found = notices(timed(talk(*LINES, kind="selling"), *GOOD, estimated=("end",)))
    assert len(found) == 1 and "estimated" in found[0]


def test_unknown_sides_name_the_switch() -> None:
    """A symmetric review says what it left out and how to have it."""
    found = notices(timed(talk(*LINES, kind="selling", sides={}), *GOOD))
    assert len(found) == 1 and "--us" in found[0] and "left out" in found[0]


@pytest.mark.parametrize("lines", [("A: One thing.",), ("A: One thing.", "A: And another.")])
def test_one_speaker_is_a_review_with_a_notice(lines: tuple[str, ...]) -> None:
    """One speaker only: no word about sides or shortness, one about what cannot be seen."""
    found = notices(timed(talk(*lines, kind="selling"), *GOOD[: len(lines)]))
    assert len(found) == 1 and "one speaker only" in found[0] and "withheld" in found[0]


@pytest.mark.parametrize(
    "name",
    ["Speaker 1", "SPEAKER_00", "spk_0", "Speaker A", "Conference room", "Room", "Unknown", "Unknown speaker",
     "Meeting Room 4B", "Boardroom", "Participant 3", "Huddle room"],
)  # fmt: skip
def test_names_that_may_be_several_people(name: str) -> None:
    """A microphone or a label may be shared."""
    conversation = timed(talk(*LINES, kind="selling"), *GOOD)
    speakers = (conversation.speakers[0], replace(conversation.speakers[1], name=name))
    found = notices(replace(conversation, speakers=speakers))
    assert len(found) == 1 and "several people" in found[0] and f"“{name}”" in found[0]


@pytest.mark.parametrize("name", ["Ana Ruiz", "Roomi", "Guestina Field", "Boardman", "Ann Brook", "Al Lobbyist", "B"])
def test_names_that_are_somebodys(name: str) -> None:
    """A person's name that only begins like a room's says nothing."""
    conversation = timed(talk(*LINES, kind="selling"), *GOOD)
    speakers = (conversation.speakers[0], replace(conversation.speakers[1], name=name))
    assert notices(replace(conversation, speakers=speakers)) == ()


def test_who_never_got_the_floor() -> None:
    """People listed who said nothing are named."""
    conversation = timed(talk(*LINES, kind="selling"), *GOOD)
    silent = replace(conversation, speakers=(*conversation.speakers, Speaker(id="C", name="Cy", side="theirs")))
    found = notices(silent)
    assert len(found) == 1 and "“Cy”" in found[0] and "never got the floor" in found[0]


def test_an_inferred_kind_says_so() -> None:
    """Which kind was taken, and the switch that overrides it."""
    found = notices(timed(talk(*LINES), *GOOD), kind="managing")
    assert len(found) == 1 and "manager" in found[0] and "--kind" in found[0]
    assert notices(timed(talk(*LINES), *GOOD), kind=None) == ()


def test_a_very_short_conversation_withholds_dials_only() -> None:
    """Two turns suffice for acts and moments; only dials and rates may be withheld."""
    found = notices(timed(talk(*LINES[:2], kind="selling"), *GOOD[:2]))
    assert len(found) == 1 and "very short" in found[0] and "moments are given" in found[0]


def test_a_very_long_conversation() -> None:
    """The two moments shown first are a small part of a very long one."""
    long = tuple(f"{'AB'[i % 2]}: " + "word " * 500 for i in range(100))
    found = notices(timed(talk(*long, kind="selling"), *((float(i), i + 0.9) for i in range(100))))
    assert len(found) == 1 and "very long" in found[0]


def test_another_language_and_none() -> None:
    """What is withheld for want of English is said once, and where it was not told that is said."""
    conversation = timed(talk(*LINES, kind="selling"), *GOOD)
    (german,) = notices(conversation, language="de")
    assert "“de”" in german and "withheld" in german
    (unknown,) = notices(conversation, language=None)
    assert "read as English" in unknown


def test_a_message_has_no_notice_about_turns() -> None:
    """One turn, no times, one speaker: that is what a message is."""
    message = Conversation(
        id="m",
        kind="message",
        speakers=(Speaker(id="A", name="Ana", side="ours"),),
        turns=(Turn(speaker="A", text="The key is in the box, as you asked."),),
    )
    assert notices(message, kind="message") == ()


def test_the_words_are_calm() -> None:
    """P2: no exclamation marks, no blame, each a line of its own."""
    odd = replace(
        talk("Room: Oh.", "Room: Ah.", sides={}), speakers=(Speaker(id="Room", name="Room"), Speaker(id="X", name="X"))
    )
    found = (*notices(odd, language=None, kind="everyday"), *notices(odd, language="de"))
    assert len(found) > 5
    for notice in found:
        assert notice.lstrip("“")[0].isupper() and notice.endswith(".") and "\n" not in notice
        assert not re.search(r"!|error|should have|fail|invalid|please", notice, re.IGNORECASE)
