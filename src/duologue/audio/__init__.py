"""From a recording to a conversation. `listen(path)` is the whole way; each stage is a file (see `base.py`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duologue.audio.base import Progress
    from duologue.audio.listening import Wanted
    from duologue.model import Conversation


def listen(path: str | Path, wanted: Wanted | None = None, progress: Progress | None = None) -> Conversation:
    """The conversation in a recording: see `duologue.audio.listening`, which is loaded when it is first needed."""
    from duologue.audio import listening

    return listening.listen(path, wanted, progress)
