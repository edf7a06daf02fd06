"""The page of several talks in a real browser: axe, narrow, by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from duologue.reports import together_shown
from reports.test_report_browser import Opened, _violations, browser
from reports.test_report_together import _all, _hostile

__all__ = ["browser"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, scheme: str) -> None:
    """Contrast, names, landmarks, headings, links: no violation in both schemes."""
    with Opened(browser, tmp_path, together_shown.html(_all(), all=True), color_scheme=scheme) as o:
        assert _violations(o.page) == []
        assert o.said == []


@pytest.mark.parametrize("make", [_all, _hostile])
def test_narrow(browser: Any, tmp_path: Path, make: Any) -> None:
    """At 375 pixels nothing sticks out sideways."""
    page = together_shown.html(make(), all=True)
    with Opened(browser, tmp_path, page, viewport={"width": 375, "height": 800}) as o:
        assert o.page.evaluate("document.documentElement.scrollWidth") <= 375


def test_from_a_finding_to_the_words_of_its_talk_and_back(browser: Any, tmp_path: Path) -> None:
    """Enter on a place leads to that turn of that talk; Escape leads back."""
    with Opened(browser, tmp_path, together_shown.html(_all())) as o:
        place = o.page.locator(".came .at").first
        target = (place.get_attribute("href") or "")[1:]
        place.focus()
        o.page.keyboard.press("Enter")
        o.page.wait_for_function("(id) => document.activeElement.id === id", arg=target)
        assert target.startswith("c1t")
        o.page.keyboard.press("Escape")
        assert place.evaluate("(e) => document.activeElement === e")
