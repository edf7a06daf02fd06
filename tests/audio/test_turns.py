"""From words and voices to turns: overlaps and signs of listening kept, sentences whole, nothing guessed in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue.acts.trained.doubt import HARDLY_HEARD
from duologue.audio.base import Heard, Spoke
from duologue.audio.turns import by_track, by_voice
from duologue.errors import NoConversation
from duologue.model import Conversation, Turn, Word
from duologue.spoken_words import words_in
from duologue.wire import conversation_from, conversation_to


def spoken(text: str, start: float, track: int = 0, *, each: float = 0.25, **more: object) -> Heard:
    """Words one after the other from `start`, `each` seconds long; a number in brackets is a pause: "so [.7] then"."""
    words, at = [], start
    for token in text.split():
        if token.startswith("["):
            at += float(token.strip("[]"))
            continue
        words.append(Word(text=token, start=round(at, 3), end=round(at + each, 3), confidence=0.9))
        at += each
    return Heard(track=track, start=start, end=at, words=tuple(words), **more)  # type: ignore[arg-type]


def voice(who: int, start: float, end: float, confidence: float = 0.9) -> Spoke:
    return Spoke(who=who, start=start, end=end, confidence=confidence)


def said(conversation: Conversation) -> list[tuple[str, str]]:
    names = {s.id: s.name for s in conversation.speakers}
    return [(names[t.speaker][-1], t.text) for t in conversation.turns]


# --- a track for each speaker ---------------------------------------------------------------------


def test_turns_in_order_with_their_own_times_and_words() -> None:
    """The plain case: two channels, turn by turn."""
    made = by_track([spoken("Where were you?", 0), spoken("At home.", 1.2, 1), spoken("Good to know.", 2.4)])
    assert said(made) == [("1", "Where were you?"), ("2", "At home."), ("1", "Good to know.")]
    assert [(t.start, t.end) for t in made.turns] == [(0, 0.75), (1.2, 1.7), (2.4, 3.15)]
    assert made.separate_channels and made.source == "recording" and made.notices == ()
    assert [s.name for s in made.speakers] == ["Channel 1", "Channel 2"]
    assert made.turns[0].words[0] == Word(text="Where", start=0, end=0.25, confidence=0.9)


def test_a_sign_of_listening_is_a_turn_within_the_others_turn() -> None:
    """Overlaps and backchannels are kept, not flattened: the talk goes on around it as one turn."""
    made = by_track([spoken("And so we went on to the old house by the sea.", 0), spoken("Mm-hm.", 1.0, 1)])
    talk, sign = made.turns
    assert sign.text == "Mm-hm." and talk.text.startswith("And so") and talk.text.endswith("sea.")
    assert talk.start == 0 and talk.start < sign.start and sign.end < talk.end
    assert talk.pieces == ()


def test_an_answer_is_not_merged_into_the_sign_of_listening_before_it() -> None:
    """The gap before the answer would else be measured from the sign, long before the other had finished."""
    made = by_track(
        [
            spoken("And so we went on to the old house by the sea.", 0),
            spoken("Right.", 1.0, 1),
            spoken("I like it there.", 3.1, 1),
        ]
    )
    assert said(made)[1:] == [("2", "Right."), ("2", "I like it there.")]
    assert made.notices == ()


def test_a_pause_in_mid_sentence_around_a_sign_does_not_part_the_sentence() -> None:
    """Sentence integrity; the silence is nobody's talk, so the turn has two pieces."""
    made = by_track([spoken("So I asked her [.9] to come along.", 0), spoken("Yeah.", 1.2, 1)])
    assert said(made) == [("1", "So I asked her to come along."), ("2", "Yeah.")]
    assert made.turns[0].pieces == ((0, 1), (1.9, 2.65))
    assert "Some times run backwards: the turns are kept in the file's order." not in made.notices


def test_after_a_sentence_a_pause_and_a_sign_end_the_turn() -> None:
    """What follows is a new turn of its own, so that a long account does not become one wall."""
    made = by_track([spoken("So I asked her. [.9] She came along.", 0), spoken("Yeah.", 1.2, 1)])
    assert said(made) == [("1", "So I asked her."), ("2", "Yeah."), ("1", "She came along.")]


def test_an_answer_of_one_word_is_an_answer() -> None:
    """ "Yes" after a question takes the floor, though the asker goes on in no time."""
    made = by_track([spoken("Did you like it? [.45] Then we can go again.", 0), spoken("Yes.", 1.05, 1, each=0.3)])
    assert said(made) == [("1", "Did you like it?"), ("2", "Yes."), ("1", "Then we can go again.")]


def test_a_reply_cuts_the_run_where_the_speaker_gave_way() -> None:
    """Three tenths of a second are no pause otherwise; while another takes the floor they are."""
    made = by_track(
        [
            spoken("We could take the train [.3] but it is slow and dear.", 0),
            spoken("No wait, I have the car.", 1.1, 1),
        ]
    )
    assert said(made) == [
        ("1", "We could take the train"),
        ("2", "No wait, I have the car."),
        ("1", "but it is slow and dear."),
    ]


def test_who_talks_on_keeps_one_turn_and_both_overlap() -> None:
    """Nobody gave way: two turns whole, overlapping in time, and what the second says next is another turn."""
    made = by_track(
        [
            spoken("we could take the train and then the bus and walk the rest of it", 0),
            spoken("no wait I have the car", 1.1, 1),
            spoken("I said I have the car.", 4.5, 1),
        ]
    )
    assert [s for s, _ in said(made)] == ["1", "2", "2"]
    first, second, third = made.turns
    assert first.end > second.end and third.start > first.end


def test_pauses_within_a_turn_are_pieces() -> None:
    """Talk time must not swallow silences."""
    made = by_track([spoken("One two. [1.0] Three four.", 0)])
    assert made.turns[0].pieces == ((0, 0.5), (1.5, 2.0))
    assert len(made.turns) == 1


def test_names_of_tracks_and_silent_ones() -> None:
    """A named track is that person's; one that says nothing is listed and has no turn."""
    made = by_track([spoken("Hello there.", 0, 1)], ["Ana", "Ben", ""])
    assert [(s.id, s.name) for s in made.speakers] == [
        ("channel-2", "Ben"),
        ("channel-1", "Ana"),
        ("channel-3", "Channel 3"),
    ]


def test_two_people_of_one_name_stay_two() -> None:
    """Names are no keys."""
    made = by_track([spoken("Hello there.", 0), spoken("Hello you.", 2, 1)], ["Ana", "Ana"])
    assert len(made.speakers) == 2 and len({t.speaker for t in made.turns}) == 2


@pytest.mark.parametrize("heard", [[], [Heard(track=0, start=0, end=9, words=())]])
def test_no_words_is_no_conversation(heard: list[Heard]) -> None:
    """Silence ends in our error, not in an empty review."""
    with pytest.raises(NoConversation):
        by_track(heard)
    with pytest.raises(NoConversation):
        by_voice(heard, [voice(0, 1, 2)])


# --- one track, voices told apart -----------------------------------------------------------------


def test_words_go_to_who_speaks_at_their_time() -> None:
    """The plain case on one track; numbered by first words, whatever numbers the voices have."""
    heard = [spoken("Where were you?", 0), spoken("At home.", 1.2), spoken("Good to know.", 2.4)]
    made = by_voice(heard, [voice(3, 0, 0.8), voice(1, 1.1, 1.8), voice(3, 2.3, 3.2)])
    assert said(made) == [("1", "Where were you?"), ("2", "At home."), ("1", "Good to know.")]
    assert not made.separate_channels and made.notices == ()
    assert [(s.id, s.name) for s in made.speakers] == [("voice-1", "Voice 1"), ("voice-2", "Voice 2")]
    assert [t.speaker_confidence for t in made.turns] == [0.9, 0.9, 0.9]


def test_enrolled_names() -> None:
    """A voice that is known has its name; the other keeps its number."""
    made = by_voice([spoken("Hi there.", 0), spoken("Hello.", 1)], [voice(0, 0, 0.6), voice(1, 1, 1.3)], {0: "Ana"})
    assert [s.name for s in made.speakers] == ["Ana", "Voice 2"]


def test_a_change_of_speaker_moves_to_the_end_of_the_sentence() -> None:
    """The voices change .3 s too early or too late; the marks say where the question ended."""
    heard = [spoken("Where were you then? At home all day.", 0)]
    for change in (0.7, 1.0, 1.3):
        made = by_voice(heard, [voice(0, 0, change), voice(1, change, 2.2)])
        assert said(made) == [("1", "Where were you then?"), ("2", "At home all day.")]


def test_without_marks_a_change_moves_to_the_pause() -> None:
    """Recogniser output without punctuation: silence tells."""
    made = by_voice([spoken("where were you then [.3] at home all day", 0)], [voice(0, 0, 0.9), voice(1, 0.9, 2.4)])
    assert said(made) == [("1", "where were you then"), ("2", "at home all day")]


def test_a_change_far_from_any_stop_stays_where_the_voices_change() -> None:
    """Beyond the error of the times the voices are believed."""
    heard = [spoken("where were you when it all began I was at home the whole long day.", 0)]
    made = by_voice(heard, [voice(0, 0, 1.75), voice(1, 1.75, 4)])
    assert said(made)[0] == ("1", "where were you when it all began")


def test_a_lone_word_of_a_boundary_error_is_given_back() -> None:
    """A blip of another voice on one word in mid-sentence is an error of a fifth of a second, not a turn."""
    heard = [spoken("I went to the old house by the sea.", 0)]
    made = by_voice(heard, [voice(0, 0, 0.99), voice(1, 1.0, 1.25), voice(0, 1.26, 2.3)])
    assert [s for s, _ in said(made)] == ["1"]


@pytest.mark.parametrize("sign", ["Mm-hm.", "Yeah.", "Right,", "mhm"])
def test_a_sign_of_listening_by_another_voice_stays(sign: str) -> None:
    """The counter-case: true backchannels stay turns of their own, heard within the other's stretch or in a hole."""
    heard = [spoken(f"I went to the house, {sign} by the sea.", 0)]
    for spoke in (
        [voice(0, 0, 1.24), voice(1, 1.25, 1.5), voice(0, 1.51, 2.3)],
        [voice(0, 0, 2.3), voice(1, 1.25, 1.5)],
    ):
        made = by_voice(heard, spoke)
        assert said(made) == [("1", "I went to the house, by the sea."), ("2", sign)]


def test_right_within_a_sentence_is_no_sign() -> None:
    """ "the right thing": the word is the speaker's own, whatever a blip of the diarizer says."""
    heard = [spoken("it was the right thing to do", 0)]
    made = by_voice(heard, [voice(0, 0, 0.74), voice(1, 0.75, 1.0), voice(0, 1.01, 2)])
    assert [s for s, _ in said(made)] == ["1"]


def test_where_two_speak_at_once_the_words_are_the_floor_holders() -> None:
    """One microphone and one set of words: who had the floor keeps it, less surely, and the loss is said."""
    heard = [spoken("we could take the train and the bus and the boat too.", 0)]
    made = by_voice(heard, [voice(0, 0, 3.1), voice(1, 1.0, 2.5)])
    assert [s for s, _ in said(made)] == ["1"]
    assert made.turns[0].speaker_confidence == pytest.approx(0.9 * (6 * 0.7 + 6) / 12, abs=0.01)
    assert made.notices == ("At 0:01 two seem to have spoken at once, and only one of them could be written down.",)


def test_a_sentence_that_two_spoke_over_is_not_torn() -> None:
    """One voice speaks through all of it, the other through its beginning: it is the first one's as a whole."""
    heard = [spoken("there should be a break for the ads.", 0)]
    made = by_voice(heard, [voice(0, 0, 1.2), voice(1, 0.1, 2.1)])
    assert said(made) == [("1", "there should be a break for the ads.")]
    assert made.turns[0].speaker_confidence is not None and made.turns[0].speaker_confidence < 0.9
    answered = [spoken("there should be a break on which day Tuesday then we meet again", 0)]
    made = by_voice(answered, [voice(0, 0, 2.0), voice(1, 2.0, 2.5), voice(0, 2.5, 3.25)])
    assert [t.text for t in made.turns][1] == "Tuesday then"  # said in a hole of the first one, it stays the other's


def test_many_places_are_counted_and_some_named() -> None:
    """An hour of overlaps is one notice with five places."""
    heard = [spoken("one two three four five six.", 60 * i) for i in range(8)]
    spoke = [v for i in range(8) for v in (voice(0, 60 * i, 60 * i + 1.5), voice(1, 60 * i + 0.3, 60 * i + 1.2))]
    (notice,) = by_voice(heard, spoke).notices
    assert notice.startswith("In 8 places (0:00, 1:00, 2:00, 3:00, 4:00 and 3 more) two seem to have spoken at once")


def test_words_in_no_stretch_go_to_the_nearest_voice_less_surely() -> None:
    """A word that the diarizer missed is kept, and counts as hardly told."""
    heard = [spoken("so I said.", 0), spoken("And then she left.", 5)]
    made = by_voice(heard, [voice(0, 0, 0.8), voice(1, 8, 9)])
    assert [(s, t) for s, t in said(made)] == [("1", "so I said."), ("2", "And then she left.")]
    assert made.turns[1].speaker_confidence == 0.45
    assert "it was hard to tell who spoke" in " ".join(made.notices) or "hard to tell apart" in " ".join(made.notices)


def test_no_voices_at_all() -> None:
    """Where nothing could be told apart the words are kept, and that is said."""
    made = by_voice([spoken("hello there", 0)], [])
    assert said(made) == [("1", "hello there")] and "several people" in made.notices[0]
    assert made.turns[0].speaker_confidence is None


# --- words without times, doubtful words ----------------------------------------------------------


def test_guessed_times_are_marked() -> None:
    """A last word without a length, a first one without a time: the words stay as heard, the times are marked."""
    words = (Word(text="Well"), Word(text="then", start=1.0, end=1.3), Word(text="bye.", start=1.3, end=1.3))
    made = by_track([Heard(track=0, start=0.6, end=1.6, words=words)])
    (turn,) = made.turns
    assert turn.words == words
    assert turn.estimated == ("start", "end") and (turn.start, turn.end) == (0.6, 1.5)


def test_a_row_of_words_without_times_is_spread() -> None:
    """Nothing known but the piece they were heard in: order and bounds hold."""
    made = by_track([Heard(track=0, start=2, end=4, words=tuple(Word(text=w) for w in ("a", "b", "c", "d")))])
    assert made.turns[0].text == "a b c d" and (made.turns[0].start, made.turns[0].estimated[:1]) == (2, ("start",))
    assert made.turns[0].end <= 4


def test_doubtful_words_are_kept_as_hardly_heard_and_named() -> None:
    """A noise that a model put words to: no finding rests on it, and the user knows where."""
    made = by_track([spoken("Thank you.", 0), spoken("Thanks for watching.", 41, doubt="hardly any speech")])
    assert [w.confidence for w in made.turns[0].words[2:]] == [0.4] * 3
    assert HARDLY_HEARD > 0.4
    assert made.notices == (
        "At 0:41 there may have been no words (hardly any speech): what stands there counts as hardly heard.",
    )


def test_the_language_is_that_of_most_words() -> None:
    """One odd piece does not make the talk another language's."""
    made = by_track([spoken("yes", 0, language="de"), spoken("one two three", 3, language="en")])
    assert made.language == "en"


def test_scripts_without_spaces() -> None:
    """Words that a recogniser cut from unspaced text are joined without spaces."""
    assert by_track([spoken("你好 世界。", 0)]).turns[0].text == "你好世界。"


# --- whatever comes -------------------------------------------------------------------------------

TIMES = st.one_of(st.none(), st.floats(0, 60, allow_nan=False).map(lambda x: round(x, 2)))
WORDS = st.lists(
    st.builds(Word, text=st.sampled_from(["so", "yes.", "mm-hm", "Right,", "why?", "it"]), start=TIMES, end=TIMES),
    max_size=12,
)
HEARD = st.lists(
    st.builds(
        Heard,
        track=st.integers(0, 2),
        start=st.floats(0, 50).map(lambda x: round(x, 2)),
        end=st.just(60.0),
        words=WORDS.map(tuple),
    ),
    min_size=1,
    max_size=6,
)
SPOKE = st.lists(
    st.builds(
        lambda who, start, length, sure: voice(who, round(start, 2), round(start + length, 2), sure),
        st.integers(0, 3),
        st.floats(0, 60),
        st.floats(0.01, 20),
        st.floats(0, 1),
    ),
    max_size=12,
)


def _words(turns: tuple[Turn, ...]) -> list[str]:
    return sorted(w.text for t in turns for w in t.words)


@given(HEARD, SPOKE)
def test_whatever_was_heard_no_word_is_lost_and_turns_are_in_order(heard: list[Heard], spoke: list[Spoke]) -> None:
    """Every word once, each placed in its turn's text, ends after starts, starts in order, and the wire carries it."""
    said_words = sorted(w.text for h in heard for w in h.words)
    if not said_words:
        return
    for made in (by_track(heard), by_voice(heard, spoke)):
        assert _words(made.turns) == said_words
        starts = [t.start for t in made.turns]
        assert starts == sorted(starts)
        assert not any("backwards" in n for n in made.notices)
        for t in made.turns:
            assert t.start <= t.end and len(words_in(t)) == len(t.words)
            assert t.speaker_confidence is None or 0 <= t.speaker_confidence <= 1
        assert conversation_from(conversation_to(made)) == made
