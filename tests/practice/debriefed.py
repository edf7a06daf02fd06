"""A talk made by hand, step by step, so that a debrief of it changes only when the debrief does."""

from __future__ import annotations

from typing import Any

from duologue.acts.base import Exchange, Judgement
from duologue.model import Act, Span
from duologue.practice.base import Decision, Heard, Open, Reply, Said, State
from duologue.practice.known import known_acts
from duologue.practice.scenario import Fact, Issue, Layer, LettingGo, Person, Scenario, Trigger
from duologue.practice.session import Setting, Step, Talk
from duologue.text import Scene

OPENS = "Come in. The kettle is on, and I have until noon."


class Unlabelled:
    """A labeller that finds nothing: what a debrief knows of the lines, it knows from the session."""

    name = "none/1"

    def __init__(self) -> None:
        self.read: list[str] = []

    def label(self, scene: Scene) -> tuple[Act, ...]:
        self.read += [t.text for t in scene.conversation.turns]
        return ()

    def note(self, scene: Scene) -> str | None:
        return None


class Judging(Unlabelled):
    """The same, and a judge."""

    def judge(self, exchanges: Any) -> tuple[Judgement, ...]:
        assert all(isinstance(e, Exchange) for e in exchanges)
        return tuple(Judgement(responsive=0.9, specific=0.9, evidence=0.1, hands_back=0.1) for _ in exchanges)


def _layer(id: str, cell: Any, about: str, trust: float, says: str, **more: Any) -> Layer:
    return Layer(id=id, cell=cell, about=about, trust=trust, says=[says], keys=[id], **more)


SCENARIO = Scenario(
    format="duologue.scenario/1",
    name="orchard",
    title="A grower who thinks of giving up",
    domain="sales",
    kind="consulting",
    you="You advise growers.",
    relation="You met once, at a fair.",
    person=Person(name="Ines Roth", role="a grower", talk="plain"),
    opens=OPENS,
    issues=[
        Issue(
            id="trees",
            about="the trees",
            layers=[
                _layer("frost", "issue", "the late frosts", 0.2, "The frost took the blossom three years running."),
                _layer("debt", "issue", "what the nets cost her", 0.4, "I owe the bank for nets.", after=["frost"]),
                _layer("nights", "personal_impact", "her nights among the candles", 0.5, "I light candles at three."),
                _layer("sell", "personal_goal", "that she wants to sell", 0.6, "I would like to sell, and soon."),
            ],
        )
    ],
    facts=[Fact(id="trees", asked=["how many"], says=["Four hundred trees."])],
    triggers=[Trigger(words=["hobby"], why="She hears that her work is a game.", says=["It is no game."])],
    letting_go=LettingGo(after="sell", why="She has decided; a plan to keep the trees would be yours."),
)


def acts(said: str, *found: tuple[str, str] | tuple[str, str, float]) -> tuple[Act, ...]:
    """Acts at words of a line: (kind, words) or (kind, words, confidence)."""
    made = []
    for kind, words, *sure in found:
        at = said.index(words)
        made.append(
            Act(
                kind=kind,
                span=Span(turn=0, start=at, end=at + len(words)),
                confidence=float(sure[0]) if sure else 0.9,
                by="made/1",
            )
        )
    return tuple(made)


def step(
    before: Talk,
    said: str,
    reply: str,
    *,
    does: Any,
    why: str,
    trust: float,
    openness: float = 0.5,
    found: tuple[Any, ...] = (),
    listening: dict[Any, float] | None = None,
    closing: dict[Any, float] | None = None,
    answered: float | None = None,
    **decided: Any,
) -> Talk:
    """The talk with one more step. `found`: the acts of the line; `decided`: the rest of the decision."""
    state = before.state
    layer = decided.get("layer")
    told = (*state.told, layer) if does == "disclose" and layer else state.told
    ask = decided.get("ask")
    opened = Open(ask=ask, claim=decided.get("claim")) if ask else None
    decision, answer = Decision(does=does, why=why, **decided), Reply(text=reply)
    return Talk(
        setting=before.setting,
        steps=(
            *before.steps,
            Step(
                turn=len(before.steps) + 1,
                said=said,
                heard=Heard(
                    text=said,
                    listening=listening or {},
                    closing=closing or {},
                    question="?" in said,
                    answered=answered,
                    silent=not said,
                    acts=acts(said, *found),
                ),
                decision=decision,
                reply=answer,
                acts=known_acts(decision, answer, before.setting.scenario),
                state=State(
                    turn=state.turn + 1,
                    trust=trust,
                    openness=openness,
                    patience=0.8,
                    told=told,
                    open=opened,
                    withheld=decided.get("withheld"),
                    ended=decided.get("goes", False),
                ),
            ),
        ),
    )


def begun(**setting: Any) -> Talk:
    return Talk(
        setting=Setting(
            scenario=SCENARIO, temperament="warm", seed=1, before=(Said(who="partner", text=OPENS),), **setting
        )
    )


def told_frost(talk: Talk) -> Talk:
    return step(
        talk,
        "What has the year been like for you?",
        "The frost took the blossom three years running.",
        does="disclose",
        layer="frost",
        why="You asked.",
        trust=0.42,
        openness=0.55,
        found=(("question.open", "What has the year been like for you?"),),
        listening={"asked": 0.6},
    )


def gave_back(talk: Talk) -> Talk:
    return step(
        talk,
        "So three springs in a row were lost before they began.",
        "Yes, exactly. I owe the bank for nets.",
        does="disclose",
        layer="debt",
        why="You gave back what I had said.",
        trust=0.58,
        openness=0.8,
        found=(("reflection", "So three springs in a row were lost before they began."),),
        listening={"reflected": 0.9},
    )


def pitched(talk: Talk) -> Talk:
    return step(
        talk,
        "Our sensors are the best in the valley. Shall we book a visit?",
        "What is your basis for that?",
        does="ask",
        ask="invitation.basis",
        against="pitch",
        why="You praised something, and I had not asked for it.",
        trust=0.4,
        openness=0.3,
        found=(("pitch", "Our sensors are the best in the valley."), ("call_to_action", "Shall we book a visit?")),
        closing={"pitch": 0.95, "call_to_action": 0.9, "dropped": 0.6},
    )


def deflected(talk: Talk) -> Talk:
    return step(
        talk,
        "Everybody in the valley has them by now.",
        "That was not my question.",
        does="cool",
        against="deflected",
        why="I had asked several times; I let it be, and trusted the claim less.",
        trust=0.25,
        openness=0.2,
        answered=0.1,
        found=(("persuasion", "Everybody in the valley has them by now."),),
        closing={"persuasion": 0.9, "deflected": 0.9},
    )


def touched(talk: Talk) -> Talk:
    return step(
        talk,
        "It is a lovely hobby.",
        "It is no game.",
        does="trigger",
        trigger=0,
        why="That word touches something: she hears that her work is a game.",
        trust=0.2,
        openness=0.2,
        closing={"assumption": 0.5},
    )


def told_to_sell(talk: Talk) -> Talk:
    return step(
        talk,
        "I am with you. Take your time.",
        "I would like to sell, and soon.",
        does="disclose",
        layer="sell",
        why="You left me room.",
        trust=0.7,
        openness=0.9,
        found=(("presence", "I am with you."), ("permission", "Take your time.")),
        listening={"present": 0.9},
    )


def listener() -> Talk:
    return gave_back(told_frost(begun()))


def mixed() -> Talk:
    """Well begun, then pitched and deflected."""
    return deflected(pitched(listener()))
