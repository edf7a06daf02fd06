"""The model card says what the weights in the package are worth: its figures come from the functions tested here."""

from __future__ import annotations

import json

import pytest
from corpus import check
from training import evaluate
from training.evaluate import Said, as_scene, calibration, f1, judged, macro

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
    low, high = evaluate.interval([*some, _said("pitch", 0.9, True, "y")], lambda x: f1(x)[4])
    assert 0 <= low <= high <= 1


def test_an_item_is_read_as_its_writer_cut_it() -> None:
    for item in evaluate.tested()[:40]:
        made = as_scene(item)
        assert [[s.text for s in row] for row in made.sentences] == [
            [" ".join(s[0].split()) for s in t["sentences"]] for t in item["turns"]
        ]
        for t, row in enumerate(made.sentences):
            text = made.conversation.turns[t].text
            assert [text[s.span.start : s.span.end] for s in row] == [s.text for s in row]


def test_the_part_reported_on_is_no_part_of_what_was_chosen_or_trained_on() -> None:
    """Parts hang on the item's id alone."""
    own = {item["id"] for item in evaluate.tested()}
    assert len(own) == len(evaluate.tested())
    every = [item["id"] for _, item in check.items()]
    assert 0.07 < len(own) / len(every) < 0.13
    rewritten = {
        json.loads(row)["source"]
        for f in (ROOT / "corpus" / "rewrites").glob("*.jsonl")
        for row in f.open(encoding="utf-8")
    }
    assert rewritten and all(evaluate.place(id) < evaluate.DEV for id in rewritten)


def test_raw_recogniser_output_loses_little() -> None:
    """No capitals and no punctuation cost at most .05 (on a tenth of what the card measures)."""
    some = [item for item in evaluate.tested() if item["style"] == "clean"][::6]
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
