"""The debrief in words, as a golden file, and as JSON. A change here is a change that a reader sees."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from duologue.agreement import Agreement
from duologue.practice.base import Said
from duologue.practice.debriefing.debrief import Debrief, debrief
from duologue.practice.debriefing.focus import FOCUSES
from duologue.practice.debriefing.sheet_rows import moved, number
from duologue.practice.debriefing.shown import as_json, markdown, render, turn_said
from duologue.practice.scenario import SHIPPED
from duologue.practice.session import Setting, Talk, say
from duologue.practice.voices.written import Written
from practice import debriefed as made

QUIET = made.Unlabelled()
KEYS = {
    "scenario", "temperament", "seed", "turns", "ended", "uncovered", "partner_view", "turned", "asked", "focus", "try",
    "letting_go", "moments", "dials", "notices", "branches",
}  # fmt: skip


@pytest.fixture(autouse=True)
def fixed_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Golden files must not change when a detector is measured again."""

    def agreement(name: str) -> Agreement:
        return Agreement(
            name=name, kind="moment", set="a made-up set", n=40, found=30, precision=0.9, recall=0.675, f1=0.771
        )

    for where in ("duologue.reports.trust", "duologue.practice.debriefing.to_try"):
        monkeypatch.setattr(f"{where}.agreement_of", agreement)
    monkeypatch.setattr("duologue.reports.trust.shown_by_default", lambda kind: True)


def _as(snapshot: SnapshotAssertion, extension: str) -> SnapshotAssertion:
    kind = type(extension, (SingleFileSnapshotExtension,), {"file_extension": extension, "_write_mode": WriteMode.TEXT})
    return snapshot.use_extension(kind)


def _debriefs() -> dict[str, Debrief]:
    mixed, good = made.touched(made.mixed()), made.pitched(made.told_to_sell(made.listener()))
    last = mixed.steps[-1]
    left = replace(mixed, steps=(*mixed.steps[:-1], replace(last, state=replace(last.state, ended=True))))
    return {
        "mixed": debrief(mixed, focus=FOCUSES["answer_before_you_offer"], labeller=QUIET),
        "listener": debrief(made.listener(), labeller=QUIET),
        "pressed": debrief(good, others=[made.mixed(), made.listener()], labeller=QUIET, reveal=True),
        "left": debrief(left, focus=FOCUSES["drill_down"], labeller=QUIET),
    }


NAMES = ("mixed", "listener", "pressed", "left")


@pytest.mark.parametrize("name", NAMES)
def test_terminal(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(_debriefs()[name]) == _as(snapshot, "txt")


def test_terminal_all(snapshot: SnapshotAssertion) -> None:
    """Every line, moment and dial, on request; and the sentence by which a face offers the rest."""
    assert render(_debriefs()["mixed"], all=True, tells="/more names them.") == _as(snapshot, "txt")


@pytest.mark.parametrize("name", ["mixed", "pressed"])
def test_markdown(name: str, snapshot: SnapshotAssertion) -> None:
    assert markdown(_debriefs()[name]) == _as(snapshot, "md")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [60, 88, 120])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    for line in render(_debriefs()[name], width=width).splitlines():
        assert len(line) <= width or "  try" in line or " of " in line, line


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_scored_or_shamed(name: str) -> None:
    """P2: counts of chances and the partner's own state; no total, no stars, no blame."""
    said = render(_debriefs()[name], all=True).lower()
    for word in ("score", "★", "points", "grade", "fail", "bad", "should have", "unfortunately", "mistake"):
        assert word not in said, word


def test_what_stays_closed_is_not_given_away() -> None:
    """Where the talk can go on, no name of what was not told is printed in any format."""
    d = _debriefs()["mixed"]
    for text in (render(d, all=True), markdown(d, all=True), json.dumps(as_json(d))):
        assert "candles" not in text
        assert "sell" not in text


def test_hostile_words_are_shown_and_not_obeyed() -> None:
    talk = made.step(made.listener(), "\x1b[2Jgone *bold* | <b>", "Hm. \x07", does="vague", why="…", trust=0.3)
    d = debrief(talk, labeller=QUIET)
    for text in (render(d, all=True), markdown(d, all=True)):
        assert "\x1b" not in text
        assert "\x07" not in text
    assert "\\*bold\\*" in markdown(d, all=True)


@pytest.mark.parametrize("name", NAMES)
def test_json(name: str) -> None:
    """The line for programs: every key is always there, and what it points at is in the session."""
    d = _debriefs()[name]
    value = json.loads(json.dumps(as_json(d)))
    assert set(value) == KEYS
    assert value["turns"] == len(d.talk.steps) == len(value["partner_view"])
    assert value["uncovered"]["told"] == list(d.talk.state.told)
    assert value["uncovered"]["of"] == 4
    assert (value["uncovered"]["more"] is None) == (name != "pressed")
    said = [t.text for t in d.review.conversation.turns]
    for m in value["moments"]:
        assert {"kind", "sign", "turns", "quotes", "lines"} <= set(m)
        for q in m["quotes"]:
            assert said[q["turn"]][q["start"] : q["end"]] == q["text"]
    assert set(value["dials"]) >= {"curiosity", "openness"}
    if name == "mixed":
        assert value["focus"]["count"] == 0
        assert value["focus"]["value"] is None
        assert value["turned"]["turn"] == 3


def test_what_is_said_after_a_turn() -> None:
    talk = made.mixed()
    assert turn_said(talk.steps[1], talk).splitlines() == [
        "heard: what I had said, given back (.90).",
        "You gave back what I had said. Told: what the nets cost her. Trust .42 → .58.",
    ]
    assert turn_said(talk.steps[2]).splitlines()[1] == "You praised something, and I had not asked for it. Trust .40."
    assert "Trust .58 → .40" in turn_said(talk.steps[2], talk)
    touched = made.touched(talk)
    assert "she hears that her work is a game" in turn_said(touched.steps[-1], touched)


def test_a_withheld_matter_is_not_named_after_a_turn() -> None:
    """Also where the partner's own reason would name what it is about: it is told only after the end."""
    talk = made.step(
        made.listener(), "Go on.", "Well.", does="warm", why="You gave me room.", trust=0.6, withheld="nights"
    )
    said = turn_said(talk.steps[-1], talk)
    assert "did not tell you yet" in said
    assert "candles" not in said


def test_numbers() -> None:
    assert [number(x) for x in (0.0, 0.414, 0.999, 1.0, 0.5)] == ["0", ".41", "1", "1", ".50"]
    assert moved((0.38, 0.441)) == ".38 → .44"


LINES = (
    "Thank you for the time. What is on your mind at the moment?",
    "So that keeps coming back, and it lands with you. What does it do to you?",
    "We are the market leader. Can we book a demo on Tuesday?",
    "",
    "I am sorry, I went ahead of you. Go on, I am listening.",
)


@pytest.mark.parametrize("name", ["volunteer", "renewal-grievance"])
def test_a_session_that_was_played(name: str) -> None:
    """With a shipped partner and the model that reads the lines: nothing untold is given away, no field is left."""
    scenario = SHIPPED.get(name)
    talk = Talk(
        setting=Setting(
            scenario=scenario, temperament="wary", seed=3, before=(Said(who="partner", text=scenario.opens),)
        )
    )
    for said in LINES:
        talk = say(talk, said, Written())
    d = debrief(talk, focus=FOCUSES["stay_with_it"], others=[talk.upto(4)])
    assert d.count is not None
    text = render(d, all=True) + markdown(d, all=True) + "".join(turn_said(s, talk) for s in talk.steps)
    for layer in scenario.layers():
        assert layer.id in talk.state.told or layer.about not in text
    assert "{" not in text
    assert json.loads(json.dumps(as_json(d)))["uncovered"]["told"] == list(talk.state.told)
