"""Golden files: what every format says about reviews made by hand. A change here is a change a reader sees."""

from __future__ import annotations

import json

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from duologue import reports
from duologue.compare import Comparison
from reports import made

REVIEWS = {
    "discovery": made.discovery,
    "without_times": lambda: made.discovery(times=False),
    "symmetric": made.symmetric,
    "team": made.team,
    "message": made.message,
    "withheld": made.withheld,
    "hostile": made.hostile,
    "corrected": made.corrected,
    "unsure": made.unsure,
}
COMPARISONS = (
    Comparison(
        name="made_questions", label="made questions", unit="per 100 words", value=3.1, median=2.2, low=1.0, high=4.0,
        n=4, reason=None, threshold=None, threshold_is=None,
    ),
    Comparison(
        name="made_share", label="made share", unit="share of words", value=0.41, median=None, low=None, high=None, n=1,
        reason="too few to compare (1 of 2 other conversations have it)", threshold=None, threshold_is=None,
    ),
)  # fmt: skip


def _as(snapshot: SnapshotAssertion, extension: str) -> SnapshotAssertion:
    kind = type(extension, (SingleFileSnapshotExtension,), {"file_extension": extension, "_write_mode": WriteMode.TEXT})
    return snapshot.use_extension(kind)


@pytest.mark.parametrize("name", REVIEWS)
def test_terminal(name: str, snapshot: SnapshotAssertion) -> None:
    """The report a person reads after `duologue review` (P1, P2, P4)."""
    assert reports.terminal.render(REVIEWS[name]()) == _as(snapshot, "txt")


def test_terminal_all(snapshot: SnapshotAssertion) -> None:
    """Everything on request, with the person's own other conversations beside each figure."""
    out = reports.terminal.render(made.discovery(), all=True, comparisons=COMPARISONS, width=100)
    assert out == _as(snapshot, "txt")


def test_terminal_with_ids(snapshot: SnapshotAssertion) -> None:
    """`--ids`: every turn with its number, every finding with its id, and a line to paste (P1)."""
    assert reports.terminal.render(made.team(), ids=True) == _as(snapshot, "txt")


def test_markdown_with_ids(snapshot: SnapshotAssertion) -> None:
    """The same in a note."""
    assert reports.markdown.render(made.team(), ids=True) == _as(snapshot, "md")


def test_terminal_in_colour(snapshot: SnapshotAssertion) -> None:
    """With colour the same words, and nothing but colour sequences added."""
    assert reports.terminal.render(made.discovery(), color=True) == _as(snapshot, "ansi")


@pytest.mark.parametrize("name", REVIEWS)
def test_markdown(name: str, snapshot: SnapshotAssertion) -> None:
    """What pastes into a note."""
    assert reports.markdown.render(REVIEWS[name](), comparisons=COMPARISONS) == _as(snapshot, "md")


@pytest.mark.parametrize("name", ["discovery", "team", "message", "corrected"])
def test_html(name: str, snapshot: SnapshotAssertion) -> None:
    """The page, without its style and script (they have files of their own)."""
    page = reports.html.render(REVIEWS[name](), comparisons=COMPARISONS)
    for tag in ("style", "script"):
        before, _, rest = page.partition(f"<{tag}>")
        page = f"{before}<{tag}>…{rest[rest.index(f'</{tag}>') :]}"
    policy = page[page.index("default-src") : page.index("base-uri")]
    assert page.replace(policy, "… ") == _as(snapshot, "html")


def test_next_alone(snapshot: SnapshotAssertion) -> None:
    """`duologue next` prints only the open questions with their quotes."""
    assert reports.terminal.render_next(made.discovery()) == _as(snapshot, "txt")


@pytest.mark.parametrize("name", REVIEWS)
def test_same_input_same_bytes(name: str) -> None:
    """No date of today and no random id: rendered twice from reviews made twice, every format is the same."""
    for render in (reports.terminal.render, reports.markdown.render, reports.html.render):
        assert render(REVIEWS[name](), all=True) == render(REVIEWS[name](), all=True)


def test_json_is_the_wire() -> None:
    """`--format json` is `duologue.review/1`; compact it is one line."""
    review = made.discovery()
    assert json.loads(reports.json.render(review))["format"] == "duologue.review/1"
    compact = reports.json.render(review, compact=True)
    assert compact.count("\n") == 1
    assert json.loads(compact) == json.loads(reports.json.render(review))
