"""A message (one turn): whose matter it serves, what it assumes, what it asks, with the words highlighted (S1.3)."""

from __future__ import annotations

from dataclasses import dataclass

from duologue.model import Act, Review
from duologue.model.codebook import ACTS
from duologue.reports import trust
from duologue.reports.excerpts import segments
from duologue.reports.safe import visible
from duologue.reports.wording import focus_said

# What a reader of a message asks of it, in that order, and the acts that answer.
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("assumes", "What it assumes about its reader", ("assumption",)),
    ("asks", "What it asks", ("question", "follow_up", "call_to_action", "permission", "invitation")),
    ("gives", "Where it takes up something of its reader’s",
     ("reflection", "acknowledgement", "presence", "agreement", "repair")),
    ("ours", "Where it speaks for its writer", ("pitch", "persuasion", "story", "advice", "disagreement", "either_or")),
)  # fmt: skip
NOTHING = {
    "assumes": "Nothing, as far as the words show.",
    "asks": "Nothing, as far as the words show.",
    "gives": "Nowhere, as far as the words show.",
    "ours": "Nowhere, as far as the words show.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the message; `groups` and `labels`: what its words do, empty where nothing was found."""

    text: str
    groups: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`findings`: (group, heading, (label, words)…); `segments`: the whole text, cut where highlights change."""

    focus: str
    agreement: str
    findings: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    segments: tuple[Segment, ...]


_BREAK = Segment(text="\n\n", groups=(), labels=())


def message_of(review: Review, *, withheld: str | None = None) -> Message:
    """The message of a review; where it has several turns, their texts one after the other.

    `withheld`: why nothing is said about its words, where that is so; there are no findings then.
    """
    turns = review.conversation.turns
    focus = focus_said(review.focus) if review.focus else "Whose matter it serves is not known."
    found = tuple((group, heading, _found(review, kinds)) for group, heading, kinds in GROUPS)
    return Message(
        focus=f"What it does is withheld: {withheld}." if withheld else focus,
        agreement="" if withheld else trust.agreement_said("focus"),
        findings=() if withheld else found,
        segments=tuple(s for i in range(len(turns)) for s in (*([_BREAK] if i else []), *_segments(review, i))),
    )


def _found(review: Review, kinds: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each stretch of words once, with all that it does in this group."""
    labels: dict[tuple[int, int, int], list[str]] = {}
    for a in review.acts:
        if a.kind.partition(".")[0] in kinds:
            labels.setdefault((a.span.turn, a.span.start, a.span.end), []).append(
                f"{ACTS[a.kind].label}, {trust.f1_said(a.kind)}"
            )
    turns = review.conversation.turns
    return tuple(
        ("; ".join(dict.fromkeys(said)), " ".join(visible(turns[turn].text[start:end]).split()))
        for (turn, start, end), said in sorted(labels.items())
    )


def _segments(review: Review, turn: int) -> list[Segment]:
    text = review.conversation.turns[turn].text
    acts = [a for a in review.acts if a.span.turn == turn and group_of(a)]
    found = []
    for start, end, covering in segments(len(text), [(a.span.start, a.span.end) for a in acts]):
        here = [acts[i] for i in covering]
        found.append(
            Segment(
                text=visible(text[start:end]),
                groups=tuple(dict.fromkeys(group_of(a) for a in here)),
                labels=tuple(dict.fromkeys(ACTS[a.kind].label for a in here)),
            )
        )
    return found


def group_of(act: Act) -> str:
    """The group an act belongs to in a message; empty where it is not shown there."""
    head = act.kind.partition(".")[0]
    return next((group for group, _, kinds in GROUPS if head in kinds), "")
