"""Duologue: reviews conversations, in quotes.

    from duologue import read, review
    for moment in review(read("call.vtt", us="My Name")).moments:
        print(moment.kind, moment.turns)

Everything here is loaded eagerly and is light; heavy libraries (DOCX, e-mail, language detection, Arrow) are imported
by the function that needs them.
"""

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
from duologue.review import Options, review
from duologue.version import VERSION as __version__

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
    "read",
    "review",
]
