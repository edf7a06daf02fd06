"""The page of a recording, before any browser: words keep their text, addresses stay paths, commands can be run."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duologue import disputes, reports
from duologue.certainty import poorly_heard
from duologue.model import Conversation, Span, Speaker, Turn, Word
from duologue.reports import mend, player
from duologue.reports.heard import address
from duologue.reports.outline import outline
from duologue.reports.safe import visible
from duologue.reports.transcript import marked, transcript
from duologue.spoken_words import words_in
from reports import made
from reports.recorded import HEARD_BY, recorded
from reports.test_report_safety import Tags


class Nested(HTMLParser):
    """The text outside of labels at the end of marks, and whether every element closes the one opened last."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.kinds: list[str] = []
        self.text = ""
        self.sound = True
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        label = tag == "a" and (dict(attrs).get("class") or "").startswith("tag")
        self.kinds.append(tag)
        self.open.append("label" if label else tag)
        if label:
            assert self.text.endswith(" ")
            self.text = self.text[:-1]

    def handle_endtag(self, tag: str) -> None:
        opened = self.open.pop() if self.open else ""
        self.sound &= opened == tag or (opened == "label" and tag == "a")

    def handle_data(self, data: str) -> None:
        if "label" not in self.open:
            self.text += data


WORD = st.text(alphabet="abé'ß&<>\"𝄞.,…- 東", min_size=1, max_size=6)
CONFIDENCE = st.one_of(st.none(), st.floats(0, 1))


@given(
    st.lists(st.tuples(WORD, CONFIDENCE, st.booleans()), max_size=12),
    st.sampled_from([" ", "  ", "\n"]),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4),
    st.booleans(),
)
def test_words_nest_in_marks_and_keep_the_text(
    said: list[tuple[str, float | None, bool]], space: str, marks: list[tuple[int, int]], linked: bool
) -> None:
    """Whatever is marked, timed and hard to hear: without its tags the markup is the text, and elements nest."""
    text = space.join(word for word, _, _ in said)
    words = tuple(
        Word(text=word, start=float(i) if known else None, end=i + 0.5 if known else None, confidence=sure)
        for i, (word, sure, known) in enumerate(said)
    )
    turn = Turn(speaker="a", text=text, words=words)
    finding = outline(made.discovery()).keep[0]
    spans = [Span(turn=0, start=a, end=min(a + n, len(text))) for a, n in marks if a < len(text)]
    write = player.inside(turn, times=True, doubts=True)
    read = Nested("".join(marked(text, [(s, finding) for s in spans], write, linked=linked)))
    assert read.text == visible(text)
    assert read.sound and not read.open
    timed = [w for w, _, _ in words_in(turn) if w.start is not None]
    assert read.kinds.count("span") >= len(timed)
    assert read.kinds.count("u") >= len(poorly_heard(turn))


def test_each_word_has_its_own_times() -> None:
    """The words of the page in the order of the turn, each with the times that it was heard at."""
    c = recorded().conversation
    page = reports.html.render(recorded(), recording="call.wav")
    found = [tuple(map(float, (a["data-t"] or "").split())) for t, a in Tags(page).found if "data-t" in a]
    once = [pair for i, pair in enumerate(found) if i == 0 or pair != found[i - 1]]  # a mark may end within a word
    assert once == [(w.start, w.end) for t in c.turns for w in t.words]


def test_a_quote_is_heard_whole_and_no_more() -> None:
    """Beside a quote: from a little before its first word to a little after its last."""
    review = recorded()
    o = player.timed(outline(review), review.conversation)
    line = next(x for f in o.keep for x in f.lines if "What happens on such a morning?" in x.text)
    words = review.conversation.turns[line.turn].words
    assert [w.text for w in words[:4]] == ["One", "in", "thirty.", "What"]
    assert line.heard == (pytest.approx(words[3].start - 0.3), pytest.approx(words[-1].end + 0.3))
    assert all(x.heard is not None for f in (*o.keep, *o.work, *o.more) for x in f.lines)


def test_where_words_have_no_times_the_turn_has() -> None:
    """A transcript with times of turns alone plays its turns; one without any plays from nowhere, and says no time."""
    page = reports.html.render(made.discovery(), recording="call.wav")
    assert 'data-s="12.6"' in page
    assert 'data-l="12.3 21.7"' in page
    assert 'data-t="' not in page
    bare = reports.html.render(made.discovery(times=False), recording="call.wav")
    assert 'data-s="' not in bare and 'data-l="' not in bare and "<audio" in bare


def test_without_a_recording_nothing_of_it_is_there() -> None:
    """No sound may be loaded and nothing asks for it; what was heard without a file is only mended and doubted."""
    plain = reports.html.render(made.discovery(), all=True)
    for part in ("media-src", "<audio", "data-t", "data-s", "data-w", "dock", "<u ", "unseen"):
        assert part not in plain
    kept = reports.html.render(recorded(), all=True)
    for part in ("media-src", "<audio", 'data-t="', 'data-s="', 'data-l="'):
        assert part not in kept
    assert "data-w" in kept and '<u title="hard to hear">sixty.</u>' in kept
    assert '<a href="#m-' in kept  # marks stay links where no click plays them


def test_one_voice_and_messages_have_nobody_to_mend() -> None:
    """Nobody else to be taken for: no control that could say nothing."""
    review = recorded()
    c = review.conversation
    alone = replace(c, speakers=c.speakers[:1], turns=tuple(replace(t, speaker=c.speakers[0].id) for t in c.turns))
    assert 'id="mend"' not in reports.html.render(replace(review, conversation=alone), recording="call.wav")
    assert 'id="mend"' not in reports.html.render(made.message(), recording="call.wav")
    assert 'id="mend"' in reports.html.render(review, recording="call.wav")


def test_what_was_hard_to_hear_is_said_once_a_turn() -> None:
    """To a screen reader: one short clause for the turn, however many words it is about."""
    review = recorded(poor=("sixty.", "night", "key?"))
    page = transcript(review, heard=reports.heard.Heard(recording="x", doubts=True))
    turn = page[page.index('<li id="t14"') : page.index('<li id="t15"')]
    assert turn.count("<u ") == 3
    assert turn.count("some words hard to hear") == 1


def test_a_turn_that_may_be_another_voices_says_so() -> None:
    """Where it is not sure who spoke, the name has a “perhaps”."""
    page = reports.html.render(recorded(), recording="call.wav")
    assert page.count(">, perhaps<") == 1
    assert page.index('id="t16"') < page.index(">, perhaps<") < page.index('id="t17"')


@given(st.text(min_size=1, max_size=40))
def test_an_address_stays_a_path(name: str) -> None:
    """Whatever a recording is called, its address leads to a file beside the page: no scheme, host, query or mark."""
    for base in ("file:///home/me/calls/page.html", "https://example.org/calls/page.html"):
        there, here = urlsplit(urljoin(base, address(name))), urlsplit(base)
        assert (there.scheme, there.netloc, there.query, there.fragment) == (here.scheme, here.netloc, "", "")
    assert re.fullmatch(r"[A-Za-z0-9_.~/%-]*", address(name))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("call.wav", "call.wav"),
        ("call one.wav", "call%20one.wav"),
        ("sound/call #1?.mp3", "sound/call%20%231%3F.mp3"),
        ("http://example.org/x.wav", "http%3A//example.org/x.wav"),
        ("//example.org/x.wav", "/example.org/x.wav"),
        ("Besprechung März.m4a", "Besprechung%20M%C3%A4rz.m4a"),
    ],
)
def test_addresses(name: str, said: str) -> None:
    """As a browser wants them."""
    assert address(name) == said


NAMES = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1)


@given(NAMES.filter(lambda n: n.strip() and "/" not in n), NAMES.filter(str.strip))
def test_a_command_is_read_back_as_it_was_meant(file: str, name: str) -> None:
    """Names with spaces, quotes and signs of the shell stay one word each."""
    c = Conversation(
        id="x",
        speakers=(Speaker(id="a", name=name, side="ours"), Speaker(id="b", name="B", side="theirs")),
        turns=(),
    )
    words = shlex.split(mend.command(c, address(file), "--swap"))
    shown = reports.safe.on_one_line
    assert words[:2] == ["duologue", "review"]
    assert words[2].removeprefix("./") == shown(file)
    assert words[3:] == ["--us", shown(name), "--swap"]


def test_lines_of_earlier_corrections_are_kept() -> None:
    """A corrected review carries the lines it follows, as `--disputes` reads them, so that new ones join them."""
    review = made.corrected()
    c = replace(review.conversation, heard_by=HEARD_BY)
    page = reports.html.render(replace(review, conversation=c), recording="call.wav")
    kept = next(a["data-before"] for _, a in Tags(page).found if a.get("id") == "mend")
    text = "\n".join(json.dumps(line) for line in json.loads(kept or ""))
    read = disputes.parse(text, review.conversation)
    assert [replace(d, line=0) for d in read] == [replace(d.dispute, line=0) for d in review.disputes]


def test_names_of_a_hostile_file_stay_text() -> None:
    """What the script is given of a file's names is data: it comes back as it was, and opens nothing."""
    review = made.hostile()
    c = replace(review.conversation, heard_by="<b>x</b>")
    page = reports.html.render(replace(review, conversation=c), recording='"><script>alert(1)</script>.wav')
    tags = Tags(page).found
    assert [t for t, _ in tags].count("script") == 1
    who = next(a["data-who"] for _, a in tags if a.get("id") == "mend")
    assert [id for id, _ in json.loads(who or "")] == [s.id for s in c.speakers]
    source = next(a["src"] for t, a in tags if t == "audio")
    assert source == "%22%3E%3Cscript%3Ealert%281%29%3C/script%3E.wav"
    policy = next(a["content"] for t, a in tags if t == "meta" and a.get("http-equiv"))
    assert policy is not None and "media-src 'self' file: blob:;" in policy and "unsafe" not in policy
