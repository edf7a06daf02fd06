"""The sets beside the written conversations have their forms, and what is kept aside is not trained on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from corpus import check, check_sets
from training.examples import DEV, JUDGEMENTS, KINDS, TEST, answers, open_pairs, place

from support import ROOT

CORPUS = ROOT / "corpus"


def test_every_set_has_its_form() -> None:
    """A field, kind, turn or count that is off names its place; labelled conversations are never trained on."""
    for some in (check_sets.pairs(), check_sets.ladders(), check_sets.twins(), check_sets.edits()):
        assert some
    assert check_sets.second_pairs()
    parts = [{x["id"] for x in check_sets.moments(CORPUS / "moments" / f"{part}.jsonl")} for part in ("dev", "test")]
    assert all(parts)
    for ids, low, high in zip(parts, (0, DEV), (DEV, DEV + TEST), strict=True):
        assert all(low <= place(x) < high for x in ids), "a conversation whose moments are checked is trained on"


def _one(folder: str, name: str) -> list[dict[str, Any]]:
    lines = (CORPUS / folder / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _kept(folder: Path, rows: list[dict[str, Any]]) -> Path:
    file = folder / "before.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def _turns(speaker: str = "A", acts: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Three turns, far shorter than those of a pair."""
    reply = {"speaker": "B", "sentences": [["Yes.", []]]}
    return [{"speaker": speaker, "sentences": [["So.", [*acts]]]}, reply, reply]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"label": "yes"}, "not of their type"),
        ({"kind": "rapport"}, "rapport"),
        ({"label": False}, "only then"),
        ({"label": False, "at": []}, "one item with it"),
        ({"at": [99]}, "99"),
        ({"pair": "pm-999"}, "one item with it"),
        ({"turns": _turns(acts=("praise",))}, "praise"),
        ({"turns": _turns(speaker="Z")}, "Z"),
        ({"turns": _turns()}, "words"),
    ],
)
def test_a_pair_out_of_form_is_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    """Each rule for pairs is broken once, in an item that has the thing."""
    first, other = _one("pairs", "m-01.jsonl")[:2]
    assert first["label"]
    assert check_sets.pairs(_kept(tmp_path, [first, other]).parent)
    _kept(tmp_path, [first | change, other])
    with pytest.raises(ValueError, match=says):
        check_sets.pairs(tmp_path)


def test_answers_out_of_form_are_refused(tmp_path: Path) -> None:
    """A judgement that is no boolean, an invitation with four answers."""
    five = _one("ladders", "q-01.jsonl")[:5]
    assert check_sets.ladders(_kept(tmp_path, five).parent)
    for rows, says in (([*five[:4], five[4] | {"evidence": 1}], "evidence"), (five[:4], "five answers")):
        _kept(tmp_path, rows)
        with pytest.raises(ValueError, match=says):
            check_sets.ladders(tmp_path)


def test_a_twin_alone_is_refused(tmp_path: Path) -> None:
    """Twins come in twos, in the file that says when they were written."""
    well, badly = _one("twins", "before.jsonl")[:2]
    assert check_sets.twins(_kept(tmp_path, [well, badly]).parent)
    for rows, says in (([well], "once well and once badly"), ([well, badly | {"written": "after"}], "after")):
        _kept(tmp_path, rows)
        with pytest.raises(ValueError, match=says):
            check_sets.twins(tmp_path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"old": "Nobody says this."}, "once in its turn"),
        ({"turn": 99}, "no turn 99"),
        ({"gone": [["wall", [99]]]}, "99"),
        ({"joined": [["rapport", [1]]]}, "rapport"),
    ],
)
def test_an_edit_out_of_form_is_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    """The old sentence is there, and what goes and joins are moments at its conversation's turns."""
    edit = _one(".", "edits.jsonl")[0]
    with pytest.raises(ValueError, match=says):
        check_sets.edits(_kept(tmp_path, [edit | change]))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "nowhere"}, "nowhere"),
        ({"moments": [{"kind": "wall", "turns": [999]}]}, "999"),
        ({"context": {}}, "four cells"),
    ],
)
def test_labels_of_moments_out_of_form_are_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    """They are of a conversation that there is, at its turns, with every cell."""
    labelled = _one("moments", "dev.jsonl")[0]
    with pytest.raises(ValueError, match=says):
        check_sets.moments(_kept(tmp_path, [labelled | change]))


def test_a_second_coding_of_another_half_is_refused(tmp_path: Path) -> None:
    """It is whole, and of the pairs kept aside alone."""
    _kept(tmp_path, _one("pairs-second", "m.jsonl")[:1])
    with pytest.raises(ValueError, match="half kept aside"):
        check_sets.second_pairs(tmp_path)


def test_no_pair_is_on_both_sides() -> None:
    """Neither an item nor a pair of the half kept aside is among what is trained on; together they are all."""
    pair = {x["id"]: x["pair"] for x in check_sets.pairs()}
    trained = {e.group for e in open_pairs()}
    again = set(check_sets.second_pairs())
    assert {pair[x] for x in trained}.isdisjoint(pair[x] for x in again)
    assert trained | again == set(pair)


def test_examples_know_the_columns_they_claim() -> None:
    """Turns of pairs know the acts, answers the judgements; neither claims a label beyond these."""
    acts, judged = open_pairs(), answers()
    assert all(e.known == frozenset(KINDS) and not e.claim for e in acts)
    assert all(e.known == frozenset(JUDGEMENTS) and e.claim and len(e.sentences) == 1 for e in judged)
    assert all((s.acts | s.unsure) <= e.known for e in (*acts, *judged) for s in e.sentences)
    assert len(judged) == len(check_sets.ladders())
    assert {name: sum(name in e.sentences[0].acts for e in judged) for name in JUDGEMENTS} == {
        name: sum(x[name] for x in check_sets.ladders()) for name in JUDGEMENTS
    }
    assert {e.side for e in acts} == {"ours", "theirs"}
    assert {e.domain for e in acts} == check.DOMAINS
