"""Whose matter a message serves (S1.3)."""

from __future__ import annotations

from duologue.acts.base import Evidence
from duologue.model import Focus


def focus_of(evidence: Evidence) -> Focus:
    """The focus of a message: self, other or mixed."""
    return "mixed"
