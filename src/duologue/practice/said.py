"""What was said, as it is compared: the sentences of a line in bare words."""

from __future__ import annotations

from functools import lru_cache

from duologue.text import sentences


@lru_cache(maxsize=65_536)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a line in bare lower-case words: what may not come twice."""
    return tuple(" ".join(s.words) for s in sentences(text) if s.words)
