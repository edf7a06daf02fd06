"""From a recording to a conversation, for real: Whisper, voice prints, and dialogues that espeak-ng speaks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.spoken import SCRIPTS, Line, available, spoken, write_wav

from duologue.audio import listening
from duologue.audio.base import RATE
from duologue.audio.listening import Wanted, listen
from duologue.audio.pacing import LISTENING
from duologue.errors import NoConversation, UnknownName, UnreadableInput
from duologue.model import Consent, Conversation
from duologue.reviewing import review
from duologue.wire import conversation_from, conversation_to

TINY = Wanted(model="tiny.en")
needs_voices = pytest.mark.skipif(not available(), reason="espeak-ng is not installed: nobody to listen to")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for this file: the second test that hears a recording finds what the first one heard."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def one_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUOLOGUE_HOME", str(home))


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, tuple[Line, ...]]]:
    """Name of a script → the recording of it, and who says what in it and when."""
    folder, made = tmp_path_factory.mktemp("recordings"), {}
    for name, script in SCRIPTS.items():
        samples, truth = spoken(name)
        write_wav(folder / f"{name}.wav", samples, 8000 if script.telephone else script.rate)
        made[name] = (folder / f"{name}.wav", truth)
    return made


def plain(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c.isspace() else " " for c in text.lower()).split()


def who_said(conversation: Conversation, truth: Sequence[Line]) -> list[tuple[int, str]]:
    """For every line that was spoken: who it was, and the speaker whose words fill most of its time."""
    found = []
    for line in truth:
        filled: dict[str, float] = {}
        for t in conversation.turns:
            for w in t.words:
                assert w.start is not None and w.end is not None
                shared = min(w.end, line.end) - max(w.start, line.start)
                if shared > 0:
                    filled[t.speaker] = filled.get(t.speaker, 0.0) + shared
        found.append((line.speaker, max(filled, key=lambda k: filled[k]) if filled else ""))
    return found


def floor(truth: Sequence[Line]) -> list[Line]:
    """The lines that nobody speaks over: words that lie in two lines at once tell nothing."""
    return [x for x in truth if not any(y is not x and y.start < x.end and x.start < y.end for y in truth)]


@needs_voices
@pytest.mark.parametrize("name", ["telephone"])
def test_a_channel_each_is_a_speaker_each(name: str, recordings: dict[str, tuple[Path, tuple[Line, ...]]]) -> None:
    """Two-channel telephony: no voice has to be told apart, and every line is its speaker's."""
    path, truth = recordings[name]
    heard = listen(path, TINY)
    assert heard.separate_channels
    assert [s.name for s in heard.speakers if s.id == "channel-1"] == ["Channel 1"]
    assert all(t.speaker_confidence is None for t in heard.turns)
    for speaker, told in who_said(heard, floor(truth)):
        assert told == f"channel-{speaker + 1}"


@needs_voices
@pytest.mark.parametrize("name", ["one-to-one", "telephone-mono", "one"])
def test_voices_on_one_channel_are_told_apart(name: str, recordings: dict[str, tuple[Path, tuple[Line, ...]]]) -> None:
    """Each line that nobody speaks over is one voice's, the same each time; how many there are is found out."""
    path, truth = recordings[name]
    heard = listen(path, TINY)
    said = who_said(heard, floor(truth))
    # The smallest model may lose a line of a synthetic voice on a bad telephone: whose it was is then nobody's guess.
    assert sum(told == "" for _, told in said) <= 1
    pairs = {(speaker, told) for speaker, told in said if told}
    assert len(pairs) == len({speaker for speaker, _ in pairs}) == len({told for _, told in pairs})
    assert len({t.speaker for t in heard.turns}) == len({x.speaker for x in truth})
    assert not heard.separate_channels


@needs_voices
def test_words_and_times_are_near_what_was_said(recordings: dict[str, tuple[Path, tuple[Line, ...]]]) -> None:
    """Of the words most are right, and each lies within the line that it is from."""
    path, truth = recordings["one-to-one"]
    heard = listen(path, TINY)
    said = {w for x in truth for w in plain(x.text)}
    words = [w for t in heard.turns for w in plain(t.text)]
    assert sum(w in said for w in words) / len(words) > 0.8
    spoken_in = [(x.start - 0.5, x.end + 0.5) for x in truth]
    for w in (w for t in heard.turns for w in t.words):
        assert any(a <= w.start and w.end <= b for a, b in spoken_in), w
        assert w.confidence is not None and 0 <= w.confidence <= 1


@needs_voices
def test_what_was_heard_is_a_conversation_like_any_other(
    recordings: dict[str, tuple[Path, tuple[Line, ...]]],
) -> None:
    """It says what heard it and that those heard agree, goes over the wire and back, and can be reviewed."""
    path, _ = recordings["one-to-one"]
    consent = Consent(given=True, at="2026-11-22")
    heard = listen(path, replace(TINY, consent=consent))
    assert heard.consent == consent
    assert heard.heard_by and "tiny.en" in heard.heard_by
    assert (heard.source, heard.language) == ("recording", "en")
    assert conversation_from(conversation_to(heard)) == heard
    assert review(heard).conversation == heard


@needs_voices
def test_the_second_time_nothing_is_heard_again(
    recordings: dict[str, tuple[Path, tuple[Line, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was heard is kept: a second look gives the same conversation without the model hearing a word."""
    path, _ = recordings["one-to-one"]
    first = listen(path, TINY)

    def deaf(*_: object, **__: object) -> None:
        raise AssertionError("it was heard again")

    monkeypatch.setattr("duologue.audio.transcribe.whisper.Whisper.transcribe", deaf)
    assert listen(path, TINY) == first


@needs_voices
def test_a_voice_that_is_on_file_has_its_name(
    recordings: dict[str, tuple[Path, tuple[Line, ...]]], tmp_path: Path
) -> None:
    """`--speaker "Ana=ana.wav"`: the voice that it fits is hers, and the other stays without a name."""
    path, truth = recordings["one-to-one"]
    samples, _ = spoken("one-to-one")
    lines = [x for x in truth if x.speaker == 1][:4]
    alone = np.concatenate([samples[0, int(x.start * RATE) : int(x.end * RATE)] for x in lines])
    write_wav(tmp_path / "ana.wav", alone[None], RATE)
    heard = listen(path, replace(TINY, enrolled=(("Ana", str(tmp_path / "ana.wav")),)))
    by_id = {s.id: s.name for s in heard.speakers}
    names = {speaker: by_id[told] for speaker, told in who_said(heard, floor(truth))}
    assert names[1] == "Ana" and names[0] != "Ana"


@needs_voices
def test_how_far_it_is_is_told_and_never_runs_back(recordings: dict[str, tuple[Path, tuple[Line, ...]]]) -> None:
    path, _ = recordings["one-to-one"]
    told: list[tuple[str, float, float | None]] = []
    listen(path, TINY, lambda stage, done, total: told.append((stage, done, total)))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == [listening.OPENING, LISTENING, listening.VOICES, listening.TURNS]
    done = [d for stage, d, _ in told if stage == LISTENING]
    assert done == sorted(done) and math.isclose(done[-1], told[-1][2] or 0, abs_tol=0.1)


def sound(path: Path, samples: np.ndarray) -> Path:
    write_wav(path, samples.astype(np.float32)[None], RATE)
    return path


def test_silence_is_said_to_be_silent(tmp_path: Path) -> None:
    with pytest.raises(NoConversation, match=r"silent\.wav: it is silent from beginning to end"):
        listen(sound(tmp_path / "silent.wav", np.zeros(RATE * 5)), TINY)


@pytest.mark.parametrize("kind", ["noise", "music"])
def test_sound_without_speech_gives_no_words(kind: str, tmp_path: Path) -> None:
    """Models of speech put words to noise; none of them may become a conversation."""
    t = np.arange(RATE * 8) / RATE
    noise = np.random.default_rng(1).normal(0, 0.1, len(t))
    chords = sum(np.sin(2 * np.pi * f * t) * np.exp(-((t * 2) % 1) * 3) for f in (220, 277.2, 329.6)) * 0.1
    with pytest.raises(NoConversation, match=r"nobody speaks|no words could be made out"):
        listen(sound(tmp_path / f"{kind}.wav", noise if kind == "noise" else chords), TINY)


def test_a_model_that_is_not_here_is_said_before_anything_is_heard(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.wav", np.zeros(RATE))
    with pytest.raises(UnknownName, match="neither a model nor a folder"):
        listen(path, Wanted(model="no-such"))


@needs_voices
def test_an_enrolment_without_a_voice_is_refused_by_its_name(
    recordings: dict[str, tuple[Path, tuple[Line, ...]]], tmp_path: Path
) -> None:
    quiet = sound(tmp_path / "quiet.wav", np.zeros(RATE * 3))
    with pytest.raises(UnreadableInput, match=r"quiet\.wav: Ana’s voice cannot be heard in it"):
        listen(recordings["one-to-one"][0], replace(TINY, enrolled=(("Ana", str(quiet)),)))
