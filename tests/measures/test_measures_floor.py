"""Length, talk time and share, longest stretches, floor changes: values known by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duologue.measures import measure
from duologue.model import Conversation, Speaker, Turn
from measuring import evidence, found, labelled, timed
from support import talk


def test_talk_time_and_share_by_time() -> None:
    """Talk time is end less start; the share is of everybody's time, and says that it is time."""
    c = timed(("A", 0, 30, "one two three"), ("B", 30, 40, "four"), ("A", 40, 50, "five six"))
    assert found(c, "talk_time", "A").value == 40
    share = found(c, "talk_share", "B")
    assert (share.value, share.unit, share.reason) == (0.2, "share of time", None)
    assert found(c, "session_seconds").value == 50
    assert found(c, "session_turns").value == 3
    assert found(c, "session_words").value == 6
    assert found(c, "turns", "side:ours").value == 2
    assert found(c, "words", "side:ours").value == 5


def test_pieces_are_what_was_spoken() -> None:
    """The talk time of a merged turn is the sum of its segments to 10 ms, not the silences between (the AWS check)."""
    c = timed(("A", 0, 10, "one two"), ("B", 10, 12.25, "three"))
    turns = (replace(c.turns[0], pieces=((0.0, 2.34), (7.0, 10.0))), c.turns[1])
    c = replace(c, turns=turns)
    assert found(c, "talk_time", "A").value == pytest.approx(5.34, abs=0.01)
    assert found(c, "talk_share", "A").value == pytest.approx(5.34 / 7.59, abs=1e-4)
    assert found(c, "longest_floor_seconds", "A").value == pytest.approx(5.34, abs=0.01)


def test_overlapping_speech_is_each_speakers_own() -> None:
    """Two who speak at once both keep their time."""
    c = timed(("A", 0, 10, "one"), ("B", 5, 10, "two"))
    assert (found(c, "talk_time", "A").value, found(c, "talk_time", "B").value) == (10, 5)


def test_words_stand_in_for_times_and_say_so() -> None:
    """Without times the share is of words, in its unit and with the reason; time measures are None, never 0 (P4)."""
    c = talk("A: one two three", "B: four")
    share = found(c, "talk_share", "A")
    assert (share.value, share.unit, share.reason) == (0.75, "share of words", "by words: the file has no times")
    for name, who in (("talk_time", "A"), ("longest_floor_seconds", "A"), ("session_seconds", None)):
        assert (found(c, name, who).value, found(c, name, who).reason) == (None, "the file has no times")
    assert found(c, "floor_changes_per_minute").value is None


def test_times_of_sending_are_no_talk_time() -> None:
    """A chat has starts and no ends: nothing is made of them."""
    c = timed(("A", 0, None, "hello there"), ("B", 3600, None, "hello"))
    assert found(c, "session_seconds").reason == "the file has the times of sending only"
    assert found(c, "talk_share", "A").unit == "share of words"


def test_a_turn_without_times_keeps_the_others_known() -> None:
    """One missing time mutes its own speaker's talk time and everybody's share by time, and nothing else."""
    c = timed(("A", 0, 30, "one"), ("B", 30, 40, "two"), ("B", None, None, "three"))
    assert found(c, "talk_time", "A").value == 30
    assert found(c, "talk_time", "B").reason == "1 of 2 turns have no times"
    assert found(c, "talk_share", "A").unit == "share of words"


def test_estimated_ends_count_and_say_so() -> None:
    """A share that rests on ends a reader had to work out carries the caveat beside its value."""
    c = timed(("A", 0, 30, "one"), ("B", 30, 40, "two"))
    c = replace(c, turns=(c.turns[0], replace(c.turns[1], estimated=("end",))))
    share = found(c, "talk_share", "A")
    assert (share.value, share.reason) == (0.75, "rests on estimated times")
    assert found(c, "talk_time", "A").reason is None
    assert found(c, "session_seconds").reason == "rests on estimated times"


def test_an_interpreter_mutes_time_and_has_no_figures() -> None:
    """A relay carries another's words: no time can be given to one person, and the share leaves the relay out."""
    c = timed(("A", 0, 30, "one two three"), ("R", 30, 60, "un deux trois"), ("B", 60, 70, "four"))
    c = replace(c, speakers=tuple(replace(s, side="relay") if s.id == "R" else s for s in c.speakers))
    assert "interpreter" in str(found(c, "talk_time", "A").reason)
    assert found(c, "talk_share", "A").value == 0.75
    assert "R" not in {m.speaker for m in measure(evidence(c))}


def test_a_sign_of_listening_does_not_take_the_floor() -> None:
    """By acts: the stretch goes on across it. Where none are known, by length, within longer talk of one speaker."""
    e = labelled(
        "A: {information} One two three.", "B: {backchannel} Right.", "A: {information} Four five.", "B: So six."
    )
    assert found(e, "longest_floor_words", "A").value == 5
    assert found(e, "longest_floor_words", "B").value == 2
    bare = talk("A: eins zwei drei", "B: genau", "A: vier fünf", "B: ja")
    assert found(bare, "longest_floor_words", "A", with_acts=False).value == 5
    answer = talk("A: eins zwei?", "B: ja", "A: vier fünf")
    assert found(answer, "longest_floor_words", "A", with_acts=False).value == 2


def test_floor_changes_a_minute() -> None:
    """Changes by the minutes of the whole; a minute at least."""
    rows = [("AB"[i % 2], i * 15.0, i * 15.0 + 15, "some words here") for i in range(8)]
    changes = found(timed(*rows), "floor_changes_per_minute")
    assert (changes.value, changes.n) == (3.5, 7)
    short = found(timed(*rows[:2]), "floor_changes_per_minute")
    assert (short.value, short.reason) == (None, "too short to say (30 of 60 seconds)")


def test_one_speaker_has_no_share() -> None:
    """A share of one's own is no finding; the counts are still given."""
    c = timed(("A", 0, 30, "one two"))
    assert (found(c, "talk_share", "A").value, found(c, "talk_share", "A").reason) == (
        None,
        "fewer than two people speak",
    )
    assert found(c, "words", "A").value == 2


def test_turns_of_no_length_and_no_words() -> None:
    """Zero-length turns divide nothing by zero: the share falls back on words, or has its reason."""
    c = timed(("A", 5, 5, "one"), ("B", 5, 5, "two three"))
    share = found(c, "talk_share", "B")
    assert (share.value, share.reason) == (0.6667, "by words: the times add up to nothing")
    empty = Conversation(id="x", speakers=(Speaker(id="A", name="A"),), turns=(Turn(speaker="A", text="…"),))
    assert found(empty, "longest_floor_words", "A").reason == "never took the floor"


def test_participation_of_each_and_who_never_got_the_floor() -> None:
    """With more than two people each is reported; one listed without a turn has 0, which is known."""
    c = talk("A: one two", "B: three four", "A: five six", "C: seven eight")
    c = replace(c, speakers=(*c.speakers, Speaker(id="D", name="D", side="theirs")))
    assert found(c, "participation", "A").value == 0.5
    assert found(c, "participation", "D").value == 0
    assert found(c, "participation", "side:theirs").value == 0.5
    assert (found(c, "silent_participants").value, found(c, "silent_participants").n) == (1, 4)
    # Words 4, 2, 2, 0: entropy 1.5 bits of 2.
    assert found(c, "participation_evenness").value == 0.75
    two = measure(evidence(talk("A: one", "B: two")))
    assert not [m for m in two if "participa" in m.name]  # between two, the talk share tells it
