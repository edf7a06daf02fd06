"""A session: the lines so far, and what one more of the user's brings. Values only; a seed replays it.

Going back to a turn makes a branch: the lines up to there are shared, and both branches are kept.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import lru_cache

from duologue.acts import ACCURATE
from duologue.acts.trained.labeller import Trained
from duologue.errors import UnknownName
from duologue.model import Act, Conversation, Span, Speaker, Turn
from duologue.moments.threads import stems
from duologue.practice.base import Decision, Heard, Occasion, Reply, Said, State, Voice
from duologue.practice.heard import PARTNER, YOU, Line, hear
from duologue.practice.known import known_acts
from duologue.practice.partner import begin, step
from duologue.practice.said import sentences_of
from duologue.practice.scenario import Scenario, Temperament, wordings
from duologue.text import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the user's and what came of it. `turn` counts from 1. `acts`: of the reply. `state`: after it."""

    turn: int
    said: str
    heard: Heard
    decision: Decision
    reply: Reply
    acts: tuple[Act, ...]
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a session is played with. `before`: what was said before it begins (a real conversation's
    lines). `starts`: how the partner is then; None where they are as their temperament is."""

    scenario: Scenario
    temperament: Temperament
    seed: int = 0
    before: tuple[Said, ...] = ()
    starts: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation with a partner, up to now. `steps` in order."""

    setting: Setting
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> State:
        return self.steps[-1].state if self.steps else self.setting.starts or begin(self.setting.temperament)

    @property
    def so_far(self) -> tuple[Said, ...]:
        """Every line, oldest first."""
        found = list(self.setting.before)
        for s in self.steps:
            found += [Said(who="you", text=s.said), Said(who="partner", text=s.reply.text)]
        return tuple(found)

    def upto(self, turn: int) -> Talk:
        """The talk as it was before line `turn` (from 1) of the user's was said. Raises UnknownName."""
        if not 1 <= turn <= len(self.steps):
            there = f"There are lines 1 to {len(self.steps)}" if self.steps else "Nothing was said yet"
            raise UnknownName(f"there is no line {turn} to go back to", hint=there)
        return replace(self, steps=self.steps[: turn - 1])


def say(talk: Talk, text: str, voice: Voice, labeller: Trained = ACCURATE) -> Talk:
    """The talk with one more line of the user's and the partner's reply. Raises ValueError after its end."""
    setting, state = talk.setting, talk.state
    scenario = setting.scenario
    heard = hear(
        text,
        lines_of(talk),
        labeller=labeller,
        kind=scenario.kind,
        open_=state.open,
        disclosed=bool(talk.steps) and talk.steps[-1].decision.does in ("disclose", "add"),
        told=told_stems(scenario, setting.temperament, state),
    )
    return answer(talk, heard, voice)


def answer(talk: Talk, heard: Heard, voice: Voice) -> Talk:
    """The talk with the partner's reply to what they heard: `say` from there on. Raises ValueError after its end."""
    setting = talk.setting
    turn = len(talk.steps) + 1
    chance = random.Random(f"{setting.scenario.name}:{setting.temperament}/{setting.seed}/{turn}")
    state, decision = step(talk.state, heard, setting.scenario, setting.temperament, chance)
    occasion = Occasion(
        scenario=setting.scenario,
        temperament=setting.temperament,
        state=state,
        heard=heard,
        decision=decision,
        so_far=(*talk.so_far, Said(who="you", text=heard.text)),
    )
    reply = voice.say(occasion, chance)
    done = Step(
        turn=turn,
        said=heard.text,
        heard=heard,
        decision=decision,
        reply=reply,
        acts=known_acts(decision, reply, setting.scenario),
        state=replace(state, used=(*state.used, *sentences_of(reply.text), *sentences_of(reply.stands_for))),
    )
    return replace(talk, steps=(*talk.steps, done))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(words(text)))


def told_stems(scenario: Scenario, temperament: Temperament, state: State) -> frozenset[str]:
    """The stems of all that was told: what a user may come back to."""
    return frozenset(
        w
        for id in state.told
        for text in (*wordings(scenario.layer(id).says, temperament), *scenario.layer(id).keys)
        for w in _stems(text)
    )


def lines_of(talk: Talk) -> tuple[Line, ...]:
    """Every line with its acts: the user's as they were heard, the partner's as they were meant."""
    found = [Line(who=s.who, text=s.text) for s in talk.setting.before]
    for s in talk.steps:
        found.append(Line(who=YOU, text=s.said, acts=s.heard.acts))
        found.append(Line(who=PARTNER, text=s.reply.text, acts=s.acts))
    return tuple(found)


def conversation_of(talk: Talk, *, you: str = "You") -> Conversation:
    """The session as a conversation that can be reviewed; the user is the coached side."""
    setting = talk.setting
    return Conversation(
        id=f"practice-{setting.scenario.name}-{setting.temperament}-{setting.seed}",
        kind=setting.scenario.kind,
        language="en",
        speakers=(
            Speaker(id=YOU, name=you, side="ours"),
            Speaker(id=PARTNER, name=setting.scenario.person.name, side="theirs"),
        ),
        turns=tuple(Turn(speaker=s.who, text=s.text) for s in talk.so_far),
        source="duologue.practice",
    )


def acts_of(talk: Talk) -> tuple[Act, ...]:
    """The acts of every line that was said in this session, in the turns of `conversation_of`."""
    return tuple(
        replace(a, span=Span(turn=i, start=a.span.start, end=a.span.end))
        for i, line in enumerate(lines_of(talk))
        for a in sorted(line.acts, key=lambda a: (a.span.start, a.kind))
    )
