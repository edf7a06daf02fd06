"""Judging answers to "tell me more": what words weigh beside the model, and how far the whole agrees with people.

    python -m benchmarks.answers            prints the figures
    python -m benchmarks.answers --write    also writes preparation/measured.json, which `drill` prints (P4)
    python -m benchmarks.answers --fit      first fits preparation/beside.json

The answers are our own (`corpus/ladders`), in the parts that the model was trained with: cues are weighed on the part
that it was trained on, model and cues against each other on the part it was calibrated on (on its own training part a
model is surer than it deserves), and figures come from the part that nothing was chosen on.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from training.examples import Example, answers, parts

from duologue.acts import DEFAULT
from duologue.acts.base import Exchange, Judge
from duologue.preparation import judging
from duologue.preparation.answer_cues import CUES, is_frank
from duologue.preparation.judging import NAMES, Weights, logit
from duologue.preparation.measured import Agreed, Measured

ROOM = Path(judging.__file__).parent
RESAMPLES = 1000
LIGHT, HEAVY = 1.0, 0.5  # how much weights are pulled to 0: for ten cues on 790 answers, for two numbers on 115


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(argv)
    train, choose, aside = parts(answers())
    if given.fit:
        weights = {name: fitted(name, train, choose) for name in CUES}
        _write(ROOM / "beside.json", msgspec.to_builtins(weights))
        judging._weights.cache_clear()
    sets = [
        measure(aside, "{} answers by the model's own writer, kept aside"),
        measure(others(), "{} answers by the writer of its cues, labelled once"),
    ]
    for measured, agreed in ((m, a) for m in sets for a in m.judgements):
        print(
            f"{agreed.name:<11} yes {agreed.yes:>3} of {measured.n}  mean F1 {agreed.mean:.3f} "
            f"({agreed.low:.2f} to {agreed.high:.2f})  of yes {agreed.f1_yes:.2f}  of no {agreed.f1_no:.2f}  "
            f"model alone {agreed.model_alone:.3f}"
        )
    for measured in sets:
        mean = sum(a.mean for a in measured.judgements) / len(NAMES)
        print(f"{measured.set}: mean of the four {mean:.3f}")
    for part, some in (("trained on", train), ("calibrated on", choose), ("kept aside", aside)):
        frank = [e for e in some if _opens_frankly(e)]
        print(
            f"frank openings, {part}: {len(frank)}, of which responsive: {sum(_true(e, 'responsive') for e in frank)}"
        )
    if given.write:
        _write(ROOM / "measured.json", msgspec.to_builtins(sets))


def others() -> list[Example]:
    """Answers that neither the model nor the cues were trained on (`corpus/answers`)."""
    return answers(ROOM.parents[2] / "corpus" / "answers")


def exchange(e: Example) -> Exchange:
    return Exchange(claim=e.claim, asked=e.before, answer=e.sentences[0].text)


def _true(e: Example, name: str) -> bool:
    return name in e.sentences[0].acts


def _opens_frankly(e: Example) -> bool:
    cut = judging.sentences(e.sentences[0].text)
    return bool(cut) and is_frank(cut[0].text)


def fitted(name: str, train: Sequence[Example], choose: Sequence[Example]) -> Weights:
    """What each cue weighs, and what model and cues weigh against each other. Two logistic regressions."""
    cues = CUES[name]
    own = ridge(_seen(name, train), _labels(name, train), LIGHT)
    scores = _seen(name, choose) @ own[:-1] + own[-1]
    both = ridge(np.column_stack([_model(name, choose), scores]), _labels(name, choose), HEAVY)
    return Weights(
        cues={c: round(float(w), 3) for c, w in zip(cues, own[:-1], strict=True)},
        shift_words=round(float(own[-1]), 3),
        model=round(float(both[0]), 3),
        words=round(float(both[1]), 3),
        shift=round(float(both[2]), 3),
    )


def ridge(x: Any, y: Any, pull: float) -> Any:
    """Logistic regression by Newton's steps, weights pulled to 0 by `pull` and the last one, the shift, left free."""
    x = np.column_stack([x, np.ones(len(x))])
    towards = np.append(np.full(x.shape[1] - 1, pull), 1e-6)
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(towards), x.T @ (p - y) + towards * w)
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    return w


def _seen(name: str, some: Sequence[Example]) -> Any:
    return np.array([judging.cues_in(name, e.sentences[0].text) for e in some])


def _labels(name: str, some: Sequence[Example]) -> Any:
    return np.array([float(_true(e, name)) for e in some])


def _model(name: str, some: Sequence[Example]) -> Any:
    return np.array([logit(getattr(j, name), judging.MOST[name]) for j in _alone(some)])


def _alone(some: Sequence[Example]) -> Sequence[Any]:
    assert isinstance(DEFAULT, Judge)
    return [DEFAULT.judge([exchange(e)])[0] for e in some]


def measure(some: Sequence[Example], set: str) -> Measured:
    """Every judgement against its labels: mean F1 of yes and of no, with a 95 % bootstrap interval over groups."""
    found, alone = judging.judge([exchange(e) for e in some]), _alone(some)
    rows = []
    for name in NAMES:
        pairs = [(e.group, _true(e, name), j.has(name)) for e, j in zip(some, found, strict=True)]
        yes, no = f1(pairs, True), f1(pairs, False)
        low, high = _interval(pairs)
        by_model = [
            (e.group, _true(e, name), getattr(j, name) >= judging.YES) for e, j in zip(some, alone, strict=True)
        ]
        rows.append(
            Agreed(
                name=name,
                yes=sum(p[1] for p in pairs),
                f1_yes=round(yes, 3),
                f1_no=round(no, 3),
                mean=round((yes + no) / 2, 3),
                low=round(low, 3),
                high=round(high, 3),
                model_alone=round((f1(by_model, True) + f1(by_model, False)) / 2, 3),
            )
        )
    return Measured(set=set.format(len(some)), n=len(some), judgements=rows)


Pairs = list[tuple[str, bool, bool]]  # group, true, claimed


def f1(pairs: Pairs, of: bool) -> float:
    """F1 of those who have the judgement (`of` True) or have it not."""
    right = sum(t == of and s == of for _, t, s in pairs)
    wrong = sum((t == of) != (s == of) for _, t, s in pairs)
    return 2 * right / (2 * right + wrong) if right or wrong else 0.0


def _interval(pairs: Pairs) -> tuple[float, float]:
    by: dict[str, Pairs] = defaultdict(list)
    for p in pairs:
        by[p[0]].append(p)
    names, chance, found = sorted(by), random.Random(0), []
    for _ in range(RESAMPLES):
        drawn = [p for g in chance.choices(names, k=len(names)) for p in by[g]]
        found.append((f1(drawn, True) + f1(drawn, False)) / 2)
    found.sort()
    return found[round(0.025 * RESAMPLES)], found[round(0.975 * RESAMPLES) - 1]


def _write(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Written: {path.name}")


if __name__ == "__main__":
    main()
