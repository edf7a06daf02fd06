"""The nouns of spoken practice: what a microphone and a mouth are, and how patient the partner is.

    microphone ── blocks ──► Listening ── events ──► TurnTaking ── decisions ──► answer, mouth

Sound is float32 from -1 to 1, mono, at `audio.base.RATE`. Times are seconds of sound that came in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from duologue.audio.base import Samples
from duologue.errors import DuologueError


class NoSound(DuologueError, OSError):
    """This machine cannot speak or listen as asked: a program or device is missing, or gave up."""


class Microphone(Protocol):
    """Where sound comes from. It goes on coming in while nobody takes it, as it does from a real one."""

    @property
    def waiting(self) -> bool:
        """Whether a block that has come in was not taken yet: what was said while something else was done."""
        ...

    def __iter__(self) -> Iterator[Samples]:
        """Blocks, (n,) each, until there are no more. Raises NoSound where it stops giving any."""
        ...

    def forget(self) -> None:
        """Drop what has come in by now and was not taken."""
        ...

    def close(self) -> None:
        """Stop listening. Does no harm the second time."""
        ...


class Speaking(Protocol):
    """Something that is being said."""

    @property
    def done(self) -> bool:
        """Whether all of it was said, or it was stopped. Raises NoSound where it could not be said."""
        ...

    def wait(self) -> None:
        """Return when it is done. Raises as `done` does."""
        ...

    def stop(self) -> None:
        """Be silent at once. Does no harm where it is done."""
        ...


class Mouth(Protocol):
    """Says a text aloud."""

    @property
    def name(self) -> str:
        """The program and its voice, as a person is told."""
        ...

    def speak(self, text: str) -> Speaking:
        """Begin to say it, and return at once. Raises NoSound where that cannot be."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the partner waits. Times in seconds.

    `pause`: silence before a turn is taken. `beyond`: how much longer than the longest pause inside the speaker's own
    turns it has to be, as a factor; `most`: but no longer than that. `unfinished`: so much more after words that
    announce others. `sign`: silence after a mere "mm-hm", before the partner goes on. `barge_in`: so much speech stops
    the partner. `too_soon`: who comes in so soon after the partner began had not finished. `echo`: how long the room
    still sounds after the partner, before the microphone is open again.
    """

    # Within talk a silence of some 1 s is the longest that people commonly let stand (Jefferson 1989), and pauses
    # inside a speaker's turn beyond 1 s come only in spontaneous talk, when somebody thinks (Campione & Véronis 2002).
    pause: float = 1.2
    beyond: float = 1.25  # a convention of ours, as are the next two
    most: float = 4.0
    sign: float = 0.6
    # "um" announces a longer delay than "uh", and who says either means to go on (Clark & Fox Tree 2002). How much
    # longer is a convention of ours.
    unfinished: float = 1.5
    barge_in: float = 0.3  # a click or a cough is shorter; a syllable of English takes some .2 s
    too_soon: float = 1.0  # a convention of ours: less than it takes to answer what was said
    echo: float = 0.3  # a furnished room sounds on for about as long

    def __post_init__(self) -> None:
        if not 0 < self.pause <= self.most or self.beyond < 1:
            raise ValueError("a pause is more than none and at most the most, and never shorter than the speaker's own")
        if min(self.unfinished, self.sign, self.barge_in, self.too_soon, self.echo) < 0:
            raise ValueError("times are not below 0")


PATIENT = Patience()
