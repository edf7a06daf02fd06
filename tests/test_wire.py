"""The wire format, which others depend on (design.md, Wire format)."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue import review
from duologue.errors import UnreadableInput
from duologue.model import SIDES, Conversation, Speaker, Turn, Word
from duologue.wire import conversation_from, conversation_schema, conversation_to, dumps, review_to
from support import talk

times = st.none() | st.floats(0, 1e5).map(lambda x: round(x, 3))
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
words = st.builds(Word, text=texts, start=times, end=times, confidence=st.none() | st.floats(0, 1))
turns = st.builds(
    Turn,
    speaker=st.sampled_from(["A", "B", "C"]),
    text=texts,
    start=times,
    end=times,
    words=st.lists(words, max_size=3).map(tuple),
    estimated=st.sampled_from([(), ("end",), ("start", "end")]),
    speaker_confidence=st.none() | st.floats(0, 1),
)
conversations = st.builds(
    Conversation,
    id=texts,
    kind=st.sampled_from([None, "selling", "message", "everyday"]),
    speakers=st.sampled_from(SIDES).map(
        lambda side: tuple(Speaker(id=i, name=f"{i} 🤓", side=side) for i in ("A", "B", "C"))
    ),
    turns=st.lists(turns, min_size=1, max_size=5).map(tuple),
    source=st.none() | texts,
    started_at=st.none() | texts,
    language=st.none() | st.just("en"),
    notices=st.lists(texts, max_size=2).map(tuple),
)


@given(conversations)
def test_a_conversation_survives_the_wire(conversation: Conversation) -> None:
    """What is written is what is read back: nothing is merged, split, renamed or lost."""
    again = conversation_from(msgspec.json.decode(dumps(conversation_to(conversation))))
    assert again == conversation


def test_the_keys_are_the_promised_ones() -> None:
    """Keys and their order are a promise; this list may grow within /1 and never shrink."""
    wire = review_to(review(talk("A: How are you?", "B: Fine, thanks.")))
    assert list(wire)[:3] == ["format", "version", "conversation"]
    assert {
        "format", "version", "conversation", "acts", "moments", "context", "dials", "measures", "next", "notices"
    } <= set(wire)  # fmt: skip
    assert wire["format"] == "duologue.review/1"
    assert set(wire["context"]) == {"business_issues", "personal_impact", "business_goals", "personal_goals"}
    assert set(wire["dials"]) == {
        "balance", "curiosity", "understanding", "responsiveness", "openness", "focus_on_the_other"
    }  # fmt: skip
    for dial in wire["dials"].values():
        assert set(dial) == {"count", "of", "value", "low", "high", "moments", "reason"}
    assert {"format", "id", "kind", "source", "started_at", "language", "speakers", "turns"} <= set(
        wire["conversation"]
    )
    for act in wire["acts"]:
        assert list(act) == ["id", "turn", "start", "end", "act", "confidence", "by"]
    for measure in wire["measures"]:
        assert set(measure) == {"name", "speaker", "value", "unit", "n", "low", "high", "reason", "source"}


def test_what_is_null_in_an_input_may_be_null_and_an_id_is_kept() -> None:
    """`kind`, `source` and times may be null, unknown keys are ignored, an unlisted speaker joins."""
    value = {
        "format": "duologue.conversation/1", "id": "mine", "kind": None, "source": None, "started_at": None, "later": 1,
        "speakers": [{"id": "A", "name": "Ana", "side": "ours", "shoe_size": 38}],
        "turns": [{"speaker": "A", "start": None, "end": None, "text": "Hi."}, {"speaker": "B", "text": "Hello."}],
    }  # fmt: skip
    conversation = conversation_from(value)
    assert conversation.id == "mine"
    assert [s.id for s in conversation.speakers] == ["A", "B"]
    assert len(conversation.turns) == 2


def test_an_id_that_the_file_lacks_ignores_names_and_sides() -> None:
    """Who is ours is the user's to say and changes no id; another word does."""
    turn = {"speaker": "A", "text": "Hi."}
    base = {"format": "duologue.conversation/1", "turns": [turn]}
    named = {**base, "speakers": [{"id": "A", "name": "Ana", "side": "ours"}]}
    assert conversation_from(base).id == conversation_from(named).id
    assert conversation_from({**base, "turns": [{**turn, "text": "Ho."}]}).id != conversation_from(base).id


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        ({"turns": []}, "format"),
        ({"format": "duologue.conversation/1"}, "turns"),
        ({"format": "duologue.conversation/1", "turns": [{"speaker": "A"}]}, "text"),
        ({"format": "duologue.conversation/1", "turns": [{"speaker": 1, "text": "x"}]}, "speaker"),
        ({"format": "duologue.conversation/1", "kind": "chess", "turns": []}, "kind"),
        ({"format": "duologue.conversation/1", "turns": [], "speakers": [{"id": "A"}, {"id": "A"}]}, "same id"),
        ({"format": "duologue.conversation/1", "turns": [{"speaker": "A", "text": "x", "start": 1e999}]}, "finite"),
        ([], "object"),
    ],
)
def test_a_broken_document_is_refused_with_its_place(broken: object, place: str) -> None:
    """One clear line: what is wrong, and where in the document."""
    with pytest.raises(UnreadableInput, match=place):
        conversation_from(broken)


def test_the_same_input_gives_the_same_bytes() -> None:
    """Same machine, same version, same input: the same bytes."""
    conversation = talk("A: What happens when it drops? 🤓", "B: We lose the order. I hate it.", "A: You lose it.")
    assert dumps(review_to(review(conversation))) == dumps(review_to(review(conversation)))


def test_the_schema_names_every_key_that_is_written() -> None:
    """The JSON Schema that docs/wire-format.md points at covers what we write."""
    schema = conversation_schema()["$defs"]["_WireConversation"]
    assert set(conversation_to(talk("A: Hi."))) <= set(schema["properties"])
