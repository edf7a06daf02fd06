"""Other people's names, numbers and places out of what they said, so that a partner made from it is not them (P3).

Names are found by their capital letters and by what is known of the speakers; a rule cannot know every name, so that
whoever makes a partner is asked to look it through. What was taken out is counted, and what may be a name is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from duologue.moments.threads import stem
from duologue.text import sentences, words

SO_MANY = "so many"


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CALENDAR = _set(
    """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays january february march april may june july august september october november december christmas easter
    i i'm i've i'd i'll ok okay god lord tv pc hr ceo cfo coo cto vp english mr mrs ms miss dr sir aunt auntie uncle
    coach father sister brother professor doctor mum mom dad mam nan gran grandma grandad"""
)  # with a capital, and nobody's name
_TITLES = r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Aunt|Auntie|Uncle|Coach|Father|Sister|Brother|Professor|Doctor)\.?"
_DOES = (
    r"(?:said|says|told|asked|asks|thinks|thought|wants|wanted|called|calls|left|quit|knows|knew|retired|resigned|"
    r"was|is|and (?:I|me)|who)\b"
)
_SPEAKS = r"(?:said|says|told|asked|asks|thinks|thought|wants|wanted|knows|knew|retired|resigned|quit)\b"
_KIN = (
    r"(?:wife|husband|son|daughter|brother|sister|partner|boss|manager|colleague|friend|father|mother|dad|mum|mom|kid|"
    r"girl|boy|assistant|nurse)"
)
_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBER = (
    r"(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    rf"ninety|hundred|thousand|million|{_ONES})"
)
# "one" and small counts in words tell nobody apart ("the two of us"); a figure, and what is larger, may.
_FIGURES = re.compile(
    rf"(?<![\w.])[$€£]?\d[\d.,:/%]*(?:\s?(?:k|m|bn|%|percent))?(?!\w)|"
    rf"\b(?:a )?(?:{_NUMBER}[- ])*(?!(?:{_ONES})\b){_NUMBER}(?:[- ](?:and )?{_NUMBER})*\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """What was taken out of the texts. `people`, `others`: as they were said. `kept`: names that were left standing."""

    people: tuple[str, ...]
    others: tuple[str, ...]
    numbers: int
    kept: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Mask:
    """Masks texts of one conversation. `speakers`: their names. `said`: every text of it, to know names by.

    `keep_words`: numbers and names of anything but people stay.
    """

    speakers: tuple[str, ...]
    said: tuple[str, ...]
    keep_words: bool = False

    @cached_property
    def people(self) -> frozenset[str]:
        """Words that are names of people: the speakers' own, and those that are spoken of as one speaks of people."""
        own = {w for name in self.speakers for w in _parts(name)}
        return frozenset(own | {n for n in self._found if self._is_person(n)})

    @cached_property
    def others(self) -> frozenset[str]:
        """Words that look like other names: of organisations, places, products (and of people nobody says much of)."""
        return frozenset(n for n in self._found if n not in self.people)

    def text(self, text: str) -> str:
        """The text without names of people; and without other names and numbers, unless they are to be kept."""
        gone = self.people if self.keep_words else self.people | self.others
        if gone:
            text = _any_of(gone, anyhow=self._all_small).sub(lambda m: f"{m[1][0].upper()}.", text)
            text = re.sub(r"(?<!\w)(\w\.)\.(?!\.)", r"\1", text)  # the mark of the letter is that of the sentence too
        if not self.keep_words:
            text = _FIGURES.sub(SO_MANY, text)
            text = re.sub(rf"(?:{SO_MANY})(?:(?: and | o'clock |, | )?{SO_MANY})+", SO_MANY, text)
            text = re.sub(rf"(^|[.?!]\s+){SO_MANY}", lambda m: f"{m[1]}{SO_MANY.capitalize()}", text)
        return text

    def report(self, texts: Iterable[str]) -> Masked:
        """What masking took out of these texts (as they were said)."""
        whole = "\n".join(texts)
        said = {w for w in re.findall(r"[\w'’-]+", whole) for w in (w, re.sub(r"['’]s$", "", w))}
        people = tuple(sorted(self.people & said))
        others = tuple(sorted(self.others & said))
        return Masked(
            people=people,
            others=() if self.keep_words else others,
            numbers=0 if self.keep_words else len(_FIGURES.findall(whole)),
            kept=others if self.keep_words else (),
        )

    @cached_property
    def _all_small(self) -> bool:
        """Whether the words come as a recogniser may give them, without capitals: "kofi said"."""
        whole = " ".join(self.said)
        return sum(c.isupper() for c in whole) * 200 < len(whole)

    @cached_property
    def _found(self) -> frozenset[str]:
        """Words with a capital that nobody writes small: within a sentence, or before what only somebody does."""
        small = frozenset(w for text in self.said for s in sentences(text) for w in _small(s.text))
        found = {n for text in self.said for s in sentences(text) for n in _capitals(s.text)}
        return frozenset(
            n
            for n in found
            if len(n) > 1 and n.lower() not in small | _CALENDAR and stem(n.lower()) and not n.isupper()
        )

    def _is_person(self, name: str) -> bool:
        n = re.escape(name)
        spoken_of = re.compile(
            rf"\b{_TITLES} {n}\b|\b{n} {_DOES}|\b(?:my|our|his|her|your|the) (?:\w+ )?{_KIN},? {n}\b|"
            rf"\b{n}, (?:my|our|his|her|the|who)\b|\b(?:with|told|ask|asked|call|called|to|from) {n}\b(?! [A-Z])|"
            rf"^{n},|, {n}[.?!,]"
        )
        return any(spoken_of.search(text) for text in self.said)


def _parts(name: str) -> Iterator[str]:
    """The words of a speaker's name that could be said in talk; "Speaker 1" has none."""
    if re.search(r"\d|speaker|unknown|agent|customer|caller|^\W*$", name, re.IGNORECASE):
        return
    yield from (w for w in re.findall(r"[^\W\d_][\w'’-]+", name) if w[0].isupper())


def _capitals(sentence: str) -> Iterator[str]:
    """The words of a sentence that are written with a capital where nothing but a name asks for one."""
    first = True
    for m in re.finditer(r"[^\W\d_][\w'’-]*", sentence):
        opens = first or sentence[: m.start()].rstrip(" \"'“”‘’(").endswith((":", ".", "!", "?", "…", "—", "–"))
        first = False
        titled = re.search(rf"(?<!\w){_TITLES} $", sentence[: m.start()])
        acts = opens and re.match(rf"(?:['’]s)? {_SPEAKS}", sentence[m.end() :])
        if m[0][0].isupper() and (not opens or acts or titled):
            yield re.sub(r"['’](?:s|d|ll|re|ve|m)?$", "", m[0])


def _small(text: str) -> Iterator[str]:
    """Words as they are written within a sentence, where they begin with a small letter."""
    yield from (w.lower().replace("’", "'") for w in re.findall(r"[\w'’-]+", text) if w[0].islower())
    yield from (w for w in words(text) if "'" in w)


def _any_of(some: frozenset[str], *, anyhow: bool) -> re.Pattern[str]:
    """Any of the names as a whole word. `anyhow`: in small letters too."""
    longest_first = sorted(some, key=lambda w: (-len(w), w))
    flags = re.IGNORECASE if anyhow else 0
    return re.compile(rf"(?<![\w'’-])({'|'.join(map(re.escape, longest_first))})(?![\w-])", flags)
