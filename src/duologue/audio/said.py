"""A word with its times made whole, and what words alone tell about turns: signs of listening, ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from duologue.audio.base import Heard
from duologue.model import Word
from duologue.text import words as tokens


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A convention: short enough never to reach far into a pause. Used only where a recogniser gave a word no length.
A_WORD = 0.2
# Words that may be none are kept and count as hardly heard, so that no finding rests on them: below what the acts
# take for hardly heard (`HARDLY_HEARD`).
DOUBTED = 0.4

_SOUNDS = _set("mm mmm mhm mhmm mm-hm mm-hmm mmhm mmhmm m-hm hm hmm uh-huh uhuh huh aha")
_SIGNS = _SOUNDS | _set(
    "yeah yes yep yup right okay ok sure oh ah wow really exactly absolutely definitely gotcha true indeed totally "
    "great nice cool good fine no gosh interesting understood"
)
_PHRASES = frozenset(
    ["i see", "of course", "got it", "all right", "i know", "that's right", "oh dear", "no way", "fair enough", "go on"]
)
_LONGEST_SIGN = 4  # words: "yeah yeah okay right"
_ENDS = re.compile(r"[.?!…。？！][\"'”’)\]]*$")
_ASKS = re.compile(r"[?？][\"'”’)\]]*$")
_MARKED = re.compile(r"[,;:.?!…、。，？！\-–—][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A word as it was heard, who said it, and when: seconds, guessed where the recogniser gave none.

    `sure`: 0 to 1, how sure it is who said it; None where a track of their own tells. `guessed`: (start, end).
    """

    word: Word
    start: float
    end: float
    who: int = 0
    sure: float | None = None
    guessed: tuple[bool, bool] = (False, False)

    @property
    def text(self) -> str:
        return self.word.text.strip()

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def said_in(heard: Iterable[Heard]) -> list[Said]:
    """The words of one track, in order, `who` being the track. Starts never run backwards."""
    found: list[Said] = []
    for h in sorted(heard, key=lambda h: (h.start, h.end)):
        for said in _timed(h):
            start = max(said.start, found[-1].start) if found else said.start
            found.append(replace(said, start=start, end=max(start, said.end)))
    return found


def _timed(heard: Heard) -> list[Said]:
    """Words with times between their neighbours where they have none, of `A_WORD` at most where they have no length."""
    words = [w for w in heard.words if w.text.strip()]
    starts = _starts(heard, words)
    found = []
    for i, (word, start) in enumerate(zip(words, starts, strict=True)):
        following = starts[i + 1] if i + 1 < len(words) else max(heard.end, start)
        end = word.end if word.end is not None and word.end > start else None
        found.append(
            Said(
                word=word if heard.doubt is None else _doubted(word),
                start=start,
                end=min(start + A_WORD, following) if end is None else end,
                who=heard.track,
                guessed=(word.start is None, end is None),
            )
        )
    return found


def _doubted(word: Word) -> Word:
    return replace(word, confidence=DOUBTED if word.confidence is None else min(DOUBTED, word.confidence))


def _starts(heard: Heard, words: Sequence[Word]) -> list[float]:
    """The start of each word; a row of words without one is spread evenly over the time between its neighbours."""
    found: list[float] = []
    while len(found) < len(words):
        i = len(found)
        start = words[i].start
        if start is not None:
            found.append(start)
            continue
        begin = (words[i - 1].end or found[-1] + A_WORD) if i else heard.start
        row = next((k for k in range(i, len(words)) if words[k].start is not None), len(words))
        until = words[row].start if row < len(words) else None
        step = max(0.0, (heard.end if until is None else until) - begin) / (row - i)
        found += [begin + step * k for k in range(row - i)]
    return found


# --- what the words tell --------------------------------------------------------------------------------------------


def ends_sentence(said: Said) -> bool:
    return bool(_ENDS.search(said.text))


def asks(said: Said) -> bool:
    return bool(_ASKS.search(said.text))


def is_sound(said: Said) -> bool:
    """A sign of listening that is nothing else: "mm-hm", not "right"."""
    return all(t in _SOUNDS for t in tokens(said.text)) and bool(tokens(said.text))


def is_sign(run: Sequence[Said]) -> bool:
    """Whether these words are nothing but a sign of listening (English), such as "Yeah, I see." A question is none,
    but "Really?" is."""
    spoken = [t for s in run for t in tokens(s.text)]
    if not 0 < len(spoken) <= _LONGEST_SIGN:
        return False
    left = " ".join(spoken)
    for phrase in _PHRASES:
        left = re.sub(rf"(?<!\S){re.escape(phrase)}(?!\S)", "", left)
    return all(t in _SIGNS for t in left.split())


def stands_alone(words: Sequence[Said], i: int) -> bool:
    """Whether a word is set off from those before and after it by marks or pauses, as another's "right" would be."""
    pause = 0.15  # a convention: some recognisers leave no gap at all within a phrase
    before = words[i - 1] if i else None
    after = words[i + 1] if i + 1 < len(words) else None
    opened = before is None or bool(_MARKED.search(before.text)) or words[i].start - before.end >= pause
    closed = after is None or bool(_MARKED.search(words[i].text)) or after.start - words[i].end >= pause
    return opened and closed


def joined(words: Sequence[Said]) -> str:
    """The text of a run. Scripts without spaces between words are written so, unless the recogniser wrote one."""
    parts = [words[0].text] if words else []
    for a, b in pairwise(words):
        spaced = a.word.text[-1:].isspace() or b.word.text[:1].isspace()
        tight = not spaced and (_UNSPACED.match(a.text[-1:]) or _UNSPACED.match(b.text[:1]))
        parts.append(b.text if tight else f" {b.text}")
    return "".join(parts)


# Thai to Lao, Burmese, Khmer, CJK marks, kana, Han, full-width forms.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
