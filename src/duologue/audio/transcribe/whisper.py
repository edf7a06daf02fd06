"""Whisper through faster-whisper and CTranslate2: words, their times, and how sure each is.

One piece at a time and nothing remembered from one to the next, so that a piece gives the same words in every run.
Where the first try looks bad it is tried again in a fixed way; faster-whisper would draw at random there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from duologue.audio.base import RATE, Heard, Samples
from duologue.audio.models import Found
from duologue.audio.transcribe.phantoms import NO_SPEECH, UNSURE, Doubt, doubt_about, repeats
from duologue.audio.transcribe.wordtimes import UNSPACED, Timed, bare, sensible, whole
from duologue.errors import MissingExtra, UnknownName, UnreadableInput
from duologue.model import Word

_WINDOW = 3000  # frames of 10 ms that the model was trained on: half a minute
_TOO_SHORT = 0.1  # seconds; no word is shorter
_TOKENS = 224  # what OpenAI's own code lets a half minute have
_TOKENS_A_SECOND = (
    30  # fast English has 8; scripts that take several tokens a letter have more. What goes on longer is a loop
)

# In `fast`, silence that follows a piece in the window, in frames: without room the model says things again. Measured
# with tiny.en on 36 pieces of AMI's meetings: with 8 s the words differ from those of a full window and beam 5 as much
# as greedy words with a full window do (.19 and .19), for 28 % of the time to encode; with 5 s .33, with 3 s .64.
_ROOM = 800

# Now and then the model stops in the middle of a piece. faster-whisper then goes on from the last time it told; we go
# on from the end of the last word, where more than a breath is left that is about as loud as the rest.
_LEFT = 1.5  # seconds
_LOUD = 0.25  # of the loudness of the whole piece (root mean square)
_PARTS = 4  # so often at most

_PREPENDED = "\"'“¿([{-"  # marks that belong to the word after them, and before them: as in faster-whisper
_APPENDED = "\"'.。,，!！?？:：”)]}、"


@dataclass(frozen=True, slots=True)
class _Tried:
    """What one way of decoding gave."""

    tokens: list[int]
    text: str
    logprob: float  # mean over tokens
    no_speech: float
    ended: bool  # it came to an end before it had to stop

    @property
    def good(self) -> bool:
        return self.ended and not repeats(self.text) and self.logprob >= UNSURE


class Whisper:
    """A Transcriber. English-only models read everything as English."""

    longest = 30.0

    def __init__(self, found: Found, *, fast: bool = False, threads: int | None = None) -> None:
        """`threads`: None for as many as this process may use. Raises MissingExtra, UnreadableInput."""
        self._model = _load(found, threads or _cores())
        self._fast = fast
        self.name = f"{_version()}, {found.name} ({found.sha256[:8]}){', fast' if fast else ''}"
        self._tokenizers: dict[str, Any] = {}

    def transcribe(self, pieces: Sequence[Samples], *, language: str | None) -> list[Heard]:
        """One Heard a piece, in order. ValueError for a piece of more than `longest`, UnknownName for a language."""
        if self._model.model.is_multilingual and language not in (None, *self._model.supported_languages):
            raise UnknownName(
                f"Whisper does not know the language “{language}”", hint="Give its code, such as en, de or zh"
            )
        return [self._piece(piece, language) for piece in pieces]

    def _piece(self, samples: Samples, language: str | None) -> Heard:
        length = len(samples) / RATE
        if length > self.longest:
            raise ValueError(f"a piece of {length:.1f} s; {self.longest:.0f} s go at once")
        if length < _TOO_SHORT or not np.any(samples):
            return Heard(track=0, start=0.0, end=length, words=(), language=None, doubt="there was no sound")
        code, doubts, words, begun = language, [], list[Word](), 0
        for _ in range(_PARTS):
            code, part, doubt = self._part(samples[begun:], code)
            words += [_later(word, begun / RATE) for word in part]
            doubts += [doubt.why] if doubt and (part or not words) else []
            begun = _unheard(samples, begun, words) if part else 0
            if not begun:
                break
        return Heard(
            track=0, start=0.0, end=length, words=tuple(words), language=code, doubt=doubts[0] if doubts else None
        )

    def _part(self, samples: Samples, language: str | None) -> tuple[str, list[Word], Doubt | None]:
        """What is heard in one go: the language, the words, and what speaks against them. The model may stop early."""
        length = len(samples) / RATE
        frames = self._frames(samples)
        encoded = self._encode(frames, short=self._fast)
        code = self._language(encoded, language)
        tokenizer = self._tokenizer(code)
        tried, encoded = self._try(frames, encoded, tokenizer, length)
        doubt = doubt_about(
            tried.text, seconds=length, no_speech=tried.no_speech, logprob=tried.logprob, ended=tried.ended
        )
        if doubt is not None and not doubt.may_be_words:
            return code, [], doubt
        return code, list(self._words(encoded, tokenizer, tried.tokens, frames.shape[1], length)), doubt

    # --- sound in ---

    def _frames(self, samples: Samples) -> npt.NDArray[np.float32]:
        """The log-mel spectrogram of the piece, (bands, frames): 100 frames a second."""
        frames: npt.NDArray[np.float32] = self._model.feature_extractor(np.ascontiguousarray(samples, np.float32))
        return frames[:, :_WINDOW]

    def _encode(self, frames: npt.NDArray[np.float32], *, short: bool) -> Any:
        count = frames.shape[1]
        if not short:
            # Filled up with 0 as faster-whisper does, so that its words are ours.
            return self._model.encode(np.pad(frames, ((0, 0), (0, _WINDOW - count))))
        window = min(_WINDOW, count + count % 2 + _ROOM)  # the encoder takes frames by twos
        return self._model.encode(np.pad(frames, ((0, 0), (0, window - count)), constant_values=frames.min()))

    def _language(self, encoded: Any, asked: str | None) -> str:
        if not self._model.model.is_multilingual:
            return "en"
        if asked is not None:
            return asked
        token, _ = self._model.model.detect_language(encoded)[0][0]
        return str(token)[2:-2]  # <|en|>

    # --- words out ---

    def _try(self, frames: npt.NDArray[np.float32], encoded: Any, tokenizer: Any, length: float) -> tuple[_Tried, Any]:
        """Decode; where that looks bad, again with the whole window, and again with no three tokens in a row twice."""
        first = self._decode(encoded, tokenizer, length)
        if first.good or (
            first.no_speech > NO_SPEECH and first.logprob < UNSURE
        ):  # as faster-whisper: silence is no failure
            return first, encoded
        tries = [first]
        if self._fast:
            encoded = self._encode(frames, short=False)
            tries.append(self._decode(encoded, tokenizer, length))
        if not tries[-1].good:
            tries.append(self._decode(encoded, tokenizer, length, no_repeat_ngram_size=3))
        usable = [t for t in tries if t.ended and not repeats(t.text)] or tries
        return max(usable, key=lambda t: (t.good, t.logprob)), encoded

    def _decode(self, encoded: Any, tokenizer: Any, length: float, **more: Any) -> _Tried:
        prompt = list(tokenizer.sot_sequence)
        if self._fast:
            prompt.append(tokenizer.no_timestamps)
        most = min(_TOKENS, 24 + round(length * _TOKENS_A_SECOND))
        result = self._model.model.generate(
            encoded,
            [prompt],
            beam_size=1 if self._fast else 5,  # 5 is what faster-whisper does
            max_length=len(prompt) + most,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=self._suppressed(tokenizer),
            max_initial_timestamp_index=50,  # words begin in the first second, as in faster-whisper
            **more,
        )[0]
        tokens = list(result.sequences_ids[0])
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)  # the end counts as a token
        text = tokenizer.decode(tokens).strip()
        return _Tried(tokens, text, float(logprob), float(result.no_speech_prob), len(tokens) < most)

    def _words(self, encoded: Any, tokenizer: Any, tokens: list[int], frames: int, length: float) -> Iterator[Word]:
        from faster_whisper.transcribe import merge_punctuations

        text = [token for token in tokens if token < tokenizer.eot]
        if not text:
            return
        found = self._model.find_alignment(tokenizer, [text], encoded, frames)[0]
        merge_punctuations(found, _PREPENDED, _APPENDED)
        aligned = [Timed(w["word"], float(w["start"]), float(w["end"]), float(w["probability"])) for w in found]
        spaced = tokenizer.language_code not in UNSPACED
        for word in sensible(whole(aligned) if spaced else bare(aligned), length):
            yield Word(
                text=word.text, start=round(word.start, 2), end=round(word.end, 2), confidence=round(word.sure, 3)
            )

    def _tokenizer(self, code: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer

        if code not in self._tokenizers:
            many = self._model.model.is_multilingual
            self._tokenizers[code] = Tokenizer(self._model.hf_tokenizer, many, task="transcribe", language=code)
        return self._tokenizers[code]

    def _suppressed(self, tokenizer: Any) -> Any:
        from faster_whisper.transcribe import get_suppressed_tokens

        return get_suppressed_tokens(tokenizer, [-1])


def _unheard(samples: Samples, begun: int, words: list[Word]) -> int:
    """The sample where speech goes on after the last word; 0 where it does not."""
    at = round((words[-1].end or 0.0) * RATE)
    rest = samples[at:]
    if at <= begun or len(rest) < _LEFT * RATE:
        return 0
    return at if _loudness(rest) >= _LOUD * _loudness(samples) else 0


def _loudness(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


def _later(word: Word, seconds: float) -> Word:
    start, end = (word.start or 0.0) + seconds, (word.end or 0.0) + seconds
    return replace(word, start=round(start, 2), end=round(end, 2))


def _load(found: Found, threads: int) -> Any:
    # Only folders are given to it, so it has nothing to ask the hub for; should it try, it must not.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        from faster_whisper import WhisperModel
    except ImportError:
        raise MissingExtra(
            "recordings need faster-whisper, which is not installed",
            hint='Install it with: pip install "duologue[audio]"',
        ) from None
    try:
        # int8: the same words as float32 on our clips, in about two thirds of its time (benchmarks/transcription.py).
        return WhisperModel(str(found.folder), device="cpu", compute_type="int8", cpu_threads=threads)
    except (RuntimeError, ValueError, OSError) as error:
        raise UnreadableInput(f"the model cannot be loaded ({error})", where=str(found.folder)) from None


def _cores() -> int:
    """Processors that this process may use, which a container or `taskset` makes fewer than there are."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _version() -> str:
    from faster_whisper import __version__

    return f"faster-whisper {__version__}"
