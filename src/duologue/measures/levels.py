"""How deep the other asked into a claim of ours, and how many of those questions were answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duologue.measures.base import Definition, Family, given, unknown
from duologue.measures.material import Labels, Material, Subject
from duologue.model import Measure

_SOURCE = "Duologue's codebook (invitations; question dodged); S3.2 of its mission."

ASKED = Definition(
    name="levels_asked",
    label="levels asked into a claim",
    unit="levels",
    definition="The most turns in a row in which another asked into one claim of this speaker's (information, "
    "advice, a pitch, persuasion, an assumption or a disagreement): an invitation such as “tell me more”, or a "
    "question that follows from what the speaker said. 0: nobody asked into any.",
    source=_SOURCE,
    minimum="one claim after which another spoke",
    needs_acts=True,
)
ANSWERED = Definition(
    name="levels_answered",
    label="levels answered",
    unit="levels",
    definition="Of the levels asked into that claim, those that the speaker met in the next turn: it does not "
    "open with a pitch, persuasion, a call to action, small talk or a question, and is more than a sign of "
    "listening. Whether the answer was a good one the acts do not tell.",
    source=_SOURCE,
    minimum="one level asked",
    needs_acts=True,
)

_CLAIM = frozenset({"information", "advice", "pitch", "persuasion", "assumption", "disagreement"})
_EVADES = frozenset({"pitch", "persuasion", "call_to_action", "small_talk", "question"})


@dataclass(slots=True)
class _Tally:
    """One speaker's claims that another could ask into, the levels now open, and the deepest (asked, answered)."""

    claims: int = 0
    asked: int = 0
    answered: int = 0
    deepest: tuple[int, int] = (0, 0)


def measure(m: Material) -> Iterator[Measure]:
    """Levels asked and levels answered, for each."""
    tallies = _tallies(m)
    for subject in m.subjects:
        yield from _of(subject, [tallies[s] for s in subject.speakers if s in tallies])


def _tallies(m: Material) -> dict[str, _Tally]:
    tallies: dict[str, _Tally] = {}
    for i in range(1, len(m.stretches)):
        claimant, labels = m.stretches[i - 1].speaker, m.stretch_labels[i]
        tally = tallies.setdefault(claimant, _Tally())
        claims = bool(m.stretch_labels[i - 1] & _CLAIM)
        tally.claims += claims
        into = "invitation" in labels or {"question", "follow_up"} <= labels
        if not (into and (claims or tally.asked)):
            tally.asked = tally.answered = 0
            continue
        tally.asked += 1
        tally.answered += _answers(m, i + 1, claimant)
        tally.deepest = max(tally.deepest, (tally.asked, tally.answered))
    return tallies


def _answers(m: Material, i: int, claimant: str) -> bool:
    """Whether stretch i is the claimant's, and opens with something that may answer."""
    if i >= len(m.stretches) or m.stretches[i].speaker != claimant:
        return False
    return not _opening(m, i) & _EVADES


def _opening(m: Material, i: int) -> Labels:
    """The labels of the first sentence of a stretch that is more than a sign of listening."""
    for t in m.stretches[i].turns:
        for kinds in m.labels[t]:
            if "backchannel" not in kinds:
                return kinds
    return frozenset({"question"})  # nothing but signs of listening: no answer


def _of(subject: Subject, own: list[_Tally]) -> Iterator[Measure]:
    claims = sum(t.claims for t in own)
    asked, answered = max((t.deepest for t in own), default=(0, 0))
    if not claims:
        yield unknown(ASKED, subject.key, "made no claim after which another spoke", n=0)
        yield unknown(ANSWERED, subject.key, "made no claim after which another spoke", n=0)
        return
    yield given(ASKED, asked, subject.key, n=claims)
    if asked:
        yield given(ANSWERED, answered, subject.key, n=asked)
    else:
        yield unknown(ANSWERED, subject.key, "nobody asked into a claim of theirs", n=0)


FAMILY = Family(name="levels", definitions=(ASKED, ANSWERED), measure=measure)
