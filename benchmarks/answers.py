"""Judging answers to "tell me more": what words weigh beside the model, and how far the whole agrees with people.

    python -m benchmarks.answers            prints the figures
    python -m benchmarks.answers --write    also writes preparation/measured.json, which `drill` prints (P4)
    python -m benchmarks.answers --fit      first fits preparation/beside.json

The answers are our own (`corpus/ladders`), in the parts that the model was trained with: cues are weighed on the part
that it was trained on, model and cues against each other on the part it was calibrated on (on its own training part a
model is surer than it deserves), and figures come from the part that nothing was chosen on.

The answers of the cues' writer (`corpus/answers`) were coded again, blind. As in the gold, a label counts where both
codings agree, judgement by judgement; of the half kept aside by a hash of the group comes the figure. Both leave out
what is hard to judge, so the figures on either coding alone stand beside them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from training.examples import Example, answers, parts, place, rows_of_answers

from benchmarks.moments_pairs import kappa_of
from duologue.acts import DEFAULT
from duologue.acts.base import Exchange, Judge
from duologue.frank import is_frank
from duologue.preparation import judging
from duologue.preparation.answer_cues import CUES
from duologue.preparation.judging import NAMES, Weights, logit
from duologue.preparation.measured import Agreed, Measured
from duologue.text import sentences

ROOM = Path(judging.__file__).parent
OTHERS = ROOM.parents[2] / "corpus" / "answers"
ASIDE = 0.5  # the share of groups in `corpus/answers` that the figure comes from
Labels = dict[str, bool | None]  # judgement → what was decided; None counts neither way
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
        measure(others(), "{} answers by the writer of its cues, by the first coding"),
    ]
    for measured in sets:
        show(measured)
    coded_again()
    for part, some in (("trained on", train), ("calibrated on", choose), ("kept aside", aside)):
        frank = [e for e in some if _opens_frankly(e)]
        print(
            f"frank openings, {part}: {len(frank)}, of which responsive: {sum(_true(e, 'responsive') for e in frank)}"
        )
    if given.write:
        _write(ROOM / "measured.json", msgspec.to_builtins(sets))


def show(measured: Measured, counted: Mapping[str, int] | None = None) -> None:
    """A set's figures. `counted`: of how many answers each judgement counts, where that is not all."""
    print(f"\n{measured.set}")
    for a in measured.judgements:
        print(
            f"{a.name:<11} yes {a.yes:>3} of {counted[a.name] if counted else measured.n}  mean F1 {a.mean:.3f} "
            f"({a.low:.2f} to {a.high:.2f})  of yes {a.f1_yes:.2f}  of no {a.f1_no:.2f}  "
            f"model alone {a.model_alone:.3f}"
        )
    print(f"mean of the four {sum(a.mean for a in measured.judgements) / len(NAMES):.3f}")


def coded_again() -> None:
    """Prints the agreement of the two codings, then the figures on what was coded twice; last the one kept aside."""
    print("\nTwo codings of the answers by the writer of the cues, the second blind")
    for t in codings():
        kappa = "—" if t.kappa is None else f"{t.kappa:.2f}"
        print(
            f"{t.name:<11} the same {t.same} of {t.n}  κ {kappa}  yes {t.yes} and {t.yes_again}  "
            f"undecided {t.undecided}  where they differ the judgements go with the second in {t.with_second}, "
            f"the model alone in {t.model_with_second}"
        )
    for measured, counted in twice():
        show(measured, counted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codings:
    """How far two codings say the same, one judgement: of `n` answers that the second coder decided."""

    name: str
    n: int
    undecided: int
    same: int
    kappa: float | None
    yes: int
    yes_again: int
    with_second: int
    model_with_second: int


def codings() -> list[Codings]:
    """Judgement by judgement."""
    some, again = others(), second()
    found, alone = judging.judge([exchange(e) for e in some]), _alone(some)
    out = []
    for name in NAMES:
        rows = [
            (_true(e, name), other, j.has(name), getattr(m, name) >= judging.YES)
            for e, said, j, m in zip(some, again, found, alone, strict=True)
            if (other := said[name]) is not None
        ]
        differ = [row for row in rows if row[0] is not row[1]]
        out.append(
            Codings(
                name=name,
                n=len(rows),
                undecided=len(some) - len(rows),
                same=len(rows) - len(differ),
                kappa=kappa_of([(first, other) for first, other, *_ in rows]),
                yes=sum(row[0] for row in rows),
                yes_again=sum(row[1] for row in rows),
                with_second=sum(row[2] is row[1] for row in differ),
                model_with_second=sum(row[3] is row[1] for row in differ),
            )
        )
    return out


def twice() -> list[tuple[Measured, dict[str, int]]]:
    """By the second coding alone, where both agree, and the figure, each with how many answers a judgement counts."""
    some, again = others(), second()
    both = agreed([own(e) for e in some], again)
    half = [(e, labels) for e, labels in zip(some, both, strict=True) if kept_aside(e.group)]
    sets = (
        ("{} answers by the writer of its cues, by the second coding alone", some, again),
        ("{} answers by the writer of its cues, where both codings agree", some, both),
        (
            "The figure: the {} of these in the half kept aside, where both codings agree",
            [e for e, _ in half],
            [labels for _, labels in half],
        ),
    )
    return [(measure(of, name, labels), counts(labels)) for name, of, labels in sets]


def others() -> list[Example]:
    """Answers that neither the model nor the cues were trained on (`corpus/answers`)."""
    return answers(OTHERS)


def second() -> list[Labels]:
    """What a second coder, who saw no labels, said of `others`, in their order."""
    lines = (OTHERS / "second.jsonl").read_text(encoding="utf-8").splitlines()
    found = {row["id"]: row for row in map(json.loads, lines)}
    return [{name: found[row["id"]][name] for name in NAMES} for row in rows_of_answers(OTHERS)]


def own(e: Example) -> Labels:
    """The labels that an answer was written with."""
    return {name: _true(e, name) for name in NAMES}


def agreed(first: Sequence[Labels], again: Sequence[Labels]) -> list[Labels]:
    """A label where both codings have the same one, None where they differ, judgement by judgement."""
    return [{n: a[n] if a[n] is b[n] else None for n in NAMES} for a, b in zip(first, again, strict=True)]


def kept_aside(group: str) -> bool:
    """Whether five answers of `corpus/answers` are of the half that the figure comes from."""
    return place(group, "answers") < ASIDE


def counts(labels: Sequence[Labels]) -> dict[str, int]:
    """Of how many answers each judgement counts."""
    return {name: sum(some[name] is not None for some in labels) for name in NAMES}


def exchange(e: Example) -> Exchange:
    return Exchange(claim=e.claim, asked=e.before, answer=e.sentences[0].text)


def _true(e: Example, name: str) -> bool:
    return name in e.sentences[0].acts


def _opens_frankly(e: Example) -> bool:
    cut = sentences(e.sentences[0].text)
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


def measure(some: Sequence[Example], set: str, labels: Sequence[Labels] | None = None) -> Measured:
    """Every judgement against its labels: mean F1 of yes and of no, with a 95 % bootstrap interval over groups.
    `labels`: in place of the answers' own; None counts neither way."""
    if labels is None:
        labels = [own(e) for e in some]
    found, alone = judging.judge([exchange(e) for e in some]), _alone(some)
    rows = []
    for name in NAMES:
        counted = [
            (e.group, true, j.has(name), getattr(m, name) >= judging.YES)
            for e, said, j, m in zip(some, labels, found, alone, strict=True)
            if (true := said[name]) is not None
        ]
        pairs = [(group, true, claimed) for group, true, claimed, _ in counted]
        by_model = [(group, true, claimed) for group, true, _, claimed in counted]
        yes, no = f1(pairs, True), f1(pairs, False)
        low, high = _interval(pairs)
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
