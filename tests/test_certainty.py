"""What findings may rest on: words heard well, and turns whose speaker is sure. Without confidences nothing changes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue import Options, read, review
from duologue.certainty import QUOTE, SPEAKER, WORD, certainty_of, poorly_heard, speaker_is_sure
from duologue.disputes import parse
from duologue.model import Conversation, Dial, Measure, Moment, Review, Span, Turn, Word
from duologue.moments.dials import wilson
from duologue.reports import html, markdown, terminal
from duologue.wire import dumps, moment_id, review_to
from support import ROOT
from test_disputes import GIVEN, TALK, Given
from test_review import _made, sides, talks

BAD, GOOD = WORD - 0.2, 0.97


def heard(
    conversation: Conversation, sure: dict[int, float] | float, who: dict[int, float] | None = None
) -> Conversation:
    """The conversation with a confidence for every word of these turns (all of them), and for some speakers."""
    turns = []
    for i, t in enumerate(conversation.turns):
        c = sure.get(i, GOOD) if isinstance(sure, dict) else sure
        words = tuple(Word(text=w, confidence=c) for w in t.text.split())
        turns.append(replace(t, words=words, speaker_confidence=(who or {}).get(i)))
    return replace(conversation, turns=tuple(turns))


def plain(conversation: Conversation) -> Conversation:
    """The same without any confidence."""
    bare = (replace(t, words=tuple(replace(w, confidence=None) for w in t.words), speaker_confidence=None)
            for t in conversation.turns)  # fmt: skip
    return replace(conversation, turns=tuple(bare))


def said(conversation: Conversation, *rows: dict[str, object], given: Given = GIVEN) -> Review:
    """The review, with these lines as corrections."""
    text = "\n".join(json.dumps(row) for row in rows)
    return review(conversation, Options(labeller=given, disputes=parse(text, conversation) if rows else ()))


def apart(result: Review) -> dict[str, str]:
    return {u.moment.kind: u.because for u in result.unsure}


def kinds(result: Review) -> set[str]:
    return {m.kind for m in result.moments}


def dial(result: Review, name: str) -> Dial:
    return next(d for d in result.dials if d.name == name)


def figure(result: Review, name: str, speaker: str) -> Measure:
    return next(m for m in result.measures if (m.name, m.speaker) == (name, speaker))


def rest(result: Review) -> dict[str, object]:
    """The review on the wire without the conversation it is of."""
    return {k: v for k, v in review_to(result).items() if k != "conversation"}


PLAIN = said(TALK)


# --- how sure words are ---------------------------------------------------------------------------------------------


def test_words_heard_poorly_are_found_in_the_text() -> None:
    """Code points of the text, neighbours joined, marks with their word."""
    sure = {"Well,": 0.9, "nine": 0.2, "lorries,": 0.3, "I": None, "think.": 0.1}
    words = tuple(Word(text=w, confidence=c) for w, c in sure.items())
    turn = Turn(speaker="A", text="Well, nine lorries, I think.", words=words)
    assert [turn.text[a:b] for a, b in poorly_heard(turn)] == ["nine lorries,", "think."]


def test_nothing_is_in_doubt_where_nothing_is_known() -> None:
    """No words, words without confidences, and turns without: all sure."""
    bare = Turn(speaker="A", text="Nine lorries.", words=(Word(text="Nine"), Word(text="lorries.")))
    assert poorly_heard(bare) == ()
    assert speaker_is_sure(bare)
    assert poorly_heard(Turn(speaker="A", text="Nine lorries.")) == ()
    sure = certainty_of(TALK)
    assert not sure.doubts
    assert sure.heard(Span(turn=0, start=0, end=4)) is None
    assert sure.words == (0, 0)


def test_a_quote_is_as_sure_as_its_words_are_on_average() -> None:
    """One word badly heard among many good ones does not make a quote unsure; a quote of that word alone is."""
    text = "the new gate is too narrow for us"
    words = tuple(Word(text=w, confidence=0.1 if w == "narrow" else 0.95) for w in text.split())
    sure = certainty_of(replace(TALK, turns=(Turn(speaker="A", text=text, words=words),)))
    whole, word = Span(turn=0, start=0, end=len(text)), Span(turn=0, start=20, end=26)
    assert sure.heard(whole) == pytest.approx((7 * 0.95 + 0.1) / 8)
    assert sure.is_heard(whole)
    assert text[word.start : word.end] == "narrow"
    assert not sure.is_heard(word)


def test_words_that_a_person_wrote_into_the_text_are_sure() -> None:
    """A corrected word is no longer the recogniser's, and nobody doubts it."""
    turn = Turn(
        speaker="A",
        text="The gate is narrow.",
        words=tuple(Word(text=w, confidence=BAD) for w in ("The", "gate", "is", "an", "arrow.")),
    )
    sure = certainty_of(replace(TALK, turns=(turn,)))
    assert sure.is_heard(Span(turn=0, start=12, end=19))
    assert not sure.is_heard(Span(turn=0, start=0, end=11))


# --- what becomes of findings ---------------------------------------------------------------------------------------


def test_a_moment_on_words_heard_poorly_is_set_apart() -> None:
    """It leaves the moments, keeps its words, and says why; a moment elsewhere stays."""
    assert {"wall", "understood"} <= kinds(PLAIN)
    result = said(heard(TALK, {4: BAD}))
    assert "wall" not in kinds(result)
    assert apart(result)["wall"] == "heard with little certainty"
    assert "understood" in kinds(result)
    assert all(u.moment in PLAIN.moments for u in result.unsure)


def test_a_moment_whose_speaker_is_not_sure_is_set_apart() -> None:
    """The words are clear, and whose they are is not."""
    result = said(heard(TALK, GOOD, {3: SPEAKER - 0.1}))
    assert apart(result)["understood"] == "it is not sure that B said this"
    assert "understood" not in kinds(result)
    both = said(heard(TALK, {2: BAD}, {3: SPEAKER - 0.1}))
    assert apart(both)["understood"] == "heard with little certainty; it is not sure that B said this"


def test_what_was_heard_well_changes_nothing() -> None:
    """High confidences give the review of the same words without any, figures, dials and all."""
    assert rest(said(heard(TALK, GOOD, dict.fromkeys(range(10), 0.9)))) == rest(PLAIN)
    assert "unsure" not in review_to(PLAIN)


def test_dials_open_onto_what_stands_and_count_what_is_sure() -> None:
    """What hangs on unsure hearing counts neither way, and the dial says how much that is."""
    before, after = dial(PLAIN, "openness"), dial(said(heard(TALK, {4: BAD})), "openness")
    assert before.of - after.of == 1
    assert after.beside == "1 more hangs on words or speakers that are not sure"
    wall = next(m for m in PLAIN.moments if m.kind == "wall")
    assert moment_id(TALK, wall) in before.moments
    assert moment_id(TALK, wall) not in after.moments


def test_an_interval_covers_what_hangs_either_way() -> None:
    """From ten opportunities on: Wilson's low without any of those that hang, his high with all of them."""
    turns, acts = [], []
    for k in range(12):
        turns += [replace(t, start=None, end=None) for t in TALK.turns]
        acts += [replace(a, span=replace(a.span, turn=a.span.turn + 10 * k)) for a in GIVEN.acts]
    long, given = replace(TALK, turns=tuple(turns)), Given(tuple(acts))
    sure, less = said(long, given=given), said(heard(long, {4: BAD, 14: BAD}), given=given)
    a, b = dial(sure, "openness"), dial(less, "openness")
    hanging = a.of - b.of
    assert hanging == 2
    assert (b.low, b.high) == (
        min(wilson(b.count, b.of)[0], wilson(b.count, b.of + hanging)[0]),
        max(wilson(b.count, b.of)[1], wilson(b.count + hanging, b.of + hanging)[1]),
    )
    assert b.low is not None and b.high is not None and a.low is not None and a.high is not None
    assert b.low <= a.low < a.high <= b.high
    assert b.beside == "2 more hang on words or speakers that are not sure"


def test_figures_cover_the_turns_of_which_it_is_not_sure_who_spoke() -> None:
    """The value stays; its range is that of giving the turn to one and to the other."""
    result = said(heard(TALK, GOOD, {1: SPEAKER - 0.1}))
    turn = len(TALK.turns[1].text.split())
    ours, theirs = figure(result, "words", "A"), figure(result, "words", "B")
    assert (ours.low, ours.high) == (ours.value, (ours.value or 0) + turn)
    assert (theirs.low, theirs.high) == ((theirs.value or 0) - turn, theirs.value)
    assert ours.value == figure(PLAIN, "words", "A").value
    share = figure(result, "talk_share", "A")
    assert share.low is not None and share.value is not None and share.high is not None
    assert share.low == share.value < share.high
    assert "1 turn that may be somebody else’s" in (share.reason or "")
    whole = next(m for m in result.measures if m.name == "session_words")
    assert (whole.low, whole.high, whole.reason) == (None, None, None)


def test_counts_cover_what_was_heard_poorly() -> None:
    """A question heard with little certainty may be none: the count keeps it, and its range has it either way."""
    result = said(heard(TALK, {0: BAD}))
    n = figure(result, "questions", "A")
    assert n.value == figure(PLAIN, "questions", "A").value
    assert (n.low, n.high) == ((n.value or 0) - 1, n.value)
    assert "words that were heard with little certainty" in (n.reason or "")


def test_context_and_questions_for_next_time_quote_nothing_unsure() -> None:
    """No cell is deeper for words that were hardly heard, and no question comes from them."""
    for conversation in (heard(TALK, {1: BAD, 7: BAD}), heard(TALK, GOOD, {1: 0.2, 7: 0.2})):
        result = said(conversation)
        quoted = {q.turn for c in result.context for q in c.quotes} | {q.turn for n in result.next for q in n.quotes}
        assert not quoted & {1, 7}
        assert {c.name for c in PLAIN.context if c.depth} != {c.name for c in result.context if c.depth}


def test_a_notice_gives_the_numbers() -> None:
    """One calm sentence, only where there is something to say, and nothing set apart is not spoken of."""
    (notice,) = set(said(heard(TALK, {4: BAD}, {3: 0.2, 9: 0.2})).notices) - set(PLAIN.notices)
    n = len(TALK.turns[4].text.split())
    words = sum(len(t.text.split()) for t in TALK.turns)
    found = len(said(heard(TALK, {4: BAD}, {3: 0.2, 9: 0.2})).unsure)
    assert notice == (
        f"Of {words} words {n} were heard with little certainty, and of 2 turns it is not sure who spoke: "
        f"{found} findings that rest on them are set apart."
    )
    (alone,) = set(said(heard(TALK, GOOD, {8: 0.2})).notices) - set(PLAIN.notices)
    assert alone == "Of 1 turn it is not sure who spoke."


# --- a person's word ------------------------------------------------------------------------------------------------


def test_a_persons_word_brings_a_moment_back_as_it_was() -> None:
    """`also_here` with the id alone; the dials count it again, and nothing else changed."""
    unsure = heard(TALK, {4: BAD})
    before = said(unsure)
    wall = next(u.moment for u in before.unsure if u.moment.kind == "wall")
    result = said(unsure, {"finding": moment_id(unsure, wall), "verdict": "also_here", "by": "Mira"})
    assert wall in result.moments
    assert "wall" not in apart(result)
    assert moment_id(unsure, wall) in dial(result, "openness").moments
    (done,) = result.disputes
    assert done.standing == "applied"
    assert {p.kind for p in done.joined} == {"wall"}


def test_a_moment_set_apart_can_be_denied() -> None:
    """`not_so` takes it out of what is set apart."""
    unsure = heard(TALK, {4: BAD})
    wall = next(u.moment for u in said(unsure).unsure if u.moment.kind == "wall")
    result = said(unsure, {"finding": moment_id(unsure, wall), "verdict": "not_so"})
    assert "wall" not in apart(result) | dict.fromkeys(kinds(result), "")
    assert result.disputes[0].standing == "applied"


@pytest.mark.parametrize("name", ["B", "A"])
def test_a_speaker_put_right_is_sure(name: str) -> None:
    """Also where a person says that it was right: what rests on who spoke stands again, or is no longer there."""
    unsure = heard(TALK, GOOD, {3: 0.2})
    assert "understood" in apart(said(unsure))
    result = said(unsure, {"verdict": "other_speaker", "turn": 4, "speaker": name})
    assert result.conversation.turns[3].speaker_confidence is None
    assert not result.unsure
    assert ("understood" in kinds(result)) == (name == "B")
    assert not any("not sure who spoke" in n for n in result.notices)


def test_words_of_an_act_that_a_person_vouches_for_are_sure() -> None:
    """Whoever says what the words do has listened to them."""
    unsure = heard(TALK, {4: BAD})
    row = {"verdict": "also_here", "turn": 5, "kind": "information", "by": "Mira"}
    result = said(unsure, row)
    assert "wall" in kinds(result)
    assert not result.unsure


# --- whatever happens -----------------------------------------------------------------------------------------------

CALL = read(ROOT / "examples" / "discovery-call.vtt", us="Nora Feld")
_CALL_FOUND = review(CALL).moments
_sure = st.sampled_from([None, 0.0, BAD, QUOTE, 0.7, 0.9, 1.0])


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_nothing_is_lost_and_nothing_is_there_twice(data: st.DataObject) -> None:
    """Moments that stand and those set apart are, together, all that would be found with no confidence at all."""
    turns = []
    for t in CALL.turns:
        c = data.draw(_sure)
        words = tuple(Word(text=w, confidence=c) for w in t.text.split())
        turns.append(replace(t, words=words, speaker_confidence=data.draw(_sure)))
    unsure = replace(CALL, turns=tuple(turns))
    result = review(unsure)
    together: list[Moment] = [*result.moments, *(u.moment for u in result.unsure)]
    assert sorted(together, key=repr) == sorted(_CALL_FOUND, key=repr)
    for u in result.unsure:
        assert u.because
    for m in result.measures:
        assert m.low is None or (m.high is not None and m.low <= m.high)
        if m.value is not None and m.low is not None and m.high is not None:
            assert m.low <= m.value <= m.high
    for d in result.dials:
        if d.value is not None:
            assert d.low is not None and d.high is not None and d.low <= d.value <= d.high
    shown = {q for m in result.moments for q in m.quotes} | {q for c in result.context for q in c.quotes}
    shown |= {q for n in result.next for q in n.quotes}
    sure = certainty_of(unsure)
    assert all(map(sure.holds, shown))


@settings(max_examples=60, deadline=None)
@given(talks, sides, st.lists(st.tuples(_sure, _sure), min_size=24, max_size=24))
def test_whoever_talks_nothing_breaks(
    lines: list[tuple[str, str, float | None]],
    side: dict[str, str],
    sure: list[tuple[float | None, float | None]],
) -> None:
    """Relays, unknown sides, three people, no times: findings are divided, figures keep their value, reports render."""
    bare = _made(lines, side)
    turns = tuple(
        replace(t, words=tuple(Word(text=w, confidence=c) for w in t.text.split()), speaker_confidence=s)
        for t, (c, s) in zip(bare.turns, sure, strict=False)
    )
    result, before = review(replace(bare, turns=turns)), review(bare)
    assert sorted((*result.moments, *(u.moment for u in result.unsure)), key=repr) == sorted(before.moments, key=repr)
    assert result.acts == before.acts
    for m, old in zip(result.measures, before.measures, strict=True):
        assert (m.name, m.speaker, m.value) == (old.name, old.speaker, old.value)
        if m.low is not None and m.high is not None and m.value is not None:
            assert m.low <= m.value <= m.high
            assert old.low is None or (m.low <= old.low and old.high is not None and m.high >= old.high)
    for d, old_dial in zip(result.dials, before.dials, strict=True):
        assert d.of <= old_dial.of or d.beside
    assert terminal.render(result) and markdown.render(result) and html.render(result)


def test_words_without_confidences_change_nothing() -> None:
    """Word times alone, as many readers bring: byte for byte the same findings."""
    timed = plain(heard(CALL, GOOD))
    assert rest(review(timed)) == rest(review(CALL))


# --- on the wire and in reports -------------------------------------------------------------------------------------


def test_the_wire_has_what_is_set_apart() -> None:
    """In the shape of a moment, with the reason; and the same bytes each time."""
    result = said(heard(TALK, {4: BAD}))
    wire = review_to(result)
    (row,) = [r for r in wire["unsure"] if r["kind"] == "wall"]
    assert row["because"] == "heard with little certainty"
    assert row["quotes"][0]["text"] in TALK.turns[row["quotes"][0]["turn"]].text
    assert set(row) == {*review_to(PLAIN)["moments"][0], "because"}
    assert row["id"] not in {m["id"] for m in wire["moments"]}
    assert dumps(wire) == dumps(review_to(said(heard(TALK, {4: BAD}))))


@pytest.mark.parametrize("render", [terminal.render, markdown.render, html.render])
def test_reports_set_it_apart_and_ask(render: object) -> None:
    """One heading, the words, the reason, and the way to say otherwise; nothing of it without confidences."""
    result = said(heard(TALK, GOOD, {3: 0.2}))
    text = " ".join(str(render(result, all=True, ids=True)).split())  # type: ignore[operator]
    assert "set apart, to listen to again" in text.lower()
    assert "It is not sure that B said this." in text
    assert "Exactly, that is it." in text
    assert "other_speaker" in text
    assert "listen to again" not in str(render(PLAIN, all=True)).lower()  # type: ignore[operator]
