"""Judging answers: every true judgement has words, they are verbatim, and the rules stand where their reasons say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue.acts.base import Exchange, Judgement
from duologue.frank import is_frank
from duologue.preparation.answer_cues import promises
from duologue.preparation.judging import LONG, NAMES, judge
from duologue.preparation.measured import measured, said
from duologue.preparation.told import lines
from support import ROOT

CLAIM = "Warehouses lose their best pickers in March."


class Always:
    """Says the same of every answer, and remembers what it was given."""

    def __init__(self, likely: float) -> None:
        self.likely, self.seen = likely, 0

    def judge(self, exchanges: Sequence[Exchange]) -> tuple[Judgement, ...]:
        self.seen += len(exchanges)
        p = self.likely
        return tuple(Judgement(responsive=p, specific=p, evidence=p, hands_back=p) for _ in exchanges)


def about(answer: str, asked: str = "What's your basis for saying this?") -> Exchange:
    return Exchange(claim=CLAIM, asked=asked, answer=answer)


@given(st.text(max_size=400), st.sampled_from((0.02, 0.5, 0.98)))
def test_quotes_are_verbatim_and_every_yes_has_one(answer: str, likely: float) -> None:
    """P1: whatever is typed, offsets are code points into the answer, and nothing is claimed without words."""
    found = judge([about(answer)], Always(likely))[0]
    for q in found.quotes:
        assert 0 <= q.start < q.end <= len(answer)
        assert answer[q.start : q.end] == q.text
    for name in NAMES:
        assert found.has(name) == (found.quoted(name) is not None)


@given(
    st.lists(
        st.sampled_from(["We counted 12 of 30.", "🙂 Twice, in March.", "What do you see?", "It just is."]), max_size=9
    )
)
def test_quotes_are_verbatim_with_the_model(pieces: list[str]) -> None:
    """The same through the model in use, with marks outside the basic plane."""
    answer = "\n ".join(pieces)
    for q in judge([about(answer)])[0].quotes:
        assert answer[q.start : q.end] == q.text


@pytest.mark.parametrize(
    "answer",
    [
        "I don't know; I'll find out.",
        "I don’t know that. I'll ask our planners and come back to you.",
        "Honestly, no idea.",
        "It's a guess.",
        "I guessed.",
        "I haven't checked. I'll let you know on Friday.",
        "We don't have a source for that.",
    ],
)
@pytest.mark.parametrize("asked", ["What's your basis for saying this?", "Tell me more.", "What should I look for?"])
def test_i_do_not_know_is_an_honest_answer(answer: str, asked: str) -> None:
    """It takes up what was asked, is no evidence, hands nothing back, and nothing more is asked of it."""
    found = judge([about(answer, asked)])[0]
    assert found.frank
    assert found.has("responsive")
    assert not found.has("evidence")
    assert not found.has("hands_back")
    told = " ".join(sentence for _, sentence, _ in lines(found))
    assert "find out" in told


@pytest.mark.parametrize(
    "answer",
    [
        "I don't know why you would doubt it, we are the leader.",
        "I don't know about you, everybody else sees it.",
        "I'm not sure you have seen our new release, it is a lovely thing.",
        "I don't know, but our product is used by 300 firms.",
        "Nobody knows that better than us.",
    ],
)
def test_a_frank_start_in_form_only_is_none(answer: str) -> None:
    """What goes on to one's own matter is left to the judge."""
    assert not is_frank(answer)


def test_a_promise_is_told_from_none() -> None:
    """Whether they will find out decides what is asked next."""
    assert promises("I don't know; I'll find out.")
    assert promises("I'll ask the depot and tell you on Friday.")
    assert not promises("I don't know.")


def test_a_plain_answer_and_a_pitch() -> None:
    """The model as it ships: an answer with a count of one's own and a question, against a feature list."""
    good, pitch = judge(
        [
            about(
                "We asked 40 pickers who had left: 27 of them went in March, after the winter bonus. When do yours go?"
            ),
            about("Our platform is the leading one for warehouses and everybody loves it."),
        ]
    )
    assert all(good.has(n) for n in NAMES)
    assert not any(pitch.has(n) for n in NAMES)
    back = good.quoted("hands_back")
    assert back is not None
    assert back.text == "When do yours go?"


@pytest.mark.parametrize(
    "answer",
    [
        "Warehouses lose pickers, and the best pickers are lost in March.",
        "Yes.",
        "It's because they lose them, in March.",
    ],
)
def test_the_claim_again_is_no_answer(answer: str) -> None:
    """Form without anything new, however sure the model is."""
    found = judge([about(answer, "Why is that an issue?")], Always(0.98))[0]
    assert not found.has("responsive")


@pytest.mark.parametrize("answer", ["", "  \n", "…", "🙂"])
def test_no_words_are_judged_as_no_answer(answer: str) -> None:
    """The model is not asked about nothing: it would say something."""
    reader = Always(0.98)
    found = judge([about(answer)], reader)[0]
    assert not any(found.has(n) for n in NAMES)
    assert found.notes
    assert reader.seen == 0


def test_ten_thousand_words_end() -> None:
    """What comes first answers and what comes last hands back, within a bound; and the length is said."""
    reader = Always(0.9)
    answer = "It is warm in there and nobody opens a door before noon. " * 900 + "What is it like at yours?"
    found = judge([about(answer)], reader)[0]
    assert reader.seen < 120
    assert any("words" in n for n in found.notes)
    longish = judge([about("It is warm in there today. " * 40 + "What is it like at yours?")], reader)[0]
    assert any(str(LONG) in n for n in longish.notes)
    assert longish.has("hands_back")
    assert longish.quoted("hands_back").text == "What is it like at yours?"  # type: ignore[union-attr]


def test_another_language_is_said() -> None:
    """Only English was learnt: the judgements stand, and so does the doubt."""
    answer = (
        "Das haben wir im letzten Jahr in allen Lagern gezählt, und in jedem zweiten sind die besten Leute schon im "
        "März gegangen."
    )
    assert any("English" in n for n in judge([about(answer)])[0].notes)


def test_the_figures_come_from_a_file() -> None:
    """P4: what is printed was measured; the issue's bounds hold on what was kept aside."""
    first = measured()[0]
    assert {j.name for j in first.judgements} == set(NAMES)
    assert f"{first.judgements[0].mean:.2f}" in said()
    assert next(j for j in first.judgements if j.name == "responsive").mean >= 0.75
    assert sum(j.mean for j in first.judgements) / 4 >= 0.70


def test_the_figures_in_the_docs_are_what_was_measured() -> None:
    """P4: the first table is measured.json; what was coded twice is held in `tests/benchmarks/test_answers.py`."""
    page = (ROOT / "docs" / "preparation.md").read_text(encoding="utf-8")
    for name in NAMES:
        cells = []
        for one in measured():
            j = next(j for j in one.judgements if j.name == name)
            cells += [f"{j.mean:.2f} ({j.low:.2f} to {j.high:.2f})", f"{j.model_alone:.2f}"]
        assert f"| {name.replace('_', ' ')} | {' | '.join(cells)} |" in page
