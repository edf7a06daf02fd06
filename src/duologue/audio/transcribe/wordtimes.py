"""Times of words made sensible. Alignment by attention gives the silence beside a word to the word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

_LONGEST_USUAL = 0.7  # seconds: a median beyond it comes from bad alignment (the bound of OpenAI's own code)
_ENDS = ".。!！?？"

UNSPACED = frozenset(("zh", "ja", "th", "lo", "my", "yue"))  # languages that faster-whisper aligns by characters


@dataclass(frozen=True, slots=True)
class Timed:
    """A word as it was aligned: its text, seconds in the piece, and how sure (0 to 1)."""

    text: str
    start: float
    end: float
    sure: float


def whole(words: Sequence[Timed]) -> list[Timed]:
    """Words without the spaces around them, where a language sets spaces. What has none joins the last."""
    joined: list[Timed] = []
    for word in words:
        text = word.text.strip()
        if not text:
            continue
        if joined and not word.text[0].isspace():
            last = joined[-1]
            joined[-1] = Timed(last.text + text, last.start, word.end, min(last.sure, word.sure))
        else:
            joined.append(replace(word, text=text))
    return joined


def bare(words: Sequence[Timed]) -> list[Timed]:
    """Words as they were aligned, for languages that set no spaces (one or a few characters each)."""
    return [replace(word, text=word.text.strip()) for word in words if word.text.strip()]


def sensible(words: Sequence[Timed], length: float) -> Iterator[Timed]:
    """The same words, in order, without overlap, within the piece, and none swollen by the silence beside it.

    Only a word beside a pause is cut (the first, the last, and those before and after the end of a sentence), to twice
    the median word: inside a sentence a long word is a word drawn out, which people do.
    """
    lengths = [word.end - word.start for word in words if word.end > word.start]
    usual = min(_LONGEST_USUAL, median(lengths)) if lengths else 0.0
    before = 0.0
    for i, word in enumerate(words):
        start, end = word.start, word.end
        if usual and end - start > 2 * usual:
            if i == 0 or words[i - 1].text[-1:] in _ENDS:
                start = end - 2 * usual
            elif i == len(words) - 1 or word.text[-1:] in _ENDS:
                end = start + 2 * usual
        start = min(max(start, before), length)
        end = min(max(end, start), length)
        before = end
        yield replace(word, start=start, end=end, sure=min(1.0, max(0.0, word.sure)))
