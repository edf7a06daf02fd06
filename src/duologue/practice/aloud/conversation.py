"""A conversation aloud: a microphone, the stages of listening, somebody who answers, and a mouth.

Half-duplex: while the partner speaks the microphone is shut, so that a loudspeaker's echo is nobody's words. With a
headset it stays open, and coming in stops the partner. Nothing is shown while people talk (P5).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np

from duologue.audio.activity import Silero, Stretches
from duologue.audio.base import RATE, Samples, VoiceActivity
from duologue.audio.level import Lift
from duologue.audio.stages import LIVE, Listening
from duologue.practice.aloud.base import PATIENT, Microphone, Mouth, Patience, Speaking
from duologue.practice.aloud.turns import (
    Answer,
    Decision,
    GoOn,
    Passed,
    Say,
    Spoken,
    Stop,
    TakeBack,
    TurnTaking,
    Voiced,
)
from duologue.text import sentences

Answering = Callable[[str], tuple[str, bool]]


def talk_aloud(
    microphone: Microphone,
    mouth: Mouth,
    listening: Listening,
    answer: Answering,
    *,
    headset: bool = False,
    opening: str = "",
    unsaid: Callable[[], None] | None = None,
    patience: Patience = PATIENT,
    activity: Callable[[], VoiceActivity] = Silero,
) -> None:
    """Talk until the partner ends it or there is no more sound. The microphone is closed and the mouth silent after it.

    `listening`: one track, at the pace LIVE. `answer`: the partner's reply to a line, and whether it ends the
    conversation. `headset`: the microphone does not hear the partner, so it stays open. `opening`: said first.
    `unsaid`: called where they went on while the last answer was found: it was not said and counts as never given, and
    their words come again with the rest. Without it such an answer is said when they have finished.

    Raises NoSound where the microphone or the mouth fails, and whatever `answer` raises. KeyboardInterrupt ends it too.
    """
    talk = _Talk(microphone, mouth, listening, answer, opening, unsaid, patience, Watch(activity()), headset)
    try:
        talk.run()
    finally:
        talk.hush()
        microphone.close()


class _Talk:
    """One conversation, as far as it is."""

    def __init__(
        self,
        microphone: Microphone,
        mouth: Mouth,
        listening: Listening,
        answer: Answering,
        opening: str,
        unsaid: Callable[[], None] | None,
        patience: Patience,
        watch: Watch,
        headset: bool,
    ) -> None:
        self._microphone, self._mouth, self._listening = microphone, mouth, listening
        self._answer, self._unsaid, self._patience = answer, unsaid, patience
        self._turns = TurnTaking(patience, takes_back=unsaid is not None, opens=bool(opening))
        self._watch, self._headset = watch, headset
        self._now = 0.0
        self._parts = self._cut(opening) if opening else []  # of the answer: what is being said is the first
        self._speaking: Speaking | None = None
        self._held: list[Samples] = []  # what came in and was not listened to yet
        self._last = False  # the answer ends the conversation
        self._over = False

    def run(self) -> None:
        if self._parts:
            self._say()
        for block in self._microphone:
            self._listen(block)
            if self._over:
                return
        self._hear()
        for event in self._listening.close():
            self._do(self._turns.on(event))
        self._finish_speaking()
        if not self._over:
            self._now = math.inf  # there is no more sound: it stays silent, and what was said is answered
            self._turns.on(Voiced(seconds=0.0))
            self._silent()
            self._finish_speaking()

    def hush(self) -> None:
        if self._speaking is not None:
            self._speaking.stop()
            self._speaking = None

    def _listen(self, block: Samples) -> None:
        self._now += len(block) / RATE
        self._do(self._turns.on(Voiced(seconds=self._watch(block))))
        self._held.append(block)
        if self._speaking is None:
            self._hear()
        self._go_on_speaking()
        self._silent()

    def _hear(self) -> None:
        """Listen to what has come in. Not while the partner speaks: a transcriber takes its time, and whoever comes in
        would have to wait for it."""
        if not self._held:
            return
        held, self._held = np.concatenate(self._held), []
        for event in self._listening.feed(held[np.newaxis]):
            self._do(self._turns.on(event))

    def _silent(self) -> None:
        self._do(self._turns.on(Passed(now=self._now, caught_up=not self._microphone.waiting)))

    def _do(self, decision: Decision | None) -> None:
        match decision:
            case Answer() if self._last:
                self._over = True  # they came in on a farewell: nobody is left to answer
            case Answer():
                reply, self._last = self._answer(decision.text)
                self._parts = self._cut(reply)
                self._silent()  # where nothing came in meanwhile it is said at once
            case TakeBack():
                self._parts, self._last = [], False
                if self._unsaid is not None:
                    self._unsaid()
            case Say() | GoOn():
                self._say()
            case Stop():
                self.hush()

    def _cut(self, reply: str) -> list[str]:
        """With an open microphone a sentence at a time, so that the partner can go on where they were stopped."""
        if not self._headset:
            return [reply]
        return [s.text for s in sentences(reply) if s.words] or [reply]

    def _say(self) -> None:
        self._speaking = self._mouth.speak(self._parts[0])
        if not self._headset:
            self._speaking.wait()
            time.sleep(self._patience.echo)
            self._microphone.forget()
            self._go_on_speaking()

    def _go_on_speaking(self) -> None:
        """Where a sentence was said, the next one, or the end of the reply."""
        if self._speaking is None or not self._speaking.done:
            return
        self._speaking, self._parts = None, self._parts[1:]
        if self._parts:
            self._say()
            return
        self._hear()
        self._over = self._last
        self._turns.on(Spoken(now=self._now))

    def _finish_speaking(self) -> None:
        while self._speaking is not None:
            self._speaking.wait()
            self._go_on_speaking()


class Watch:
    """How long somebody has been speaking, told with every block: the events of listening come when it is sure."""

    def __init__(self, activity: VoiceActivity) -> None:
        self._activity = activity
        self._lift = Lift(activity.step)
        self._left = np.zeros(0, np.float32)
        self._stretches = Stretches(math.ceil(LIVE.pause * RATE / self._activity.step))

    def __call__(self, block: Samples) -> float:
        """Seconds of speech in the stretch that is open after this block, (n,); 0 where there is none."""
        heard = np.concatenate((self._left, block))
        whole = len(heard) // self._activity.step * self._activity.step
        self._left = heard[whole:]
        for probability in self._activity.feed(self._lift(heard[:whole])) if whole else ():
            self._stretches.hear(float(probability))
            if self._stretches.over:
                self._stretches.close()
        start = self._stretches.start
        return 0.0 if start is None else (self._stretches.end - start) * self._activity.step / RATE
