"""Acts by rules and lexicons, the first version behind the `Labeller` interface."""

from __future__ import annotations

from duologue.model import Act
from duologue.text import Scene


class Rules:
    """The rule-based labeller."""

    name = "rules/1"

    def label(self, scene: Scene) -> tuple[Act, ...]:
        """Every act in the scene, sorted by turn, start and kind."""
        return ()


RULES = Rules()
