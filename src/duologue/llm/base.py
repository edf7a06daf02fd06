"""What the house asks of a language model: a typed answer, or one in pieces; and how an answer is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

import msgspec

from duologue.errors import LlmJunk

S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `system`: what we ask for; `user`: the material; `assistant`: what the model said before."""

    role: Literal["system", "user", "assistant"]
    text: str


class Chat(Protocol):
    """A language model. Every wait ends: within its own time limit, or when it is called off."""

    @property
    def name(self) -> str:
        """The model and where it runs, as a person is told it; never a key."""
        ...

    def complete(self, messages: Sequence[Message], shape: type[S]) -> S:
        """The whole answer, as a value of `shape`. A KeyboardInterrupt calls the request off.

        Raises LlmFailed: LlmJunk where an answer came that has another shape.
        """
        ...

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The answer as it comes, in pieces of text. Raises LlmFailed, also midway. To stop asking calls it off."""
        ...


_FENCED = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL | re.IGNORECASE)
_SHOWN = 60  # characters of an answer that could not be read


def value_in(text: str, shape: type[S], *, where: str) -> S:
    """The value in an answer: JSON, bare or in a code fence. Raises LlmJunk for anything else."""
    fenced = _FENCED.fullmatch(text)
    try:
        return msgspec.json.decode(fenced[1] if fenced else text, type=shape)
    except (msgspec.DecodeError, RecursionError):
        shown = " ".join(text.split())
        what = f"what the model answered is not what it was asked for (“{shown[:_SHOWN]}{'…' * (len(shown) > _SHOWN)}”)"
        raise LlmJunk(what if shown else "the model answered nothing", where=where) from None
