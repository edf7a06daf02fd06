"""A practice session by voice: what is heard becomes lines, what the partner says is spoken, and nothing is shown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from duologue.cli.shared import say
from duologue.errors import UnreadableInput

if TYPE_CHECKING:
    from duologue.cli.practising import Practice
    from duologue.practice.aloud import Mouth


def run_spoken(practice: Practice, *, headset: bool, piper: str | None, model: str | None, reveal: bool) -> None:
    """Until one of the two ends it, or Ctrl-C; then the debrief. Raises MissingExtra, NoSound, what a model lacks."""
    from duologue.audio.models import find
    from duologue.audio.stages import LIVE, Listening
    from duologue.audio.transcribe import load
    from duologue.cli.practice_talk import look_back, opening
    from duologue.practice.aloud import talk_aloud
    from duologue.practice.aloud.microphones import SoundDeviceMicrophone

    if practice.session.talk.state.ended:
        id = practice.diary.id if practice.diary else ""
        raise UnreadableInput(
            "the partner of this session has gone", where=id, hint="Without --spoken, /rewind N goes back first"
        )
    mouth = _mouth(practice, piper)
    listening = Listening(tracks=1, transcriber=load(find(model, language="en"), fast=True), pace=LIVE, language="en")
    microphone = SoundDeviceMicrophone()  # before a word is shown: without one there is no session
    opening(practice, silent=True)
    say(f"{mouth.name} speaks. Ctrl-C ends it, and then comes the debrief.")
    so_far = practice.session.talk.so_far

    def answer(text: str) -> tuple[str, bool]:
        practice.say(text)
        step = practice.session.talk.steps[-1]
        return step.reply.text, step.state.ended

    def unsaid() -> None:
        practice.back_to(len(practice.session.talk.steps), keep=False)

    try:
        talk_aloud(
            microphone,
            mouth,
            listening,
            answer,
            headset=headset,
            opening=so_far[-1].text if so_far and so_far[-1].who == "partner" else "",
            unsaid=unsaid,
        )
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    practice.close()
    look_back(practice, reveal=reveal)


def _mouth(practice: Practice, piper: str | None) -> Mouth:
    """Piper where a voice of it is given, else espeak-ng."""
    from duologue.practice.aloud.mouths import TONES, Espeak, Piper

    tone = TONES[practice.session.talk.setting.temperament]
    return Piper(Path(piper), pace=tone.speed / 175) if piper else Espeak(tone)
