"""What holds for every measure of every conversation."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.acts.base import Evidence
from duologue.measures import DEFINITIONS, FAMILIES, measure
from duologue.measures.__main__ import page
from duologue.measures.material import Material
from duologue.model import Act, Conversation, Measure, Side, Speaker, Turn, Word
from duologue.model.codebook import ACTS, CELLS, DIALS, MOMENTS
from duologue.text import scene
from measuring import evidence, labelled
from support import ROOT, talk

_TIME = st.one_of(
    st.none(), st.floats(0, 1e5), st.sampled_from([0.0, 1e308, math.inf, math.nan]), st.integers(0, 60).map(float)
)
_TEXT = st.lists(
    st.sampled_from(["we", "you", "Right.", "why?", "parcels", "late", "…", "你好", "👍🏽", "is it so?", "Tell me."]),
    max_size=8,
).map(" ".join)
_SIDES: st.SearchStrategy[Side] = st.sampled_from(["ours", "theirs", "relay", "unknown"])


@st.composite
def conversations(draw: st.DrawFn) -> Evidence:
    """Any conversation of up to four speakers, some silent, with any times and any acts on its sentences."""
    names = draw(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=4, unique=True))
    speakers = tuple(Speaker(id=n, name=n, side=draw(_SIDES)) for n in names)
    turns = tuple(
        Turn(
            speaker=draw(st.sampled_from(names)),
            text=(text := draw(_TEXT)),
            start=draw(_TIME),
            end=draw(_TIME),
            words=tuple(Word(text=w, start=draw(_TIME), end=draw(_TIME)) for w in text.split()),
            estimated=draw(st.sampled_from([(), ("end",)])),
            pieces=draw(st.lists(st.tuples(st.floats(0, 99), st.floats(0, 99)), max_size=2).map(tuple)),
        )
        for _ in range(draw(st.integers(0, 8)))
    )
    cut = scene(Conversation(id="any", speakers=speakers, turns=turns, separate_channels=draw(st.booleans())))
    kinds = st.lists(st.sampled_from(list(ACTS)), max_size=3, unique=True)
    acts = tuple(
        Act(kind=kind, span=sentence.span, confidence=1.0, by="any")
        for sentences in cut.sentences
        for sentence in sentences
        for kind in draw(kinds)
    )
    return Evidence(scene=cut, acts=acts)


def _holds(m: Measure) -> None:
    definition = DEFINITIONS[m.name]
    assert m.source == m.name
    assert m.value is not None or m.reason, f"{m.name} is unknown and does not say why"
    for number in (m.value, m.low, m.high):
        assert number is None or math.isfinite(number)
    if m.value is not None and (m.unit.startswith("share") or m.name == "participation_evenness"):
        assert 0 <= m.value <= 1, m
    if m.value is not None and m.name != "gap_median" and "difference" not in m.name and "minus" not in m.name:
        assert m.value >= 0, m
    if m.low is not None and m.high is not None and m.value is not None:
        assert m.low <= m.value <= m.high
    assert m.unit == definition.unit or m.name == "talk_share"


@settings(max_examples=40)
@given(conversations(), st.booleans())
def test_never_a_wrong_number(given_evidence: Evidence, with_acts: bool) -> None:
    """P4: finite, in range, None only with a reason; the same twice."""
    measures = measure(given_evidence, with_acts=with_acts)
    for m in measures:
        _holds(m)
    assert len({(m.name, m.speaker) for m in measures}) == len(measures)
    assert measures == measure(given_evidence, with_acts=with_acts)


@settings(max_examples=40)
@given(conversations())
def test_talk_shares_add_up_to_one(given_evidence: Evidence) -> None:
    """Over the people, where they are given at all; all of them or none, on one basis."""
    people = set(Material(given_evidence).people)
    shares = [m for m in measure(given_evidence) if m.name == "talk_share" and m.speaker in people]
    values = [m.value for m in shares if m.value is not None]
    assert len(values) in (0, len(people))
    assert not values or abs(sum(values) - 1) < 1e-3
    assert len({m.unit for m in shares}) <= 1


@settings(max_examples=40)
@given(conversations())
def test_neighbouring_stretches_are_of_different_speakers(given_evidence: Evidence) -> None:
    """And no turn stands in two of them."""
    stretches = Material(given_evidence).stretches
    assert all(a.speaker != b.speaker for a, b in pairwise(stretches))
    turns = [t for s in stretches for t in s.turns]
    assert len(turns) == len(set(turns))


def test_every_definition_is_measured_and_said_in_full() -> None:
    """Each definition yields at least one measure (those that a file reports apart), and lacks no words."""
    reported = (Measure(name="talk_time", value=1.0, unit="s", speaker="A", source="somebody"),)
    c = talk("A: one two", "B: three", "C: four")
    timed = replace(c, turns=tuple(replace(t, start=0.0, end=2.0) for t in c.turns), reported=reported)
    assert {m.name for m in measure(evidence(timed))} == set(DEFINITIONS)
    assert len(DEFINITIONS) == sum(len(f.definitions) for f in FAMILIES)
    for d in DEFINITIONS.values():
        assert d.definition.endswith(".")
        assert d.label and d.source and d.minimum
        assert (d.threshold is None) == (d.threshold_is is None), d.name
        assert "!" not in d.definition
    assert not set(DEFINITIONS) & {*ACTS, *MOMENTS, *CELLS, *DIALS}, "a name is to mean one thing in `explain`"


def test_withheld_where_the_language_is_not_english() -> None:
    """What rests on acts or English words is None with the reason; the rest is as it was."""
    e = labelled("A: {question.open} What now?", "B: Nothing.")
    for m in measure(e, with_acts=False):
        if DEFINITIONS[m.name].needs_acts:
            assert m.value is None
            assert str(m.reason).startswith("withheld")
    assert any(m.name == "words" and m.value for m in measure(e, with_acts=False))


def test_a_message_and_nobodys_side() -> None:
    """One turn, no sides: every measure is there for the one person, and none for a side."""
    measures = measure(evidence(talk("A: Hello there.", kind="message", sides={})))
    assert {m.speaker for m in measures} == {"A", None}


def test_the_page_of_measures_is_up_to_date() -> None:
    """docs/measures.md is made from the definitions: `python -m duologue.measures > docs/measures.md`."""
    assert (ROOT / "docs" / "measures.md").read_text(encoding="utf-8") == page()


def test_growth_is_linear() -> None:
    """Ten times the turns take the work of ten: counted in looks at sentences, not in seconds of this machine."""
    looks = [_looks(n) for n in (200, 2000)]
    assert looks[1] <= 11 * looks[0]


def _looks(n: int) -> int:
    """How many function calls the measures of n turns take."""
    import sys

    e = labelled(*[f"{'AB'[i % 2]}: {{question.open}} Why is it late, and whose parcel?" for i in range(n)])
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        measure(e)
    finally:
        sys.setprofile(before)
    return calls
