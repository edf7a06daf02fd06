"""What the corpus holds, whether it repeats itself, and how far two coders agree: `python -m corpus.check`.

Exits with 1 where an act is unknown, a shape is off (`check_sets`: of what lies beside the written conversations), or
the text is more alike than it may be: a run of four content words in more than .3 % of sentences, the same first three
words in more than 1 %.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duologue.acts.lexicon import content
from duologue.model.codebook import ACTS
from duologue.text import words

HERE = Path(__file__).parent
FOUR_GRAM, OPENING = 0.003, 0.01
MARK = "<!-- made by `python -m corpus.check --write` -->"
DOMAINS = {"selling", "consulting", "support", "managing", "hiring", "home"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One labelled sentence, with where it stands."""

    item: str
    writer: str
    text: str
    acts: frozenset[str]
    unsure: frozenset[str]
    second: frozenset[str] | None
    pair: bool  # a minimal pair or a single turn in context, whose scene may name what it shows


def items(folder: Path = HERE / "written") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every item with where it stands, in order. Raises ValueError that names file and line where one is malformed."""
    for file in sorted(folder.glob("*.jsonl")):
        for n, row in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not row.strip():
                continue
            where = f"{file.name}:{n}"
            item = json.loads(row)
            if item["domain"] not in DOMAINS or item["style"] not in ("clean", "asr"):
                raise ValueError(f"{where}: domain “{item['domain']}” or style “{item['style']}” is not one of ours")
            for turn in item["turns"]:
                if turn["speaker"] not in item["speakers"]:
                    raise ValueError(f"{where}: speaker “{turn['speaker']}” is not among the speakers")
                for sentence in turn["sentences"]:
                    strange = {k for part in sentence[1:] for k in part} - set(ACTS)
                    if strange:
                        raise ValueError(f"{where}: {sorted(strange)} are no acts of the codebook")
            yield where, item


def second() -> dict[str, list[list[list[str]]]]:
    """Item → for each turn, for each sentence, the acts that a second, blind coder gave it."""
    found = {}
    for file in sorted((HERE / "second").glob("*.jsonl")):
        for row in file.read_text(encoding="utf-8").splitlines():
            if row.strip():
                coded = json.loads(row)
                found[coded["id"]] = coded["labels"]
    return found


def lines() -> list[Line]:
    """Every sentence of the corpus."""
    coded_again = second()
    found = []
    for _, item in items():
        again = coded_again.get(item["id"])
        for t, turn in enumerate(item["turns"]):
            for s, sentence in enumerate(turn["sentences"]):
                found.append(
                    Line(
                        item=item["id"],
                        writer=item["writer"],
                        text=sentence[0],
                        acts=frozenset(sentence[1]),
                        unsure=frozenset(sentence[2] if len(sentence) > 2 else ()),
                        second=None if again is None else frozenset(again[t][s]),
                        pair=len(item["turns"]) < 8,
                    )
                )
    return found


def sameness(found: list[Line]) -> tuple[tuple[str, float], tuple[str, float]]:
    """The most frequent run of four content words and opening of three words, each with its share of sentences.

    Minimal pairs repeat the line before them on purpose: a text counts once an item family.
    """
    once = {line.text: line for line in found}.values()
    grams: Counter[tuple[str, ...]] = Counter()
    openings: Counter[tuple[str, ...]] = Counter()
    for line in once:
        said = words(line.text)
        kept = [w for w in said if content((w,))]
        grams.update({tuple(kept[i : i + 4]) for i in range(len(kept) - 3)})
        if len(said) >= 3:
            openings[said[:3]] += 1
    n = len(once)
    (gram, a), (opening, b) = grams.most_common(1)[0], openings.most_common(1)[0]
    return (" ".join(gram), a / n), (" ".join(opening), b / n)


def kappa(found: list[Line], act: str) -> tuple[int, int, int, float, float]:
    """(both, first only, second only, Cohen's κ, F1) over the sentences that two people coded; unsure ones left out."""
    both = first = second = neither = 0
    for line in found:
        if line.second is None or act in line.unsure:
            continue
        a, b = act in line.acts, act in line.second
        both, first, second, neither = (
            both + (a and b),
            first + (a and not b),
            second + (b and not a),
            neither + (not a and not b),
        )
    n = both + first + second + neither
    if not n or not both + first + second:
        return both, first, second, float("nan"), float("nan")
    observed = (both + neither) / n
    chance = ((both + first) * (both + second) + (neither + second) * (neither + first)) / n**2
    return both, first, second, (observed - chance) / (1 - chance), 2 * both / (2 * both + first + second)


def table(found: list[Line]) -> str:
    """The agreement table of README.md, in Markdown; conversations only, since the scene of a single may name its
    act.
    """
    coded = [line for line in found if not line.pair]
    n = sum(line.second is not None for line in coded)
    rows = [
        f"Over {n} sentences of whole conversations.",
        "",
        "| act | positives | first | second | κ | F1 |",
        "|---|---|---|---|---|---|",
    ]
    scores = []
    for act in ACTS:
        total = sum(act in line.acts for line in found)
        both, first, second, k, f = kappa(coded, act)
        rows.append(f"| `{act}` | {total} | {both + first} | {both + second} | {k:.2f} | {f:.2f} |")
        if both + first >= 12:
            scores.append(f)
    mean = sum(scores) / max(1, len(scores))
    rows += [
        "",
        f"Macro-F1 of the second coding against the first, {len(scores)} acts with twelve or more: {mean:.3f}.",
    ]
    return "\n".join(rows)


def summary(found: list[Line]) -> str:
    """What README.md says after its mark."""
    from corpus import check_sets  # it reads this module itself

    (gram, a), (opening, b) = sameness(found)
    items_, writers = len({x.item for x in found}), len({x.writer for x in found})
    return (
        f"{len(found):,} sentences in {items_:,} items by {writers} writers. The most frequent run of four content "
        f"words (“{gram}”) is in {a:.2%} of the sentences, the most frequent three first words (“{opening}”) begin "
        f"{b:.2%}."
        f"\n\n{table(found)}\n\n{check_sets.summary()}\n"
    )


def main() -> None:
    found = lines()
    text = summary(found)
    print(text)
    if "--write" in sys.argv[1:]:
        readme = HERE / "README.md"
        readme.write_text(
            readme.read_text(encoding="utf-8").partition(MARK)[0] + MARK + "\n\n" + text, encoding="utf-8"
        )
    (_, a), (_, b) = sameness(found)
    if a > FOUR_GRAM or b > OPENING:
        sys.exit("too much alike")


if __name__ == "__main__":
    main()
