"""Whose matter a message serves (S1.3). These messages are ours; benchmarks/agreement.py has figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from duologue import acts
from duologue.acts.base import Evidence
from duologue.moments.focus import focus_of, weigh
from duologue.text import scene
from support import talk

MESSAGES: dict[str, list[str]] = json.loads((Path(__file__).parent / "messages.json").read_text(encoding="utf-8"))


def _evidence(text: str) -> Evidence:
    cut = scene(talk(f"A: {text}", kind="message"))
    return Evidence(scene=cut, acts=acts.RULES.label(cut))


@pytest.mark.parametrize(("focus", "text"), [(focus, t) for focus, texts in MESSAGES.items() for t in texts])
def test_whose_matter_a_message_serves(focus: str, text: str) -> None:
    """S1.3: selling, bumping and ordering serve the sender; answering, mending and asking serve the other."""
    assert focus_of(_evidence(text)) == focus


def test_you_alone_makes_no_message_about_the_other() -> None:
    """The ruling: whose matter, not how often “you” appears."""
    text = (
        "You, you and you: you could be our next customer. "
        "Book your demo of our platform, and you get our award-winning team."
    )
    assert focus_of(_evidence(text)) == "self"


def test_headers_and_quoted_lines_are_not_the_senders() -> None:
    """The codebook: acts and focus are those of the sender's own text."""
    text = (
        "From: Ana\nTo: Bo\nSubject: our award-winning platform\n\nYou asked where the key is. It is in the blue "
        "box.\n\n"
        "> We are the leading provider. Book a demo of our platform today.\n"
    )
    weight = weigh(_evidence(text))
    assert weight.ours == 0 and weight.theirs > 0


def test_a_message_with_no_sign_of_either_is_mixed() -> None:
    """Where nothing points either way the review does not pretend to know."""
    assert focus_of(_evidence("Tuesday then.")) == "mixed"
