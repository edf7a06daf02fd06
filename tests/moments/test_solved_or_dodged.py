"""What settles a question or an issue, and what only looks like it: each case beside its near miss."""

from __future__ import annotations

from staging import kinds_in, staged

ISSUE = "B: The strings tangle in the crates. #disclosure.issue"
ADVICE = "A: For the strings, hang them on a rail. #advice"


def test_a_figure_read_back_explores_nothing() -> None:
    """Ruling "Premature solution": a confirmed date or head count does not count, a confirmed meaning does."""
    yes = "B: Yes, exactly. #agreement"
    assert "premature_solution" in kinds_in(staged(ISSUE, "A: So you tour on nine Fridays. #reflection", yes, ADVICE))
    assert "premature_solution" not in kinds_in(staged(ISSUE, "A: So they travel badly. #reflection", yes, ADVICE))


def test_a_solution_may_come_back_to_an_older_issue() -> None:
    """The speaker's own questions in between explore nothing; a solution in the issue's words still solves it."""
    list_of_theirs = [
        line
        for topic in ("stage", "hall", "van")
        for line in (f"A: How big is the {topic}? #question.closed", "B: Big enough. #information")
    ]
    assert "premature_solution" in kinds_in(staged(ISSUE, *list_of_theirs, ADVICE))
    other = "A: Park behind the church. #advice"
    assert "premature_solution" not in kinds_in(staged(ISSUE, *list_of_theirs, other))


def test_the_floor_given_is_no_leave_to_advise() -> None:
    """Ruling "Asked for": leave to advise was granted by the other; a "go on, quickly" to them grants nothing."""
    assert "premature_solution" in kinds_in(staged("A: Sure, but quickly. #permission", ISSUE, ADVICE))


def test_a_contradiction_answers_no_how_much() -> None:
    """Codebook: a direct question about price or reasons; a no settles what a yes or a no would settle."""
    rebuff = "A: It is what the coast has bought, and days are beside the point. #disagreement #persuasion"
    assert "dodged_question" in kinds_in(staged("B: How many days of yours is that? #question.closed", rebuff))
    assert "dodged_question" not in kinds_in(staged("B: Do your days end at four? #question.closed", rebuff))


def test_a_question_that_follows_their_claim_is_direct() -> None:
    """A question that builds on what the speaker just said is about their claim, whatever words it uses."""
    claim, sold = "A: The tariff brings in a fifth more. #information", "A: Every board has seen that. #persuasion"
    asked = "B: And what becomes of somebody with one tap? #question.open"
    assert "dodged_question" in kinds_in(staged(claim, f"{asked} #follow_up", sold))
    assert "dodged_question" not in kinds_in(staged(claim, asked, sold))
