"""Acts by a trained model, with the rules as a second witness.

`model.json` beside the weights says for each act how the model's logit, and a rule that found the act, become a
probability, and from which probability on it is claimed. All of it was chosen on development data
(`training/finish.py`). What the codebook labels on one side only is not claimed for the other, where sides are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from duologue.acts.base import Exchange, Judgement, Labeller
from duologue.acts.rules import RULES
from duologue.acts.trained.doubt import without_doubtful
from duologue.acts.trained.encoder import Encoder
from duologue.acts.trained.inputs import judged, windows
from duologue.acts.trained.spelling import alike
from duologue.model import Act, Side
from duologue.text import Scene

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Probabilities = NDArray[float32]
    Read = tuple[int, int, Side, Probabilities]  # turn, index of the sentence, side it was read as, logits

# The codebook's convention: the other's matters and their pulling back, the coached side's telling (codebook, 1).
THEIRS_ONLY = (
    "disclosure.issue", "disclosure.personal_impact", "disclosure.goal", "disclosure.personal_goal", "withdrawal",
)  # fmt: skip
OURS_ONLY = ("assumption", "pitch", "persuasion")


class Facts(msgspec.Struct):
    """What training wrote: the acts in the order of the logits, and for each the logit's scale and shift, what a rule
    that found it adds, and the threshold."""

    name: str
    kinds: list[str]
    scale: dict[str, float]
    shift: dict[str, float]
    rule: dict[str, float]
    thresholds: dict[str, float]
    judgements: dict[str, dict[str, float]] = {}  # of an answer: the scale and shift of its logit


class Trained:
    """A labeller: the model read once a turn, pooled by sentence.

    Its folder in this package holds encoder.onnx and model.json; they are read when the first sentence is.
    """

    def __init__(self, folder: str) -> None:
        here = files("duologue.acts.trained")
        self._folder = here / folder
        self.encoder = Encoder(self._folder, here / "tokenizer.json")

    @cached_property
    def facts(self) -> Facts:
        return msgspec.json.decode(self._folder.joinpath("model.json").read_bytes(), type=Facts)

    @property
    def name(self) -> str:
        return self.facts.name

    def label(self, scene: Scene) -> tuple[Act, ...]:
        """Every act in the scene, sorted by turn, start and kind."""
        return self._claimed(scene, self.probabilities(scene))

    def weigh(self, scene: Scene, turn: int) -> tuple[tuple[Act, ...], dict[str, float]]:
        """The acts of one turn, and how likely each of all acts is in it: the highest of its sentences."""
        found = self.probabilities(scene, frozenset((turn,)))
        rows = list(found.values())
        likely = {k: max((float(row[i]) for row in rows), default=0.0) for i, k in enumerate(self.facts.kinds)}
        return self._claimed(scene, found), likely

    def _claimed(self, scene: Scene, found: dict[tuple[int, int], Probabilities]) -> tuple[Act, ...]:
        kinds, least = self.facts.kinds, self._row(self.facts.thresholds)
        return tuple(
            Act(kind=kinds[k], span=scene.sentences[turn][i].span, confidence=round(float(row[k]), 3), by=self.name)
            for (turn, i), row in sorted(found.items(), key=lambda x: x[0])
            for k in sorted((row >= least).nonzero()[0], key=lambda k: kinds[k])
        )

    def probabilities(self, scene: Scene, only: frozenset[int] | None = None) -> dict[tuple[int, int], Probabilities]:
        """(turn, index of the sentence) → a calibrated probability an act, in the order of `facts.kinds`; 0 where the
        side rules the act out. `only`: of these turns alone."""
        # The model loads and reads on its own threads while the rules are looked up on this one.
        with ThreadPoolExecutor(1) as aside:
            reading = aside.submit(self.logits, scene, only)
            seconded = self._by_rules(scene)
            found = self.weighed(scene, reading.result(), seconded)
        # A finding must not hang on one word that was hardly heard: it has to stand without that word too.
        for again in without_doubtful(scene):
            if only is not None and not again.turns <= only:
                continue
            for at, p in self.weighed(again.scene, self.logits(again.scene, again.turns), seconded).items():
                if at in again.sentences:
                    found[at] = found[at].clip(max=p)
        return found

    def note(self, scene: Scene) -> None:
        """Nothing."""

    def judge(self, exchanges: Sequence[Exchange]) -> tuple[Judgement, ...]:
        """A judgement for each exchange, in order. The model must have been trained to judge."""
        import numpy as np

        texts = [alike(t) for e in exchanges for t in (e.claim, e.asked, e.answer)]
        pieces = iter(self.encoder.pieces(texts))
        some = [judged(claim=next(pieces), asked=next(pieces), answer=next(pieces), side=e.side) for e in exchanges]
        first = len(self.facts.kinds)
        found = []
        for rows in self.encoder.logits(some):
            z = {
                name: float(rows[0][first + i]) * c["scale"] + c["shift"]
                for i, (name, c) in enumerate(self.facts.judgements.items())
            }
            found.append(Judgement(**{name: round(float(1 / (1 + np.exp(-v))), 3) for name, v in z.items()}))
        return tuple(found)

    def _by_rules(self, scene: Scene) -> dict[tuple[int, int], list[str]]:
        """(turn, start) of a sentence → the acts that the rules found in it."""
        found: dict[tuple[int, int], list[str]] = {}
        if any(self.facts.rule.values()):
            for act in RULES.label(scene):
                found.setdefault((act.span.turn, act.span.start), []).append(act.kind)
        return found

    def logits(self, scene: Scene, only: frozenset[int] | None) -> list[Read]:
        """A row of logits for each sentence of the turns asked for, with the side that it was read as."""
        chosen = [(turn, side) for turn, side in _read_as(scene) if only is None or turn in only]
        tokens = self.encoder.tokens(scene, [turn for turn, _ in chosen])
        some = [
            (turn, side, w)
            for turn, side in chosen
            for w in windows(before=before(scene, turn, tokens), sentences=tokens[turn], side=side)
        ]
        every = self.encoder.logits([w for _, _, w in some])
        acts = len(self.facts.kinds)  # further columns judge answers
        return [
            (turn, index, side, row[:acts])
            for (turn, side, window), rows in zip(some, every, strict=True)
            for (index, _, _), row in zip(window.spans, rows, strict=True)
        ]

    def weighed(
        self, scene: Scene, read: list[Read], seconded: dict[tuple[int, int], list[str]]
    ) -> dict[tuple[int, int], Probabilities]:
        """(turn, index of the sentence) → a probability an act."""
        import numpy as np

        facts, at = self.facts, {k: i for i, k in enumerate(self.facts.kinds)}
        added = self._row(facts.rule)
        z = np.array([row for _, _, _, row in read], np.float32).reshape(-1, len(at))
        z = z * self._row(facts.scale) + self._row(facts.shift)
        for i, (turn, index, _, _) in enumerate(read):
            for kind in seconded.get((turn, scene.sentences[turn][index].span.start), ()):
                z[i, at[kind]] += added[at[kind]]
        p = 1 / (1 + np.exp(-z))
        for side, kinds in _BARRED.items():
            p[np.ix_([i for i, r in enumerate(read) if r[2] == side], [at[k] for k in kinds])] = np.nan
        found: dict[tuple[int, int], list[Probabilities]] = {}
        for (turn, index, _, _), own in zip(read, p, strict=True):
            found.setdefault((turn, index), []).append(own)
        # Of a side that is not known, both readings count: their mean, and what only one side does keeps that side's.
        return {place: np.nan_to_num(_mean(sides)) for place, sides in found.items()}

    def _row(self, by_kind: dict[str, float]) -> Probabilities:
        import numpy as np

        return np.array([by_kind[k] for k in self.facts.kinds], np.float32)


_BARRED: dict[Side, tuple[str, ...]] = {"ours": THEIRS_ONLY, "theirs": OURS_ONLY}


def before(scene: Scene, turn: int, tokens: dict[int, list[list[int]]]) -> list[int]:
    floor = scene.before(turn)
    return [i for t in floor.turns for s in tokens[t] for i in s] if floor else []


def _mean(read: list[Probabilities]) -> Probabilities:
    import numpy as np

    if len(read) == 1:
        return read[0]
    a, b = read
    return np.where(np.isnan(a), b, np.where(np.isnan(b), a, (a + b) / 2))


def _read_as(scene: Scene) -> list[tuple[int, Side]]:
    """Each turn that is read, with the side it is read as: the corpus knows both sides of every conversation, so where
    one is not known a turn is read as either. A relay carries another's words: these are not the relay's acts."""
    found: list[tuple[int, Side]] = []
    for turn, cut in enumerate(scene.sentences):
        side = scene.side(turn)
        if cut and side != "relay":
            found += [(turn, side)] if side != "unknown" else [(turn, "ours"), (turn, "theirs")]
    return found


class Chosen:
    """The labeller in use: rules for a message, the accurate model for talk, the fast one for very long talk."""

    def __init__(self, *, long: bool = False) -> None:
        self._long = long

    @property
    def name(self) -> str:
        return ACCURATE.name

    def label(self, scene: Scene) -> tuple[Act, ...]:
        """Every act in the scene, sorted by turn, start and kind."""
        return self.of(scene).label(scene)

    def note(self, scene: Scene) -> str | None:
        """That the fast model read the scene, where it did."""
        if self.of(scene) is not FAST:
            return None
        return (
            f"With over {MOST_SENTENCES:,} sentences this was read by the fast model, which agrees with people less "
            "often; --accurate takes the other one."
        )

    def judge(self, exchanges: Sequence[Exchange]) -> tuple[Judgement, ...]:
        """A judgement for each exchange, in order: always by the accurate model (answers are few)."""
        return ACCURATE.judge(exchanges)

    def of(self, scene: Scene) -> Labeller:
        """Who labels this scene."""
        if scene.conversation.kind == "message":
            return RULES
        return FAST if is_long(scene) and not self._long else ACCURATE


MOST_SENTENCES = 5_000  # an hour of talk has some 1,000; beyond this the fast model reads, and a notice says so


def is_long(scene: Scene) -> bool:
    """Whether the fast model reads a scene unless the accurate one is asked for."""
    return sum(len(s) for s in scene.sentences) > MOST_SENTENCES


ACCURATE = Trained("accurate")
FAST = Trained("fast")
