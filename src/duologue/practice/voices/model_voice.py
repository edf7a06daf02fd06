"""The `llm` voice: a language model words what the rules decided. What it may not say is not told to it, and what it
says is checked; where that fails, a line that people wrote stands in, and the reply says so.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from duologue.errors import LlmFailed, LlmJunk
from duologue.llm.base import Chat
from duologue.practice.base import Occasion, Reply, Voice
from duologue.practice.voices import prompt
from duologue.practice.voices.guard import faults
from duologue.text import sentences

TRIES = 2  # the first, and one more with what was wrong
GIVES_UP = 2  # requests in a row that got no answer; after that nobody waits for a model that is not there

_NO_JSON = "it is not the short JSON that was asked for"


class ModelVoice:
    """A Voice that a model words. It remembers only whether the model answers at all: one a session."""

    def __init__(self, chat: Chat, fallback: Voice) -> None:
        """`fallback` gives every line its matter, and its words where the model's cannot be used."""
        self.chat, self.fallback = chat, fallback
        self._unanswered = 0

    @property
    def name(self) -> str:
        return f"llm ({self.chat.name})"

    def say(self, occasion: Occasion, chance: random.Random) -> Reply:
        """The partner's next line. Never raises LlmFailed: a KeyboardInterrupt alone goes through."""
        written = self.fallback.say(occasion, chance)
        if self._unanswered >= GIVES_UP:
            return written
        try:
            return self._worded(occasion, written)
        except LlmFailed as error:
            self._unanswered += 1
            note = f"The model gave no answer, so this line is a written one ({error})"
            if self._unanswered >= GIVES_UP:
                note += "; it is not asked again in this session"
            return replace(written, note=note)

    def _worded(self, occasion: Occasion, written: Reply) -> Reply:
        """The model's line, or the written one with a note. Raises LlmFailed where no answer came."""
        first = asked = prompt.messages(occasion, written.text)
        wrong: tuple[str, ...] = ()
        for _ in range(TRIES):
            try:
                text = tidy(self.chat.complete(asked, prompt.Line).reply, occasion.scenario.person.name)
            except LlmJunk:
                text, wrong = "", (_NO_JSON,)
            else:
                wrong = faults(text, occasion, line=written.text)
            self._unanswered = 0
            if not wrong:
                return Reply(text=text, lead=_lead(text, occasion), stands_for=written.text)
            asked = prompt.again(first, text, wrong)
        return replace(
            written, note=f"The model's words were not used ({'; '.join(wrong)}); this line is a written one"
        )


def tidy(text: str, name: str) -> str:
    """One line without what models put around it: quotation marks, and the person's own name as a label."""
    line = " ".join(text.split())
    first = re.escape(name.split(maxsplit=1)[0])
    line = re.sub(rf"^(?:{re.escape(name)}|{first})\s*:\s*", "", line, flags=re.IGNORECASE)
    quoted = re.fullmatch(r"[\"“']([^\"“”]*)[\"”']", line)
    return quoted[1].strip() if quoted else line


def _lead(text: str, occasion: Occasion) -> int:
    """Where the words end that only say that they felt understood: the first sentence, as the model was asked."""
    cut = sentences(text)
    return cut[0].span.end if occasion.decision.confirms and len(cut) > 1 else 0
