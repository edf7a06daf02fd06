"""Whose matter a message serves (S1.3). These messages are ours; benchmarks/agreement.py has figures."""

from __future__ import annotations

import pytest

from duologue import acts
from duologue.acts.base import Evidence
from duologue.moments.focus import focus_of, weigh
from duologue.text import scene
from support import talk

SELF = (
    "Hi Nadia,\n\nI hope you're well. We are the leading provider of cloud payroll in the region, and our "
    "platform is trusted by more "
    "than 400 companies. We've just launched a new module. Do you have 15 minutes this week for a quick "
    "demo?\n\nBest,\nOwen",
    "Hey Joel, loved your post on hiring. At Brightpath we help teams like yours fill roles twice as fast. "
    "Worth a chat on Tuesday?",
    "Dear customer,\n\nOnly three days left. Our spring sale ends on Sunday and stocks are limited. Click "
    "here to save 30% today.",
    "Hi Petra, just following up on my last email. Did you get a chance to look at our proposal? I'd love to "
    "get you started this month. "
    "Our customers see results in a week.",
    "Tom, I need the board slides by end of day. My boss is on my back and I can't walk in there "
    "empty-handed. Send me whatever you have.",
    "Subject: Big news\n\nWe're thrilled to announce that our studio has won the Golden Brick award for the "
    "third time. Our team of forty experts "
    "is ready for your next project. Reply to this mail and we will set up a call.",
    "Hi Greta, congratulations on the new site in Lyon, what a milestone! I lead partnerships at Vantio. We "
    "take the pain out of freight invoicing for manufacturers, from carrier onboarding to audit, and most see "
    "a payback within the quarter. How about a coffee next week?",
    "Hey Sam, I've been at Corvel six years now and last month they made me head of region. Quite a ride! "
    "Would you introduce me to your purchasing lead? It would really help me hit my number.",
    "Dear neighbours, the bakery on the corner is yours truly. Sourdough from seven, cinnamon buns from nine, "
    "and the coffee comes from a roaster in Bergen. We've been voted best in town twice. Come by this weekend "
    "and get a second bun half price.",
    "Hi Jo! Are you tired of spreadsheets? What if month end took an hour? Ledgerly does it all: bank feeds, "
    "receipts, VAT, forecasts. See for yourself at ledgerly.example.",
    "Dear Ms Holm, I am writing to apply for the post of archivist. I have ten years' experience, a first in "
    "library science and references from two national museums. I am meticulous, quick and a natural leader. I "
    "would welcome an interview.",
    "Quick one: the campaign closes Friday and we're 4,000 short. You gave so generously last year. Can we "
    "count on you again? Every hour matters.",
)
OTHER = (
    "Hi Dana,\n\nYou asked how other schools handle late pick-ups. Three things seem to help: a second gate, "
    "a text at four, and a named "
    "person at the desk. The rota template is attached, and it is yours to change.\n\nMika",
    "Dear Mr Osei,\n\nI read your letter about the noise on Sundays. You are right that nobody rang you back, "
    "and I am sorry. The crew now "
    "starts at ten. What would a bearable Sunday look like for you?",
    "Hey Lin, you said the first week on nights was rough. How are you holding up? No need to reply if you're "
    "asleep, I was just thinking of you.",
    "Hi Carlos, your order was charged twice. I've refunded the second payment, and it should be with you by "
    "Friday. There is nothing you need to do.",
    "Morning Ines. I saw the rota and you have five lates in a row. What would work better for you? It's your "
    "call, I can swap two of them.",
    "Hello Bertil,\n\nYou wanted to know whether the pump can run dry. It cannot for more than a minute. If "
    "it does, close the valve first and "
    "call whoever serviced it last, whether that is us or not.\n\nKaja",
    "Hi Noor, I've been thinking about what you said on Thursday, that the handover leaves you guessing. When "
    "it goes well, what is different? I'm around all Friday, and there is no hurry.",
    "Dear Frank, the roof: you feared that the north side would go first. I went up on Monday and it won't, "
    "not for five years or so. The gutter is another story, two brackets are gone. Any roofer can replace "
    "them in an hour; it need not be us. Photos attached.",
    "Liv, congratulations. Eleven years of night school, and there you stand. Your mother would have had the "
    "whole street out. Enjoy tonight.",
    "Hi Bea, your numbers dropped in March and so did everybody's who had the new route. What are you seeing "
    "out there that the report doesn't show me?",
    "Hi Theo, I was short with you in the meeting, and in front of the others. You had a point about the "
    "dates and I ran over it. What did you want to say before I cut in?",
)
MIXED = (
    "Hi Sara,\n\nYou asked whether the export keeps the dates. It does, in the second column, and a sample "
    "file is attached. While I have you: "
    "our new analytics package is the best we've ever built. Are you free for a 20-minute demo on Thursday?",
    "Dear Mrs Lund, thank you for telling us why you left. It makes sense that three missed visits were "
    "enough. We have since doubled our team and "
    "our rating is up to 4.7. I'd love to have you back, with 20% off the first year.",
    "Hi Ole, you asked if the valve fits the older boiler. It does, from 2009 on, and you need the 15 mm "
    "adapter. By the way, our service plan covers the whole boiler from 12 a month, with a free annual check. "
    "Shall I add it?",
    "Dear Dr Sand, you wrote that the reports reach you too late to act on. From Monday they come at six in "
    "the morning, and I've put your ward first. We're also very proud to say that we've just been named "
    "supplier of the year, and our new dashboard is out. I'd love to show it to you.",
    "Hey Mo, how did the exam go? I remember you were dreading the oral part. Also I need a favour: can you "
    "cover my Saturday shift, I've got tickets and nobody else picks up.",
)


def _evidence(text: str) -> Evidence:
    cut = scene(talk(f"A: {text}", kind="message"))
    return Evidence(scene=cut, acts=acts.DEFAULT.label(cut))


@pytest.mark.parametrize(
    ("text", "focus"),
    [(t, "self") for t in SELF] + [(t, "other") for t in OTHER] + [(t, "mixed") for t in MIXED],
)
def test_whose_matter_a_message_serves(text: str, focus: str) -> None:
    """S1.3: selling, bumping and ordering serve the sender; answering, mending and asking serve the other."""
    assert focus_of(_evidence(text)) == focus


def test_you_alone_makes_no_message_about_the_other() -> None:
    """The ruling: whose matter, not how often “you” appears."""
    text = (
        "You, you and you: you could be our next customer. "
        "Book your demo of our platform, and you get our award-winning team."
    )
    assert focus_of(_evidence(text)) == "self"


def test_headers_and_quoted_lines_are_not_the_senders() -> None:
    """The codebook: acts and focus are those of the sender's own text."""
    text = (
        "From: Ana\nTo: Bo\nSubject: our award-winning platform\n\nYou asked where the key is. It is in the blue "
        "box.\n\n"
        "> We are the leading provider. Book a demo of our platform today.\n"
    )
    weight = weigh(_evidence(text))
    assert weight.ours == 0 and weight.theirs > 0


def test_a_message_with_no_sign_of_either_is_mixed() -> None:
    """Where nothing points either way the review does not pretend to know."""
    assert focus_of(_evidence("Tuesday then.")) == "mixed"
