"""Each moment on a conversation in which it happens, and on near misses in which it does not (codebook §2)."""

# ruff: noqa: E501 (the cases read as a table, one conversation a line)

from __future__ import annotations

import pytest

from duologue.acts.base import Evidence
from staging import kinds_in, moments_in, staged

Case = tuple[str, ...]

LONG = " ".join(f"Then came stage {n} of the plan and another board signed it off." for n in range(16))

# kind → (where it happens, the near misses)
CASES: dict[str, tuple[Case, tuple[Case, ...]]] = {
    "drilled_down": (
        (
            "B: The pallets arrive late. #disclosure.issue",
            "A: How late do they come? #follow_up #question.closed",
            "B: Two days, mostly. #information",
            "A: What happens in those two days? #follow_up #question.open",
            "B: The crew stands idle. #information",
            "A: And who pays the idle crew? #follow_up #question.closed",
            "B: I do, out of my own budget. #information",
        ),
        (
            (  # two are not three
                "B: The pallets arrive late. #disclosure.issue",
                "A: How late do they come? #follow_up",
                "B: Two days. #information",
                "A: What happens then? #follow_up",
                "B: The crew stands idle. #information",
            ),
            (  # a pitch in between ends the matter
                "A: How late do they come? #follow_up",
                "B: Two days. #information",
                "A: What happens then? #follow_up",
                "B: The crew stands idle. #information",
                "A: Our trackers are the best on the market. #pitch",
                "B: I see. #backchannel",
                "A: And who pays? #follow_up",
                "B: I do. #information",
            ),
            (  # the other does not answer
                "A: How late do they come? #follow_up",
                "B: I would rather not go into that. #withdrawal",
                "A: What happens then? #follow_up",
                "B: Let us leave it. #withdrawal",
                "A: And who pays? #follow_up",
                "B: As I said. #withdrawal",
            ),
        ),
    ),
    "acknowledged_first": (
        ("B: The price worries me. #concern", "A: With last year's budget that worry is fair. #acknowledgement | It is ten a seat. #information"),
        (
            ("B: The price worries me. #concern", "A: It is ten a seat. #information | With last year's budget that worry is fair. #acknowledgement"),
            ("B: The price worries me. #concern", "A: Which price do you mean? #question.open | That is fair. #acknowledgement"),
            ("B: We open at nine. #information", "A: Nine is a fair hour. #acknowledgement"),
            ("B: The desk is always late. #concern", "A: Yes. #agreement | Ring me instead. #advice"),  # a bare yes gives back nothing
        ),
    ),
    "understood": (
        ("A: So every late van lands on your desk. #reflection", "B: Exactly, on my desk. #agreement"),
        (
            ("A: So every late van lands on your desk. #reflection", "B: No, on the depot's. #disagreement"),
            ("A: So the vans are late. #reflection | Do you have a tracker? #question.closed", "B: Yes, we do. #agreement"),
            ("A: The vans are late. #assumption", "B: Exactly. #agreement"),
        ),
    ),
    "answered_invitation": (
        ("A: Month end runs too slow. #assumption", "B: Why does that matter? #invitation.why #question.open", "A: The bank sees the figures on day six. #information"),
        (
            ("A: Month end runs too slow.", "B: Why does that matter? #invitation.why", "A: Our close module fixes it in a day. #pitch"),
            ("A: Month end runs too slow.", "B: Why does that matter? #invitation.why", "A: Slow month end matters, it runs slow."),
            ("A: Month end runs too slow.", "B: Why does that matter? #invitation.why", "A: Anybody in the trade would tell you."),
            ("A: Month end runs too slow.", "B: Why does that matter? #invitation.why", "A: Close the ledger by noon. #advice"),
            ("A: Month end runs too slow.", "B: Why does that matter? #invitation.why", "A: We have a module for it #pitch | and the bank waits #information"),
            ("A: Month end runs too slow.", "B: When is month end? #question.closed", "A: On the first. #information"),
        ),
    ),
    "deflected_invitation": (
        ("A: Month end runs too slow.", "B: Why does that matter? #invitation.why", "A: Our close module fixes it in a day. #pitch | Shall we book a demo? #call_to_action"),
        (
            ("A: Month end runs too slow.", "B: Why does that matter? #invitation.why", "A: The bank sees figures late. #information | Our module fixes that. #pitch"),
            ("A: Month end runs too slow.", "B: What is that based on? #invitation.basis", "A: I guessed, to be honest."),
            ("A: Month end runs too slow.", "B: Why does that matter? #invitation.why", "A: Which part do you mean? #question.closed"),
            ("A: Month end runs too slow.", "B: Why does that matter? #invitation.why", "A: Let me think. | Which ledger do you close last at month end? #question.closed"),
        ),
    ),
    "bonded": (
        ("A: When my own shop flooded I slept in the van. #story.personal", "B: I lie awake over ours every night. #disclosure.personal_impact"),
        (
            ("A: A client in Ohio slept in his van. #story.third_party", "B: I lie awake every night. #disclosure.personal_impact"),
            ("A: When my own shop flooded I slept in the van. #story.personal", "B: How cold was it? #question.closed", "A: Freezing. #information", "B: Poor you."),
            ("A: I slept in the van once. #story.personal | Our pumps never fail. #pitch", "B: I lie awake over it. #disclosure.personal_impact"),
        ),
    ),
    "uncovered": (
        ("A: What keeps you here so late? #question.open", "B: The rota falls apart each Friday. #disclosure.issue"),
        (
            ("A: Does Tuesday at noon suit you? #question.closed", "B: The rota falls apart each Friday. #disclosure.issue"),
            ("A: I brought the sheet. #information", "B: The rota falls apart each Friday. #disclosure.issue"),
            ("A: You would want it fixed, surely? #question.leading", "B: The rota falls apart. #disclosure.issue"),
            ("A: Is it the first rota or the second? #question.closed", "B: The first. #information | I lie awake over Fridays. #disclosure.personal_impact"),
            ("A: What shall I do with the boxes? #question.open", "B: Leave them. #information | I cannot look at them. #disclosure.personal_impact"),
            ("A: Is your leave in August? #question.closed", "B: It is. #agreement", "A: Good. #backchannel", "B: I lie awake over Fridays. #disclosure.personal_impact"),
        ),
    ),
    "asked_permission": (
        ("A: Would it help if I shared a thought? #permission #question.closed", "B: Go on. #agreement", "A: Put the vans on two shifts. #advice"),
        (
            ("A: Would it help if I shared a thought? #permission #question.closed", "B: Not now. #withdrawal", "A: Put the vans on two shifts. #advice"),
            ("A: Take your time. #permission", "B: Okay. #backchannel", "A: Put the vans on two shifts. #advice"),
            ("A: Would it help if I shared a thought? #permission #question.closed", "B: Go on. #agreement", "A: How many vans run? #question.closed"),
            ("A: May I sit down? #permission #question.closed", "B: Please. #agreement", "A: Put the vans on two shifts. #advice"),
            ("A: May I ask how many vans run? #permission #question.closed #follow_up", "B: Please. #agreement | Nine. #information", "A: Put them on two shifts. #advice"),
            ("A: Would you like a thought? #permission #question.closed | Put the vans on two shifts. #advice", "B: Sure. #agreement", "A: Or on three. #advice"),
        ),
    ),
    "own_reason": (
        ("A: So the rota is what wears you out. #reflection", "B: If I had one early week in four I'd stay another year. #disclosure.personal_goal"),
        (
            ("A: Our planner saves you hours. #pitch", "B: If I had one early week in four I'd stay. #disclosure.personal_goal"),
            ("A: So the rota is what wears you out. #reflection", "B: The rota is a mess. #disclosure.issue"),
            ("A: So the rota is what wears you out. #reflection", "B: Yes. #agreement"),
        ),
    ),
    "way_forward": (
        ("A: I could bring a draft on Monday. #call_to_action", "B: Monday, and bring the night figures too. #agreement", "A: Both, then. #agreement"),
        (
            ("A: I could bring a draft on Monday. #call_to_action", "B: Fine. #agreement"),
            ("A: I could bring a draft on Monday. #call_to_action", "B: Also, I have another call now. #withdrawal"),
            ("A: What happens on Mondays? #question.open", "B: And the night figures come in too. #information"),
            ("A: I could bring a draft on Monday. #call_to_action", "B: I did the night figures on Friday. #information"),
            ("A: I could bring a draft on Mondays. #call_to_action", "B: On Mondays, a good draft. #agreement"),
            ("A: I can't sleep by that clock. #concern", "B: I can't bear it in the attic either. #concern"),
            ("B: I'll bring the night figures on Friday. #agreement", "A: Shall I tell you if the drafts cost more? #permission #question.closed"),
        ),
    ),
    "common_ground": (
        ("B: I want the kids home before dark.", "A: I want them home before dark too."),
        (
            ("B: I want the kids home before dark.", "A: You want them home before dark. #reflection"),
            ("B: I want the kids home before dark.", "A: I want the report on Monday too."),
            ("B: I wanted the kids home.", "A: They came home late."),
            ("B: I want the kids home before dark.", "A: My mother wants that too."),
            ("B: I want the kids home before dark.", "A: I want that in writing."),
            ("B: I want the kids home before dark.", "A: I want a partner like that, we are the best in town. #pitch"),
            ("B: I want the kids home before dark.", "A: Do I want that too?"),
        ),
    ),
    "repaired": (
        ("B: The rota is unfair. #concern", "A: That is nonsense, the rota is equal. #disagreement", "B: Fine. #withdrawal", "A: I brushed you off there. #repair"),
        (
            ("B: The rota is new. #information", "A: How is it? #question.open", "B: Fine.", "A: Sorry, I lost the page. #repair"),
            ("B: The rota is unfair. #concern", "A: That is nonsense, the rota is equal. #disagreement", "B: Fine. #withdrawal", "A: So, Monday. #call_to_action"),
            ("A: I brushed you off yesterday. #repair", "B: It is fine. #agreement"),
        ),
    ),
    "dodged_question": (
        ("A: The pump lasts ten years.", "B: How much would it cost us a month? #question.closed", "A: It is the best pump in Europe. #pitch"),
        (
            ("A: The pump lasts ten years.", "B: How much would it cost us a month? #question.closed", "A: Ninety a month. #information"),
            ("A: The pump lasts ten years.", "B: How much would it cost us a month? #question.closed", "A: I don't know yet."),
            ("A: The pump lasts ten years.", "B: Why ten, how do you know? #question.open #invitation.basis", "A: It is the best pump in Europe. #pitch"),
        ),
    ),
    "soliloquy": (
        ("B: I worry about the reorganisation. #concern", f"A: {LONG}", "B: Right. #backchannel"),
        (
            ("B: Walk me through it from the start, would you? #question.closed", f"A: {LONG}", "B: Right. #backchannel"),
            ("B: I worry about the reorganisation. #concern", "A: It will take some weeks.", "B: Right. #backchannel"),
            (f"B: {LONG}", "A: I see. #backchannel", "B: That is all."),
        ),
    ),
    "premature_solution": (
        ("B: Tickets of other teams eat my day. #disclosure.issue", "A: Block out your mornings. #advice"),
        (
            ("B: Tickets of other teams eat my day. #disclosure.issue | What should I do? #question.open", "A: Block out your mornings. #advice"),
            ("B: Tickets eat my day. #disclosure.issue", "A: So your own work slides. #reflection", "B: Exactly. #agreement", "A: Block out your mornings. #advice"),
            (
                "B: Tickets eat my day. #disclosure.issue",
                "A: Whose tickets? #follow_up",
                "B: The night team's. #information",
                "A: What do they come for? #follow_up",
                "B: Old bills. #information",
                "A: What if one waits? #follow_up",
                "B: They ring. #information",
                "A: Block out your mornings. #advice",
            ),
            ("B: Tickets eat my day. #disclosure.issue", "A: Want a thought? #permission #question.closed", "B: Sure. #agreement", "A: Block out mornings. #advice"),
        ),
    ),
    "assumed": (
        ("A: You are cross about the new desk plan. #assumption", "B: I'm not, I asked for it. #disagreement"),
        (
            ("A: You are cross about the new desk plan. #assumption", "B: Yes, I am. #agreement"),
            ("B: I am cross about the new desk plan.", "A: You are cross about the new desk plan. #assumption", "B: Let us go on."),
            ("B: Hello.", "A: You are cross about the new desk plan. #assumption"),
        ),
    ),
    "wall": (
        ("B: Two on a Friday is too thin. #concern", "A: Two is what the figures support. #disagreement"),
        (
            ("B: Two on a Friday is too thin. #concern", "A: You stood in that queue, so thin is fair. #acknowledgement | But the figures say two. #disagreement"),
            ("B: Two on a Friday is too thin. #concern", "A: Which Friday? #question.closed"),
            ("A: Two is what the figures support. #disagreement", "B: I see. #backchannel"),
        ),
    ),
    "argument": (
        ("B: It is unfair. #disagreement", "A: The plan is equal for all. #disagreement", "B: It is not equal. #disagreement"),
        (
            ("B: It is unfair. #concern", "A: The plan is equal for all. #disagreement", "B: It is not equal. #disagreement"),
            ("B: It is unfair. #disagreement", "A: The plan is equal for all. #disagreement #acknowledgement", "B: It is not equal. #disagreement"),
            ("B: It is unfair. #disagreement", "A: The plan is equal for all. #disagreement", "B: Okay. #agreement"),
            (  # the turn between gives something up
                "B: It is unfair. #disagreement", "A: The plan is equal for all. #disagreement", "B: Okay. #agreement",
                "A: You are late with it. #disagreement",
            ),
            (  # walls of one side alone
                "B: It is unfair. #disagreement", "A: What is the rota? #question.open", "B: The plan is not equal. #disagreement",
                "A: And the depot? #question.open", "B: It never was equal. #disagreement",
            ),
        ),
    ),
    "dropped_thread": (
        ("B: I'm not sleeping over the audit. #disclosure.personal_impact", "A: Okay. #backchannel | And the venue, is that booked? #question.closed"),
        (
            ("B: I'm not sleeping over the audit. #disclosure.personal_impact", "A: Mm-hm. #backchannel", "B: It's bad."),
            ("B: I'm not sleeping over the audit. #disclosure.personal_impact", "A: Since when? #question.closed"),
            ("B: I'm not sleeping over the audit. #disclosure.personal_impact", "A: So the audit follows you home. #reflection"),
        ),
    ),
    "put_off": (
        ("A: A shop in Leeds cured that in a week. #story.third_party", "B: I'm sure they did. Send me something. #withdrawal"),
        (
            ("A: A shop in Leeds cured that in a week. #story.third_party", "B: Hm."),
            ("A: How are the vans? #question.open", "B: I have another call. #withdrawal"),
            ("A: A shop in Leeds cured that. #story.third_party", "B: Leeds is bigger. #disagreement"),
        ),
    ),
    "went_cold": (
        (
            "A: What happens at night? #question.open",
            "B: The gate jams and I drive out. #disclosure.issue",
            "A: How often? #follow_up",
            "B: Each week, and my wife hates it. #disclosure.personal_impact",
            "A: And then? #follow_up",
            "B: What do others do about it? #question.open #follow_up",
            "A: Our gate is the best there is. #pitch",
            "B: Send me something. #withdrawal",
            "A: It won an award. #pitch",
            "B: I have a call. #withdrawal",
            "A: One minute more. #persuasion",
            "B: We'll see. #withdrawal",
            "A: Shall I ring? #call_to_action",
            "B: Goodbye.",
        ),
        (
            (  # short, and still with it
                "A: What happens at night? #question.open",
                "B: The gate jams and I drive out there myself each time. #disclosure.issue",
                "A: How often? #follow_up",
                "B: Each week, and my wife hates it. #disclosure.personal_impact",
                "A: And then? #follow_up",
                "B: What do others do about it? #question.open",
                "A: They oil it. #information",
                "B: Huh. #backchannel",
                "A: Daily. #information",
                "B: Right. #backchannel",
                "A: Or weekly. #information",
                "B: Yes. #agreement",
            ),
            (  # cold from the start: there is no point at which it changed
                "A: Our gate is the best. #pitch",
                "B: Send me something. #withdrawal",
                "A: It won an award. #pitch",
                "B: I have a call. #withdrawal",
                "A: One minute. #persuasion",
                "B: We'll see. #withdrawal",
                "A: Shall I ring? #call_to_action",
                "B: No need. #withdrawal",
            ),
        ),
    ),
    "gimmick": (
        ("A: The price holds till Friday only. #persuasion", "B: I see. #backchannel"),
        (
            ("A: It is cold out there, isn't it? #question.leading", "B: It is. #agreement"),
            ("B: The price holds till Friday only. #persuasion", "A: I see. #backchannel"),
            ("A: Did you watch the match? #small_talk", "B: I did. #small_talk"),
        ),
    ),
}  # fmt: skip

MANAGED: tuple[Case, tuple[Case, ...]] = (
    ("A: You need to be louder on calls. #advice | You have to open with the agenda. #advice", "B: Okay. #backchannel"),
    (
        ("A: You need to be louder on calls. #advice | You have to open it. #advice | How do you see it? #question.open", "B: Well."),
        ("A: You need to be louder on calls. #advice", "B: Okay. #backchannel"),
        ("A: Shall I say what I saw? #permission #question.closed", "B: Yes. #agreement", "A: You need to speak up. You have to open it. #advice"),
    ),
)  # fmt: skip

# Further ways in which a moment happens.
MORE: tuple[tuple[str, Case], ...] = (
    ("way_forward", ("B: What if I stay on days and start school at night? #advice", "A: You tell me if it's too much, and I'll believe it. #permission")),
    ("way_forward", ("A: My view is still the furnace. #disagreement", "B: Mine is the shift, and I'd leave that open. #disagreement", "A: Then I leave the furnace open too. #agreement")),
    ("way_forward", ("A: Suppose you kept the choir. #advice", "B: Suppose I did, and had the interpreter here on Tuesdays. #agreement")),
    ("common_ground", ("B: I want the kids home before dark.", "A: So do I.")),
    ("common_ground", ("B: What I'm after is a partner who stays for a second edition.", "A: I'm after a partner who stays for a second edition and a third.")),
    ("common_ground", ("B: I miss the Sundays, I want them back.", "A: All of them? #question.closed", "B: Only the long Sundays.", "A: I want that too.")),
    (
        "argument",  # a rejoinder in between that gives nothing up, and a contradiction that leans on the one before
        ("A: It will come down. #disagreement", "B: It won't come down. #disagreement", "A: You know it will, don't you? #question.leading", "B: I don't. #disagreement"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "lines"), MORE)
def test_happens_too(kind: str, lines: Case) -> None:
    """A moment is found in each of the ways that its rule names (codebook §2)."""
    assert kind in kinds_in(staged(*lines))


@pytest.mark.parametrize("kind", sorted(CASES))
def test_happens(kind: str) -> None:
    """A moment is found where its rule holds (codebook §2)."""
    assert kind in kinds_in(staged(*CASES[kind][0]))


@pytest.mark.parametrize(
    ("kind", "lines"), [(kind, lines) for kind, (_, misses) in sorted(CASES.items()) for lines in misses]
)
def test_near_miss(kind: str, lines: Case) -> None:
    """A moment is not claimed where a ruling on a close call says otherwise."""
    assert kind not in kinds_in(staged(*lines))


def test_broadcast_review_needs_a_manager() -> None:
    """S1.4: demands without asking are a broadcast review between manager and report, and nowhere else."""
    lines, misses = MANAGED
    assert "broadcast_review" in kinds_in(staged(*lines, kind="managing"))
    assert "broadcast_review" not in kinds_in(staged(*lines, kind="everyday"))
    for near in misses:
        assert "broadcast_review" not in kinds_in(staged(*near, kind="managing"))


def test_a_lack_told_with_a_demand_is_a_broadcast() -> None:
    """A fact and what to do about it, with a closing tag, asks for no view; a question, a suggestion, or an answer to a trouble is none."""
    lack = "A: The log is thin. #information"
    told = (f"{lack} | Walk the pound daily, all right? #advice", "B: Right. #backchannel")
    assert "broadcast_review" in kinds_in(staged(*told, kind="managing"))
    for near in (
        (f"{lack} | What is it like up there? #question.open", told[1]),
        (f"{lack} | You could walk the pound daily. #advice", told[1]),
        (f"{lack} | Walk the pound daily. #advice | Is there time for it? #question.closed", told[1]),
        ("B: I lose the thread up there. #disclosure.issue", *told),
    ):
        assert "broadcast_review" not in kinds_in(staged(*near, kind="managing"))


def test_an_own_reason_is_more_than_a_goal_or_a_yes() -> None:
    """What they want after what it does to them is a reason; a goal alone, or a yes that confirms a reflection, is none."""
    free, given = "A: How do you see it? #question.open", "A: So you are worn out. #reflection"
    reason = "B: My son saw me fade. #disclosure.personal_impact | I want a quieter desk. #disclosure.personal_goal"
    assert "own_reason" in kinds_in(staged(free, reason))
    for near in (
        (free, "B: I want a quieter desk. #disclosure.personal_goal"),
        (given, "B: Yes. #agreement | I want a quieter desk. #disclosure.personal_goal"),
        ("A: Only two desks are left. #persuasion", reason),
    ):
        assert "own_reason" not in kinds_in(staged(*near))


def test_acknowledged_first_by_a_repair_or_in_their_words() -> None:
    """What they minded named as one's own doing, or agreed to in their words, gives a view its due."""
    for reply in (
        "A: That was a ladder and I walked you up it. #repair",
        "A: The desk does press a button. #agreement",
    ):
        lines = ("B: They only press a button at the desk. #concern", f"{reply} | Ring me instead. #advice")
        assert "acknowledged_first" in kinds_in(staged(*lines))


def test_leave_may_be_asked_in_a_statement() -> None:
    """A statement that leaves the choice asks leave; where it was asked in so many words to tell, facts may be told."""
    said = (
        "A: I know a way round it. | Say if you want it. #permission",
        "B: I want it. #agreement",
        "A: Turn the clock off. #advice",
    )
    told = (
        "A: Shall I tell you how others did it? #permission #question.closed",
        "B: Go on. #agreement",
        "A: They met on Fridays. #information",
    )
    assert "asked_permission" in kinds_in(staged(*said))
    assert "asked_permission" in kinds_in(staged(*told))
    assert "asked_permission" not in kinds_in(staged(said[0], said[1], told[2]))


def test_a_managers_own_demand_is_no_premature_solution() -> None:
    """Ruling "Asked for": what a manager demands for themselves is `broadcast_review`, not a solution that came too early."""
    lines = ("B: The tender is stuck. #disclosure.issue", "A: You need to make fifteen calls a week. #advice")
    assert "premature_solution" not in kinds_in(staged(*lines, kind="managing"))
    assert "premature_solution" in kinds_in(staged(*lines, kind="consulting"))


def test_what_meets_no_invitation() -> None:
    """Codebook: a change of subject deflects; so does a story told as a device, or a question about something else."""
    asked = ("A: Month end runs too slow.", "B: Why does that matter? #invitation.why")
    for reply in (
        "A: Anybody in the trade would tell you. | Which school did your vans come from? #question.closed",
        "A: Slow month end matters, it runs slow. | Shall we book a demo? #call_to_action",
        "A: A baker in Leeds closed in a day and won a prize with us. #story.third_party #persuasion",
        "A: Oh you get a nose for it and anyway how did you hear of us #question.open",
    ):
        assert "deflected_invitation" in kinds_in(staged(*asked, reply)), reply
    told = "A: A baker in Leeds closed late and lost the loan. #story.third_party"
    assert "answered_invitation" in kinds_in(staged(*asked, told))
    either = "B: Slow by the ledger or by the bank? #invitation.meaning #question.closed"
    assert "answered_invitation" in kinds_in(staged(asked[0], either, "A: By the ledger. #information"))


def test_every_moment_has_its_cases() -> None:
    """The table above knows every moment of the codebook."""
    from duologue.model.codebook import MOMENTS

    assert set(CASES) | {"broadcast_review"} == set(MOMENTS)


def turns_of(evidence: Evidence, kind: str) -> list[tuple[int, ...]]:
    return [m.turns for m in moments_in(evidence) if m.kind == kind]


def test_turns_of_a_run() -> None:
    """Ruling "Turns of a moment": a run names its first and its last turn, a wall its own alone."""
    assert turns_of(staged(*CASES["drilled_down"][0]), "drilled_down") == [(1, 6)]
    assert turns_of(staged(*CASES["argument"][0]), "argument") == [(0, 2)]
    assert turns_of(staged(*CASES["wall"][0]), "wall") == [(1,)]
    assert turns_of(staged(*CASES["went_cold"][0]), "went_cold") == [(6, 13)]


def test_depth_is_told() -> None:
    """S3.2: how deep a drill went is in its words."""
    [found] = [m for m in moments_in(staged(*CASES["drilled_down"][0])) if m.kind == "drilled_down"]
    assert "three" in found.why.lower()
