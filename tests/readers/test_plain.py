"""Plain text: every shape that tools and people write, and no name where there is none (issue 2, readers)."""

from __future__ import annotations

import time

import pytest

from duologue.model import Conversation
from duologue.readers import Source, Sure, read_source, reader


def read(text: str) -> Conversation:
    return read_source(Source(data=text.encode()), "plain")


def turns(text: str) -> list[tuple[str, str, float | None]]:
    return [(t.speaker, t.text, t.start) for t in read(text).turns]


ANA, BEN = ("Ana Ruiz", "Good morning.", 1.0), ("Ben", "Hello to you.", 9.0)

TIMED = {
    "square": "[00:00:01] Ana Ruiz: Good morning.\n[00:00:09] Ben: Hello to you.",
    "range": "[00:00:01 - 00:00:05] Ana Ruiz: Good morning.\n[00:00:09 --> 00:00:12] Ben: Hello to you.",
    "round": "(00:01) Ana Ruiz: Good morning.\n(00:09) Ben: Hello to you.",
    "bare": "00:00:01 Ana Ruiz: Good morning.\n00:00:09 Ben: Hello to you.",
    "milliseconds": "00:00:01.000 Ana Ruiz: Good morning.\n00:00:09.000 Ben: Hello to you.",
    "tabs": "00:00:01\tAna Ruiz:\tGood morning.\n00:00:09\tBen:\tHello to you.",
    "after": "Ana Ruiz (00:00:01): Good morning.\n\nBen (00:00:09): Hello to you.",
    "after, square": "Ana Ruiz [0:01]: Good morning.\nBen [0:09]: Hello to you.",
    "inside": "Ana Ruiz: [00:01] Good morning.\nBen: [00:09] Hello to you.",
    "own line": "Ana Ruiz (00:01):\nGood morning.\n\nBen (00:09):\nHello to you.",
    "otter": "Ana Ruiz  0:01  \nGood morning.\n\nBen  0:09  \nHello to you.\n\nTranscribed by https://otter.ai",
    "teams": "Ana Ruiz started transcription\nAna Ruiz   0:01\nGood morning.\nBen   0:09\nHello to you.",
    "teams, old": "0:0:1.0 --> 0:0:4.250\nAna Ruiz\nGood morning.\n\n0:0:9.0 --> 0:0:10.300\nBen\nHello to you.",
    "fathom": "Sync\nVIEW RECORDING - 3 mins\n\n---\n\n0:01 - Ana Ruiz\n Good morning.\n\n0:09 - Ben\n Hello to you.",
    "pipe": "0:01 | Ana Ruiz\nGood morning.\n0:09 | Ben\nHello to you.",
    "dash": "[00:00:01.00] - Ana Ruiz\nGood morning.\n\n[00:00:09.00] - Ben\nHello to you.",
    "name then time": "Ana Ruiz\n00:01\nGood morning.\n\nBen\n00:09\nHello to you.",
    "markdown": "- **Ana Ruiz** (0:01): Good morning.\n- **Ben** (0:09): Hello to you.",
}


@pytest.mark.parametrize("text", TIMED.values(), ids=TIMED.keys())
def test_shapes_with_times(text: str) -> None:
    """Issue 2: the shapes of transcription services, each with speakers, order and times."""
    assert turns(text) == [ANA, BEN]


UNTIMED = {
    "colon": "Ana Ruiz: Good morning.\nBen: Hello to you.",
    "paragraphs": "Ana Ruiz: Good morning.\n\nBen: Hello to you.",
    "bold": "**Ana Ruiz:** Good morning.\n\n**Ben:** Hello to you.",
    "bold, colon outside": "**Ana Ruiz**: Good morning.\n\n**Ben**: Hello to you.",
    "list": "- Ana Ruiz: Good morning.\n- Ben: Hello to you.",
    "brackets": "[Ana Ruiz]: Good morning.\n[Ben]: Hello to you.",
    "below the name": "Ana Ruiz:\nGood morning.\n\nBen:\nHello to you.",
    "wide colon": "Ana Ruiz：Good morning.\nBen：Hello to you.",
}


@pytest.mark.parametrize("text", UNTIMED.values(), ids=UNTIMED.keys())
def test_shapes_without_times(text: str) -> None:
    """Times that a format lacks stay None."""
    assert turns(text) == [("Ana Ruiz", "Good morning.", None), ("Ben", "Hello to you.", None)]


def test_names_on_lines_of_their_own_recur() -> None:
    """Paragraphs with the name above them; somebody who speaks once is found by the others' layout."""
    text = "Ana Ruiz\nGood morning.\n\nAnd welcome.\n\nBen\nHello to you.\n\nAna Ruiz\nShall we?"
    assert [t[:2] for t in turns(text)] == [
        ("Ana Ruiz", "Good morning.\nAnd welcome."), ("Ben", "Hello to you."), ("Ana Ruiz", "Shall we?"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["Dr. Ana Ruiz (Acme)", "Speaker 1", "SPEAKER_00", "Conference room", "J. R. Ode", "Ana de la Cruz",
     "客户", "Ольга", "🤓", "Ana 🌿", "O'Brien", "Ana-Lena", "agent", "+49 170 1234567", "Q", "ana@acme.com"],
)  # fmt: skip
def test_names_stay_as_the_file_spells_them(name: str) -> None:
    """Issue 2: names stay as the file spells them, in any script."""
    c = read(f"{name}: Good morning.\nBen: Hello.\n{name}: Shall we?")
    assert [s.name for s in c.speakers] == [name, "Ben"]
    assert len(c.turns) == 3


@pytest.mark.parametrize(
    "line",
    ["Note: bring the slides.", "https://acme.com/a: look there", "10:30 works for me.", "One thing: we are late.",
     "Option A: we wait.", "I said: no.", "Date: tomorrow", "My point: it is late.", "Remember this! Always: ask.",
     "e.g.: a list", "C:\\files\\x", "Action items: none"],
)  # fmt: skip
def test_what_is_no_name_stays_in_the_turn(line: str) -> None:
    """A false name would put somebody's words into nobody's mouth."""
    c = read(f"Ana: Well.\n{line}\nBen: Yes.\nAna: Good.\nBen: Fine.")
    assert [s.name for s in c.speakers] == ["Ana", "Ben"]
    assert c.turns[0].text == f"Well. {line}"


def test_somebody_who_speaks_once_is_a_speaker() -> None:
    """A file in turns: one that looks like a name once is one."""
    c = read("Ana: We have two.\nBen: I like that.\nAna: Good.\nCleo Marsh: Me too.\nBen: Fine.")
    assert [s.name for s in c.speakers] == ["Ana", "Ben", "Cleo Marsh"]


def test_lines_before_the_first_turn_are_left_out_with_a_notice() -> None:
    """Titles and dates are not words that anybody said; a date and silent participants are used."""
    c = read("Stock call\nDate: 2025-01-27\nParticipants: Ana, Ben, Cleo Marsh\n\nAna: Morning.\nBen: Hello.\nAna: So.")
    assert [s.name for s in c.speakers] == ["Ana", "Ben", "Cleo Marsh"]
    assert c.started_at == "2025-01-27"
    assert any(n.startswith("3 lines before the first turn were left out") for n in c.notices)
    assert c.turns[0].text == "Morning."


def test_google_meet_sections_time_the_turn_that_follows() -> None:
    """Meet's Google Doc: a time every five minutes, bold names, and remarks of the tool around them."""
    c = read(
        "# Sync - Transcript\n### Attendees\nAna Ruiz, Ben Ode, Cleo Marsh\n\n"
        "### 00:00:00\n\n**Ana Ruiz:** All right.\n\n"
        "**Ben Ode:** Welcome\n\n### 00:05:00\n\n**Ana Ruiz:** So.\n\n### Transcription ended after 00:30:30\n\n"
        "*This editable transcript was computer generated and might contain errors.*"
    )
    assert [(t.speaker, t.text, t.start) for t in c.turns] == [
        ("Ana Ruiz", "All right.", 0.0), ("Ben Ode", "Welcome", None), ("Ana Ruiz", "So.", 300.0),
    ]  # fmt: skip
    assert c.speakers[-1].name == "Cleo Marsh"


def test_notes_before_the_heading_transcript_are_no_turns() -> None:
    """Gemini puts notes, with colons, before the transcript."""
    text = "Notes\nAna: will send the plan\nNext steps: none\n📖 Transcript\nAna: Hello.\nBen: Hi.\nAna: So."
    assert [t[1] for t in turns(text)] == ["Hello.", "Hi.", "So."]


def test_zoom_wall_clocks_count_from_the_first_and_roll_over_midnight() -> None:
    """Zoom's saved transcript."""
    c = read("[Ana] 23:59:58\nHello.\n\n[Ben] 23:59:59\nHi.\n\n[Ben] 00:00:04\nStill here.\n\n[Ana] 00:00:10\nGood.")
    assert [(t.speaker, t.text, t.start) for t in c.turns] == [
        ("Ana", "Hello.", 0.0), ("Ben", "Hi. Still here.", 1.0), ("Ana", "Good.", 12.0),
    ]  # fmt: skip


def test_zoom_chat_is_a_message_a_turn() -> None:
    """`From Name to Everyone:`, text behind it or below; sending has no end."""
    c = read(
        "11:02:09 From Ana Ruiz to Everyone:\n\tHello all\n11:02:20 From  Ben to  Everyone : Hi\n"
        '11:02:25 From Ben to Everyone:\n\tReplying to "Hello all"\n\t\n\tWelcome\n11:02:30 From Ana Ruiz : old'
    )
    assert [(t.speaker, t.text, t.start, t.end) for t in c.turns] == [
        ("Ana Ruiz", "Hello all", 0.0, None), ("Ben", "Hi", 11.0, None), ("Ben", "Welcome", 16.0, None),
        ("Ana Ruiz", "old", 21.0, None),
    ]  # fmt: skip


def test_half_days_are_wall_clocks() -> None:
    """11:58 AM to 12:01 PM are three minutes."""
    assert [t[2] for t in turns("[11:58 AM] Ana: Hi\n[12:01 PM] Ben: Hello\n[1:00 PM] Ana: So")] == [0.0, 180.0, 3720.0]


def test_minutes_of_the_day_are_told_by_how_fast_nobody_talks() -> None:
    """`Name (10:02)` is a clock where the words would not fit into seconds."""
    words = "and so we counted them all again " * 20
    text = f"Ana (10:02)\n{words}\n\nBen (10:02)\n{words}\n\nAna (10:05)\nYes."
    assert [t[2] for t in turns(text)] == [0.0, 0.0, 180.0]
    few = "Ana (10:02)\nHello.\n\nBen (10:04)\nHi.\n\nAna (10:09)\nYes."
    assert [t[2] for t in turns(few)] == [602.0, 604.0, 609.0]


def test_text_without_speakers_is_one_unknown_speaker_with_a_notice() -> None:
    """Issue 2: said, not guessed."""
    c = read("This is an essay. It has text.\n\nRemember: think. And at 10:30 we go.\n\n10:30 works for me.")
    assert [s.name for s in c.speakers] == ["Unknown speaker"]
    assert "10:30 works for me." in c.turns[0].text
    assert any("does not say who spoke" in n for n in c.notices)


def test_times_without_speakers_are_kept() -> None:
    """YouTube's transcript, copied from its page."""
    c = read("0:00\nwelcome to the show\n0:05\ntoday we talk\n0:11\nYes")
    assert (c.turns[0].start, c.turns[0].end) == (0.0, 12.0)
    assert c.turns[0].text == "welcome to the show today we talk Yes"


def test_a_merged_turn_ends_where_its_last_piece_does() -> None:
    """An end estimated from the first piece alone would cut a long turn short, and its talk time with it."""
    c = read("[00:10] Ana: One two three four.\n[00:40] Ana: five six seven eight nine ten.\n[01:00] Ben: Yes.")
    assert (c.turns[0].start, c.turns[0].end, c.turns[0].estimated) == (10.0, 43.0, ("end",))
    assert c.turns[0].pieces == ((10.0, 12.0), (40.0, 43.0))


def test_escape_sequences_stay_in_the_text_and_leave_the_name() -> None:
    """Nothing may move the cursor: names lose control characters, the words are kept as they are."""
    c = read("A\x1b[2Jna: He said \x1b[31mred\x1b[0m.\nBen: So.\nA\x1b[2Jna: Yes.")
    assert c.speakers[0].name == "A[2Jna"
    assert c.turns[0].text == "He said \x1b[31mred\x1b[0m."


def test_other_syntax_is_not_taken_for_talk() -> None:
    """JSON Lines and HTML are text too, and no transcripts."""
    plain = reader("plain")
    for data in (b'{"a": 1}\n{"a": 2}', b"<html><p>Ana: hi</p></html>", b'[{"a": 1}]', b"\x00\x01\x02"):
        assert plain.sniff(Source(data=data)) == Sure.NO
    assert plain.sniff(Source(data=b"[Ana] 11:02:09\nHello.")) == Sure.PERHAPS


def test_growth_is_linear() -> None:
    """100,000 turns in linear time: four times the lines, far less than sixteen times the time."""

    def seconds(n: int) -> float:
        data = "".join(f"[{i // 60 % 60:02}:{i % 60:02}] {'Ana' if i % 2 else 'Ben'}: So: {i}?\n" for i in range(n))
        begin = time.process_time()
        read(data)
        return time.process_time() - begin

    seconds(200)
    assert seconds(8000) < 10 * max(seconds(2000), 0.02)


@pytest.mark.parametrize("piece", ["a: b 1:2 [ ( ", "1:2:", "((((", "[[[[", "**__", " - ", "“", "\t \t", "From to : "])
def test_a_long_hostile_line_is_no_trap(piece: str) -> None:
    """No pattern may backtrack over a megabyte."""
    begin = time.process_time()
    read("Ana: hi\n" + piece * 100_000 + " x")
    assert time.process_time() - begin < 3
