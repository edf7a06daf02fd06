"""What kind of conversation this is, where nobody said."""

from __future__ import annotations

from duologue.acts.base import Evidence
from duologue.model import Kind


def infer_kind(evidence: Evidence) -> Kind | None:
    """The kind that the words point to, or None where they point to none."""
    return None
