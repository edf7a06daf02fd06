"""Short talks with the same people, with acts given by hand. All words are ours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from duologue.model import Act, Review, Side
from duologue.reviewing import Options, review
from duologue.text import Scene
from staging import staged

SIDES: dict[str, Side] = {"Ines": "ours", "Okoro": "theirs", "Lund": "theirs"}


@dataclass(frozen=True)
class ByHand:
    """A labeller that gives the acts it was made with."""

    acts: tuple[Act, ...]
    name: str = "test"

    def label(self, scene: Scene) -> tuple[Act, ...]:
        return self.acts

    def note(self, scene: Scene) -> str | None:
        return None


def reviewed(id: str, *lines: str, started_at: str | None = None, kind: str = "selling", **sides: Side) -> Review:
    """The review of lines as in `staging`; Ines is ours, the others theirs."""
    evidence = staged(*lines, kind=kind, sides=SIDES | sides)
    conversation = replace(evidence.scene.conversation, id=id, started_at=started_at, language="en")
    return review(conversation, Options(labeller=ByHand(evidence.acts)))


def first(started_at: str | None = "2026-03-02") -> Review:
    """A thread (the cold store) and a concern (the harbour fee) are left; an assumption; the other goes cold."""
    return reviewed(
        "first",
        "Ines: How has the season been? #question.open",
        "Okoro: Long. We lost a pallet of mussels when the cold store cut out at night. #disclosure.issue",
        "Ines: Our platform has live sensors, and nobody else in the trade has them. #pitch",
        "Okoro: I asked for a price list. What makes you say that nobody has them? #question.open #invitation.basis",
        "Ines: The training is the best there is. #pitch | Shall we say Thursday? #question.closed #call_to_action",
        "Okoro: I want the night crew home before breakfast. #disclosure.goal",
        "Ines: You are surely losing money on every crossing. #assumption",
        "Okoro: No, the crossings pay. #disagreement",
        "Ines: Well, the platform pays for itself. #pitch",
        "Okoro: Just send me something. #withdrawal",
        "Ines: It comes with a training day too. #pitch",
        "Okoro: Maybe some other time. #withdrawal",
        "Ines: And a year of support on the platform. #pitch",
        "Okoro: I have to go now. #withdrawal",
        started_at=started_at,
    )


def back(started_at: str | None = "2026-03-20") -> Review:
    """The other brings the cold store up again and speaks of the first talk; it is picked up; a guess is taken back."""
    return reviewed(
        "back",
        "Ines: Last time I told you that every crossing loses money, and that was a guess of mine. Sorry. #repair",
        "Okoro: Thank you. | When you told me how the platform pays for itself, I stopped listening. #disclosure.issue",
        "Ines: I can hear that. #acknowledgement",
        "Okoro: The cold store cut out again, by the way, and we threw away another pallet. #disclosure.issue",
        "Ines: What happens in the store when the power goes? #follow_up #question.open",
        "Okoro: Nobody knows until the morning. #disclosure.issue",
        "Ines: How long does it take until somebody looks? #follow_up #question.open",
        "Okoro: Six hours, some nights. #information",
        started_at=started_at,
    )


def pitched(started_at: str | None = "2026-04-01") -> Review:
    """The cold store comes up beside a pitch, and nowhere else."""
    return reviewed(
        "pitched",
        "Ines: For the cold store and your pallets we have a sensor bundle, half price this week. #pitch",
        "Okoro: I will look at it. #withdrawal",
        "Ines: Who else looks at it with you? #question.open",
        "Okoro: My sister keeps the books. #information",
        started_at=started_at,
    )


def silent(started_at: str | None = "2026-05-01") -> Review:
    """About something else altogether."""
    return reviewed(
        "silent",
        "Ines: How did the new ferry timetable work out? #question.open",
        "Okoro: It is fine. The early boat is full of schoolchildren now. #information",
        "Ines: Which boat do you take yourself? #question.open",
        "Okoro: The late one, with my bicycle. #information",
        started_at=started_at,
    )


def three(started_at: str | None = "2026-06-01") -> Review:
    """Lund is there too, and what he brings up is left; the cold store is picked up."""
    return reviewed(
        "three",
        "Ines: How is the cold store holding up with the new pallets? #question.open #follow_up",
        "Okoro: Better. #information",
        "Lund: The licence for the slipway runs out in autumn, and the council will not answer me. #disclosure.issue",
        "Ines: Our support line answers within a minute. #pitch",
        "Lund: Good to know. #backchannel",
        started_at=started_at,
    )
