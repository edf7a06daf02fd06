"""The benchmark of moments: how it counts, what its switches do, and how its page is put together."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.ablations import SWITCHES, Switch, _owner, replaced
from benchmarks.moments_baselines import CANDIDATES, KEYWORDS, all_positive, keyword_only
from benchmarks.moments_common import Remembering, Table, cell, conversation_of, micro_f1, of_kinds, precision, scored
from benchmarks.moments_given import Given, has_acts
from benchmarks.moments_pairs import agreed, judged, kappa_of

from benchmarks import moments, moments_common
from duologue.model.codebook import ACTS, MOMENTS
from duologue.moments import assumed, exchanges, threads
from duologue.moments.stage import Stage
from duologue.text import scene
from support import talk


def label(*moments: tuple[str, list[int]], unsure: tuple[tuple[str, list[int]], ...] = ()) -> dict[str, Any]:
    return {
        "moments": [{"kind": k, "turns": t} for k, t in moments],
        "unsure_moments": [{"kind": k, "turns": t} for k, t in unsure],
    }


def test_a_moment_is_right_once_within_a_turn() -> None:
    """One label answers one finding; what is unsure counts neither way; what nobody found is missed."""
    gold = label(("wall", [4]), ("gimmick", [9]), unsure=(("assumed", [6]),))
    found = [("wall", (5,)), ("wall", (3,)), ("wall", (8,)), ("assumed", (6,)), ("gimmick", (2,))]
    got = scored(gold, found)
    assert got == {"wall": (1, 2, 0), "gimmick": (0, 1, 1)}
    counts = of_kinds({"c": got}, ["wall", "gimmick", "assumed"])
    assert counts == {"c": (1, 3, 1)}
    assert precision(counts, ["c"]) == 0.25
    assert micro_f1(counts, ["c", "c"]) == round(2 / 6, 3)


def test_every_moment_has_both_baselines() -> None:
    """A figure without its baseline says little; a soliloquy has no keyword and is counted in words."""
    assert set(CANDIDATES) == set(MOMENTS)
    assert set(MOMENTS) - set(KEYWORDS) == {"soliloquy"}
    assert set(KEYWORDS) - set(MOMENTS) <= set(ACTS)


def test_words_alone_look_at_who_speaks_and_what_came_before() -> None:
    """A tell-me-more met with "our platform" is a deflection by words; by the other side it is none."""
    met = talk("A: Late picks cost you.", "B: Why is that?", "A: Our platform shows it.")
    assert ("deflected_invitation", (1, 2)) in keyword_only(met, "selling")
    other = talk("B: Late picks cost you.", "A: Why is that?", "B: Our platform shows it.")
    assert all(kind != "deflected_invitation" for kind, _ in keyword_only(other, "selling"))
    long = talk("A: " + "so " * 181)
    assert ("soliloquy", (0,)) in keyword_only(long, None)


def test_where_acts_leave_no_room_nothing_is_claimed() -> None:
    """All-positive rests on acts: with none there is no candidate but a long floor."""
    made = scene(talk("A: " + "so " * 100, "B: Yes."))
    assert all_positive(Stage(scene=made, acts=()), "selling") == [("soliloquy", (0,))]


def pair(name: str, true: bool, kind: str = "wall") -> dict[str, Any]:
    return {"id": f"{name}{true}", "pair": name, "kind": kind, "label": true}


def test_a_pair_counts_where_both_are_right() -> None:
    """Claiming always, and never, gets the one and not the other; a lone item is named."""
    items = [pair("p", True), pair("p", False), pair("q", False), pair("q", True)]
    always, never = judged(items, lambda x: True), judged(items, lambda x: False)
    assert all(r.has and not r.has_not and not r.both for r in always.values())
    assert all(r.has_not and not r.has and not r.both for r in never.values())
    right = judged(items, lambda x: x["label"] and x["pair"] == "p")
    assert (right["p"].both, right["q"].both) == (True, False)
    with pytest.raises(ValueError, match="pair r"):
        judged([pair("r", True)], lambda x: True)


def test_a_pair_seen_otherwise_is_left_out_whole() -> None:
    """One item the second coder saw otherwise, or could not decide, takes its pair along; one not coded again stays."""
    items = [pair(p, true) for p in "pqr" for true in (True, False)]
    kept = agreed(items, {"pTrue": True, "pFalse": False, "qTrue": False, "rFalse": None})
    assert {x["pair"] for x in kept} == {"p"}
    assert agreed(items, {}) == items
    assert kappa_of([(True, True), (False, False), (True, False), (False, True)]) == 0
    assert kappa_of([(True, True)]) is None


def test_an_item_is_read_whatever_its_shape() -> None:
    """Sentences are joined by one blank, a side stands for a speaker, a home is everyday talk."""
    turns = [{"speaker": "A", "sentences": [["Hi.", []], ["You?", ["question.open"]]]}]
    got = conversation_of({"id": "x", "domain": "home", "speakers": {"A": "ours"}, "turns": turns})
    assert (got.turns[0].text, got.kind, got.speakers[0].side) == ("Hi. You?", "everyday", "ours")
    turns = [{"speaker": "A", "text": "Hi."}]
    who = {"A": {"name": "Ann", "side": "theirs"}}
    got = conversation_of({"id": "x", "wire_kind": "hiring", "speakers": who, "turns": turns})
    assert (got.turns[0].text, got.kind, got.speakers[0].name) == ("Hi.", "hiring", "Ann")


def test_the_acts_that_people_gave_lie_on_their_sentences() -> None:
    """Each act spans the sentence that it was given for; the unsure ones are left out."""
    rows = [["Hi.", []], ["You well?", ["question.closed", "small_talk"]], ["Hm.", ["agreement"], ["backchannel"]]]
    turns = [{"speaker": "A", "sentences": [["Oh.", []]]}, {"speaker": "B", "sentences": rows}]
    item = {"id": "given", "domain": "home", "speakers": {"A": "ours", "B": "theirs"}, "turns": turns}
    made = scene(conversation_of(item))
    text = made.conversation.turns[1].text
    acts = [(a.kind, a.span.turn, text[a.span.start : a.span.end]) for a in Given(item).label(made)]
    assert acts == [("question.closed", 1, "You well?"), ("small_talk", 1, "You well?"), ("agreement", 1, "Hm.")]
    assert has_acts(item) and not has_acts({"turns": [{"speaker": "A", "text": "Hi."}]})


def test_a_scene_is_labelled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words by the same sides are not read twice; another side is another scene."""
    asked: list[str] = []

    class Counting:
        name = "counting"

        def label(self, made: Any) -> tuple[()]:
            asked.append(made.conversation.id)
            return ()

    monkeypatch.setattr(moments_common, "DEFAULT", Counting())
    labeller, one = Remembering(), talk("A: Hi.", "B: Ho.")
    for _ in range(3):
        labeller.label(scene(one))
    labeller.label(scene(talk("A: Hi.", "B: Ho.", sides={"A": "theirs", "B": "ours"})))
    assert len(asked) == 2


def test_a_switch_is_thrown_and_put_back() -> None:
    """Every module that holds the method gets its simple rule for the while, and the method again after."""
    plain, likely = threads.stems(["checking"]), exchanges.LIKELY
    before = (threads.stem, Stage.matter, assumed.DETECTOR.find)
    switch = Switch(
        "test",
        {
            "duologue.moments.threads.stem": lambda was: lambda word: word.upper(),
            "duologue.moments.threads.stems": lambda was: lambda words: was(words) | {"more"},
            "duologue.moments.exchanges.LIKELY": lambda was: was + 1,
            "duologue.moments.stage.Stage.matter": lambda was: lambda self, turns: frozenset({"thing"}),
            "duologue.moments.assumed.DETECTOR.find": lambda was: lambda evidence, limits: iter(()),
        },
    )
    made = Stage(scene=scene(talk("A: Hi.")), acts=())
    with pytest.raises(RuntimeError, match="stop"), replaced(switch):
        assert threads.stems(["checking"]) == {"CHECKING", "more"}
        assert exchanges.stems is threads.stems
        assert likely + 1 == exchanges.LIKELY
        assert made.matter((0,)) == {"thing"}
        assert assumed.DETECTOR.find is not before[2]
        raise RuntimeError("stop")
    assert threads.stems(["checking"]) == plain == exchanges.stems(["checking"])
    assert (threads.stem, Stage.matter, assumed.DETECTOR.find, exchanges.LIKELY) == (*before, likely)


def test_a_switch_whose_method_is_gone_says_so() -> None:
    """Detectors change: an old switch is told apart from one that adds nothing."""
    with pytest.raises(AttributeError), replaced(Switch("old", {"duologue.moments.exchanges.no_such": lambda was: 0})):
        pass


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda s: s.name)
def test_every_switch_fits_the_code(switch: Switch) -> None:
    """What it replaces is there, and is another thing while it is replaced."""
    places = [_owner(target) for target in switch.instead]
    before = [getattr(owner, name) for owner, name in places]
    with replaced(switch):
        assert all(getattr(o, n) is not was for (o, n), was in zip(places, before, strict=True))
    assert [getattr(owner, name) for owner, name in places] == before


def test_a_part_measured_anew_takes_its_old_place() -> None:
    """The other parts of the page stay, in the order of the table; a heading within a part ends nothing."""
    first, *_, last = moments.PARTS
    heading = {name: moments.PARTS[name][0] for name in (first, last)}
    page = moments.joined("", {last: f"## {heading[last]}\n\n### In it\n\nold\n"})
    assert page.startswith("# ") and "old" in page
    both = moments.joined(page, {first: f"## {heading[first]}\n\nnew\n"})
    assert both.index("new") < both.index("### In it") < both.index("old")
    again = moments.joined(both, {first: f"## {heading[first]}\n\nnewer\n"})
    assert "newer" in again and "new\n" not in again and again.count("## " + heading[last]) == 1
    assert moments.joined(again, {}) == again


def test_a_table_is_markdown() -> None:
    """Words, then rows; a table without rows has no rule line."""
    assert Table(title="T", words=("a",), head=("x", "y"), rows=[("1", "2")]).text() == (
        "### T\n\na\n\n| x | y |\n| --- | --- |\n| 1 | 2 |"
    )
    assert Table(title="T", words=("a",)).text() == "### T\n\na"
    assert [cell(0.5), cell(1.0), cell(-0.25, signed=True), cell(0.0, signed=True), cell(None)] == [
        ".50", "1.00", "−.25", "+.00", "–",
    ]  # fmt: skip
