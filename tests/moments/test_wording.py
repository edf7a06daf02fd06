"""The words of moments (P2): every frame, and every invitation that comes out of real conversations.

The invitation is an open question and one concrete way it could have gone, built from the words of the conversation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from corpus.check import items

from duologue import read, review
from duologue.acts.base import Evidence
from duologue.model import Act, Conversation, Moment, Span, Speaker, Turn
from duologue.model.codebook import MOMENTS
from duologue.moments import Limits, find
from duologue.moments.next_time import next_time
from duologue.moments.wording import longest
from duologue.moments.wording_keep import WHY as KEEP
from duologue.moments.wording_next import WORDINGS
from duologue.moments.wording_work_on import INVITATIONS
from duologue.moments.wording_work_on import WHY as WORK_ON
from duologue.phrasing import words
from duologue.text import scene
from staging import moments_in, staged
from support import ROOT

# Words that blame, judge or claim to know a cause (P2, ruling "Engagement": "then", never "because").
BLAME = re.compile(
    r"\b(?:should(?:n['’]t| not)? have|you failed|fail(?:ed|ure)?|mistake|wrong|your fault|bad|poor|terrible|must|"
    r"why did(?:n['’]t| not)? you|because|caused|led to|made them|due to|obviously|clearly)\b|!",
    re.IGNORECASE,
)
# Nothing assumes that the other is a customer, or that there is something to be sold (S4.3).
TRADE = re.compile(r"\b(?:customer|client|buy\w*|sell\w*|sold|product|deal|price|demo|meeting|order|company)\b", re.I)
NAMES = {"you", "your", "they", "them", "their", "theirs_own"}
MARKS = re.compile(r"  |\.\.|,,|\?\?|\?[.,]|,\.|\.,|:\.|;\.| [,.;:?]|“”|‘’|[{}!\n]")
FRAMES = [
    *((f"{kind}.{n}", text) for kind, texts in INVITATIONS.items() for n, text in enumerate(texts)),
    *((f"why.{kind}.{n}", text) for kind, texts in {**KEEP, **WORK_ON}.items() for n, text in enumerate(texts)),
    *((f"next.{pool}.{n}", text) for pool, texts in WORDINGS.items() for n, text in enumerate(texts)),
]
ASKING = [f for f in FRAMES if not f[0].startswith("why.")]
KINDS = {"selling": "selling", "home": "everyday"}


def fields(frame: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", frame))


@pytest.mark.parametrize(("name", "frame"), FRAMES)
def test_frames_heed_p2(name: str, frame: str) -> None:
    """No blame, no shame, no cause that nobody can know, no exclamation mark; nothing that assumes a buyer (S4.3)."""
    plain = re.sub(r"\{\w+\}", "x", frame)
    assert not BLAME.search(plain) and not TRADE.search(plain), name
    assert frame.count("“") == frame.count("”") and not MARKS.search(plain), name


@pytest.mark.parametrize(("name", "frame"), ASKING)
def test_an_invitation_asks_first(name: str, frame: str) -> None:
    """It begins with an open question, and no sentence of it is long."""
    assert re.match(r"(?:What|How|Who|Whose|Where|Which|When|If|Having|\{|I would|There was|You|I took)", frame), name
    assert "?" in frame and longest(frame) <= 40, name


def test_every_moment_has_its_words_and_only_minus_invites() -> None:
    """A frame that needs no words of the conversation for each; at least six wordings of an invitation."""
    assert set(KEEP) == {k for k, entry in MOMENTS.items() if entry.sign == "+"}
    assert set(WORK_ON) == set(INVITATIONS) == {k for k, entry in MOMENTS.items() if entry.sign == "-"}
    always = NAMES | {"depth", "walls", "held", "explored", "count", "answered", "asked"}
    for kind, frames in [*INVITATIONS.items(), *KEEP.items(), *WORK_ON.items()]:
        assert any(fields(f) <= always for f in frames), kind
        assert len(set(frames)) == len(frames), kind
    for kind, frames in INVITATIONS.items():
        assert len(frames) >= 6 and sum(not fields(f) <= NAMES for f in frames) >= 5, kind
    said = [f for frames in INVITATIONS.values() for f in frames]
    assert len(set(said)) == len(said)


def test_invitations_show_one_way() -> None:
    """Each holds words that a person could say, in quotation marks; a wall's show the AND form (S0.4)."""
    for kind, frames in INVITATIONS.items():
        for frame in frames:
            ways = re.findall(r": “([^“”]+[.?]|[^“”]*\{\w+\}[^“”]*)”$", frame) or re.findall(r"“([^“”]+[.?])”", frame)
            assert ways, f"{kind}: {frame}"
            assert kind != "wall" or (" AND " in ways[-1] and "but" not in words(ways[-1])), frame


def labelled(item: dict[str, Any]) -> Evidence:
    """A conversation of our corpus with the acts that its writer gave it: a labeller that needs no model."""
    turns, marks = [], []
    for n, turn in enumerate(item["turns"]):
        text = ""
        for sentence, acts, *_ in turn["sentences"]:
            start = len(text) + bool(text)
            text = f"{text} {sentence}" if text else sentence
            marks += [
                Act(kind=a, span=Span(turn=n, start=start, end=len(text)), confidence=0.9, by="test") for a in acts
            ]
        turns.append(Turn(speaker=turn["speaker"], text=text))
    conversation = Conversation(
        id=item["id"],
        kind=KINDS.get(item["domain"], item["domain"]),  # type: ignore[arg-type]
        speakers=tuple(Speaker(id=k, name=f"Name{k}", side=side) for k, side in item["speakers"].items()),
        turns=tuple(turns),
    )
    return Evidence(
        scene=scene(conversation), acts=tuple(sorted(marks, key=lambda a: (a.span.turn, a.span.start, a.kind)))
    )


@cache
def told() -> tuple[tuple[Evidence, tuple[Moment, ...]], ...]:
    """Sixty conversations of the corpus, from every part of it, with their moments."""
    rows = [item for _, item in items() if len(item["turns"]) >= 8]
    chosen = [labelled(item) for item in rows[:: len(rows) // 60][:60]]
    return tuple((e, find(e, Limits(kind=e.scene.conversation.kind))) for e in chosen)


def spoken_in(evidence: Evidence) -> str:
    """All that was said, as words, with persons as they may have been turned."""
    return " " + " ".join(w for t in evidence.scene.conversation.turns for w in persons(t.text)) + " "


def persons(text: str) -> list[str]:
    same = {"me": "i", "you": "i", "we": "i", "us": "i", "your": "my", "our": "my", "yours": "mine", "ours": "mine",
            "yourself": "myself", "yourselves": "myself", "ourselves": "myself", "am": "are", "was": "were",
            "wasn't": "weren't", "im": "i'm", "ive": "i've", "you're": "i'm", "we're": "i'm", "you've": "i've",
            "we've": "i've", "you'd": "i'd", "we'd": "i'd", "you'll": "i'll", "we'll": "i'll"}  # fmt: skip
    return [same.get(w, w) for w in words(text)]


def reads_well(text: str) -> None:
    """The house style of anything that is said to the user."""
    assert text[-1] in ".?”)" and not MARKS.search(text), text
    assert text.count("“") == text.count("”") and text.count("‘") == len(re.findall(r"’(?![^\W_])", text)), text
    assert longest(text) <= 40, text


def frame_of(text: str, frames: Iterator[str]) -> str | None:
    """The frame that a text was made from: what stands around the words of the conversation heeds P2 by its test."""
    for frame in frames:
        # A question quoted last swallows the mark after it.
        pattern = (
            re.sub(r"\\\{\w+\\\}", "(.+)", re.escape(frame)).replace(r"”\.", r"”\.?").replace(r"(.+)\.", r"(.+)\.?")
        )
        if re.fullmatch(pattern.replace(r"\?”\?", r"\??”\?"), text, re.IGNORECASE):
            return frame
    return None


def test_what_sixty_conversations_are_told_keeps_the_style() -> None:
    """Every reason and invitation on sixty conversations of ours: whole, balanced, short, and asking."""
    found = [m for _, moments in told() for m in moments]
    assert len({m.kind for m in found if m.sign == "-"}) >= 10, "too little to judge by"
    for m in found:
        reads_well(m.why)
        if m.invitation:
            reads_well(m.invitation)
            assert "?" in m.invitation
            assert frame_of(m.invitation, iter(INVITATIONS[m.kind])), m.invitation


def test_no_frame_twice_before_all_are_used() -> None:
    """P2: nothing canned twice in one review."""
    for evidence, moments in told():
        used = Counter((m.kind, frame_of(m.invitation, iter(INVITATIONS[m.kind]))) for m in moments if m.invitation)
        assert max(used.values(), default=1) == 1, evidence.scene.conversation.id


def test_invitations_are_built_from_this_conversation() -> None:
    """Most hold a run of words that was said in it, in one person or the other; plain ones are the exception."""
    held = plain = 0
    for evidence, moments in told():
        said = spoken_in(evidence)
        for m in moments:
            if m.invitation is None:
                continue
            frame = frame_of(m.invitation, iter(INVITATIONS[m.kind])) or ""
            if fields(frame) <= NAMES:
                plain += 1
                continue
            held += 1
            quoted = re.fullmatch(
                re.sub(r"\\\{\w+\\\}", "(.+)", re.escape(frame)).replace(r"\.", r"\.?"), m.invitation, re.I
            )
            runs = [" ".join(persons(part)) for part in (quoted.groups() if quoted else ()) if part]
            runs = [re.sub(r"^i (?:said|asked) ", "", r) for r in runs]
            assert any(f" {r} " in said or _subsequence(r, said) for r in runs), m.invitation
    assert held > 4 * plain, (held, plain)


def _subsequence(run: str, said: str) -> bool:
    rest = iter(said.split())
    return len(run.split()) > 1 and all(w in rest for w in run.split())


def test_next_time_on_sixty_conversations_keeps_the_style() -> None:
    """Each is one question, from a wording of its own."""
    for evidence, moments in told():
        asked = next_time(evidence, moments)
        for item in asked:
            reads_well(item.question)
            assert item.question.endswith("?")
        frames = [frame_of(n.question, (f for pool in WORDINGS.values() for f in pool)) for n in asked]
        assert None not in frames and len(set(frames)) == len(frames)


@pytest.mark.parametrize(
    "name", sorted(p.name for p in (ROOT / "examples").iterdir() if p.is_file() and p.name != "README.md")
)
def test_the_examples_read_well(name: str) -> None:
    """What a newcomer sees first."""
    made = review(read(ROOT / "examples" / name))
    for text in [t for m in made.moments for t in (m.why, m.invitation) if t] + [n.question for n in made.next]:
        reads_well(text)


CALL = (
    "B: I keep getting paged at two, honestly. #concern #disclosure.personal_impact",
    "A: It's forty pages a week in the plan. #disagreement",
    "B: Okay. #withdrawal",
)


def test_a_wall_gets_both_views_side_by_side() -> None:
    """S0.4: their view as it is said back to them, AND ours, and neither has to win."""
    [wall] = [m for m in moments_in(staged(*CALL)) if m.kind == "wall"]
    assert wall.invitation and re.search(
        r"you keep getting paged at two\W.*\bAND\b.*it's forty pages a week", wall.invitation, re.I
    )


def test_a_bare_no_is_not_laid_beside_their_view() -> None:
    """ "No it isn't" beside a view is an argument: the AND form then leaves room instead."""
    lines = ("B: The rota wears my crew out. #concern", "A: No, the rota doesn't wear anybody out. #disagreement")
    [wall] = [m for m in moments_in(staged(*lines)) if m.kind == "wall"]
    assert wall.invitation and "AND" in wall.invitation and "anybody out," not in wall.invitation
    assert "AND the rota doesn't" not in wall.invitation


def test_a_dropped_thread_is_said_back_in_the_second_person() -> None:
    """ "You said you keep getting paged at two", not “I keep getting paged at two” inside a sentence about "you"."""
    lines = (
        "B: I keep getting paged at two. #disclosure.personal_impact",
        "A: By the way, is Friday fine? #question.closed",
    )
    evidence = staged(*lines)
    moments = moments_in(evidence)
    [thread] = [m for m in moments if m.kind == "dropped_thread"]
    assert thread.invitation and "you keep getting paged at two" in thread.invitation.lower()
    assert next_time(evidence, moments)[0].question.startswith("You said you keep getting paged at two:")


def test_what_we_claimed_is_never_put_into_their_mouth() -> None:
    """A solution to a trouble that our own side claimed: nothing says "you said" of it."""
    lines = (
        "A: The nights are wearing your crew out. #assumption",
        "B: Since when? #question.open #invitation.why",
        "A: Our planner takes care of that, and it lets you sleep. #pitch",
        "B: Hm. #backchannel",
    )
    early = [m for m in moments_in(staged(*lines)) if m.kind == "premature_solution"]
    assert early and not any("ou said" in (m.invitation or "") for m in early)


def test_a_guess_is_put_without_its_certainty() -> None:
    """ "You're obviously tired" as a guess leaves "obviously" out; nothing else of it changes."""
    row = ["A: You're obviously losing heart. #assumption", "B: That's not it. #disagreement"] * 9
    said = [m.invitation or "" for m in moments_in(staged(*row)) if m.kind == "assumed"]
    assert any("guess is that you're losing heart" in text for text in said)
    assert len(set(said)) == len(said)
