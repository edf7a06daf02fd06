"""The contract of a labeller: every act of the codebook can be found, spans are exact, order and output are fixed."""

from __future__ import annotations

import pytest

from duologue.acts import ACCURATE, DEFAULT, FAST, RULES, Labeller
from duologue.model import Act
from duologue.model.codebook import ACTS
from duologue.text import quote, scene
from support import talk

# One small talk an act: (act, the turn that holds it, lines).
FOUND: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("question.open", 0, ("A: What happens when a delivery turns up short?",)),
    ("question.closed", 0, ("A: Do you close the books on the fifth?",)),
    ("question.leading", 0, ("A: Wouldn't you like to pay half of that?",)),
    ("follow_up", 1, ("B: The ovens fail on humid days.", "A: How often do the ovens fail?")),
    ("reflection", 1, ("B: Every complaint lands on me after six.", "A: So you're the last stop for every complaint.")),
    ("acknowledgement", 1, ("B: We were burned by the last vendor.", "A: I can see why you'd be careful after that.")),
    ("backchannel", 1, ("B: The press stopped at noon and then again at two.", "A: Mm-hm.")),
    ("information", 1, ("A: How many vans do you run?", "B: There are eleven vans at the depot.")),
    ("advice", 1, ("B: The queue is long on Mondays.", "A: You should open a second counter.")),
    ("pitch", 0, ("A: Our platform gives you a full view of the floor, and we are the market leader.",)),
    ("disagreement", 1, ("A: The cutover went well.", "B: That's not true, it took three weekends.")),
    ("either_or", 0, ("A: Either you back this plan or you don't.",)),
    ("assumption", 0, ("A: Your people probably hate the rota.",)),
    ("persuasion", 0, ("A: There are only two slots left at this price.",)),
    ("story.personal", 0, ("A: When I ran my first kitchen, I burned three hundred rolls in one morning.",)),
    ("story.third_party", 0, ("A: A client of ours in Utrecht lost a whole season to this.",)),
    ("call_to_action", 0, ("A: Can we book a demo for Thursday?",)),
    ("permission", 0, ("A: Would it help if I shared what others tried?",)),
    ("presence", 1, ("B: I haven't told anybody else.", "A: I'm here, and I'm listening.")),
    ("small_talk", 0, ("A: How was your weekend?",)),
    ("invitation.more", 1, ("A: Half of your stock is dead weight.", "B: Tell me more.")),
    ("invitation.why", 1, ("A: You carry nine suppliers for one part.", "B: Why is that an issue?")),
    ("invitation.meaning", 1, ("A: It is a matter of posture.", "B: What do you mean?")),
    ("invitation.look_for", 1, ("A: The signs are on your own floor.", "B: What should we be looking for?")),
    ("invitation.basis", 1, ("A: It costs firms like yours a day a week.", "B: How do you know that?")),
    ("disclosure.issue", 1, ("A: What is going on?", "B: We keep losing orders between the two systems.")),
    ("disclosure.personal_impact", 1, ("A: And you?", "B: It keeps me up at night, to be frank.")),
    ("disclosure.goal", 1, ("A: What are you after?", "B: We want to cut returns by half before June.")),
    ("disclosure.personal_goal", 1, ("A: And for yourself?", "B: I'd love to be home before my kids are asleep.")),
    ("withdrawal", 1, ("A: Shall I go on?", "B: Just send me something, I have another call.")),
    ("concern", 1, ("A: It is nine thousand a year.", "B: That is too much money for us.")),
    ("repair", 1, ("B: You never asked.", "A: I jumped ahead of you. I should have asked first.")),
    ("agreement", 1, ("A: Let's begin with the night shift.", "B: Sounds good, let's do that.")),
)


def label(*lines: str) -> tuple[Act, ...]:
    return RULES.label(scene(talk(*lines)))


@pytest.mark.parametrize(("kind", "turn", "lines"), FOUND, ids=[f[0] for f in FOUND])
def test_each_act_is_found(kind: str, turn: int, lines: tuple[str, ...]) -> None:
    """The codebook's list is closed and every act on it has rules that find it."""
    assert kind in {a.kind for a in label(*lines) if a.span.turn == turn}


def test_the_table_above_covers_the_codebook() -> None:
    """A new act cannot join the codebook without a sentence here that shows it found."""
    assert {f[0] for f in FOUND} == set(ACTS)


@pytest.mark.parametrize("labeller", [RULES, ACCURATE, FAST, DEFAULT], ids=["rules", "accurate", "fast", "default"])
def test_acts_keep_the_contract(labeller: Labeller) -> None:
    """P1, P4: kinds are the codebook's, a span is exactly a sentence, confidences are rounded, `by` says who."""
    conversation = talk(*(line for _, _, lines in FOUND for line in lines))
    cut = scene(conversation)
    acts = labeller.label(cut)
    spans = {s.span for row in cut.sentences for s in row}
    for act in acts:
        assert act.kind in ACTS
        assert act.span in spans
        assert quote(conversation, act.span).strip()
        assert 0 < act.confidence <= 1
        assert act.confidence == round(act.confidence, 3)
        assert act.by == labeller.name
    assert list(acts) == sorted(acts, key=lambda a: (a.span.turn, a.span.start, a.kind))
    assert len({(a.kind, a.span) for a in acts}) == len(acts)
    assert labeller.label(scene(conversation)) == acts
