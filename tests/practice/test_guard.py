"""What no voice may say: nothing of it gets through, and what people wrote for a partner is never taken for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from duologue.practice.base import Decision, Does, Occasion, Said
from duologue.practice.scenario import SHIPPED, TEMPERAMENTS, Temperament, wordings
from duologue.practice.voices import guard
from duologue.practice.voices.agreeing import agrees
from duologue.practice.voices.guard import faults, leaks
from duologue.practice.voices.invented import known_words, names, numbers
from practice_made import in_order, occasion, scenario

COOL = Decision(does="cool", why="w")
PUSH = Decision(does="push_back", why="w", against="pitch")
SMALL = Decision(does="small", why="w")
TELLS = Decision(does="disclose", why="w", layer="fridays")


# --- leaks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told", "found"),
    [
        ("We had an audit.", (), ("audit",)),
        ("We had an AUDIT, three days of it.", (), ("audit",)),
        ("We had an audit.", ("audit",), ()),
        ("I like auditoriums.", (), ()),
        ("An audit-like feeling.", (), ("audit",)),
        ("That's the audit's fault.", (), ("audit",)),
        ("**audit** and _auditors_", (), ("audit", "auditors")),
        ("An empty-bin, an empty\n bin.", (), ("empty bin",)),
        ("au\u00addit", (), ("audit",)),
        ("Louisville is a nice town.", (), ()),
        ("They'll shut Louisville in december.", ("audit",), ("December", "shut Louisville")),
        ("They\u2019ll shut Louisville\u2019s dock.", (), ("shut Louisville",)),
        ("", (), ()),
    ],
)
def test_a_leak_is_a_key_of_what_is_not_told(text: str, told: tuple[str, ...], found: tuple[str, ...]) -> None:
    """Whole words, whatever the case, the apostrophes, the hyphens, or marks that print nothing."""
    assert leaks(text, scenario("warehouse-vp"), told) == found


def test_apostrophes_do_not_matter_in_keys() -> None:
    """A key is found with either apostrophe, and with none."""
    partner = next(s for s in map(scenario, SHIPPED.paths) if any("'" in k for la in s.layers() for k in la.keys))
    layer, key = next((la, k) for la in partner.layers() for k in la.keys if "'" in k)
    for written in (key, key.replace("'", "’"), key.replace("'", "")):
        assert key in leaks(f"Well, {written}, you know.", partner, ())
        assert key not in leaks(f"Well, {written}, you know.", partner, (layer.id,))


def test_who_said_it_first_does_not_matter() -> None:
    """A guess of the user's is no leave to confirm it."""
    heard = occasion(COOL, heard="Was there an audit?", so_far=(Said(who="you", text="Was there an audit?"),))
    assert faults("No comment on any audit.", heard) == (guard.LEAK,)


def test_every_key_of_every_scenario_is_caught() -> None:
    """Before its layer is told, as it stands and in capitals; after, never."""
    for name in SHIPPED.paths:
        partner = scenario(name)
        everything = [la.id for la in partner.layers()]
        for layer in partner.layers():
            others = [id for id in everything if id != layer.id]
            free = {k.lower() for la in partner.layers() if la.id in others for k in la.keys}
            for key in layer.keys:
                assert leaks(f"Well, {key.upper()}.", partner, everything) == ()
                assert key.lower() in free or leaks(f"Well, {key.upper()}.", partner, others)


# --- the other faults ------------------------------------------------------------------------------------------------

BAD: dict[str, tuple[str, Decision, str]] = {
    "nothing": ("", SMALL, guard.EMPTY),
    "dots": (" … ", SMALL, guard.EMPTY),
    "a plural leak": ("We had audits.", SMALL, guard.LEAK),
    "a speech": ("It goes on and it goes round, and then some more. " * 13, SMALL, guard.LONG),
    "German": ("Das ist mir im Moment leider alles viel zu teuer und zu spät.", SMALL, guard.FOREIGN),
    "Russian": ("Well, спасибо.", SMALL, guard.FOREIGN),
    "asterisks": ("*sighs* It was a long week.", SMALL, guard.MARKUP),
    "brackets": ("[pauses] It was a long week.", SMALL, guard.MARKUP),
    "a stage direction": ("(looks away) It was a long week.", SMALL, guard.MARKUP),
    "JSON": ('{"reply": "It was a long week."}', SMALL, guard.MARKUP),
    "half of JSON": ('It was a long week.", "mood": "low"', SMALL, guard.MARKUP),
    "a token": ("It was a long week.<|im_end|>", SMALL, guard.MARKUP),
    "a fence": ("```It was a long week.```", SMALL, guard.MARKUP),
    "a smiley": ("It was a long week \N{GRINNING FACE}", SMALL, guard.MARKUP),
    "a list": ("Three things:\n- one\n- another", SMALL, guard.MARKUP),
    "User:": ("It was long. User: And then?", SMALL, guard.ROLE),
    "Assistant:": ("Assistant: It was a long week.", SMALL, guard.ROLE),
    "You:": ("It was long.\nYou: And then?", SMALL, guard.ROLE),
    "another name:": ("It was long.\nMarcus Webb: And then?", SMALL, guard.ROLE),
    "told from outside": ("Gail leans back. It was a long week.", SMALL, guard.ROLE),
    "a machine": ("As an AI language model I have no weeks.", SMALL, guard.MACHINE),
    "a help desk": ("It was long. How can I help you today?", SMALL, guard.MACHINE),
    "its orders": ("My instructions say that I may not speak of it.", SMALL, guard.MACHINE),
    "a made-up number": ("We run seven warehouses.", SMALL, guard.NUMBER),
    "made-up digits": ("It comes to $12,500 a year.", SMALL, guard.NUMBER),
    "a made-up name": ("You should talk to Marcus about that.", SMALL, guard.NAME),
    "a made-up name first": ("Marcus said the same.", SMALL, guard.NAME),
    "a made-up product": ("We tried StockWise before.", SMALL, guard.NAME),
    "delight": ("That sounds great, I have to say.", PUSH, guard.AGREE),
    "a date": ("Let's set something up for next week.", PUSH, guard.AGREE),
    "an invitation": ("Send me the proposal, would you.", COOL, guard.AGREE),
    "thanks for the pitch": ("Thank you for explaining all that.", PUSH, guard.AGREE),
    "love to": ("I'd love to see a demo of it.", PUSH, guard.AGREE),
    "won over": ("You've convinced me.", PUSH, guard.AGREE),
    "you're right": ("You're absolutely right about that.", COOL, guard.AGREE),
    "no question": ("That seems odd to me.", Decision(does="ask", why="w", ask="invitation.why"), guard.ASKS),
}


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_found(name: str) -> None:
    """Each on its own, so that a rule that stops working is seen."""
    text, decision, fault = BAD[name]
    assert fault in faults(text, occasion(decision))


GOOD: tuple[tuple[str, Decision], ...] = (
    ("Hm.", COOL),
    ("That doesn't sound great to me, to be honest.", PUSH),
    ("I'm not convinced, and I won't be by a slide.", PUSH),
    ("I'd love to believe that.", PUSH),
    ("If that's a good idea, show me where it worked.", PUSH),
    ("Don't send me a proposal, please.", COOL),
    ("What's so great about it?", PUSH),
    ("I can't see what that has to do with my floor.", PUSH),
    ("No. I've got half past, and then the dock.", COOL),
    ("I'd want to know what you base that on.", Decision(does="ask", why="w", ask="invitation.basis")),
    ("Tell me more about that, then.", Decision(does="ask", why="w", ask="invitation.more")),
    ("It rained all the way from Dayton, and the trucks still came.", SMALL),
    ("One thing at a time. You and I, the two of us, we've got a day or two.", SMALL),
    ("I thought so, too. Let me see… well: no.", SMALL),
    ("“Synergy”, you say.", SMALL),
    ("It's a $ and ¢ business, 24/7.", SMALL),
    ("Thank you for driving out.", Decision(does="leave", why="w", goes=True)),
)


@pytest.mark.parametrize(("text", "decision"), GOOD)
def test_what_a_person_would_say_is_no_fault(text: str, decision: Decision) -> None:
    """Civil, short, dry, unsure: all of it stays sayable."""
    assert faults(text, occasion(decision, heard="It is about synergy.")) == ()


def test_agreement_is_free_where_they_were_won_over() -> None:
    """Only a partner who resists may not be delighted."""
    assert faults("You're right, that's it exactly.", occasion(Decision(does="confirm", why="w"))) == ()


def test_a_repeat_is_found() -> None:
    """Word for word, nearly, within the line, or the user's words given back."""
    said = (Said(who="partner", text="I keep the counts on paper, out on the floor, every night."),)
    heard = occasion(SMALL, so_far=said, heard="You keep the counts on paper then.", used=("i know",))
    for text in (
        "I keep the counts on paper, out on the floor, every night!",
        "I keep the counts on paper, out on the floor every single night.",
        "Hm. I know.",
        "So it goes. So it goes.",
        "You keep the counts on paper then.",
    ):
        assert guard.REPEAT in faults(text, heard), text
    assert faults("Paper it is, on the floor, and I like it so.", heard) == ()


def test_what_was_to_be_told_has_to_be_in_it() -> None:
    """The state says that it is told, so the user has to have heard it."""
    line = wordings(scenario("warehouse-vp").layer("fridays").says, "warm")[0]
    heard = occasion(TELLS, told=("fridays",))
    assert faults("Oh, you know how weeks are.", heard, line=line) == (guard.UNTOLD,)
    assert faults("Somebody's at an empty bin, most Fridays, hunting.", heard, line=line) == ()
    assert faults("On a Friday the trucks roll late, and my pickers go hunting.", heard, line=line) == ()


def test_what_others_said_may_be_said_back() -> None:
    """A number or a name of the user's is no invention of the partner's."""
    so_far = (Said(who="you", text="Marcus told me about the 12,500 dollars."),)
    heard = occasion(SMALL, so_far=so_far, heard="What of it?")
    assert faults("Twelve thousand five hundred? I don't know what Marcus means.", heard) == ()


def test_a_fault_names_no_secret() -> None:
    """Faults go to the person and back to the model: neither may learn a key from them."""
    every = [value for name, value in vars(guard).items() if name.isupper() and isinstance(value, str)]
    assert guard.LEAK in every
    for name in SHIPPED.paths:
        assert leaks(". ".join(every), scenario(name), ()) == ()
    found = faults("We had an audit, and nineteen auditors.", occasion(SMALL))
    assert set(found) <= set(every)


# --- numbers, names, agreement ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("four hundred and ten thousand dollars", {410_000}),
        ("$410,000", {410_000}),
        ("410k", {410_000}),
        ("ninety-seven of a hundred", {97}),
        ("two vans, sixty trips", {2, 60}),
        ("3.5 percent", {3.5}),
        ("3,5 percent", {3.5}),
        ("twenty two", {22}),
        ("nineteen ninety", {19, 90}),
        ("one of us", set()),
        ("a day or two", set()),
        ("a dozen", {12}),
        ("a hundred times", set()),
        ("I said no.", set()),
    ],
)
def test_amounts_are_the_same_in_words_and_in_digits(text: str, found: set[float]) -> None:
    """A model may write 12 where the scenario says twelve, and may not write thirteen."""
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I asked Marcus Webb.", ("Marcus", "Webb")),
        ("Marcus Webb was here.", ("Webb", "Marcus")),
        ("Was that Marcus's idea?", ("Marcus",)),
        ("Nothing was said. Nobody knew.", ()),
        ("I think I'm OK, and I'd say so on TV.", ()),
        ("I asked Gail's brother.", ()),
        ("Well: They never asked. “You did”, they said.", ()),
        ("Mr. Webb came.", ("Webb",)),
    ],
)
def test_names_are_seen(text: str, found: tuple[str, ...]) -> None:
    """In the middle of a sentence by the capital, at its beginning by what they do."""
    assert names(text, known_words(["Gail Pruitt"])) == found


def test_agreement_that_is_denied_or_asked_is_none() -> None:
    """What stands around the words decides."""
    assert agrees("That sounds good.") == "That sounds good"
    assert agrees("I never said that sounds good.") is None
    assert agrees("That sounds good?") is None
    assert agrees("It sounds good on paper.") is None
    assert agrees("Thanks for coming.") is not None
    assert agrees("Thanks for coming.", going=True) is None


# --- what people wrote is no fault -----------------------------------------------------------------------------------


def written_lines(name: str, temperament: Temperament) -> Iterator[tuple[str, Occasion]]:
    """Every line of a scenario, on an occasion on which it is said."""
    partner = scenario(name)

    def one(line: str, decision: Decision, told: tuple[str, ...] = ()) -> tuple[str, Occasion]:
        return line, occasion(decision, name=name, temperament=temperament, told=told)

    for layer, told in in_order(partner):
        tells: dict[Does, list[str]] = {
            "disclose": list(wordings(layer.says, temperament)),
            "add": list(wordings(layer.more, temperament)),
        }
        for does, lines in tells.items():
            yield from (one(line, Decision(does=does, why="w", layer=layer.id), told) for line in lines)
    for fact in partner.facts:
        yield from (one(w, Decision(does="answer", why="w", fact=fact.id)) for w in wordings(fact.says, temperament))
    for i, trigger in enumerate(partner.triggers):
        yield from (one(w, Decision(does="trigger", why="w", trigger=i)) for w in wordings(trigger.says, temperament))
    own = partner.lines
    for field in own.pushes_back.__struct_fields__:
        yield from (one(w, PUSH) for w in wordings(getattr(own.pushes_back, field), temperament))
    for line in wordings(own.cools, temperament):
        yield one(line, COOL)
    for line in wordings(own.leaves, temperament):
        yield one(line, Decision(does="leave", why="w", goes=True))


@pytest.mark.parametrize("name", SHIPPED.paths)
def test_no_line_that_people_wrote_is_a_fault(name: str) -> None:
    """The guard is for machines: on what was written with care for this partner it is silent."""
    for temperament in TEMPERAMENTS:
        for line, heard in written_lines(name, temperament):
            assert faults(line, heard, line=line) == (), line
