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
