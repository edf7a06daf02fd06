"""The words that Duologue uses: 33 acts, 23 moments, four context cells, six dials. The lists are closed.

A label is a claim about words on the page, never about a person. `requirement` names the demand of the mission
that an entry serves.
"""

from __future__ import annotations

from dataclasses import dataclass

from duologue.model.review import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class ActEntry:
    """An act: what a sentence does."""

    name: str
    label: str
    definition: str
    requirement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentEntry:
    """A moment: what happens between two people. `+` is one to keep, `-` one to work on."""

    name: str
    label: str
    sign: Sign
    definition: str
    requirement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEntry:
    """A context cell: one of the four matters to learn about every person."""

    name: str
    label: str
    definition: str
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialEntry:
    """A dial: opportunities taken, of those there were."""

    name: str
    label: str
    definition: str
    requirement: str


def _act(name: str, label: str, requirement: str, definition: str) -> ActEntry:
    return ActEntry(name=name, label=label, requirement=requirement, definition=definition)


def _moment(name: str, sign: Sign, label: str, requirement: str, definition: str) -> MomentEntry:
    return MomentEntry(name=name, sign=sign, label=label, requirement=requirement, definition=definition)


ACTS: dict[str, ActEntry] = {
    entry.name: entry
    for entry in (
        _act("question.open", "open question", "S0.6",
             "Asks for more than a yes, a no, a figure or a pick from a short list: it invites the other to tell."),
        _act("question.closed", "closed question", "S0.6",
             "Can be answered with yes or no, a fact, a number or one of the options given."),
        _act("question.leading", "leading question", "S4.1",
             "A question that carries its own answer, or a tie-down. Checking a reflection is none."),
        _act("follow_up", "follow-up", "S3.2",
             "A question that builds on what the other just said: its topic or its words are theirs."),
        _act("reflection", "reflection", "S2.4",
             "Gives back what the other said or meant: a repeat, a paraphrase, a summary, a guess put as theirs."),
        _act("acknowledgement", "acknowledgement", "S0.3",
             "Treats the other's view or feeling as viable, and names something of theirs. A formula alone is none."),
        _act("backchannel", "backchannel", "S1.1", "A bare sign of listening, such as mm-hm."),
        _act("information", "information", "S3.1", "Facts given neutrally, mostly as an answer."),
        _act("advice", "advice", "S2.2", "Says what the other should do, or proposes a solution to their problem."),
        _act("pitch", "pitch", "S1.2",
             "Promotes the speaker's product, company, credentials or self, where the other had not asked exactly that."),
        _act("disagreement", "disagreement", "S0.4", "Contradicts, corrects or rebuts the other's view, yes-but included."),
        _act("either_or", "either/or", "S0.4", "Frames the matter as one side right and one wrong, or as a forced choice."),
        _act("assumption", "assumption", "S2.1",
             "States as fact something about the other's situation, needs or feelings that they have not said."),
        _act("persuasion", "persuasion", "S4.1",
             "A tactic: urgency, scarcity, flattery, social proof as pressure, guilt, a yes-ladder, a foot in the door."),
        _act("story.personal", "personal story", "S2.3", "The speaker's own lived experience, told."),
        _act("story.third_party", "third-party story", "S2.3", "Somebody else's experience, told."),
        _act("call_to_action", "call to action", "S3.3", "Asks for a demo, a meeting, a signature, a referral, a commitment."),
        _act("permission", "permission", "S4.0",
             "Asks leave before telling or advising, hands over the floor or the time, or leaves the decision with them."),
        _act("presence", "presence", "S4.2", "Attention without agenda: says they are with the other, or stays with a feeling."),
        _act("small_talk", "small talk", "S4.1", "Talk that carries no matter of either side: the weather, sports, the weekend."),
        _act("invitation.more", "tell me more", "S3.1", "Asks the speaker to go on about what they claimed."),
        _act("invitation.why", "why is that an issue", "S3.1", "Asks why what was claimed matters."),
        _act("invitation.meaning", "what do you mean", "S3.1", "Asks what a claim or a word of it means."),
        _act("invitation.look_for", "what should we look for", "S3.1", "Asks what signs to look for at their own place."),
        _act("invitation.basis", "what is your basis", "S3.1", "Asks where a claim is known from."),
        _act("disclosure.issue", "issue brought out", "S3.5", "The other brings out a problem of the business or the household."),
        _act("disclosure.personal_impact", "personal impact", "S3.5", "The other says how it touches them personally."),
        _act("disclosure.goal", "goal", "S3.5", "The other says what the business is after."),
        _act("disclosure.personal_goal", "personal goal", "S3.5", "The other says what they are after themselves."),
        _act("withdrawal", "withdrawal", "S2.6", "Pulls back: non-committal, looks for the door, “just send me something”."),
        _act("concern", "concern", "S0.3",
             "A reservation about what is on the table: a worry, an objection, why one holds back, a feared outcome."),
        _act("repair", "repair", "S0.3", "Names one's own words, conduct or neglect towards the listener as mistaken, or withdraws them."),
        _act("agreement", "agreement", "S1.1", "Takes up or accepts the speaker's point."),
    )
}  # fmt: skip

MOMENTS: dict[str, MomentEntry] = {
    entry.name: entry
    for entry in (
        _moment("drilled_down", "+", "drilled down", "S3.2",
                "Three or more follow-ups by one speaker on one matter, each of them answered."),
        _moment("acknowledged_first", "+", "acknowledged first", "S0.3",
                "The other states a view, concern or objection, and the next turn opens by giving it its due."),
        _moment("understood", "+", "understood", "S2.4", "The other confirms a reflection in words, or carries its content on."),
        _moment("answered_invitation", "+", "invitation answered", "S3.1",
                "A “tell me more” is met on its own terms before anything else."),
        _moment("bonded", "+", "bonded", "S2.3", "After a personal story or presence the other opens up."),
        _moment("uncovered", "+", "uncovered", "S3.5", "A disclosure that came out in reply to a question about the matter."),
        _moment("asked_permission", "+", "asked permission", "S4.0", "Leave was asked before advice or a pitch, and the other agreed."),
        _moment("own_reason", "+", "own reason", "S4.0",
                "Unpressed, the other says why they themselves would or would not act, sees something new or changes their mind."),
        _moment("way_forward", "+", "way forward", "S1.1",
                "Each side puts something of its own into a next step, or each says what stays open."),
        _moment("common_ground", "+", "common ground", "S2.5", "Each says, as their own and now, the same interest, need or want."),
        _moment("repaired", "+", "repaired", "S0.3",
                "After something went wrong, the same speaker names it as their own doing, or takes the other's stake up again."),
        _moment("deflected_invitation", "-", "invitation deflected", "S3.1",
                "A “tell me more” is met with a pitch, a call to action, a change of subject or nothing."),
        _moment("dodged_question", "-", "question dodged", "S3.1",
                "A direct question about the speaker's claim, offer, price or reasons gets no answer in the next turn."),
        _moment("soliloquy", "-", "soliloquy", "S1.2", "One holds the floor past the limit without handing it over."),
        _moment("premature_solution", "-", "premature solution", "S2.2",
                "Advice or a pitch as the solution, before the issue was explored and a reflection of it confirmed."),
        _moment("assumed", "-", "assumed", "S2.1", "A statement about the other that they neither said before nor confirm after."),
        _moment("wall", "-", "wall", "S0.4", "A disagreement or an either/or with no acknowledgement in the turn."),
        _moment("argument", "-", "argument", "S0.4", "Walls from both sides in neighbouring turns, three or more."),
        _moment("dropped_thread", "-", "dropped thread", "S2.4", "The other discloses something, and the next turn leaves it for another matter."),
        _moment("put_off", "-", "put off", "S2.3",
                "After a story, a pitch, advice, an assumption, a wall or a device the other pulls back in words."),
        _moment("went_cold", "-", "went cold", "S2.6", "The point from which the other's engagement stays low to the end."),
        _moment("gimmick", "-", "gimmick", "S4.1", "Persuasion, a leading question or instrumental small talk, used as a device."),
        _moment("broadcast_review", "-", "broadcast review", "S1.4",
                "A manager tells a report what they lack or must do, without asking for their view in that stretch."),
    )
}  # fmt: skip

CELLS: dict[str, CellEntry] = {
    entry.name: entry
    for entry in (
        CellEntry(name="business_issues", label="issues of the business", act="disclosure.issue",
                  definition="Problems of the business (or, at home, of the household) that the other faces."),
        CellEntry(name="personal_impact", label="personal impact", act="disclosure.personal_impact",
                  definition="How these touch the other personally."),
        CellEntry(name="business_goals", label="goals of the business", act="disclosure.goal",
                  definition="What the business (or the household) is after."),
        CellEntry(name="personal_goals", label="personal goals", act="disclosure.personal_goal",
                  definition="What the other is after themselves."),
    )
}  # fmt: skip

DEPTHS = ("not touched", "named", "explained", "explored over follow-ups")

DIALS: dict[str, DialEntry] = {
    entry.name: entry
    for entry in (
        DialEntry(name="balance", label="balance", requirement="S0.1",
                  definition="Of the stretches in which the coached side held the floor, those handed back before the limit of a soliloquy. A bare mm-hm takes the floor from nobody."),
        DialEntry(name="curiosity", label="curiosity", requirement="S0.6",
                  definition="Of the coached side's questions once the other had spoken, those that followed from what was said. Small talk, asking leave and asking for the next step are none."),
        DialEntry(name="understanding", label="understanding", requirement="S0.2",
                  definition="Of the other's concerns, differences and disclosures that got a reply, those given their due before anything of one's own."),
        DialEntry(name="responsiveness", label="responsiveness", requirement="S3.1",
                  definition="Of the other's invitations that were clearly answered or clearly not, and of their disclosures that got a reply, those answered on their own terms or kept up."),
        DialEntry(name="openness", label="openness", requirement="S0.4",
                  definition="Of the places where views differed (the coached side disagreed, or replied to a concern or a difference), those met without a wall: AND, not OR."),
        DialEntry(name="focus_on_the_other", label="focus on the other", requirement="S4.2",
                  definition="Of the coached side's floors that did something beyond listening, agreeing and small talk, those free of pitch, device, assumption, early solution and broadcast."),
    )
}  # fmt: skip
