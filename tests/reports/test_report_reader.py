"""What somebody who reads a report to the end would stumble over: noise, repeats, sales talk where none was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duologue import reports, review
from duologue.model import Measure, Moment, Review
from duologue.model.codebook import CELLS
from duologue.moments.wording import filled, quoted
from duologue.reports import figures, wording
from duologue.reports.outline import by_kind, outline
from reports import made
from support import talk


def _flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("kind", [None, "everyday"])
def test_no_business_at_home(kind: str | None) -> None:
    """S4.3: at home, and where the kind is not known, nothing speaks of a business or of sales calls."""
    lines = [
        f"{'AB'[i % 2]}: What would help you most with the garden this week, when it rains so much?" for i in range(8)
    ]
    out = reports.terminal.render(review(replace(talk(*lines), kind=kind)), all=True)
    assert "of the business" not in out
    assert "sales" not in out and "Gong" not in out
    assert wording.cell_label("business_issues", "selling") == "issues of the business"
    assert not any("business" in wording.cell_definition(name, "everyday") for name in CELLS)


def test_held_against_sales_calls_only_where_it_was_one() -> None:
    """A convention of sales calls stands beside sales calls alone; a limit of our own beside all."""
    assert "Gong" in figures.against("longest_floor_seconds", sales=True)
    assert figures.against("longest_floor_seconds", sales=False).startswith("a convention: 75 s")
    assert "Gong" not in figures.against("longest_floor_seconds", sales=False)
    assert figures.against("talk_share", sales=False) == ""


def test_dials_that_are_withheld_are_not_counted_as_nothing() -> None:
    """P4: a talk too short for dials says that once, and not six times that nothing came up."""
    out = reports.terminal.render(review(talk("A: How did the move to the new flat go?", "B: Quite well, thank you.")))
    assert "Withheld: the conversation is too short." in out
    assert "came up" not in out
    alone = reports.terminal.render(review(talk("A: So this is what I wanted to say.", "A: And that is all of it.")))
    assert "Withheld: there is one speaker only." in alone


def test_a_dial_that_counted_nothing_opens_onto_nothing() -> None:
    """A "see" leads to what was counted."""
    r = made.discovery()
    empty = tuple(replace(d, count=0, of=0, value=None, low=None, high=None) for d in r.dials)
    assert all(not d.opens for d in outline(replace(r, dials=empty)).dials)


def test_a_dial_names_the_kind_of_what_it_opens_onto() -> None:
    """A place alone does not tell whether it was taken or missed."""
    assert "see drilled down at 0:41" in reports.terminal.render(made.discovery())


def _many() -> Review:
    """One kind of moment three times, each of them unsure."""
    r = made.discovery()
    first = next(m for m in r.moments if m.kind == "uncovered")
    more = tuple(
        Moment(
            kind="uncovered", sign="+", turns=(t, t + 1), quotes=(replace(first.quotes[0], turn=t, start=0, end=4),),
            why=f"Why at {t}.", invitation=None, confidence=0.4,
        )
        for t in (4, 8, 10)
    )  # fmt: skip
    rest = (replace(m, confidence=0.4) if m is first else m for m in r.moments)
    return replace(r, moments=tuple(sorted((*rest, *more), key=lambda m: m.turns)))


def test_many_of_a_kind_say_once_what_holds_for_all() -> None:
    """With --all, how sure a detector is stands once above its moments, in every format."""
    r = _many()
    group = next(g for g in by_kind(outline(r, all=True).more) if g.label == "uncovered")
    assert len(group.findings) >= 3 and group.unsure
    text = reports.terminal.render(r, all=True)
    section = text[text.index(f"+ uncovered, {len(group.findings)} times") :]
    assert section[: section.index("Why at 10.")].count("Agreement with people") == 1
    assert reports.markdown.render(r, all=True).count("Not sure about any of these") == 1
    assert reports.html.render(r, all=True).count("Not sure about any of these") == 1


def test_what_comes_first_is_what_came_to_light() -> None:
    """How the review was made stands before the questions for next time, and not before the matter."""
    out = reports.terminal.render(made.discovery())
    places = [out.index(t) for t in ("WHAT CAME TO LIGHT", "TO KEEP", "MOST WORTH", "HOW THIS WAS MADE", "NEXT TIME")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (("rules/1",), "Rules that people wrote looked"),
        (("accurate/1",), "A small trained model and rules that people wrote looked"),
        (("accurate/1", "rules/1"), "A small trained model and rules that people wrote looked"),
    ],
)
def test_how_it_was_made_goes_by_the_acts(by: tuple[str, ...], said: str) -> None:
    """P4: whether rules or a model found the acts is what the acts say; moments are found by rules either way."""
    r = made.discovery()
    acts = tuple(replace(a, by=by[i % len(by)]) for i, a in enumerate(r.acts))
    assert wording.instrument(replace(r, acts=acts)).startswith(said)
    assert wording.instrument(replace(r, acts=())).startswith("This instrument looked")


def test_nothing_was_read_in_another_language() -> None:
    """Where nothing was read, the report says neither that rules read it nor that a matter was not touched."""
    out = _flat(reports.terminal.render(made.withheld()))
    assert "looked at the words" not in out
    assert "ot touched" not in out
    assert "What came to light, moments, dials and open questions are withheld" in out


def test_untouched_matters_take_one_line() -> None:
    """Four times "not touched" is noise."""
    out = _flat(reports.terminal.render(made.team()))
    assert out.count("ot touched") == 1


def test_a_reason_is_given_once() -> None:
    """What a notice says already is not said again for each measure; the same reason names all it is missing for."""
    r = made.discovery()
    missing = tuple(
        Measure(name=name, value=None, unit="s", speaker=who, reason=reason)
        for name, who, reason in (
            ("talk_time", "mira", "the file has no times"),
            ("uptake", "mira", "too few to say (2 of 5)"), ("uptake", "jonas", "too few to say (1 of 5)"),
        )
    )  # fmt: skip
    known = Measure(name="uptake", value=0.2, unit="share", speaker="side:ours")
    said = figures.unknown(replace(r, notices=("There are no times here: …",), measures=(known, *missing)))
    assert said == ("There are no times here: …",
                    "Uptake of the other's words (for Mira Lindqvist and Jonas Weber): too few to say.")  # fmt: skip


def test_a_unit_that_the_label_has_is_not_repeated() -> None:
    """ "Questions per 100 words: 2.13", and not "2.13 per 100 words"; a time keeps its unit."""
    per = Measure(name="questions_per_100_words", value=2.13, unit="per 100 words")
    minute = Measure(name="floor_changes_per_minute", value=6.5, unit="per minute")
    for m in (per, minute):
        if figures.label_of(m.name).endswith(("per 100 words", "a minute")):
            assert m.unit not in figures.value_said(m)
    assert figures.value_said(Measure(name="session_words", value=785.0, unit="words")) == "785"
    assert figures.value_said(Measure(name="longest_floor_seconds", value=24.0, unit="s")) == "24.0 s"


def test_who_asks_where_no_side_is_known() -> None:
    """The questions for next time do not take one of the two for the reader."""
    assert wording.EITHER_ASKS in reports.terminal.render_next(made.symmetric())
    assert wording.EITHER_ASKS not in reports.terminal.render_next(made.discovery())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("How was that for you, being the last to hear?", "How was that for you, being the last to hear?"),
        ("Tired, if you ask me.", "Tired, if you ask me"),
        ("Yes, that fits rather well.", "that fits rather well"),
        ("(sighs) Okay.", "Okay"),
    ],
)
def test_a_short_sentence_is_quoted_whole(text: str, said: str) -> None:
    """A quote cut at its first comma loses what it is about."""
    assert quoted(text) == said


def test_nothing_is_said_twice() -> None:
    """What stands at the top (whose side, which kind, which language) does not come again at the end."""
    lines = [
        f"{'AB'[i % 2]}: What would help you most with the garden this week, when it rains so much?" for i in range(8)
    ]
    r = review(talk(*(line.replace("A:", "Ana:").replace("B:", "Ben:") for line in lines)))
    both = replace(
        r,
        conversation=replace(
            r.conversation, speakers=tuple(replace(s, side="unknown") for s in r.conversation.speakers)
        ),
        notices=("Nobody is marked as your side, so all are looked at in the same way.", "Something else."),
    )
    out = _flat(reports.terminal.render(both))
    assert "looked at in the same way" in out
    assert out.count("in the same way") == 1
    assert "Something else." in out


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("share of words", "10% to 40% of words"), ("turns", "0.1 to 0.4 turns"), ("to 1", "0.1 : 1 to 0.4 : 1"),
        ("s", "0.1 s to 0.4 s"),
    ],
)  # fmt: skip
def test_a_range_says_its_unit_once(unit: str, said: str) -> None:
    """ "from 10% to 40% of words"."""
    assert figures.spread_said(0.1, 0.4, unit) == said


def test_nothing_to_measure_is_not_unknown() -> None:
    """That nobody asked into a claim is no gap in what could be known."""
    r = made.discovery()
    missing = Measure(name="levels_answered", value=None, unit="levels", reason="nobody asked into a claim of theirs")
    assert figures.unknown(replace(r, notices=(), measures=(missing,))) == ()


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_a_message_in_another_language_is_withheld(form: str) -> None:
    """ "It asks nothing" would be untrue of a message that nobody read."""
    r = made.message()
    reason = "the language is not English (de)"
    dials = tuple(replace(d, count=0, of=0, value=None, reason=reason) for d in made.withheld().dials)
    out = getattr(reports, form).render(replace(r, acts=(), focus=None, dials=dials))
    assert f"What it does is withheld: {reason}" in _flat(out).replace("\\", "")
    assert "as far as the words show" not in out
    assert "What it asks" not in out


def test_a_ribbon_of_what_was_not_read_has_no_marks() -> None:
    """A legend without a mark makes the reader look for what is not there."""
    assert 'class="legend"' not in reports.html.render(made.withheld())
    assert 'class="legend"' in reports.html.render(made.discovery())


def test_a_name_stays_as_its_file_spells_it() -> None:
    """A sentence may begin with a label of a recorder."""
    assert filled("{they} asked “{theirs}”.", {"they": "spk_1", "theirs": "why"}) == "spk_1 asked “why”."
    assert filled("{they} asked “{theirs}”.", {"they": "they", "theirs": "why"}) == "They asked “why”."
