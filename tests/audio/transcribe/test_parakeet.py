"""Parakeet's way through onnx-asr itself, on a model that the tests write: tokens to words, times and confidences."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest

from duologue.audio import models, transcribe
from duologue.audio.base import RATE, Samples
from duologue.audio.models import Found
from duologue.audio.transcribe.parakeet import Parakeet, _words
from duologue.errors import MissingExtra, UnreadableInput
from heard import parakeet, parakeet_folder


def bursts() -> Samples:
    """Three seconds, loud from .5 to 1 and from 2 to 2.5."""
    at = np.arange(3 * RATE) / RATE
    loud = ((at >= 0.5) & (at < 1)) | ((at >= 2) & (at < 2.5))
    noise = np.random.default_rng(3).standard_normal(len(at))
    return np.where(loud, 0.3 * noise, 0.001 * noise).astype(np.float32)


def test_words_where_there_is_sound() -> None:
    """The made model says something where it is loud and nothing where it is quiet; the times tell so."""
    heard = parakeet().transcribe([bursts()], language="en")[0]
    assert heard.doubt is None
    assert heard.language == "en"
    assert {word.text.rstrip("h") for word in heard.words} <= {"o", ""}
    inside = [
        ((w.start or 0) + 0.08 >= 0.5 and (w.start or 0) <= 1.1) or 1.9 <= (w.start or 0) <= 2.6 for w in heard.words
    ]
    assert inside
    assert all(inside)
    assert {(w.start or 0) > 1.5 for w in heard.words} == {True, False}
    assert all(w.confidence is not None and 0.3 < w.confidence <= 1 for w in heard.words)


def test_which_language_it_was_is_not_made_up() -> None:
    """It does not tell, so None stays None."""
    assert parakeet().transcribe([bursts()], language=None)[0].language is None


def test_tokens_become_words() -> None:
    """A space begins a word; the least sure token is how sure the word is; a word ends where the next token begins."""
    words = _words(
        [" dis", "posed", " man", "."], [0.4, 0.56, 2.0, 2.08], [math.log(0.9), math.log(0.5), 0.0, 0.0], 3.0
    )
    assert [(w.text, w.start, w.end, w.confidence) for w in words] == [
        ("disposed", 0.4, 0.8, 0.5),
        ("man.", 2.0, 2.32, 1.0),
    ]
    assert _words([" a"], [0.0], None, 1.0)[0].confidence is None
    assert _words([], [], [], 1.0) == []


def test_the_kind_of_model_is_told_by_its_files(tmp_path: Path) -> None:
    """A configuration that says nothing about it is no obstacle."""
    pytest.importorskip("onnx_asr")
    folder = parakeet_folder(tmp_path / "model")
    (folder / "config.json").write_text('{"features_size": 80}')
    assert transcribe.load(models.find(folder)).transcribe([bursts()], language=None)[0].words


def test_files_that_are_no_model_are_one_line(tmp_path: Path) -> None:
    """A broken download of the user's own."""
    pytest.importorskip("onnx_asr")
    folder = parakeet_folder(tmp_path / "model")
    (folder / "encoder-model.onnx").write_bytes(b"not a model")
    with pytest.raises(UnreadableInput, match="cannot be loaded"):
        transcribe.load(models.find(folder))


def test_without_the_library_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A plain install says how to get it."""
    monkeypatch.setitem(sys.modules, "onnx_asr", None)
    with pytest.raises(MissingExtra, match=r"duologue\[parakeet\]"):
        Parakeet(Found(name="x", backend="parakeet", folder=tmp_path, files=(), where=""))
