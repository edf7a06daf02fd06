"""Reviews made by hand: reports are held to what they say, whatever the detectors find. All words are ours."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace

from duologue.model import (
    Act,
    ContextCell,
    Conversation,
    Dial,
    DialChange,
    Dispute,
    Disputed,
    Kind,
    Measure,
    Moment,
    Next,
    Pointed,
    Review,
    Side,
    Span,
    Speaker,
    Turn,
    Unsure,
)
from duologue.model.codebook import DIALS, MOMENTS
from duologue.wire import act_id, moment_id

BY = "rule/1"

DISCOVERY = (
    ("mira", 0.0, 6.5, "Hi Jonas, thanks for making the time. How was the drive in?"),
    ("jonas", 7.1, 12.0, "Fine, thank you. The bridge is open again, so that helps."),
    ("mira", 12.6, 21.4, "Good. Before I say anything about us: what made you take this call today?"),
    ("jonas", 22.3, 41.0,
     "Honestly, the cold store. We lose about one pallet in thirty because nobody sees the temperature drift until "
     "the morning shift comes in."),
    ("mira", 41.9, 46.2, "One in thirty. What happens on such a morning?"),
    ("jonas", 47.0, 66.8,
     "My phone rings at five. I drive over, we sort what can be saved, and I write the report for the customer. My "
     "daughter has stopped asking whether I will be at breakfast."),
    ("mira", 67.7, 79.0, "So every drift ends up on your phone, and at your breakfast table. Did I get that right?"),
    ("jonas", 79.6, 84.9, "Exactly. That is the part nobody puts in a spreadsheet."),
    ("mira", 85.8, 90.0, "And how do the customers take these reports?"),
    ("jonas", 90.9, 104.4, "Two of them asked for penalties in the new contract. I would rather not sign that."),
    ("mira", 105.2, 110.1, "What would have to be true for you to sign it calmly?"),
    ("jonas", 111.0, 128.3,
     "That we hear about a drift within ten minutes, at night too. Then I could promise it. I want to be the one who "
     "fixed this before I hand the site over next year."),
    ("mira", 129.1, 149.8,
     "You're probably losing sixty thousand a year on this. Our platform is the market leader and it alerts within "
     "thirty seconds, with a dashboard your whole board will love."),
    ("jonas", 150.9, 161.2, "It's not sixty. And why would thirty seconds matter, if the night guard has no key?"),
    ("mira", 162.0, 181.5,
     "The dashboard is really the thing. We won an award for it last year, and with the offer until Friday you get "
     "the first three months for free."),
    ("jonas", 182.9, 188.0, "Hm. Maybe. You can send me something."),
    ("mira", 189.2, 205.7,
     "I ran ahead of you there, I'm sorry. You asked about the guard and the key. Who can open the store at night today?"),
    ("jonas", 206.5, 224.0,
     "Only me and the shift lead, and she lives forty minutes away. I never thought of it that way: the alarm is not "
     "the problem, the key is."),
    ("mira", 224.8, 229.6, "Say more about the key?"),
    ("jonas", 230.3, 247.9,
     "Insurance. They want a named person. But I could name the guard, if he had the training. That would cost me a "
     "day, not a budget."),
    ("mira", 248.8, 256.0, "Would it help if I shared how two other sites trained theirs?"),
    ("jonas", 256.7, 259.3, "Yes, please do."),
    ("mira", 260.1, 274.6,
     "Both did a half day with the insurer in the room, and wrote the steps on the door. One still needed an alarm "
     "afterwards and the other did not."),
    ("jonas", 275.5, 291.2,
     "I'll call the insurer on Monday. Let's talk on Thursday, and please bring the person who did that half day."),
    ("mira", 292.0, 300.4, "Thursday at nine, and I'll ask her to bring the sheet from the door."),
    ("jonas", 301.0, 303.5, "Good. Thank you."),
)  # fmt: skip

TEAM = (
    ("ada", 0.0, 9.0, "Thanks for coming, all three. What should we get out of this half hour?"),
    ("bo", 9.8, 21.0, "For me: whether the move happens before the audit. I have slept badly over it."),
    ("cem", 21.9, 24.0, "Mm-hm."),
    ("bo", 24.5, 33.0, "If it slips, my two new people have nothing to do in May."),
    ("ada", 33.9, 44.0, "So the date is really about your two people. We will take that first."),
    ("bo", 44.6, 47.0, "Yes, that's it."),
    ("ada", 48.0, 52.5, "What do you see, Cem?"),
    ("cem", 53.0, 55.0, "Right."),
    ("ada", 56.0, 70.0, "Then I'd say we move in April and clean up the contracts afterwards."),
)

MAIL = (
    "Subject: Your open role\n\n"
    "Hi Priya,\n\n"
    "I saw that you are looking for a second planner. You must be drowning in spreadsheets by now. "
    "We are the fastest growing planning tool in Europe and teams love us.\n\n"
    "What does a normal Monday look like for your planner? "
    "Do you have fifteen minutes on Tuesday?\n\n"
    "Best,\nLeo"
)


def span(turns: tuple[Turn, ...], turn: int, words: str) -> Span:
    """Where these words stand in a turn; ValueError where they do not."""
    start = turns[turn].text.index(words)
    return Span(turn=turn, start=start, end=start + len(words))


def conversation(
    rows: tuple[tuple[str, float, float, str], ...],
    names: dict[str, tuple[str, Side]],
    *,
    kind: Kind | None = "selling",
    times: bool = True,
    id: str = "made",
    notices: tuple[str, ...] = (),
) -> Conversation:
    turns = tuple(
        Turn(speaker=who, text=text, start=a if times else None, end=b if times else None) for who, a, b, text in rows
    )
    speakers = tuple(Speaker(id=i, name=name, side=side) for i, (name, side) in names.items())
    return Conversation(id=id, kind=kind, speakers=speakers, turns=turns, notices=notices)


def _acts(turns: tuple[Turn, ...], *rows: tuple[int, str, str]) -> tuple[Act, ...]:
    return tuple(Act(kind=kind, span=span(turns, t, words), confidence=0.8, by=BY) for t, kind, words in rows)


def _moment(
    turns: tuple[Turn, ...],
    kind: str,
    at: tuple[int, ...],
    quotes: tuple[tuple[int, str], ...],
    why: str,
    invitation: str | None = None,
    confidence: float = 0.8,
) -> Moment:
    return Moment(
        kind=kind,
        sign=MOMENTS[kind].sign,
        turns=at,
        quotes=tuple(span(turns, t, words) for t, words in quotes),
        why=why,
        invitation=invitation,
        confidence=confidence,
    )


def discovery(*, times: bool = True, sides: bool = True) -> Review:
    """A discovery call with both sides of the craft: 26 turns, five minutes, two people."""
    side: dict[str, tuple[str, Side]] = {
        "mira": ("Mira Lindqvist", "ours" if sides else "unknown"),
        "jonas": ("Jonas Weber", "theirs" if sides else "unknown"),
    }
    c = conversation(DISCOVERY, side, times=times, notices=() if times else ("The file holds no times.",))
    t = c.turns
    acts = _acts(
        t,
        (0, "small_talk", "How was the drive in?"),
        (2, "question.open", "what made you take this call today?"),
        (3, "disclosure.issue", "We lose about one pallet in thirty"),
        (4, "question.open", "What happens on such a morning?"),
        (4, "follow_up", "What happens on such a morning?"),
        (5, "disclosure.personal_impact", "My daughter has stopped asking whether I will be at breakfast."),
        (6, "reflection", "So every drift ends up on your phone, and at your breakfast table."),
        (7, "agreement", "Exactly."),
        (8, "question.open", "how do the customers take these reports?"),
        (8, "follow_up", "how do the customers take these reports?"),
        (9, "concern", "I would rather not sign that."),
        (10, "question.open", "What would have to be true for you to sign it calmly?"),
        (10, "follow_up", "What would have to be true for you to sign it calmly?"),
        (11, "disclosure.goal", "That we hear about a drift within ten minutes, at night too."),
        (11, "disclosure.personal_goal", "I want to be the one who fixed this before I hand the site over next year."),
        (12, "assumption", "You're probably losing sixty thousand a year on this."),
        (12, "pitch", "Our platform is the market leader"),
        (13, "disagreement", "It's not sixty."),
        (13, "invitation.why", "why would thirty seconds matter, if the night guard has no key?"),
        (14, "pitch", "The dashboard is really the thing."),
        (14, "persuasion", "with the offer until Friday"),
        (15, "withdrawal", "You can send me something."),
        (16, "repair", "I ran ahead of you there, I'm sorry."),
        (16, "question.closed", "Who can open the store at night today?"),
        (18, "question.open", "Say more about the key?"),
        (20, "permission", "Would it help if I shared how two other sites trained theirs?"),
        (22, "story.third_party", "Both did a half day with the insurer in the room"),
    )
    moments = (
        _moment(
            t, "uncovered", (2, 3),
            ((2, "what made you take this call today?"), (3, "We lose about one pallet in thirty")),
            "Jonas named the loss because he was asked, and in his own figures.", confidence=0.75,
        ),
        _moment(
            t, "drilled_down", (4, 5, 8, 9, 10, 11),
            ((4, "What happens on such a morning?"), (8, "how do the customers take these reports?"),
             (10, "What would have to be true for you to sign it calmly?")),
            "Three questions in a row grew out of his words, and each got an answer.",
        ),
        _moment(
            t, "understood", (6, 7),
            ((6, "So every drift ends up on your phone, and at your breakfast table."), (7, "Exactly.")),
            "He confirmed it, and added what no spreadsheet holds.", confidence=0.85,
        ),
        _moment(
            t, "assumed", (12, 13), ((12, "You're probably losing sixty thousand a year on this."), (13, "It's not sixty.")),
            "The figure had not come from him, and he put it right.",
            "What would you have learnt by asking? One way it could have gone: “What does a lost pallet cost you?”",
            confidence=0.7,
        ),
        _moment(
            t, "premature_solution", (12,), ((12, "Our platform is the market leader"),),
            "The platform came before the key had come up at all.",
            "What did you not know yet at this point? One way it could have gone: “Who gets the alarm at night today?”",
            confidence=0.65,
        ),
        _moment(
            t, "deflected_invitation", (13, 14),
            ((13, "why would thirty seconds matter, if the night guard has no key?"), (14, "The dashboard is really the thing.")),
            "He asked why it would matter, and what came next was the dashboard.",
            "What was he really asking? One way it could have gone: “You may be right. Who has a key at night?”",
        ),
        _moment(
            t, "put_off", (14, 15), ((14, "with the offer until Friday"), (15, "You can send me something.")),
            "After the offer until Friday he pulled back in words.",
            "What might he have heard? One way it could have gone: leaving the date out, and asking about the guard.",
            confidence=0.6,
        ),
        _moment(
            t, "repaired", (14, 16, 17), ((14, "The dashboard is really the thing."), (16, "I ran ahead of you there, I'm sorry.")),
            "Mira named it as her own doing, and took up the key again.", confidence=0.9,
        ),
        _moment(
            t, "own_reason", (17,), ((17, "I never thought of it that way: the alarm is not the problem, the key is."),),
            "He saw something new, in his own words, with nothing pressed on him.", confidence=0.85,
        ),
        _moment(
            t, "asked_permission", (20, 21), ((20, "Would it help if I shared how two other sites trained theirs?"), (21, "Yes, please do.")),
            "She asked first, and he said yes.", confidence=0.7,
        ),
    )  # fmt: skip
    cells = (
        _cell(
            t, "business_issues", 3, ((3, "We lose about one pallet in thirty"), (9, "Two of them asked for penalties"))
        ),
        _cell(t, "personal_impact", 2, ((5, "My daughter has stopped asking whether I will be at breakfast."),)),
        _cell(t, "business_goals", 1, ((11, "That we hear about a drift within ten minutes, at night too."),)),
        _cell(t, "personal_goals", 1, ((11, "I want to be the one who fixed this"),), by=()),
    )
    return Review(
        conversation=c,
        kind="selling",
        acts=acts,
        moments=moments,
        measures=measures(times=times),
        context=cells,
        dials=_dials(c, moments),
        next=(
            Next(
                question="How would an alarm help, once somebody at night has a key?",
                quotes=(span(t, 13, "why would thirty seconds matter, if the night guard has no key?"),),
            ),
            Next(question="What does a lost pallet cost you?", quotes=(span(t, 13, "It's not sixty."),)),
        ),
        notices=c.notices,
        version="0.1.0",
    )


def _cell(
    t: tuple[Turn, ...], name: str, depth: int, quotes: tuple[tuple[int, str], ...], by: tuple[str, ...] = ("mira",)
) -> ContextCell:
    return ContextCell(name=name, depth=depth, quotes=tuple(span(t, i, w) for i, w in quotes), brought_out_by=by)


def _dials(c: Conversation, moments: tuple[Moment, ...]) -> tuple[Dial, ...]:
    counts = {
        "balance": (12, 13, ()),
        "curiosity": (4, 7, ("drilled_down",)),
        "understanding": (3, 5, ("understood",)),
        "responsiveness": (3, 5, ("deflected_invitation",)),
        "openness": (0, 0, ()),
        "focus_on_the_other": (9, 12, ("premature_solution", "assumed")),
    }
    intervals = {"balance": (0.923, 0.667, 0.986), "focus_on_the_other": (0.75, 0.468, 0.911)}
    dials = []
    for name in DIALS:
        count, of, kinds = counts[name]
        value, low, high = intervals.get(name, (None, None, None))
        dials.append(
            Dial(
                name=name, count=count, of=of, value=value, low=low, high=high,
                moments=tuple(moment_id(c, m) for m in moments if m.kind in kinds),
                reason=None if value is not None else "too few to say" if of else "no opportunity",
            )
        )  # fmt: skip
    return tuple(dials)


def measures(*, times: bool) -> tuple[Measure, ...]:
    """A few figures, with and without values."""
    no_times = None if times else "the file holds no times"
    return (
        Measure(name="session_seconds", value=303.5 if times else None, unit="s", reason=no_times),
        Measure(name="session_words", value=472, unit="words"),
        Measure(name="made_share", value=0.41, unit="share of words", speaker="mira", n=472),
        Measure(name="made_share", value=0.59, unit="share of words", speaker="jonas", n=472),
        Measure(name="made_share", value=0.41, unit="share of words", speaker="side:ours", n=472),
        Measure(name="made_questions", value=3.1, unit="per 100 words", speaker="mira", n=7, low=1.4, high=5.2),
        Measure(name="made_gap", value=None, unit="s", reason="it needs word times with a channel for each speaker"),
        Measure(
            name="made_overlap", value=None, unit="count", reason="it needs word times with a channel for each speaker"
        ),
    )


def corrected() -> Review:
    """The same call with a line of each sort: taken out, put in, who spoke, set aside, said twice."""
    review = discovery()
    c = review.conversation
    rests, taken = review.acts[18], review.moments[3]
    gone = Pointed(id=moment_id(c, taken), kind=taken.kind, turns=taken.turns, quotes=taken.quotes)
    label = Pointed(id=act_id(c, rests), kind=rests.kind, turns=(rests.span.turn,), quotes=(rests.span,))
    added = _moment(
        c.turns, "common_ground", (23, 24), ((23, "Let's talk on Thursday"), (24, "Thursday at nine")),
        "Mira said so: “both of us want <b>that</b> day”", None,
    )  # fmt: skip
    added = replace(added, by="person:Mira", confidence=1.0)
    joined = Pointed(id=moment_id(c, added), kind=added.kind, turns=added.turns, quotes=added.quotes)
    openness = DialChange(name="openness", before=(1, 3), after=(1, 2))
    return replace(
        review,
        moments=tuple(sorted((*(m for m in review.moments if m is not taken), added), key=lambda m: m.turns)),
        disputes=(
            Disputed(
                dispute=Dispute(
                    verdict="not_so", finding=gone.id, by="Mira", at="2026-11-21T18:00", note="He had told me *before*.", line=1
                ),
                about=gone.id, found=gone, found_speaker=None, standing="applied", gone=(gone, label), dials=(openness,),
            ),
            Disputed(
                dispute=Dispute(verdict="also_here", turns=(23, 24), kind="common_ground", by="Mira", note="both of us want <b>that</b> day", line=2),
                about=joined.id, found=None, found_speaker=None, standing="applied", joined=(joined,),
            ),
            Disputed(
                dispute=Dispute(verdict="other_speaker", turns=(25,), speaker="Jonas Weber", line=3),
                about=None, found=None, found_speaker="mira", standing="applied",
            ),
            Disputed(
                dispute=Dispute(verdict="other_speaker", turns=(0,), speaker="jonas", line=4),
                about=None, found=None, found_speaker="mira", standing="superseded", instead=5,
            ),
            Disputed(
                dispute=Dispute(verdict="not_so", finding=label.id, line=6),
                about=label.id, found=label, found_speaker=None, standing="repeated", instead=7,
            ),
        ),
    )  # fmt: skip


def symmetric() -> Review:
    """The same call where nobody's side is known."""
    return discovery(sides=False)


def team() -> Review:
    """Four people, one of whom never got the floor and one of whom said nothing at all."""
    c = conversation(
        TEAM,
        {"ada": ("Ada", "ours"), "bo": ("Bo", "theirs"), "cem": ("Cem", "theirs"), "dee": ("Dee", "theirs")},
        kind=None,
        id="team",
    )
    t = c.turns
    acts = _acts(
        t,
        (0, "question.open", "What should we get out of this half hour?"),
        (1, "disclosure.goal", "whether the move happens before the audit."),
        (1, "disclosure.personal_impact", "I have slept badly over it."),
        (2, "backchannel", "Mm-hm."),
        (3, "disclosure.issue", "If it slips, my two new people have nothing to do in May."),
        (4, "reflection", "So the date is really about your two people."),
        (5, "agreement", "Yes, that's it."),
        (6, "question.open", "What do you see, Cem?"),
        (7, "backchannel", "Right."),
        (8, "advice", "Then I'd say we move in April"),
    )
    understood = _moment(
        t, "understood", (4, 5), ((4, "So the date is really about your two people."), (5, "Yes, that's it.")),
        "Bo confirmed it.",
    )  # fmt: skip
    return Review(
        conversation=c,
        kind="managing",
        acts=acts,
        moments=(understood,),
        measures=(),
        context=tuple(ContextCell(name=n, depth=0, quotes=(), brought_out_by=()) for n in
                      ("business_issues", "personal_impact", "business_goals", "personal_goals")),
        dials=(),
        next=(),
        notices=("The kind of conversation was inferred from its words.",),
        version="0.1.0",
    )  # fmt: skip


def unsure() -> Review:
    """The discovery call from a recording: two moments are set apart, one more of a kind that is held back."""
    r = discovery()
    turns = tuple(replace(t, speaker_confidence=0.31) if i == 7 else t for i, t in enumerate(r.conversation.turns))
    because = {
        "understood": "it is not sure that Jonas Weber said this",
        "deflected_invitation": "heard with little certainty",
        "put_off": "heard with little certainty",
    }
    wide = "2 more hang on words or speakers that are not sure"
    return replace(
        r,
        conversation=replace(r.conversation, turns=turns),
        moments=tuple(m for m in r.moments if m.kind not in because),
        unsure=tuple(Unsure(moment=m, because=because[m.kind]) for m in r.moments if m.kind in because),
        dials=tuple(replace(d, beside=wide) if d.name == "understanding" else d for d in r.dials),
        notices=(
            "Of 412 words 23 were heard with little certainty, and of 1 turn it is not sure who spoke: "
            "3 findings that rest on them are set apart.",
        ),
    )


def message() -> Review:
    """An outreach e-mail: one turn, with something in it for both."""
    c = Conversation(
        id="mail",
        kind="message",
        speakers=(Speaker(id="leo", name="Leo", side="ours"),),
        turns=(Turn(speaker="leo", text=MAIL),),
    )
    acts = _acts(
        c.turns,
        (0, "assumption", "You must be drowning in spreadsheets by now."),
        (0, "pitch", "We are the fastest growing planning tool in Europe and teams love us."),
        (0, "persuasion", "We are the fastest growing planning tool in Europe and teams love us."),
        (0, "question.open", "What does a normal Monday look like for your planner?"),
        (0, "question.closed", "Do you have fifteen minutes on Tuesday?"),
        (0, "call_to_action", "Do you have fifteen minutes on Tuesday?"),
    )
    return Review(
        conversation=c, kind="message", acts=acts, moments=(), measures=(), context=(),
        dials=tuple(Dial(name=n, count=0, of=0, value=None, low=None, high=None, moments=(), reason="a message") for n in DIALS),
        next=(), notices=(), version="0.1.0", focus="mixed",
    )  # fmt: skip


def withheld() -> Review:
    """A conversation in German: figures are given, the rest is left out and the reason said."""
    rows = (
        ("a", 0.0, 4.0, "Guten Morgen, wie geht es Ihnen heute?"),
        ("b", 4.5, 9.0, "Danke, gut. Wir haben Ärger mit der Kühlung."),
    )
    c = replace(
        conversation(rows, {"a": ("Anke", "ours"), "b": ("Bernd", "theirs")}, id="de"), language="de", kind=None
    )
    reason = "the language is not English (de)"
    return Review(
        conversation=c, kind=None, acts=(), moments=(),
        measures=(
            Measure(name="session_seconds", value=9.0, unit="s"),
            Measure(name="made_questions", value=None, unit="per 100 words", speaker="a", reason=reason),
        ),
        context=tuple(ContextCell(name=n, depth=0, quotes=(), brought_out_by=()) for n in
                      ("business_issues", "personal_impact", "business_goals", "personal_goals")),
        dials=tuple(Dial(name=n, count=0, of=0, value=None, low=None, high=None, moments=(), reason=reason) for n in DIALS),
        next=(), notices=("The conversation is in German: figures are given; acts, moments and dials are not.",),
        version="0.1.0",
    )  # fmt: skip


HOSTILE = (
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(2)>",
    "\" onfocus=alert(3) autofocus x='",
    "javascript:alert(4)",
    "\u202egnihtemos\u202c \x1b[2J\x1b]0;title\x07 \x9b31m",
    "[bold red]markup[/] **stars** # hash | pipe `tick` [a](javascript:alert(5))",
)


def hostile_apart() -> Review:
    """The same from a recording, with every moment set apart for a reason that names somebody."""
    r = hostile()
    turns = tuple(replace(t, speaker_confidence=0.2) for t in r.conversation.turns)
    unsure = tuple(Unsure(moment=m, because=HOSTILE[m.turns[0]]) for m in r.moments)
    return replace(r, conversation=replace(r.conversation, turns=turns), moments=(), unsure=unsure)


def hostile() -> Review:
    """A file that tries to run, to move the cursor and to break a note, in names, ids, words and notices."""
    speakers = (
        Speaker(id="<b>&id\x1b[31m", name=HOSTILE[0] + HOSTILE[4], side="ours"),
        Speaker(id="two", name=HOSTILE[5] + "\r\n# heading", side="theirs"),
    )
    rows = [(speakers[i % 2].id, text) for i, text in enumerate(HOSTILE)]
    turns = tuple(Turn(speaker=s, text=text, start=float(i), end=i + 0.9) for i, (s, text) in enumerate(rows))
    c = Conversation(
        id="</script><script>alert(6)</script>", kind="selling", speakers=speakers, turns=turns, notices=HOSTILE
    )
    whole = [Span(turn=i, start=0, end=len(t.text)) for i, t in enumerate(turns)]
    moments = tuple(
        Moment(kind="understood", sign="+", turns=(i,), quotes=(q,), why=HOSTILE[i], invitation=None, confidence=0.8)
        for i, q in enumerate(whole)
    )
    return Review(
        conversation=c, kind="selling",
        acts=tuple(Act(kind="pitch", span=q, confidence=0.5, by="<i>rule</i>") for q in whole),
        moments=moments,
        measures=(Measure(name=HOSTILE[0], value=1.0, unit=HOSTILE[1], speaker="two", reason=None),),
        context=(ContextCell(name="business_issues", depth=1, quotes=tuple(whole), brought_out_by=(speakers[0].id,)),),
        dials=(), next=tuple(Next(question=h, quotes=(q,)) for h, q in zip(HOSTILE, whole, strict=True)),
        notices=HOSTILE, version="0.1.0",
    )  # fmt: skip
