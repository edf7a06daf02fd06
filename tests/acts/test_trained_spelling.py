"""What the models read is spelt alike, whoever types or speaks; what is quoted stays as it stands (P2)."""

from __future__ import annotations

import pytest

from duologue.acts import ACCURATE
from duologue.acts.trained.spelling import alike
from duologue.text import quote, scene
from support import talk


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("I- I w-wanted to", "I wanted to"),
        ("the m… the machine broke", "the machine broke"),
        ("u cld get it pls, dont u think?", "you could get it please, don't you think?"),
        ("Show me leh, where you get this from.", "Show me, where you get this from."),
        ("a no-nonsense re-entry, well-known", "a no-nonsense re-entry, well-known"),
        ("Grades U and N", "Grades U and N"),
        ("Ah.", "Ah."),
        ("", ""),
    ],
)
def test_stutter_short_typing_and_particles_are_read_as_the_word_beside_them(said: str, read: str) -> None:
    assert alike(said) == read


def test_labels_are_the_same_and_quotes_keep_every_letter() -> None:
    plain = talk("B: The kiln fails twice a week.", "A: What do you do when it fails?")
    stuttered = talk("B: The kiln fails twice a week.", "A: W-what do you do wh- when it f-fails?")
    one, two = (ACCURATE.label(scene(c)) for c in (plain, stuttered))
    assert {a.kind for a in one if a.span.turn == 1} == {a.kind for a in two if a.span.turn == 1} != set()
    assert quote(stuttered, two[-1].span) == "W-what do you do wh- when it f-fails?"
