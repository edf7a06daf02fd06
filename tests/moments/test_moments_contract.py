"""What holds for every moment: the codebook's sign, quotes that are verbatim, words that heed P2, bounded time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.acts.base import Evidence
from duologue.model import Act, Conversation, Moment, Side, Span, Speaker, Turn
from duologue.model.codebook import ACTS, MOMENTS
from duologue.moments import DETECTORS, Detector, Limits, check, find
from duologue.text import quote, scene
from staging import kinds_in, moments_in, staged, timed
from support import ROOT

FIELD = re.compile(
    r"\{(?:you|your|they|them|their|ours|theirs|claim|recall|told|view|mine|term|guess|i_said|wrong)\}", re.I
)


def test_every_moment_of_the_codebook_has_its_detector() -> None:
    """The table is the codebook's, whole and in its order, and `check` holds what each declares to it."""
    check()
    assert [d.kind for d in DETECTORS] == list(MOMENTS)


@pytest.mark.parametrize(
    "detector",
    [
        Detector(kind="charmed", needs=(), find=DETECTORS[0].find),
        Detector(kind="wall", needs=("shouting",), find=DETECTORS[0].find),
    ],
)
def test_check_refuses_what_the_codebook_lacks(detector: Detector) -> None:
    """A detector of an unknown moment, or one that needs an unknown act, is refused before any data."""
    with pytest.raises(ValueError, match="codebook"):
        check((detector,))


def test_check_refuses_two_of_a_kind() -> None:
    with pytest.raises(ValueError, match="two detectors"):
        check((*DETECTORS, DETECTORS[0]))


def held(evidence: Evidence, moments: tuple[Moment, ...]) -> None:
    """What a review may rely on, of any moments."""
    turns = evidence.scene.conversation.turns
    assert len({(m.kind, m.turns) for m in moments}) == len(moments)
    invitations = [m.invitation for m in moments if m.invitation is not None]
    assert len(invitations) == len(set(invitations))
    for m in moments:
        assert m.sign == MOMENTS[m.kind].sign
        assert (m.invitation is not None) == (m.sign == "-")
        assert m.turns == tuple(sorted(set(m.turns))) and all(0 <= t < len(turns) for t in m.turns)
        assert m.quotes and 0 <= m.confidence <= 1
        assert m.why and "\n" not in m.why and not FIELD.search(m.why + (m.invitation or ""))
        for span in m.quotes:
            assert quote(evidence.scene.conversation, span).strip()


KINDS = tuple(ACTS)
SENTENCES = (
    "Why is that?", "Okay.", "No.", "Exactly, that's it.", "You need to call more.", "I want the shop to last.",
    "By the way, is Friday fine?", "I don't know.", "It’s 🙂 late…", "(laughs) Well, {no} “quote”.",
    "so what you need to do is run it again tonight and reload and that'll clear it",
    "Tell me more!", "mm-hm", "Because if I stop, I'd lose it.", "", "   ", "…",
)  # fmt: skip


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    """Any conversation: speakers of any side, turns of any sentences, acts of any kind on any span of a turn."""
    sides: list[Side] = draw(st.lists(st.sampled_from(("ours", "theirs", "relay", "unknown")), min_size=1, max_size=4))
    speakers = tuple(
        Speaker(id=f"s{i}", name=draw(st.sampled_from(("Ana", "", "B\n{x}"))), side=side)
        for i, side in enumerate(sides)
    )
    turns = []
    for _ in range(draw(st.integers(0, 14))):
        text = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=0, max_size=3)))
        turns.append(Turn(speaker=draw(st.sampled_from(speakers)).id, text=text))
    kind = draw(st.sampled_from((None, "managing", "message", "selling")))
    cut = scene(Conversation(id="any", kind=kind, speakers=speakers, turns=tuple(turns)))
    acts = []
    for row in cut.sentences:
        for sentence in row:
            for name in draw(st.lists(st.sampled_from(KINDS), max_size=3, unique=True)):
                acts.append(Act(kind=name, span=sentence.span, confidence=draw(st.floats(0, 1)), by="test"))
    return Evidence(scene=cut, acts=tuple(sorted(acts, key=lambda a: (a.span.turn, a.span.start, a.kind))))


@settings(max_examples=150, deadline=None)
@given(evidences())
def test_any_conversation_holds_the_contract(evidence: Evidence) -> None:
    """P1: whatever was said, and whatever acts were found, each moment is quoted within its turn and nothing raises."""
    first = moments_in(evidence)
    held(evidence, first)
    assert moments_in(evidence) == first


def test_no_invitation_twice() -> None:
    """The same exchange over and over still never gets the same words twice in one review."""
    evidence = staged(*["B: It is unfair. #concern", "A: The plan is equal for all. #disagreement"] * 30)
    moments = moments_in(evidence)
    held(evidence, moments)
    assert sum(m.kind == "wall" for m in moments) == 30


def test_one_speaker_has_no_moments_between_two() -> None:
    """One speaker only: a review with a notice, and nothing that takes two."""
    evidence = staged(
        "A: The price holds till Friday. #persuasion", "A: You are losing money. #assumption", "A: Buy now. #advice"
    )
    assert kinds_in(evidence) <= {"gimmick"}


def test_a_message_keeps_what_one_turn_can_show() -> None:
    """S1.3: of a message only a device is told; what takes a reply is not claimed."""
    evidence = staged("A: The price holds till Friday. #persuasion | You are losing money. #assumption", kind="message")
    assert kinds_in(evidence) == {"gimmick"}


def test_whose_conduct() -> None:
    """Ruling "Whose": with sides known only the coached side's conduct is told; without sides, each speaker's."""
    lines = (
        "A: Two is too thin. #concern",
        "B: Two is what the figures say. #disagreement",
        "A: The figures are old. #disagreement",
    )
    assert [m.turns for m in moments_in(staged(*lines)) if m.kind == "wall"] == [(2,)]
    nobody: dict[str, Side] = {"A": "unknown", "B": "unknown"}
    assert [m.turns for m in moments_in(staged(*lines, sides=nobody)) if m.kind == "wall"] == [(1,), (2,)]


def test_a_relay_carries_and_says_nothing_itself() -> None:
    """An interpreter's turn is nobody's conduct and ends nobody's floor."""
    sides: dict[str, Side] = {"A": "ours", "R": "relay", "B": "theirs"}
    evidence = staged(
        "B: The rota wears me out. #disclosure.issue",
        "R: She says the rota wears her out. #reflection",
        "A: So the rota is what wears you out. #reflection",
        "R: He says it is the rota. #reflection",
        "B: Exactly. #agreement",
        sides=sides,
    )
    assert {m.turns for m in moments_in(evidence)} == {(0, 2), (2, 4)}


def test_two_coached_people_are_one_side() -> None:
    """What a colleague of the coached side takes up was not dropped."""
    sides: dict[str, Side] = {"A": "ours", "C": "ours", "B": "theirs"}
    evidence = staged(
        "B: I'm not sleeping over the audit. #disclosure.personal_impact",
        "A: And the venue, is that booked? #question.closed",
        "C: One second, the audit keeps you up at night. #reflection",
        sides=sides,
    )
    assert "dropped_thread" not in kinds_in(evidence)


LONG = " ".join(f"Then came stage {n} of the plan and the board signed it off." for n in range(9))


def test_a_backchannel_ends_no_floor() -> None:
    """Ruling "Soliloquy": the other's "mm-hm" in the middle hands nothing over; a real word of theirs does."""
    held_on = ("B: I worry. #concern", f"A: {LONG}", "B: Mm-hm. #backchannel", f"A: {LONG}", "B: Right.")
    came_in = ("B: I worry. #concern", f"A: {LONG}", "B: But which board?", f"A: {LONG}", "B: Right.")
    assert [m.turns for m in moments_in(staged(*held_on)) if m.kind == "soliloquy"] == [(1, 3)]
    assert "soliloquy" not in kinds_in(staged(*came_in))


def test_times_decide_where_they_are_known() -> None:
    """Ruling "Soliloquy": 75 seconds where times are known, else 180 words; the user may set their own."""
    lines = ("B: I worry. #concern", f"A: {LONG}", "B: Right.")
    evidence = staged(*lines)
    assert "soliloquy" not in kinds_in(evidence)
    assert "soliloquy" in kinds_in(timed(evidence, (0, 2), (2, 90), (90, 91)))
    assert "soliloquy" not in kinds_in(timed(evidence, (0, 2), (2, 60), (60, 61)))
    assert "soliloquy" in kinds_in(evidence, Limits(floor_words=60))


def test_time_grows_with_the_turns_alone() -> None:
    """100,000 turns must not go quadratic: eight times the turns take nowhere near sixty-four times as long."""

    def seconds(n: int) -> float:
        lines = [
            "B: The rota is unfair to us. #concern #disclosure.issue",
            "A: The plan is equal. #disagreement #follow_up",
        ]
        alone = ["A: Buy it now. #persuasion #assumption"] * n
        evidence = staged(*lines * n, *alone)
        start = time.perf_counter()
        find(evidence, Limits())
        return time.perf_counter() - start

    small = min(seconds(100) for _ in range(3))
    assert seconds(800) < 30 * max(small, 0.005)


def test_span_of_quote_is_some_words_not_a_speech() -> None:
    """A quotation is cut to whole sentences: a long act is not quoted whole."""
    evidence = staged("B: The rota is unfair. #concern", f"A: {LONG} #disagreement")
    [found] = [m for m in moments_in(evidence) if m.kind == "wall"]
    assert all(isinstance(q, Span) and len(quote(evidence.scene.conversation, q).split()) <= 60 for q in found.quotes)


def test_the_page_of_moments_names_every_one() -> None:
    """docs/moments.md has a row for each moment, with its sign."""
    rows = (ROOT / "docs" / "moments.md").read_text(encoding="utf8")
    missing = [name for name, entry in MOMENTS.items() if f"| `{name}` {entry.sign} |" not in rows]
    assert not missing
