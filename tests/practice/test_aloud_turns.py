"""Whose turn it is: nobody is cut in on, and who comes in is let in. Events in, decisions out, on a scripted clock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue.audio.base import Heard, SpeechEnded, SpeechStarted
from duologue.audio.stages import LIVE
from duologue.model import Word
from duologue.practice.aloud.base import Patience
from duologue.practice.aloud.endings import unfinished
from duologue.practice.aloud.turns import (
    Answer,
    Decision,
    GoOn,
    Passed,
    Say,
    Spoken,
    Stop,
    TakeBack,
    TurnTaking,
    Voiced,
)

STEP = 0.032
SURE = 0.16  # seconds of speech before it counts as speech
PATIENT = Patience()


@dataclass(frozen=True)
class Talk:
    """Somebody says `text` from `start` to `end`."""

    start: float
    end: float
    text: str = "That is the whole story."
    doubt: str | None = None


@dataclass
class Played:
    """What was decided when: (seconds, decision), and the turns it was played with."""

    turns: TurnTaking
    found: list[tuple[float, Decision]] = field(default_factory=list)

    def at(self, kind: type[Decision]) -> list[float]:
        return [round(when, 2) for when, decision in self.found if isinstance(decision, kind)]

    @property
    def lines(self) -> list[str]:
        return [d.text for _, d in self.found if isinstance(d, Answer)]


def play(
    *said: Talk,
    until: float | None = None,
    takes: float = 0.0,
    speaks: float = 2.0,
    takes_back: bool = False,
    headset: bool = True,
    patience: Patience = PATIENT,
) -> Played:
    """Play a talk. `takes`: seconds to find an answer, in which sound waits; `speaks`: seconds to say it."""
    played = Played(TurnTaking(patience, takes_back=takes_back))
    events: list[tuple[float, object]] = []
    for talk in said:
        words = tuple(Word(text=w) for w in talk.text.split())
        heard = Heard(track=0, start=talk.start, end=talk.end, words=words, doubt=talk.doubt)
        events.append((talk.start + SURE, SpeechStarted(track=0, at=talk.start)))
        events.append((talk.end + LIVE.pause, SpeechEnded(track=0, start=talk.start, end=talk.end)))
        events.append((talk.end + LIVE.pause, heard))
    events.sort(key=lambda e: e[0])
    now, busy, speaking, left = 0.0, -1.0, None, speaks

    def do(decision: Decision | None) -> None:
        nonlocal busy, speaking, left
        if decision is None:
            return
        played.found.append((now, decision))
        match decision:
            case Answer():
                busy, left = now + takes, speaks
                if takes == 0:
                    do(played.turns.on(Passed(now=now)))
            case Say() | GoOn():
                speaking = now
            case Stop():
                left = max(STEP, left - (now - (speaking or now)))
                speaking = None

    while now < (until or (said[-1].end + 12.0)):
        now += STEP
        if speaking is None or headset:
            lasted = [now - t.start for t in said if t.start < now <= t.end]
            do(played.turns.on(Voiced(seconds=lasted[0] if lasted else 0.0)))
        while events and events[0][0] <= now:
            do(played.turns.on(events.pop(0)[1]))  # type: ignore[arg-type]
        if speaking is not None and now >= speaking + left:
            speaking = None
            played.turns.on(Spoken(now=now))
        do(played.turns.on(Passed(now=now, caught_up=now > busy)))
    return played


def test_a_turn_is_taken_after_the_pause() -> None:
    """Not before 1.2 s of silence, and soon after."""
    played = play(Talk(1, 3))
    assert played.lines == ["That is the whole story."]
    (when,) = played.at(Say)
    assert 4.2 <= when <= 4.2 + 2 * STEP


def test_a_pause_inside_a_turn_is_no_end() -> None:
    """What comes after a second of thinking belongs to the same turn."""
    played = play(Talk(1, 2, "We lost two people."), Talk(3, 4, "Then a third."))
    assert played.lines == ["We lost two people. Then a third."]


@pytest.mark.parametrize("end", ["and…", "so", "because.", "Well, um", "I wanted to ask,"])
def test_words_that_announce_more_are_waited_for(end: str) -> None:
    """Who says "because" is given longer, and is answered in the end if nothing comes."""
    (when,) = play(Talk(1, 3, f"It never worked {end}")).at(Say)
    assert 3 + PATIENT.pause + PATIENT.unfinished <= when <= 3 + PATIENT.pause + PATIENT.unfinished + 2 * STEP


def test_a_slow_speaker_is_given_longer() -> None:
    """The next turn ends after more than the longest pause that they left inside one."""
    played = play(Talk(1, 2, "We lost two."), Talk(3.15, 4, "And a third."), until=8)
    assert played.turns.longest == pytest.approx(1.15)
    assert played.turns.needed == pytest.approx(1.15 * PATIENT.beyond)
    (when,) = played.at(Say)
    assert when >= 4 + 1.15 * PATIENT.beyond


def test_patience_has_an_end() -> None:
    """However long their pauses, the partner answers after four seconds."""
    turns = TurnTaking(replace(PATIENT, pause=3.9))
    for event in (
        SpeechStarted(track=0, at=1.0),
        SpeechEnded(track=0, start=1.0, end=2.0),
        Heard(track=0, start=1.0, end=2.0, words=(Word(text="Yes."),)),
        SpeechStarted(track=0, at=5.8),
    ):
        turns.on(event)
    assert turns.needed == PATIENT.most


@pytest.mark.parametrize("doubt", [None, "there was no sound"])
def test_a_noise_is_no_turn(doubt: str | None) -> None:
    """Sound without words, or with words that are doubted, is answered by nobody."""
    assert play(Talk(1, 2, "Thank you." if doubt else "", doubt)).found == []


def test_who_goes_on_while_the_answer_is_found_is_not_cut_in_on() -> None:
    """The answer is taken back, and the whole is answered when they have finished."""
    played = play(Talk(1, 2, "We lost two."), Talk(4, 5, "And a third."), takes=3.0, takes_back=True)
    assert played.lines == ["We lost two.", "We lost two. And a third."]
    assert [type(d) for _, d in played.found] == [Answer, TakeBack, Answer, Say]
    assert played.at(Say)[0] >= 6.2


def test_an_answer_that_cannot_be_taken_back_waits() -> None:
    """It is said when they have finished, and what they said meanwhile is the beginning of their next turn."""
    played = play(Talk(1, 2, "We lost two."), Talk(4, 5, "And a third."), takes=3.0)
    assert [type(d) for _, d in played.found] == [Answer, Say, Answer, Say]
    assert played.lines == ["We lost two.", "And a third."]
    assert played.at(Say)[0] >= 6.2


def test_coming_in_stops_the_partner() -> None:
    """After .3 s of speech, and what they say is their turn."""
    played = play(Talk(1, 2, "Tell me."), Talk(4.5, 6, "Wait, which one was it?"))
    (stopped,) = played.at(Stop)
    assert 4.8 <= stopped <= 4.8 + 2 * STEP
    assert played.lines == ["Tell me.", "Wait, which one was it?"]


def test_a_cough_does_not_stop_the_partner() -> None:
    """Less than .3 s is let pass."""
    played = play(Talk(1, 2, "Tell me."), Talk(4.0, 4.25, ""))
    assert played.at(Stop) == []
    assert played.lines == ["Tell me."]


def test_after_a_sign_of_listening_the_partner_goes_on() -> None:
    """ "Mm-hm, I see" stops them, and asks for the rest, not for an answer."""
    played = play(Talk(1, 2, "Tell me."), Talk(4.0, 4.6, "Mm-hm, I see."))
    assert [type(d) for _, d in played.found] == [Answer, Say, Stop, GoOn]
    assert 5.2 <= played.at(GoOn)[0] <= 5.3


def test_no_is_not_taken_for_a_sign_of_listening() -> None:
    """ "No" beside what the partner says means stop."""
    assert play(Talk(1, 2, "Tell me."), Talk(4.0, 4.6, "No.")).lines == ["Tell me.", "No."]


def test_after_a_noise_the_partner_goes_on() -> None:
    """A dog stops them, and keeps nobody waiting for words that do not come."""
    played = play(Talk(1, 2, "Tell me."), Talk(4.0, 4.9, ""))
    assert [type(d) for _, d in played.found] == [Answer, Say, Stop, GoOn]


def test_coming_in_at_once_says_that_the_turn_was_taken_too_soon() -> None:
    """Next time the partner waits longer."""
    played = play(Talk(1, 2, "Tell me."), Talk(3.6, 5, "About the second year, I mean the autumn."))
    assert played.at(Stop)
    assert played.turns.needed >= 1.2 * PATIENT.beyond


def test_a_noise_long_before_teaches_no_patience() -> None:
    """A door, and words three seconds later: that was no pause inside a turn."""
    assert play(Talk(1, 1.5, ""), Talk(4.5, 6)).turns.needed == PATIENT.pause


def test_a_slow_answer_teaches_no_patience() -> None:
    """Who asks "are you there?" after five seconds has waited, and not thought."""
    played = play(Talk(1, 2, "Tell me."), Talk(8, 9, "Are you there?"), takes=9.0, takes_back=True)
    assert played.turns.needed == PATIENT.pause


def laid_out(parts: list[tuple[float, float, str]]) -> list[Talk]:
    """One after another; gaps that listening cannot see are none."""
    found: list[Talk] = []
    at = 0.5
    for gap, length, text in parts:
        at += max(gap, LIVE.pause + STEP)
        found.append(Talk(at, at + length, text))
        at += length
    return found


talks = st.lists(
    st.tuples(st.floats(0.05, 3.5), st.floats(0.2, 3.0), st.sampled_from(["Yes.", "I see, and", "Why?", "mm-hm", ""])),
    min_size=1,
    max_size=7,
).map(laid_out)


@given(talks, st.floats(0, 3), st.floats(0.3, 4), st.booleans(), st.booleans())
def test_nobody_is_ever_cut_in_on(
    said: list[Talk], takes: float, speaks: float, takes_back: bool, headset: bool
) -> None:
    """Whatever is said and however long an answer takes: the partner begins in silence alone, after the pause."""
    played = play(*said, takes=takes, speaks=speaks, takes_back=takes_back, headset=headset)
    for when, decision in played.found:
        if isinstance(decision, Say | Answer):
            before = [t for t in said if t.start + STEP < when]
            silence = when - max(t.end for t in before)
            assert silence >= PATIENT.pause - 1e-6
    if headset:
        for when in played.at(Stop):
            assert any(t.start + PATIENT.barge_in <= when <= t.end + STEP for t in said)
    else:
        assert played.at(Stop) == []


@given(st.lists(st.floats(LIVE.pause + STEP, PATIENT.pause - STEP), max_size=6))
def test_the_pause_is_longer_than_their_own(gaps: list[float]) -> None:
    """However they pause inside a turn, it is answered once and whole, after more silence than any of their pauses."""
    said = [Talk(1, 2)]
    for gap in gaps:
        said.append(Talk(said[-1].end + gap, said[-1].end + gap + 1))
    played = play(*said)
    assert played.lines == [" ".join(t.text for t in said)]
    silence = played.at(Say)[0] - said[-1].end
    assert silence >= max(PATIENT.pause, *(PATIENT.beyond * gap for gap in gaps), 0) - 0.01


@given(talks, st.floats(2, 6))
def test_coming_in_is_never_overheard(said: list[Talk], speaks: float) -> None:
    """While the partner speaks, whoever speaks for .3 s has stopped them within a block."""
    played = play(*said, speaks=speaks)
    speaking: float | None = None
    for when, decision in played.found:
        if isinstance(decision, Say | GoOn):
            speaking = when
        elif isinstance(decision, Stop):
            assert speaking is not None
            (talk,) = [t for t in said if t.start <= when <= t.end + STEP]
            due = max(talk.start + PATIENT.barge_in, speaking)
            assert when <= due + 2 * STEP
            speaking = None


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("and…", True),
        ("It broke because.", True),
        ("I said, uh", True),
        ("I think so.", False),
        ("So.", True),
        ("What is it for?", False),
        ("And?", False),
        ("That is what I asked for.", False),
        ("what I asked for", False),
        ("That is where it came from", True),
        ("That is where it came from.", False),
        ("I carried it for quite a while.", False),
        ("and nobody had told you", False),
        ("It was, you know", True),
        ("We tried that -", True),
        ("We are done.", False),
        ("", False),
        ("…", False),
    ],
)
def test_unfinished(text: str, open_: bool) -> None:
    """A recogniser's full stop proves nothing after "because", and a question mark ends any turn."""
    assert unfinished(text) is open_
