"""Recording → Conversation: the whole way.

`hear` does the heavy work once, as the recording streams by, in memory that hardly grows with its length. Telling the
voices apart and making turns is quick, so what a user says later (how many speak, whose voice is whose) costs seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from duologue.audio import channels, decode, diarize, models, transcribe, turns
from duologue.audio.base import (
    RATE,
    Blocks,
    Diarizer,
    Heard,
    Progress,
    Samples,
    Transcriber,
    Voice,
)
from duologue.audio.channels import Layout
from duologue.audio.journal import Journal
from duologue.audio.pacing import Pacing
from duologue.audio.remembering import Remembering, RememberingVoices
from duologue.audio.stages import Listening
from duologue.audio.windows import Windows
from duologue.errors import DuologueError, NoConversation, UnreadableInput
from duologue.model import Consent, Conversation

OPENING, VOICES, TURNS = "Opening", "Telling voices apart", "Putting turns together"
SILENT = 1e-4  # the loudest sample of a recording in which nobody could hear anything: -80 dB of full scale
ENROL = 120  # seconds of an enrolment that are enough, and more would only cost time
VERSION = "1"  # of the stages: what an older one heard is heard anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a user may set.

    `model`: a name that `duologue models` lists, or a folder; None: the best that is here. `language`: a code; None:
    found out. `speakers`: how many speak; None: found out. `enrolled`: pairs of a name and a recording of that voice
    alone. `hours`: the longest recording that is taken.
    """

    model: str | None = None
    language: str | None = None
    speakers: int | None = None
    enrolled: tuple[tuple[str, str], ...] = ()
    consent: Consent | None = None
    hours: float = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What the heavy stages found. `seconds`: the recording's length; `spoken`: of speech; `loudest`: from 0 to 1."""

    heard: tuple[Heard, ...]
    voices: tuple[Voice, ...]
    seconds: float
    spoken: float
    loudest: float
    notices: tuple[str, ...]


def listen(path: str | Path, wanted: Wanted | None = None, progress: Progress | None = None) -> Conversation:
    """The conversation in a recording, on this machine and with nothing sent anywhere.

    Raises UnreadableInput where it cannot be decoded, NoConversation where nobody says anything in it, UnknownName
    where there is no such model, MissingExtra without the `audio` extra. A run that was stopped goes on where it was.
    """
    wanted = wanted or Wanted()
    progress = progress or (lambda stage, done, total: None)
    try:
        return _listen(path, wanted, progress)
    except DuologueError as error:
        raise error.at(str(path)) from error.__cause__


def _listen(path: str | Path, wanted: Wanted, progress: Progress) -> Conversation:
    progress(OPENING, 0, None)
    limits = decode.Limits(seconds=wanted.hours * 3600)
    layout = channels.layout(path, limits)
    found = models.find(wanted.model, language=wanted.language)
    transcriber = transcribe.load(found)
    diarizer = None if layout.separate else diarize.load()
    by = ", ".join(x.name for x in (transcriber, diarizer) if x)
    journal = Journal.open(path, {"by": by, "stages": VERSION})
    try:
        hearing = hear(
            path,
            layout,
            limits,
            Remembering(transcriber, journal),
            RememberingVoices(diarizer, journal) if diarizer else None,
            wanted.language,
            progress,
        )
    finally:
        journal.finish()
    _refuse_silence(hearing)
    notices = (*hearing.notices, *((journal.notice,) if journal.notice else ()))
    if diarizer is None:
        conversation = turns.by_track(hearing.heard, ("",) * len(layout.use), notices=notices)
    else:
        progress(VOICES, hearing.seconds, hearing.seconds)
        prints = {name: _print(diarizer, name, file, limits) for name, file in wanted.enrolled}
        told = diarize.tell_apart(hearing.voices, speakers=wanted.speakers, enrolled=prints)
        progress(TURNS, hearing.seconds, hearing.seconds)
        conversation = turns.by_voice(hearing.heard, told.spoke, told.who_is, notices=(*notices, *told.notices))
    return replace(conversation, consent=wanted.consent, heard_by=by)


def hear(
    path: str | Path,
    layout: Layout,
    limits: decode.Limits,
    transcriber: Transcriber,
    diarizer: Diarizer | None,
    language: str | None,
    progress: Progress,
) -> Hearing:
    """The heavy work: every track to words, and one track to voices as well."""
    tracks = len(layout.use) if layout.separate else 1
    pacing = Pacing(transcriber, progress, ahead=0.4 if diarizer else 0.1)  # as measured with base on two cores
    listening = Listening(tracks=tracks, transcriber=pacing, language=language)
    looking = _Looking(diarizer) if diarizer else None
    heard: list[Heard] = []
    samples, loudest = 0, 0.0
    with decode.opened(path, limits) as recording:
        pacing.total = recording.seconds
        for blocks in channels.arranged(recording.blocks(), layout):
            loudest = max(loudest, float(np.abs(blocks).max(initial=0.0)))
            samples += blocks.shape[1]
            if looking:
                looking.feed(blocks[0])
            for event in listening.feed(blocks):
                pacing.follow(event)
                if isinstance(event, Heard):
                    heard.append(event)
            pacing.came(samples / RATE)
        notices = recording.notices
    heard += [e for e in listening.close() if isinstance(e, Heard)]
    if looking:
        looking.close()
    return Hearing(
        heard=tuple(heard),
        voices=tuple(looking.voices) if looking else (),
        seconds=samples / RATE,
        spoken=sum(listening.speech_seconds),
        loudest=loudest,
        notices=notices,
    )


class _Looking:
    """A diarizer and the windows that it looks at."""

    def __init__(self, diarizer: Diarizer) -> None:
        self.voices: list[Voice] = []
        self._diarizer = diarizer
        self._windows = Windows(length=diarizer.window, step=diarizer.step)

    def feed(self, samples: Samples) -> None:
        for window in self._windows.feed(samples):
            self.voices += self._diarizer.voices(*window)

    def close(self) -> None:
        for window in self._windows.close():
            self.voices += self._diarizer.voices(*window)


def _print(diarizer: Diarizer, name: str, file: str, limits: decode.Limits) -> Samples:
    """The voice print of an enrolment: the first minutes of a recording of one person."""
    parts: list[Blocks] = []
    with decode.opened(file, limits) as recording:
        for blocks in recording.blocks():
            parts.append(blocks)
            if len(parts) >= ENROL:
                break
    samples = np.concatenate(parts, axis=1).mean(axis=0, dtype=np.float32) if parts else np.zeros(0, np.float32)
    try:
        return diarizer.print_of(samples)
    except ValueError:
        raise UnreadableInput(
            f"{name}’s voice cannot be heard in it", where=file, hint="Give some ten seconds of that person alone"
        ) from None


def _refuse_silence(hearing: Hearing) -> None:
    """Raise NoConversation, saying what was there instead of words."""
    if any(h.words for h in hearing.heard):
        return
    if hearing.loudest < SILENT:
        raise NoConversation("it is silent from beginning to end", hint="Was the right microphone on?")
    if not hearing.spoken:
        raise NoConversation("there is sound in it, and nobody speaks", hint="Is this the file with the conversation?")
    raise NoConversation(
        f"some {max(1, round(hearing.spoken))} s of it sound like speech, and no words could be made out",
        hint="A larger model may hear more: `duologue models` lists them",
    )
