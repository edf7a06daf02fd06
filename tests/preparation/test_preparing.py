"""From a document to its ladder: every rung is the document's own words, and what a person wrote is kept."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue.errors import UnreadableInput
from duologue.preparation.asking import about_us, ask_next
from duologue.preparation.ladder import Claim, Ladder, Rung, read_ladder
from duologue.preparation.page import as_markdown, as_text, empty
from duologue.preparation.preparing import merge, prepare
from duologue.preparation.questions import NAMES, QUESTIONS
from duologue.preparation.source import Source, from_text, plain, read_source
from duologue.preparation.writing import as_yaml
from support import ROOT

FEATURES = ROOT / "examples" / "features.md"


def ladder_of(text: str) -> Ladder:
    return prepare(from_text(text))[0]


def verbatim(ladder: Ladder, text: str) -> None:
    """Every rung, and every claim, stands in the document at the line it names."""
    lines = [re.sub(r"^(\s*>)+", "", ln) for ln in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    for claim in ladder.claims:
        quotes = [claim.quote, *(r.quote for _, r in claim.rungs() if r.stands)]
        for quote in quotes:
            assert quote is not None
            below = " ".join(" ".join(lines[quote.line - 1 :]).split())
            at = below.find(quote.words)
            first = " ".join(lines[quote.line - 1].split())
            assert 0 <= at <= len(first), (quote, first)
        for _, rung in claim.rungs():
            if rung.stands and rung.quote:
                assert (rung.text or "") in plain(rung.quote.words)


def test_the_example_is_quoted_and_never_invented() -> None:
    """P1, and S3.4's ladders: no word on a rung that is not in the document."""
    ladder, left = prepare(read_source(str(FEATURES), io.BytesIO()))
    verbatim(ladder, FEATURES.read_text(encoding="utf-8"))
    assert len(ladder.claims) == 6
    assert [s.line for s in left] == [3, 3]


SENTENCES = st.sampled_from(
    [
        "Shelves move every night",
        "because it sells",
        "We measured it in a pilot at 3 depots.",
        "According to the **Ghent** depot it is so.",
        "Only when you have 50 people or more.",
        "Look at who leaves first.",
        "so you stop counting",
        "Source: report, p. 6",
        "🙂 It helps!",
        "*Live.* Nothing is late.",
        "[a link](https://example.org/x)",
        "`code` and __more__ | a",
        "Why?",
        "",
    ]
)


MARKS = st.sampled_from(["- ", "  - ", "", "# ", "## ", "1. ", "• ", "> "])


@given(st.lists(st.tuples(MARKS, SENTENCES, SENTENCES), max_size=9))
def test_quotes_are_verbatim_at_their_lines(rows: list[tuple[str, str, str]]) -> None:
    """Whatever a document is made of: words stand where they are said to, and YAML gives back the same ladder."""
    text = "\n".join(f"{mark}{a} {b}" for mark, a, b in rows)
    try:
        ladder = ladder_of(text)
    except UnreadableInput:
        return
    verbatim(ladder, text)


@given(st.text(max_size=120))
def test_any_text_is_prepared_or_refused(text: str) -> None:
    """No input ends in a traceback."""
    try:
        ladder = ladder_of(text)
    except UnreadableInput as error:
        assert str(error)
    else:
        assert as_text(ladder)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("- Errors fall by a third because every bin is scanned.", "follow_ups.why.1", "because every bin is scanned."),
        ("- Errors fall. We measured it over six weeks.", "stands_behind.evidence", "We measured it over six weeks."),
        ("- Errors fall, according to the Ghent depot.", "stands_behind.source", "the Ghent depot"),
        ("- Trucks are on time. Not for those by sea.", "stands_behind.not_true_for", "Not for those by sea."),
        ("- It pays from 50 people on.", "stands_behind.not_true_for", "It pays from 50 people on."),
        ("- Trucks are late. Check whether the dock waits.", "look_for", "Check whether the dock waits."),
        ("- Shelves move at night, so you stop re-sorting.", "means.business", "so you stop re-sorting."),
        ("- Counting goes on, so nobody has to stay late.", "means.person", "so nobody has to stay late."),
        ("- Slots are live. In other words, minutes old.", "follow_ups.meaning.1", "In other words, minutes old."),
        ("- Slots are live.\n  - Source: report, p. 6", "stands_behind.source", "report, p. 6"),
        ("- Slots are live. There are four of them.", "follow_ups.more.1", "There are four of them."),
    ],
)  # fmt: skip
def test_what_the_document_says_itself_is_filled_in(text: str, place: str, words: str) -> None:
    """Each cue leads to its rung."""
    rung = ladder_of(text).claims[0].at(place)
    assert rung.text == words


@pytest.mark.parametrize(
    "text",
    ["- Errors fall by a third.", "- We have the best engine on the market.", "- 40 % faster picking"],
)
def test_what_it_does_not_say_stays_open(text: str) -> None:
    """A bare claim fills nothing: a figure alone is no evidence, praise no reason."""
    claim = ladder_of(text).claims[0]
    assert not any(rung.stands for _, rung in claim.rungs())
    assert "stands_behind.evidence" in list(empty(claim))


def test_a_claim_about_ourselves_is_asked_for_whom_it_matters() -> None:
    """S0.1: from features to what matters to the client."""
    ours, theirs = ladder_of(
        "- We have the best engine on the market.\n- Depots lose their best pickers in March."
    ).claims
    assert next(iter(empty(ours))) == "matters_to"
    assert "matters_to" not in list(empty(theirs))
    assert about_us("Our new release is the leading one.")


def test_the_claim_is_left_without_its_reason() -> None:
    """What is drilled is the claim; its reason is a rung."""
    claim = ladder_of("- Errors fall by a third, because every bin is scanned.").claims[0]
    assert claim.claim == "Errors fall by a third"
    assert (
        ladder_of("Because every bin is scanned, errors fall by a third.").claims[0].claim == "errors fall by a third."
    )


def test_an_insight_is_one_claim_with_its_support() -> None:
    """Sentences that give a reason, a source or go on stand with the one before."""
    ladder = ladder_of("Depots lose pickers in March. We asked 40 who left. It is the bonus. Trucks wait at noon.")
    assert [c.claim for c in ladder.claims] == ["Depots lose pickers in March.", "Trucks wait at noon."]


def test_questions_to_the_other_are_questions() -> None:
    """Open, theirs, and never the claim put as a fact about them (S2.1)."""
    for claim in ladder_of(FEATURES.read_text(encoding="utf-8")).claims:
        assert len(ask_next(claim.claim)) == 3
        assert all(q.endswith("?") for q in ask_next(claim.claim))


def test_every_rung_has_a_question_and_a_name() -> None:
    """Nothing that is empty is left without one."""
    places = [p for p, _ in Claim(claim="x").rungs()]
    assert set(places) == set(QUESTIONS) == set(NAMES)


def test_what_a_person_wrote_is_kept() -> None:
    """Re-running changes the document's words and no word of the user's, by claim."""
    old = ladder_of("- Errors fall by a third.\n- Trucks wait.\n- Shelves move at night, because it sells.")
    own = Rung(text="Who leaves first.")
    first = old.claims[0].with_rung("look_for", own).with_rung("follow_ups.why.3", Rung(text="7"))
    gone = old.claims[1].with_rung("means.person", own)
    edited = old.claims[2].with_rung(
        "follow_ups.why.1", msgspec.structs.replace(old.claims[2].at("follow_ups.why.1"), text="my words")
    )
    old = msgspec.structs.replace(old, id="kept", claims=(first, gone, edited))
    new = ladder_of(
        "- New one here.\n- Errors fall by a third. We measured it.\n- Shelves move at night, because it pays."
    )
    merged, notes = merge(old, new)
    assert merged.id == "kept"
    by = {c.claim: c for c in merged.claims}
    assert by["Errors fall by a third."].look_for == own
    assert by["Errors fall by a third."].at("follow_ups.why.3").text == "7"
    assert by["Errors fall by a third."].stands_behind.evidence.text == "We measured it."
    assert by["Shelves move at night"].at("follow_ups.why.1").text == "my words"
    assert by["Trucks wait."].means.person == own
    assert len(notes) == 1
    assert merge(merged, new)[0] == merged


def test_a_figure_that_changed_makes_another_claim() -> None:
    """ "by 20 %" with the evidence for 30 % would be a false claim."""
    old = ladder_of("- Picking errors fall by 20 % in the first two months.")
    mine = msgspec.structs.replace(old, claims=(old.claims[0].with_rung("look_for", Rung(text="mine")),))
    merged, notes = merge(mine, ladder_of("- Picking errors fall by 30 % in the first two months."))
    assert [c.look_for.stands for c in merged.claims] == [False, True]
    assert notes


@given(st.text(max_size=60), st.text(max_size=60))
def test_yaml_gives_back_the_same_ladder(claim: str, words: str) -> None:
    """Colons, quotes, numbers, line ends and emoji: what is written is what is read."""
    made = Claim(claim=f"a{claim}", ask_next=(words,)).with_rung("means.person", Rung(text=f"b{words}"))
    ladder = Ladder(id="1e3", source=words, claims=(made,))
    path = Path(ROOT / "none")
    from duologue.preparation import ladder as room

    text = as_yaml(ladder)
    if any(0xD800 <= ord(c) < 0xE000 for c in text):
        return
    original = room._loaded
    try:
        import yaml

        room._loaded = lambda _path: yaml.load(text, Loader=room._loader())  # type: ignore[assignment]
        assert read_ladder(str(path)) == ladder
    finally:
        room._loaded = original


def test_people_may_write_short(tmp_path: Path) -> None:
    """A string for a rung, fewer levels than three, no id, nulls, a number: as one would type it."""
    path = tmp_path / "l.yaml"
    path.write_text(
        "format: duologue.ladder/1\nclaims:\n- claim: Trucks wait\n  look_for: the dock\n  means: null\n"
        "  stands_behind: {evidence: 12}\n  follow_ups: {why: [it rains], more: so it is, meaning: null}\n",
        encoding="utf-8",
    )
    claim = read_ladder(str(path)).claims[0]
    assert claim.look_for.text == "the dock"
    assert claim.stands_behind.evidence.text == "12"
    assert [r.text for r in claim.follow_ups.why] == ["it rains", None, None]
    assert claim.follow_ups.more[0].text == "so it is"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no ladder"),
        ("format: duologue.scenario/1\n", "duologue.scenario/1"),
        ("- a\n- b\n", "no ladder"),
        ("format: duologue.ladder/1\n", "claims"),
        ("format: duologue.ladder/1\nclaims: []\n", "no claim"),
        ("format: duologue.ladder/1\nclaims: [{claim: 3}]\n", "str"),
        ("format: duologue.ladder/1\nclaims: [{claim: a, whatever: b}]\n", "whatever"),
        ("format: duologue.ladder/1\nclaims: [{claim: a, follow_ups: {why: [a, b, c, d]}}]\n", "follow_ups"),
        ("format: duologue.ladder/1\nclaims: [\n", "YAML"),
        ("a: &a [x]\nb: *a\n", "alias"),
        ("[" * 5000, "YAML"),
    ],
)
def test_yaml_that_is_no_ladder(tmp_path: Path, text: str, says: str) -> None:
    """One line that says what is wrong, and what writes one that works."""
    path = tmp_path / "l.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput) as error:
        read_ladder(str(path))
    assert says in str(error.value)
    assert str(path) in str(error.value)


def test_word_and_csv_and_tables(tmp_path: Path) -> None:
    """The same claim with the same rungs, however it is kept."""
    document = docx.Document()
    document.add_heading("Release", 1)
    document.add_paragraph("Errors fall by a third, because every bin is scanned.", style="List Bullet")
    document.save(str(tmp_path / "f.docx"))
    (tmp_path / "f.csv").write_text(
        "Feature;Why;Source;Not for\nErrors fall by a third;because every bin is scanned.;report;old depots\n",
        encoding="utf-8",
    )
    (tmp_path / "f.txt").write_bytes("• Errors fall by a third, because every bin is scanned.\r\n".encode("utf-16"))
    for name in ("f.docx", "f.csv", "f.txt"):
        ladder, _ = prepare(read_source(str(tmp_path / name), io.BytesIO()))
        assert ladder.claims[0].claim == "Errors fall by a third", name
        assert ladder.claims[0].at("follow_ups.why.1").text == "because every bin is scanned."
    assert (
        prepare(read_source(str(tmp_path / "f.csv"), io.BytesIO()))[0].claims[0].stands_behind.source.text == "report"
    )


def test_a_heading_with_text_is_a_claim() -> None:
    """Headings that name a rung are none; the title of a document is none either."""
    ladder = ladder_of(
        "# Title\n\nIntro.\n\n## Counting\n\nStock is counted while picking goes on.\n\n## Limits\n\nNot in winter.\n"
    )
    assert [c.claim for c in ladder.claims] == ["Stock is counted while picking goes on."]
    assert ladder.claims[0].stands_behind.not_true_for.text == "Not in winter."


def test_the_page_shows_what_stands_and_what_is_open() -> None:
    """A control sequence from a document reaches no terminal, and no mark a Markdown page."""
    ladder = ladder_of("- Errors \x1b[31m fall by a third [x](y), because <b> it *is* so.")
    assert "\x1b" not in as_text(ladder)
    assert "What stands" in as_text(ladder)
    assert "Open" in as_text(ladder)
    assert "<b>" not in as_markdown(ladder)


def test_nothing_to_prepare() -> None:
    """No claim: it says what one is."""
    for text in ("", "?", "# Title\n", "```\ncode\n```", "- Why?\n- How?\n"):
        with pytest.raises(UnreadableInput):
            prepare(Source(name="x", passages=from_text(text).passages))
