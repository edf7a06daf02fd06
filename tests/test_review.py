"""The heart: Conversation → Review. Pure, evidence only, honest about what it withholds."""

from __future__ import annotations

import builtins
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue import Conversation, Options, Speaker, Turn, read, review
from duologue.model.codebook import ACTS, MOMENTS
from duologue.wire import dumps, moment_id, review_to
from support import ROOT, talk

CALL = read(ROOT / "examples" / "discovery-call.vtt", us="Nora Feld")

SAYINGS = (
    "What happens when it drops?",
    "So you end up waiting for it.",
    "Yes, exactly.",
    "Tell me more.",
    "Why is that an issue?",
    "We are the leading platform in Europe.",
    "No, that's wrong.",
    "I can see why you'd be careful.",
    "You're probably losing money.",
    "I hate it, honestly.",
    "We lose forty orders a week.",
    "Just send me something.",
    "Shall we book a demo?",
    "mm-hm",
    "um so like we you know wait for it and then it comes back",
    "Would it help if I told you?",
    "Sorry, I jumped ahead of you.",
    "🤓 Ça va ? <b>x</b> \x1b[31m",
    "I want to be home by six.",
    "My brother had the same thing at his shop last year.",
)
talks = st.lists(
    st.builds(
        lambda who, what, gap: (who, " ".join(what), gap),
        st.sampled_from("ABC"),
        st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=3),
        st.none() | st.floats(0, 90),
    ),
    min_size=1,
    max_size=24,
)
sides = st.fixed_dictionaries({k: st.sampled_from(["ours", "theirs", "relay", "unknown"]) for k in "ABC"})


def _made(lines: list[tuple[str, str, float | None]], side: dict[str, str]) -> Conversation:
    clock, turns = 0.0, []
    for who, what, gap in lines:
        timed = gap is not None
        turns.append(
            Turn(speaker=who, text=what, start=clock if timed else None, end=clock + gap if gap is not None else None)
        )
        clock += gap or 0.0
    return Conversation(
        id="made",
        speakers=tuple(Speaker(id=k, name=k, side=side[k]) for k in "ABC"),  # type: ignore[arg-type]
        turns=tuple(turns),
        language="en",
    )


@given(talks, sides)
def test_no_quote_no_finding(lines: list[tuple[str, str, float | None]], side: dict[str, str]) -> None:
    """P1: whatever is said, each finding's quotes are verbatim words of their turns, with valid offsets."""
    conversation = _made(lines, side)
    result = review(conversation)
    texts = [t.text for t in conversation.turns]
    spans = [a.span for a in result.acts] + [q for m in result.moments for q in m.quotes]
    spans += [q for c in result.context for q in c.quotes] + [q for n in result.next for q in n.quotes]
    for span in spans:
        assert 0 <= span.start < span.end <= len(texts[span.turn])
        assert texts[span.turn][span.start : span.end].strip()
    assert all(m.quotes for m in result.moments)


@given(talks, sides)
def test_the_promises_of_the_wire_hold(lines: list[tuple[str, str, float | None]], side: dict[str, str]) -> None:
    """Codebook names, confidences in [0, 1], sorted turns, at most one moment of a kind at the same turns."""
    result = review(_made(lines, side))
    assert {a.kind for a in result.acts} <= set(ACTS)
    for m in result.moments:
        assert m.sign == MOMENTS[m.kind].sign
        assert list(m.turns) == sorted(set(m.turns))
        assert (m.invitation is not None) == (m.sign == "-")
    for confidence in [a.confidence for a in result.acts] + [m.confidence for m in result.moments]:
        assert 0 <= confidence <= 1
    keys = [(m.kind, m.turns) for m in result.moments]
    assert len(keys) == len(set(keys))
    ids = {moment_id(result.conversation, m) for m in result.moments}
    for dial in result.dials:
        assert set(dial.moments) <= ids
        assert 0 <= dial.count <= dial.of
        assert (dial.value is None) == (dial.of < 10)


def test_it_is_pure(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is opened by a second review of the same kind (data of the package may be loaded by the first)."""
    first = dumps(review_to(review(CALL)))

    def no(*args: object, **kwargs: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(builtins, "open", no)
    monkeypatch.setattr(Path, "open", no)
    assert dumps(review_to(review(CALL))) == first


def test_a_conversation_is_not_changed_by_its_review() -> None:
    """Annotations stand off from the text."""
    assert review(CALL).conversation is CALL


def test_without_english_the_measures_stay_and_the_rest_is_withheld() -> None:
    """Acts, moments and dials are made for English: elsewhere they are withheld, and it says so."""
    german = talk(
        "A: Wie läuft es denn bei Ihnen in der Werkstatt, seit die neue Halle fertig ist?",
        "B: Ach, wir warten immer noch auf die Maschinen, und die Leute stehen herum.",
        "A: Und was bedeutet das für Sie, wenn die Leute herumstehen und warten?",
        "B: Dass ich jeden Abend noch einmal hinfahre und mich bei allen entschuldige.",
    )
    result = review(german)
    assert result.acts == ()
    assert result.moments == ()
    assert all(d.value is None and d.of == 0 and d.reason for d in result.dials)
    assert any(m.name == "words" and m.value for m in result.measures)
    assert any("language" in n.lower() for n in result.notices)


def test_the_kind_that_a_user_names_wins() -> None:
    """`--kind` overrides what is inferred and what the file says."""
    assert review(CALL, Options(kind="hiring")).kind == "hiring"
    assert review(replace(CALL, kind="support")).kind == "support"


def test_the_limit_of_a_soliloquy_is_the_users_own() -> None:
    """S1.2: 180 words, unless the user sets their own."""
    speech = "Our platform does one thing after another and then another thing. " * 12
    conversation = talk("A: " + speech, "B: Okay.", "A: So that is that.", "B: Right.")
    assert not any(m.kind == "soliloquy" for m in review(conversation).moments)
    tight = review(conversation, Options(floor_words=100))
    assert any(m.kind == "soliloquy" for m in tight.moments)


@pytest.mark.parametrize("lines", [["A: Hello."], ["A: Hello.", "A: Are you there?"], ["A: ...", "B: —"], ["A: 🤓"]])
def test_the_smallest_conversations_are_reviews_with_a_notice(lines: list[str]) -> None:
    """One speaker is a review with a notice, never an error."""
    result = review(talk(*lines))
    assert result.notices


def test_two_turns_are_enough_for_acts_and_moments() -> None:
    """Only dials and rates may be withheld from a short conversation."""
    result = review(talk("B: I'm worried it is too expensive for us.", "A: I can see why the price worries you."))
    assert {a.kind for a in result.acts} >= {"concern", "acknowledgement"}
    assert [m.kind for m in result.moments] == ["acknowledged_first"]
