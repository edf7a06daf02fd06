"""What each sentence does. `label(scene)` gives every act with its span, confidence and who says so."""

from __future__ import annotations

from duologue.acts.base import Evidence, Labeller
from duologue.acts.rules import RULES
from duologue.acts.trained.labeller import ACCURATE, FAST, Chosen

__all__ = ["ACCURATE", "ALWAYS_ACCURATE", "DEFAULT", "FAST", "RULES", "Evidence", "Labeller"]

DEFAULT: Labeller = Chosen()
ALWAYS_ACCURATE: Labeller = Chosen(long=True)
