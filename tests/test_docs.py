"""The docs name every command, option and format there is: one that is missing fails the build."""

from __future__ import annotations

import re

import click
import pytest

from duologue.cli import COMMANDS, load
from duologue.model.codebook import ACTS, CELLS, DIALS, MOMENTS
from duologue.readers import READERS
from support import ROOT

CLI = ROOT / "docs" / "cli.md"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    """A user finds each option in docs/cli.md under its command."""
    text = CLI.read_text(encoding="utf-8")
    section = re.search(rf"^## `duologue {name}`$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/cli.md has no section for {name}"
    for parameter in load(name).params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}" in section.group(1), f"{name} {parameter.opts[0]} is undocumented"


@pytest.mark.parametrize("name", list(READERS))
def test_every_format_is_documented(name: str) -> None:
    """docs/formats.md says what is read from each."""
    assert f"`{name}`" in (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def test_the_codebook_page_is_complete() -> None:
    """docs/codebook.md names every act, moment, cell and dial."""
    text = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    missing = [n for table in (ACTS, MOMENTS, CELLS, DIALS) for n in table if f"`{n}`" not in text]
    assert missing == []


def test_links_between_pages_lead_somewhere() -> None:
    """No page points at a file that is not there."""
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} points at {target}"


def test_the_session_in_the_readme_is_what_the_command_prints() -> None:
    """Every line of the README's session stands in today's output, in the same order."""
    from duologue import read, review
    from duologue.reports import terminal

    text = terminal.render(
        review(read(ROOT / "examples" / "discovery-call.vtt", us="Nora Feld")), width=88, color=False
    )
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    session = readme.partition('review call.vtt --us "My Name"')[2].partition("`--format html")[0]
    shown = iter(text.splitlines())
    for line in session.splitlines():
        said = line.removeprefix("    ")
        if said.strip() not in ("", "…"):
            assert said in shown, said


def test_the_agreement_in_the_readme_is_what_was_measured() -> None:
    """P4: no figure stands in the README that is not in agreement.json."""
    from duologue.agreement import agreement_of

    rows = re.findall(
        r"^\| [^|]*\(`([a-z._]+)`\) \| ([\d.]+) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) >= 8
    for name, figure in rows:
        measured = agreement_of(name)
        assert measured is not None
        assert measured.f1 is not None
        assert f"{measured.f1:.2f}" == figure, name
