"""What is wrong with a scenario, before anybody talks with it: `duologue scenario check`.

Five groups of rules, a file each: `reachable.py` (can every layer be heard?), `early.py` (is one told too early?),
`consistent.py` (does it contradict itself?), `enough.py` (are there words for everything?), and the house's lines.
"""

from __future__ import annotations

from duologue.practice.making.consistent import contradictions, every_temperament
from duologue.practice.making.early import given_away, house_lines_lost, keys_alone
from duologue.practice.making.enough import missing
from duologue.practice.making.findings import Finding
from duologue.practice.making.reachable import unreachable
from duologue.practice.scenario import Scenario

__all__ = ["Finding", "check"]


def check(scenario: Scenario) -> tuple[Finding, ...]:
    """Everything that was found, errors first, else in the order of the rules; () where there is nothing to say.

    Deterministic. Takes some half a second, since sessions are played (see `reachable.py` and `enough.py`).
    """
    found = [
        *every_temperament(scenario),
        *contradictions(scenario),
        *unreachable(scenario),
        *given_away(scenario),
        *keys_alone(scenario),
        *missing(scenario),
        *house_lines_lost(scenario),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: f.level == "advice"))
