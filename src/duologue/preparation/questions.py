"""The question behind every empty rung: what only the user can say is asked, never made up."""

from __future__ import annotations

from duologue.preparation.ladder import Place

QUESTIONS: dict[Place, str] = {
    "matters_to": "For whom does this matter, and what do they do today without it?",
    "stands_behind.evidence": "How do you know? Who counted, measured or saw it?",
    "stands_behind.source": "Where could they look it up, or whom could they ask?",
    "stands_behind.not_true_for": "For whom is it not true, or not worth it?",
    "look_for": "What would somebody see on their own desk if this were true?",
    "means.business": "What would it change in their business, said in their terms?",
    "means.person": "What would it change for the one person in front of you?",
    "follow_ups.more.1": "They say “tell me more”. What comes first?",
    "follow_ups.more.2": "And below that: which case have you seen yourself?",
    "follow_ups.more.3": "What do you know of it that hardly anybody asks for?",
    "follow_ups.why.1": "Why is it so? What brings it about?",
    "follow_ups.why.2": "And why is that?",
    "follow_ups.why.3": "What lies at the bottom of it, as far as you know?",
    "follow_ups.meaning.1": "How would you say it to somebody outside your trade?",
    "follow_ups.meaning.2": "At which word would they stumble, and what do you mean by it?",
    "follow_ups.meaning.3": "What comes close to it and is not meant?",
    "follow_ups.look_for.1": "What should they look for first?",
    "follow_ups.look_for.2": "Where does it show, and how long would they have to look?",
    "follow_ups.look_for.3": "What would they see if it were not so with them?",
}


def question(place: Place) -> str:
    """What is asked where a rung is empty."""
    return QUESTIONS[place]


NAMES: dict[Place, str] = {
    "matters_to": "matters to",
    "stands_behind.evidence": "evidence",
    "stands_behind.source": "source",
    "stands_behind.not_true_for": "limits",
    "look_for": "look for",
    "means.business": "means, business",
    "means.person": "means, person",
    **{
        f"follow_ups.{kind}.{level}": f"{said} {level}"
        for kind, said in (("more", "more"), ("why", "why"), ("meaning", "meaning"), ("look_for", "look for"))
        for level in (1, 2, 3)
    },
}
