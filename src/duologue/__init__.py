"""Duologue: reviews conversations, in quotes.

    from duologue import read, review
    for moment in review(read("call.vtt", us="My Name")).moments:
        print(moment.kind, moment.turns)

Names are loaded when they are first used, so that `duologue --help` waits for nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from duologue.version import VERSION as __version__

if TYPE_CHECKING:
    from duologue.audio import listen
    from duologue.model import (
        Act,
        ContextCell,
        Conversation,
        Dial,
        Measure,
        Moment,
        Next,
        Review,
        Span,
        Speaker,
        Turn,
        Word,
    )
    from duologue.readers import read
    from duologue.reviewing import Options, review

__all__ = [
    "Act",
    "ContextCell",
    "Conversation",
    "Dial",
    "Measure",
    "Moment",
    "Next",
    "Options",
    "Review",
    "Span",
    "Speaker",
    "Turn",
    "Word",
    "__version__",
    "listen",
    "read",
    "review",
]

_HOMES = {
    "listen": "duologue.audio",
    "read": "duologue.readers",
    "review": "duologue.reviewing",
    "Options": "duologue.reviewing",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'duologue' has no attribute {name!r}")
    value = getattr(import_module(_HOMES.get(name, "duologue.model")), name)
    globals()[name] = value
    return value
