"""The page holds together: every link leads somewhere, headings are in order, its policy allows only its own code."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import pytest

from duologue import reports
from duologue.model import Act, Conversation, Review, Span, Speaker, Turn
from reports import made
from reports.test_report_safety import Tags

REVIEWS = [made.discovery, made.symmetric, made.team, made.message, made.withheld, made.hostile, made.corrected]


@pytest.mark.parametrize("make", REVIEWS)
@pytest.mark.parametrize("everything", [False, True])
def test_links_lead_somewhere(make: object, everything: bool) -> None:
    """From a finding to its words and back, without a script: each anchor is there, and once (P1)."""
    tags = Tags(reports.html.render(make(), all=everything)).found  # type: ignore[operator]
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    links = {a["href"] for t, a in tags if t == "a"}
    assert {link[1:] for link in links if link} <= set(ids)


@pytest.mark.parametrize("make", REVIEWS)
def test_headings_in_order(make: object) -> None:
    """One h1, and no level is skipped: that is how a screen reader moves about."""
    levels = [int(t[1]) for t, _ in Tags(reports.html.render(make(), all=True)).found if re.fullmatch("h[1-6]", t)]  # type: ignore[operator]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_policy_allows_exactly_this_style_and_script() -> None:
    """Hashes of what the page holds; nothing may be loaded, and no other script may run."""
    page = reports.html.render(made.hostile())
    policy = next(a["content"] for t, a in Tags(page).found if t == "meta" and a.get("http-equiv"))
    assert policy is not None and policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        inside = re.search(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside.group(1).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_no_words_of_command_or_shame() -> None:
    """P2: our own words ask before they tell, never shame, and raise no voice."""
    for make in (made.discovery, made.team, made.message, made.withheld):
        for out in (reports.terminal.render(make(), all=True), reports.markdown.render(make(), all=True)):
            assert "!" not in out
            assert not re.search(
                r"should have|\bfail|\bwrong\b|mistake|\bbad\b|\bpoor(?! ones)|score", out, re.IGNORECASE
            )
        assert re.search(r"[Bb]efore you read on: .*\?", reports.terminal.render(made.discovery(), width=200))


def _long(n: int) -> Review:
    speakers = (Speaker(id="a", name="A", side="ours"), Speaker(id="b", name="B", side="theirs"))
    turns = tuple(
        Turn(speaker="ab"[i % 2], text="What happens then?", start=i * 2.0, end=i * 2 + 1.5) for i in range(n)
    )
    acts = tuple(
        Act(kind="question.open", span=Span(turn=i, start=0, end=18), confidence=0.8, by="rule/1") for i in range(n)
    )
    return Review(
        conversation=Conversation(id="long", speakers=speakers, turns=turns, kind="selling"), kind="selling", acts=acts,
        moments=(), measures=(), context=(), dials=(), next=(), notices=(), version="0.1.0",
    )  # fmt: skip


def test_ribbon_is_bounded_and_the_page_linear() -> None:
    """Ten times the turns: the whole transcript is there, the page ten times as long, the drawing no larger."""

    def ribbon(page: str) -> int:
        return page.index("</svg>") - page.index('<svg class="ribbon"')

    small, large = reports.html.render(_long(4_000)), reports.html.render(_long(40_000))
    assert large.count('<li id="t') == 40_000
    assert ribbon(large) <= 1.1 * ribbon(small) < 200_000
    assert len(large) < 11 * len(small)
