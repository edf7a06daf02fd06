"""Sessions are kept: whatever ends the program, one goes on where it was, and nothing is kept against one's will."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.errors import UnknownName, UnreadableInput
from duologue.home import home
from duologue.practice import keeping
from duologue.practice.base import Said
from duologue.practice.keeping import Diary, Session
from duologue.practice.scenario import SHIPPED
from duologue.practice.session import Setting, Talk, answer, say
from duologue.practice.voices.written import Written
from practice.partner_made import BAKER, LISTENED, heard

DAY = "2026-03-01"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there are no rights as bits and no SIGKILL")


def begun(**more: Any) -> Session:
    opens = Said(who="partner", text=BAKER.opens)
    return Session(talk=Talk(setting=Setting(scenario=BAKER, temperament="wary", seed=5, before=(opens,))), **more)


def one_more(session: Session, n: int) -> Session:
    from dataclasses import replace

    return replace(session, talk=answer(session.talk, LISTENED[n % len(LISTENED)], Written()))


def kept(lines: int, **more: Any) -> tuple[str, Session]:
    """A kept session of so many lines, closed: its id and what it was."""
    session = begun(**more)
    diary = Diary.begin(session, DAY)
    for n in range(lines):
        session = one_more(session, n)
        diary.add(session.talk.steps[-1])
    diary.close()
    return diary.id, session


def file(id: str) -> Path:
    return home("practice") / f"{id}.jsonl"


# --- going on where it was -------------------------------------------------------------------------------------------


def test_it_comes_back_as_it_was() -> None:
    """Every number, word and finding; and it goes on as it would have."""
    id, session = kept(4, focus="ask_on")
    diary, again = keeping.resume(id)
    assert again == session and diary.id == id and diary.notice is None
    further = one_more(again, 4)
    diary.add(further.talk.steps[-1])
    diary.close()
    assert keeping.look(id) == further == one_more(session, 4)


def test_what_was_heard_comes_back_too() -> None:
    """Sets, findings with their places, moments: a step of a real line."""
    scenario = SHIPPED.get("teenager")
    talk = say(Talk(setting=Setting(scenario=scenario, temperament="warm")), "Our plan is “the best”. OK?", Written())
    talk = say(talk, "So that was too much, and you went.", Written())
    diary = Diary.begin(Session(talk=Talk(setting=talk.setting)), DAY)
    for step in talk.steps:
        diary.add(step)
    diary.close()
    assert keeping.look(diary.id).talk == talk
    assert talk.steps[0].heard.acts and talk.steps[0].heard.stems


def test_the_way_not_taken_is_kept_as_a_branch() -> None:
    session = begun()
    diary = Diary.begin(session, DAY)
    for n in range(3):
        session = one_more(session, n)
        diary.add(session.talk.steps[-1])
    first = session.talk
    session = session.back_to(2)
    diary.back_to(2)
    session = one_more(session, 4)
    diary.add(session.talk.steps[-1])
    second = session.talk
    session = session.back_to(2, keep=False)  # said and cut off before it was heard: no way of its own
    diary.back_to(2, keep=False)
    diary.close()
    again = keeping.look(diary.id)
    assert again == session and again.branches == (first,) and second not in again.branches
    assert again.talk == first.upto(2)


def test_a_changed_scenario_changes_no_session() -> None:
    """It is kept with the session: a file of the user's may be edited or gone by then."""
    id, session = kept(1)
    assert "baker" not in SHIPPED.paths
    assert keeping.look(id).talk.setting.scenario == session.talk.setting.scenario == BAKER


# --- a process that is killed ----------------------------------------------------------------------------------------

RUN = [sys.executable, "-c", "from duologue.cli import main; main()", "practice"]
SAYS = (
    "What takes up most of your week at the moment?",
    "So that keeps coming back, and it lands with you.",
    "What happens then?",
    "You are the one who has to see to it, in the end.",
    "How is that for you?",
    "Our system is the best there is. Shall we book a demo?",
)


def start(*args: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*RUN, *args, "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def tell(process: subprocess.Popen[bytes], text: str) -> dict[str, Any]:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(json.dumps({"say": text}).encode() + b"\n")
    process.stdin.flush()
    found: dict[str, Any] = json.loads(process.stdout.readline())
    return found


def kill(process: subprocess.Popen[bytes]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()


@POSIX
def test_killed_at_several_turns_it_is_the_session_that_was_never_killed() -> None:
    """kill -9 of a real process, after a reply and between a line and its reply."""
    first = start("warehouse-vp:wary", "--seed", "9")
    replies = [tell(first, SAYS[0])["reply"]]
    (entry,) = keeping.kept()
    with pytest.raises(UnreadableInput, match="another window"):
        keeping.resume(entry.id)  # it lives
    kill(first)

    second = start("--resume", entry.id)
    replies += [tell(second, text)["reply"] for text in SAYS[1:3]]
    kill(second)

    third = start("--resume", entry.id)
    replies.append(tell(third, SAYS[3])["reply"])
    assert third.stdin is not None
    third.stdin.write(json.dumps({"say": SAYS[4]}).encode() + b"\n")
    third.stdin.flush()
    kill(third)  # its reply was not shown: it is kept, or it is not, and nothing between

    whole = keeping.look(entry.id).talk
    scenario = SHIPPED.get("warehouse-vp")
    opens = Said(who="partner", text=scenario.opens)
    never = Talk(setting=Setting(scenario=scenario, temperament="wary", seed=9, before=(opens,)))
    states = [never.state]
    for text in SAYS[: len(whole.steps)]:
        never = say(never, text, Written())
        states.append(never.state)
    assert whole == never and len(whole.steps) in (4, 5)
    assert [s.reply.text for s in whole.steps[:4]] == replies
    diary, session = keeping.resume(entry.id)  # no lock is left behind
    diary.close()
    assert session.talk.state == states[-1]


@settings(max_examples=40)
@given(st.data())
def test_whatever_a_crash_leaves_of_the_last_line_is_cut_off(data: st.DataObject) -> None:
    """A file that ends anywhere gives the whole lines before that, and takes new ones."""
    keeping.forget("all")
    id, session = kept(3)
    path = file(id)
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    cut = data.draw(st.integers(first, len(whole)))
    path.write_bytes(whole[:cut] + data.draw(st.binary(max_size=4)))
    lines = whole[:cut].count(b"\n") - 1
    diary, again = keeping.resume(id)
    assert again.talk.steps == session.talk.steps[:lines]
    for n in range(lines, 3):
        again = one_more(again, n)
        diary.add(again.talk.steps[-1])
    diary.close()
    assert path.read_bytes() == whole


def test_a_line_that_lacks_only_its_end_is_no_line() -> None:
    """Else the next one would be written into it, and both be lost."""
    id, session = kept(3)
    file(id).write_bytes(file(id).read_bytes()[:-1])
    diary, again = keeping.resume(id)
    assert again.talk.steps == session.talk.steps[:2]
    further = one_more(again, 4)
    diary.add(further.talk.steps[-1])
    diary.close()
    assert keeping.look(id) == further


def test_a_first_line_that_is_not_whole_is_said() -> None:
    """And how to be rid of it; the others are listed all the same."""
    good, _ = kept(1)
    for left in (b"", b'{"format": "duologue.pra', b"\xff\xfe\n", b"null\n", b'{"step": {}}\n', b'{"setting": 1}\n'):
        bad = file("2026-01-01-cut-1")
        bad.write_bytes(left)
        for way in (keeping.resume, keeping.look):
            with pytest.raises(UnreadableInput, match="cannot be read") as caught:
                way("2026-01-01-cut-1")
            assert "--forget 2026-01-01-cut-1" in str(caught.value)
        assert bad.read_bytes() == left  # nothing is cut away of what we cannot read
        listed = {e.id: e.scenario for e in keeping.kept()}
        assert listed == {good: "baker", "2026-01-01-cut-1": "(cannot be read)"}


def test_lines_that_we_do_not_know_are_passed_over() -> None:
    """Of an older or a later version; a session without a focus is one without a focus."""
    id, session = kept(2, focus="ask_on")
    path = file(id)
    head, *steps = path.read_bytes().splitlines(keepends=True)
    setting = msgspec.json.encode({"setting": json.loads(head)["setting"], "mood": "sunny"}) + b"\n"
    path.write_bytes(setting + b'{"weather": {"rain": 1}}\n' + steps[0] + b'{"paused": 12.5}\n' + steps[1])
    diary, again = keeping.resume(id)
    assert again.talk == session.talk and again.focus is None
    diary.add(one_more(again, 2).talk.steps[-1])
    diary.close()
    assert b"paused" in path.read_bytes() and len(keeping.look(id).talk.steps) == 3
    assert [e.lines for e in keeping.kept()] == [3]


def test_a_step_that_keeps_no_sense_ends_it_there() -> None:
    """What comes after it rests on it."""
    id, session = kept(3)
    path = file(id)
    head, one, two, three = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(head + one + two.replace(b'"trust":', b'"mistrust":') + three)
    assert keeping.look(id).talk.steps == session.talk.steps[:1]
    path.write_bytes(head + one + b'{"back_to": 7}\n' + two)
    assert keeping.look(id).talk.steps == session.talk.steps[:1]


# --- one at a time ---------------------------------------------------------------------------------------------------


def test_one_session_is_open_once() -> None:
    id, _ = kept(1)
    diary, _ = keeping.resume(id)
    with pytest.raises(UnreadableInput, match="another window") as caught:
        keeping.resume(id)
    assert id in str(caught.value)
    assert keeping.look(id).talk.steps  # it may be looked at
    diary.close()
    keeping.resume(id)[0].close()


def test_sessions_of_one_day_have_names_of_their_own() -> None:
    first, second = Diary.begin(begun(), DAY), Diary.begin(begun(), DAY)
    assert (first.id, second.id) == (f"{DAY}-baker-1", f"{DAY}-baker-2")
    first.close()
    second.close()
    assert {e.id for e in keeping.kept()} == {first.id, second.id}


# --- the user's own words --------------------------------------------------------------------------------------------


@POSIX
def test_only_its_owner_can_read_it() -> None:
    """P3; also where somebody opened it up meanwhile."""
    id, _ = kept(1)
    assert stat.S_IMODE(file(id).stat().st_mode) == 0o600
    file(id).chmod(0o644)
    keeping.resume(id)[0].close()
    assert stat.S_IMODE(file(id).stat().st_mode) == 0o600


def test_it_can_be_forgotten() -> None:
    """One, or all; and what is gone is gone."""
    first, second, third = kept(1)[0], kept(2)[0], kept(0)[0]
    assert keeping.forget(second) == 1 and not file(second).exists()
    assert {e.id for e in keeping.kept()} == {first, third}
    with pytest.raises(UnknownName, match="no session"):
        keeping.forget(second)
    assert keeping.forget("all") == 2 and keeping.kept() == [] and keeping.forget("all") == 0


def test_the_list_says_what_a_session_is() -> None:
    """The one that was used last first."""
    old, _ = kept(2)
    new, _ = kept(3)
    os.utime(file(old), (1_700_000_000, 1_700_000_000))
    os.utime(file(new), (1_700_009_000, 1_700_009_000))
    assert [(e.id, e.scenario, e.temperament, e.lines, e.ended) for e in keeping.kept()] == [
        (new, "baker", "wary", 3, False),
        (old, "baker", "wary", 2, False),
    ]
    assert keeping.kept()[0].when.startswith("2023-11-1")


@pytest.mark.parametrize("id", ["../secret", "/etc/hostname", "..", ".", "", "a/b", "~", "x" * 300, "..\\secret", "*"])
def test_a_name_cannot_climb_out_of_the_folder(id: str) -> None:
    """Nothing outside is read, locked, cut or removed."""
    outside = home() / "secret.jsonl"
    outside.write_bytes(file(kept(1)[0]).read_bytes())
    for way in (keeping.resume, keeping.look, keeping.forget):
        with pytest.raises(UnknownName, match="no session"):
            way(id)
    assert outside.exists() and len(keeping.kept()) == 1


# --- where nothing can be kept ---------------------------------------------------------------------------------------


def goes_on(diary: Diary) -> None:
    session = begun()
    for n in range(3):
        session = one_more(session, n)
        diary.add(session.talk.steps[-1])
    diary.back_to(2)
    diary.close()
    assert len(session.talk.steps) == 3


def test_a_folder_that_cannot_be_made_stops_nobody() -> None:
    """Keeping is a help, never a condition; and it is said."""
    (home() / "practice").write_text("a file is in the way")
    diary = Diary.begin(begun(), DAY)
    assert diary.id == "" and diary.notice is not None
    assert "cannot be kept" in diary.notice and "ends with the program" in diary.notice
    goes_on(diary)


def test_a_folder_that_is_not_ours_to_write_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(keeping, "open_locked", refuse)
    diary = Diary.begin(begun(), DAY)
    assert diary.notice is not None and "permission denied" in diary.notice
    assert str(home()) not in diary.notice
    goes_on(diary)


def test_a_full_disk_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a line, and from then on none: what was whole before is there."""
    session = begun()
    diary = Diary.begin(session, DAY)
    session = one_more(session, 0)
    diary.add(session.talk.steps[-1])
    real = diary._file
    assert real is not None

    class Full:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def write(self, data: bytes) -> int:
            if len(data) < 100:
                raise OSError(28, "No space left on device")
            return real.write(data[:-50]) or 0

    monkeypatch.setattr(diary, "_file", Full())
    diary.add(one_more(session, 1).talk.steps[-1])
    assert diary.notice is not None and "no space left" in diary.notice
    goes_on(diary)
    assert keeping.look(diary.id) == session


def test_a_session_in_which_nothing_is_heard_is_kept_as_well() -> None:
    """Silence is a line."""
    session = begun()
    diary = Diary.begin(session, DAY)
    diary.add(answer(session.talk, heard("", silent=True), Written()).steps[-1])
    diary.close()
    assert keeping.look(diary.id).talk.steps[0].said == ""
