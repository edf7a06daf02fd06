"""Conversations at the edges: every format has something true to say, and none breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue import reports, review
from duologue.model import Conversation, Speaker, Turn
from duologue.reports.excerpts import segments
from duologue.reports.svg import MOST_LANES, axis_of
from support import talk


def _timed(*times: tuple[float | None, float | None]) -> Conversation:
    speakers = (Speaker(id="A", name="A", side="ours"), Speaker(id="B", name="B", side="theirs"))
    turns = tuple(
        Turn(speaker="AB"[i % 2], text="How is it going there?", start=a, end=b) for i, (a, b) in enumerate(times)
    )
    return Conversation(id="timed", speakers=speakers, turns=turns)


EDGES = {
    "nobody": Conversation(id="empty", speakers=(), turns=()),
    "said nothing": Conversation(id="silent", speakers=(Speaker(id="A", name="A", side="ours"),), turns=()),
    "one speaker": talk("A: I talked for a while, and nobody else did.", "A: And then some more."),
    "empty turns": talk("A: ", "B:  "),
    "all at once": _timed((5.0, 5.0), (5.0, 5.0)),
    "backwards": _timed((9.0, 12.0), (2.0, 1.0), (None, None)),
    "overlapping": _timed((0.0, 50.0), (1.0, 2.0), (1.5, None)),
    "a crowd": talk(*(f"P{i}: I think that number {i} is fine." for i in range(30))),
    "a long name": talk("A" * 5000 + ": Hello there.", "B: Hi."),
}


@pytest.mark.parametrize("name", EDGES)
def test_every_format_renders(name: str) -> None:
    """Through the real review, by default and in full."""
    result = review(EDGES[name])
    for everything in (False, True):
        assert reports.terminal.render(result, all=everything, width=40)
        assert reports.markdown.render(result, all=everything)
        assert reports.html.render(result, all=everything).endswith("</html>\n")
    assert reports.json.render(result)
    assert reports.summary.line(name, result)
    assert reports.summary.whole([result], [name])
    assert reports.terminal.render_next(result)


def test_lanes_are_bounded() -> None:
    """Thirty people: the most that can be told apart have a lane, the others share one."""
    page = reports.html.render(review(EDGES["a crowd"]))
    assert page.count('class="lane-label') == MOST_LANES
    assert "23 others" in page


def test_axis_says_what_it_is() -> None:
    """Time where every turn has a start; words where one has none, and the page says so."""
    assert axis_of(_timed((0.0, 2.0), (3.0, 4.0))).seconds == 4.0
    assert axis_of(EDGES["backwards"]).seconds is None
    assert "over its words" in reports.html.render(review(EDGES["backwards"]))
    assert all(
        0 <= a <= 1 and 0 <= b <= 1 for x in axis_of(_timed((0.0, 50.0), (1.0, 2.0), (1.5, 1.2))).extents for a, b in x
    )


def test_width_is_kept() -> None:
    """No line is wider than the terminal, so that none wraps a second time."""
    from reports import made

    for width in (40, 60, 88, 120):
        for line in reports.terminal.render(made.discovery(), all=True, width=width).splitlines():
            assert len(line) <= width


def test_language_other_than_english() -> None:
    """Through the real review: figures are given, the rest is left out, and the report says why (not “not touched”)."""
    german = talk(
        "A: Guten Morgen, wie geht es Ihnen heute und was beschäftigt Sie in Ihrem Betrieb am meisten?",
        "B: Danke, gut. Wir haben seit Wochen großen Ärger mit der Kühlung, und niemand kümmert sich darum.",
        "A: Was passiert, wenn die Kühlung in der Nacht ausfällt und niemand es rechtzeitig merkt?",
        "B: Dann klingelt bei mir das Telefon, und ich fahre mitten in der Nacht in den Betrieb.",
    )
    out = reports.terminal.render(review(german))
    assert "withheld: the language is not English" in " ".join(out.split())
    assert "not touched" not in out
    assert "talk share" in out


def test_a_message_has_its_date() -> None:
    """In a chat a time is when it was sent; hours since its first message would tell nobody anything."""
    chat = replace(_timed((0.0, None), (93_660_300.0, None)), started_at="2019-01-01T11:25:00")
    out = reports.terminal.render_next(review(chat)) + reports.html.render(review(chat))
    assert "2019-01-01 11:25" in out
    assert "2021-12-20 12:10" in out
    assert "about 3 years" in out
    one_day = replace(_timed((0.0, None), (300.0, None)), started_at="2019-01-01T11:25:00+02:00")
    page = reports.html.render(review(one_day))
    assert ">11:30</a>" in page
    assert "2019-01-01: 5 minutes" in page


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=8))
@settings(max_examples=100, deadline=None)
def test_segments_cover_once(pairs: list[tuple[int, int]]) -> None:
    """Highlights may overlap: every character of a text lies in one segment, with exactly the ranges that hold it."""
    ranges = [(start, start + size) for start, size in pairs]
    seen: list[int] = []
    for start, end, covering in segments(50, ranges):
        for place in range(start, end):
            seen.append(place)
            assert covering == tuple(i for i, (a, b) in enumerate(ranges) if a <= place < b)
    assert seen == list(range(50))
