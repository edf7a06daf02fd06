"""The model card says what the weights in the package are worth: its figures come from the functions tested here."""

from __future__ import annotations

import json

import pytest
from corpus import check
from training import evaluate, evaluate_answers, evaluate_figures
from training.evaluate_figures import Said, as_scene, calibration, confused, f1, interval, judged, macro
from training.examples import DEV, JUDGEMENTS, TEST, answers, place

from duologue.acts import ACCURATE, FAST
from duologue.agreement import all_agreements
from support import ROOT

CARD = (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")


def _said(kind: str, probability: float, true: bool, item: str = "x") -> Said:
    return Said(
        item=item, kind=kind, probability=probability, said=probability >= 0.5, true=true, text="", domain="home"
    )


def test_f1_and_calibration_are_what_they_say() -> None:
    some = [
        _said("pitch", 0.9, True),
        _said("pitch", 0.9, False),
        _said("pitch", 0.1, True),
        _said("pitch", 0.1, False),
    ]
    assert f1(some) == (2, 2, 0.5, 0.5, 0.5)
    assert macro(some, least=2) == (0.5, 1) and macro(some, least=3) == (0.0, 0)
    error, rows = calibration(some)
    assert error == pytest.approx(0.4)
    assert [(round(said, 2), true, n) for said, true, n in rows] == [(0.1, 0.5, 2), (0.9, 0.5, 2)]
    low, high = interval([*some, _said("pitch", 0.9, True, "y")], lambda x: f1(x)[4])
    assert 0 <= low <= high <= 1


def test_what_is_claimed_in_place_of_a_missed_act() -> None:
    """A miss beside a wrong claim of the same sentence is taken for that; otherwise for nothing."""
    pairs, missed = confused(
        [
            _said("pitch", 0.1, True),
            _said("advice", 0.9, False),
            _said("pitch", 0.1, True, "y"),
            _said("advice", 0.9, True),
        ]
    )
    assert pairs == {("pitch", "advice"): 1, ("pitch", "nothing"): 1}
    assert missed == {"pitch": 2}


def test_an_item_is_read_as_its_writer_cut_it() -> None:
    for item in evaluate_figures.tested()[:40]:
        made = as_scene(item)
        assert [[s.text for s in row] for row in made.sentences] == [
            [" ".join(s[0].split()) for s in t["sentences"]] for t in item["turns"]
        ]
        for t, row in enumerate(made.sentences):
            text = made.conversation.turns[t].text
            assert [text[s.span.start : s.span.end] for s in row] == [s.text for s in row]


def test_the_part_reported_on_is_no_part_of_what_was_chosen_or_trained_on() -> None:
    """Parts hang on the item's id alone."""
    own = {item["id"] for item in evaluate_figures.tested()}
    assert len(own) == len(evaluate_figures.tested())
    every = [item["id"] for _, item in check.items()]
    assert 0.07 < len(own) / len(every) < 0.13
    rewritten = {
        json.loads(row)["source"]
        for f in (ROOT / "corpus" / "rewrites").glob("*.jsonl")
        for row in f.open(encoding="utf-8")
    }
    assert rewritten and all(place(id) < DEV for id in rewritten)


def test_answers_reported_on_share_no_group_with_the_others() -> None:
    """The answers to one invitation stay on one side; each has its four judgements."""
    own = evaluate_answers.kept()
    groups = {e.group for e in own}
    assert 0.05 < len(own) / len(answers()) < 0.15
    assert all(DEV <= place(g) < DEV + TEST for g in groups)
    assert groups.isdisjoint(e.group for e in answers() if e not in own)
    assert {e.claim for e in own}.isdisjoint(e.claim for e in answers() if e.group not in groups)


def test_noes_are_counted_as_yeses_are() -> None:
    """Two noes found, one of them right, of three."""
    some = [_said("evidence", 0.9, True), _said("evidence", 0.9, False), _said("evidence", 0.8, False)]
    some += [_said("evidence", 0.1, False), _said("evidence", 0.1, True)]
    labelled, found, precision, recall, _ = f1(evaluate_answers.denied(some))
    assert (labelled, found, precision, recall) == (3, 2, 0.5, pytest.approx(1 / 3))


def test_a_cue_is_what_it_is_called() -> None:
    """A number in digits or words; a question mark; where there is no cue, every answer gets the judgement."""
    own = evaluate_answers.kept()
    for name, sign in (("hands_back", "?"), ("specific", "twice")):
        by = evaluate_answers.by_cue(own, name)
        assert all(x.said for x in by if sign in x.text.split() or (sign == "?" and sign in x.text))
        assert 0 < sum(x.said for x in by) < len(by)
    assert all(x.said for x in evaluate_answers.by_cue(own, "responsive"))


def test_answers_are_judged_better_than_by_always_saying_yes() -> None:
    """Of each judgement; and the card says the figures of these weights."""
    found = evaluate_answers.judged(evaluate_answers.kept())
    for name in JUDGEMENTS:
        own = [x for x in found if x.kind == name]
        labelled, _, p, r, f = f1(own)
        assert f > 2 * labelled / (labelled + len(own)), name
        row = f"| {name.replace('_', ' ')} | {labelled} of {len(own)} | {p:.2f} | {r:.2f} | {f:.2f} ("
        assert row in CARD, name
    pairs = evaluate_answers.on_pairs()
    assert pairs.right / pairs.items > 0.7 and pairs.both <= pairs.right // 2
    assert f"judges {pairs.right} of {pairs.items} answers" in CARD


def test_raw_recogniser_output_loses_little() -> None:
    """No capitals and no punctuation cost at most .05 (on a tenth of what the card measures)."""
    some = [item for item in evaluate_figures.tested() if item["style"] == "clean"][::6]
    clean, raw = (f1(judged(some, ACCURATE, raw=raw))[4] for raw in (False, True))
    assert clean > 0.5
    assert raw > clean - 0.05


def test_the_card_is_of_these_weights_and_these_figures() -> None:
    """`python -m training.evaluate --write` was run after the weights and agreement.json changed."""
    assert f"`{ACCURATE.name}`" in CARD and f"`{FAST.name}`" in CARD
    for entry in all_agreements():
        if entry.kind in ("behaviour", "rating"):
            assert f"| `{entry.name}` | {entry.set} | {entry.n} |" in CARD
            assert f"{entry.measure} {entry.f1:.2f}" in CARD
    for name in ("accurate", "fast"):
        made = json.loads((evaluate.WEIGHTS / name / "training.json").read_text(encoding="utf-8"))
        assert made["data"] and made["seed"] is not None
