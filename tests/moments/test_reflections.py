"""How the coached side's reflections were met: confirmed, corrected or let pass, with the words (S2.4)."""

from __future__ import annotations

import pytest

from duologue.moments import Limits, Stage, find
from duologue.moments.dials import dials
from duologue.moments.exchanges import confirmed_reflections, reflections
from duologue.reports.wording import dial_value
from staging import staged

SAID = "A: So every late van lands on your desk. #reflection"


@pytest.mark.parametrize(
    ("met", "words", "lines"),
    [
        ("confirmed", "Exactly, on my desk.", (SAID, "B: Exactly, on my desk. #agreement | We count them.")),
        ("confirmed", "On my desk, each late van.", (SAID, "B: On my desk, each late van.")),
        ("corrected", "No, on the depot's.", (SAID, "B: No, on the depot's.")),
        ("corrected", "The depot gets them.", (SAID, "B: Hm. | The depot gets them. #disagreement")),
        ("let pass", "Mm.", (SAID, "B: Mm. #backchannel")),
        ("let pass", "No, we never did.", (f"{SAID} | Did you count them? #question.closed", "B: No, we never did.")),
        ("let pass", "I have a call.", (SAID, "B: I have a call. #withdrawal")),
    ],
)  # fmt: skip
def test_how_it_was_met(met: str, words: str, lines: tuple[str, ...]) -> None:
    """A reflection is met in one of three ways, and the words that say so are the reply's."""
    evidence = staged(*lines)
    stage = Stage(scene=evidence.scene, acts=evidence.acts)
    [found] = reflections(stage)
    assert (found.met, stage.text(found.words)) == (met, words)
    assert (list(confirmed_reflections(stage)) == [found]) == (met == "confirmed") == (found.strength > 0)


def test_nobody_replied() -> None:
    """Where the talk ends on it nobody met it: it was neither let pass nor corrected."""
    evidence = staged("B: The vans are late.", SAID)
    assert not list(reflections(Stage(scene=evidence.scene, acts=evidence.acts)))


def test_the_dial_tells_it_beside_its_count() -> None:
    """`understanding` says how reflections were met, and a moment that a person took out is no confirmation."""
    evidence = staged(
        "B: The vans are late again this week and nobody tells me. #disclosure.issue",
        "A: So the vans are late. #reflection",
        "B: Exactly, they are. #agreement",
        "A: So every late van lands on the desk of the depot. #reflection",
        "B: No, it lands on mine alone.",
        "A: And the crew has to wait for all of them. #reflection",
        "B: Mm. #backchannel",
    )
    moments = find(evidence, Limits())
    dial = next(d for d in dials(evidence, moments, Limits()) if d.name == "understanding")
    told = "reflections: 1 confirmed, 1 corrected (“it lands on mine alone”), 1 let pass"
    assert dial.beside == told and dial_value(dial) == f"{dial.reason}; {told}"
    without = tuple(m for m in moments if m.kind != "understood")
    again = next(d for d in dials(evidence, without, Limits()) if d.name == "understanding")
    assert again.beside == "reflections: 1 corrected (“it lands on mine alone”), 2 let pass"
