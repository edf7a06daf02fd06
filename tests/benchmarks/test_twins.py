"""Twins: what matches two conversations, what orders them, and what counts alone make of them."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.twins import Counts, counts, level, paired, summed, unmatched

from duologue.model import Dial


def twin(*lines: str, played: str = "well", situation: str = "s") -> dict[str, Any]:
    """From lines such as "A: text"; A is ours."""
    turns = [{"speaker": line[0], "text": line[3:]} for line in lines]
    speakers = {"A": {"name": "Ann", "side": "ours"}, "B": {"name": "Ben", "side": "theirs"}}
    return {"situation": situation, "played": played, "speakers": speakers, "turns": turns}


def test_only_the_coached_side_is_counted_and_all_words_are() -> None:
    """Share, questions and longest turn are the coached side's; words are everybody's."""
    got = counts(twin("A: How is it? Well?", "B: It's late. Why? Tell me.", "A: I see."))
    assert got == Counts(share=6 / 11, questions=2, longest=4, words=11)


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (Counts(share=0.52, questions=4, longest=36, words=200), []),
        (Counts(share=0.53, questions=4, longest=40, words=200), ["talk share"]),
        (Counts(share=0.50, questions=5, longest=40, words=200), ["questions"]),
        (Counts(share=0.50, questions=4, longest=35, words=200), ["longest turn"]),
        (Counts(share=0.50, questions=4, longest=40, words=179), ["words"]),
        (Counts(share=0.50, questions=3, longest=50, words=250), ["questions", "longest turn", "words"]),
    ],
)
def test_what_differs_is_named(other: Counts, named: list[str]) -> None:
    """Two points of talk share, no question, a tenth of the longest turn and of all words; either way round."""
    own = Counts(share=0.5, questions=4, longest=40, words=200)
    for why in (unmatched(own, other), unmatched(other, own)):
        assert [w.rstrip("0123456789.% ").removesuffix("and").rstrip("0123456789.% ") for w in why] == named


def test_a_situation_has_one_of_each() -> None:
    """Twins are found whatever their order; a lone one, and one played twice, is named."""
    well, badly = twin("A: Hi.", played="well"), twin("A: Ho.", played="badly")
    assert paired([badly, well]) == {"s": (well, badly)}
    with pytest.raises(ValueError, match="situation s is not played"):
        paired([well])
    with pytest.raises(ValueError, match="situation s is played well twice"):
        paired([well, badly, well])


def test_a_dial_without_opportunities_says_half() -> None:
    """One taken and one not are added: few opportunities move a dial little."""

    def dial(count: int, of: int) -> Dial:
        return Dial(name="x", count=count, of=of, value=None, low=None, high=None, moments=(), reason=None)

    assert level(dial(0, 0)) == 0.5
    assert level(dial(1, 1)) == pytest.approx(2 / 3)
    assert level(dial(9, 10)) > level(dial(1, 1))


def test_the_sum_of_counts_weighs_each_alike() -> None:
    """A count in hundreds weighs no more than one in units; one that never varies weighs nothing."""
    units = {"s": (1.0, 2.0), "t": (3.0, 2.0)}
    hundreds = {name: (100 * b, 100 * a) for name, (a, b) in units.items()}
    still = {"s": (5.0, 5.0), "t": (5.0, 5.0)}
    for a, b in summed([units, hundreds, still]).values():
        assert a == b
    alone = summed([units, still])
    assert alone["s"][0] < alone["s"][1]
    assert alone["t"][0] > alone["t"][1]
