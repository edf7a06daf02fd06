"""A small review by hand: what was said, which sentence does what, and which moments there are."""

from __future__ import annotations

from collections.abc import Sequence

from duologue.model import Act, Conversation, Kind, Moment, Review, Speaker, Turn
from duologue.model.codebook import MOMENTS
from duologue.text import sentences

# (who, the sentences of the turn, each with its acts): A is the user.
Line = tuple[str, Sequence[tuple[str, Sequence[str]]]]

TALK: tuple[Line, ...] = (
    ("A", [("Thanks for coming in, Dana.", ["small_talk"]), ("How is the clinic?", ["question.open"])]),
    ("B", [("Busy, thank you.", ["small_talk"])]),
    ("A", [("How many rooms do you have?", ["question.closed"])]),
    ("B", [("We have fourteen rooms at Harrow Street.", ["information"])]),
    ("A", [("And what goes wrong there?", ["question.open", "follow_up"])]),
    ("B", [("The cleaning rota breaks down every Monday.", ["disclosure.issue"]),
           ("(sighs) I end up scrubbing floors myself, Marcus.", ["disclosure.personal_impact"])]),
    ("A", [("Our app does rotas better than anybody.", ["pitch"])]),
    ("B", [("Right.", ["withdrawal"])]),
    ("A", [("What would you want instead?", ["question.open"])]),
    ("B", [("A rota that holds until the weekend would be plenty.", ["disclosure.goal"]),
           ("And I'd love to teach again, like Rosa said I should.", ["disclosure.personal_goal"])]),
)  # fmt: skip


def review_of(
    lines: Sequence[Line] = TALK,
    *,
    moments: Sequence[tuple[str, Sequence[int]]] = (("dropped_thread", (5, 6)),),
    names: tuple[str, str] = ("Marcus Vale", "Dana Whitlock"),
    sides: bool = True,
    kind: Kind | None = "consulting",
) -> Review:
    """The review of these lines; each moment quotes the first sentence of each of its turns."""
    turns = tuple(Turn(speaker=who, text=" ".join(s for s, _ in said)) for who, said in lines)
    side_a, side_b = ("ours", "theirs") if sides else ("unknown", "unknown")
    conversation = Conversation(
        id="c",
        speakers=(
            Speaker(id="A", name=names[0], side=side_a),  # type: ignore[arg-type]
            Speaker(id="B", name=names[1], side=side_b),  # type: ignore[arg-type]
        ),
        turns=turns,
        kind=kind,
        language="en",
    )
    acts = [
        Act(kind=k, span=span.span, confidence=0.9, by="test")
        for n, (_, said) in enumerate(lines)
        for span in sentences(turns[n].text, n)
        for text, kinds in said
        if text == span.text
        for k in kinds
    ]
    return Review(
        conversation=conversation,
        kind=kind,
        acts=tuple(acts),
        moments=tuple(_moment(kind, tuple(at), turns) for kind, at in moments),
        measures=(),
        context=(),
        dials=(),
        next=(),
        notices=(),
        version="0",
    )


def _moment(kind: str, at: tuple[int, ...], turns: tuple[Turn, ...]) -> Moment:
    return Moment(
        kind=kind,
        sign=MOMENTS[kind].sign,
        turns=at,
        quotes=tuple(sentences(turns[n].text, n)[0].span for n in at),
        why="…",
        invitation=None,
        confidence=0.8,
    )
