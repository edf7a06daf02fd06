"""Words that a model puts to silence, noise and music. A person must never be quoted with them.

Seen here with tiny.en and base on silence, noise, hums, tones and music: "You", "Thank you for watching", rows of dots,
and one sentence over and over. The model's own estimate that there is no speech was .48 to .98 on those sounds.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

# OpenAI's own thresholds, which faster-whisper has taken over.
NO_SPEECH = 0.6
UNSURE = -1.0
_FASTEST, _AT_ONCE = 8, 2  # words a second, which nobody reaches (talk has 2 to 4), and how many more in a short piece
_REPETITIVE = 2.4  # how far zlib shortens a text

# What the two models most often made of sounds without speech. People say them too, so they count only where the model
# itself finds speech unlikely as well.
_UNLIKELY = 0.4
_STOCK = {"you", "so", "and", "i", "oh", "the", "bye", "beep", "i'm sorry", "see you next time"}
_STOCK |= {"thank you", "thanks", "thank you very much", "thank you so much"}
_STOCK_PARTS = ("beep beep", "for watching", "next video", "i'll see you")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why there may have been no words. `may_be_words`: keep them, marked; else they are left out."""

    why: str
    may_be_words: bool


def doubt_about(text: str, *, seconds: float, no_speech: float, logprob: float, ended: bool = True) -> Doubt | None:
    """What speaks against the words of a piece of `seconds`, if anything.

    `no_speech`: the model's estimate that nobody speaks, `logprob`: mean log probability of a token, `ended`: the model
    came to an end of its own.
    """
    unlikely = no_speech > _UNLIKELY
    if not re.search(r"\w", text):
        return Doubt("no words could be made out", False)
    if no_speech > NO_SPEECH and logprob < UNSURE:
        return Doubt("it sounds like no speech", False)
    if len(text.split()) > _AT_ONCE + _FASTEST * seconds:
        return Doubt("more words came than anybody says in that time", False)
    if unlikely and (_stock(text) or repeats(text) or not ended):
        return Doubt("such words come out of noise", False)
    if repeats(text) or not ended:
        return Doubt("the same words came over and over", True)
    if no_speech > NO_SPEECH or (unlikely and logprob < UNSURE):
        return Doubt("it may be no speech", True)
    return None


def repeats(text: str) -> bool:
    """Whether a text says the same again and again."""
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) > _REPETITIVE if raw else False


def _stock(text: str) -> bool:
    bare = " ".join(re.findall(r"[\w']+", text.lower()))
    return bare in _STOCK or any(part in bare for part in _STOCK_PARTS)
