"""A whole conversation aloud with a taped speaker and lips that only move: who is heard, and who is stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import pytest

from audio.made import Loudness, bursts
from duologue.audio.base import Heard, Samples
from duologue.practice.aloud import NoSound, talk_aloud
from duologue.testing import ScriptedTranscriber
from practice.aloud_made import HASTY, Lips, Tape, listening, loud, replies

LINES = ("Tell me about the returns.", "What happened in March?", "Mm-hm, I see.", "Wait, who was that?")
line = partial(loud, LINES)
talk = partial(talk_aloud, patience=HASTY, activity=Loudness)


def test_line_for_line() -> None:
    """Each of their turns is answered once, in order, and the partner's last word ends it, with sound still to come."""
    tape = Tape(bursts(20, (1, 2, line(0)), (6, 7, line(1)), (15, 16, line(3))))
    lips = Lips(tape)
    answer, asked = replies("They pile up.", "We moved.")
    talk(tape, lips, listening(LINES), answer)
    assert asked == [LINES[0], LINES[1]]
    assert lips.texts == ["They pile up.", "We moved."]
    assert lips.said[0].begun == pytest.approx(3.2, abs=0.1)
    assert tape.closed == 1
    assert tape.now < 15


def test_what_the_room_gives_back_is_nobodys_words() -> None:
    """Half-duplex: sound that came in while the partner spoke is forgotten, a loud echo too."""
    tape = Tape(bursts(14, (1, 2, line(0)), (3.5, 5.5, line(3)), (8, 9, line(1))))
    lips = Lips(tape, seconds=3.0)
    answer, asked = replies("They pile up.", "We moved.")
    talk(tape, lips, listening(LINES), answer)
    assert asked == [LINES[0], LINES[1]]
    assert tape.forgotten == 2


def test_with_a_headset_coming_in_stops_the_mouth_within_a_block() -> None:
    """.3 s of speech and there is silence; what they said is answered."""
    tape = Tape(bursts(14, (1, 2, line(0)), (4, 5.5, line(3))))
    lips = Lips(tape, seconds=6.0)
    answer, asked = replies("They pile up, and nobody looks at them any more.", "Ana.")
    talk(tape, lips, listening(LINES), answer, headset=True)
    assert asked == [LINES[0], LINES[3]]
    assert lips.said[0].stopped == pytest.approx(4.3, abs=0.064)


def test_nothing_is_transcribed_while_the_partner_speaks() -> None:
    """Whisper may take a second for a murmur: who comes in meanwhile would not be noticed. It is heard afterwards."""
    tape = Tape(bursts(16, (1, 2, line(0)), (4, 4.25, line(2)), (4.7, 4.9, line(2)), (5.5, 7, line(3))))
    lips = Lips(tape, seconds=6.0)
    answer, asked = replies("They pile up, and nobody looks at them any more.", "Ana.")

    class Attentive(ScriptedTranscriber):
        def transcribe(self, pieces: Sequence[Samples], *, language: str | None) -> list[Heard]:
            assert all(s.done for s in lips.said)
            return super().transcribe(pieces, language=language)

    talk(tape, lips, listening(LINES, Attentive(LINES)), answer, headset=True)
    assert asked == [LINES[0], f"{LINES[2]} {LINES[2]} {LINES[3]}"]
    assert lips.said[0].stopped == pytest.approx(5.8, abs=0.064)


def test_a_sign_too_short_to_stop_them_asks_for_no_answer() -> None:
    """A murmur beside the partner's line is no turn of its own when they have finished."""
    tape = Tape(bursts(12, (1, 2, line(0)), (4, 4.25, line(2))))
    lips = Lips(tape, seconds=3.0)
    answer, asked = replies("They pile up.", ends=False)
    talk(tape, lips, listening(LINES), answer, headset=True)
    assert asked == [LINES[0]]


def test_after_a_sign_of_listening_the_sentence_comes_again_and_the_rest() -> None:
    """ "Mm-hm" costs nothing of what the partner had to say."""
    tape = Tape(bursts(14, (1, 2, line(0)), (5, 5.5, line(2))))
    lips = Lips(tape, seconds=1.5)
    answer, asked = replies("They pile up. Nobody looks. It is March again.")
    talk(tape, lips, listening(LINES), answer, headset=True)
    assert asked == [LINES[0]]
    assert lips.texts == ["They pile up.", "Nobody looks.", "Nobody looks.", "It is March again."]


def test_who_goes_on_while_a_slow_answer_is_found() -> None:
    """The answer is taken back and never said; their words come again with the rest."""
    tape = Tape(bursts(14, (1, 2, line(0)), (4, 5, line(1))))
    lips = Lips(tape)
    answer, asked = replies("They pile up.", "We moved in March.")
    back: list[str] = []

    def slow(text: str) -> tuple[str, bool]:
        tape.pass_by(2.5)
        return answer(text)

    talk(tape, lips, listening(LINES), slow, unsaid=lambda: back.append(asked[-1]))
    assert asked == [LINES[0], f"{LINES[0]} {LINES[1]}"]
    assert back == [LINES[0]]
    assert lips.texts == ["We moved in March."]


def test_a_last_word_that_was_taken_back_ends_nothing() -> None:
    """Where they go on, the partner who was about to leave has not left."""
    tape = Tape(bursts(14, (1, 2, line(0)), (4, 5, line(1))))
    lips = Lips(tape)
    asked: list[str] = []

    def slow(text: str) -> tuple[str, bool]:
        asked.append(text)
        tape.pass_by(2.5)
        return ("Goodbye.", True) if len(asked) == 1 else ("We moved.", False)

    talk(tape, lips, listening(LINES), slow, unsaid=lambda: None)
    assert lips.texts == ["We moved."]


def test_the_end_of_the_sound_is_the_end_of_the_turn() -> None:
    """Words right before the end are answered, and the answer is said to its end."""
    tape = Tape(bursts(2.1, (1, 2, line(0))))
    lips = Lips(tape)
    answer, asked = replies("They pile up.", ends=False)
    talk(tape, lips, listening(LINES), answer)
    assert asked == [LINES[0]]
    assert lips.texts == ["They pile up."]


def test_the_partner_may_begin() -> None:
    """An opening is said before anything is heard, and stopped as any other line is."""
    tape = Tape(bursts(8, (1, 2.5, line(3))))
    lips = Lips(tape, seconds=4)
    answer, asked = replies("Ana.")
    talk(tape, lips, listening(LINES), answer, headset=True, opening="You wanted to see me. I have ten minutes.")
    assert lips.texts[0] == "You wanted to see me."
    assert lips.said[0].stopped == pytest.approx(1.3, abs=0.064)
    assert asked == [LINES[3]]


def test_a_silent_room_is_no_conversation() -> None:
    """Nobody is asked anything, and nothing is said."""
    tape = Tape(bursts(5))
    lips = Lips(tape)
    answer, asked = replies("Hello?")
    talk(tape, lips, listening(LINES), answer)
    assert asked == []
    assert lips.texts == []


@pytest.mark.parametrize("headset", [False, True])
def test_a_mouth_that_breaks_ends_it_in_a_line(headset: bool) -> None:
    """The error reaches the face, and the microphone is closed."""
    tape = Tape(bursts(14, (1, 2, line(0))))
    lips = Lips(tape, breaks=True)
    answer, _ = replies("They pile up.")
    with pytest.raises(NoSound):
        talk(tape, lips, listening(LINES), answer, headset=headset)
    assert tape.closed == 1


def test_coming_in_on_a_farewell_ends_it() -> None:
    """Who has said goodbye answers nothing more; after a mere "mm-hm" they say it to its end."""
    for said, texts in ((line(3), ["Goodbye then."]), (line(2), ["Goodbye then.", "Goodbye then."])):
        tape = Tape(bursts(20, (1, 2, line(0)), (4, 4.6, said), (10, 11, line(1))))
        lips = Lips(tape, seconds=3)
        answer, asked = replies("Goodbye then.")
        talk(tape, lips, listening(LINES), answer, headset=True)
        assert asked == [LINES[0]]
        assert lips.texts == texts
        assert tape.now < 10


class Impatient(Tape):
    """Ctrl-C comes at 3.8 s."""

    def __iter__(self) -> Iterator[Samples]:
        for block in super().__iter__():
            if self.now >= 3.8:
                raise KeyboardInterrupt
            yield block


@pytest.mark.parametrize("headset", [False, True])
def test_ctrl_c_leaves_nothing_running(headset: bool) -> None:
    """The mouth is silent, the microphone closed, and the face can show the debrief."""
    tape = Impatient(bursts(14, (1, 2, line(0)), (7, 8, line(1))))
    lips = Lips(tape, seconds=5 if headset else 0.1)
    answer, _ = replies("They pile up.", ends=False)
    with pytest.raises(KeyboardInterrupt):
        talk(tape, lips, listening(LINES), answer, headset=headset)
    assert tape.closed == 1
    assert [s.stopped for s in lips.said] == ([pytest.approx(3.8, abs=0.05)] if headset else [None])
