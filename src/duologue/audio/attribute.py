"""Who says each word of one track: the words as a recogniser timed them, the voices as a diarizer did.

Both are off by a fifth of a second or so, so words decide where times do not: a change of speaker is put where a
sentence ends or a pause lies if one is near, and a word that falls to another by such an error alone is given back. A
sign of listening ("mm-hm", "right," set off by marks) stays with the voice that made it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from duologue.audio.base import Spoke
from duologue.audio.said import Said, ends_sentence, is_sign, is_sound, stands_alone

# Conventions of ours, in seconds; benchmarks on real speech may move them.
OFF = 0.25  # how far the bound of a voice may be off
NEAR = 0.5  # how far the change of speaker may move to the end of a sentence: both times are off
A_PAUSE = 0.25  # a silence that a change of speaker may move to
CONTINUOUS = 0.6  # words nearer than this are one run of speech
MOST = 0.8  # of a sentence's words in time: who speaks through so much of it said all of it that they can have said
A_SIGN = 1.2  # a sign of listening is over by then
# What is left of the confidence in a voice. No voice at the word; two at once, and one set of words.
NO_VOICE = 0.5
TWO_VOICES = 0.7


def attributed(words: Sequence[Said], spoke: Sequence[Spoke]) -> list[Said]:
    """The words with `who` says each and how `sure` that is; in the same order. Without any voice all are 0's."""
    if not spoke:
        return [replace(w, who=0, sure=None) for w in words]
    voices = _Voices(spoke)
    who: list[int] = []
    for i, word in enumerate(words):
        near = who and word.start - words[i - 1].end < CONTINUOUS
        who.append(voices.speaker(words, i, who[-1] if near else None))
    who = _whole(words, who, voices)
    who = _given_back(words, who, voices)
    who = _moved(words, who)
    return [replace(w, who=k, sure=voices.sure(w, k)) for w, k in zip(words, who, strict=True)]


class _Voices:
    """The stretches of all voices, to be asked by time."""

    def __init__(self, spoke: Sequence[Spoke]) -> None:
        self.all = sorted(spoke, key=lambda s: (s.start, s.end, s.who))
        self.starts = [s.start for s in self.all]
        self.until = list(accumulate((s.end for s in self.all), max))  # the latest end so far: never runs backwards

    def within(self, start: float, end: float) -> list[Spoke]:
        """The stretches that share time with start to end."""
        first, last = bisect_right(self.until, start), bisect_left(self.starts, end)
        return [s for s in self.all[first:last] if s.end > start]

    def speaker(self, words: Sequence[Said], i: int, before: int | None) -> int:
        """Who says word i: the voice that shares most time with it; of two alike the one who holds the floor."""
        word = words[i]
        found = self.within(word.start, word.end)
        if not found:
            return self._nearest(word, before).who
        shares = _shares(word, found)
        most = max(shares.values())
        alike = [s for s in found if shares[s.who] >= most - 0.1 * (word.end - word.start)]
        if len({s.who for s in alike}) == 1:
            return alike[0].who
        short = min(alike, key=lambda s: (s.end - s.start, s.who))
        if _sign(words, i) and short.end - short.start <= A_SIGN:
            return short.who
        if before is not None and any(s.who == before for s in alike):
            return before
        return min(alike, key=lambda s: (s.start, s.who)).who

    def _nearest(self, word: Said, before: int | None) -> Spoke:
        k = bisect_left(self.starts, word.end)
        earlier = [self.all[bisect_left(self.until, self.until[k - 1])]] if k else []
        return min(
            (*earlier, *self.all[k : k + 1]),
            key=lambda s: (max(s.start - word.end, word.start - s.end), s.who != before, s.start),
        )

    def covers(self, word: Said, who: int, off: float) -> bool:
        """Whether this voice speaks at a word, give or take `off` seconds."""
        return any(s.who == who for s in self.within(word.start - off, word.end + off))

    def through(self, words: Sequence[Said]) -> int | None:
        """Who speaks through most of these words, more than anybody else; None where nobody does."""
        spoken: dict[int, float] = {}
        for word in words:
            for k, share in _shares(word, self.within(word.start, word.end)).items():
                spoken[k] = spoken.get(k, 0.0) + share
        ranked = sorted(spoken.items(), key=lambda pair: -pair[1])
        total = sum(w.end - w.start for w in words)
        if not ranked or ranked[0][1] < MOST * total or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return None
        return ranked[0][0]

    def sure(self, word: Said, who: int) -> float:
        """How sure it is that a word is this voice's: the voice's own confidence, less where times speak against it."""
        found = self.within(word.start, word.end)
        own = [s for s in found if s.who == who]
        if not own:
            near = [s for s in self.within(word.start - 2 * NEAR, word.end + 2 * NEAR) if s.who == who]
            return round(NO_VOICE * max((s.confidence for s in near or [self._nearest(word, who)]), default=0.0), 3)
        confidence = max(own, key=lambda s: (min(s.end, word.end) - max(s.start, word.start), s.confidence)).confidence
        shares = _shares(word, found)
        length = word.end - word.start
        share = min(1.0, shares[who] / length) if length > 0 else 1.0
        others = max((v for k, v in shares.items() if k != who), default=0.0)
        both = TWO_VOICES if others >= length / 2 else 1.0
        return round(confidence * both * (NO_VOICE + (1 - NO_VOICE) * share), 3)


def _shares(word: Said, found: Sequence[Spoke]) -> dict[int, float]:
    """Seconds that each voice speaks during a word. Stretches of one voice never overlap."""
    shares: dict[int, float] = {}
    for s in found:
        shares[s.who] = shares.get(s.who, 0.0) + min(s.end, word.end) - max(s.start, word.start)
    return shares


def _whole(words: Sequence[Said], who: list[int], voices: _Voices) -> list[int]:
    """Sentences that two spoke over, given whole to the one who speaks through them; signs of listening stay."""
    who = list(who)
    first = 0
    for i, word in enumerate(words, 1):
        if i < len(words) and not ends_sentence(word) and words[i].start - word.end < CONTINUOUS:
            continue
        if len(set(who[first:i])) > 1:
            main = voices.through(words[first:i])
            for k in range(first, i):
                if main is not None and not _sign(words, k) and voices.covers(words[k], main, 0.0):
                    who[k] = main
        first = i
    return who


def _sign(words: Sequence[Said], i: int) -> bool:
    """Whether a word is a sign of listening: for sure by its sound, or set off as one."""
    return is_sound(words[i]) or (is_sign([words[i]]) and stands_alone(words, i))


def _given_back(words: Sequence[Said], who: list[int], voices: _Voices) -> list[int]:
    """A lone word inside another's run goes back to them, where they may well speak at its time and it is no sign."""
    who = list(who)
    for i in range(1, len(words) - 1):
        x, mine = who[i - 1], who[i]
        if mine == x or who[i + 1] != x:
            continue
        before, word, after = words[i - 1 : i + 2]
        if word.start - before.end >= CONTINUOUS or after.start - word.end >= CONTINUOUS:
            continue
        own = _sign(words, i) or (ends_sentence(before) and ends_sentence(word))
        if not own and voices.covers(word, x, OFF):
            who[i] = x
    return who


def _moved(words: Sequence[Said], who: list[int]) -> list[int]:
    """Changes of speaker where sentences end, or in a pause, if one is near. Each run keeps a word at least."""
    who = list(who)
    last = 0  # where the run before the change began
    for i in range(1, len(words)):
        if who[i] == who[i - 1]:
            continue
        end = next((k for k in range(i, len(words)) if who[k] != who[i]), len(words))
        to = _better(words, last, i, end)
        for k in range(min(i, to), max(i, to)):
            who[k] = who[i - 1] if to > i else who[end - 1]
        last = to
    return who


def _better(words: Sequence[Said], first: int, at: int, end: int) -> int:
    """A better place for the change at word `at`, between the runs from `first` and up to `end`; `at` where none is."""
    if ends_sentence(words[at - 1]) or is_sign(words[max(first, at - 5) : at]) or is_sign(words[at : min(end, at + 5)]):
        return at  # a run of nothing but signs of listening is whole as it is
    time = (words[at - 1].end + words[at].start) / 2
    near = [*_reach(words, time, range(at - 1, first, -1), -1), *_reach(words, time, range(at + 1, end), 1)]
    stops = [k for k in near if ends_sentence(words[k - 1])]
    if stops:
        return min(stops, key=lambda k: (abs(words[k - 1].end - time), k))
    if words[at].start - words[at - 1].end >= A_PAUSE / 2:
        return at
    pauses = [k for k in near if words[k].start - words[k - 1].end >= A_PAUSE]
    return min(pauses, key=lambda k: (abs(words[k - 1].end - time), k), default=at)


def _reach(words: Sequence[Said], time: float, places: range, way: int) -> list[int]:
    """The places in turn for as long as every word that would change hands lies near the time of the change."""
    found = []
    for k in places:
        if abs(words[k if way < 0 else k - 1].middle - time) > NEAR:
            break
        found.append(k)
    return found
