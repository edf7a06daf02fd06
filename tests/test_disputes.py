"""A person's corrections (P1): held to the conversation, applied, shown beside what was found, and never overruled."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from corpus.check import items as corpus_items
from hypothesis import given
from hypothesis import strategies as st
from training.examples import _turns

from duologue import Options, read, review
from duologue.disputes import findings, parse
from duologue.errors import UnreadableInput
from duologue.labelled import items, lines
from duologue.model import Act, Conversation, Dispute, Review
from duologue.model.codebook import ACTS
from duologue.reports import html, markdown, terminal
from duologue.text import Scene
from duologue.wire import dumps, finding_id, review_to
from staging import staged, timed
from support import ROOT


@dataclass(frozen=True)
class Given:
    """A labeller that knows what each turn does, whoever speaks."""

    acts: tuple[Act, ...]
    name: str = "given/1"

    def label(self, scene: Scene) -> tuple[Act, ...]:
        return self.acts

    def note(self, scene: Scene) -> str | None:
        return None


STAGED = timed(
    staged(
        "A: What happens to the orders when the line stops? #question.open",
        "B: They pile up in the yard and we pay for every day of it. #disclosure.issue",
        "A: So each stop costs you days of storage. #reflection",
        "B: Exactly, that is it. #agreement | And I worry that the new gate will be too narrow. #concern",
        "A: No, it is wide enough. #disagreement | The gate is the best on the market. #pitch",
        "B: Tell me more about that, then. #invitation.more",
        "A: I can see why the gate worries you after last winter. #acknowledgement | How wide is the truck? #follow_up",
        "B: Three metres, and we also want to be done by the spring. #disclosure.goal",
        "A: Then we look at the truck first. #advice",
        "B: Good. #agreement",
    ),
    *((10.0 * i, 10.0 * i + 8) for i in range(10)),
)
TALK = STAGED.scene.conversation
GIVEN = Given(STAGED.acts)
PLAIN = review(TALK, Options(labeller=GIVEN))


def said(*rows: dict[str, object], conversation: Conversation = TALK) -> Review:
    """The review with these lines as corrections."""
    text = "\n".join(json.dumps(row) for row in rows)
    return review(conversation, Options(labeller=GIVEN, disputes=parse(text, conversation)))


def id_of(kind: str, result: Review = PLAIN) -> str:
    return next(i for i, p in findings(result).items() if p.kind == kind)


def kinds(result: Review) -> set[str]:
    return {m.kind for m in result.moments}


def dial(result: Review, name: str) -> tuple[int, int]:
    return next((d.count, d.of) for d in result.dials if d.name == name)


def test_an_act_that_is_not_so_takes_with_it_what_rests_on_it() -> None:
    """It is gone before moments are looked for; moments and dials follow, and the correction says what changed."""
    assert "wall" in kinds(PLAIN)
    result = said({"finding": id_of("disagreement"), "verdict": "not_so", "by": "Mira", "at": "2026-11-22", "note": ""})
    assert "wall" not in kinds(result)
    assert "disagreement" not in {a.kind for a in result.acts}
    (done,) = result.disputes
    assert done.standing == "applied"
    assert done.found is not None
    assert {p.kind for p in done.gone} >= {"disagreement", "wall"}
    (change,) = [d for d in done.dials if d.name == "openness"]
    assert change.before == dial(PLAIN, "openness")
    assert change.after == dial(result, "openness")
    assert change.before != change.after


def test_a_moment_that_is_not_so_leaves_its_acts_and_takes_the_dial_along() -> None:
    """The wall goes and the disagreement stays; what was not disputed is as it was."""
    result = said({"finding": id_of("wall"), "verdict": "not_so"})
    assert kinds(PLAIN) - kinds(result) == {"wall"}
    assert result.acts == PLAIN.acts
    assert dial(result, "openness")[0] == dial(PLAIN, "openness")[0] + 1
    assert all(id_of("wall") not in d.moments for d in result.dials)


def test_an_act_that_is_also_here_is_the_persons_and_moments_follow() -> None:
    """With a quote it lies on those words, else on the turn's; what rests on it is found."""
    quoted = said({"verdict": "also_here", "turn": 9, "kind": "repair", "quote": "the truck first", "by": "Mira"})
    (act,) = [a for a in quoted.acts if a.kind == "repair"]
    assert act.by == "person:Mira"
    assert TALK.turns[8].text[act.span.start : act.span.end] == "the truck first"
    assert kinds(quoted) - kinds(PLAIN) == {"repaired"}
    (done,) = quoted.disputes
    assert done.found is None
    assert {p.kind for p in done.joined} == {"repair", "repaired"}
    whole = said({"verdict": "also_here", "turn": "0:50", "kind": "concern"})
    (act,) = [a for a in whole.acts if a.by == "person"]
    assert (act.span.turn, act.span.start, act.span.end) == (5, 0, len(TALK.turns[5].text))


def test_a_moment_that_is_also_here_is_shown_as_the_persons_word() -> None:
    """It is shown unasked whatever is known of its detector, and claims no agreement with people."""
    row = {
        "verdict": "also_here",
        "turn": [8, 9],
        "kind": "dropped_thread",
        "by": "Mira",
        "note": "the spring was left",
    }
    assert "dropped_thread" not in kinds(PLAIN)
    result = said(row)
    (m,) = [m for m in result.moments if m.kind == "dropped_thread"]
    assert m.by == "person:Mira"
    assert m.turns == (7, 8)
    assert "the spring was left" in m.why
    assert dial(result, "responsiveness")[0] == dial(PLAIN, "responsiveness")[0] - 1
    text = terminal.render(result)
    assert "Said by Mira, and found by no detector" in text
    assert "dropped thread" in text.partition("MOST WORTH WORKING ON")[2].partition("OPPORTUNITIES")[0]


def test_another_speaker_gives_the_turn_to_them_and_all_is_looked_at_again() -> None:
    """Turns and words stay as they are; ids of the review before still name their findings."""
    wall = id_of("wall")
    result = said(
        {"verdict": "other_speaker", "turn": 5, "speaker": "b"},
        {"finding": wall, "verdict": "not_so", "note": "it was not even me"},
    )
    assert result.conversation.turns[4].speaker == "B"
    assert [t.text for t in result.conversation.turns] == [t.text for t in TALK.turns]
    assert "wall" not in kinds(result)
    speaker, gone = result.disputes
    assert speaker.found_speaker == "A"
    assert wall in {p.id for p in speaker.gone}
    assert gone.standing == "as_found"  # the turn's new speaker had taken it away already
    assert gone.found is not None


def test_speakers_in_a_row_are_put_right_together() -> None:
    """Each means reading all of it again, so a run is read once; the last line of it tells what changed."""
    readings = []

    class Counting(Given):
        def label(self, scene: Scene) -> tuple[Act, ...]:
            readings.append(scene)
            return super().label(scene)

    rows = [{"verdict": "other_speaker", "turn": t, "speaker": "B"} for t in (3, 5, 7, 4)]
    corrections = parse("\n".join(map(json.dumps, rows)), TALK)
    result = review(TALK, Options(labeller=Counting(STAGED.acts), disputes=corrections))
    assert len(readings) == 2
    assert [t.speaker for t in result.conversation.turns[2:7]] == ["B"] * 5
    assert [(d.standing, d.told_at) for d in result.disputes] == [
        ("applied", 4), ("applied", 4), ("applied", 4), ("as_found", 0)
    ]  # fmt: skip
    assert {p.kind for p in result.disputes[-1].gone} >= {"wall"}
    assert "told at line 4" in terminal.render(result)


def test_what_came_up_after_a_correction_can_be_corrected_too() -> None:
    """A person reads the corrected review, and goes on from there."""
    first = {"verdict": "also_here", "turn": 9, "kind": "repair"}
    repaired = id_of("repaired", said(first))
    assert repaired not in findings(PLAIN)
    result = said(first, {"finding": repaired, "verdict": "not_so"})
    assert "repaired" not in kinds(result)
    assert "repair" in {a.kind for a in result.acts}


def test_a_finding_that_a_person_lets_stand_outlasts_another_correction() -> None:
    """A person's word is never overruled, not by what follows from another word of theirs either."""
    rows = [
        {"finding": id_of("wall"), "verdict": "also_here", "by": "Mira"},
        {"finding": id_of("disagreement"), "verdict": "not_so", "by": "Mira"},
    ]
    result = said(*rows)
    (wall,) = [m for m in result.moments if m.kind == "wall"]
    assert wall.by == "person:Mira"
    assert wall.turns == findings(PLAIN)[id_of("wall")].turns


def test_of_two_that_differ_the_later_counts_and_a_notice_says_so() -> None:
    """By `at`, not by the order of lines; zones are taken into account."""
    wall = id_of("wall")
    late = {"finding": wall, "verdict": "not_so", "at": "2026-11-22T10:00+01:00"}
    early = {"finding": wall, "verdict": "also_here", "at": "2026-11-22T08:59:00Z"}
    result = said(late, early)
    assert "wall" not in kinds(result)
    assert [(d.dispute.line, d.standing, d.instead) for d in result.disputes] == [
        (2, "superseded", 1),
        (1, "applied", 0),
    ]
    assert any("line 2 and line 1 differ" in n and "line 1, the later one" in n for n in result.notices)
    assert "wall" in kinds(said(late, {**early, "at": "2026-11-22T09:00:01Z"}))


def test_what_is_said_twice_counts_once() -> None:
    """And a notice says so."""
    row = {"finding": id_of("wall"), "verdict": "not_so"}
    result = said(row, row)
    assert [d.standing for d in result.disputes] == ["repeated", "applied"]
    assert any("line 1 and line 2 say the same" in n for n in result.notices)
    assert result.moments == said(row).moments


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("not so, the wall", "no correction"),
        ("[]", "object"),
        ('{"verdict": "wrong"}', "verdict"),
        ('{"verdict": "not_so"}', "needs the id"),
        ('{"verdict": "not_so", "finding": "0123456789ab"}', "no finding “0123456789ab”"),
        ('{"verdict": "not_so", "finding": "0123456789ab", "kind": "wall", "turn": 1}', "no finding “0123456789ab”"),
        ('{"verdict": "also_here", "finding": "0123456789ab"}', "no finding “0123456789ab”"),
        ('{"verdict": "also_here", "kind": "wall"}', "needs a turn and a kind"),
        ('{"verdict": "also_here", "kind": "wal", "turn": 1}', "“wal” is no act and no moment"),
        ('{"verdict": "also_here", "kind": "pitch", "turn": [1, 3]}', "an act lies in one turn"),
        ('{"verdict": "also_here", "kind": "pitch", "turn": 0}', "no turn “0”"),
        ('{"verdict": "also_here", "kind": "pitch", "turn": 11}', "from 1 to 10"),
        ('{"verdict": "also_here", "kind": "pitch", "turn": "noon"}', "no turn “noon”"),
        ('{"verdict": "also_here", "kind": "pitch", "turn": "7:30"}', "no turn with an end begins at “7:30”"),
        ('{"verdict": "also_here", "kind": "pitch", "turn": 1, "quote": "what happens"}', "not said there"),
        ('{"verdict": "other_speaker", "turn": 1}', "needs one turn and a speaker"),
        ('{"verdict": "other_speaker", "turn": 1, "speaker": "Cy"}', "“A”, “B”"),
        ('{"verdict": "not_so", "finding": "0123456789ab", "at": "Tuesday"}', "no date and time"),
        ('{"verdict": "not_so", "finding": "0123456789ab", "notes": "x"}', "notes"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_with_what_to_do(row: str, what: str) -> None:
    """What, in which line, and what to do next; a good line before it changes nothing about that."""
    good = json.dumps({"verdict": "other_speaker", "turn": 1, "speaker": "A"})
    with pytest.raises(UnreadableInput, match=what) as told:
        review(TALK, Options(labeller=GIVEN, disputes=parse(f"{good}\n\n{row}", TALK)))
    assert "line 3" in str(told.value)
    assert told.value.hint
    assert len(str(told.value).splitlines()) == 1


def test_a_file_without_a_line_is_refused_with_the_shape_of_one() -> None:
    """An empty file is a slip more often than an answer."""
    with pytest.raises(UnreadableInput, match="no correction") as told:
        parse("\n \n", TALK)
    assert "not_so" in told.value.hint


def test_a_turn_without_words_carries_no_finding() -> None:
    """No quote, no finding: also where a person says it."""
    silent = replace(TALK, turns=(*TALK.turns, replace(TALK.turns[1], text="  ")))
    with pytest.raises(UnreadableInput, match="no words"):
        parse('{"verdict": "also_here", "kind": "withdrawal", "turn": 11}', silent)


def test_turns_are_named_as_a_page_shows_them() -> None:
    """A number from 1, the number of its address on the page, or its time."""
    rows = [
        f'{{"verdict": "other_speaker", "turn": {t}, "speaker": "A"}}'
        for t in ("7", '"7"', '"t7"', '"turn 7"', '"1:00"')
    ]
    assert [d.turns for d in parse("\n".join(rows), TALK)] == [(6,)] * 5


def test_without_english_a_persons_word_stands_alone() -> None:
    """Nothing is read there, and what a person says of it is kept, in every report."""
    german = replace(
        TALK, language="de",
        turns=tuple(replace(t, text="Guten Morgen, wie geht es Ihnen heute mit dem Lager?") for t in TALK.turns),
    )  # fmt: skip
    result = said({"verdict": "also_here", "turn": 2, "kind": "concern"}, conversation=german)
    assert [a.kind for a in result.acts] == ["concern"]
    for render in (terminal.render, markdown.render, html.render):
        assert "What you corrected".lower() in render(result).lower()
        assert "withheld" in render(result)


@dataclass(frozen=True)
class Said:
    """A correction with the one that takes it back."""

    row: dict[str, object]
    back: dict[str, object]


def _sayable() -> list[Said]:
    """Every correction that can be made of the plain review, and a good many of what was not found."""
    rows = [Said({"verdict": "not_so", "finding": i}, {"verdict": "also_here", "finding": i}) for i in findings(PLAIN)]
    for t, turn in enumerate(TALK.turns):
        other = "A" if turn.speaker == "B" else "B"
        rows.append(
            Said(
                {"verdict": "other_speaker", "turn": t + 1, "speaker": other},
                {"verdict": "other_speaker", "turn": t + 1, "speaker": turn.speaker},
            )
        )
        for kind in ("concern", "repair", "acknowledgement", "wall", "dropped_thread", "own_reason"):
            made = finding_id(TALK.id, kind, (t,), 0 if kind in ACTS else None)
            if made not in findings(PLAIN):
                put = {"verdict": "also_here", "turn": t + 1, "kind": kind}
                rows.append(Said(put, {"verdict": "not_so", "finding": made}))
    return rows


@given(st.lists(st.sampled_from(_sayable()), min_size=1, max_size=6, unique_by=id))
def test_what_is_applied_and_taken_back_leaves_the_review_as_it_was(chosen: list[Said]) -> None:
    """Whatever is said and then taken back, all but the record of it is what it was without it, byte for byte."""
    result = said(*(s.row for s in chosen), *(s.back for s in chosen))
    told = replace(result, disputes=(), notices=PLAIN.notices)
    assert dumps(review_to(told)) == dumps(review_to(PLAIN))
    assert len(result.disputes) == 2 * len(chosen)


@given(st.lists(st.sampled_from(_sayable()), min_size=1, max_size=5, unique_by=id))
def test_a_persons_word_holds_and_quotes_stay_verbatim(chosen: list[Said]) -> None:
    """What is not so is nowhere, what is also here is there, and each turn is whose they said; every quote is said."""
    result = said(*(s.row for s in chosen))
    there = findings(result)
    for done in result.disputes:
        if done.dispute.verdict == "other_speaker":
            assert result.conversation.turns[done.dispute.turns[0]].speaker == done.dispute.speaker
        else:
            assert (done.about in there) == (done.dispute.verdict == "also_here")
    assert len(result.conversation.turns) == len(TALK.turns)
    for p in there.values():
        assert all(0 <= q.start < q.end <= len(TALK.turns[q.turn].text) for q in p.quotes)
    joined = {p.id for d in result.disputes for p in d.joined} - {p.id for d in result.disputes for p in d.gone}
    assert joined - set(findings(PLAIN)) <= set(there)


def test_no_corrections_change_nothing_on_the_wire() -> None:
    """The key joins where somebody corrected something, and `by` where a person said that a moment is there."""
    wire = review_to(PLAIN)
    assert "disputes" not in wire
    assert all("by" not in m for m in wire["moments"])
    wire = review_to(said({"verdict": "also_here", "turn": 9, "kind": "wall", "by": "Mira"}))
    assert [m["by"] for m in wire["moments"] if "by" in m] == ["person:Mira"]
    (done,) = wire["disputes"]
    assert list(done) == [
        "line", "finding", "verdict", "turns", "kind", "speaker", "quote", "by", "at", "note", "about", "found",
        "found_speaker", "standing", "applied", "instead", "told_at", "gone", "joined", "dials",
    ]  # fmt: skip
    assert done["applied"] is True
    assert done["turns"] == [8]
    assert done["joined"][0]["quotes"][0]["text"] == TALK.turns[8].text


def test_an_id_on_the_wire_is_the_one_that_a_correction_names() -> None:
    """Acts and moments alike, from the JSON to the file of corrections."""
    wire = review_to(PLAIN)
    assert {f["id"] for f in (*wire["acts"], *wire["moments"])} == set(findings(PLAIN))


def test_labels_are_what_the_person_said_and_nothing_else(tmp_path: Path) -> None:
    """The corpus's own reader takes the lines; every act that nobody spoke of is unsure, also in the floor before."""
    result = said(
        {"finding": id_of("disagreement"), "verdict": "not_so"},
        {"verdict": "also_here", "turn": 5, "kind": "information", "quote": "it is wide enough"},
        {"verdict": "also_here", "turn": 7, "kind": "presence"},
        {"finding": id_of("wall"), "verdict": "not_so"},
        {"verdict": "other_speaker", "turn": 10, "speaker": "A"},
    )
    (tmp_path / "person.jsonl").write_text(lines(result), encoding="utf-8")
    read_back = [item for _, item in corpus_items(tmp_path)]
    assert read_back == list(items(result))
    first, second = (list(_turns(item, None)) for item in read_back)
    before, example = first
    assert before.before == ""
    assert example.before == TALK.turns[3].text == " ".join(s.text for s in before.sentences)
    assert example.side == "ours"
    disputed, pitch = example.sentences
    assert disputed.text == "No, it is wide enough."
    assert disputed.acts == {"information"}
    assert disputed.unsure == set(ACTS) - {"information", "disagreement"}
    assert pitch.unsure == set(ACTS)
    assert all(s.unsure == set(ACTS) for s in before.sentences)
    # Said of a turn of two sentences, without its words: it may be either, so it teaches nothing of them.
    assert all(s.unsure == set(ACTS) for s in second[-1].sentences)
    assert {e.group for e in (*first, *second)} == {"test-turn-5", "test-turn-7"}


def test_a_message_gives_no_labels() -> None:
    """Messages are read by rules: nothing is trained on them."""
    mail = replace(TALK, kind="message", turns=TALK.turns[:1])
    result = review(mail, Options(disputes=(Dispute(verdict="also_here", turns=(0,), kind="pitch"),)))
    assert any(a.by == "person" for a in result.acts)
    assert lines(result) == ""


def test_with_the_model_a_speaker_is_put_right_and_read_again() -> None:
    """The whole way on a real file: what is read of a turn follows whose it is."""
    call = read(ROOT / "examples" / "discovery-call.vtt", us="Nora Feld")
    plain = review(call)
    result = review(
        call, Options(disputes=parse('{"verdict": "other_speaker", "turn": "0:15", "speaker": "Idris Bello"}', call))
    )
    (done,) = result.disputes
    assert done.found_speaker == "Nora Feld"
    assert result.conversation.id == plain.conversation.id
    assert set(findings(plain)) - set(findings(result)) == {p.id for p in done.gone}
    assert set(findings(result)) - set(findings(plain)) == {p.id for p in done.joined}
    assert done.gone
