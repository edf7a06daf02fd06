"""WhatsApp exports of both phones, in any locale (issue 2, readers)."""

from __future__ import annotations

import pytest

from duologue.errors import NoConversation
from duologue.model import Conversation
from duologue.readers import Source, Sure, read_source, reader


def read(*lines: str) -> Conversation:
    source = Source(data="\n".join(lines).encode(), name="_chat.txt")
    assert reader("whatsapp").sniff(source) == Sure.YES
    return read_source(source)


STAMPS = {
    "android": ("13/02/24, 14:05 - {}", "13/02/24, 14:07 - {}"),
    "android, american": ("2/13/24, 2:05 PM - {}", "2/13/24, 2:07 PM - {}"),
    "android, narrow space": ("2/13/24, 2:05\u202fPM - {}", "2/13/24, 2:07\u202fPM - {}"),
    "android, spanish": ("13/2/2024, 2:05 p. m. - {}", "13/2/2024, 2:07 p. m. - {}"),
    "android, german": ("13.02.24, 14:05 - {}", "13.02.24, 14:07 - {}"),
    "android, iso": ("2024-02-13, 14:05 - {}", "2024-02-13, 14:07 - {}"),
    "android, year first": ("2024/02/13, 14:05 - {}", "2024/02/13, 14:07 - {}"),
    "android, chinese": ("2024/2/13 下午2:05 - {}", "2024/2/13 下午2:07 - {}"),
    "android, korean": ("2024. 2. 13. 오후 2:05 - {}", "2024. 2. 13. 오후 2:07 - {}"),
    "android, portuguese": ("13/02/2024 14:05 - {}", "13/02/2024 14:07 - {}"),
    "iphone": ("[13/02/24, 14:05:00] {}", "[13/02/24, 14:07:00] {}"),
    "iphone, american": ("[2/13/24, 2:05:00 PM] {}", "[2/13/24, 2:07:00 PM] {}"),
    "iphone, marked": ("\u200e[13/02/24, 14:05:00] {}", "\u200e[13/02/24, 14:07:00] {}"),
    "iphone, finnish": ("[13.2.2024 klo 14.05.00] {}", "[13.2.2024 klo 14.07.00] {}"),
    "iphone, dashes": ("[13-02-24 14:05:00] {}", "[13-02-24 14:07:00] {}"),
    "iphone, old": ("13/02/24 14:05:00: {}", "13/02/24 14:07:00: {}"),
}


@pytest.mark.parametrize("stamps", STAMPS.values(), ids=STAMPS.keys())
def test_stamps_of_many_locales(stamps: tuple[str, str]) -> None:
    """Speakers, order and times, a message a turn; started_at is local time."""
    c = read(stamps[0].format("Ana: Hello"), stamps[1].format("Ben 🌿: Hi"), stamps[1].format("Ben 🌿: there"))
    assert [(t.speaker, t.text, t.start, t.end) for t in c.turns] == [
        ("Ana", "Hello", 0.0, None), ("Ben 🌿", "Hi", 120.0, None), ("Ben 🌿", "there", 120.0, None),
    ]  # fmt: skip
    assert c.started_at == "2024-02-13T14:05:00"
    assert c.source == "whatsapp"


def test_system_lines_media_and_deleted_messages_are_left_out_and_counted() -> None:
    """Issue 2: they are no words of anybody's; a notice says how many."""
    c = read(
        "13/02/24, 14:05 - Group: Messages and calls are end-to-end encrypted. Nobody outside of this chat reads them.",
        '13/02/24, 14:05 - Ana created group "Plan: B"',
        "13/02/24, 14:05 - Ben wurde hinzugefügt",
        "13/02/24, 14:06 - Ana: <Media omitted>",
        "13/02/24, 14:06 - Ana: <Medien ausgeschlossen>",
        "13/02/24, 14:06 - Ana: This message was deleted",
        "13/02/24, 14:06 - Ana: IMG-20240213-WA0001.jpg (file attached)\nLook at this",
        "13/02/24, 14:07 - Ben:.",
        "13/02/24, 14:08 - Ben: Better now <This message was edited>",
        "13/02/24, 14:09 - Ana: 10:30 works: see https://x.y/z",
    )
    assert [(t.speaker, t.text) for t in c.turns] == [
        ("Ana", "Look at this"), ("Ben", "."), ("Ben", "Better now"), ("Ana", "10:30 works: see https://x.y/z"),
    ]  # fmt: skip
    assert any(n.startswith("3 lines of the system") for n in c.notices)
    assert any(n.startswith("3 messages without words") for n in c.notices)


def test_what_an_iphone_marks_is_the_systems_in_any_language() -> None:
    """iPhones put a mark of direction before what is not the sender's own words."""
    c = read(
        "[13/02/24, 14:05:00] Plan B: \u200eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.",
        "\u200e[13/02/24, 14:05:00] Ana: \u200eBild weggelassen",
        "[13/02/24, 14:06:00] ~\u202fAna: Hello",
        "[13/02/24, 14:06:00] Ben: ok",
        "\u200e[13/02/24, 14:07:00] Ana: \u200e<Anhang: 01.jpg>",
    )
    assert [(t.speaker, t.text) for t in c.turns] == [("Ana", "Hello"), ("Ben", "ok")]


def test_messages_of_several_lines_keep_them() -> None:
    """A line without a stamp goes on with the message before."""
    c = read("13/02/24, 14:05 - Ana: One,", "two", "", "three: four", "13/02/24, 14:07 - Ben: Five")
    assert [t.text for t in c.turns] == ["One,\ntwo\n\nthree: four", "Five"]


def test_day_and_month_are_told_apart_over_the_whole_file() -> None:
    """By a number above twelve, else by the order in which the chat runs forward, else with a notice."""
    forward = read("02/01/24, 10:00 - Ana: a", "03/01/24, 10:00 - Ben: b", "01/02/24, 10:00 - Ana: c")
    assert forward.started_at == "2024-01-02T10:00:00"
    american = read("01/02/24, 10:00 - Ana: a", "02/01/24, 10:00 - Ben: b", "01/25/25, 10:00 - Ana: c")
    assert american.started_at == "2024-01-02T10:00:00"
    either = read("03/04/24, 10:00 - Ana: a", "03/04/24, 10:01 - Ben: b")
    assert either.started_at == "2024-04-03T10:00:00"
    assert any("day from month" in n for n in either.notices)
    half_days = read("3/4/24, 10:00 AM - Ana: a", "3/4/24, 10:01 AM - Ben: b")
    assert half_days.started_at == "2024-03-04T10:00:00"


def test_noon_and_midnight() -> None:
    """12 AM is the day's first hour; some phones write 00:08 a. m."""
    c = read("2/13/24, 12:05 AM - Ana: a", "2/13/24, 12:05 PM - Ben: b", "2/14/24, 00:05 a. m. - Ana: c")
    assert [t.start for t in c.turns] == [0.0, 43200.0, 86400.0]


def test_phone_numbers_are_names() -> None:
    """Somebody who is not in the address book."""
    c = read("13/02/24, 14:05 - +49 170 1234567: Hello", "13/02/24, 14:06 - Ana: Hi")
    assert c.speakers[0].name == "+49 170 1234567"


def test_a_chat_of_notices_alone_is_refused() -> None:
    """Nothing was said."""
    with pytest.raises(NoConversation):
        read("13/02/24, 14:05 - Ana added Ben", "13/02/24, 14:06 - Ana: <Media omitted>")


def test_an_impossible_date_costs_the_time_alone() -> None:
    """Bad input: the words stay."""
    c = read("31/02/24, 14:05 - Ana: Hello", "13/03/24, 14:06 - Ben: Hi")
    assert [(t.text, t.start) for t in c.turns] == [("Hello", None), ("Hi", 0.0)]
    assert any("impossible date" in n for n in c.notices)
