"""Dials: counts of opportunities, a value only from ten on, and no total score (codebook 4, P1)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.acts.base import Evidence
from duologue.model import Act, Conversation, Dial, Moment
from duologue.model.codebook import ACTS, DIALS, MOMENTS
from duologue.moments.base import Limits, moment
from duologue.moments.dials import ENOUGH, dials, wilson
from duologue.text import scene
from duologue.wire import moment_id
from support import ROOT, talk, whole_turn


def labelled(conversation: Conversation, acts: dict[int, str]) -> Evidence:
    cut = scene(conversation)
    made = []
    for turn, kinds in acts.items():
        span = whole_turn(cut, turn)
        assert span is not None
        made += [Act(kind=kind, span=span, confidence=0.9, by="test") for kind in kinds.split()]
    return Evidence(scene=cut, acts=tuple(made))


def read(evidence: Evidence, *moments: Moment, withheld: str | None = None) -> dict[str, Dial]:
    return {d.name: d for d in dials(evidence, moments, Limits(), withheld=withheld)}


def at(evidence: Evidence, kind: str, *turns: int) -> Moment:
    span = whole_turn(evidence.scene, turns[0])
    assert span is not None
    return moment(kind, turns, (span,), why="", confidence=0.9)


def ping_pong(n: int) -> Conversation:
    return talk(*(f"{'AB'[i % 2]}: This is what I have to say in turn number {i}." for i in range(n)))


def test_concerns_that_were_met_first() -> None:
    """Understanding: of two concerns answered, the one met counts, and the dial opens onto its moment."""
    evidence = labelled(ping_pong(8), {1: "concern", 2: "acknowledgement", 3: "concern", 4: "pitch", 5: "information"})
    met = at(evidence, "acknowledged_first", 1, 2)
    dial = read(evidence, met)["understanding"]
    assert (dial.count, dial.of, dial.value) == (1, 2, None)
    assert dial.moments == (moment_id(evidence.scene.conversation, met),)
    assert dial.reason == "too few to say (2 of 10)"


def test_a_pitch_before_the_acknowledgement_is_not_first() -> None:
    """S0.2: the order matters."""
    conversation = talk("A: Hi there, Bo.", "B: It costs too much.", "A: We are the best. I can see why you say so.",
                        "B: Hm, right then.", "A: Anything else today?", "B: No, nothing else.")  # fmt: skip
    cut = scene(conversation)
    first, second = cut.sentences[2]
    concern = whole_turn(cut, 1)
    assert concern is not None
    acts = (
        Act(kind="concern", span=concern, confidence=0.9, by="test"),
        Act(kind="pitch", span=first.span, confidence=0.9, by="test"),
        Act(kind="acknowledgement", span=second.span, confidence=0.9, by="test"),
    )
    assert read(Evidence(scene=cut, acts=acts))["understanding"].count == 0


def test_curiosity_counts_questions_and_those_that_follow() -> None:
    """Small talk and asking for the next step are no opportunity; the opening question has nothing to follow."""
    acts = {
        0: "question.open",
        2: "question.closed",
        4: "follow_up question.open",
        6: "question.closed small_talk",
        8: "question.closed call_to_action",
    }
    dial = read(labelled(ping_pong(10), acts))["curiosity"]
    assert (dial.count, dial.of) == (1, 2)


def test_balance_counts_floors_handed_back() -> None:
    """S1.2: a soliloquy is a floor not handed back; a bare “mm-hm” in between takes it from nobody."""
    evidence = labelled(ping_pong(8), {1: "backchannel"})
    dial = read(evidence, at(evidence, "soliloquy", 2))["balance"]
    assert (dial.count, dial.of) == (2, 3)  # turns 0 to 2 are one stretch, then 4 and 6


def test_responsiveness_takes_what_is_known_only() -> None:
    """An invitation that was neither clearly answered nor clearly deflected is no opportunity, for or against."""
    evidence = labelled(
        ping_pong(10), {1: "invitation.why", 3: "invitation.basis", 5: "invitation.more", 7: "disclosure.issue"}
    )
    got = read(
        evidence,
        at(evidence, "answered_invitation", 1, 2),
        at(evidence, "deflected_invitation", 3, 4),
        at(evidence, "dropped_thread", 7, 8),
    )["responsiveness"]
    assert (got.count, got.of, len(got.moments)) == (1, 3, 3)


def test_openness_counts_differences_met_without_a_wall() -> None:
    """S0.4: of two differences one is a wall."""
    evidence = labelled(ping_pong(8), {2: "disagreement", 4: "disagreement acknowledgement"})
    dial = read(evidence, at(evidence, "wall", 2))["openness"]
    assert (dial.count, dial.of) == (1, 2)


def test_focus_counts_floors_free_of_pitch_and_device() -> None:
    """S4.1: a pitched floor and a gimmick are not on the other."""
    evidence = labelled(ping_pong(8), {0: "small_talk", 2: "pitch", 4: "question.open", 6: "call_to_action"})
    dial = read(evidence, at(evidence, "gimmick", 6))["focus_on_the_other"]
    assert (dial.count, dial.of) == (1, 3)


def test_a_value_from_ten_on() -> None:
    """A value comes with its interval from ten opportunities on."""
    acts = dict.fromkeys(range(1, 23, 2), "disclosure.issue")
    dial = read(labelled(ping_pong(24), acts))["responsiveness"]
    assert (dial.count, dial.of, dial.value, dial.reason) == (11, 11, 1.0, None)
    assert dial.low is not None and dial.low < 0.8 and dial.high == 1.0


def test_withheld_gives_a_reason_and_no_counts() -> None:
    """Where the language is not English nothing is counted."""
    evidence = labelled(ping_pong(8), {2: "pitch"})
    found = read(evidence, at(evidence, "gimmick", 2), withheld="the language is not English (de)")
    assert list(found) == list(DIALS)
    for dial in found.values():
        assert (dial.count, dial.of, dial.value, dial.moments) == (0, 0, None, ())
        assert dial.reason == "the language is not English (de)"


def test_short_conversations_and_messages_have_no_dials() -> None:
    """Two turns suffice for moments; only dials and rates may be withheld."""
    short = labelled(ping_pong(3), {0: "pitch"})
    assert {d.reason for d in read(short).values()} == {"the conversation is too short"}
    message = dials(short, (), Limits(kind="message"))
    assert {d.reason for d in message} == {"a message is one turn"}


@st.composite
def anything(draw: st.DrawFn) -> tuple[Evidence, tuple[Moment, ...]]:
    """A conversation with any acts and any moments in it."""
    n = draw(st.integers(6, 40))
    speakers = draw(st.lists(st.sampled_from("ABC"), min_size=n, max_size=n))
    sides = draw(st.sampled_from((None, {})))
    conversation = talk(*(f"{s}: Some words are said here." for s in speakers), sides=sides)
    kinds = st.lists(st.sampled_from(sorted(ACTS)), max_size=3, unique=True)
    evidence = labelled(conversation, {i: " ".join(draw(kinds)) for i in range(n)})
    found = draw(st.lists(st.tuples(st.sampled_from(sorted(MOMENTS)), st.integers(0, n - 2)), max_size=12, unique=True))
    return evidence, tuple(at(evidence, kind, turn, turn + 1) for kind, turn in found)


@settings(max_examples=80, deadline=None)
@given(anything())
def test_whatever_happens_the_counts_hold(given: tuple[Evidence, tuple[Moment, ...]]) -> None:
    """Count within its opportunities, a value only from ten on, within its interval, and ids that exist."""
    evidence, moments = given
    ids = {moment_id(evidence.scene.conversation, m) for m in moments}
    for dial in dials(evidence, moments, Limits()):
        assert 0 <= dial.count <= dial.of
        assert set(dial.moments) <= ids
        if dial.value is None:
            assert dial.reason and (dial.of < ENOUGH) and dial.low is None and dial.high is None
        else:
            assert dial.of >= ENOUGH and dial.reason is None
            assert dial.low is not None and dial.high is not None
            assert 0 <= dial.low <= dial.value <= dial.high <= 1


def test_the_interval_is_wilsons() -> None:
    """Against a value worked out by hand: 8 of 10 gives .490 to .943."""
    assert wilson(8, 10) == (0.49, 0.943)


def test_the_page_says_what_is_counted() -> None:
    """docs/codebook.md gives each dial's definition word for word."""
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    for dial in DIALS.values():
        assert f"| `{dial.name}` | {dial.definition} | {dial.requirement} |" in page
