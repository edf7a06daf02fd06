"""Whose turn it is: events in, decisions out. It knows no clock but the one in the events, and makes no sound.

nobody ── words, then silence ──► Answer ── still silence ──► Say ── all said ──► nobody
                                    └─ they go on ► TakeBack   └─ they come in ► Stop ─ a mere "mm-hm" ► GoOn
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duologue.audio.base import Event, Heard, SpeechEnded, SpeechStarted
from duologue.audio.said import is_sign, said_in
from duologue.practice.aloud.base import PATIENT, Patience
from duologue.practice.aloud.endings import unfinished
from duologue.text import words

# --- events, beside those of `audio.base` --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Sound up to `now` was listened to. `caught_up`: none is waiting, so that what is known is what there is."""

    now: float
    caught_up: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """Somebody has spoken for so many seconds by now, be it too short yet to be sure of; 0 where nobody does."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The partner has said all of it."""

    now: float


# --- decisions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Their turn is over: find an answer to `text`. It is not said yet."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Say the answer now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """They were not finished: the answer was not said and is not to be. Their words come again, with the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """They came in: be silent at once, and listen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOn:
    """It was no more than a sign of listening, or a noise: say the rest."""


Decision = Answer | Say | TakeBack | Stop | GoOn


class TurnTaking:
    """Takes turns with one speaker. `on` is given every event in order and gives at most one decision.

    `takes_back`: whether an answer that was not said can be taken back; else it is said when they have finished.
    `opens`: the partner is speaking already.
    """

    def __init__(self, patience: Patience = PATIENT, *, takes_back: bool = False, opens: bool = False) -> None:
        self.patience = patience
        self.longest = 0.0  # the longest pause inside their own turns so far
        self._takes_back = takes_back
        self._where: Literal["theirs", "ready", "speaking"] = "speaking" if opens else "theirs"
        self._words: tuple[Heard, ...] = ()  # of this turn of theirs
        self._answered: tuple[Heard, ...] = ()  # what the answer that is ready is to
        self._open = False  # somebody is speaking
        self._voiced = False  # or may just have begun to
        self._end: float | None = None  # where the last speech of this turn of theirs ended
        self._quiet = 0.0  # since when it has been silent
        self._began = 0.0  # when the partner last began to speak
        self._taken = 0.0  # when their turn was last taken
        self._took = 0.0  # after what silence the turn was taken, what was added for announced words left out
        self._stopped = False  # they came in, and nothing was decided since
        self._now = 0.0

    @property
    def needed(self) -> float:
        """Seconds of silence after which their turn counts as over."""
        patience = self.patience
        return min(max(patience.pause, patience.beyond * self.longest), patience.most) + self._more

    @property
    def _more(self) -> float:
        return self.patience.unfinished if unfinished(_text(self._words or self._answered)) else 0.0

    def on(self, event: Event | Passed | Voiced | Spoken) -> Decision | None:
        """What to do, if anything, now that this has happened."""
        match event:
            case SpeechStarted():
                return self._started(event.at)
            case SpeechEnded():
                self._open, self._end, self._quiet = False, event.end, event.end
            case Heard():
                if event.words:
                    self._words += (event,)
            case Passed():
                self._now = event.now
                if event.caught_up and not self._open and not self._voiced:
                    return self._silent(event.now - self._quiet)
            case Voiced():
                self._voiced = event.seconds > 0
                if self._where == "speaking" and event.seconds >= self.patience.barge_in:
                    return self._stop()
            case Spoken():
                self._fell_silent(event.now)
        return None

    # --- what they do ---

    def _started(self, at: float) -> Decision | None:
        self._open = True
        if self._where == "ready":
            self._too_soon(at - self._taken)
        elif self._where == "theirs" and self._words and self._end is not None:
            # After words that announced more a longer pause was due: only what is beyond that tells of the speaker.
            self._learn(at - self._end - self._more)
        if self._where == "ready" and self._takes_back:
            self._where, self._words, self._answered = "theirs", self._answered + self._words, ()
            return TakeBack()
        return None

    def _stop(self) -> Decision:
        self._where, self._stopped = "theirs", True
        self._too_soon(self._now - self._began)
        return Stop()

    def _too_soon(self, after: float) -> None:
        """They spoke so many seconds after their turn was taken. Soon: it was no end. Later: an answer of theirs."""
        if after <= self.patience.too_soon:
            self._learn(self._took)

    def _learn(self, pause: float) -> None:
        self.longest = max(self.longest, pause)

    # --- what the partner does ---

    def _silent(self, seconds: float) -> Decision | None:
        if self._where == "ready" and seconds >= self.needed:
            self._where, self._began = "speaking", self._now
            self._answered, self._end, self._stopped = (), None, False
            return Say()
        if self._where != "theirs":
            return None
        # Where there is doubt whether it was words at all nobody said anything: a noise is no turn.
        said = any(h.doubt is None for h in self._words)
        if self._stopped and (not said or _is_sign(self._words)):
            return self._go_on() if seconds >= self.patience.sign else None
        if said and seconds >= self.needed:
            self._taken, self._took = self._now, seconds - self._more
            self._where, self._answered, self._words = "ready", self._words, ()
            return Answer(text=_text(self._answered))
        return None

    def _go_on(self) -> Decision:
        self._where, self._words, self._end, self._stopped = "speaking", (), None, False
        self._began = -self.patience.too_soon  # coming in again now is no sign that their turn was taken too soon
        return GoOn()

    def _fell_silent(self, now: float) -> None:
        self._where, self._quiet, self._now = "theirs", max(now, self._quiet), now
        if _is_sign(self._words):
            self._words = ()  # "mm-hm" beside what the partner said asks for no answer
        self._end = None  # what they said beside the partner is no part of a turn that has pauses


def _is_sign(heard: tuple[Heard, ...]) -> bool:
    """Nothing but a sign of listening. "No" may be one, and it may mean stop: here it means stop."""
    return is_sign(said_in(heard)) and "no" not in words(_text(heard))


def _text(heard: tuple[Heard, ...]) -> str:
    """What was heard, as a line: words as the recogniser wrote them, with one space between."""
    return " ".join(w.text.strip() for h in heard for w in h.words if w.text.strip())
