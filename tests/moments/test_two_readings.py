"""What is found in two readings, and where a judge of answers stands beside the rules (codebook: a false accusation
costs more than a miss)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from duologue.acts import ACCURATE, DEFAULT, RULES
from duologue.acts.base import Evidence, Exchange, Judge, Judgement
from duologue.moments import SURER
from staging import kinds_in, staged

ASKED = ("A: Sixty per cent of sites lose a day. #information", "B: Why is that? #invitation.why #question.open")
ANSWER = "A: The board meets on day six, so they steer on guesses. #information"
PITCH = "A: Our module does it in three days. #pitch"


@dataclass
class Fake:
    """A judge that always says the same, and remembers what it read."""

    responsive: float
    read: list[Exchange] = field(default_factory=list)

    def judge(self, exchanges: Sequence[Exchange]) -> tuple[Judgement, ...]:
        self.read += exchanges
        return tuple(
            Judgement(responsive=self.responsive, specific=0.5, evidence=0.5, hands_back=0.5) for _ in exchanges
        )


def _less_sure(evidence: Evidence, kind: str, confidence: float) -> Evidence:
    acts = tuple(replace(a, confidence=confidence) if a.kind == kind else a for a in evidence.acts)
    return replace(evidence, acts=acts)


def test_one_to_work_on_has_to_stand_on_surer_acts_too() -> None:
    """The same wall is claimed on a sure disagreement, and not on one below SURER."""
    talk = staged("B: The price worries me. #concern", "A: No, the price is right as it stands. #disagreement")
    assert "wall" in kinds_in(_less_sure(talk, "disagreement", SURER))
    assert "wall" not in kinds_in(_less_sure(talk, "disagreement", SURER - 0.01))


def test_what_would_lift_a_wall_lifts_it_however_unsure_it_is() -> None:
    """An acknowledgement below SURER is missing from the second reading alone: nothing is claimed."""
    talk = staged(
        "B: The price worries me. #concern",
        "A: I can see why, after last year. #acknowledgement | And no, it is right as it stands. #disagreement",
    )
    assert "wall" not in kinds_in(_less_sure(talk, "acknowledgement", SURER - 0.1))


def test_one_to_keep_may_stand_in_either_reading() -> None:
    """An acknowledgement opens the turn once a doubtful question before it is left out."""
    talk = staged(
        "B: The price worries me. #concern",
        "A: Does it? #question.closed | With last year's budget that worry is fair. #acknowledgement",
    )
    assert "acknowledged_first" not in kinds_in(talk)
    assert "acknowledged_first" in kinds_in(_less_sure(talk, "question.closed", SURER - 0.1))


@pytest.mark.parametrize(
    ("reply", "responsive", "kept"),
    [
        (ANSWER, None, "answered_invitation"),
        (ANSWER, 0.9, "answered_invitation"),
        (ANSWER, 0.3, "answered_invitation"),
        (ANSWER, 0.15, None),
        (ANSWER, 0.05, "deflected_invitation"),
        (PITCH, None, "deflected_invitation"),
        (PITCH, 0.3, "deflected_invitation"),
        (PITCH, 0.9, None),
        ("A: It's a guess, to be honest. #information", 0.05, "answered_invitation"),
    ],
)
def test_rules_and_judge_of_an_answer(reply: str, responsive: float | None, kept: str | None) -> None:
    """Where they are far apart nothing is claimed; a frank guess answers by the codebook, whatever the judge says."""
    judge = None if responsive is None else Fake(responsive)
    found = {k for k in kinds_in(replace(staged(*ASKED, reply), judge=judge)) if k.endswith("invitation")}
    assert found == ({kept} if kept else set())


def test_the_judge_reads_claim_question_and_reply_once() -> None:
    """However many moments and readings ask, an answer is read once, with the claim before the question."""
    judge = Fake(0.9)
    doubtful = _less_sure(replace(staged(*ASKED, ANSWER), judge=judge), "question.open", SURER - 0.1)
    kinds_in(doubtful)
    assert [(e.claim, e.asked, e.answer) for e in judge.read] == [
        ("Sixty per cent of sites lose a day.", "Why is that?", "The board meets on day six, so they steer on guesses.")
    ]


def test_who_judges() -> None:
    """The models in use judge answers, rules do not; an answer gets the same numbers alone and in company."""
    assert isinstance(DEFAULT, Judge)
    assert not isinstance(RULES, Judge)
    one = Exchange(
        claim="Half of the bids lose on price.", asked="How do you know?", answer="From last year's debriefs."
    )
    other = Exchange(claim="", asked="Go on.", answer="Could we book a demo for Tuesday?")
    alone, together = ACCURATE.judge((one,)), ACCURATE.judge((one, other))
    assert alone[0] == together[0]
    assert all(0 <= p <= 1 for j in together for p in (j.responsive, j.specific, j.evidence, j.hands_back))
    assert ACCURATE.judge(()) == ()


def test_half_of_it_said_before_is_not_assumed() -> None:
    """S2.1: what gives back the other's own words, with some of ours around them, was said before."""
    claim = "A: It's the captain that keeps you away, you can't stand him. #assumption"
    after = "B: Is that the kettle? #question.closed"
    said = "B: I didn't go, I can't stand the new captain."
    assert "assumed" not in kinds_in(staged(said, "A: And your soup? #question.closed", "B: Some of it.", claim, after))
    assert "assumed" in kinds_in(
        staged("B: I didn't go.", "A: And your soup? #question.closed", "B: No.", claim, after)
    )


def test_yes_without_marks_confirms() -> None:
    """A recogniser writes no comma: "i am yeah" takes up what was assumed."""
    claim = "A: so you're worried about the nine #assumption"
    assert "assumed" not in kinds_in(staged("B: it was eleven to nine", claim, "B: i am yeah the nine are my cousins"))
    assert "assumed" in kinds_in(
        staged("B: it was eleven to nine", claim, "B: i am off to see the nine cousins of mine")
    )
