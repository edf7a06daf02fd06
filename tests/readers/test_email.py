"""E-mail: headers, bodies, threads, and what is not the sender's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duologue.errors import DuologueError, NoConversation, UnreadableInput
from duologue.model import Conversation
from duologue.readers import ReadOptions, Source, Sure, detect, read_source
from duologue.readers.email import Email
from duologue.readers.html_text import html_text
from duologue.readers.mail_body import own_words


def _read(data: bytes | str, format: str | None = None, channel: str | None = None) -> Conversation:
    raw = data.encode() if isinstance(data, str) else data
    return read_source(Source(data=raw, name="mail.txt"), format, ReadOptions(channel=channel))


def _mail(sender: str, subject: str, day: int, body: str, id: str = "", answers: str = "") -> str:
    head = f"From: {sender}\nTo: team@example.org\nSubject: {subject}\nDate: Tue, {day:02} Mar 2026 09:00:00 +0100\n"
    head += f"Message-ID: <{id}>\n" if id else ""
    head += f"In-Reply-To: <{answers}>\n" if answers else ""
    return head + "\n" + body


def test_one_mail_is_a_message_of_one_turn() -> None:
    """Outreach (S1.3): sender by address, name as displayed, encoded headers and bodies decoded, the quote left out."""
    data = (
        b"Received: from somewhere\r\n by elsewhere; Tue, 3 Mar 2026 09:00:01 +0100\r\n"
        b"From: =?utf-8?q?Zo=C3=AB_Marsh?= <Zoe@Example.org>\r\nTo: ben@example.org\r\nSubject: Depot\r\n"
        b"Date: Tue, 3 Mar 2026 09:00:00 +0100\r\nMessage-ID: <m1@example.org>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"Hello Ben,\r\nhow did the caf=E9 day go?\r\n\r\n"
        b"On Mon, 2 Mar 2026 at 17:00, Ben <ben@example.org> wrote:\r\n> Old words\r\n"
    )
    made = _read(data)
    assert (made.kind, made.source, made.id) == ("message", "email", "m1@example.org")
    assert [(s.id, s.name) for s in made.speakers] == [("zoe@example.org", "Zoë Marsh")]
    assert made.turns[0].text == "Hello Ben,\nhow did the café day go?"
    assert (made.started_at, made.turns[0].start, made.turns[0].end) == ("2026-03-03T08:00:00Z", 0.0, None)
    assert any("quoted" in n for n in made.notices)


def test_html_is_read_where_there_is_no_plain_text() -> None:
    """Scripts and styles are no words; attachments are none of the sender's either."""
    body = (
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n\n'
        "<style>p{color:red}</style><p>Could we talk&nbsp;about the <b>late</b> picks?</p><script>alert(1)</script>\n"
        "<blockquote><p>earlier words</p></blockquote>\n"
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nsecret notes\n--b--\n"
    )
    made = _read(f"From: ana@example.org\nTo: bo@example.org\nSubject: Picks\nMIME-Version: 1.0\n{body}")
    assert made.turns[0].text == "Could we talk about the late picks?"


def test_a_mailbox_is_a_thread_in_order_of_date() -> None:
    """A mail is a turn; neither the file's order nor a duplicate counts; two mails of one sender stay two turns."""
    parts = [
        _mail("Bo <bo@x.org>", "Re: Plan", 3, "Fine by me.\n", "b", "a"),
        _mail("Ana <ana@x.org>", "Plan", 2, "Shall we move it?\n>From here on it is open.\n", "a"),
        _mail("Bo <bo@x.org>", "Re: Plan", 3, "Fine by me.\n", "b", "a"),
        _mail("Bo <bo@x.org>", "Re: Plan", 4, "And Friday?\n", "c", "b"),
    ]
    made = _read("".join(f"From x@y.org Tue Mar  3 09:00:00 2026\n{p}\n" for p in parts))
    assert made.kind is None
    assert [(t.speaker, t.start) for t in made.turns] == [
        ("ana@x.org", 0.0), ("bo@x.org", 86400.0), ("bo@x.org", 172800.0),
    ]  # fmt: skip
    assert made.turns[0].text.startswith("Shall we move it?")


def test_a_mailbox_of_several_threads_is_refused_with_their_subjects() -> None:
    """Which conversation is meant is the user's to say, not ours to guess."""
    parts = [
        _mail("Ana <ana@x.org>", "Plan", 2, "Shall we?\n", "a"),
        _mail("Cy <cy@x.org>", "Invoice", 3, "Attached.\n", "i"),
        _mail("Bo <bo@x.org>", "Re: Plan", 4, "Yes.\n", "b", "a"),
    ]
    box = "".join(f"From x@y.org Tue Mar  3 09:00:00 2026\n{p}\n" for p in parts)
    with pytest.raises(UnreadableInput, match=r"Plan \(2 mails\), Invoice \(1 mails\).*--channel"):
        _read(box)
    assert [t.text for t in _read(box, channel="plan").turns] == ["Shall we?", "Yes."]


def test_a_typed_message_with_header_lines_is_a_message() -> None:
    """Drafts are often kept as plain text; the header lines are no words of the sender's."""
    made = _read("Subject: A question about the night shift\n\nHi Mara, what happens when a pick is late?\n")
    assert (made.kind, made.turns[0].text) == ("message", "Hi Mara, what happens when a pick is late?")
    made = _read("From: Ana\nTo: Mara\nSubject: Night shift\n\nWhat happens when a pick is late?\n")
    assert made.speakers[0].name == "Ana"


def test_what_only_looks_like_a_header_is_not_one() -> None:
    """A transcript with names before colons stays with the reader of plain text."""
    for text in ("Ana: From: where?\nBo: Home.\n", "Date: 3 May\nAna: Hello there.\nBo: Hello.\n"):
        assert Email().sniff(Source(data=text.encode(), name="a.txt")) == Sure.NO
    bare = "I agree with all of it.\n\nOn 3 May 2026, at 10:00, Ana <ana@x.org> wrote:\n> Do you?\n"
    assert detect(Source(data=bare.encode(), name="x.txt")).name == "email"


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Yes.\n\n-- \nAna\nHead of Ops", "Yes."),
        ("Yes.\n\nSent from my phone", "Yes."),
        ("Yes, gladly.\n\nBest regards,\nAna Ruiz\n+34 600 000 000", "Yes, gladly."),
        ("See you.\n\nOn Tuesday, 3 March 2026 at 10:00, A Very Long Name Indeed\n<a@x.org> wrote:\n> old", "See you."),
        ("Danke.\n\nAm 3. März 2026 um 10:00 schrieb Bo <bo@x.org>:\n> alt", "Danke."),
        ("Merci.\n\nLe 3 mars 2026 à 10:00, Bo <bo@x.org> a écrit :\n> vieux", "Merci."),
        ("Ok.\n\n________________________________\nFrom: Bo\nSent: Monday\nTo: Ana\nSubject: Re\n\nold", "Ok."),
        ("Ok.\n\n-----Original Message-----\nFrom: Bo\nold", "Ok."),
        ("Ok.\n\n    On Friday, 3 May 2026, Bo <bo@x.org> wrote:\n \n  old\n  words", "Ok."),
        ("Hi all\n\n_______________\nops mailing list\nops@lists.x.org", "Hi all"),
        (
            "On 3 May 2026, Bo <bo@x.org> wrote:\n> Which one?\n\nThe blue one.\n> When?\nMonday.",
            "The blue one.\nMonday.",
        ),
    ],
)
def test_what_is_not_the_senders_own_is_left_out(text: str, own: str) -> None:
    """Quoted mail and signatures are somebody else's words, or none (codebook: the sender's own text)."""
    assert own_words(text).text == own


@pytest.mark.parametrize(
    "text",
    [
        "Three things:\n- the depot\n- the rota\n- the vans\n\nWhich comes first?",
        "Thanks, that helps a lot.\nWhat would you change?",
        "Best would be Monday. As Ada once wrote: begin at the beginning.\nAgreed?",
        "From: what I can see it is late.\nWhat do you see?",
    ],
)
def test_the_senders_own_words_are_kept(text: str) -> None:
    """A list, a line of thanks or a word such as “from” is no signature and no quotation."""
    assert own_words(text).text == text


def test_lines_broken_for_width_are_joined() -> None:
    """A mail program's line ends are no ends of sentences; short lines (addresses, lists) stay lines."""
    text = (
        "What happens on the floor when a delivery arrives later than the\nplan says, and who hears of it?\n- you\n- Bo"
    )
    joined = text.replace("the\nplan", "the plan")
    assert own_words(text).text == joined


def test_a_mail_that_only_quotes_is_refused() -> None:
    """Somebody else's words are not reviewed under the sender's name."""
    with pytest.raises(NoConversation, match="only quoted"):
        _read("From: a@x.org\nTo: b@x.org\nSubject: Fwd\n\n> old words\n> of another\n")


def test_html_text_is_linear_and_plain() -> None:
    """Unclosed tags, comments and attributes end somewhere, in time (bad input of the issue)."""
    for piece in ("<", "<a ", "<!--", '<div class="', "<script>", "</div>", "<p>hi", "&lt"):
        html_text(piece * 20_000)
    assert html_text("<p>One</p><p>Two &amp; three</p><ul><li>a<li>b</ul>") == "One\n\nTwo & three\n\n- a\n- b"


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"From: a@x.org\nSubject: b\n", b"From a@x.org Tue Mar  3 09:00:00 2026\n"]),
)
def test_anything_is_read_or_refused_in_our_words(data: bytes, head: bytes) -> None:
    """Never an exception other than ours; every turn holds words."""
    try:
        made = read_source(Source(data=head + data, name="x.eml"), "email")
    except DuologueError:
        return
    assert made.turns and all(t.text.strip() for t in made.turns)
