"""WebVTT, SRT and SBV: voices, prefixes, words, damage (issue 2, readers and bad input)."""

from __future__ import annotations

import time

import pytest

from duologue.model import Conversation
from duologue.readers import Source, Sure, read_source, reader


def vtt(*blocks: str, head: str = "WEBVTT") -> Conversation:
    """A WebVTT of blocks; a block without times gets a second each."""
    made = []
    for i, block in enumerate(blocks):
        made.append(
            block if "->" in block or block.startswith("NOTE") else f"00:{i:02}.000 --> 00:{i + 1:02}.000\n{block}"
        )
    return read_source(Source(data=("\n\n".join([head, *made])).encode()), "webvtt")


def said(c: Conversation) -> list[tuple[str, str]]:
    return [(t.speaker, t.text) for t in c.turns]


def test_voices_closed_open_classed_and_several_in_one_cue() -> None:
    """Teams' `<v Name>`, closed or not; who spoke when within one cue is not known, so only its outer times stay."""
    c = vtt(
        "<v Ana Ruiz>Hello.</v>",
        "<v.loud Ben>Hi there",
        "<v Ana Ruiz>So?</v>\n<v Ben>Yes.</v>",
        "<v Ana &amp; Co>Hm</v>",
    )
    assert said(c) == [
        ("Ana Ruiz", "Hello."),
        ("Ben", "Hi there"),
        ("Ana Ruiz", "So?"),
        ("Ben", "Yes."),
        ("Ana & Co", "Hm"),
    ]
    assert (c.turns[2].start, c.turns[2].estimated) == (2.0, ("end",))
    assert (c.turns[3].start, c.turns[3].end) == (None, 3.0)


def test_zoom_prefixes_are_names_and_remarks_are_not() -> None:
    """Zoom's `Name: `; “Note: this” is no speaker, and a cue without a name where all others have one is nobody's."""
    c = vtt(
        "Ana Ruiz: Hello.",
        "Ben: Note: this matters.",
        "Note: that too",
        "Ana Ruiz: Why is that?",
        "Ben: We: two.",
        "Ana Ruiz: I see.",
    )
    assert [s.name for s in c.speakers] == ["Ana Ruiz", "Ben", "Unknown speaker"]
    assert said(c)[1:3] == [("Ben", "Note: this matters."), ("unknown", "Note: that too")]
    assert any("in places" in n for n in c.notices)


def test_a_speaker_named_only_at_each_change_keeps_the_floor() -> None:
    """Captions that name a speaker at changes alone, with broadcasters' marks."""
    c = vtt(">> ANA RUIZ: Hello", "and welcome", "to the call.", ">> BEN: Thanks", "for having me.", ">> ANA RUIZ: So.")
    assert said(c) == [
        ("ANA RUIZ", "Hello and welcome to the call."),
        ("BEN", "Thanks for having me."),
        ("ANA RUIZ", "So."),
    ]


def test_names_in_brackets_or_on_a_line_of_their_own() -> None:
    """`[SPEAKER_00] text`, `(Name)` above the text; sounds are no speakers."""
    c = vtt("[SPEAKER_00] Hello.", "[SPEAKER_01]: Hi.", "[Music]", "[SPEAKER_00] So.")
    assert said(c)[:2] == [("SPEAKER_00", "Hello."), ("SPEAKER_01", "Hi.")]
    c = vtt("(Ana Ruiz)\nHello and", "(Ana Ruiz)\nwelcome.\n-\n(Ben)\nHi.", "(Ana Ruiz)\nSo.", "(laughs)\nYes.")
    assert said(c)[:2] == [("Ana Ruiz", "Hello and welcome."), ("Ben", "Hi.")]
    assert "laughs" not in [s.name for s in c.speakers]


def test_dashes_for_two_voices_leave_one_unknown_speaker() -> None:
    """Captions without speakers are one unknown speaker, who may be several people."""
    c = vtt("- Ta en kopp.\n- Nej tack.", "Well-known word - here")
    assert said(c) == [("unknown", "Ta en kopp. Nej tack. Well-known word - here")]


def test_header_notes_ids_settings_entities_and_tags() -> None:
    """Language from the header; NOTE, STYLE and REGION are no words; ids and cue settings neither."""
    c = vtt(
        "NOTE Confidence: 0.6\nsecond line",
        "ef04c7c2-a59e-463f-9d27-b5b1259d6777\n00:00:03.300 --> 00:00:06.870 align:start position:0%\n"
        "<i>A &lt;b&gt; c</i> &amp; d&nbsp;e &lrm;f <laughs> 2 < 3",
        "NOTE x",
        "chapter one\n01:00:07.000 --> 01:00:08.500\n<c.yellow.bg>Yes</c>",
        head="WEBVTT - a title\nKind: captions\nLanguage: en-GB",
    )
    assert c.language == "en-GB"
    assert said(c) == [("unknown", "A <b> c & d e f <laughs> 2 < 3 Yes")]
    assert (c.turns[0].start, c.turns[0].end) == (3.3, 3608.5)


def test_style_and_region_blocks_are_skipped() -> None:
    """They stand before the first cue."""
    text = "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n00:01.000 --> 00:02.000\nHello."
    assert said(read_source(Source(data=text.encode()))) == [("unknown", "Hello.")]


def test_inline_stamps_give_words() -> None:
    """Words between two stamps have a time where a stamp stands before or after them."""
    c = vtt("00:16.500 --> 00:18.500\nWhen<00:17.000> the<00:17.500><c> moon</c>")
    assert [(w.text, w.start, w.end) for w in c.turns[0].words] == [
        ("When", 16.5, 17.0),
        ("the", 17.0, 17.5),
        ("moon", 17.5, 18.5),
    ]
    assert c.turns[0].text == "When the moon"


def test_rolling_captions_say_everything_once() -> None:
    """YouTube's automatic captions repeat each line twice; real repetitions elsewhere stay."""
    c = vtt(
        "00:00.240 --> 00:03.830\n \nso<00:00.690><c> welcome</c>",
        "00:03.830 --> 00:03.840\nso welcome\n ",
        "00:03.840 --> 00:06.000\nso welcome\nto<00:04.100><c> the</c><00:04.300><c> show</c>",
        "00:06.000 --> 00:06.010\nto the show\n ",
        "00:06.010 --> 00:08.000\nto the show\ntoday we talk", "00:08.000 --> 00:08.010\ntoday we talk\n ",
    )  # fmt: skip
    assert c.turns[0].text == "so welcome to the show today we talk"
    assert said(vtt("Yes.", "Yes.", "Yes."))[0][1] == "Yes. Yes. Yes."


def test_bad_times_cost_the_times_and_not_the_words() -> None:
    """Issue 2, bad input: words are kept, and a notice says what happened."""
    c = vtt("<v Ana>One.", "00:xx --> 00:02.000\n<v Ben>Two.", "00:99.000 --> 01:61.000\n<v Ana>Three.", "<v Ben>Four.")
    assert [t for _, t in said(c)] == ["One.", "Two.", "Three.", "Four."]
    assert c.turns[1].start is None
    assert any("2 captions with times that cannot be read" in n for n in c.notices)


def test_missing_and_surplus_blank_lines() -> None:
    """Cues that follow each other at once; files that were double-spaced."""
    tight = "WEBVTT\n00:01.000 --> 00:02.000\nOne.\n2\n00:02.000 --> 00:03.000\nTwo.\n00:03.000 --> 00:04.000\nThree."
    assert said(read_source(Source(data=tight.encode()))) == [("unknown", "One. Two. Three.")]
    double = "WEBVTT\n\n\n\n00:01.000 --> 00:02.000\n\nAna: One.\n\n\n\n00:02.000 --> 00:03.000\n\nBen: Two.\n\nmore."
    c = read_source(Source(data=double.encode()))
    assert [(t.speaker, t.start, t.end) for t in c.turns][:2] == [("Ana", 1.0, 2.0), ("Ben", 2.0, 3.0)]


def test_times_that_run_backwards_are_kept_in_order_with_a_notice() -> None:
    """Issue 2, bad input: backwards and overlapping times."""
    c = vtt(
        "00:09.000 --> 00:10.000\n<v Ana>One.",
        "00:01.000 --> 00:20.000\n<v Ben>Two.",
        "00:04.000 --> 00:03.000\n<v Ana>Three.",
    )
    assert [t for _, t in said(c)] == ["One.", "Two.", "Three."]
    assert any("backwards" in n for n in c.notices)
    assert any("end before they begin" in n for n in c.notices)


def test_a_note_of_ours_that_no_longer_fits_is_passed_over_with_a_notice() -> None:
    """Somebody took a cue out of a file that we wrote: the captions still read."""
    c = vtt('NOTE duologue {"id": "x", "speakers": [], "turns": [{"speaker": "a"}, {"speaker": "b"}]}', "<v Ana>One.")
    assert said(c) == [("Ana", "One.")]
    assert any("no longer fits" in n for n in c.notices)
    c = vtt("NOTE duologue {broken", "<v Ana>One.")
    assert any("was changed" in n for n in c.notices)


@pytest.mark.parametrize(
    "arrow", ["00:00:01,000 --> 00:00:02,500", "00:00:01.000 --> 00:00:02.500", "0:00:01,0 --> 0:00:02,5"]
)
def test_srt_takes_comma_and_point(arrow: str) -> None:
    """SRT of every maker, sniffed by content."""
    data = f"1\n{arrow}\n<i>Ana:</i> {{\\an8}}Hello.\n\n2\n00:00:03,000 --> 00:00:04,000\nBen: Hi.\n".encode()
    assert reader("srt").sniff(Source(data=data)) == Sure.YES
    c = read_source(Source(data=data))
    assert c.source == "srt"
    assert [(t.speaker, t.text, t.start, t.end) for t in c.turns] == [
        ("Ana", "Hello.", 1.0, 2.5),
        ("Ben", "Hi.", 3.0, 4.0),
    ]


def test_sbv_and_srt_with_broken_times_keep_the_words() -> None:
    """A line of times that no clock can show is no words; a number without times neither."""
    c = read_source(Source(data=b"0:00:01.000,0:00:02.000\nOne.\n\n0:00:03.f89,0:00:15.489\nTwo."))
    assert said(c) == [("unknown", "One. Two.")]
    assert any("cannot be read" in n for n in c.notices)
    srt = b"1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\nTwo.\n\n3\n00:00:03,000 --> 00:00:04,000\nEnd."
    assert said(read_source(Source(data=srt))) == [("unknown", "One. Two. End.")]


def test_sbv_with_names_and_old_line_breaks() -> None:
    """YouTube's SBV; `[br]` stood for a line break."""
    cues = (
        b"0:00:01.000,0:00:02.000\n>> Ana: Hello[br]there.",
        b"0:00:02.000,0:00:03.500\n>> Ben: Hi.",
        b"0:00:03.500,0:00:04.000\n>> Ana: So.",
    )
    c = read_source(Source(data=b"\n\n".join(cues)))
    assert [(t.speaker, t.text, t.start, t.end) for t in c.turns] == [
        ("Ana", "Hello there.", 1.0, 2.0), ("Ben", "Hi.", 2.0, 3.5), ("Ana", "So.", 3.5, 4.0),
    ]  # fmt: skip


@pytest.mark.parametrize("piece", ["<v ", "<v a", "<c", "&", "&#", "<00:", "{\\", "[a", "(a", ">> ", "- ", "a: "])
def test_a_long_hostile_cue_is_no_trap(piece: str) -> None:
    """No pattern may backtrack over a megabyte."""
    begin = time.process_time()
    vtt("<v Ana>Hello.", piece * 100_000)
    assert time.process_time() - begin < 3
