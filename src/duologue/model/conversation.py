"""What was said, by whom and when. Values only: nothing here is ever changed after it was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duologue.model.measure import Measure

Side = Literal["ours", "theirs", "relay", "unknown"]
SIDES: tuple[Side, ...] = ("ours", "theirs", "relay", "unknown")

Kind = Literal["message", "selling", "consulting", "managing", "support", "hiring", "everyday"]
KINDS: tuple[Kind, ...] = ("message", "selling", "consulting", "managing", "support", "hiring", "everyday")

Estimate = Literal["start", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One voice. `side`: ours is the coached side, whatever its role; a relay carries another's words."""

    id: str
    name: str
    side: Side = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word as a recogniser heard it; times in seconds from the start of the conversation."""

    text: str
    start: float | None = None
    end: float | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one speaker said in one go. `speaker` is a Speaker.id; times in seconds, None where unknown.

    `estimated` names the times that a reader had to work out from its neighbours. `pieces`: (start, end) in seconds of
    each stretch of speech that a reader merged into this turn, in order; empty where the turn is a single stretch.
    The silences between them are no talk time.
    """

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None
    words: tuple[Word, ...] = ()
    estimated: tuple[Estimate, ...] = ()
    speaker_confidence: float | None = None
    pieces: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Whether those who can be heard know of the recording and agree to its review, as the user said when asked.

    `at`: the day on which they said it, ISO 8601; None where it is not known.
    """

    given: bool
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Turns in the order in which they were said. `kind` None: not known yet, a review infers it and says so.

    `notices`: what its reader could not know or had to leave out, as sentences for the user.
    `reported`: figures that the file itself brought, under its maker's own definition (shown, never used).
    `separate_channels`: the file says that every speaker was recorded on a channel of their own, so that gaps and
    overlaps between word times are real; False where it does not say so (one microphone, told apart by a machine).
    `consent`: None where nobody was asked (a transcript, say). `heard_by`: what turned a recording into words and told
    its voices apart; None where the words came as text.
    """

    id: str
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    kind: Kind | None = None
    source: str | None = None
    started_at: str | None = None
    language: str | None = None
    notices: tuple[str, ...] = ()
    reported: tuple[Measure, ...] = ()
    separate_channels: bool = False
    consent: Consent | None = None
    heard_by: str | None = None

    def speaker(self, id: str) -> Speaker:
        """The speaker with this id; KeyError where there is none."""
        for speaker in self.speakers:
            if speaker.id == id:
                return speaker
        raise KeyError(id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open code points into the text of a turn: `turns[turn].text[start:end]`."""

    turn: int
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point of one turn."""
        return self.turn == other.turn and self.start < other.end and other.start < self.end
