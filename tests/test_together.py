"""Several talks with the same people: what was left in one and came back in a later one (S2.6)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from duologue import wire
from duologue.errors import UnreadableInput
from duologue.model import Review, Speaker
from duologue.model.codebook import ACTS
from duologue.model.together import Cold, Place, Thread, Together
from duologue.moments.matters import Talk, looks_back, matter_of, recalls
from duologue.moments.stage import Stage
from duologue.together import together
from staging import staged
from support import ROOT
from together_made import back, first, pitched, reviewed, silent, three


def _text(t: Together, place: Place | None) -> str:
    assert place is not None
    return t.reviews[place.talk].conversation.turns[place.span.turn].text[place.span.start : place.span.end]


def _about(t: Together, word: str) -> Thread:
    (found,) = [x for x in t.threads if word in _text(t, x.place)]
    return found


def _went_cold(t: Together) -> Cold:
    (found,) = [c for c in t.cold if c.kind == "went_cold"]
    return found


def test_a_thread_that_was_dropped_comes_back() -> None:
    """The other raises it again, then the coached side picks it up with a follow-up: who, and in which words."""
    t = together([first(), back()])
    store = _about(t, "cold store")
    assert _text(t, store.left).startswith("Our platform")
    assert [(c.how, t.people[c.by].name, c.act, c.place.talk) for c in store.came] == [
        ("raised", "Okoro", None, 1),
        ("picked_up", "Ines", "follow_up", 1),
    ]
    assert {"cold", "store", "pallet"} <= {w.lower() for w in store.came[0].shared}
    assert not store.open
    assert not any("cold store" in _text(t, p) for a in t.next for p in a.places)


def test_a_thread_reused_for_a_pitch_has_not_come_back() -> None:
    """Codebook: reusing the thread for a pitch is no coming back; it stays open, and worth a question."""
    t = together([first(), pitched()])
    store = _about(t, "cold store")
    assert [(c.how, c.act) for c in store.came] == [("reused", "pitch")]
    assert store.open
    assert any("mussels" in _text(t, p) for a in t.next for p in a.places)


def test_nothing_comes_back() -> None:
    """Nothing was said of it since is an answer, for threads, for where it went cold and for what went wrong."""
    t = together([first(), silent()])
    left = [x for x in t.threads if x.place.talk == 0]
    assert left
    assert all(x.open and not x.came and x.findable and x.there_later for x in left)
    assert not _went_cold(t).said
    assert t.mends
    assert all(m.came is None for m in t.mends)
    assert t.whole == ()


def test_it_comes_back_two_talks_later() -> None:
    """A talk in between that is about something else does not close a thread."""
    store = _about(together([first(), pitched(), silent(), back("2026-06-01")]), "cold store")
    assert [(c.how, c.place.talk) for c in store.came] == [("reused", 1), ("raised", 3), ("picked_up", 3)]


def test_picked_up_in_its_own_talk_is_not_left() -> None:
    """What was left and taken up again before the talk was over is no open thread."""
    lines = (
        "Ines: How was it? #question.open",
        "Okoro: The winch jammed on the slipway again. #disclosure.issue",
        "Ines: Our brochure is on the table. #pitch",
        "Okoro: Right. #backchannel",
    )
    left = reviewed("a", *lines)
    taken = reviewed("a", *lines, "Ines: What made the winch jam on the slipway? #follow_up #question.open")
    assert [x for x in together([left, silent()]).threads if "winch" in left.conversation.turns[1].text and x.open]
    assert not any("winch" in _text(t, x.place) for t in [together([taken, silent()])] for x in t.threads)


def test_what_they_said_later_of_where_it_went_cold() -> None:
    """Words that speak of the earlier talk are found, and they are the other's."""
    t = together([first(), back()])
    cold = _went_cold(t)
    (said,) = [c for c in cold.said if "stopped listening" in _text(t, c.place)]
    assert (said.by, said.refers, said.place.talk) == (cold.by, True, 1)
    assert t.people[cold.by].name == "Okoro"


def test_an_assumption_taken_back_later() -> None:
    """A repair in a later talk is set beside what it takes back; what nobody came back to stays so."""
    t = together([first(), back()])
    kinds = {m.kind: m for m in t.mends}
    came = kinds["assumed"].came
    assert came is not None
    assert (came.how, came.refers, t.people[came.by].name) == ("repaired", True, "Ines")
    assert kinds["deflected_invitation"].came is None
    assert any("nobody has them" in _text(t, p) for a in t.next for p in a.places)


def test_a_deflected_invitation_answered_later() -> None:
    """What was asked is answered in the next talk, with no pitch beside it."""
    later = reviewed(
        "later",
        "Ines: You asked what makes me say that nobody has sensors: two suppliers told me. #information",
        "Okoro: Fair enough. #agreement",
    )
    t = together([first(), later])
    (deflected,) = [m for m in t.mends if m.kind == "deflected_invitation"]
    assert deflected.came is not None
    assert (deflected.came.how, deflected.came.act) == ("picked_up", "information")


def test_a_repair_of_the_earlier_talk_as_a_whole() -> None:
    """It names nothing in particular and looks back; one that does not look back is of its own talk."""
    general = reviewed("x", "Ines: Last time we spoke I did all the talking, and I am sorry. #repair", "Okoro: Thanks.")
    own = reviewed("y", "Ines: I did all the talking just now, sorry. #repair", "Okoro: No matter.")
    assert len(together([first(), general]).whole) == 1
    assert together([first(), own]).whole == ()


def test_the_matters_over_time() -> None:
    """The depth of each talk, the deepest so far, and who brought it out; never shallower than before."""
    t = together([first(), back(), silent()])
    issues = next(c for c in t.cells if c.name == "business_issues")
    assert [s.reached for s in issues.steps][2] == 0
    assert issues.steps[1].depth > issues.steps[0].depth
    assert issues.steps[2].depth == issues.steps[1].depth
    assert [t.people[n].name for n in issues.steps[1].brought_out_by] == ["Ines"]


def test_three_people() -> None:
    """A thread is its owner's: Lund's is left in the last talk; before it he was not there."""
    t = together([first(), three()])
    assert [(p.name, [i is not None for i in p.ids]) for p in t.people][2] == ("Lund", [False, True])
    slipway = _about(t, "slipway")
    assert t.people[slipway.by].name == "Lund"
    assert slipway.open
    assert not _about(t, "mussels").open
    after = together([three(), replace(silent(), conversation=replace(silent().conversation, started_at="2026-07-01"))])
    assert not _about(after, "slipway").there_later


def test_order() -> None:
    """By date where every file says when; else as given, and it says which."""
    assert together([back(), first()]).order == "started_at"
    assert together([back(), first()]).reviews[0].conversation.id == "first"
    t = together([back(None), first()], ["b.txt", "a.txt"])
    assert (t.order, t.names) == ("given", ("b.txt", "a.txt"))


def _named(review: Review, **names: str) -> Review:
    speakers = tuple(replace(s, name=names.get(s.id, s.name)) for s in review.conversation.speakers)
    return replace(review, conversation=replace(review.conversation, speakers=speakers))


def test_who_is_the_same_person() -> None:
    """A name whatever its case and spaces; an id where both files are of one format; a numbered voice is nobody."""
    t = together([first(), _named(back(), Okoro="  OKORO (guest)")])
    assert len(t.people) == 2
    renamed = _named(back(), Okoro="B. Okoro")
    with pytest.raises(UnreadableInput, match="only Ines"):
        together([first(), renamed])
    one, two = (replace(r, conversation=replace(r.conversation, source="slack")) for r in (first(), renamed))
    assert len(together([one, two]).people) == 2
    voices = [_named(r, Okoro="Speaker 2", Ines="Speaker 1") for r in (first(), back())]
    with pytest.raises(UnreadableInput, match="no two people"):
        together([_ids(r) for r in voices])


def _ids(review: Review) -> Review:
    """The same with ids as a diariser gives them."""
    short = {s.id: f"S{i}" for i, s in enumerate(review.conversation.speakers)}
    c = review.conversation
    speakers = tuple(Speaker(id=short[s.id], name=s.name, side=s.side) for s in c.speakers)
    turns = tuple(replace(t, speaker=short[t.speaker]) for t in c.turns)
    return replace(review, conversation=replace(c, speakers=speakers, turns=turns))


def test_where_sides_are_unknown() -> None:
    """Whatever one brings up, anybody else may pick up."""
    unknown = {"Ines": "unknown", "Okoro": "unknown"}
    lines = first().conversation, back().conversation
    assert lines[0].id == "first"
    a = reviewed(
        "a",
        "Ines: The roof of the boathouse leaks and I lie awake when it rains. #disclosure.personal_impact",
        "Okoro: Did you see the regatta? #question.closed #small_talk",
        "Ines: No. #information",
        kind="everyday",
        **unknown,  # type: ignore[arg-type]
    )
    b = reviewed(
        "b",
        "Okoro: How is the boathouse roof, does it still leak? #question.closed #follow_up",
        "Ines: It does. #information",
        kind="everyday",
        **unknown,  # type: ignore[arg-type]
    )
    t = together([a, b])
    (roof,) = t.threads
    assert [(c.how, t.people[c.by].name) for c in roof.came] == [("picked_up", "Okoro")]


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: [first()], "one conversation has no later one"),
        (lambda: [first(), replace(back(), kind="message")], "a message"),
        (lambda: [first(), first()], "the same conversation as conversation 1"),
        (lambda: [first(), _french(back())], "the language looks like “fr”"),
        (lambda: [first(), _named(back(), Okoro="Abel", Ines="Cleo")], "no two people are in more than one"),
    ],
)
def test_what_cannot_be_taken_together(make: Any, what: str) -> None:
    """One line that says what is wrong, where, and what to do next."""
    with pytest.raises(UnreadableInput, match=what) as caught:
        together(make())
    assert caught.value.hint


def _french(review: Review) -> Review:
    return replace(review, conversation=replace(review.conversation, language="fr"))


def _places(t: Together) -> Iterator[Place]:
    for x in t.threads:
        yield from (x.place, *((x.left,) if x.left else ()), *(c.place for c in x.came))
    for c in t.cold:
        yield from (c.before, c.low, *(s.place for s in c.said))
    for m in t.mends:
        yield from (*m.places, *((m.came.place,) if m.came else ()))
    yield from (c.place for c in t.whole)
    yield from (p for c in t.cells for s in c.steps for p in s.quotes)
    yield from (p for a in t.next for p in a.places)


def test_every_quote_is_verbatim_and_every_word_shared_stands_in_it() -> None:
    """P1: nothing is said that does not rest on words of a turn; the wire gives them with their talk and turn."""
    t = together([first(), back(), pitched(), three()])
    for place in _places(t):
        text = t.reviews[place.talk].conversation.turns[place.span.turn].text
        assert 0 <= place.span.start < place.span.end <= len(text)
    for thread in t.threads:
        for c in thread.came:
            assert all(word in _text(t, c.place) for word in c.shared)
    sent = wire.together_to(t)
    assert sent["format"] == "duologue.together/1"
    quote = sent["threads"][0]["quote"]
    assert quote["text"] == _text(t, t.threads[0].place)
    assert wire.dumps(sent) == wire.dumps(wire.together_to(together([first(), back(), pitched(), three()])))


def _talk(*lines: str) -> Talk:
    return Talk(Stage(scene=(e := staged(*lines)).scene, acts=e.acts), frozenset({"petra"}))


def _same(told: str, later: str) -> bool:
    one, two = _talk(f"B: {told}"), _talk(f"A: {later}")
    whole = one.stage.scene.sentences[0]
    span = replace(whole[0].span, end=whole[-1].span.end)
    passages = two.passages(0)
    return any(matter_of(one, [span]).shared(p, back=recalls(p.text)) for p in passages)


@pytest.mark.parametrize(
    ("told", "later", "same"),
    [
        ("The gearbox on the harvester failed twice.", "Is the harvester's gearbox still failing?", True),
        ("The gearbox on the harvester failed twice.", "We sell a harvester too.", False),
        ("Petra is on leave on Monday.", "Will Petra call on Monday?", False),
        ("We meet the team every week about the problem.", "What problem did the team work on this week?", False),
        ("The school bus is late.", "How is the school bus?", True),
        ("I cannot sleep.", "I told you I don't sleep.", True),
        ("I cannot sleep.", "Some people sleep late.", False),
        ("My father has to move out of the farmhouse.", "And the roof of the church?", False),
    ],
)
def test_the_same_matter_or_another(told: str, later: str, same: bool) -> None:
    """Two rare stems or one term of several words; names, calendar words and words of any talk do not count."""
    assert _same(told, later) is same


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Last time you went through the slides.", True),
        ("I thought about it since we spoke.", True),
        ("When we talked you were in a hurry.", True),
        ("I came away from our last call with a headache.", True),
        ("It will look silly in front of the board, like the last time.", False),
        ("When was the last time it failed?", False),
        ("That call centre is always busy.", False),
    ],
)
def test_words_that_look_back(text: str, back: bool) -> None:
    """An earlier talk between these people, and no other last time."""
    assert looks_back(text) is back


def test_unrelated_talks_are_seldom_joined() -> None:
    """Talks of the corpus that have nothing to do with each other: at most one thread in twenty comes back."""
    rows: list[Review] = []
    for file in sorted((ROOT / "corpus" / "written").glob("*.jsonl"))[::6]:
        item = json.loads(file.read_text(encoding="utf-8").splitlines()[0])
        if item["speakers"] != {"A": "ours", "B": "theirs"} or len(item["turns"]) < 10:
            continue
        lines = []
        for turn in item["turns"]:
            said = [
                " ".join([row[0].replace(" | ", " ").replace("#", ""), *(f"#{k}" for k in row[1] if k in ACTS)])
                for row in turn["sentences"]
            ]
            lines.append(f"{ {'A': 'Ines', 'B': 'Okoro'}[turn['speaker']] }: {' | '.join(said)}")
        rows.append(reviewed(item["id"], *lines))
    pairs = [together([a, b]) for a, b in pairwise(rows)]
    threads = [x for t in pairs for x in t.threads if x.place.talk == 0]
    joined = [x for x in threads if x.came]
    assert len(threads) >= 15
    assert len(joined) * 20 <= len(threads)
