"""The corpus is what its README says: well-formed, labelled by the codebook, not repeating itself."""

from __future__ import annotations

from corpus import check

from support import ROOT


def test_every_item_is_well_formed_and_nothing_repeats_itself() -> None:
    """A malformed line or an unknown act names its place; sameness stays below what the README states."""
    found = check.lines()
    (_, gram), (_, opening) = check.sameness(found)
    assert gram <= check.FOUR_GRAM
    assert opening <= check.OPENING
    assert len({x.item for x in found}) == len({item["id"] for _, item in check.items()})


def test_the_readme_holds_todays_figures() -> None:
    """`python -m corpus.check --write` makes the table; nobody edits it by hand."""
    text = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    assert text.partition(check.MARK)[2].strip() == check.summary(check.lines()).strip()


def test_a_second_coding_has_the_shape_of_the_first() -> None:
    """Each coded item exists, with a list of acts for each of its sentences."""
    written = {item["id"]: item for _, item in check.items()}
    for name, labels in check.second().items():
        assert [len(t["sentences"]) for t in written[name]["turns"]] == [len(t) for t in labels], name
