"""The review of a session: the project's one function, with the acts as the session knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from duologue.acts import DEFAULT
from duologue.acts.base import Exchange, Judge, Judgement, Labeller
from duologue.model import Act, Conversation, Review
from duologue.practice.session import Talk, acts_of, conversation_of
from duologue.reviewing import Options, review
from duologue.text import Scene, scene

NOTE = (
    "What the partner’s own lines do was not read off their words: it is known, for rules decided it. What yours do is "
    "what the partner heard in them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsHeard:
    """A labeller that gives a session's acts: the user's lines as they were heard, the partner's as they were meant.

    Of what was said before the session only the last line is read: it is what the user's first one answers.
    """

    talk: Talk
    labeller: Labeller

    @property
    def name(self) -> str:
        return self.labeller.name

    def label(self, scene: Scene) -> tuple[Act, ...]:
        """Every act in the scene, which has to be that of the talk's conversation."""
        return (*self._opening(scene.conversation), *acts_of(self.talk))

    def note(self, scene: Scene) -> str | None:
        """That the partner's acts are known."""
        return NOTE

    def _opening(self, conversation: Conversation) -> tuple[Act, ...]:
        last = len(self.talk.setting.before) - 1
        if last < 0:
            return ()
        alone = scene(replace(conversation, turns=conversation.turns[last : last + 1]))
        return tuple(replace(a, span=replace(a.span, turn=last)) for a in self.labeller.label(alone))


@dataclass(frozen=True, slots=True, kw_only=True)
class AsHeardAndJudged(AsHeard):
    """The same with a judge of answers: the labeller's own."""

    judged_by: Judge

    def judge(self, exchanges: Sequence[Exchange]) -> tuple[Judgement, ...]:
        """A judgement for each exchange, in order."""
        return self.judged_by.judge(exchanges)


def as_heard(talk: Talk, labeller: Labeller = DEFAULT) -> Labeller:
    """The labeller for a review of this talk; a judge too where `labeller` is one."""
    if isinstance(labeller, Judge):
        return AsHeardAndJudged(talk=talk, labeller=labeller, judged_by=labeller)
    return AsHeard(talk=talk, labeller=labeller)


def reviewed(talk: Talk, labeller: Labeller = DEFAULT) -> Review:
    """The review of a session, as of any conversation."""
    return review(conversation_of(talk), Options(labeller=as_heard(talk, labeller)))
