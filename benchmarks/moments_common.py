"""What the parts of `benchmarks.moments` share: tables, labelled items as conversations, findings, counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.agreement import SHARED, alike, bootstrap, conversation, f1, lines, share
from duologue import review
from duologue.acts import DEFAULT
from duologue.acts.base import Exchange, Judge, Judgement
from duologue.model import Act, Conversation, Review
from duologue.moments.dials import wilson
from duologue.reviewing import Options
from duologue.text import Scene

__all__ = ["CORPUS", "SHARED", "alike", "bootstrap", "f1", "lines", "share"]

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_WIRE = {"home": "everyday", "sales": "selling"}

Found = list[tuple[str, tuple[int, ...]]]  # kinds of moments with the turns they name
Counts = dict[str, tuple[int, int, int]]  # conversation → right, wrong, missed


@dataclass(frozen=True, kw_only=True)
class Table:
    """A title, lines of plain words, and rows of cells; `head` empty: words alone. Prints as Markdown."""

    title: str
    words: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()

    def text(self) -> str:
        parts = [f"### {self.title}", *self.words]
        if self.rows:
            rule = ["---"] * len(self.head)
            parts.append("\n".join("| " + " | ".join(row) + " |" for row in (self.head, rule, *self.rows)))
        return "\n\n".join(parts)


def absent(title: str, path: Path) -> Iterator[Table]:
    """One line where the data of a part are not there: nothing failed, nothing was measured."""
    name = f"corpus/{path.relative_to(CORPUS)}" if path.is_relative_to(CORPUS) else f"../shared/{path.name}"
    yield Table(title=title, words=(f"Absent: `{name}`. Nothing was measured.",))


@dataclass(frozen=True)
class Remembering:
    """The labeller in use, asked once a scene within a run: moments can then be found again for next to nothing."""

    seen: dict[object, tuple[Act, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return DEFAULT.name

    def label(self, scene: Scene) -> tuple[Act, ...]:
        c = scene.conversation
        key = (
            c.kind == "message",
            tuple((s.id, s.side) for s in c.speakers),
            tuple((t.speaker, t.text) for t in c.turns),
        )
        if key not in self.seen:
            self.seen[key] = DEFAULT.label(scene)
        return self.seen[key]

    def note(self, scene: Scene) -> str | None:
        return DEFAULT.note(scene)

    def judge(self, exchanges: Sequence[Exchange]) -> tuple[Judgement, ...]:
        return DEFAULT.judge(exchanges) if isinstance(DEFAULT, Judge) else ()


_OPTIONS = Options(labeller=Remembering())


def reviewed(c: Conversation) -> Review:
    """`review()` with acts from the labeller that remembers."""
    return review(c, _OPTIONS)


def found_in(got: Review) -> Found:
    return [(m.kind, m.turns) for m in got.moments]


def conversation_of(item: dict[str, Any]) -> Conversation:
    """An item of the corpus, a pair, a twin or a labelled conversation, as it would be handed in."""
    kind = str(item.get("wire_kind") or item.get("domain"))
    speakers = {k: v if isinstance(v, dict) else {"name": k, "side": v} for k, v in item["speakers"].items()}
    turns = [{**t, "text": said(t)} for t in item["turns"]]
    return conversation({**item, "wire_kind": _WIRE.get(kind, kind), "speakers": speakers, "turns": turns})


def said(turn: dict[str, Any]) -> str:
    """The text of a turn: its own, or its sentences joined by one blank."""
    return turn["text"] if "text" in turn else " ".join(s[0] for s in turn["sentences"])


def every(folder: Path) -> list[dict[str, Any]]:
    """The lines of every file of a folder, in order of file name."""
    return [row for file in sorted(folder.glob("*.jsonl")) for row in lines(file)]


def written() -> dict[str, dict[str, Any]]:
    """The corpus, by id of item."""
    from corpus.check import items

    return {item["id"]: item for _, item in items()}


def gold() -> list[dict[str, Any]]:
    """The labelled conversations that this project may see; none where they are absent."""
    folder = SHARED / "gold" / "conversations"
    return [json.loads(f.read_text(encoding="utf-8")) for f in sorted(folder.glob("*.json"))]


def ours(part: str) -> list[dict[str, Any]]:
    """Our own labelled conversations of a part ("dev", "test"); none where they are absent. Raises KeyError that names
    an item which the corpus lacks."""
    file = CORPUS / "moments" / f"{part}.jsonl"
    if not file.exists():
        return []
    items = written()
    labels = lines(file)
    return [{**items[x["id"]], "domain": x.get("kind") or items[x["id"]]["domain"], **_labels(x)} for x in labels]


def _labels(row: dict[str, Any]) -> dict[str, Any]:
    return {k: row.get(k) or empty for k, empty in (("moments", []), ("unsure_moments", []), ("context", {}))}


def scored(label: dict[str, Any], found: Found) -> dict[str, tuple[int, int, int]]:
    """Kind → right, wrong, missed in one conversation. A moment is right where its kind is the same and its turns lie
    within one of a label's; what the coders were unsure of counts neither way."""
    left = list(label["moments"])
    tally: dict[str, tuple[int, int, int]] = {}
    for kind, turns in found:
        right, wrong, missed = tally.get(kind, (0, 0, 0))
        if hit := next((x for x in left if alike(x, kind, turns)), None):
            left.remove(hit)
            tally[kind] = (right + 1, wrong, missed)
        elif not any(alike(x, kind, turns) for x in label.get("unsure_moments", ())):
            tally[kind] = (right, wrong + 1, missed)
    for x in left:
        right, wrong, missed = tally.get(x["kind"], (0, 0, 0))
        tally[x["kind"]] = (right, wrong, missed + 1)
    return tally


def of_kinds(scores: dict[str, dict[str, tuple[int, int, int]]], kinds: Iterable[str]) -> Counts:
    """The scores of some kinds, added up for each conversation."""
    chosen = list(kinds)
    return {
        id: (
            sum(by.get(k, (0, 0, 0))[0] for k in chosen),
            sum(by.get(k, (0, 0, 0))[1] for k in chosen),
            sum(by.get(k, (0, 0, 0))[2] for k in chosen),
        )
        for id, by in scores.items()
    }


def total(counts: Counts, ids: Iterable[str]) -> tuple[int, int, int]:
    chosen = [counts[i] for i in ids]
    return sum(c[0] for c in chosen), sum(c[1] for c in chosen), sum(c[2] for c in chosen)


def micro_f1(counts: Counts, ids: Iterable[str]) -> float | None:
    return f1(*total(counts, ids))


def precision(counts: Counts, ids: Iterable[str]) -> float | None:
    right, wrong, _ = total(counts, ids)
    return share(right, right + wrong)


def difference(a: Callable[[list[str]], float | None], b: Callable[[list[str]], float | None]) -> Any:
    """One figure less another on the same draw of conversations; None where either has nothing to divide by."""

    def less(ids: list[str]) -> float | None:
        one, other = a(ids), b(ids)
        return None if one is None or other is None else round(one - other, 3)

    return less


def with_interval(ids: Sequence[str], figure: Callable[[list[str]], float | None], *, signed: bool = False) -> str:
    """A figure with its 95 % bootstrap interval over conversations, as a cell."""
    value, (low, high) = figure(list(ids)), bootstrap(list(ids), figure)
    text = cell(value, signed=signed)
    return (
        text if low is None or value is None else f"{text} ({cell(low, signed=signed)} to {cell(high, signed=signed)})"
    )


def part_of(count: float, of: int) -> str:
    """A count of independent cases with its share and 95 % Wilson interval, as a cell."""
    if not of:
        return "–"
    low, high = wilson(count, of)  # type: ignore[arg-type]  # a tie is half right
    return f"{count:g} of {of}, {cell(count / of)} ({cell(low)} to {cell(high)})"


def cell(value: float | None, *, signed: bool = False) -> str:
    """A share with two places, as in the page: .62; the minus sign is a real one."""
    if value is None:
        return "–"
    text = f"{value:+.2f}" if signed else f"{value:.2f}"
    return text.replace("0.", ".", 1).replace("-", "−")
