"""What each sentence does. `label(scene)` gives every act with its span, confidence and who says so."""

from __future__ import annotations

from duologue.acts.base import Evidence, Labeller
from duologue.acts.rules import RULES

__all__ = ["DEFAULT", "RULES", "Evidence", "Labeller"]

DEFAULT: Labeller = RULES
