"""Judging answers to "tell me more": responsive? specific? evidence? handed back? each with the words it rests on.

Four judgements of the codebook (ruling "Ladder answers"). A model gives each a probability (`acts.Judge`); beside all
but *responsive* counts what the words show (`answer_cues.py`), because the model learnt from one writer alone. Four
rules stand above both: an answer without words has nothing, one that opens with a frank "I don't know" is one, one that
says the claim again is none, and one without a question or an opening at its end hands nothing back. How far all this
agrees with people: `measured.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import msgspec

from duologue.acts import DEFAULT
from duologue.acts.base import Exchange, Judge, Judgement
from duologue.errors import UnknownName
from duologue.frank import is_frank
from duologue.language import ENGLISH_SHARE, MIN_WORDS, english_share
from duologue.moments.threads import stems
from duologue.preparation.answer_cues import CUES, HANDS, HANDS_RAW, present, promises
from duologue.text import Sentence, is_punctuated, sentences, words

Name = Literal["responsive", "specific", "evidence", "hands_back"]
NAMES: tuple[Name, ...] = get_args(Name)
YES = 0.5  # a judgement is made from here on, as in the model card

# What the model reads of claim, question and answer together (acts/trained/inputs.py): 160 word pieces, of which the
# first two may take 72. A longer answer is judged in parts. English has some 1.4 word pieces a word.
_WINDOW, _ASKED, _PIECES_A_WORD = 150, 72, 1.4
MOST_PARTS = 40  # some 3,000 words; nobody listens to more, and the rest is not read (a note says so)
LONG = 180  # words: the limit of a soliloquy (codebook)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the answer that a judgement rests on: half-open code points, and the text that stands there."""

    start: int
    end: int
    text: str
    judgement: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was found in one answer. `likely`: how likely each is, from 0 to 1; `YES` and more is claimed.

    `quotes`: at least one for each judgement that is claimed. `frank`: it says openly that one does not know or has
    guessed; `promises`: that one will find out. `notes`: what a reader has to know about how it was judged.
    """

    likely: Judgement
    quotes: tuple[Quote, ...]
    frank: bool = False
    promises: bool = False
    notes: tuple[str, ...] = ()

    def has(self, name: Name) -> bool:
        """Whether this judgement is claimed."""
        return float(getattr(self.likely, name)) >= YES

    def quoted(self, name: Name) -> Quote | None:
        """The first words that a judgement rests on; None where it is not claimed."""
        return next((q for q in self.quotes if q.judgement == name), None)


def judge(exchanges: Sequence[Exchange], by: Judge | None = None) -> tuple[Judged, ...]:
    """A judgement for each exchange, in order. `by`: who gives the probabilities, the model in use where None."""
    reader = by if by is not None else _default()
    return tuple(_judged(e, reader) for e in exchanges)


def _default() -> Judge:
    if not isinstance(DEFAULT, Judge):
        raise UnknownName(f"{DEFAULT.name} judges no answers")
    return DEFAULT


def _judged(e: Exchange, reader: Judge) -> Judged:
    cut = [s for s in sentences(e.answer) if s.words]
    if not cut:
        return Judged(likely=_NOTHING, quotes=(), notes=("There are no words in this answer.",))
    parts = _parts(e, cut)
    read = _Read(e=e, by=reader)
    likely = [read.part(p) for p in parts[:MOST_PARTS]]
    frank = is_frank(_text(e, cut[:1]))
    opening = _opening(e, cut)
    # What comes first answers, what comes last hands back, and a fact counts wherever it stands.
    best: dict[Name, int] = {"responsive": 0, "hands_back": len(likely) - 1}
    for name in ("specific", "evidence"):
        best[name] = max(range(len(likely)), key=[float(getattr(p, name)) for p in likely].__getitem__)
    found = Judgement(**{name: getattr(likely[i], name) for name, i in best.items()})
    if frank:
        found = replace(found, responsive=max(found.responsive, _FRANK))
    elif _says_again(e):
        found = replace(found, responsive=min(found.responsive, 1 - _FRANK))
    if opening is None:  # no question and no opening in its last words: there is nothing with which it hands back
        found = replace(found, hands_back=min(found.hands_back, 1 - _FRANK))
    result = Judged(likely=found, quotes=(), frank=frank, promises=promises(e.answer), notes=_notes(e, parts))
    quotes: list[Quote] = []
    for name in NAMES:
        if result.has(name):
            if name == "hands_back" and opening is not None:
                rests = [opening]
            elif name == "responsive" and frank:
                rests = cut[:1]
            else:
                rests = _rests_on(name, parts[best[name]], read.part)
            quotes += [_quote(e, s, name) for s in rests]
    return replace(result, quotes=tuple(quotes))


_NOTHING = Judgement(responsive=0.0, specific=0.0, evidence=0.0, hands_back=0.0)
_FRANK = 0.9  # how sure a rule is that stands above the model: 9 of 9 in the corpus say little more

# Repeating the claim is no answer (codebook, ruling "Invitation"). Where at most two content words in five are neither
# the claim's nor the question's, the answer is one in form only: in the parts of the corpus that may be looked at 84 of
# 87 such answers are labelled so.
NEW = 0.4

Part = list[Sentence]


def _says_again(e: Exchange) -> bool:
    """Whether an answer says the claim, or the question, over again."""
    given = stems(words(e.claim)) | stems(words(e.asked))
    own = stems(words(e.answer))
    return len(own - given) <= NEW * len(own)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    e: Exchange
    by: Judge

    def part(self, part: Part) -> Judgement:
        """The model's judgement of these sentences, with what their words show beside it."""
        text = _text(self.e, part)
        given = self.by.judge([replace(self.e, answer=text)])[0]
        return beside(given, text)


def beside(given: Judgement, text: str) -> Judgement:
    """The model's judgement of an answer with what its words show counted beside it."""
    more = {}
    for name, weights in _weights().items():
        seen = math.fsum(w * x for w, x in zip(weights.cues.values(), cues_in(name, text), strict=True))
        z = (
            weights.model * logit(getattr(given, name), MOST[name])
            + weights.words * (seen + weights.shift_words)
            + weights.shift
        )
        more[name] = round(1 / (1 + math.exp(-z)), 3)
    return replace(given, **more)


def cues_in(name: str, text: str) -> list[float]:
    """For each cue of a judgement 1 where it is in the words it is looked for in, else 0."""
    return present(CUES[name], _tail(text) if name == "hands_back" else text)


def _tail(text: str) -> str:
    """The words with which an answer ends: its last sentence, or of raw speech the last dozen words."""
    cut = [s for s in sentences(text) if s.words]
    if cut and ("?" in text or is_punctuated(text)):
        return cut[-1].text
    return " ".join(text.split()[-_LAST:])


_LAST = 12  # a question in raw speech; longer ones begin within it more often than not


# How far from even the model may pull a judgement, in log odds, where words count beside it. It was trained on the
# answers of one writer, in which *specific* went with numbers and little else (model card), and it is surer of that
# than it deserves: alone it may not deny a plain figure. 2 is a probability of .88. The others: as the model rounds.
MOST = {"specific": 2.0, "evidence": 6.9, "hands_back": 6.9}


def logit(p: float, most: float) -> float:
    """Log odds, between `-most` and `most`."""
    return min(max(math.log(min(max(p, 0.001), 0.999)) - math.log1p(-min(max(p, 0.001), 0.999)), -most), most)


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """What a judgement's model and words weigh: log odds = model * (its own) + words * (sum of cues) + shift."""

    cues: dict[str, float]
    shift_words: float
    model: float
    words: float
    shift: float


@cache
def _weights() -> dict[str, Weights]:
    return msgspec.json.decode(
        files("duologue.preparation").joinpath("beside.json").read_bytes(), type=dict[str, Weights]
    )


def _parts(e: Exchange, cut: Part) -> list[Part]:
    """The answer in parts that fit the model's window, cut between sentences; nearly always one."""
    asked = min(_ASKED, _PIECES_A_WORD * (len(words(e.claim)) + len(words(e.asked))))
    room = int((_WINDOW - asked) / _PIECES_A_WORD)
    made: list[Part] = [[]]
    size = 0
    for sentence in cut:
        n = len(sentence.words)
        if made[-1] and size + n > room:
            made.append([])
            size = 0
        made[-1].append(sentence)
        size += n
    return made


def _rests_on(name: Name, part: Part, read: Callable[[Part], Judgement]) -> Part:
    """The sentences without which a judgement falls; where none alone does, the one whose absence lowers it most."""
    if len(part) == 1:
        return part
    without = [getattr(read(part[:i] + part[i + 1 :]), name) for i in range(len(part))]
    fall = [s for s, p in zip(part, without, strict=True) if p < YES]
    if fall and len(fall) < len(part):
        return fall
    return [part[min(range(len(part)), key=without.__getitem__)]]


def _opening(e: Exchange, cut: Part) -> Sentence | None:
    """The last question or opening among the last two sentences. Raw speech has no marks: there its words show it."""
    raw = "?" not in e.answer and not (is_punctuated(e.answer) and e.answer.rstrip()[-1:] in ".!…")
    hands = HANDS_RAW if raw else HANDS
    return next((s for s in reversed(cut[-2:]) if hands.search(s.text)), None)


def _text(e: Exchange, part: Part) -> str:
    return " ".join(e.answer[s.span.start : s.span.end] for s in part)


def _quote(e: Exchange, s: Sentence, name: Name) -> Quote:
    return Quote(start=s.span.start, end=s.span.end, text=e.answer[s.span.start : s.span.end], judgement=name)


def _notes(e: Exchange, parts: list[Part]) -> tuple[str, ...]:
    said = words(e.answer)
    notes = []
    if len(parts) > MOST_PARTS:
        read = sum(len(s.words) for p in parts[:MOST_PARTS] for s in p)
        notes.append(f"Of {len(said):,} words the first {read:,} were read.")
    elif len(said) > LONG:
        notes.append(
            f"It has {len(said):,} words; {LONG} is where a listener's patience is usually set (a convention)."
        )
    if len(said) >= MIN_WORDS and english_share(e.answer) < ENGLISH_SHARE:
        notes.append("It does not read like English, and only English was learnt: take these judgements as not known.")
    return tuple(notes)
