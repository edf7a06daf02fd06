"""Every exception of Duologue: what happened, where, and what to do next.

Each also inherits the builtin that a caller would expect, so that library users need not know ours.
A face prints `str(error)`, which is one line, and exits with status 2.
"""

from __future__ import annotations


class DuologueError(Exception):
    """Base of all our errors. `what` happened, `where` (file, line, place), `hint`: what to do next."""

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(what)

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{text}. {self.hint}" if self.hint else text
        # One line, and nothing in it that moves the cursor: what came from a file is shown, never obeyed.
        return "".join(c if c.isprintable() else " " for c in line)

    def at(self, where: str) -> DuologueError:
        """The same error with its place filled in, where the one who raised it could not know it."""
        if not self.where:
            self.where = where
        return self


class UnreadableInput(DuologueError, ValueError):
    """The input is not something that the chosen reader can read (empty, binary, truncated, malformed)."""


class UnknownFormat(UnreadableInput):
    """No reader recognises the input, or more than one does: `candidates` names them."""

    def __init__(self, what: str, *, candidates: tuple[str, ...] = (), where: str = "", hint: str = "") -> None:
        self.candidates = candidates
        super().__init__(what, where=where, hint=hint)


class NoConversation(UnreadableInput):
    """The input is well-formed but holds no words that people said to each other (a schema, an RTTM alone)."""


class UnwritableOutput(DuologueError, ValueError):
    """The conversation cannot be written in the chosen format without losing what the format needs."""


class UnknownName(DuologueError, LookupError):
    """A speaker, measure, act, moment or format name that nobody knows."""


class MissingExtra(DuologueError, ImportError):
    """An optional library is needed for this and is not installed."""


class NotSet(DuologueError, LookupError):
    """Something that only the user can give has not been given (where a model is, and which one)."""


class LlmFailed(DuologueError, RuntimeError):
    """A language model gave no answer that can be used: down, slow, cut off, refused, junk, called off."""


class LlmJunk(LlmFailed):
    """A language model answered, and not what it was asked for: to ask once more may help."""
