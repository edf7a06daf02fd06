"""The page in a real browser: no violation that axe-core finds, readable by keyboard, narrow, dark and printed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from duologue import reports
from reports import made

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 900}
CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium under playwright; skipped, and said why, where either is missing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or CHROMIUM
    if not Path(path).exists():
        pytest.skip("chromium is not installed (apt-get install chromium): the page is not looked at in a browser")
    with sync_api.sync_playwright() as p:
        running = p.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield running
        running.close()


class Opened:
    """A page on disk, opened; `said` collects console messages, errors and dialogs, `asked` every request."""

    def __init__(self, browser: Any, folder: Path, html: str, **options: Any) -> None:
        file = folder / "review.html"
        file.write_text(html, encoding="utf-8")
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda m: self.said.append(m.text))
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.on("dialog", lambda d: (self.said.append(d.message), d.dismiss()))
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.page.goto(file.as_uri())

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


def _violations(page: Any) -> list[str]:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    ).Axe()
    found = axe.run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


@pytest.mark.parametrize(
    ("make", "scheme"),
    [
        (made.discovery, "light"), (made.discovery, "dark"), (made.message, "light"), (made.message, "dark"),
        (made.team, "light"), (made.withheld, "dark"), (made.hostile, "light"), (made.corrected, "light"),
    ],
)  # fmt: skip
def test_axe_finds_nothing(browser: Any, tmp_path: Path, make: Any, scheme: str) -> None:
    """Contrast, names, landmarks, headings, links: no violation, with everything opened, in both schemes."""
    with Opened(browser, tmp_path, reports.html.render(make(), all=True), color_scheme=scheme) as o:
        o.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        if o.page.locator("#acts").count():
            o.page.check("#acts")
        assert _violations(o.page) == []


def test_nothing_runs_and_nothing_is_fetched(browser: Any, tmp_path: Path) -> None:
    """A hostile file: no dialog, no console message, no request but the page itself; an injected script is refused."""
    with Opened(browser, tmp_path, reports.html.render(made.hostile(), all=True)) as o:
        o.page.wait_for_timeout(200)
        assert o.said == []
        assert len(o.asked) == 1
        ran = o.page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.ran = true';"
            " document.body.append(s); return window.ran === true; }"
        )
        assert ran is False


def test_from_a_finding_to_its_words_and_back(browser: Any, tmp_path: Path) -> None:
    """By keyboard alone: Enter on a time leads to the turn, Escape back; a mark in the words opens its finding."""
    with Opened(browser, tmp_path, reports.html.render(made.discovery()), viewport=WIDE) as o:
        page = o.page
        time = page.locator(".finding .at").first
        target = time.get_attribute("href")
        time.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("(id) => document.activeElement.id === id", arg=target[1:])
        top = "document.getElementById(id).getBoundingClientRect().top"
        seen = f"(id) => {top} >= 0 && {top} < innerHeight"
        page.wait_for_function(seen, arg=target[1:])
        page.keyboard.press("Escape")
        assert time.evaluate("(e) => document.activeElement === e")
        mark = page.locator("#transcript mark a").first
        mark.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("(id) => document.activeElement.id === id", arg=mark.get_attribute("href")[1:])
        assert page.evaluate("!document.activeElement.closest('details:not([open])')")


def test_skip_link_comes_first(browser: Any, tmp_path: Path) -> None:
    """The first Tab reaches the way past the head of the page, and one can see it."""
    with Opened(browser, tmp_path, reports.html.render(made.discovery())) as o:
        o.page.keyboard.press("Tab")
        focus = "document.activeElement"
        box = o.page.evaluate(f"[{focus}.className, {focus}.getBoundingClientRect().left]")
        assert box[0] == "skip"
        assert box[1] >= 0


@pytest.mark.parametrize("make", [made.discovery, made.team, made.message, made.hostile, made.corrected])
def test_narrow(browser: Any, tmp_path: Path, make: Any) -> None:
    """At 375 pixels nothing sticks out sideways; the ribbon scrolls within its own place."""
    with Opened(browser, tmp_path, reports.html.render(make(), all=True), viewport={"width": 375, "height": 800}) as o:
        assert o.page.evaluate("document.documentElement.scrollWidth") <= 375


def test_reads_without_its_script(browser: Any, tmp_path: Path) -> None:
    """Links and marks are plain anchors."""
    with Opened(browser, tmp_path, reports.html.render(made.discovery()), java_script_enabled=False) as o:
        o.page.locator(".finding .at").first.click()
        assert "#t" in o.page.url


def test_print_shows_everything(browser: Any, tmp_path: Path) -> None:
    """On paper: black on white whatever the scheme, the transcript whole, closed parts opened."""
    with Opened(browser, tmp_path, reports.html.render(made.discovery()), color_scheme="dark") as o:
        o.page.emulate_media(media="print")
        style = "getComputedStyle(document.body)"
        assert o.page.evaluate(f"[{style}.color, {style}.backgroundColor]") == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert o.page.evaluate("getComputedStyle(document.querySelector('#transcript')).overflowY") == "visible"
        assert o.page.locator(".turns li").last.is_visible()
        o.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert o.page.locator("details:not([open])").count() == 0
        o.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert o.page.locator("details:not([open])").count() > 0


def test_motion_is_left_out_where_asked(browser: Any, tmp_path: Path) -> None:
    """prefers-reduced-motion is heeded."""
    with Opened(browser, tmp_path, reports.html.render(made.discovery()), reduced_motion="reduce") as o:
        assert o.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
