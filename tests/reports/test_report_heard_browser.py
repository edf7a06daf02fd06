"""The page of a recording in a real browser: what one clicks on is heard, and a wrong name is mended."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from command_line import Run
from duologue import reports
from duologue.model import Conversation, Review
from duologue.writers import write
from reports import made
from reports.recorded import recorded, tones
from reports.test_report_browser import WIDE, Opened, _violations, browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser
AUDIO = "document.querySelector('audio')"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As long as the call."""
    return tones(tmp_path_factory.mktemp("sound") / "call one.wav", 304)


def opened(browser: Any, folder: Path, sound: Path | None, review: Review | None = None, **options: Any) -> Opened:
    """The page beside its sound (or beside none), with what can be heard ready to play."""
    if sound:
        shutil.copy(sound, folder / "call one.wav")
    page = reports.html.render(review or recorded(), recording="call one.wav")
    o = Opened(browser, folder, page, **options)
    if sound:
        o.page.wait_for_function(f"() => {AUDIO}.readyState > 0")
    return o


def at(page: Any) -> float:
    return float(page.evaluate(f"{AUDIO}.currentTime"))


def plays(page: Any) -> None:
    page.wait_for_function(f"() => !{AUDIO}.paused && {AUDIO}.readyState > 2")


def test_a_word_is_heard_where_one_clicks_it(browser: Any, tmp_path: Path, sound: Path) -> None:
    """A click on a word plays from it, and the word that is heard is the one that is lit; nothing else is asked for."""
    with opened(browser, tmp_path, sound, viewport=WIDE) as o:
        page = o.page
        word = page.locator("#t14 [data-t]").nth(5)
        start, end = map(float, word.get_attribute("data-t").split())
        word.click()
        plays(page)
        assert start <= at(page) < start + 2
        page.evaluate(f"{AUDIO}.pause(); {AUDIO}.currentTime = {(start + end) / 2}")
        page.wait_for_selector(".now")
        assert page.locator(".now").all_inner_texts() == [word.inner_text()]
        assert o.said == []
        assert sorted({Path(url).name for url in o.asked}) == ["call%20one.wav", "review.html"]


def test_a_marked_word_is_heard_and_its_label_leads_to_the_finding(browser: Any, tmp_path: Path, sound: Path) -> None:
    """Words are played, labels are links: one thing a click."""
    with opened(browser, tmp_path, sound, viewport=WIDE) as o:
        word = o.page.locator("#transcript mark [data-t]").first
        word.click()
        plays(o.page)
        assert "#" not in o.page.url
        label = o.page.locator("#transcript a.tag").first
        label.click()
        assert o.page.url.endswith(label.get_attribute("href"))


def test_a_quote_stops_where_it_ends(browser: Any, tmp_path: Path, sound: Path) -> None:
    """Beside a quote: played from its first word to its last; and the page does not run off to the words."""
    with opened(browser, tmp_path, sound, viewport=WIDE) as o:
        page = o.page
        line = page.locator(".finding li[data-l]").first
        start, end = map(float, line.get_attribute("data-l").split())
        button = line.get_by_role("button")
        button.click()
        plays(page)
        assert button.get_attribute("aria-pressed") == "true"
        before = page.evaluate("scrollY")
        assert start <= at(page) < end
        page.wait_for_function(f"() => {AUDIO}.paused", timeout=15_000)
        assert end <= at(page) < end + 0.5
        assert button.get_attribute("aria-pressed") == "false"
        assert page.evaluate("scrollY") == before
        # Played on by hand it goes on: the end was the quote's.
        page.evaluate(f"{AUDIO}.play()")
        page.wait_for_function(f"() => {AUDIO}.currentTime > {end + 0.7}")


def test_a_second_press_stops(browser: Any, tmp_path: Path, sound: Path) -> None:
    """Each button is a switch, and only one is on."""
    with opened(browser, tmp_path, sound, viewport=WIDE) as o:
        buttons = o.page.locator(".finding .listen")
        buttons.nth(0).click()
        plays(o.page)
        buttons.nth(1).click()
        assert o.page.locator("[aria-pressed=true]").count() == 1
        plays(o.page)
        buttons.nth(1).click()
        assert o.page.evaluate(f"{AUDIO}.paused")
        o.page.wait_for_selector("[aria-pressed=true]", state="detached")


def test_by_keyboard(browser: Any, tmp_path: Path, sound: Path) -> None:
    """The way to the player is among the first; each turn plays by Enter on its button, and Space stops it."""
    with opened(browser, tmp_path, sound) as o:
        page = o.page
        for _ in range(3):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "To the recording"
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.id === 'recording'")
        play = page.get_by_role("button", name="Listen from 2:30, Jonas Weber")
        play.focus()
        page.keyboard.press("Enter")
        plays(page)
        assert 150.9 <= at(page) < 153
        page.keyboard.press("Space")
        assert page.evaluate(f"{AUDIO}.paused")


def test_the_words_follow_and_stop_following_by_hand(browser: Any, tmp_path: Path, sound: Path) -> None:
    """What is heard stays in sight, until one scrolls away from it."""
    with opened(browser, tmp_path, sound, viewport=WIDE, reduced_motion="reduce") as o:
        page = o.page
        page.locator("#t1 .listen").click()
        plays(page)
        page.evaluate(f"{AUDIO}.currentTime = 280")
        page.wait_for_function("() => document.querySelector('#t24 .now')")
        page.wait_for_function(
            "() => { const r = document.querySelector('.now').getBoundingClientRect();"
            " return r.top > 0 && r.bottom < document.querySelector('.dock').getBoundingClientRect().top; }"
        )
        page.locator("#transcript").hover()
        page.mouse.wheel(0, -4000)
        page.wait_for_function("() => document.querySelector('#transcript').scrollTop === 0")
        lit = page.locator(".now").first.inner_text()
        page.wait_for_function("(w) => document.querySelector('.now')?.textContent !== w", arg=lit)
        assert page.evaluate("document.querySelector('#transcript').scrollTop") == 0


def test_a_recording_that_moved_can_be_chosen(browser: Any, tmp_path: Path, sound: Path) -> None:
    """No dead player: a calm line and a chooser; the chosen file plays, and nothing is sent."""
    with opened(browser, tmp_path, None) as o:
        page = o.page
        page.wait_for_selector(".pick input", state="visible")
        assert "goes nowhere" in page.inner_text("#recording .state")
        assert not page.locator("audio").is_visible()
        other = tmp_path / "notes.txt"
        other.write_text("no sound")
        page.set_input_files(".pick input", other)
        page.wait_for_function("() => document.querySelector('.state').textContent.includes('cannot be played')")
        page.set_input_files(".pick input", sound)
        page.wait_for_selector(".pick input", state="hidden")
        assert page.locator("audio").is_visible()
        page.locator("#t14 [data-t]").first.click()
        plays(page)
        assert at(page) >= 150.9
        assert {url.split(":")[0] for url in o.asked} == {"file", "blob"}


def test_another_recording_is_noticed(browser: Any, tmp_path: Path) -> None:
    """One that ends before the words do is hardly theirs."""
    with opened(browser, tmp_path, tones(tmp_path / "short.wav", 20)) as o:
        o.page.wait_for_function("() => document.querySelector('.state').textContent.includes('Is it the right one?')")
        assert o.page.locator(".pick").is_visible()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and no part of a file: nothing can be jumped to."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


def test_served(browser: Any, tmp_path: Path, sound: Path) -> None:
    """From a server the policy lets the sound in; where that server sends no parts of a file, the page says so."""
    shutil.copy(sound, tmp_path / "call one.wav")
    (tmp_path / "review.html").write_text(reports.html.render(recorded(), recording="call one.wav"), encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda m: said.append(m.text))
        page.goto(f"http://127.0.0.1:{server.server_port}/review.html")
        page.wait_for_function("() => document.querySelector('.state').textContent.includes('only from its beginning')")
        page.set_input_files(".pick input", sound)
        page.wait_for_selector(".pick input", state="hidden")
        page.locator("#t14 [data-t]").first.click()
        plays(page)
        assert at(page) >= 150.9
        page.close()
        server.shutdown()
    assert [text for text in said if "favicon" not in text and "404" not in text] == []


def test_plays_without_its_script(browser: Any, tmp_path: Path, sound: Path) -> None:
    """The player is the browser's own, and what only the script can do is not there."""
    with opened(browser, tmp_path, None, java_script_enabled=False) as o:
        assert o.page.locator("audio[controls]").is_visible()
        assert o.page.locator("button, .pick, .follow").locator("visible=true").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("make", [made.discovery, made.team, made.hostile])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, sound: Path, make: Any, scheme: str) -> None:
    """Contrast, names, landmarks, with everything open, a word lit, a name mended."""
    review = make()
    heard = replace(review, conversation=replace(review.conversation, heard_by="x"))
    if make is made.discovery:
        heard = recorded(review)
    with opened(browser, tmp_path, sound, heard, color_scheme=scheme) as o:
        page = o.page
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        page.locator("#t3 .whose button").first.click()
        if make is made.discovery:
            page.locator("#t14 [data-t]").first.click()
            page.wait_for_selector(".now")
        assert _violations(page) == []


@pytest.mark.parametrize("make", [made.discovery, made.hostile])
def test_narrow(browser: Any, tmp_path: Path, sound: Path, make: Any) -> None:
    """At 375 pixels nothing sticks out, and the dock leaves room for the words also with corrections in it."""
    review = make()
    heard = replace(review, conversation=replace(review.conversation, heard_by="x"))
    with opened(browser, tmp_path, sound, heard, viewport={"width": 375, "height": 800}) as o:
        o.page.locator("#t2 .whose button").first.click()
        assert o.page.evaluate("document.documentElement.scrollWidth") <= 375
        o.page.locator("#mend summary").click()
        assert o.page.evaluate("document.documentElement.scrollWidth") <= 375
        box = o.page.evaluate("document.querySelector('.dock').getBoundingClientRect().toJSON()")
        assert (box["bottom"], box["height"] < 520) == (800, True)


def test_nothing_of_it_is_printed(browser: Any, tmp_path: Path, sound: Path) -> None:
    """Paper plays nothing."""
    with opened(browser, tmp_path, sound) as o:
        o.page.emulate_media(media="print")
        assert o.page.locator(".dock, .listen, .whose").locator("visible=true").count() == 0


def _listened(folder: Path, review: Review) -> tuple[Path, Conversation]:
    """The conversation as `duologue listen` leaves it."""
    path = folder / "call.json"
    path.write_bytes(write(review.conversation, format="duologue"))
    return path, review.conversation


def test_a_wrong_name_is_one_click_to_mend(browser: Any, tmp_path: Path, run: Run) -> None:
    """Click, save, run what the page says: the turn is the other's, and what was found is looked at again."""
    path, before = _listened(tmp_path, recorded())
    page = run("review", str(path), "--format", "html").out
    with Opened(browser, tmp_path, page, accept_downloads=True) as o:
        assert o.page.locator("#mend .collected").is_hidden()
        o.page.get_by_role("button", name="not Jonas Weber? (3:02)").click()
        assert "1 correction collected" in o.page.inner_text("#mend .count")
        o.page.get_by_role("button", name="not Mira Lindqvist? (1:07)").click()
        o.page.get_by_role("button", name="undo (1:07)").click()  # a slip is one click to take back
        with o.page.expect_download() as download:
            o.page.get_by_role("button", name="Save corrections.jsonl").click()
        assert download.value.suggested_filename == "corrections.jsonl"
        saved = tmp_path / "corrections.jsonl"
        download.value.save_as(saved)
        said = o.page.inner_text("#mend code")
        assert o.said == []
    assert said.startswith("duologue review FILE --us mira --disputes corrections.jsonl")
    ran = run("review", str(path), "--us", "mira", "--disputes", str(saved), "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    after = json.loads(ran.out)
    speakers = [t["speaker"] for t in after["conversation"]["turns"]]
    assert [i for i, t in enumerate(before.turns) if t.speaker != speakers[i]] == [15]
    assert [d["standing"] for d in after["disputes"]] == ["applied"]


def test_one_of_several_is_chosen(browser: Any, tmp_path: Path, run: Run) -> None:
    """With more than two voices the others are listed; Escape leaves it; the last word on a turn counts."""
    path, _ = _listened(tmp_path, recorded(made.team(), poor=()))
    page = run("review", str(path), "--format", "html").out
    with Opened(browser, tmp_path, page, accept_downloads=True) as o:
        turn = o.page.locator("#t3")
        turn.get_by_role("button", name="not Cem?").click()
        assert turn.get_by_role("button").all_inner_texts() == ["Ada", "Bo", "Dee", "leave it"]
        assert o.page.evaluate("document.activeElement.textContent") == "Ada"
        o.page.keyboard.press("Escape")
        turn.get_by_role("button", name="not Cem?").click()
        turn.get_by_role("button", name="Bo").click()
        turn.get_by_role("button", name="undo").click()
        turn.get_by_role("button", name="not Cem?").click()
        turn.get_by_role("button", name="Dee").click()
        with o.page.expect_download() as download:
            o.page.get_by_role("button", name="Save corrections.jsonl").click()
        lines = Path(download.value.path()).read_text().splitlines()
    assert [(d["turn"], d["speaker"]) for d in map(json.loads, lines)] == [(3, "dee")]
    saved = tmp_path / "corrections.jsonl"
    saved.write_text("\n".join(lines))
    after = json.loads(run("review", str(path), "--disputes", str(saved), "--format", "json").out)
    assert after["conversation"]["turns"][2]["speaker"] == "dee"


def test_the_wrong_way_round(browser: Any, tmp_path: Path, sound: Path) -> None:
    """For two: the command that exchanges them, copied by one click."""
    with opened(browser, tmp_path, sound, viewport=WIDE) as o:
        o.context.grant_permissions(["clipboard-read", "clipboard-write"])
        o.page.get_by_text("the wrong way round?").click()
        o.page.locator(".swap button").click()
        o.page.wait_for_function("() => document.querySelector('.swap button').textContent === 'Copied'")
        copied = o.page.evaluate("navigator.clipboard.readText()")
    assert copied == 'duologue review "call one.wav" --us mira --swap -o swapped.html'


def test_what_was_collected_is_not_lost_unasked(browser: Any, tmp_path: Path, sound: Path) -> None:
    """Leaving with corrections unsaved asks; once they are saved, or none is left, it does not."""
    with opened(browser, tmp_path, sound) as o:
        o.page.locator("#t16 .whose button").click()
        with o.page.expect_event("dialog"):
            o.page.close(run_before_unload=True)
        o.page.locator("#t16 .whose button").click()  # undo: the page is still there
        with o.page.expect_event("close"):
            o.page.close(run_before_unload=True)
        assert len(o.said) == 1
