"""soliloquy (-): one holds the floor past the limit without handing it over (S1.2).

Rule: codebook §2. The limit is 75 seconds where the times are known (and not estimated), else 180 words; both are
conventions, and the user may set their own. A backchannel of the other's ends no floor. A direct request to
explain lifts it; a question that wants a yes or a figure does not. A message has no floor to hand over.
"""

from __future__ import annotations

from collections.abc import Iterator

from duologue.model import Moment, Span
from duologue.moments.base import Detector, Limits, moment
from duologue.moments.openings import asks_to_explain
from duologue.moments.stage import Stage, Stretch
from duologue.moments.wording import Voice

KIND = "soliloquy"
# Outside this many words a second the times of a turn cannot be those of its words (a chat's, or a broken export's).
PACE = (0.5, 7.0)


def find(evidence: Stage, limits: Limits) -> Iterator[Moment]:
    """One moment for each floor past the limit."""
    if evidence.scene.conversation.kind == "message" or limits.kind == "message" or len(evidence.stretches) < 2:
        return
    voice = Voice(evidence, KIND)
    for before, turns in _floors(evidence):
        held = _held(evidence, turns, limits)
        if held is None or (before and _asked_for(evidence, before)):
            continue
        cut = [s for t in turns for s in evidence.scene.sentences[t]]
        quotes = [evidence.opening(turns[0]), cut[-1].span]
        words = voice.say(
            quotes[0],
            _other(evidence, turns),
            held=held,
            theirs_own="theirs",
            middle=voice.short(cut[len(cut) // 2].span),
        )
        yield moment(KIND, turns, quotes, why=words.why, invitation=words.invitation, confidence=0.85)


def _floors(stage: Stage) -> Iterator[tuple[Stretch | None, tuple[int, ...]]]:
    """Each floor of a coached speaker, with only backchannels of the other's between, and what came before it."""
    before: Stretch | None = None
    held: list[int] = []
    for i, stretch in enumerate(stage.stretches):
        if (
            held
            and stretch.first != held[-1]
            and stage.only_listens(stretch)
            and _speaker(stage, stretch.first) != _speaker(stage, held[-1])
        ):
            continue
        for turn in stretch.turns if stretch.coached else ():
            if held and _speaker(stage, turn) == _speaker(stage, held[-1]) and not _handed_over(stage, held[-1]):
                held.append(turn)
                continue
            if held:
                yield before, tuple(held)
            held, before = [turn], (stage.stretches[i - 1] if i and turn == stretch.first else None)
        if not stretch.coached and held:
            yield before, tuple(held)
            held = []
    if held:
        yield before, tuple(held)


def _handed_over(stage: Stage, turn: int) -> bool:
    cut = stage.scene.sentences[turn]
    return cut[-1].is_question or stage.has(turn, "permission")


def _speaker(stage: Stage, turn: int) -> str:
    return stage.scene.conversation.turns[turn].speaker


def _other(stage: Stage, turns: tuple[int, ...]) -> Span:
    other = stage.after(turns[-1]) or stage.before(turns[0])
    return stage.opening(other.first) if other else stage.opening(turns[0])


def _held(stage: Stage, turns: tuple[int, ...], limits: Limits) -> str | None:
    """How long the floor was held, in words for the user; None within the limit."""
    count = sum(stage.scene.words(t) for t in turns)
    said = [stage.scene.conversation.turns[t] for t in turns]
    start, end = said[0].start, said[-1].end
    known = (
        start is not None and end is not None and "start" not in said[0].estimated and "end" not in said[-1].estimated
    )
    if known and start is not None and end is not None and end > start and PACE[0] <= count / (end - start) <= PACE[1]:
        return f"{round(end - start)} seconds" if end - start > limits.floor_seconds else None
    return f"{count} words" if count > limits.floor_words else None


def _asked_for(stage: Stage, before: Stretch) -> bool:
    """A direct request to explain, in what was said just before."""
    for turn in before.turns[-3:]:
        if stage.has(turn, "invitation", "question.open"):
            return True
        if any(
            asks_to_explain(s.text)
            for s in stage.scene.sentences[turn]
            if s.is_question or stage.has(turn, "question", "call_to_action")
        ):
            return True
        if any(asks_to_explain(s.text) for s in stage.scene.sentences[turn][-2:]):
            return True
    return False


DETECTOR = Detector(kind=KIND, needs=("backchannel", "invitation", "question", "permission"), find=find)
